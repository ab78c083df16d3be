"""What trainers see to beforehand is found in the text of a part, and a tick is of that very text."""

from datetime import datetime
from pathlib import Path

from markupsafe import Markup

from tests.support.klein import ZONE
from trainer.curriculum.model import Handout, Part
from trainer.curriculum.parse import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds import discover, interpret
from trainer.kinds.contract import Command, Rejected
from trainer.live.context import Context
from trainer.live.order import prepared
from trainer.live.ready import FIND_FILM, handout, points, slug, tick
from trainer.live.state import MeetingState

TEXT = """---
titel: Dagdeel
---

## Welkom {#welkom minuten=10}

> [!TRAINER]
> **Doel:** iedereen is er.
>
> **Klaarleggen:** een bel en de bijlage **na afloop**.
>
> **Kijk vooraf:** is de zaal open?
>
> **Klaarleggen voor de zaal:**
>
> - tape
> - *kaartjes*
>
> **Zeg vooraf:** 'Dit is geen toets.'

### Fijn dat je er bent {#fijn}

Lees de bijlagen **fasen** en **lijst van woorden**.
Neem het werkblad **droom** en de lijst **boodschappen** mee.

### De film {#kijken}

We kijken.

### Nog een {#film-twee}

We kijken nog een keer.

> [!TRAINER]
> **Klaarleggen:** test het geluid.
"""


def part_of(text: str = TEXT) -> Part:
    problems = Problems()
    part = read_part(text.encode(), "klein/dagdeel.md", interpret, problems)
    assert part is not None, problems.found
    return part


def context(part: Part) -> Context:
    now = datetime(2027, 1, 12, tzinfo=ZONE)
    return Context(part, discover(), now, now)


def told(part: Part) -> list[tuple[str, str, str]]:
    return [(point.sort, point.step, str(point.text)) for point in points(part)]


def test_every_line_with_its_label_is_a_point() -> None:
    assert told(part_of()) == [
        ("lay", "", "een bel en de bijlage <strong>na afloop</strong>."),
        ("look", "", "is de zaal open?"),
        ("lay", "", "<em>Klaarleggen voor de zaal:</em> tape"),
        ("lay", "", "<em>Klaarleggen voor de zaal:</em> <em>kaartjes</em>"),
        ("print", "", "na afloop"),
        ("print", "fijn", "fasen"),
        ("print", "fijn", "lijst van woorden"),
        ("print", "fijn", "droom"),
        ("print", "fijn", "boodschappen"),
        ("film", "kijken", str(FIND_FILM)),
        ("film", "film-twee", "test het geluid."),
    ]


def test_only_what_is_called_a_hand_out_is_certainly_one() -> None:
    certain = {str(point.text) for point in points(part_of()) if point.sort == "print" and point.certain}

    assert certain == {"na afloop", "fasen", "lijst van woorden"}


def test_hand_out_is_found_by_its_id_or_its_title() -> None:
    there = [Handout("droom", "Werkblad: de droom", Markup()), Handout("x", "Lijst van woorden", Markup())]

    found = [handout(name, there) for name in ("Droom", "lijst van woorden", "boodschappen")]

    assert found == [there[0], there[1], None]
    assert slug("Wat wel, wat niet") == "wat-wel-wat-niet"


def test_same_hand_out_is_one_point_wherever_it_is_named() -> None:
    twice = part_of(TEXT.replace("We kijken nog", "Zie de bijlage **Na afloop**. We kijken nog"))

    keys = [point.key for point in points(twice) if slug(str(point.text)) == "na-afloop"]

    assert len(keys) == 2 and len(set(keys)) == 1


def test_ticks_add_to_those_of_a_colleague() -> None:
    part = part_of()
    first, second, third = (point.key for point in points(part)[:3])

    mine = tick(context(part), MeetingState(), Command("tick", {"on": (first, second)}))
    assert isinstance(mine, MeetingState)
    both = tick(context(part), mine, Command("tick", {"on": (third,), "off": (first,)}))

    assert isinstance(both, MeetingState)
    assert both.ticked == tuple(sorted((second, third)))


def test_tick_of_a_line_that_changed_is_gone_and_the_others_stay() -> None:
    part = part_of()
    first, second = (point.key for point in points(part)[:2])
    state = MeetingState(ticked=(first, second))

    assert prepared(part_of(TEXT.replace("een bel", "twee bellen")), state).ticked == (second,)
    assert prepared(part, state).ticked == (first, second)


def test_point_that_is_not_there_cannot_be_ticked() -> None:
    part = part_of()

    assert isinstance(tick(context(part), MeetingState(), Command("tick", {"on": ("0" * 16,)})), Rejected)


def test_programmes_say_what_to_see_to() -> None:
    text = (Path("content") / "training" / "dagdeel-1.md").read_text("utf-8")

    sorts = {point.sort for point in points(part_of(text))}

    assert sorts == {"lay", "look", "film", "print"}
