"""The run sheet: times, who, what is at hand, and notes."""

from datetime import datetime

import pytest

from tests.exports.made import TUESDAY, ZONE, given, notes
from trainer import kinds
from trainer.exports.given import moment_of
from trainer.exports.runsheet import RunSheet, run_sheet
from trainer.live.state import MeetingState

PART = f"""## Welkom {{#welkom minuten=20}}

{notes("**Doel:** rust.", "**Klaarleggen:** een bel.", "**Wie:** trainer 1.")}
### Hallo {{#hallo minuten=5}}

Dag.

{notes("**Wie:** trainer 2.", "**Zeg:** 'Dag.'")}
### Praten {{#praten optie=1 minuten=10}}

Praat.

### Schrijven {{#schrijven optie=2 minuten=15 werkvorm=flap}}

Schrijf.

## Pauze {{#pauze werkvorm=pauze minuten=15}}

{notes("**Klaarleggen:** koffie.", "**Let op:** de tijd.")}
## Slot {{#slot minuten=10}}

Dag.
"""


def sheet(state: MeetingState | None = None, begins: datetime | None = TUESDAY) -> RunSheet:
    return run_sheet(given(PART, begins, state), kinds.discover())


def times(found: RunSheet) -> list[tuple[str, str, int]]:
    return [(each.begins, each.ends, each.minutes) for each in found.stretches]


def steps(found: RunSheet) -> list[tuple[str, str, int | None]]:
    return [(each.title, each.begins, each.minutes) for each in found.stretches[0].lines]


def test_blocks_and_steps_have_clock_times() -> None:
    found = sheet()

    assert (found.begins, found.ends, found.minutes) == ("09:30", "10:15", 45)
    assert times(found) == [("09:30", "09:50", 20), ("09:50", "10:05", 15), ("10:05", "10:15", 10)]
    assert steps(found) == [("Hallo", "09:30", 5), ("Praten", "09:35", 10)]


def test_other_minutes_move_all_that_follows() -> None:
    assert times(sheet(MeetingState(minutes={"welkom": 30})))[1:] == [
        ("10:00", "10:15", 15),
        ("10:15", "10:25", 10),
    ]


def test_skipped_block_is_not_given() -> None:
    found = sheet(MeetingState(skipped=("pauze",)))

    assert [each.title for each in found.stretches] == ["Welkom", "Slot"]
    assert found.ends == "10:00"


def test_chosen_option_is_given_with_the_name_of_its_kind() -> None:
    found = sheet(MeetingState(choices={"welkom:1": 2}))

    assert [(each.title, each.kind) for each in found.stretches[0].lines] == [
        ("Hallo", ""),
        ("Schrijven", "Flap"),
    ]


@pytest.mark.parametrize(("minutes", "spare"), [(20, 5), (15, 0), (10, -5)])
def test_block_says_whether_its_steps_fit(minutes: int, spare: int) -> None:
    assert sheet(MeetingState(minutes={"welkom": minutes})).stretches[0].spare == spare


def test_step_that_would_begin_after_its_block_has_no_time() -> None:
    assert steps(sheet(MeetingState(minutes={"welkom": 5}))) == [("Hallo", "09:30", 5), ("Praten", "", 10)]


def test_step_without_minutes_takes_what_the_others_leave() -> None:
    part = "## Blok {#blok minuten=20}\n\n### Een {#een}\n\nA.\n\n### Twee {#twee minuten=5}\n\nB.\n"
    found = run_sheet(given(part), kinds.discover())

    assert steps(found) == [("Een", "09:30", 15), ("Twee", "09:45", 5)]


def test_after_steps_of_unknown_length_no_time_is_known() -> None:
    part = "## Blok {#blok minuten=20}\n\n### Een {#een}\n\nA.\n\n### Twee {#twee}\n\nB.\n"
    found = run_sheet(given(part), kinds.discover())

    assert steps(found) == [("Een", "09:30", None), ("Twee", "", None)]
    assert found.stretches[0].spare == 0


def test_without_a_day_there_are_no_clock_times() -> None:
    found = sheet(begins=None)

    assert (found.begins, found.ends) == ("", "")
    assert {(each.begins, each.ends) for each in found.stretches} == {("", "")}
    assert steps(found) == [("Hallo", "", 5), ("Praten", "", 10)]


def test_who_and_what_is_at_hand_stand_apart_from_the_other_notes() -> None:
    welcome, pause, _ = sheet().stretches

    assert (welcome.who, welcome.ready, welcome.notes.striptags()) == (
        ("trainer 1.",),
        ("een bel.",),
        "Doel: rust.",
    )
    assert (welcome.lines[0].who, welcome.lines[0].notes.striptags()) == (("trainer 2.",), "Zeg: 'Dag.'")
    assert (pause.ready, pause.notes.striptags(), pause.lines) == (("koffie.",), "Let op: de tijd.", ())


def test_whoever_leads_a_block_is_named() -> None:
    found = sheet(MeetingState(trainers=("Ans", "Bo"), swapped=("welkom",)))

    assert (found.stretches[0].who, found.stretches[0].lines[0].who) == (("Bo.",), ("Ans.",))


@pytest.mark.parametrize(("day", "ends"), [((2027, 3, 28), "04:00"), ((2027, 10, 31), "02:00")])
def test_night_on_which_the_clock_changes_has_its_real_times(day: tuple[int, int, int], ends: str) -> None:
    found = sheet(MeetingState(minutes={"pauze": 90}), datetime(*day, 1, 0, tzinfo=ZONE))

    assert (found.begins, found.minutes, found.ends) == ("01:00", 120, ends)


@pytest.mark.parametrize(("start", "hour"), [("13:15", (13, 15)), ("half tien", (9, 30))])
def test_time_that_is_none_counts_as_the_usual_one(start: str, hour: tuple[int, int]) -> None:
    found = moment_of(TUESDAY.date(), start, ZONE)

    assert (found.hour, found.minute) == hour
