"""What a group shared, on the phones that were there: nobody else reads it, and reading leaves no trace."""

import logging
import sqlite3
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.store.acts import FLAP, LINE, shown
from tests.support.browsing import send
from tests.support.hall import Hall
from tests.support.site import Visitor, trainer_cookie
from trainer.store.models import Meeting, db

FIVE = ("geduld", "hoop", "lef & <b>", "moed", "trots")
ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture
def phone(hall: Hall, browser: FlaskClient) -> FlaskClient:
    """A phone that took part in a meeting whose flap is offered to the group."""
    assert send(browser, f"/j/{hall.secret}").status_code == 200
    hall.do("goto", step=FLAP)
    shown(hall, FIVE)
    hall.do("share", step=FLAP, to="yes")
    for _ in range(5):
        hall.host.sharing.say(hall.meeting, hall.phone(), FLAP, fine=True)
    return browser


def address(hall: Hall) -> str:
    return f"/m/{hall.meeting}/gedeeld"


def read(hall: Hall, phone: FlaskClient) -> TestResponse:
    return phone.get(address(hall))


def press(hall: Hall, phone: FlaskClient, do: str) -> TestResponse:
    return phone.post(address(hall), data={"do": do}, headers=ORIGIN)


def key_of(hall: Hall, phone: FlaskClient) -> object:
    return phone.get_cookie(f"kwartier_gedeeld_{hall.meeting}")


def dump(hall: Hall) -> list[str]:
    with sqlite3.connect(hall.folder / "data" / "kwartier.db") as database:
        return list(database.iterdump())


def test_phone_that_was_there_reads_prints_and_saves_what_was_shared(hall: Hall, phone: FlaskClient) -> None:
    hall.do("close")

    page, file = read(hall, phone), phone.get(f"{address(hall)}.txt")

    assert page.status_code == 200
    for text in ("geduld", "hoop", "lef &amp; &lt;b&gt;", "moed", "trots"):
        assert f"<li>{text}</li>" in page.text
    assert all(f"- {text}\n" in file.text for text in FIVE)
    assert file.headers["Content-Disposition"] == "attachment; filename=gedeeld-eerste-dagdeel.txt"
    assert {page.headers["Cache-Control"], file.headers["Cache-Control"]} == {"no-store"}
    assert f'href="{address(hall)}"' in phone.get(f"/m/{hall.meeting}").text


def test_nobody_reads_it_while_the_meeting_is_open(hall: Hall, phone: FlaskClient) -> None:
    assert read(hall, phone).status_code == 404


def test_whoever_was_not_there_learns_nothing_from_any_address(hall: Hall, phone: FlaskClient) -> None:
    hall.do("close")
    stranger = hall.app.test_client()
    other = hall.another()
    send(stranger, f"/j/{other.secret}")

    answers = [stranger.get(f"/m/{meeting}/gedeeld") for meeting in (hall.meeting, "bestaat-niet")]

    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert stranger.get(f"/j/{hall.secret}").status_code == 404
    assert stranger.get(f"{address(hall)}.txt").status_code == 404
    assert press(hall, stranger, f"no:{FLAP}").status_code == 404
    assert read(hall, phone).status_code == 200


@pytest.mark.parametrize("key", ["", "x", "\u00e9"])
def test_wrong_key_opens_nothing(hall: Hall, phone: FlaskClient, key: str) -> None:
    hall.do("close")
    stranger = hall.app.test_client()
    stranger.set_cookie(f"kwartier_gedeeld_{hall.meeting}", key)

    assert read(hall, stranger).status_code == 404


def test_all_phones_have_the_same_key_and_it_is_not_that_of_a_phone(hall: Hall) -> None:
    phone, other = hall.app.test_client(), hall.app.test_client()
    for each in (phone, other):
        send(each, f"/j/{hall.secret}")

    keys = {key_of(hall, each).value for each in (phone, other)}

    assert len(keys) == 1
    assert keys.isdisjoint(each.get_cookie("kwartier_phone").value for each in (phone, other))


def test_no_looks_as_too_few_phones_do(hall: Hall, phone: FlaskClient) -> None:
    hall.do("goto", step=LINE)
    hall.do("share", step=LINE, to="yes")
    hall.do("share", step=FLAP, to="no")
    hall.do("close")
    few = read(hall, phone)

    other = hall.another()
    other_phone = hall.app.test_client()
    send(other_phone, f"/j/{other.secret}")
    other.do("goto", step=FLAP)
    shown(other, FIVE)
    other.do("share", step=FLAP, to="yes")
    assert other.host.sharing.say(other.meeting, other.phone(), FLAP, fine=False) is None
    other.do("close")
    refused = read(other, other_phone)

    assert few.text.replace(hall.meeting, "") == refused.text.replace(other.meeting, "")
    assert "Hier staat niets." in refused.text


