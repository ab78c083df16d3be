"""Sealing: the moment from which nobody can tell any more whose a post was."""

from pathlib import Path

import pytest

from tests.store.acts import (
    EVALUATION,
    FLAP,
    GAME,
    field_of,
    game,
    keys,
    on_the_wall,
    own_ids,
    shown,
    withdraw,
)
from tests.store.damage import damage
from tests.support.hall import Hall
from trainer.kinds.contract import Rejected
from trainer.kinds.diagnose_me.game import DiagnoseState
from trainer.live.taking import TAKES_SECONDS
from trainer.store.writer import wipe


def leave_and_wait(hall: Hall) -> None:
    hall.do("next")
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()


def test_a_step_is_sealed_ten_minutes_after_it_was_left(wall: Hall) -> None:
    wall.do("next")
    wall.age(TAKES_SECONDS - 60)
    wall.host.sweep()
    assert wall.state.sealed == ()

    wall.age(61)
    wall.host.sweep()
    assert wall.state.sealed == (FLAP,)


def test_a_step_that_was_left_is_sealed_at_a_stop_and_the_one_on_screen_goes_on(wall: Hall) -> None:
    wall.do("goto", step=EVALUATION)
    answer = {field_of(wall, "veilig"): "1"}
    phone = wall.phone()
    assert wall.post(phone, EVALUATION, **answer) is None
    before = wall.posts(EVALUATION)

    wall.host.sweep.before_stop()

    again = wall.restarted()
    assert (again.state.sealed, keys(wall)) == ((FLAP,), [EVALUATION])
    assert again.posts(EVALUATION) == before
    assert again.post(phone, EVALUATION, **answer) is None
    assert len(again.posts(EVALUATION)) == len(before)


def test_a_card_that_was_taken_back_is_not_on_a_laptop_that_was_stopped(flap: Hall) -> None:
    phones = shown(flap, ("geduld", "hoop", "lef", "moed"))
    assert withdraw(flap, phones["moed"]) is None
    assert on_the_wall(flap) == ["geduld", "hoop", "lef", "moed"]

    flap.host.sweep.before_stop()
    flap.host.writer.submit(wipe)

    assert b'"moed"' not in flap.written()
    again = flap.restarted()
    assert (on_the_wall(again), again.state.sealed) == (["geduld", "hoop", "lef"], ())


def test_what_takes_no_posts_is_not_sealed_at_a_stop(hall: Hall) -> None:
    hall.do("start")
    hall.do("next")
    assert hall.state.left != {}

    hall.host.sweep.before_stop()

    assert hall.state.sealed == ()


def test_one_meeting_that_cannot_be_read_keeps_no_other_from_being_sealed_at_a_stop(wall: Hall) -> None:
    other = wall.another()
    wall.do("next")
    other.do("start")
    damage(wall, "UPDATE meeting SET state = '{' WHERE id = ?", other.meeting)
    wall.host.forget({other.meeting})

    wall.host.sweep.before_stop()

    assert wall.state.sealed == (FLAP,)


def test_the_step_on_screen_is_not_sealed(wall: Hall) -> None:
    wall.age(3600)
    wall.host.sweep()

    assert wall.state.sealed == ()


@pytest.mark.parametrize("texts", [(), ("moed", "geduld")])
def test_a_step_that_was_left_shows_alike_whether_nobody_sent_anything_or_too_few(
    hall: Hall, texts: tuple[str, ...]
) -> None:
    hall.do("goto", step=FLAP)
    for text in texts:
        hall.post(hall.phone(), FLAP, text=text)
    hall.do("next")
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()
    hall.do("goto", step=FLAP)

    control = hall.host.messages.control_values(hall.room)

    assert (hall.state.sealed, hall.state.shown) == ((FLAP,), ())
    assert (control["sealed"], control["final"]) == (True, False)
    hall.do("restart")
    assert hall.post(hall.phone(), FLAP, text="hoop") is None


def test_sealing_replaces_every_author_and_every_id_and_keeps_the_texts(wall: Hall) -> None:
    before = wall.posts(FLAP)

    leave_and_wait(wall)

    after = wall.posts(FLAP)
    assert sorted(post.payload["text"] for post in after) == ["geduld", "hoop", "moed"]
    assert {post.id for post in before} & {post.id for post in after} == set()
    assert {post.author for post in before} & {post.author for post in after} == set()
    assert len({post.author for post in after}) == 3


def test_after_sealing_no_file_holds_an_old_author_or_id(wall: Hall) -> None:
    old = [word for post in wall.posts(FLAP) for word in (post.id, post.author)]

    leave_and_wait(wall)

    written = wall.written()
    assert [word for word in old if word.encode() in written] == []


def test_after_sealing_the_key_is_gone(wall: Hall) -> None:
    assert keys(wall) == [FLAP]

    leave_and_wait(wall)

    assert FLAP not in keys(wall)


