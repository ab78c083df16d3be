"""What 'Voorbereiden' shows: what is left to do, the times, who leads, and the text of each block."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from tests.support.klein import ZONE
from trainer.curriculum.model import Handout
from trainer.curriculum.parse import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds import discover, interpret
from trainer.live.preparation import preparation
from trainer.live.ready import points
from trainer.live.state import MeetingState
from trainer.live.views import Scene, View

TEXT = """---
titel: Dagdeel
doel: Elkaar leren kennen.
---

## Welkom {#welkom minuten=10}

> [!TRAINER]
> **Wie:** trainer 1 opent.
>
> **Klaarleggen:** koffie voor trainer 2, en de bijlage **na afloop**.

### Fijn dat je er bent {#fijn}

Neem het werkblad **droom** en de lijst **boodschappen**. Zie ook de bijlage **na afloop**.

### De ene {#een optie=1}

> [!TRAINER]
> **Klaarleggen:** touw.

### De andere {#ander optie=2}

> [!TRAINER]
> **Klaarleggen:** een bal.

## Film {#film minuten=20}

> [!TRAINER]
> **Wie:** trainer 2.

We kijken.
"""
HANDOUTS = (Handout("na-afloop", "Na <afloop>", Markup()), Handout("droom", "Werkblad: de droom", Markup()))
BEGINS = datetime(2027, 1, 12, 13, 15, tzinfo=ZONE)


def scene(state: MeetingState = MeetingState()) -> Scene:  # noqa: B008  a frozen value
    problems = Problems()
    part = read_part(TEXT.encode(), "klein/dagdeel.md", interpret, problems)
    assert part is not None, problems.found
    return Scene(part, discover(), state, BEGINS, BEGINS, "Training", "Oost", "Gouda")


def view(**chosen: object) -> View:
    return preparation(scene(replace(MeetingState(), **chosen)), HANDOUTS)  # type: ignore[arg-type]


def lines(shown: View) -> list[tuple[str, str, str]]:
    return [
        (group["sort"], str(line["text"]), line["handout"])
        for group in shown["todo"]
        for line in group["lines"]
    ]


def test_what_is_left_to_do_is_that_of_what_will_be_given() -> None:
    assert lines(view()) == [
        ("film", "Zoek de film op. Test beeld en geluid.", ""),
        ("print", "Na &lt;afloop&gt;", "na-afloop"),
        ("print", "Werkblad: de droom", "droom"),
        ("lay", "Koffie voor trainer 2, en de bijlage <strong>na afloop</strong>.", ""),
        ("lay", "Touw.", ""),
    ]
    assert [text for _, text, _ in lines(view(choices={"welkom:1": 2}, skipped=("film",)))][2:] == [
        "Koffie voor trainer 2, en de bijlage <strong>na afloop</strong>.",
        "Een bal.",
    ]


def test_ticked_point_is_not_left_to_do() -> None:
    key = next(point.key for point in points(scene().part) if point.text == "touw.")

    assert view()["left"] - view(ticked=(key,))["left"] == 1


def test_what_is_chosen_on_the_page_is_open_until_it_is() -> None:
    before, after = view(), view(trainers=("Sam", "Kim"), expected=1, choices={"welkom:1": 2})

    assert [(each["done"], each["href"]) for each in before["decide"]] == [
        (False, "wie"),
        (False, "wie"),
        (False, "kies-welkom"),
    ]
    assert [(each["done"], each["outcome"]) for each in after["decide"]] == [
        (True, "Sam en Kim"),
        (True, "1 mens"),
        (True, "De andere"),
    ]
    assert not view(trainers=("Sam", ""))["decide"][0]["done"]


def test_each_choice_that_is_open_says_between_what() -> None:
    assert [each["text"] for each in view()["decide"] if each["href"] == "kies-welkom"] == [
        "Kies bij 'Welkom': De ene of De andere"
    ]


def test_part_without_options_asks_for_none() -> None:
    assert [each["href"] for each in view(skipped=("welkom",))["decide"]] == ["wie", "wie"]


def test_total_and_times_follow_what_is_chosen() -> None:
    def told(shown: View) -> tuple[object, ...]:
        return (
            shown["minutes"],
            shown["planned"],
            shown["ends"],
            [block["start"] for block in shown["blocks"]],
        )

    assert told(view()) == (30, 30, "13:45", ["13:15", "13:25"])
    assert told(view(minutes={"welkom": 25})) == (45, 30, "14:00", ["13:15", "13:40"])
    assert told(view(skipped=("welkom",)))[:3] == (20, 30, "13:35")


def test_who_leads_is_told_by_name_and_changes_places_by_block() -> None:
    assert [str(block["who"]) for block in view()["blocks"]] == ["Trainer 1 opent.", "Trainer 2."]

    named = view(trainers=("Sam", "Kim"), swapped=("film",))

    assert [str(block["who"]) for block in named["blocks"]] == ["Sam opent.", "Sam."]
    assert "koffie voor Kim" in named["blocks"][0]["notes"]
    assert "<p><strong>Wie:</strong> Sam.</p>" in named["blocks"][1]["steps"][0]["notes"]
    assert lines(named)[3][1].startswith("Koffie voor Kim")


def test_option_that_is_not_chosen_is_there_to_read() -> None:
    chosen = [(step["title"], step["chosen"]) for step in view(choices={"welkom:1": 2})["blocks"][0]["steps"]]

    assert chosen == [("Fijn dat je er bent", True), ("De ene", False), ("De andere", True)]