def test_it_is_gone_after_the_retention_with_homework_and_hand_outs(hall: Hall, phone: FlaskClient) -> None:
    hall.do("close")
    with hall.app.app_context():
        meeting = db.session.get_one(Meeting, hall.meeting)
        meeting.closed_on -= timedelta(days=31)
        db.session.commit()

    assert (read(hall, phone).status_code, phone.get(f"/m/{hall.meeting}").status_code) == (404, 404)


def test_deleting_the_meeting_deletes_it_at_once(hall: Hall, phone: FlaskClient) -> None:
    hall.do("close")
    with hall.app.app_context():
        db.session.delete(db.session.get_one(Meeting, hall.meeting))
        db.session.commit()

    assert read(hall, phone).status_code == 404


def test_phone_that_comes_in_after_the_offer_does_not_read_it(hall: Hall, phone: FlaskClient) -> None:
    late, later = hall.app.test_client(), hall.app.test_client()
    assert send(late, f"/j/{hall.secret}").status_code == 200
    hall.do("share", step=FLAP, to="no")
    assert send(later, f"/j/{hall.secret}").status_code == 200
    hall.do("share", step=FLAP, to="yes")

    hall.do("close")

    assert [read(hall, each).status_code for each in (late, later, phone)] == [404, 404, 200]


def test_no_press_of_a_phone_changes_what_others_read(hall: Hall, phone: FlaskClient) -> None:
    """The room still sits together: whoever was seen to press would be known."""
    hall.do("close")

    press(hall, phone, f"no:{FLAP}")

    assert "geduld" in read(hall, phone).text


def test_press_from_another_site_is_refused(hall: Hall, phone: FlaskClient) -> None:
    hall.do("close")

    answer = phone.post(address(hall), data={"do": "forget"}, headers={"Origin": "http://kwaad.example"})

    assert answer.status_code == 400
    assert "geduld" in read(hall, phone).text


def test_phone_of_ones_own_keeps_the_key_until_the_last_day_and_another_two(
    hall: Hall, phone: FlaskClient
) -> None:
    assert key_of(hall, phone).max_age == 2 * 24 * 3600
    hall.do("close")

    answer = press(hall, phone, "keep")

    assert "Onthouden." in phone.get(answer.location).text
    assert key_of(hall, phone).max_age == 31 * 24 * 3600


def test_phone_that_is_asked_to_forget_has_no_key_any_more(hall: Hall, phone: FlaskClient) -> None:
    hall.do("close")

    press(hall, phone, "forget")

    assert (key_of(hall, phone), read(hall, phone).status_code) == (None, 404)


@pytest.mark.parametrize(
    ("before", "how", "has_key"),
    [("", "", False), ("", "?gesloten", False), ("close", "", False), ("close", "?gesloten", True)],
)
def test_only_a_phone_that_saw_the_end_keeps_the_key(
    hall: Hall, phone: FlaskClient, before: str, how: str, has_key: bool
) -> None:
    if before:
        hall.do(before)

    phone.post(f"/m/{hall.meeting}/verlaten{how}", headers=ORIGIN)

    assert (key_of(hall, phone) is not None) == has_key
    assert phone.get_cookie("kwartier_phone") is None


def test_reading_changes_no_row_and_writes_no_line(
    hall: Hall, phone: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hall.do("close")
    before, _ = dump(hall), caplog.clear()

    read(hall, phone)
    phone.get(f"{address(hall)}.txt")
    read(hall, hall.app.test_client())

    assert (dump(hall) == before, caplog.records) == (True, [])


def test_trainers_take_it_back_on_the_page_of_the_report(hall: Hall, phone: FlaskClient) -> None:
    trainer = Visitor(hall.app.test_client())
    name, _, session = trainer_cookie(hall.app, hall.meeting).partition("; ")[0].partition("=")
    trainer.client.set_cookie(name, session)
    hall.do("close")
    report = f"/beheer/bijeenkomsten/{hall.meeting}/verslag"
    assert "Gedeeld met de groep" in trainer.get(report).text

    answer = trainer.post(report.replace("verslag", "niet-delen"), report, step=FLAP)

    assert (answer.status_code, "Gedeeld met de groep" in trainer.get(report).text) == (303, False)
    assert "geduld" not in read(hall, phone).text
