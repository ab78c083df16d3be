"""Mail from a server as it is run: safe connections, and a slow mail server that holds up nobody."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.support.server import RunningServer, csrf_token
from tests.support.smtp import PASSWORD, USER, MailServer, certificate
from tests.support.trainers import Trainer


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[MailServer]:
    _, context = certificate(tmp_path)
    server = MailServer(tls_context=context, require_starttls=True, auth_required=True)
    yield server
    server.stop()


@pytest.fixture
def trainer(tmp_path: Path, mail_server: MailServer) -> Iterator[Trainer]:
    settings = mail_server.settings("starttls", user=USER, password=PASSWORD)
    settings |= {"SSL_CERT_FILE": str(tmp_path / "smtp.pem"), "SMTP_TIMEOUT": "3"}
    server = RunningServer(tmp_path, **settings).start()
    yield Trainer(server).make_account()
    server.stop()


def send(trainer: Trainer, address: str) -> requests.Response:
    """Makes an invitation and sends it."""
    url, session = trainer.server.url, trainer.session
    token = csrf_token(session.get(f"{url}/beheer").text)
    page = session.post(f"{url}/beheer/uitnodigen", data={"csrf_token": token}).text
    (link,) = re.findall(r'name="token" value="([^"]+)"', page)
    sent = {"csrf_token": csrf_token(page), "token": link, "address": address}
    return session.post(f"{url}/beheer/uitnodigen/mail", data=sent)


def test_mail_goes_with_a_login_over_a_connection_that_became_safe(
    trainer: Trainer, mail_server: MailServer
) -> None:
    answer = send(trainer, "bo@wijk.example")

    assert "De mail is verstuurd naar bo@wijk.example." in answer.text
    assert [mail["To"] for mail in mail_server.box.mails] == ["bo@wijk.example"]
    assert "bo@wijk" not in trainer.server.printed()


def test_others_go_on_while_a_mail_server_is_slow(trainer: Trainer) -> None:
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(send, trainer, "traag@wijk.example")
        others = []
        while not slow.done():
            others.append(requests.get(f"{trainer.server.url}/healthz", timeout=2).status_code)

    answer = slow.result()
    assert (answer.status_code, "De mailserver gaf geen antwoord." in answer.text) == (503, True)
    assert set(others) == {200}
    assert "De mail is verstuurd" in send(trainer, "bo@wijk.example").text
