"""Sealing: the moment from which nobody can tell any more whose a post was."""

from pathlib import Path

import pytest

from tests.store.acts import EVALUATION, GAME, field_of, game, own_ids, withdraw
from tests.store.damage import damage
from tests.support.klein import Hall
from trainer.kinds.contract import Command, Rejected
from trainer.kinds.diagnose_me.game import DiagnoseState
from trainer.live.taking import TAKES_SECONDS
from trainer.meetings.door import Answer
from trainer.meetings.ending import LONGEST_MEETING_SECONDS
from trainer.store.keys import ALL_STEPS

FLAP = "wat-brengt-ervaring"


@pytest.fixture
def flap(hall: Hall) -> Hall:
    """Three phones that each sent one card; the trainer showed them."""
    hall.do("goto", step=FLAP)
    for text in ("moed", "geduld", "hoop"):
        hall.post(hall.phone(), FLAP, text=text)
    hall.do("do:draw")
    hall.do("do:show-all")
    return hall


def keys(hall: Hall) -> list[str]:
    """The steps that have a key."""
    return sorted({step for _, step in hall.host.keys.found()} - {ALL_STEPS})


def leave_and_wait(hall: Hall) -> None:
    hall.do("next")
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()


def test_a_step_is_sealed_ten_minutes_after_it_was_left(flap: Hall) -> None:
    flap.do("next")
    flap.age(TAKES_SECONDS - 60)
    flap.host.sweep()
    assert flap.state.sealed == ()

    flap.age(61)
    flap.host.sweep()
    assert flap.state.sealed == (FLAP,)


def test_a_step_that_was_left_is_sealed_at_a_stop_and_the_one_on_screen_goes_on(flap: Hall) -> None:
    flap.do("goto", step=EVALUATION)
    answer = {field_of(flap, "veilig"): "1"}
    phone = flap.phone()
    assert flap.post(phone, EVALUATION, **answer) is None
    before = flap.posts(EVALUATION)

    flap.host.sweep.before_stop()

    again = flap.restarted()
    assert (again.state.sealed, keys(flap)) == ((FLAP,), [EVALUATION])
    assert again.posts(EVALUATION) == before
    assert again.post(phone, EVALUATION, **answer) is None
    assert len(again.posts(EVALUATION)) == len(before)


def test_what_takes_no_posts_is_not_sealed_at_a_stop(hall: Hall) -> None:
    hall.do("start")
    hall.do("next")
    assert hall.state.left != {}

    hall.host.sweep.before_stop()

    assert hall.state.sealed == ()


def test_one_meeting_that_cannot_be_read_keeps_no_other_from_being_sealed_at_a_stop(flap: Hall) -> None:
    other = flap.another()
    flap.do("next")
    other.do("start")
    damage(flap, "UPDATE meeting SET state = '{' WHERE id = ?", other.meeting)
    flap.host.forget({other.meeting})

    flap.host.sweep.before_stop()

    assert flap.state.sealed == (FLAP,)


def test_the_step_on_screen_is_not_sealed(flap: Hall) -> None:
    flap.age(3600)
    flap.host.sweep()

    assert flap.state.sealed == ()


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

    control = hall.host.messages.control_values(hall.room, 0, "")

    assert (hall.state.sealed, hall.state.shown) == ((FLAP,), ())
    assert (control["sealed"], control["final"]) == (True, False)
    hall.do("restart")
    assert hall.post(hall.phone(), FLAP, text="hoop") is None


def test_sealing_replaces_every_author_and_every_id_and_keeps_the_texts(flap: Hall) -> None:
    before = flap.posts(FLAP)

    leave_and_wait(flap)

    after = flap.posts(FLAP)
    assert sorted(post.payload["text"] for post in after) == ["geduld", "hoop", "moed"]
    assert {post.id for post in before} & {post.id for post in after} == set()
    assert {post.author for post in before} & {post.author for post in after} == set()
    assert len({post.author for post in after}) == 3


def test_after_sealing_no_file_holds_an_old_author_or_id(flap: Hall) -> None:
    old = [word for post in flap.posts(FLAP) for word in (post.id, post.author)]

    leave_and_wait(flap)

    written = flap.written()
    assert [word for word in old if word.encode() in written] == []


def test_after_sealing_the_key_is_gone(flap: Hall) -> None:
    assert keys(flap) == [FLAP]

    leave_and_wait(flap)

    assert FLAP not in keys(flap)


def test_what_was_shown_is_still_shown_after_sealing(flap: Hall) -> None:
    step = flap.room.step(FLAP)
    assert step is not None

    def on_screen() -> list[str]:
        kind = flap.room.kind(step)
        view = kind.screen(step.settings, flap.room.kind_state(step), flap.room.seen(FLAP))
        return sorted(card.text for section in view["sections"] for card in section["cards"])

    before = on_screen()
    leave_and_wait(flap)

    assert before == ["geduld", "hoop", "moed"]
    assert on_screen() == before


