"""The page of the log, and the file of it: for organisers, by day, and by course."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from tests.support.courses import make_course
from tests.support.site import Site, Visitor
from trainer.config import ROOT
from trainer.store.log import Deed, What, change
from trainer.store.log_models import LogLine
from trainer.store.models import db
from trainer.web.logbook import LINES_A_PAGE

LOG = "/beheer/logboek"


@pytest.fixture
def empty(site: Site, organiser: Visitor) -> Visitor:
    """An organiser with two courses, and an empty log."""
    make_course(organiser)
    make_course(organiser, title="Wijkteam West")
    with site.app.app_context():
        change(lambda: db.session.execute(delete(LogLine)), ())
    return organiser


def done(site: Site, what: What, day: date, about: str = "", course: int = 1, who: str = "Olga") -> None:
    title = {1: "Wijkteam Oost", 2: "Wijkteam West"}[course]
    with site.app.app_context():
        change(lambda: None, Deed(what, who, day, about, course, title))


def told(page: str) -> list[str]:
    """Days and lines, as they are read."""
    found = re.findall(r"<h2[^>]*>(.*?)</h2>|<li>(.*?)</li>", page)
    return [re.sub(r"<[^>]+>", "", day or line) for day, line in found]


def test_log_without_lines_says_so(empty: Visitor) -> None:
    page = empty.get(LOG).text

    assert (told(page), "Er staat nog niets in het logboek." in page) == ([], True)


def test_newest_day_comes_first_and_lines_of_a_day_tell_no_order(site: Site, empty: Visitor) -> None:
    today = date(2026, 3, 2)
    done(site, What.TEXT_SAVED, today, "Dagdeel 2")
    done(site, What.MEETING_OPENED, today, "Dagdeel 1", course=2)
    done(site, What.TEXT_SAVED, today, "Dagdeel 1")
    done(site, What.TEXT_SAVED, today, "Dagdeel 2")
    done(site, What.COURSE_MADE, today + timedelta(days=1), course=2, who="Bo")

    assert told(empty.get(LOG).text) == [
        "Dinsdag 3 maart 2026",
        "Bo maakte het traject. Wijkteam West",
        "Maandag 2 maart 2026",
        "Olga bewaarde een tekst: Dagdeel 1. Wijkteam Oost",
        "Olga bewaarde een tekst: Dagdeel 2 (2 keer). Wijkteam Oost",
        "Olga opende een bijeenkomst: Dagdeel 1. Wijkteam West",
    ]


def test_choice_of_a_course_shows_its_lines_alone(site: Site, empty: Visitor) -> None:
    done(site, What.TEXT_SAVED, site.today, "Dagdeel 1")
    done(site, What.TEXT_SAVED, site.today, "Dagdeel 2", course=2)

    address = empty.post(LOG, traject="2").location

    assert address == f"{LOG}?traject=2"
    assert told(empty.get(address).text)[1:] == ["Olga bewaarde een tekst: Dagdeel 2. Wijkteam West"]
    assert empty.get(f"{LOG}?traject=3").status_code == 404


def test_lines_of_a_course_that_is_gone_are_not_those_of_one_that_gets_its_number(
    site: Site, empty: Visitor
) -> None:
    done(site, What.TEXT_SAVED, site.today, "Geheim", course=2)
    assert "Wat in het logboek staat, met de naam" in empty.get("/beheer/trajecten/2/verwijderen").text
    empty.post("/beheer/trajecten/2/verwijderen")
    make_course(empty, title="Wijkteam Zuid")

    assert [line.endswith("Wijkteam Zuid") for line in told(empty.get(f"{LOG}?traject=2").text)[1:]] == [True]
    assert "Geheim" in empty.get(LOG).text


def test_long_log_has_pages(site: Site, empty: Visitor) -> None:
    for number in range(LINES_A_PAGE + 1):
        done(site, What.TEXT_SAVED, site.today, f"Tekst {number:03}")

    first, second = empty.get(LOG).text, empty.get(f"{LOG}?pagina=2").text

    assert (len(told(first)), len(told(second))) == (LINES_A_PAGE + 1, 2)
    assert (f'href="{LOG}?pagina=2">Eerder' in first, f'href="{LOG}">Later' in second) == (True, True)
    assert "Verder terug staat er niets." in empty.get(f"{LOG}?pagina=99").text


def test_file_has_the_same_and_no_formula(site: Site, empty: Visitor) -> None:
    done(site, What.TEXT_SAVED, date(2026, 3, 2), "=1+1")
    done(site, What.TEXT_SAVED, date(2026, 3, 2), "=1+1")
    done(site, What.COURSE_MADE, date(2026, 3, 2), course=2)

    answer = empty.get(f"{LOG}.csv?traject=1")

    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["dag", "wie", "wat", "waarover", "traject", "hoe vaak"],
        ["2026-03-02", "Olga", "bewaarde een tekst", "'=1+1", "Wijkteam Oost", "2"],
    ]
    assert answer.headers["Cache-Control"] == "no-store"


def test_trainer_finds_no_log(site: Site, empty: Visitor) -> None:
    trainer = site.logged_in("trui")

    assert [trainer.get(path).status_code for path in (LOG, f"{LOG}.csv")] == [404, 404]
    assert LOG not in trainer.get("/beheer").text
    assert LOG in empty.get("/beheer").text


def test_how_long_it_is_kept_is_said_on_the_page_and_in_the_text_on_privacy(
    site: Site, empty: Visitor
) -> None:
    assert site.host.settings.log_days == 365
    assert "gaat na 365 dagen vanzelf weg" in empty.get(LOG).text
    rows = (ROOT / "docs" / "privacy.md").read_text("utf-8").splitlines()
    assert [row.split("|")[3].startswith(" een jaar,") for row in rows if row.startswith("| Logboek")] == [
        True
    ]