def test_what_was_shown_is_still_shown_after_sealing(wall: Hall) -> None:
    step = wall.room.step(FLAP)
    assert step is not None

    def on_screen() -> list[str]:
        kind = wall.room.kind(step)
        view = kind.screen(step.settings, wall.room.kind_state(step), wall.room.seen(FLAP))
        return sorted(card.text for section in view["sections"] for card in section["cards"])

    before = on_screen()
    leave_and_wait(wall)

    assert before == ["geduld", "hoop", "moed"]
    assert on_screen() == before


def test_a_sealed_step_is_the_same_after_a_restart(wall: Hall) -> None:
    leave_and_wait(wall)

    again = wall.restarted()

    assert again.state == wall.state
    assert again.posts(FLAP) == wall.posts(FLAP)


def test_a_sealed_step_takes_nothing_more_and_gives_nothing_back(wall: Hall) -> None:
    phone = wall.phone()
    wall.post(phone, FLAP, text="trots")
    (mine,) = own_ids(wall, phone, FLAP)
    leave_and_wait(wall)
    wall.do("goto", step=FLAP)

    for refusal in (
        wall.post(phone, FLAP, text="nog een"),
        wall.host.posting.withdraw(wall.meeting, phone, FLAP, mine),
    ):
        assert isinstance(refusal, Rejected)
        assert refusal.code == "late"


def test_after_sealing_a_phone_is_not_asked_who_it_is(wall: Hall) -> None:
    leave_and_wait(wall)
    wall.do("goto", step=FLAP)

    assert wall.host.posting.own(wall.room, FLAP, wall.phone()) == ()
    assert FLAP not in keys(wall)


def test_exercises_that_keep_nothing_lose_their_texts_when_sealed(hall: Hall) -> None:
    hall.do("goto", step="stickers")
    hall.post(hall.phone(), "stickers", geel="aanstellerij-geheim")
    hall.post(hall.phone(), "stickers", blauw="doorzetter-geheim")
    assert len(hall.posts("stickers")) == 2
    assert b"aanstellerij-geheim" in hall.written()

    leave_and_wait(hall)

    assert hall.posts("stickers") == []
    assert b"geheim" not in hall.written()


def test_who_had_the_turn_is_forgotten_when_sealed_even_without_cards(hall: Hall) -> None:
    phones = game(hall)
    hall.do("do:start")
    for phone in phones:
        assert withdraw(hall, phone, GAME) is None
    hall.do("do:turn")
    assert (hall.posts(GAME), bool(hall.room.state.kinds[GAME].had)) == ([], True)

    leave_and_wait(hall)

    assert hall.room.state.kinds[GAME] == DiagnoseState()


def test_a_text_that_was_taken_back_is_in_no_file_after_the_sweep(wall: Hall) -> None:
    phone = wall.phone()
    wall.post(phone, FLAP, text="zeer-persoonlijk")
    assert b"zeer-persoonlijk" in wall.written()

    (mine,) = own_ids(wall, phone, FLAP)
    wall.host.posting.withdraw(wall.meeting, phone, FLAP, mine)
    wall.host.sweep()

    assert b"zeer-persoonlijk" not in wall.written()


def test_a_text_that_was_changed_is_in_no_file_after_the_sweep(hall: Hall) -> None:
    hall.do("goto", step="hoe-was-het")
    phone, better = hall.phone(), field_of(hall, "beter")
    hall.post(phone, "hoe-was-het", **{better: "te-persoonlijk"})
    hall.post(phone, "hoe-was-het", **{better: "meer pauze"})

    hall.host.sweep()

    assert b"te-persoonlijk" not in hall.written()
    assert b"meer pauze" in hall.written()


def test_starting_a_step_again_deletes_its_texts(hall: Hall) -> None:
    hall.do("goto", step=FLAP)
    for text in ("moed", "geduld", "hoop"):
        hall.post(hall.phone(), FLAP, text=text)
    author = hall.host.keys.author(hall.meeting, FLAP, "")

    hall.do("restart")
    hall.host.sweep()

    assert hall.posts(FLAP) == []
    assert b"geduld" not in hall.written()
    assert hall.host.keys.author(hall.meeting, FLAP, "") != author


def test_a_meeting_whose_text_cannot_be_read_does_not_keep_others_from_being_sealed(wall: Hall) -> None:
    from trainer.store.database import transaction
    from trainer.store.models import Meeting, db

    with wall.app.app_context():
        broken = Meeting(
            id="0", course_id=1, part="dagdeel-2", date=wall.room.record.date, phase="live", source="x"
        )
        transaction(lambda: db.session.add(broken))

    leave_and_wait(wall)

    assert wall.state.sealed == (FLAP,)


def test_posts_whose_key_was_lost_count_as_sealed(wall: Hall) -> None:
    for path in (wall.folder / "keys").glob("*.key"):
        path.unlink()

    again = wall.restarted()

    assert again.state.sealed == (FLAP,)


def test_backups_of_the_data_folder_hold_no_keys(wall: Hall) -> None:
    assert [path for path in Path(wall.folder / "data").rglob("*") if "key" in path.name] == []
