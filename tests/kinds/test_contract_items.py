"""Whoever is asked something else has another item for it, in every kind.

A batch has one item. The room sees who presses while a question is in front of it, and the words tell which
question they answer: of a batch across questions it would know whose each card is.
"""

import re

from tests.kinds.contract_paths import explored
from tests.kinds.contract_support import Play, Sitting, every_posting_kind, filled, play
from tests.support.fragments import Form, read_page
from trainer.kinds.contract import Rejected, Submission


@every_posting_kind
def test_each_item_is_of_one_question(name: str) -> None:
    game = play(name)
    begun = [game.begin(state=state) for state in game.forwards()]
    asked: dict[str, set[tuple[str, ...]]] = {}
    for sitting in (*begun, *explored(name)):
        for form in _forms(game, sitting):
            sent = Submission(form.attributes["data-item"], filled(form, 0))
            accepted = game.kind.accept(game.settings, sitting.inner(game), sent, ())
            for item in () if isinstance(accepted, Rejected) else accepted:
                asked.setdefault(item, set()).add(_question(game, sitting, form))
    assert {item: questions for item, questions in asked.items() if len(questions) > 1} == {}


def _forms(game: Play, sitting: Sitting) -> list[Form]:
    """What a phone can fill in that sent nothing, on the part of its page that all have too."""
    shared = read_page(game.shared("phone", sitting)).forms
    return [*game.forms(sitting), *(form for form in shared if "data-post" in form.attributes)]


def _question(game: Play, sitting: Sitting, form: Form) -> tuple[str, ...]:
    """The first heading of the page, the fields of the form, and those of the notebook if it shares one."""
    page = game.shared("phone", sitting) + game.own(sitting, "")
    heading = re.search(r"<h2\b[^>]*>(.*?)</h2>", page, re.DOTALL)
    kept = re.findall(r'data-keep="([^"]+)"', page) if "shared" in form.texts else []
    return (heading[1] if heading else "", *sorted({*form.options, *form.texts}), *kept)
