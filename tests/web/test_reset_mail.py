"""A link for a new password by mail, where a mail server is set."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.support.site import Site, Visitor
from tests.support.smtp import MailServer
from tests.web.test_mail import told

ALL = "/beheer/accounts"
MAIL = f"{ALL}/mail"


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def posted(server: MailServer, tmp_path: Path) -> Iterator[Site]:
    """A site that sends by that server; Olga and Nora organise, and account 3 is Sam, a trainer."""
    site = Site(tmp_path / "site", **server.settings("none", user="", password=""))
    for login in ("olga", "nora"):
        site.account(login, is_organiser=True)
    site.account("sam")
    yield site
    site.stop()


def someone(site: Site, login: str) -> Visitor:
    visitor = site.visitor()
    visitor.log_in(login)
    return visitor


def send(visitor: Visitor, token: str, address: str = "sam@wijk.example") -> TestResponse:
    form = {"csrf_token": visitor.token(ALL), "token": token, "address": address}
    return visitor.client.post(MAIL, data=form)


def token_on(page: str) -> str:
    return re.findall(r'name="token" value="([^"]+)"', page)[0]


def test_mail_has_the_link_and_whose_it_is_is_not_in_it(server: MailServer, posted: Site) -> None:
    olga = someone(posted, "olga")
    page = olga.post(f"{ALL}/3/wachtwoord", ALL).text

    answer = send(olga, token_on(page))

    assert (answer.status_code, told(answer)) == (200, ["De mail is verstuurd naar sam@wijk.example."])
    (mail,) = server.box.mails
    assert mail["Subject"] == "Nieuw wachtwoord voor Kwartier"
    (path,) = re.findall(r"http://[^/]+(/wachtwoord/\S+)", mail.get_content())
    assert ("sam" in mail.get_content().casefold(), path in answer.text) == (False, True)
    assert posted.visitor().get(path).status_code == 200


def test_wrong_address_is_refused_and_the_link_stays_on_the_page(server: MailServer, posted: Site) -> None:
    olga = someone(posted, "olga")
    token = token_on(olga.post(f"{ALL}/3/wachtwoord", ALL).text)

    answer = send(olga, token, "sam")

    assert (answer.status_code, token in answer.text, server.box.mails) == (400, True, [])


def test_nobody_sends_the_link_of_another_or_one_that_is_used(server: MailServer, posted: Site) -> None:
    olga, nora = someone(posted, "olga"), someone(posted, "nora")
    token = token_on(olga.post(f"{ALL}/3/wachtwoord", ALL).text)
    by_another = send(nora, token).status_code
    new = "een heel ander wachtwoord"
    posted.visitor().post(f"/wachtwoord/{token}", password=new, again=new)

    assert [by_another, send(olga, token).status_code, send(olga, "x").status_code] == [404, 404, 404]
    assert server.box.mails == []


def test_without_a_mail_server_nothing_speaks_of_mail(site: Site, organiser: Visitor) -> None:
    site.account("sam")
    page = organiser.post(f"{ALL}/2/wachtwoord", ALL)

    assert (page.status_code, "Stuur per mail" in page.text) == (200, False)
    assert send(organiser, "x").status_code == 404
