"""The report of a meeting and of a course: made ready by two people at once, and taken along."""

import io
import re

import pytest
from docx import Document

from tests.support.courses import TEMPOS, TEXTS
from tests.support.plan_pages import button, form_of, texts
from tests.support.site import Site, Visitor
from trainer.store.models import Course, db

STEP = "evaluatie"


@pytest.fixture
def address(site: Site, organiser: Visitor, course: list[str]) -> str:
    """The report of a meeting that was held."""
    site.hold(course[0], TEMPOS, TEXTS)
    return f"/beheer/bijeenkomsten/{course[0]}/verslag"


@pytest.fixture
def bea(site: Site, address: str) -> Visitor:
    """Another organiser."""
    return site.logged_in("bea", is_organiser=True)


def ticks(page: str) -> dict[str, str]:
    """What the boxes of a page send."""
    shown = dict(re.findall(r'name="(w:[^"]+)" value="([01])"', page))
    ticked = re.findall(r'name="(i:[^"]+)" checked', page)
    return shown | dict.fromkeys(ticked, "on")


def send(who: Visitor, address: str, page: str, do: str = "", out: str = "", **changed: str) -> str:
    """Sends the form of a page that was opened earlier, with the box of `out` empty."""
    data = {"csrf_token": who.token(address), "do": do} | form_of(page, **changed) | ticks(page)
    data.pop(f"i:{out}", None)
    return who.client.post(address, data=data, follow_redirects=True).text


def out_as_markdown(who: Visitor, address: str) -> str:
    return who.get(f"{address}.md").data.decode()


def test_meeting_that_is_not_closed_has_no_report(organiser: Visitor, course: list[str]) -> None:
    address = f"/beheer/bijeenkomsten/{course[0]}/verslag"

    assert "Er is nog geen verslag" in organiser.get(address).text
    assert organiser.get(f"{address}.docx").status_code == 404
    assert "Er is nog geen verslag" in organiser.get("/beheer/trajecten/1/verslag").text


def test_text_and_what_is_left_out_are_in_every_form_of_it(organiser: Visitor, address: str) -> None:
    page = send(organiser, address, organiser.get(address).text, out="verloop", vooraf="Een goede dag.")

    read, markdown = organiser.get(f"{address}/lezen").text, out_as_markdown(organiser, address)
    word = Document(io.BytesIO(organiser.get(f"{address}.docx").data))
    words = "\n".join(each.text for each in word.paragraphs)
    assert texts(page)["vooraf"] == "Een goede dag."
    for found in (read, markdown, words):
        assert ("Een goede dag." in found, "Wat is er gegeven?" in found, "Het tempo was" in found) == (
            True, False, True,
        )  # fmt: skip


def test_report_has_the_figures_and_texts_of_the_evaluation(organiser: Visitor, address: str) -> None:
    found = out_as_markdown(organiser, address)

    assert "| precies goed | 6 | 67% |\n| te snel | te weinig antwoorden |  |" in found
    assert all(f"\n- {text}" in found for text in ("koffie", "meer tijd", "niets", "pauze"))


def test_course_has_the_reports_of_its_meetings_as_they_were_made_ready(
    site: Site, organiser: Visitor, course: list[str], address: str
) -> None:
    site.hold(course[1], TEMPOS, TEXTS)
    send(organiser, address, organiser.get(address).text, out=STEP, slot="Tot dan.")

    found = organiser.get("/beheer/trajecten/1/verslag.md").data.decode()

    assert (found.count("Tot dan."), found.count("Het tempo was")) == (1, 1)
    assert "Nog 1 onderdeel." in found
    assert organiser.get("/beheer/trajecten/1/verslag").text.count("Het tempo was</h4>") == 1


def test_two_people_who_write_at_once_lose_nothing_and_choose(
    organiser: Visitor, bea: Visitor, address: str
) -> None:
    seen_by_both = organiser.get(address).text
    send(organiser, address, seen_by_both, vooraf="Van Olga.")

    both = send(bea, address, seen_by_both, vooraf="Van Bea.", slot="Dag.")
    assert "Kies hieronder welke tekst blijft" in both
    page = send(bea, address, both, button(both, "Zet alles"))

    assert (texts(page)["vooraf"], texts(page)["slot"]) == ("Van Olga.\nVan Bea.", "Dag.")


def test_page_of_before_puts_nothing_back_that_somebody_left_out(
    organiser: Visitor, bea: Visitor, address: str
) -> None:
    before = bea.get(address).text
    send(organiser, address, before, out=STEP)

    page = send(bea, address, before, vooraf="Hallo.")

    assert "i:evaluatie" not in ticks(page)
    assert "i:evaluatie" in ticks(
        send(bea, address, page.replace('name="i:evaluatie"', 'name="i:evaluatie" checked'))
    )


def test_text_that_is_too_long_is_given_back_as_it_was_typed(organiser: Visitor, address: str) -> None:
    long = "woord " * 399 + "woord"

    page = send(organiser, address, organiser.get(address).text, vooraf=long, slot="Dag.")

    assert "Deze tekst is te lang" in page
    assert texts(page) | {"vooraf": long, "slot": "Dag."} == texts(page)
    assert "woord woord" not in out_as_markdown(organiser, address)


def test_after_the_retention_no_text_is_taken_in(site: Site, organiser: Visitor, address: str) -> None:
    before = organiser.get(address).text
    with site.app.app_context():
        db.session.get_one(Course, 1).meetings[0].closed_on = site.today.replace(year=2021)
        db.session.commit()

    page = send(organiser, address, before, vooraf="Te laat.", out=STEP)

    assert "De bewaartermijn is voorbij" in page
    assert '<blockquote class="plan-text">Te laat.</blockquote>' in page
    assert ("Te laat." in out_as_markdown(organiser, address), texts(page)) == (False, {})
    assert "i:evaluatie" not in ticks(page)


def test_unknown_format_is_not_there(organiser: Visitor, address: str) -> None:
    assert organiser.get(f"{address}.exe").status_code == 404


def test_file_is_named_after_its_course_and_not_kept(organiser: Visitor, address: str) -> None:
    answer = organiser.get(f"{address}.docx")

    assert (answer.headers["Content-Disposition"], answer.headers["Cache-Control"]) == (
        "attachment; filename=verslag-wijkteam-oost-dagdeel-1.docx", "no-store",
    )  # fmt: skip
