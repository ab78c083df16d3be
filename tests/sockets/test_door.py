"""The door of a real server: trainers who let in, phones that wait, and what is left after `kill -9`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sockets.conftest import QUICK, Stage
from tests.support.guest import Guest
from tests.support.pages import Phone
from tests.support.server import RunningServer, wait_for
from tests.support.trainers import Trainer
from trainer.sockets.protocol import Code


def knock(stage: Stage) -> Guest:
    return Guest(f"{stage.server.url}/j/{stage.opened.secret}")


@pytest.fixture(params=["stage", "threaded"])
def shut(request: pytest.FixtureRequest, trainer: Trainer) -> Iterator[Stage]:
    """A stage of which the door is shut, on each kind of server."""
    name = "trainer" if request.param == "stage" else "threaded_trainer"
    by = request.getfixturevalue(name)
    stage = Stage(by.server, by)
    stage.control.go("door", to="shut")
    yield stage
    stage.close()


def test_both_trainers_see_who_waits_and_one_lets_in(shut: Stage) -> None:
    second, guest = shut.second_control(), knock(shut)
    word = guest.word()
    for control in (shut.control, second):
        assert control.shows(f'data-words="{word}"')

    answers = [each.send("door", name="admit", args={"word": [word]}) for each in (second, shut.control)]

    assert answers[0] == {"ok": True}
    assert answers[1]["message"] == "Deze telefoon wacht niet meer."
    assert guest.asks()["answer"] == "in"
    wait_for(lambda: f'data-words="{word}"' not in shut.control.view["html"], "an empty list")


def test_after_the_answer_to_shutting_the_door_nobody_slips_through(shut: Stage) -> None:
    assert knock(shut).page.status_code == 202
    shut.control.go("door", to="open")
    assert knock(shut).page.status_code == 200

    assert shut.control.command("door", to="shut") == {"ok": True}

    assert knock(shut).page.status_code == 202


@pytest.mark.parametrize(
    "message",
    [
        None,
        {},
        {"name": "open", "args": {}},
        {"name": ["admit"], "args": {"word": ["appel"]}},
        {"name": "admit", "args": {"word": [1]}},
        {"name": "admit", "args": {"word": ["appel"] * 61}},
    ],
)
def test_what_no_page_says_of_the_door_is_refused(stage: Stage, message: object) -> None:
    assert stage.control.socket.call("door", message, timeout=10)["code"] == Code.MALFORMED


def test_a_word_that_nobody_has_lets_nobody_in(stage: Stage) -> None:
    for words in ([], [""], ["appel"], ["kwijt", "weg"]):
        assert stage.control.send("door", name="admit", args={"word": words})["code"] == "gone"


def test_after_a_kill_who_was_in_is_in_and_who_waited_presses_again(tmp_path: Path) -> None:
    server = RunningServer(tmp_path, **QUICK).start()
    try:
        inside = Phone(server)
        control = Trainer(server).make_account().control(inside.meeting)
        control.go("door", to="shut")
        guest = Guest(f"{server.url}/j/{server.join_secret}")
        guest.word()
        server.kill()
        server.start()

        assert inside.another_tab().connect().view["key"] == "lobby"
        assert guest.asks() == {"answer": "unknown", "word": ""}
        guest.press()
        word = guest.word()
        again = Trainer(server).log_in().control(inside.meeting)
        assert again.shows(f'data-words="{word}"')
        assert again.send("door", name="admit", args={"word": [word]}) == {"ok": True}
        assert guest.asks()["answer"] == "in"
    finally:
        server.stop()


def test_control_counts_the_phones_that_are_in(stage: Stage) -> None:
    def inside() -> int:
        return int(
            re.search(
                r"<strong>(\d+)</strong> telefoons? (is|zijn) binnengekomen", stage.control.view["html"]
            )[1]
        )

    before = inside()

    # One of them never opens the page: it may vote all the same.
    stage.phone()
    stage.joined()

    wait_for(lambda: inside() == before + 2, "two more phones")
