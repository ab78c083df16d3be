"""Which log a line about an account is in: that of the location where somebody works, or that of none."""

from argparse import Namespace
from collections.abc import Callable

import pytest

from tests.support.courses import make_course
from tests.support.site import PASSWORD, Site, Visitor
from trainer.web import users

LOG = "/beheer/logboek"
OTHER = {"password": "iets heel anders", "again": "iets heel anders"}


def told(visitor: Visitor, words: str) -> bool:
    return words in visitor.get(LOG).text


def change_password(site: Site) -> str:
    sam = site.visitor()
    sam.log_in("sam")
    sam.post("/account", current=PASSWORD, **OTHER)
    return "Sam veranderde een wachtwoord"


def log_out(site: Site) -> str:
    sam = site.visitor()
    sam.log_in("sam")
    sam.post("/uitloggen", page="/account")
    return "Sam logde overal uit"


def make_link(site: Site) -> str:
    with site.app.app_context():
        users.run(Namespace(action="reset", login="sam"), lambda said: None)
    return "Beheerder van de computer maakte een link voor een nieuw wachtwoord: Sam"


def remove(site: Site) -> str:
    with site.app.app_context():
        users.run(Namespace(action="remove", login="sam"), lambda said: None, confirm=lambda question: "yes")
    return "Beheerder van de computer verwijderde een account: Sam"


DEEDS = [change_password, log_out, make_link, remove]


@pytest.mark.parametrize("deed", DEEDS)
def test_line_about_a_trainer_of_one_location_is_in_its_log(
    site: Site, organiser: Visitor, gonda: Visitor, deed: Callable[[Site], str]
) -> None:
    words = deed(site)

    assert (told(gonda, words), told(organiser, words)) == (True, False)


@pytest.mark.parametrize("deed", DEEDS)
def test_line_about_a_trainer_who_works_elsewhere_too_is_in_no_log_of_a_location(
    site: Site, organiser: Visitor, gonda: Visitor, deed: Callable[[Site], str]
) -> None:
    make_course(organiser, title="Elders")
    sam = site.visitor()
    sam.log_in("sam")
    sam.post(site.invitation(course_id=2))

    words = deed(site)

    assert (told(gonda, words), told(organiser, words)) == (False, True)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "Olga verplaatste een organisator: Gerda"),
        ("/verwijderen", "Olga verwijderde een account: Gerda"),
    ],
)
def test_what_is_done_from_outside_to_an_organiser_of_a_location_is_in_both_logs(
    site: Site, organiser: Visitor, gonda: Visitor, path: str, words: str
) -> None:
    site.account("gerda", is_organiser=True, location_id=1)
    site.location("Delft")

    organiser.post(f"/beheer/organisatoren/4{path}", location="2")

    assert (told(gonda, words), told(organiser, words)) == (True, True)