def test_a_sealed_step_is_the_same_after_a_restart(flap: Hall) -> None:
    leave_and_wait(flap)

    again = flap.restarted()

    assert again.state == flap.state
    assert again.posts(FLAP) == flap.posts(FLAP)


def test_a_sealed_step_takes_nothing_more_and_gives_nothing_back(flap: Hall) -> None:
    phone = flap.phone()
    flap.post(phone, FLAP, text="trots")
    (mine,) = own_ids(flap, phone, FLAP)
    leave_and_wait(flap)
    flap.do("goto", step=FLAP)

    for refusal in (
        flap.post(phone, FLAP, text="nog een"),
        flap.host.posting.withdraw(flap.meeting, phone, FLAP, mine),
    ):
        assert isinstance(refusal, Rejected)
        assert refusal.code == "late"


def test_after_sealing_a_phone_is_not_asked_who_it_is(flap: Hall) -> None:
    leave_and_wait(flap)
    flap.do("goto", step=FLAP)

    assert flap.host.posting.own(flap.room, FLAP, flap.phone()) == ()
    assert FLAP not in keys(flap)


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


def test_a_text_that_was_taken_back_is_in_no_file_after_the_sweep(flap: Hall) -> None:
    phone = flap.phone()
    flap.post(phone, FLAP, text="zeer-persoonlijk")
    assert b"zeer-persoonlijk" in flap.written()

    (mine,) = own_ids(flap, phone, FLAP)
    flap.host.posting.withdraw(flap.meeting, phone, FLAP, mine)
    flap.host.sweep()

    assert b"zeer-persoonlijk" not in flap.written()


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


def test_closing_seals_every_step_and_forgets_every_phone(flap: Hall) -> None:
    phone = flap.phone()
    flap.do("goto", step="over-de-lijn")
    flap.post(phone, "over-de-lijn", "1", place="2")
    old = [post.author for step in (FLAP, "over-de-lijn") for post in flap.posts(step)]

    flap.do("close")

    assert flap.state.phase == "closed"
    assert flap.state.sealed == ("over-de-lijn", FLAP)
    assert keys(flap) == []
    assert not flap.host.is_participant(flap.meeting, phone)
    written = flap.written()
    assert [author for author in old if author.encode() in written] == []


def test_a_closed_meeting_is_the_same_after_a_restart(flap: Hall) -> None:
    flap.do("close")

    again = flap.restarted()

    assert again.state == flap.state
    assert again.host.kept(flap.meeting) == flap.host.kept(flap.meeting)
    assert again.host.kept(flap.meeting) != ()


def test_the_code_and_the_link_of_a_closed_meeting_lead_nowhere(flap: Hall) -> None:
    assert flap.host.meeting_with_code(flap.code, "") == flap.meeting

    flap.do("close")

    assert flap.host.meeting_with_code(flap.code, "") is None
    assert flap.host.meeting_for(flap.secret) is None


def test_nobody_joins_a_closed_meeting(flap: Hall) -> None:
    flap.do("close")

    assert flap.knock("x" * 43) is Answer.OVER


def test_a_meeting_that_was_forgotten_is_closed_after_twelve_hours(flap: Hall) -> None:
    flap.age(LONGEST_MEETING_SECONDS + 1)
    flap.host.sweep()

    assert flap.state.phase == "closed"
    assert keys(flap) == []


def test_a_meeting_whose_text_cannot_be_read_does_not_keep_others_from_being_sealed(flap: Hall) -> None:
    from trainer.store.database import transaction
    from trainer.store.models import Meeting, db

    with flap.app.app_context():
        broken = Meeting(
            id="0", course_id=1, part="dagdeel-2", date=flap.room.record.date, phase="live", source="x"
        )
        transaction(lambda: db.session.add(broken))

    leave_and_wait(flap)

    assert flap.state.sealed == (FLAP,)


def test_posts_whose_key_was_lost_count_as_sealed(flap: Hall) -> None:
    for path in (flap.folder / "keys").glob("*.key"):
        path.unlink()

    again = flap.restarted()

    assert again.state.sealed == (FLAP,)


def test_participants_actions_need_an_open_step(flap: Hall) -> None:
    phone = flap.phone()
    flap.do("close")

    outcome = flap.host.steering.act(flap.meeting, phone, "diagnose-me", Command("open", {"card": ("1",)}))

    assert isinstance(outcome, Rejected)
    assert outcome.code == "late"


def test_backups_of_the_data_folder_hold_no_keys(flap: Hall) -> None:
    assert [path for path in Path(flap.folder / "data").rglob("*") if "key" in path.name] == []
