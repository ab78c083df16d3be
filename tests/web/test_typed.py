"""What people type in a form: whatever cannot be seen, or turns text around, is in no field of any form."""

import importlib
import pkgutil
import re
import sqlite3
from pathlib import Path

import pytest
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, SelectField, SelectMultipleField

from tests.support.site import PASSWORD, Site, Visitor
from tests.support.sources import PROGRAM
from trainer import web
from trainer.kinds.text import clean
from trainer.web.forms import Form
from trainer.web.sent import LONGEST_LINE, all_typed

HOSTILE = "Buurt\x00team \u202ekrap\u202c\x0b \u200bWest\x1b[2J \ud800"
HARMLESS = "Buurtteam krap West[2J"
for module in pkgutil.walk_packages(web.__path__, "trainer.web."):
    importlib.import_module(module.name)


def below(base: type) -> list[type]:
    return [each for one in base.__subclasses__() for each in (one, *below(one))]


OURS = [form for form in below(FlaskForm) if form.__module__.startswith("trainer.")]
every_form = pytest.mark.parametrize("form", OURS, ids=lambda form: form.__name__)


def read(site: Site, form: type, typed: str) -> dict[str, object]:
    """What each field of a form has when `typed` is sent in all of them, as data and as it is shown again."""
    with site.app.test_request_context(method="POST"):
        names = [field.name for field in form(meta={"csrf": False})]
        sent = form(MultiDict(dict.fromkeys(names, typed)), meta={"csrf": False})
        fields = [
            field
            for field in sent
            if not isinstance(field, PasswordField | SelectMultipleField | SelectField)
        ]
        return {
            field.name: (field.data if isinstance(field.data, str) else None, field._value())
            for field in fields
        }


def test_all_forms_are_found() -> None:
    assert {"LoginForm", "WelcomeForm", "NewCourseForm", "MeetingForm"} <= {form.__name__ for form in OURS}


@every_form
def test_no_field_of_a_form_has_what_cannot_be_seen(site: Site, form: type) -> None:
    assert issubclass(form, Form)
    for data, shown in read(site, form, HOSTILE).values():
        assert data in (None, HARMLESS)
        assert shown == HARMLESS


@every_form
def test_a_field_takes_no_longer_for_a_text_that_is_far_too_long(site: Site, form: type) -> None:
    for _, shown in read(site, form, "é" * 10 * LONGEST_LINE).values():
        assert len(shown) == LONGEST_LINE


def test_a_password_stays_as_it_is(site: Site) -> None:
    odd = "twee  spaties \u202e en\u200b meer"
    site.logged_in("sam").post("/account", current=PASSWORD, password=odd, again=odd)

    again = site.visitor()
    assert again.log_in("sam", odd).status_code == 302


def test_no_page_reads_what_was_typed_by_another_way() -> None:
    """`Form`, `sent.py` and `read_sent` of a plan are the only ones: all clean it."""
    reads = re.compile(r"request\.(form|values|get_json|json|data|stream|get_data)\b")
    found = [path.name for path in PROGRAM for _ in reads.findall(path.read_text("utf-8"))]
    assert set(found) == {"acts.py", "sent.py"}


def test_markdown_keeps_its_spaces_and_lines_without_signs_that_cannot_be_seen(site: Site) -> None:
    text = "- een  \r\n    - twee\u202e\u200b\x00\r\n"
    with site.app.test_request_context(method="POST", data={"tekst": text}):
        assert dict(all_typed()) == {"tekst": "- een  \n    - twee\n"}


def test_a_course_with_signs_that_cannot_be_seen_is_stored_without(site: Site, tmp_path: Path) -> None:
    organiser = site.logged_in("olga", is_organiser=True)
    texts = dict.fromkeys(("title", "place", "responsible", "contact"), HOSTILE.replace("\ud800", ""))
    day = site.today.isoformat()

    organiser.post("/beheer/trajecten/nieuw", programme="klein", first_date=day, start="9:00", **texts)

    with sqlite3.connect(tmp_path / "data" / "kwartier.db") as database:
        stored = database.execute("SELECT title, place, responsible, contact FROM course").fetchall()
    assert stored == [(HARMLESS,) * 4]


@pytest.mark.parametrize("path", ["/", "/scherm"])
def test_a_code_is_shown_again_without_signs_that_cannot_be_seen(site: Site, path: str) -> None:
    visitor: Visitor = site.visitor()
    form = {"code": "A\u202eCD\x006", "csrf_token": visitor.token(path) if path == "/scherm" else ""}

    page = visitor.client.post(path, data=form, headers={"Sec-Fetch-Site": "same-origin"}).text

    assert re.search(r'<input id="code"[^>]*value="([^"]*)"', page)[1] == clean("A\u202eCD\x006") == "ACD6"
