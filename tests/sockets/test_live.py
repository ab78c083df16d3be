"""A meeting with real browsers' protocol: who sees what, and what comes of what they send."""

import re
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

from tests.sockets.conftest import Stage
from tests.support.klein import klein_part
from tests.support.running import Control, wait_for

FLAP = "wat-brengt-ervaring"
QUIET = 0.5


def count_on(page_html: str) -> int:
    """The number of answers that the screen says have come in."""
    found = re.search(r'<(?:span|strong) class="num">(\d+)</(?:span|strong)> antwoord', page_html)
    return int(found.group(1)) if found else 0


def test_the_same_id_twice_is_one_post(either_stage: Stage) -> None:
    screen, phone = either_stage.at(FLAP).screen(), either_stage.phone()
    sent = str(uuid.uuid4())

    answers = [phone.post(FLAP, post_id=sent, text="moed") for _ in range(2)]

    assert answers == [{"ok": True}] * 2
    wait_for(lambda: count_on(screen.view["html"]) == 1, "one answer on the screen")
    wait_for(lambda: "moed" in phone.own.get("html", ""), "the text on the phone")
    assert phone.own["html"].count('class="card"') == 1


def test_a_vote_can_be_changed_and_counts_once(stage: Stage) -> None:
    screen, phone = stage.at("eens-of-oneens").screen(), stage.phone()

    for choice in ("0", "1", "2"):
        assert phone.post("eens-of-oneens", "1/1", choice=choice) == {"ok": True}

    last = "Jouw antwoord: <strong>Weet ik niet</strong>"
    wait_for(lambda: last in phone.own.get("html", ""), "the last choice on the phone")
    wait_for(lambda: count_on(screen.view["html"]) == 1, "one answer on the screen")


def test_a_vote_reaches_the_screen_and_costs_the_other_phones_nothing(stage: Stage) -> None:
    screen, voter, other = stage.at("eens-of-oneens").screen(), stage.phone(), stage.phone()
    time.sleep(QUIET)
    seen, own = len(other.views), other.own

    voter.post("eens-of-oneens", "1/1", choice="0")

    wait_for(lambda: count_on(screen.view["html"]) == 1, "the count on the screen")
    time.sleep(QUIET)
    assert (len(other.views), other.own) == (seen, own)


def test_many_votes_at_once_all_count(either_stage: Stage) -> None:
    screen = either_stage.at("eens-of-oneens").screen()
    with ThreadPoolExecutor(12) as pool:
        phones = list(pool.map(lambda _: either_stage.phone(), range(12)))

        answers = list(pool.map(lambda phone: phone.post("eens-of-oneens", "1/1", choice="1"), phones))

    assert answers == [{"ok": True}] * 12
    wait_for(lambda: count_on(screen.view["html"]) == 12, "all votes on the screen")


def test_a_phone_gets_its_own_texts_and_nobody_elses(stage: Stage) -> None:
    writer, other = stage.at(FLAP).phone(), stage.phone()

    writer.post(FLAP, text="heel persoonlijk")
    other.post(FLAP, text="iets anders")

    wait_for(lambda: "iets anders" in other.own.get("html", ""), "the other's own text")
    wait_for(lambda: "heel persoonlijk" in writer.own.get("html", ""), "the writer's own text")
    everything = [view["html"] for view in other.views] + [other.own["html"]]
    assert [html for html in everything if "heel persoonlijk" in html] == []


def test_two_tabs_of_one_phone_show_the_same(stage: Stage) -> None:
    phone = stage.at(FLAP).phone()
    tab = stage.open(phone.another_tab())

    phone.post(FLAP, text="moed")

    wait_for(lambda: "moed" in tab.own.get("html", ""), "the text in the other tab")


def test_nobody_sees_a_text_before_the_trainer_shows_it(stage: Stage) -> None:
    screen = stage.at(FLAP).screen()
    for text in ("moed", "geduld", "hoop"):
        stage.phone().post(FLAP, text=text)
    wait_for(lambda: count_on(screen.view["html"]) == 3, "three answers on the screen")
    assert "geduld" not in screen.view["html"] + stage.control.view["html"]

    stage.control.go("do:draw")
    stage.control.go("do:show-all")

    screen.shows("geduld")


def test_a_text_that_is_taken_back_is_gone_everywhere(stage: Stage) -> None:
    screen, phone = stage.at(FLAP).screen(), stage.phone()
    phone.post(FLAP, text="te persoonlijk")
    wait_for(lambda: count_on(screen.view["html"]) == 1, "the answer on the screen")
    wait_for(lambda: "data-withdraw" in phone.own.get("html", ""), "its own text on the phone")
    mine = re.search(r'data-withdraw="([^"]+)"', phone.own["html"])
    assert mine is not None

    assert phone.send("withdraw", step=FLAP, id=mine.group(1)) == {"ok": True}

    wait_for(lambda: "te persoonlijk" not in phone.own["html"], "an empty private fragment")
    wait_for(lambda: count_on(screen.view["html"]) == 0, "no answer on the screen")


def test_a_paper_card_counts_like_any_other(stage: Stage) -> None:
    screen = stage.at(FLAP).screen()

    answer = stage.control.send("enter", step=FLAP, item="", form={"text": ["van papier"]})

    assert answer == {"ok": True}
    wait_for(lambda: count_on(screen.view["html"]) == 1, "the answer on the screen")


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

    code, secret = stage.server.join_code, stage.server.join_secret
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
