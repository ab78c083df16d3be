"""A meeting with real browsers' protocol: who sees what, and what comes of what they send."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

from tests.sockets.conftest import Stage
from tests.support.klein import klein_part
from tests.support.pages import Control
from tests.support.server import wait_for

FLAP = "wat-brengt-ervaring"
QUIET = 0.5


def test_a_step_reaches_everybody(either_stage: Stage) -> None:
    pages = [
        either_stage.at("welkom").screen(),
        either_stage.phone(),
        either_stage.phone(),
        either_stage.second_control(),
    ]

    either_stage.control.go("goto", step="over-de-lijn")

    for page in pages:
        page.shows("Wie veel meemaakte")


def test_a_late_joiner_gets_the_step_that_is_on(stage: Stage) -> None:
    stage.at("over-de-lijn").control.go("next")

    late = stage.phone()

    assert late.place == "over-de-lijn/2"
    assert "Op je werk ben je jezelf" in late.view["html"]


def test_who_comes_back_gets_the_same_as_who_stayed(stage: Stage) -> None:
    stayed, left = stage.at("eens-of-oneens").phone(), stage.phone()
    left.post("eens-of-oneens", "1/1", choice="1")
    left.close()
    stage.control.go("next")
    stage.control.go("back")

    back = stage.open(left.another_tab())

    stayed.shows("Een collega mag alles vragen")
    assert back.view["key"] == stayed.view["key"]
    wait_for(lambda: "Jouw antwoord" in back.own.get("html", ""), "the vote of before")


def test_hello_is_answered_with_the_whole_view(stage: Stage) -> None:
    for page in (stage.at("pauze").phone(), stage.screen(), stage.control):
        before = len(page.views)

        assert page.send("hello") == {"ok": True}

        wait_for(lambda page=page, before=before: len(page.views) > before, "a fresh view")
        assert page.place == "pauze/"


def test_versions_only_go_up(stage: Stage) -> None:
    phone = stage.at("welkom").phone()
    for name in ("next", "next", "back", "next"):
        stage.control.go(name)
        phone.send("hello")

    versions = [view["version"] for view in phone.views]
    assert versions == sorted(versions)


def test_two_trainers_who_press_next_at_once_advance_once(either_stage: Stage) -> None:
    other = either_stage.at("welkom").second_control()
    for _ in range(3):
        wait_for(lambda: either_stage.control.version == other.version, "two trainers who see the same")
        seen = either_stage.control.version
        barrier = threading.Barrier(2)

        def press(control: Control, barrier: threading.Barrier = barrier, seen: int = seen) -> dict[str, Any]:
            barrier.wait()
            return control.command("next", version=seen)

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(press, [either_stage.control, other]))

        assert sorted(answer.get("code", "ok") for answer in answers) == ["ok", "stale"]
        wait_for(lambda seen=seen: either_stage.control.version > seen, "the next view")
        assert either_stage.control.version == seen + 1


def test_the_trainers_see_how_many_phones_there_are(stage: Stage) -> None:
    def phones() -> int:
        shown = re.search(r'Telefoons</span> <strong class="num">(\d+)', stage.control.view["html"])
        return int(shown.group(1)) if shown else -1

    wait_for(lambda: phones() == 0, "no phones")
    first = stage.at("welkom").phone()
    stage.phone()
    stage.open(first.another_tab())
    wait_for(lambda: phones() == 2, "two phones, of which one has two tabs")

    first.close()
    time.sleep(QUIET)
    assert phones() == 2


def test_a_covered_screen_shows_nothing_of_the_step(stage: Stage) -> None:
    screen = stage.at("over-de-lijn").screen()

    assert screen.send("command", version=stage.control.version, name="cover", args={}) == {"ok": True}

    screen.shows("Even een moment")
    assert "Wie veel meemaakte" not in screen.view["html"]
    wait_for(lambda: "is-covered" in screen.view["html"], "the cover")
    stage.control.send("hello")
    stage.control.go("cover")


def test_a_phone_view_has_no_notes_no_agenda_and_no_code(stage: Stage) -> None:
    stage.at("welkom")
    phone = stage.phone()
    for step in klein_part().steps():
        stage.control.go("goto", step=step.id)
        wait_for(lambda step=step: phone.view["key"].startswith(f"{step.id}/"), f"{step.id} on the phone")

    code, secret = stage.opened.code, stage.opened.secret
    secrets = ("Geheim", code, code.replace(" ", ""), secret, "Programma")
    assert [word for view in phone.views for word in secrets if word in view["html"]] == []


def test_a_page_asked_for_by_http_is_the_same_as_the_view(stage: Stage) -> None:
    phone = stage.at("over-de-lijn").phone()
    phone.post("over-de-lijn", "1", place="2")

    page = requests.get(f"{stage.server.url}/m/{stage.meeting}", cookies={"kwartier_phone": phone.token}).text

    assert "Wie veel meemaakte" in page
    wait_for(lambda: phone.own, "the private fragment")
    assert phone.own["html"].strip()[:60] in page


def test_nothing_that_a_server_prints_says_who_was_there(stage: Stage) -> None:
    phone = stage.at(FLAP).phone()
    phone.post(FLAP, text="heel persoonlijk")

    printed = stage.server.printed()
    assert [
        word for word in (phone.token, "persoonlijk", "GET /", "POST /", "Traceback") if word in printed
    ] == []
