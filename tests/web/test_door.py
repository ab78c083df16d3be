"""At the door: what a phone that wants in is answered, and what is kept of one that waits."""

import re
import sqlite3

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.browsing import send, token_of
from tests.support.hall import Hall
from trainer.live.audience import Audience, Role
from trainer.meetings.door import AT_ONCE, PORCH_SECONDS
from trainer.store.keys import new_token, token_hash


@pytest.fixture
def browser(hall: Hall) -> FlaskClient:
    return hall.app.test_client()


@pytest.fixture
def shut(hall: Hall) -> Hall:
    hall.do("door", to="shut")
    return hall


@pytest.fixture
def full(hall: Hall) -> Hall:
    """A meeting into which as many came as may come at once."""
    for _ in range(AT_ONCE):
        hall.phone()
    return hall


def doorway(hall: Hall) -> str:
    return f"/j/{hall.secret}"


def asks(browser: FlaskClient, hall: Hall) -> str:
    """What the page of a phone that waits hears when it asks by itself."""
    return str((browser.get(f"{doorway(hall)}/deur").json or {})["answer"])


def waits(browser: FlaskClient, hall: Hall) -> TestResponse:
    """A phone knocks at a shut door, and its page asks again by itself: what it shows then."""
    send(browser, doorway(hall))
    hall.later_at_the_door()
    return browser.get(doorway(hall))


def word_on(page: TestResponse) -> str:
    found = re.search(r'class="door-word">([^<]+)<', page.text)
    return found[1] if found else ""


def participants(hall: Hall) -> int:
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        return int(database.execute("SELECT count(*) FROM participant").fetchone()[0])


def test_who_comes_when_it_is_busy_is_told_so_and_keeps_its_place(full: Hall, browser: FlaskClient) -> None:
    page = send(browser, doorway(full))

    assert page.status_code == 202
    assert "Even wachten" in page.text
    assert "data-waits=" in page.text
    # The page asks with the token that it has from now on, and nobody types a code again.
    token = token_of(browser)
    assert asks(browser, full) == "busy"
    assert "Even wachten" in browser.get(doorway(full)).text
    assert token_of(browser) == token
    assert participants(full) == AT_ONCE


def test_who_typed_the_code_waits_as_well(full: Hall, browser: FlaskClient) -> None:
    send(browser, doorway(full))

    answer = send(browser, "/", code=full.code)

    assert answer.location == doorway(full)
    assert "Even wachten" in browser.get(answer.location).text


def test_a_phone_that_is_in_is_never_told_to_wait(hall: Hall, browser: FlaskClient) -> None:
    send(browser, doorway(hall))
    for _ in range(AT_ONCE):
        hall.phone()
    hall.do("door", to="shut")

    for answer in (browser.get(doorway(hall)), send(browser, "/", code=hall.code)):
        assert answer.location == f"/m/{hall.meeting}"
    assert browser.get(f"/m/{hall.meeting}").status_code == 200
    assert asks(browser, hall) == "in"


def test_a_shut_door_says_who_opens_it_and_a_word(shut: Hall, browser: FlaskClient) -> None:
    page = waits(browser, shut)

    assert "De deur is dicht" in page.text
    assert "De trainer laat je binnen." in page.text
    assert word_on(page) == shut.room.door.words(shut.state)[0][0]
    assert participants(shut) == 0


def test_a_phone_that_a_trainer_lets_in_finds_itself_inside(shut: Hall, browser: FlaskClient) -> None:
    word = word_on(waits(browser, shut))
    waiting = shut.app.test_client()
    send(waiting, doorway(shut))

    assert shut.host.joining.admit(shut.meeting, [word]) is None

    assert asks(browser, shut) == "in"
    assert browser.get(doorway(shut)).location == f"/m/{shut.meeting}"
    assert asks(waiting, shut) == "shut"


def test_a_word_that_waits_no_longer_is_said_to_be_gone(shut: Hall, browser: FlaskClient) -> None:
    word = word_on(waits(browser, shut))
    shut.host.joining.admit(shut.meeting, [word])

    for say in (shut.host.joining.admit, shut.host.joining.refuse):
        outcome = say(shut.meeting, [word])
        assert outcome is not None
        assert outcome.message == "Deze telefoon wacht niet meer."


def test_a_refused_phone_is_told_and_may_ask_again(shut: Hall, browser: FlaskClient) -> None:
    word = word_on(waits(browser, shut))
    shut.host.joining.refuse(shut.meeting, [word])

    assert asks(browser, shut) == "refused"
    page = browser.get(doorway(shut))
    assert "De trainer laat deze telefoon nu niet binnen." in page.text
    assert "data-waits=" not in page.text
    assert word_on(waits(browser, shut)) == word


def test_an_open_door_lets_in_who_waited(shut: Hall, browser: FlaskClient) -> None:
    send(browser, doorway(shut))

    shut.do("door", to="open")

    assert asks(browser, shut) == "in"


