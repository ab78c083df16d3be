"""Links by mail, with a real mail server on this machine: what is sent, and what is told when it is not."""

import logging
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.support.courses import make_course
from tests.support.plans import write_form
from tests.support.server import free_port
from tests.support.site import PASSWORD as OWN_PASSWORD
from tests.support.site import Site, Visitor
from tests.support.smtp import PASSWORD, SENDER, USER, MailServer, certificate
from trainer.web.mail import Outcome
from trainer.web.mailing import MAILS_AT_ONCE, TOLD

INVITE, MAIL = "/beheer/uitnodigen", "/beheer/uitnodigen/mail"
PLAN = "/beheer/trajecten/1/plan"
Start = Callable[..., tuple[MailServer, "Office"]]


class Office:
    """Olga, who makes a link and sends it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.olga = site.logged_in("olga", is_organiser=True)
        self.page = self.olga.post(INVITE, "/beheer").text

    def send(self, address: str, to: str = MAIL) -> TestResponse:
        """Sends the form beside the link."""
        names = ("csrf_token", "token")
        sent = {name: re.findall(rf'name="{name}" value="([^"]+)"', self.page)[-1] for name in names}
        return self.olga.client.post(to, data=sent | {"address": address})

    @property
    def link(self) -> str:
        return re.findall(r"http://[^/\"]+/(?:welkom|plan)/[\w-]+", self.page)[0]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a mail server and a site that sends by it."""
    stops: list[Callable[[], None]] = []

    def begin(
        security: str = "none", user: str = "", password: str = "", **how: Any
    ) -> tuple[MailServer, Office]:
        server = MailServer(**how)
        stops.append(server.stop)
        site = Site(tmp_path / "site", **server.settings(security, user=user, password=password))
        stops.append(site.stop)
        return server, Office(site)

    yield begin
    for stop in reversed(stops):
        stop()


