"""A second factor in the account: turning it on, other spare codes, turning it off."""

import base64
import sqlite3
import zlib

import pytest

from tests.support.factors import REMOVE, RENEW, SET_UP, SPARE, App, Gate, give, is_in, key_on
from tests.support.site import PASSWORD, Site, Visitor
from trainer.meetings.fragments import qr_svg
from trainer.store.factors import SecondFactor
from trainer.store.models import User, db
from trainer.web.backoff import FREE_TRIES
from trainer.web.factors import address_of


@pytest.fixture
def gate(site: Site) -> Gate:
    return Gate(site)


@pytest.fixture
def sam(site: Site, gate: Gate) -> Visitor:
    return site.logged_in("sam")


def test_the_page_shows_the_secret_as_a_qr_code_and_to_type(sam: Visitor) -> None:
    page = sam.get(SET_UP).text

    address = address_of("sam", key_on(page))
    assert address.startswith("otpauth://totp/Kwartier:sam?secret=")
    assert qr_svg(address) in page


def test_nothing_is_on_before_a_code_proves_the_app(gate: Gate, sam: Visitor) -> None:
    app = App(key_on(sam.get(SET_UP).text), gate.wall.now)

    answer = sam.post(SET_UP, password=PASSWORD, code=app.wrong())

    assert (answer.status_code, "Deze code klopt niet." in answer.text) == (400, True)
    assert gate.site.visitor().log_in("sam").location == "/beheer"
    # The app need not scan another one.
    assert key_on(answer.text) == key_on(sam.get(SET_UP).text) == app.secret


def test_turning_it_on_asks_for_the_password(gate: Gate, sam: Visitor) -> None:
    app = App(key_on(sam.get(SET_UP).text), gate.wall.now)

    answer = sam.post(SET_UP, password="een ander wachtwoord", code=app.code())

    assert (answer.status_code, "Dit is niet je wachtwoord van nu." in answer.text) == (400, True)
    assert gate.site.visitor().log_in("sam").location == "/beheer"


def test_turning_it_on_ends_the_other_sessions_and_not_this_one(gate: Gate, sam: Visitor) -> None:
    elsewhere = gate.site.visitor()
    elsewhere.log_in("sam")

    gate.set_up(sam)

    assert (is_in(sam), is_in(elsewhere)) == (True, False)


def test_it_cannot_be_set_up_over_one_that_is_on(gate: Gate, sam: Visitor) -> None:
    early = gate.site.visitor()
    early.log_in("sam")
    gate.set_up(sam)

    answers = [sam.get(SET_UP), sam.post(SET_UP, page="/account", password=PASSWORD, code="123456")]

    assert [answer.location for answer in answers] == ["/account", "/account"]


def test_there_are_ten_spare_codes_which_are_shown_once(gate: Gate, sam: Visitor) -> None:
    _, spares = gate.set_up(sam)

    pages = sam.get("/account").text + sam.get(RENEW).text
    assert len(set(spares)) == 10
    assert [code for code in spares if code in pages] == []
    assert "Je hebt nog 10 reservecodes." in pages


def test_neither_the_secret_nor_a_spare_code_is_in_the_files(gate: Gate, sam: Visitor) -> None:
    app, spares = gate.set_up(sam)

    folder = gate.site.host.settings.data_dir
    files = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    secret = base64.b32decode(app.secret)
    hidden = [app.secret, secret.hex(), *spares, *(code.replace("-", "") for code in spares)]
    assert [word for word in hidden if word.encode() in files] == []
    assert secret not in files


def test_the_cookie_of_who_sets_it_up_does_not_hold_the_secret(sam: Visitor) -> None:
    secret = key_on(sam.get(SET_UP).text)

    cookie = sam.client.get_cookie("kwartier_session")
    assert cookie is not None
    payload = cookie.value.lstrip(".").split(".")[0]
    read = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    read = zlib.decompress(read) if cookie.value.startswith(".") else read
    assert b"second-factor" in read
    assert secret.encode() not in read


