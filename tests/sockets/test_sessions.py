"""Pages of trainers on a real server: what becomes of them when the right to them ends, and who is named."""

import re
import sqlite3

import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.sockets.conftest import Stage
from tests.support.pages import Page
from tests.support.server import wait_for
from tests.support.trainers import Trainer

LOGGED_OUT = "Je bent uitgelogd"


def names(page: Page) -> str:
    """Who leads, as this page tells it."""
    words = " ".join(re.sub(r"<[^>]+>", " ", page.view["html"]).split())
    found = re.search(r"Regie: (.*?)(?: Nieuwe trainer| Telefoons|$)", words)
    return found.group(1) if found else ""


def test_logging_out_ends_the_open_pages_of_the_account_and_no_others(either_stage: Stage) -> None:
    login = f"weg{id(either_stage)}"
    leaving = either_stage.colleague(login)
    control, screen = leaving.control(either_stage.meeting), leaving.screen(either_stage.meeting)

    leaving.log_out()

    assert control.was_ended(LOGGED_OUT)
    assert screen.was_ended("Dit scherm is gesloten")
    assert either_stage.control.send("hello") == {"ok": True}


def test_a_copied_cookie_opens_nothing_after_logging_out(stage: Stage) -> None:
    leaving = stage.colleague("gekopieerd")
    thief = leaving.copied()
    assert thief.is_logged_in

    leaving.log_out()

    assert not thief.is_logged_in
    with pytest.raises(Refused):
        thief.control(stage.meeting)


def test_a_password_set_from_the_command_line_ends_sessions_in_the_server(stage: Stage) -> None:
    leaving = stage.colleague("vergeten")
    control = leaving.control(stage.meeting)

    stage.trainer.user("password", "vergeten", typed="een nieuw wachtwoord\neen nieuw wachtwoord\n")

    assert control.was_ended(LOGGED_OUT)
    assert not leaving.is_logged_in
    assert Trainer(stage.server).log_in("vergeten", "een nieuw wachtwoord").is_logged_in


def test_the_pages_of_an_account_that_is_removed_are_closed(stage: Stage) -> None:
    leaving = stage.colleague("vertrekt")
    control, screen = leaving.control(stage.meeting), leaving.screen(stage.meeting)

    stage.trainer.user("remove", "vertrekt", typed="yes\n")

    assert control.was_ended(LOGGED_OUT)
    assert screen.was_ended("Dit scherm is gesloten")
    assert stage.control.send("hello") == {"ok": True}


def test_who_is_no_trainer_any_more_is_told_so_and_may_lead_elsewhere(stage: Stage) -> None:
    stage.colleague("eraf")
    page = stage.trainer.session.get(f"{stage.server.url}/beheer/bijeenkomsten/{stage.meeting}").text
    eraf = Trainer(stage.server).log_in("eraf")
    control = eraf.control(stage.meeting)
    voorbeeld = re.search(r'value="(\d+)"[^>]*> Voorbeeld<', page)
    assert voorbeeld is not None

    stage.trainer.set_trainers(stage.meeting, [voorbeeld.group(1)])

    assert control.was_ended("Je bent geen trainer van deze bijeenkomst")
    assert eraf.is_logged_in


def test_an_organiser_who_is_no_trainer_gets_no_control_and_no_screen(stage: Stage) -> None:
    organiser = stage.trainer.invite("alleen-organisator", "--organiser")

    for role in ("control", "screen"):
        with pytest.raises(Refused):
            Page(stage.server, organiser.session, stage.meeting, role).connect()


def test_control_and_screen_name_who_has_control_open(stage: Stage) -> None:
    screen = stage.screen()
    wait_for(lambda: names(screen) == "Voorbeeld", "one name on the screen")

    leading = stage.colleague("bo")
    control = leading.control(stage.meeting)

    for page in (screen, stage.control, control):
        wait_for(lambda page=page: names(page) == "Bo, Voorbeeld", f"both names on {page.role}")
    control.close()
    wait_for(lambda: names(screen) == names(stage.control) == "Voorbeeld", "one name again")


def test_a_screen_that_steers_while_nobody_has_control_open_is_named(stage: Stage) -> None:
    screen = stage.at("welkom").screen()
    version = stage.control.version
    stage.control.close()
    assert screen.send("command", version=version, name="back", args={})["ok"] is False
    before = names(screen)

    assert screen.send("command", version=version, name="next", args={}) == {"ok": True}

    assert "het scherm" not in before
    wait_for(lambda: names(screen).split(", ")[0] == "het scherm", "the screen on the screen")
    again = stage.second_control()
    for page in (screen, again):
        wait_for(lambda page=page: names(page) == "het scherm, Voorbeeld", f"both names on {page.role}")


def test_who_only_asks_for_the_page_of_control_is_named_as_well(stage: Stage) -> None:
    screen, reader = stage.screen(), stage.colleague("lezer")

    reader.session.get(f"{stage.server.url}/regie/{stage.meeting}")

    wait_for(lambda: names(screen) == "Lezer, Voorbeeld", "the reader on the screen")


def test_a_trainer_who_is_added_to_a_running_meeting_is_announced(stage: Stage) -> None:
    screen = stage.screen()
    stage.trainer.invite("nieuw", "--organiser")

    stage.trainer.share(stage.meeting)

    screen.shows("Nieuwe trainer: Nieuw")
    stage.control.shows("Nieuw is nu ook trainer van deze bijeenkomst.")


def test_phones_are_told_no_names_of_trainers(stage: Stage) -> None:
    phone = stage.at("welkom").phone()

    assert phone.send("hello") == {"ok": True}

    assert [view for view in phone.views if "Voorbeeld" in view["html"]] == []


def test_who_has_the_name_of_a_colleague_since_before_is_told_apart_by_login(stage: Stage) -> None:
    screen, like = stage.screen(), stage.colleague("bijna")
    with sqlite3.connect(stage.server.folder / "data" / "kwartier.db") as database:
        database.execute("UPDATE user SET name = 'Voorbeeld\u200b' WHERE login = 'bijna'")

    control = like.control(stage.meeting)

    for page in (screen, stage.control, control):
        wait_for(lambda page=page: "Voorbeeld (bijna)" in names(page), f"the login besides on {page.role}")
    chosen = stage.trainer.session.get(f"{stage.server.url}/beheer/bijeenkomsten/{stage.meeting}").text
    assert re.findall(r"Voorbeeld \(\w+\)", chosen) == ["Voorbeeld (bijna)", "Voorbeeld (voorbeeld)"]
    listed = stage.trainer.user("list").splitlines()
    assert "bijna\tVoorbeeld (bijna)\ttrainer" in listed
    control.close()
    stage.trainer.user("remove", "bijna", typed="yes\n")
