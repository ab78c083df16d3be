"""Each table has a state, buttons and posts of its own."""

from tests.support.hall import Hall
from tests.support.tables import PLACES, STEP, at
from trainer.kinds.contract import Command, Rejected
from trainer.live.commands import NOT_NOW, NOTHING_HERE
from trainer.live.obey import STALE
from trainer.live.state import MeetingState


def press(hall: Hall, name: str, place: str, version: int | None = None) -> MeetingState | Rejected:
    """A trainer's press on the control of a table, who saw what there is now or that `version`."""
    seen = hall.state.version_at(place) if version is None else version
    return hall.host.steering.command(hall.meeting, Command(name), seen, place)


def current(hall: Hall, place: str) -> int:
    step = hall.room.step(at(place))
    assert step is not None
    return int(hall.room.kind_state(step).current)


def test_next_at_a_table_moves_that_table_alone(tables: Hall) -> None:
    press(tables, "next", "micro")

    assert [current(tables, place) for place in ("micro", "meso")] == [1, 0]
    assert tables.state.step == STEP


def test_table_that_has_no_more_does_not_move_the_meeting(tables: Hall) -> None:
    assert press(tables, "next", "meso") == NOTHING_HERE
    assert tables.state.step == STEP


def test_next_of_the_whole_meeting_passes_the_items_of_tables(tables: Hall) -> None:
    assert tables.do("next").step == "einde"


def test_button_of_a_kind_needs_a_table(tables: Hall) -> None:
    assert tables.ask("do:press") == NOT_NOW


def test_press_at_one_table_leaves_the_buttons_of_another_fresh(tables: Hall) -> None:
    seen = {place: tables.state.version_at(place) for place in ("micro", "meso", "")}
    press(tables, "do:press", "micro")

    assert press(tables, "do:press", "micro", seen["micro"]) == STALE
    assert not isinstance(press(tables, "do:press", "meso", seen["meso"]), Rejected)
    assert not isinstance(press(tables, "timer-plus", "", seen[""]), Rejected)


def test_press_for_the_whole_meeting_makes_every_button_stale(tables: Hall) -> None:
    seen = tables.state.version_at("micro")
    tables.do("timer-plus")

    assert press(tables, "do:press", "micro", seen) == STALE


def test_independent_press_is_never_late_and_makes_nobody_late(tables: Hall) -> None:
    seen = tables.state.version_at("micro")
    press(tables, "do:press", "micro")
    tables.do("timer-plus")
    fresh = tables.state.version_at("micro")

    assert not isinstance(press(tables, "do:tick", "micro", seen), Rejected)
    assert not isinstance(press(tables, "do:tick", "micro", seen), Rejected)
    assert not isinstance(press(tables, "do:press", "micro", fresh), Rejected)


def test_independent_press_is_late_once_another_exercise_was_begun(tables: Hall) -> None:
    seen = tables.state.version_at("micro")
    tables.do("next")
    tables.do("back")

    assert press(tables, "do:tick", "micro", seen) == STALE


def test_state_of_each_table_outlasts_a_restart(tables: Hall) -> None:
    press(tables, "next", "micro")
    tables.host.forget({tables.meeting})

    assert [current(tables, place) for place in ("micro", "meso")] == [1, 0]


def test_post_stays_at_the_table_where_it_was_sent(tables: Hall) -> None:
    phone = tables.phone()
    assert tables.post(phone, at("micro"), "1", answer="0") is None
    assert tables.post(phone, at("meso"), "1", answer="1") is None
    tables.host.forget({tables.meeting})

    sent = {place: [post.payload["choices"] for post in tables.posts(at(place))] for place in PLACES}
    assert sent == {"micro": [[0]], "meso": [[1]], "macro": []}
    assert tables.posts(STEP) == []


def test_kind_is_told_the_place_of_a_post(tables: Hall) -> None:
    assert tables.post(tables.phone(), at("meso"), "1", text="Praat samen") is None

    assert [post.payload["place"] for post in tables.posts(at("meso"))] == ["meso"]


def test_post_to_no_table_or_to_one_that_is_not_there_is_refused(tables: Hall) -> None:
    phone = tables.phone()
    refused = [tables.post(phone, step, "1", answer="0") for step in (STEP, at("mega"), at(""))]

    assert [each.code for each in refused if each] == ["no-place", "late", "late"]


def test_beginning_again_empties_every_table(tables: Hall) -> None:
    press(tables, "next", "micro")
    tables.post(tables.phone(), at("meso"), "1", answer="0")
    tables.do("restart")

    assert (current(tables, "micro"), tables.posts(at("meso"))) == (0, [])
    assert press(tables, "restart", "micro") == NOT_NOW
