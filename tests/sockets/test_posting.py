"""Posts with real browsers' protocol: what others see of them, when, and how they are taken back."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.sockets.conftest import Stage
from tests.support.pages import Page, Phone, shown_count
from tests.support.server import wait_for
from trainer.kinds.contract import ROOM

FLAP = "wat-brengt-ervaring"


def counts(screen: Page, count: str) -> None:
    wait_for(lambda: shown_count(screen.view["html"]) == count, f"{count!r} on the screen")


def send_texts(stage: Stage, *texts: str) -> list[Phone]:
    """A phone for each text."""
    phones = [stage.phone() for _ in texts]
    for phone, text in zip(phones, texts, strict=True):
        assert phone.post(FLAP, text=text) == {"ok": True}
    return phones


def take_back(phone: Phone, **how: bool) -> None:
    assert phone.take_back(FLAP, **how) == {"ok": True}


def test_the_same_id_twice_is_one_post(either_stage: Stage) -> None:
    phone = either_stage.at(FLAP).phone()
    sent = str(uuid.uuid4())

    answers = [phone.post(FLAP, post_id=sent, text="moed") for _ in range(2)]

    assert answers == [{"ok": True}] * 2
    wait_for(lambda: "moed" in phone.own.get("html", ""), "the text on the phone")
    assert phone.own["html"].count('class="card"') == 1


def test_a_vote_can_be_changed_and_counts_once(stage: Stage) -> None:
    screen, phone = stage.at("eens-of-oneens").screen(), stage.phone()

    for choice in ("0", "1", "2"):
        assert phone.post("eens-of-oneens", "1/1", choice=choice) == {"ok": True}
    for _ in range(2):
        assert stage.phone().post("eens-of-oneens", "1/1", choice="0") == {"ok": True}

    last = "Jouw antwoord: <strong>Weet ik niet</strong>"
    wait_for(lambda: last in phone.own.get("html", ""), "the last choice on the phone")
    counts(screen, "3 of meer")
    stage.control.go("do:show")
    screen.shows("3 mensen")


def test_a_vote_costs_the_other_phones_nothing(stage: Stage) -> None:
    screen, other = stage.at("eens-of-oneens").screen(), stage.phone()
    voters = [stage.phone() for _ in range(ROOM)]
    other.send("hello")
    wait_for(lambda: other.own, "the private fragment")
    seen, own = len(other.views), other.own

    for voter in voters:
        voter.post("eens-of-oneens", "1/1", choice="0")

    counts(screen, "3 of meer")
    # What would have come of it, comes before the answer to what is asked now.
    other.send("hello")
    wait_for(lambda: len(other.views) > seen, "the answer to its own question")
    assert len(other.views) == seen + 1
    assert other.own["html"] == own["html"]


def test_what_two_phones_do_is_seen_by_nobody(stage: Stage) -> None:
    screen = stage.at("eens-of-oneens").screen()
    voters = [stage.phone() for _ in range(ROOM)]
    before = len(screen.views)

    for voter in voters[:2]:
        voter.post("eens-of-oneens", "1/1", choice="0")
    # Whatever came of that, comes before what is asked now.
    screen.send("hello")
    assert {shown_count(view["html"]) for view in screen.views[before:]} <= {""}
    for voter in voters:
        voter.post("eens-of-oneens", "1/1", choice="1")

    counts(screen, "3 of meer")
    assert {shown_count(view["html"]) for view in screen.views[before:]} <= {"", "3 of meer"}


def test_many_votes_at_once_all_count(either_stage: Stage) -> None:
    screen = either_stage.at("eens-of-oneens").screen()
    with ThreadPoolExecutor(12) as pool:
        phones = list(pool.map(lambda _: either_stage.phone(), range(12)))

        answers = list(pool.map(lambda phone: phone.post("eens-of-oneens", "1/1", choice="1"), phones))

    assert answers == [{"ok": True}] * 12
    counts(screen, "12 of meer")
    either_stage.control.go("do:show")
    screen.shows("12 mensen")


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
    send_texts(stage, "moed", "geduld", "hoop")
    counts(screen, "3 of meer")
    assert "geduld" not in screen.view["html"] + stage.control.view["html"]

    stage.control.go("do:draw")
    stage.control.go("do:show-all")

    screen.shows("geduld")


def test_two_cards_are_not_shown_and_the_trainer_hears_why(stage: Stage) -> None:
    stage.at(FLAP)
    send_texts(stage, "moed", "geduld")

    answer = stage.control.command("do:draw")

    assert (answer["code"], answer["retry"]) == ("few", False)
    assert "nog geen drie telefoons met iets nieuws" in answer["message"]


def test_a_text_that_nobody_saw_is_taken_back_and_nobody_sees_that(stage: Stage) -> None:
    screen = stage.at(FLAP).screen()
    phone, *_ = send_texts(stage, "te persoonlijk", "moed", "geduld")
    counts(screen, "3 of meer")
    before = len(screen.views)

    take_back(phone)

    wait_for(lambda: "te persoonlijk" not in phone.own["html"], "an empty private fragment")
    screen.send("hello")
    assert {shown_count(view["html"]) for view in screen.views[before:]} <= {"3 of meer"}
    assert stage.control.command("do:draw")["code"] == "few"


def test_a_text_that_others_saw_leaves_with_the_next_command(stage: Stage) -> None:
    screen = stage.at(FLAP).screen()
    phone, *_ = send_texts(stage, "te persoonlijk", "moed", "geduld", "hoop")
    stage.control.go("do:draw")
    stage.control.go("do:show-all")
    screen.shows("te persoonlijk")
    before = len(screen.views)
    wait_for(lambda: "Dit hebben anderen gezien" in phone.own["html"], "the warning")

    take_back(phone)

    wait_for(
        lambda: "gaat van het scherm bij het volgende dat de trainer doet" in phone.own["html"],
        "the notice of it",
    )
    assert "te persoonlijk" not in phone.own["html"]
    screen.send("hello")
    assert [view for view in screen.views[before:] if "te persoonlijk" not in view["html"]] == []
    stage.control.go("timer-plus")
    wait_for(lambda: "te persoonlijk" not in screen.view["html"], "a wall without it")
    screen.shows("moed")


def test_a_text_that_others_saw_meanwhile_stays_and_its_owner_is_warned(either_stage: Stage) -> None:
    stage = either_stage
    stage.at(FLAP)
    phone, *_ = send_texts(stage, "te persoonlijk", "moed", "geduld", "hoop")
    wait_for(lambda: "te persoonlijk" in phone.own.get("html", ""), "its own card")
    stage.control.go("do:draw")

    # As a page does that shows what was true a moment ago.
    answer = phone.take_back(FLAP, warned=False)

    assert answer["code"] == "shown"
    wait_for(lambda: "Dit hebben anderen gezien" in phone.own["html"], "the warning")
    stage.control.go("do:show-all")
    stage.control.shows("te persoonlijk")
    assert phone.take_back(FLAP) == {"ok": True}


def test_a_text_that_others_saw_leaves_every_page_at_once_when_its_owner_asks(either_stage: Stage) -> None:
    stage = either_stage
    screen = stage.at(FLAP).screen()
    phone, *others = send_texts(stage, "te persoonlijk", "moed", "geduld", "hoop")
    stage.control.go("do:draw")
    stage.control.go("do:show-all")
    walls = [page for page in (screen, stage.control) if page.shows("te persoonlijk")]
    before = [len(other.owns) for other in others]

    wait_for(lambda: "Dit hebben anderen gezien" in phone.own["html"], "the warning")
    take_back(phone, now=True)

    for page in walls:
        wait_for(lambda page=page: "te persoonlijk" not in page.view["html"], f"{page.role} without it")
        page.shows("moed")
    wait_for(lambda: "te persoonlijk" not in phone.own["html"], "an own fragment without it")
    for other, count in zip(others, before, strict=True):
        wait_for(
            lambda other=other, count=count: len(other.owns) > count, "what the others have of their own"
        )


def test_a_paper_card_counts_at_once(stage: Stage) -> None:
    screen = stage.at(FLAP).screen()

    answer = stage.control.send("enter", step=FLAP, item="", form={"text": ["van papier"]})

    assert answer == {"ok": True}
    counts(screen, "1")
