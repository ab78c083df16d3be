"""No form of any page can put what somebody typed into an address, and no browser is asked to remember it."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.hall import Hall
from tests.support.site import Site
from tests.web.test_live_pages import PATHS, page, phases, phone, trainer  # noqa: F401
from trainer.config import ROOT
from trainer.web.form_rule import private_forms
from trainer.web.security import PAGES_WITH_FORMS

TEMPLATES = {
    path: path.read_text("utf-8")
    for folder in (ROOT / "templates", ROOT / "trainer" / "kinds")
    for path in sorted(folder.rglob("*.html"))
}
FIELDS = {"form", "input", "textarea", "select"}
SENT_BY_SCRIPTS = {"live.leave"}


class Tags(HTMLParser):
    """Every start tag with its attributes; of two with one name the first counts, as in a browser."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in reversed(attributes)}))


@pytest.mark.parametrize(
    ("written", "compiled"),
    [
        ("<form>", '<form method="post" autocomplete="off">'),
        ('<form method="get">', '<form method="post" autocomplete="off" method="get">'),
        ('<form method="post">', '<form autocomplete="off" method="post">'),
        ("<form method=dialog class=x>", '<form autocomplete="off" method=dialog class=x>'),
        ('<input name="a" autocomplete="username">', '<input name="a" autocomplete="username">'),
        ("<textarea\n  rows='2'>", "<textarea autocomplete=\"off\"\n  rows='2'>"),
        ("<select>", '<select autocomplete="off">'),
        ("<formula><inputs>", "<formula><inputs>"),
        (
            '<FORM{% if a > b %} x{% endif %} y="{{ c > d }}" autocomplete="on">',
            '<FORM method="post"{% if a > b %} x{% endif %} y="{{ c > d }}" autocomplete="on">',
        ),
    ],
)
def test_rule_is_added_to_a_tag_whatever_stands_in_it(written: str, compiled: str) -> None:
    assert private_forms(written) == compiled


def found(pattern: str, texts: Mapping[Path, str]) -> list[str]:
    """What of a pattern there is in these templates, with where."""
    return [
        f"{path.relative_to(ROOT)}: {each}"
        for path, text in texts.items()
        for each in re.findall(pattern, text, re.I)
    ]


def test_every_tag_of_a_template_is_found() -> None:
    compiled = {path: private_forms(text) for path, text in TEMPLATES.items()}

    tags = found(r"<(?:form|input|textarea|select)\b[^<]*", compiled)
    assert len(tags) > 100
    assert [tag for tag in tags if "autocomplete=" not in tag] == []
    assert found(r"<form(?! method=\"post\"| autocomplete=)", compiled) == []


def test_no_button_sends_a_form_another_way() -> None:
    assert found(r"formaction|formmethod|method\s*=\s*[\"']?get", TEMPLATES) == []


@pytest.mark.parametrize("role", PATHS)
def test_every_live_page_keeps_the_rule_in_every_step(
    hall: Hall,
    phone: FlaskClient,  # noqa: F811
    trainer: FlaskClient,  # noqa: F811
    role: str,
) -> None:
    seen = 0
    for phase in phases(hall):
        for tag, attributes in Tags(page(hall, phone if role == "phone" else trainer, role)).found:
            if tag == "form":
                assert (phase, attributes.get("method")) in {(phase, "post"), (phase, "dialog")}
            if tag in FIELDS:
                assert (phase, tag, attributes.get("autocomplete")) == (phase, tag, "off")
                seen += 1
    assert seen > 0


def policy(browser: FlaskClient, path: str) -> str:
    return browser.get(path).headers["Content-Security-Policy"]


def test_browser_sends_no_form_of_a_live_page_or_of_an_error(
    hall: Hall,
    phone: FlaskClient,  # noqa: F811
    trainer: FlaskClient,  # noqa: F811
) -> None:
    for role, path in PATHS.items():
        found = policy(phone if role == "phone" else trainer, path.format(hall.meeting))
        assert "form-action 'none'" in found
    assert "form-action 'none'" in policy(phone, "/nergens")


def test_control_has_our_screen_in_a_frame_and_nothing_else_is_in_one(
    hall: Hall,
    phone: FlaskClient,  # noqa: F811
    trainer: FlaskClient,  # noqa: F811
) -> None:
    found = {
        role: policy(phone if role == "phone" else trainer, path.format(hall.meeting))
        for role, path in PATHS.items()
    }

    assert {role for role, each in found.items() if "frame-src 'self'" in each} == {"control"}
    assert {role for role, each in found.items() if "frame-ancestors 'self'" in each} == {"screen"}
    assert all("frame-ancestors 'none'" in found[role] for role in ("control", "phone"))


def test_browser_sends_forms_where_people_join_and_log_in(still_hall: Hall) -> None:
    browser = still_hall.app.test_client()
    for path in ("/", f"/j/{still_hall.secret}", "/inloggen"):
        assert "form-action 'self'" in policy(browser, path)


def test_browser_sends_the_forms_of_every_page_that_takes_them(site: Site) -> None:
    takes = {rule.endpoint for rule in site.app.url_map.iter_rules() if "POST" in (rule.methods or ())}

    forbidden = {one for one in takes if not {one, one.split(".")[0]} & PAGES_WITH_FORMS}

    assert forbidden == SENT_BY_SCRIPTS