def test_nothing_of_it_is_logged_or_printed(
    gate: Gate, sam: Visitor, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level("DEBUG"):
        app, spares = gate.set_up(sam)
        give(gate.half_way("sam"), app.code())

    told = caplog.text + "".join(capsys.readouterr())
    assert [word for word in (app.secret, app.code(), *spares) if word in told] == []


def test_new_spare_codes_void_the_old_ones(gate: Gate, sam: Visitor) -> None:
    app, old = gate.set_up(sam)

    page = sam.post(RENEW, password=PASSWORD, code=app.code()).text

    new = SPARE.findall(page)
    assert (len(set(new)), set(new) & set(old)) == (10, set())
    assert give(gate.half_way("sam"), old[0]).status_code == 401
    assert give(gate.half_way("sam"), new[0]).location == "/beheer"
    assert is_in(sam)


@pytest.mark.parametrize("path", [RENEW, REMOVE])
def test_a_change_asks_for_the_password_and_a_code_that_was_not_used(
    gate: Gate, sam: Visitor, path: str
) -> None:
    app, _ = gate.set_up(sam)
    give(gate.half_way("sam"), used := app.code())

    answers = [
        sam.post(path, password="een ander wachtwoord", code=app.code(1)),
        sam.post(path, password=PASSWORD, code=app.wrong()),
        sam.post(path, password=PASSWORD, code=used),
        sam.post(path, password=PASSWORD, code=""),
    ]

    assert [answer.status_code for answer in answers] == [400] * 4
    assert "Je hebt nog 10 reservecodes." in sam.get("/account").text


@pytest.mark.parametrize("path", [RENEW, REMOVE])
def test_who_has_none_is_led_to_where_it_is_turned_on(sam: Visitor, path: str) -> None:
    assert sam.get(path).location == SET_UP


def test_turned_off_the_password_alone_logs_in_and_other_sessions_end(gate: Gate, sam: Visitor) -> None:
    app, spares = gate.set_up(sam)
    elsewhere = gate.half_way("sam")
    give(elsewhere, spares[0])
    assert is_in(elsewhere)

    answer = sam.post(REMOVE, password=PASSWORD, code=app.code())

    assert (answer.location, is_in(sam), is_in(elsewhere)) == ("/account", True, False)
    assert gate.site.visitor().log_in("sam").location == "/beheer"
    assert "Dit staat uit." in sam.get("/account").text


def test_who_guesses_at_a_code_in_the_account_has_to_wait(gate: Gate, sam: Visitor) -> None:
    app, _ = gate.set_up(sam)
    for _ in range(FREE_TRIES + 1):
        sam.post(REMOVE, password=PASSWORD, code=app.wrong())

    answer = sam.post(REMOVE, password=PASSWORD, code=app.code())

    assert (answer.status_code, "Te vaak een foute code. Wacht" in answer.text) == (429, True)


def test_a_secret_in_the_row_of_another_account_is_unreadable(gate: Gate, sam: Visitor) -> None:
    app, _ = gate.set_up(sam)
    gate.account("kim")
    with gate.site.app.app_context():
        mine = db.session.get_one(SecondFactor, db.session.query(User.id).filter_by(login="sam").scalar())
        other = db.session.get_one(SecondFactor, db.session.query(User.id).filter_by(login="kim").scalar())
        other.secret = mine.secret
        db.session.commit()

    answer = give(gate.half_way("kim"), app.code())

    assert (answer.status_code, "Gebruik een reservecode." in answer.text) == (401, True)


def test_with_another_key_of_the_server_spare_codes_still_work(gate: Gate, sam: Visitor) -> None:
    app, spares = gate.set_up(sam)
    gate.site.app.secret_key = "another key of this server"
    Gate(gate.site)

    refused = give(gate.half_way("sam"), app.code())

    assert "Kwartier kan de codes van je app niet meer controleren." in refused.text
    assert give(gate.half_way("sam"), spares[0]).location == "/beheer"


def test_who_is_removed_leaves_nothing_of_it(gate: Gate, sam: Visitor) -> None:
    gate.set_up(sam)
    with gate.site.app.app_context():
        db.session.delete(db.session.query(User).filter_by(login="sam").one())
        db.session.commit()
    gate.site.stop()

    with sqlite3.connect(gate.site.host.settings.data_dir / "kwartier.db") as database:
        left = [database.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES]
    assert left == [(0,), (0,)]


TABLES = ("second_factor", "spare_code")