def test_after_a_restart_who_is_in_is_in_and_who_waits_presses_again(
    shut: Hall, browser: FlaskClient
) -> None:
    inside = shut.phone()
    waits(browser, shut)
    again = shut.restarted()
    same = again.app.test_client()
    same.set_cookie("kwartier_phone", token_of(browser))

    assert asks(same, again) == "unknown"
    assert "Teksten 30 dagen" in same.get(doorway(again)).text
    assert again.state.door_shut
    assert again.host.is_participant(again.meeting, inside)
    assert not again.host.is_participant(again.meeting, token_of(browser))
    assert word_on(waits(same, again)) == again.room.door.words(again.state)[0][0]


def test_a_phone_of_another_meeting_comes_in_only_when_somebody_pressed_the_button(
    hall: Hall, browser: FlaskClient
) -> None:
    send(browser, doorway(hall))
    elsewhere, token = hall.another(), token_of(browser)

    assert asks(browser, elsewhere) == "unknown"
    assert "Teksten 30 dagen" in browser.get(doorway(elsewhere)).text
    assert not elsewhere.host.is_participant(elsewhere.meeting, token)

    assert send(browser, doorway(elsewhere)).content_location == f"/m/{elsewhere.meeting}"
    assert token_of(browser) != token
    assert not elsewhere.host.is_participant(elsewhere.meeting, token)


def test_a_page_that_waits_does_not_bring_the_phone_of_another_meeting_in(
    shut: Hall, browser: FlaskClient
) -> None:
    send(browser, doorway(shut))
    elsewhere = shut.another()
    send(browser, doorway(elsewhere))
    shut.do("door", to="open")

    assert asks(browser, shut) == "unknown"
    assert participants(shut) == 1


def test_a_phone_that_slept_before_the_door_need_not_press_again(shut: Hall, browser: FlaskClient) -> None:
    word = word_on(waits(browser, shut))
    shut.later_at_the_door(PORCH_SECONDS + 1)
    waits(shut.app.test_client(), shut)

    assert asks(browser, shut) == "shut"
    shut.later_at_the_door()
    assert word_on(browser.get(doorway(shut))) == word


@pytest.mark.parametrize("by_a_trainer", [True, False])
def test_a_phone_that_left_comes_in_again_only_when_somebody_pressed_the_button(
    shut: Hall, browser: FlaskClient, by_a_trainer: bool
) -> None:
    word = word_on(waits(browser, shut))
    if by_a_trainer:
        shut.host.joining.admit(shut.meeting, [word])
    shut.do("door", to="open")
    assert asks(browser, shut) == "in"
    shut.host.leave(shut.meeting, token_of(browser))

    assert asks(browser, shut) == "unknown"


def test_nothing_of_a_phone_that_waits_is_stored(shut: Hall, browser: FlaskClient) -> None:
    send(browser, doorway(shut))
    shut.host.sweep()

    written = shut.written()
    for known in (token_of(browser), token_hash(shut.meeting, token_of(browser))):
        assert known.encode() not in written
    assert participants(shut) == 0


def test_a_made_up_token_asks_in_vain(shut: Hall, browser: FlaskClient) -> None:
    for made_up in ("", "x", "user:1", new_token()):
        browser.set_cookie("kwartier_phone", made_up)
        assert asks(browser, shut) == "unknown"
    assert shut.room.door.words(shut.state) == ([], 0)
    assert browser.get("/j/niets/deur").json == {"answer": "over", "word": ""}


def test_a_meeting_that_ends_sends_away_who_waits(shut: Hall, browser: FlaskClient) -> None:
    send(browser, doorway(shut))
    shut.do("start")
    shut.do("close")

    assert asks(browser, shut) == "over"
    assert "Deze bijeenkomst is voorbij" in browser.get(doorway(shut)).text


def test_trainers_see_a_word_and_nothing_else(shut: Hall, browser: FlaskClient) -> None:
    word = word_on(waits(browser, shut))

    html = shut.host.messages.message(shut.room, Audience(Role.CONTROL))["html"]

    assert f'data-words="{word}"' in html
    assert "1 telefoon wacht bij de deur" in html
    assert token_of(browser) not in html
    for role in ("screen", "phone"):
        assert word not in re.findall(
            r"[a-zï]+", shut.host.messages.message(shut.room, Audience(Role(role)))["html"]
        )


def test_control_says_that_phones_wait_when_it_is_busy(full: Hall, browser: FlaskClient) -> None:
    send(browser, doorway(full))

    html = full.host.messages.message(full.room, Audience(Role.CONTROL))["html"]

    assert "1 telefoon wacht bij de deur" in html
    assert "Zijn jullie met meer dan 30?" in html


@pytest.mark.parametrize(("expected", "said"), [("12", True), ("30", False), ("", False)])
def test_control_says_plainly_when_there_are_more_phones_than_people(
    full: Hall, expected: str, said: bool
) -> None:
    full.do("expect", people=expected)

    html = full.host.messages.message(full.room, Audience(Role.CONTROL))["html"]

    assert ("30 telefoons, 12 mensen." in html) is said
    assert ("Vraag iedereen om één telefoon te gebruiken." in html) is said
