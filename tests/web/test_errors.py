"""What goes wrong is said in Dutch, with a way back to where somebody came from."""

import pytest
from werkzeug.exceptions import default_exceptions

from tests.support.site import Site

ADDRESSES = ("/beheer", "/beheer/trajecten/nieuw", "/privacy", "/inloggen", "/scherm")


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_known_with_a_slash_behind_it_too(site: Site, address: str) -> None:
    organiser = site.logged_in("olga", is_organiser=True)

    assert organiser.get(f"{address}/").status_code == organiser.get(address).status_code


@pytest.mark.parametrize("status", sorted(default_exceptions))
def test_every_refusal_is_a_dutch_page(site: Site, status: int) -> None:
    def refuse() -> None:
        raise default_exceptions[status]()

    site.app.view_functions["public.privacy"] = refuse

    answer = site.visitor().get("/privacy")

    assert answer.status_code == status
    assert '<html lang="nl"' in answer.text
    assert default_exceptions[status].description not in answer.text


def test_a_refusal_keeps_what_it_says_to_the_browser(site: Site) -> None:
    answer = site.visitor().client.post("/privacy")

    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})


@pytest.mark.parametrize(
    ("login", "address", "link"),
    [("", "/niets", "/"), ("", "/scherm/niets/niets", "/scherm"), ("sam", "/niets", "/beheer")],
)
def test_a_refusal_leads_back_to_where_somebody_came_from(
    site: Site, login: str, address: str, link: str
) -> None:
    visitor = site.logged_in(login) if login else site.visitor()

    assert f'<a class="button" href="{link}">' in visitor.get(address).text


def test_who_is_sent_on_is_sent_on(site: Site) -> None:
    assert site.visitor().get("/beheer").location == "/inloggen?next=%2Fbeheer"
