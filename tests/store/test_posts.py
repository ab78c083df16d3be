"""Posts from phone to database and back: once, replaced, taken back, and there again after a restart."""

import re
import sqlite3
import uuid

import pytest

from tests.store.acts import on_the_wall, own_ids, shown, withdraw
from tests.support.hall import Hall
from trainer.kinds.contract import Command, Rejected, Submission
from trainer.live.taking import TAKES_SECONDS
from trainer.meetings.posting import LATE, NOT_YOURS, SEALED, UNWARNED
from trainer.store.models import Meeting, db

FLAP = "wat-brengt-ervaring"


@pytest.fixture
def line(hall: Hall) -> Hall:
    hall.do("goto", step="over-de-lijn")
    return hall


def payloads(hall: Hall) -> list[str]:
    """What is in the database, read by somebody else than the host."""
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as other:
        return [payload for (payload,) in other.execute("SELECT payload FROM post ORDER BY payload")]


def test_a_text_that_looks_like_the_place_of_an_id_stays_a_text(flap: Hall) -> None:
    phone = flap.phone()

    for text in ('data-withdraw="0"', "1"):
        assert flap.post(phone, FLAP, text=text) is None

    assert re.findall(r"(?<=>)(?:1|data-withdraw=&#34;0&#34;)(?=<)", flap.own(phone)) != []
    assert set(re.findall(r'data-withdraw="([^"]*)"', flap.own(phone))) == set(own_ids(flap, phone, FLAP))


def test_an_accepted_post_is_in_the_database(flap: Hall) -> None:
    assert flap.post(flap.phone(), FLAP, text="moed") is None
    assert payloads(flap) == ['{"text":"moed"}']


def test_the_same_id_twice_is_one_post(flap: Hall) -> None:
    phone, sent = flap.phone(), str(uuid.uuid4())

    answers = [flap.post(phone, FLAP, post_id=sent, text=text) for text in ("moed", "moed", "lef")]

    assert answers == [None, None, None]
    assert payloads(flap) == ['{"text":"moed"}']


def test_the_id_that_another_phone_used_is_no_harm_to_either(flap: Hall) -> None:
    sent = str(uuid.uuid4())

    for text in ("lef", "moed"):
        assert flap.post(flap.phone(), FLAP, post_id=sent, text=text) is None

    assert payloads(flap) == ['{"text":"lef"}', '{"text":"moed"}']


def test_no_phone_chooses_the_id_under_which_its_post_lies(flap: Hall) -> None:
    sent = str(uuid.uuid4())
    flap.post(flap.phone(), FLAP, post_id=sent, text="moed")

    (lies,) = flap.posts(FLAP)
    assert lies.id != sent
    assert uuid.UUID(lies.id).version == 4


def test_the_same_id_in_another_step_harms_nobody(flap: Hall) -> None:
    phone, sent = flap.phone(), str(uuid.uuid4())
    flap.post(phone, FLAP, post_id=sent, text="moed")
    flap.do("goto", step="over-de-lijn")

    flap.post(phone, "over-de-lijn", "1", post_id=sent, place="2")

    assert flap.post(flap.phone(), "over-de-lijn", "1", place="4") is None
    assert [len(flap.restarted().posts(step)) for step in (FLAP, "over-de-lijn")] == [1, 2]


def test_another_vote_takes_the_place_of_the_first(line: Hall) -> None:
    phone = line.phone()

    for place in ("0", "4"):
        line.post(phone, "over-de-lijn", "1", place=place)

    assert payloads(line) == ['{"choices":[4]}']
    assert [post.payload for post in line.posts("over-de-lijn")] == [{"choices": [4]}]


def test_votes_of_two_phones_both_count(line: Hall) -> None:
    for place in ("0", "4"):
        line.post(line.phone(), "over-de-lijn", "1", place=place)

    assert payloads(line) == ['{"choices":[0]}', '{"choices":[4]}']


def test_a_refused_post_is_not_stored(flap: Hall) -> None:
    outcome = flap.post(flap.phone(), FLAP, text="x" * 100)

    assert isinstance(outcome, Rejected)
    assert payloads(flap) == []


def test_a_step_that_was_never_on_screen_takes_no_posts(flap: Hall) -> None:
    assert flap.post(flap.phone(), "over-de-lijn", "1", place="0") == LATE


def test_a_step_that_was_left_a_moment_ago_still_takes_posts(flap: Hall) -> None:
    phone = flap.phone()
    flap.do("next")

    assert flap.post(phone, FLAP, text="moed") is None


@pytest.fixture
def left(hall: Hall) -> Hall:
    """A step that was left eleven minutes ago, without a post; nobody has looked since."""
    hall.do("goto", step=FLAP)
    hall.do("next")
    hall.age(TAKES_SECONDS + 60)
    return hall


def test_a_step_that_was_left_eleven_minutes_ago_takes_nothing(left: Hall) -> None:
    assert left.post(left.phone(), FLAP, text="moed") == LATE
    assert left.host.posting.enter(left.meeting, FLAP, Submission("", {"text": ("moed",)})) == LATE
    assert payloads(left) == []


