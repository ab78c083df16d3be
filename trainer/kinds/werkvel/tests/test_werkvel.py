"""Werkvel: what a phone may send for its group, and what others see of it."""

import pytest

from tests.kinds.material_support import read
from tests.kinds.stage_support import ask
from trainer.kinds.contract import Command, Rejected
from trainer.kinds.werkvel.tests.support import BODY, beside, filled, sheet, write

UNKNOWN = Rejected("unknown", "Deze knop bestaat hier niet.")

# Reading the author


def test_bullet_is_a_field_with_a_hint_behind_the_colon() -> None:
    settings, problems = read("werkvel", BODY)

    assert [(field.name, field.hint) for field in settings.fields] == [
        ("Plek", "Waar is het?"), ("Eerste stap", ""),
    ]  # fmt: skip
    assert problems == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("Niets.", "7 werkvel.no-fields"),
        ("\n".join(f"- veld {number}" for number in range(9)), "17 werkvel.too-many"),
        (f"- Plek: {'x' * 81}", "9 werkvel.long-field"),
        (f"- {'x' * 31}", "9 werkvel.long-field"),
    ],
)
def test_faulty_list_of_fields_is_reported_on_its_line(body: str, problem: str) -> None:
    assert read("werkvel", body)[1] == [problem]


# What a phone sends


def test_filled_fields_are_cards_of_their_group_and_empty_ones_are_none() -> None:
    assert sheet().offer("a", "", groep="3", **{"veld-1": " De  bieb ", "veld-2": " "}) == {
        "1.3": {"group": 3, "text": "De bieb"}
    }


@pytest.mark.parametrize("group", ["", "0", "5", "01", "een"])
def test_sheet_of_no_group_is_refused(group: str) -> None:
    assert sheet().offer("a", "", groep=group, **{"veld-1": "bieb"}) == Rejected(
        "group", "Kies eerst jullie groep."
    )


def test_phone_writes_for_one_group() -> None:
    stage = sheet()
    write(stage, "a", 1, plek="bieb")

    answer = stage.offer("a", "", groep="2", **{"veld-2": "bellen"})
    assert answer == Rejected("group", "Deze telefoon schreef voor een andere groep. Haal dat eerst weg.")

    stage.withdraw("a")
    assert set(stage.offer("a", "", groep="2", **{"veld-2": "bellen"})) == {"2.2"}


def test_field_that_was_sent_is_changed_by_taking_it_back() -> None:
    stage = filled(1)
    again = {"groep": "1", "veld-1": "de markt"}
    assert stage.offer("g1", "", **again) == Rejected(
        "full", "In dit veld stuurde je al iets. Kies daar eerst 'Pas aan'."
    )

    stage.withdraw("g1")
    write(stage, "g1", 1, plek="de markt")
    assert beside(stage) == [("Groep 1", ("plek 1",))]

    stage.press("draw", "show-all")
    assert beside(stage) == [("Groep 1", ("de markt",))]


def test_nothing_is_sent_once_it_is_closed() -> None:
    closed = Rejected("closed", "Het insturen is gesloten.")
    assert sheet().press("close").offer("a", "", groep="1", **{"veld-1": "bieb"}) == closed


# The gate


def test_two_phones_of_a_group_that_write_what_the_group_said_are_one_beside_a_third() -> None:
    stage = sheet()
    for phone, text in (("a", "de bieb"), ("b", "De bieb!"), ("c", "plein")):
        write(stage, phone, 2, alone=False, plek=text)
    assert stage.refusal("draw").code == "few"

    write(stage, "d", 2, alone=False, plek="park")
    assert stage.refusal("draw") is None


def test_sheet_that_may_be_shown_alone_is_shown_without_others() -> None:
    stage = sheet()
    write(stage, "a", 2, plek="bieb")

    assert beside(stage.press("draw", "show-all")) == [("Groep 2", ("bieb",))]


def test_sheets_of_three_groups_make_no_batch() -> None:
    # Each would have the name of a group in which one phone writes.
    stage = sheet()
    for number, phone in enumerate("abc", start=1):
        write(stage, phone, number, alone=False, plek=f"plek {number}")

    refused = stage.refusal("draw")

    assert refused is not None and refused.code == "few"
    assert stage.seen.cards == ()


def test_three_phones_of_one_group_make_a_batch() -> None:
    stage = sheet()
    for phone in "abc":
        write(stage, phone, 1, alone=False, plek=f"plek {phone}")

    assert beside(stage.press("draw", "show-all")) == [("Groep 1", ("plek a", "plek b", "plek c"))]


def test_paper_is_shown_without_leave() -> None:
    stage = sheet()
    stage.send("p", "", paper=True, groep="3", **{"veld-1": "het park"})

    assert beside(stage.press("draw", "show-all")) == [("Groep 3", ("het park",))]


def test_only_the_sender_says_that_it_may_be_shown_alone() -> None:
    stage = sheet()
    (own,) = stage.play.forms(stage.sitting, "a")

    assert own.options["alone"] == ["ja"]
    assert "checked" not in stage.play.own(stage.sitting, "a")
    assert 'name="alone"' not in stage.play.enter(stage.sitting)


# The screen


def test_first_that_is_shown_turns_the_screen_to_its_field() -> None:
    stage = sheet()
    write(stage, "a", 1, stap="bellen")

    stage.press("draw", ask("show", id="a"))

    assert stage.view("screen")["field"].name == "Eerste stap"


def test_next_goes_through_the_fields_to_the_overview_and_the_dots() -> None:
    stage, kind, seen = sheet(), sheet().play.kind, []
    state = stage.state
    while state is not None:
        view = kind.screen(stage.play.settings, state, stage.seen)
        seen.append((view["field"].name if view["field"] else "", view["overview"], view["giving"]))
        state = kind.forward(stage.play.settings, state)

    assert seen == [
        ("", False, False), ("Plek", False, False), ("Eerste stap", False, False),
        ("", True, False), ("", False, True),
    ]  # fmt: skip


def test_group_that_left_a_field_empty_stands_beside_the_others() -> None:
    stage = sheet()
    write(stage, "a", 1, plek="bieb", stap="bellen")
    write(stage, "b", 3, plek="park")

    stage.press("draw", "show-all", ask("go", number="2"))

    assert beside(stage) == [("Groep 1", ("bellen",)), ("Groep 3", ())]


def test_sheet_of_one_group_is_shown_with_all_its_fields() -> None:
    assert beside(filled(1, 2).press(ask("group", number="2"))) == [
        ("Plek", ("plek 2",)), ("Eerste stap", ("stap 2",)),
    ]  # fmt: skip


def test_text_that_is_held_back_is_nowhere() -> None:
    stage = filled(1, 2).press(ask("hold", id="g1"))

    assert beside(stage) == [("Groep 1", ()), ("Groep 2", ("plek 2",))]


@pytest.mark.parametrize(
    "command", [Command("dance"), ask("go", number="5"), ask("group", number="0"), ask("group", number="5")]
)
def test_unknown_command_is_refused(command: Command) -> None:
    assert sheet().refusal(command) == UNKNOWN


def test_sheet_without_dots_has_none_of_their_buttons_or_places() -> None:
    stage = sheet("groepen=4 stippen=0")

    assert [control.name for control in stage.controls] == ["show-all", "draw", "close"]
    assert stage.refusal("dots-open") == UNKNOWN
    assert stage.refusal(ask("go", number="4")) == UNKNOWN
