"""Screens, controls and phones at tables, with real sockets."""

import re
import sqlite3
import uuid
from typing import Any

import requests

from tests.support.server import wait_for
from tests.support.tables import Room, Seat, at, pressed_at_once, shown_presses

# A thousand in `make faults`.
PRESSES = 60


def post(phone: Seat, place: str, item: str = "1", **form: Any) -> dict[str, Any]:
    fields = {name: [value] for name, value in form.items()}
    return phone.send("post", id=str(uuid.uuid4()), step=at(place), item=item, form=fields)


def test_trainers_at_two_tables_press_at_the_same_time_and_none_is_refused(room: Room) -> None:
    seats = [room.seat("control", place) for place in ("micro", "meso")]
    tallies = pressed_at_once(seats, "do:press", PRESSES)

    assert [(tally.done, tally.refused) for tally in tallies] == [(PRESSES, 0)] * 2
    assert [shown_presses(seat) for seat in seats] == [PRESSES] * 2


def test_second_trainer_at_the_same_table_is_told_that_a_colleague_was_first(room: Room) -> None:
    first, second = room.seat("control", "micro"), room.seat("control", "micro")
    seen = second.version
    first.go("do:press")

    assert second.command("do:press", seen)["code"] == "stale"


def test_each_screen_shows_its_table(room: Room) -> None:
    screens = {place: room.seat("screen", place) for place in ("micro", "meso", "")}
    room.seat("control", "micro").go("next")

    assert screens["micro"].shows("Een grap is een klein gebaar.")
    assert "Een team kan veranderen." in screens["meso"].view["html"]
    assert "Dit doen jullie per tafel." in screens[""].view["html"]


def is_covered(page: Seat) -> bool:
    return 'class="cover"' in page.view["html"] or "Het scherm is afgedekt." in page.view["html"]


def words(page: Seat) -> str:
    """What a page says, but for what a clock says: a page is sent again when phones have come."""
    return re.sub(r"<[^>]+>|\d+:\d\d", "", page.view["html"])


def test_press_at_a_table_changes_nothing_on_other_pages(room: Room) -> None:
    pages = [room.seat("screen", "meso"), room.seat("control", ""), room.phone("meso"), room.phone("")]
    micro = room.seat("control", "micro")
    # How many phones there are and who leads is told some time after they come; a press for all shows it now.
    for to, covered in (("yes", True), ("no", False)):
        room.control.go("cover", to=to)
        seen = [*pages[:2], micro]
        wait_for(lambda now=covered, seen=seen: {is_covered(page) for page in seen} == {now}, f"cover: {to}")
    before = [words(page) for page in pages]
    micro.go("do:press")

    assert [words(page) for page in pages] == before


def test_phone_without_a_table_is_asked_for_it_and_has_no_form(room: Room) -> None:
    html = room.phone("").view["html"]

    assert "Aan welke tafel zit je?" in html
    assert re.findall(r'data-place="([^"]*)"', html) == ["micro", "meso", "macro"]
    assert "<form" not in html


def test_phone_at_a_table_that_is_not_there_is_asked_for_one(room: Room) -> None:
    assert "Aan welke tafel zit je?" in room.phone("mega").view["html"]


def test_phones_post_at_their_table_and_see_their_own(room: Room) -> None:
    micro, meso = room.phone("micro"), room.phone("meso")

    assert post(micro, "micro", answer="0") == {"ok": True}
    wait_for(lambda: " checked" in micro.own.get("html", ""), "its own answer")
    assert " checked" not in meso.own.get("html", "")
    assert micro.own["key"] == f"{at('micro')}/1"


def test_phone_that_moves_sees_its_answer_again_where_it_gave_it(room: Room) -> None:
    phone = room.phone("micro")
    assert post(phone, "micro", answer="1") == {"ok": True}
    moved = Seat(room.server, phone._session, room.opened.id, "phone", "meso")
    moved.connect()
    back = Seat(room.server, phone._session, room.opened.id, "phone", "micro")
    back.connect()

    wait_for(lambda: " checked" in back.own.get("html", ""), "its own answer")
    assert " checked" not in moved.own.get("html", "")


def test_all_that_phones_send_and_get_back_has_one_size_at_every_table(room: Room) -> None:
    phones = [room.phone(place) for place in ("micro", "meso", "macro")]
    sizes = {re.findall(r'data-size="(\d+)"', phone.view["html"])[0] for phone in phones}
    for phone, place in zip(phones, ("micro", "meso", "macro"), strict=True):
        assert post(phone, place, answer="0") == {"ok": True}
        wait_for(lambda phone=phone: " checked" in phone.own.get("html", ""), "its own answer")

    assert len(sizes) == 1


def test_step_that_everybody_does_together_is_the_same_at_every_table(room: Room) -> None:
    pages = [room.seat("screen", "micro"), room.phone("meso")]
    room.control.go("next")

    assert [page.shows("Einde") for page in pages] == [True, True]


def fetched(session: requests.Session, url: str) -> str:
    answer = session.get(url)
    assert answer.ok
    return answer.text


def test_address_says_of_which_table_a_page_is(room: Room) -> None:
    session, url, meeting = room.trainer.copied().session, room.server.url, room.opened.id
    micro = [fetched(session, f"{url}/{page}/{meeting}?plek=micro") for page in ("regie", "scherm")]

    assert ["Een klein gebaar helpt." in html for html in micro] == [False, True]
    assert ['data-place="micro"' in html for html in micro] == [True, True]


def test_address_of_an_unknown_table_shows_the_whole_meeting_and_says_so(room: Room) -> None:
    session, url, meeting = room.trainer.copied().session, room.server.url, room.opened.id
    pages = [fetched(session, f"{url}/{page}/{meeting}?plek=mega") for page in ("regie", "scherm")]

    words = "Deze tafel kennen we niet. Je ziet de hele bijeenkomst."
    assert [(words in html, "Dit doen jullie per tafel." in html) for html in pages] == [(True, True)] * 2


def test_table_of_a_phone_is_neither_in_the_database_nor_in_the_log(room: Room) -> None:
    room.phone("macro")
    room.control.go("timer-plus")

    assert [row for row in stored(room) if "macro" in row] == []
    assert "macro" not in room.server.printed()


def stored(room: Room) -> list[str]:
    """All that the database has of this meeting, but for its text."""
    with sqlite3.connect(room.server.folder / "data" / "kwartier.db") as database:
        rows = [row for row in database.iterdump() if room.opened.id in row]
    return [row.replace("#### Macro", "") for row in rows]
