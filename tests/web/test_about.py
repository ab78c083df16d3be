"""What everybody may read of this Kwartier: privacy, accessibility, and whom to tell of a way in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.support.site import Site

ADDRESS = "/.well-known/security.txt"
CONTACT = "mailto:veilig@kwartier.example"


def told(site: Site, contact: str, expires: date | None, base_url: str = "") -> tuple[int, str]:
    """The answer of a Kwartier with these settings."""
    settings = replace(
        site.host.settings, security_contact=contact, security_expires=expires, base_url=base_url
    )
    object.__setattr__(site.host, "settings", settings)
    answer = site.visitor().get(ADDRESS)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return answer.status_code, answer.text


def test_whom_to_tell_of_a_way_in_is_there_when_it_is_set(site: Site) -> None:
    day = site.today + timedelta(days=100)

    assert told(site, CONTACT, day) == (
        200,
        f"Contact: {CONTACT}\nExpires: {day.isoformat()}T00:00:00Z\nPreferred-Languages: nl, en\n",
    )


def test_where_the_file_belongs_is_told_over_tls(site: Site) -> None:
    text = told(site, CONTACT, site.today + timedelta(days=1), "https://kwartier.example")[1]

    assert text.endswith(f"Canonical: https://kwartier.example{ADDRESS}\n")


def test_operator_is_told_what_to_set_when_nothing_is(site: Site) -> None:
    status, text = told(site, "", None)

    assert status == 404
    assert "Set SECURITY_CONTACT and SECURITY_EXPIRES" in text


@pytest.mark.parametrize("days", [0, -1])
def test_what_has_expired_is_not_there(site: Site, days: int) -> None:
    assert told(site, CONTACT, site.today + timedelta(days=days))[0] == 404


def test_door_leads_to_all_of_it(site: Site) -> None:
    before = site.visitor().get("/").text
    told(site, CONTACT, site.today + timedelta(days=1))
    after = site.visitor().get("/").text

    pages = ('href="/privacy"', 'href="/toegankelijkheid"')
    assert [page in before for page in pages] == [True, True]
    assert (f'href="{ADDRESS}"' in before, f'href="{ADDRESS}"' in after) == (False, True)


@pytest.mark.parametrize(
    ("path", "title", "words"),
    [
        ("/privacy", "Privacy bij Kwartier", "Wie leest het later?"),
        ("/toegankelijkheid", "Toegankelijkheid van Kwartier", "Wat we niet testten"),
    ],
)
def test_page_has_the_text_of_its_document_and_its_title_once(
    site: Site, path: str, title: str, words: str
) -> None:
    text = site.visitor().get(path).text

    assert (text.count(f"<h1>{title}</h1>"), words in text) == (1, True)