@pytest.fixture
def proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a mail server proves itself with to a machine that trusts it."""
    path, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return context


def told(answer: TestResponse) -> list[str]:
    return re.findall(r'<p class="notice[^"]*" role="status"[^>]*>([^<]+)</p>', answer.text)


def test_without_a_mail_server_nothing_speaks_of_mail(site: Site, organiser: Visitor) -> None:
    page = organiser.post(INVITE, "/beheer").text

    assert ("Stuur per mail" in page, 'name="address"' in page) == (False, False)
    assert organiser.post(MAIL, "/beheer", address="bo@wijk.example", token="x").status_code == 404


def test_mail_has_the_link_in_plain_text_and_no_header_that_says_more(start: Start) -> None:
    server, office = start()

    answer = office.send("bo@wijk.example")

    assert (answer.status_code, told(answer)) == (200, ["De mail is verstuurd naar bo@wijk.example."])
    (mail,) = server.box.mails
    assert (mail["From"], mail["To"]) == (f"Kwartier <{SENDER}>", "bo@wijk.example")
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("Uitnodiging voor Kwartier", "auto-generated")
    assert mail.keys() == [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version", "Content-Language",
    ]  # fmt: skip
    assert re.fullmatch(r"<[0-9a-f]{32}@wijk\.example>", mail["Message-ID"])
    assert mail["Date"].endswith(" +0000")
    assert mail.get_content_type() == "text/plain"
    assert office.link in mail.get_content().splitlines()
    assert server.box.greetings == ["wijk.example"]
    assert socket.gethostname().encode() not in server.box.raw[0]


def test_link_in_the_mail_makes_the_account(start: Start) -> None:
    server, office = start()
    office.send("bo@wijk.example")

    path = re.findall(r"http://[^/]+(/welkom/\S+)", server.box.mails[0].get_content())[0]
    office.site.visitor().post(path, name="Bo", login="bo", password=OWN_PASSWORD, again=OWN_PASSWORD)

    assert office.site.logins() == ["bo", "olga"]
    assert office.send("bo@wijk.example").status_code == 404


def test_link_is_still_on_the_page_after_it_was_sent_and_can_be_sent_again(start: Start) -> None:
    server, office = start()
    first = office.page

    office.page = office.send("bo@wijk.example").text
    office.page = office.send("cor@wijk.example").text

    assert [mail["To"] for mail in server.box.mails] == ["bo@wijk.example", "cor@wijk.example"]
    assert re.findall(r'id="link"[^>]* value="([^"]+)"', office.page) == re.findall(
        r'id="link"[^>]* value="([^"]+)"', first
    )


def test_link_to_a_plan_goes_by_mail_too(start: Start) -> None:
    server, office = start()
    write_form(office.site)
    make_course(office.olga)
    office.page = office.olga.post(f"{PLAN}/uitnodigen", PLAN, about="projectleider").text

    answer = office.send("pl@wijk.example", f"{PLAN}/uitnodigen/mail")

    assert (answer.status_code, office.link in answer.text) == (200, True)
    (mail,) = server.box.mails
    assert mail["Subject"] == "Link naar een plan in Kwartier"
    assert (office.link in mail.get_content(), "Wijkteam Oost" in mail.get_content()) == (True, True)
    assert (
        office.olga.client.post(
            f"{PLAN.replace('/1/', '/2/')}/uitnodigen/mail", data={"csrf_token": office.olga.token("/beheer")}
        ).status_code
        == 404
    )


@pytest.mark.parametrize(
    "address",
    [
        "bo@wijk.example\r\nBcc: allen@wijk.example", "bo@wijk.example\nBcc: x@y.example",
        "bo@wijk.example, x@y.nl",
        "Bo <bo@wijk.example>", "bo@wijk", "bo", "", "bo wijk@wijk.example",
        "bo@wijk.example\x00", "<bo@wijk.example>",
        f"{'b' * 250}@wijk.example", "b\u00f6@wijk.example", '"bo"@wijk.example',
    ],
)  # fmt: skip
def test_what_is_no_single_address_is_sent_nowhere(start: Start, address: str) -> None:
    server, office = start()

    answer = office.send(address)

    sound = address == "bo@wijk.example\x00"
    assert (answer.status_code, len(server.box.mails)) == ((200, 1) if sound else (400, 0))
    assert office.link in answer.text


def test_login_goes_over_a_connection_that_became_safe(start: Start, proof: ssl.SSLContext) -> None:
    server, office = start(
        "starttls", USER, PASSWORD, tls_context=proof, require_starttls=True, auth_required=True
    )

    assert told(office.send("bo@wijk.example")) == ["De mail is verstuurd naar bo@wijk.example."]

    assert server.box.logins == [(USER.encode(), PASSWORD.encode())]
    assert len(server.box.mails) == 1


def test_mail_goes_over_a_connection_that_is_safe_from_its_beginning(
    start: Start, proof: ssl.SSLContext
) -> None:
    server, office = start("tls", ssl_context=proof)

    assert told(office.send("bo@wijk.example")) == ["De mail is verstuurd naar bo@wijk.example."]
    assert len(server.box.mails) == 1


def test_password_that_is_wrong_is_told(start: Start, proof: ssl.SSLContext) -> None:
    server, office = start("starttls", USER, "fout", tls_context=proof, auth_required=True)

    answer = office.send("bo@wijk.example")

    assert (answer.status_code, told(answer)) == (503, [TOLD[Outcome.LOGIN]])
    assert (server.box.mails, office.link in answer.text) == ([], True)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_server_that_nobody_vouches_for_gets_neither_password_nor_mail(
    start: Start, tmp_path: Path, security: str
) -> None:
    _, context = certificate(tmp_path)
    how = (
        {"tls_context": context, "auth_required": True}
        if security == "starttls"
        else {"ssl_context": context}
    )
    server, office = start(security, USER, PASSWORD, **how)

    answer = office.send("bo@wijk.example")

    assert (answer.status_code, told(answer)) == (503, [TOLD[Outcome.UNSAFE]])
    assert (server.box.logins, server.box.mails, office.link in answer.text) == ([], [], True)


def test_server_that_offers_no_safe_connection_gets_no_mail(start: Start) -> None:
    server, office = start("starttls")

    answer = office.send("bo@wijk.example")

    assert (answer.status_code, told(answer), server.box.mails) == (503, [TOLD[Outcome.UNSAFE]], [])


def test_address_that_the_server_refuses_is_told_and_stays_in_the_field(start: Start) -> None:
    server, office = start()

    answer = office.send("weg@wijk.example")

    assert (answer.status_code, told(answer)) == (400, [TOLD[Outcome.ADDRESS]])
    assert 'value="weg@wijk.example"' in answer.text
    assert (server.box.mails, office.link in answer.text) == ([], True)


def test_server_that_is_away_is_told(start: Start) -> None:
    server, office = start()
    server.stop()

    answer = office.send("bo@wijk.example")

    assert (answer.status_code, told(answer), office.link in answer.text) == (503, [TOLD[Outcome.AWAY]], True)


def test_server_that_says_nothing_is_told(tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        environment = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SENDER": SENDER}
        site = Site(tmp_path / "site", **environment, SMTP_SECURITY="none", SMTP_TIMEOUT="1")
        office = Office(site)
        answer = office.send("bo@wijk.example")
        site.stop()

    assert (answer.status_code, told(answer), office.link in answer.text) == (
        503,
        [TOLD[Outcome.SILENT]],
        True,
    )


def test_address_is_in_no_file_and_in_no_log(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server, office = start()

    for address in ("bo@wijk.example", "weg@wijk.example", "geen adres@"):
        office.send(address)
    server.stop()
    office.send("cor@wijk.example")

    folder = office.site.host.settings.data_dir
    stored = b"".join(path.read_bytes() for path in folder.iterdir())
    assert [name for name in (b"bo@wijk", b"weg@wijk", b"cor@wijk", b"geen adres") if name in stored] == []
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("trainer")]
    assert ours == ["a mail was not sent: away"]


def test_one_account_sends_so_many_at_once_and_no_more(start: Start) -> None:
    server, office = start()

    answers = [office.send("bo@wijk.example") for _ in range(MAILS_AT_ONCE + 1)]

    assert [answer.status_code for answer in answers] == [200] * MAILS_AT_ONCE + [503]
    assert told(answers[-1]) == [TOLD[Outcome.BUSY]]
    assert len(server.box.mails) == MAILS_AT_ONCE


def test_trainer_sends_no_invitation(start: Start) -> None:
    server, office = start()
    trainer = office.site.logged_in("trui")
    token = office.link.rsplit("/", 1)[1]

    answer = trainer.post(MAIL, "/beheer", token=token, address="bo@wijk.example")

    assert (answer.status_code, server.box.mails) == (404, [])