def test_a_step_that_was_left_eleven_minutes_ago_gives_nothing_back(flap: Hall) -> None:
    phone = flap.phone()
    flap.post(phone, FLAP, text="moed")
    (mine,) = own_ids(flap, phone, FLAP)
    flap.do("next")
    flap.age(TAKES_SECONDS + 60)

    # The next sweep will seal it; until then it is as good as sealed.
    assert flap.host.posting.withdraw(flap.meeting, phone, FLAP, mine) == SEALED
    assert payloads(flap) == ['{"text":"moed"}']


def test_a_step_that_comes_back_on_screen_takes_posts_and_shows_its_form(left: Hall) -> None:
    left.do("goto", step=FLAP)

    assert "data-post" in left.own(left.phone())
    assert left.post(left.phone(), FLAP, text="moed") is None


def test_a_card_is_opened_only_in_the_exercise_that_is_on_screen(hall: Hall) -> None:
    hall.do("goto", step="diagnose-me")
    hall.do("next")

    assert hall.host.steering.act(hall.meeting, hall.phone(), "diagnose-me", Command("open")) == LATE


def test_a_post_after_the_end_is_late(flap: Hall) -> None:
    phone = flap.phone()
    flap.do("close")

    assert flap.post(phone, FLAP, text="moed") == LATE


def test_a_post_to_no_meeting_is_late(hall: Hall) -> None:
    hall.meeting = "nowhere"

    assert hall.post("x" * 43, FLAP, text="moed") == LATE


def test_a_phone_takes_back_its_own_post(flap: Hall) -> None:
    phone = flap.phone()
    flap.post(phone, FLAP, text="moed")
    (mine,) = own_ids(flap, phone, FLAP)

    assert flap.host.posting.withdraw(flap.meeting, phone, FLAP, mine) is None
    assert (payloads(flap), flap.posts(FLAP)) == (["null"], [])


@pytest.mark.parametrize("now", [False, True])
def test_a_card_that_others_saw_is_not_taken_back_without_a_warning(flap: Hall, now: bool) -> None:
    phone, *_ = shown(flap, ["moed", "geduld", "hoop"]).values()
    (mine,) = own_ids(flap, phone, FLAP)
    before = payloads(flap)

    refused = flap.host.posting.withdraw(flap.meeting, phone, FLAP, mine, at_once=now)

    assert refused == UNWARNED
    flap.do("timer-plus")
    assert (payloads(flap), on_the_wall(flap)) == (before, ["geduld", "hoop", "moed"])
    assert withdraw(flap, phone) is None
    assert on_the_wall(flap) == ["geduld", "hoop", "moed"]


def test_taking_back_twice_is_taking_back_once(flap: Hall) -> None:
    phone = flap.phone()
    flap.post(phone, FLAP, text="moed")
    (mine,) = own_ids(flap, phone, FLAP)

    answers = [flap.host.posting.withdraw(flap.meeting, phone, FLAP, mine) for _ in range(2)]

    assert answers == [None, None]


def test_nobody_takes_back_the_post_of_another(flap: Hall) -> None:
    flap.post(flap.phone(), FLAP, text="moed")
    (theirs,) = flap.posts(FLAP)

    assert flap.host.posting.withdraw(flap.meeting, flap.phone(), FLAP, theirs.id) == NOT_YOURS
    assert payloads(flap) == ['{"text":"moed"}']


def test_the_form_for_paper_does_not_ask_what_only_an_owner_may_choose(flap: Hall) -> None:
    form = str(flap.host.messages.control_values(flap.room)["enter_html"])

    assert ('name="text"' in form, 'name="alone"' in form) == (True, False)


def test_a_paper_card_belongs_to_no_phone(flap: Hall) -> None:
    phone = flap.phone()

    outcome = flap.host.posting.enter(flap.meeting, FLAP, Submission("", {"text": ("van papier",)}))

    assert outcome is None
    assert payloads(flap) == ['{"text":"van papier"}']
    assert flap.host.posting.own(flap.room, FLAP, phone) == ()


def test_everything_is_there_again_after_a_restart(flap: Hall) -> None:
    phone = flap.phone()
    flap.post(phone, FLAP, text="moed")
    flap.do("do:close")
    flap.do("timer-pause")
    flap.do("choose", group="stigma:1", option="2")

    again = flap.restarted()

    assert again.state == flap.state
    assert again.posts(FLAP) == flap.posts(FLAP)
    assert again.host.is_participant(flap.meeting, phone)
    assert [post.payload for post in again.host.posting.own(again.room, FLAP, phone)] == [{"text": "moed"}]


def test_a_meeting_keeps_its_text_when_the_files_change(hall: Hall) -> None:
    first = next(hall.room.part.steps())
    assert first.title == "Welkom"
    assert hall.room.record.source.startswith("---\ntitel: Eerste dagdeel")


def test_images_of_a_running_meeting_come_from_its_programme(hall: Hall) -> None:
    with hall.app.app_context():
        meeting = db.session.get_one(Meeting, hall.meeting)
        meeting.source = meeting.source.replace("Fijn dat", "![Een bloem](bloem.png) Fijn dat")
        db.session.commit()

    first = next(hall.restarted().room.part.steps())

    assert 'src="/programma/klein/bloem.png"' in first.html


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "\x1b[2J", "‮omgekeerd"])
def test_characters_that_no_database_takes_stop_nobody(flap: Hall, text: str) -> None:
    flap.post(flap.phone(), FLAP, text=f"x{text}")

    assert flap.post(flap.phone(), FLAP, text="moed") is None
