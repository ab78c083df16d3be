"""How people take part in each kind, by the controls that they see: one file for each kind.

A way gives one step: everybody does what the exercise asks, those without a phone too where a trainer can
enter it, and trainers press what shows it. A kind that is not here fails the tests that give a whole dagdeel.
"""

from collections.abc import Callable

from tests.browser.dagdeel.group import Group
from tests.browser.dagdeel.ways import (
    afspraken,
    evaluatie,
    flap,
    groepjes,
    huiswerk,
    ideeenboom,
    omdenken,
    rollenspel,
    rondes,
    stelling,
    werkblad,
    werkvel,
)
from trainer.curriculum.model import Step

Way = Callable[[Group, Step], None]


def _watch(group: Group, step: Step) -> None:
    """Nothing can be done: people look and listen."""


# In these nobody uses a phone.
QUIET: dict[str, Way] = dict.fromkeys(("uitleg", "pauze", "presentatie"), _watch)
WAYS: dict[str, Way] = QUIET | {
    "afspraken": afspraken.give,
    "evaluatie": evaluatie.give,
    "flap": flap.give,
    "groepjes": groepjes.give,
    "huiswerk": huiswerk.give,
    "ideeenboom": ideeenboom.give,
    "omdenken": omdenken.give,
    "rollenspel": rollenspel.give,
    "rondes": rondes.give,
    "stelling": stelling.give,
    "werkblad": werkblad.give,
    "werkvel": werkvel.give,
}


def way_of(step: Step) -> Way:
    """How to give a step."""
    assert step.kind in WAYS, (
        f"nobody says how people take part in '{step.kind}', which step '{step.id}' is:"
        " add it to tests/browser/dagdeel/ways"
    )
    return WAYS[step.kind]
