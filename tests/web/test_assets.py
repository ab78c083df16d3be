"""What browsers load besides pages: as small as they read it, and once. Pages are never compressed."""

import gzip
import re

import pytest
from flask.testing import FlaskClient

from tests.support.built import PLACE, address, files
from tests.support.hall import Hall
from tests.support.sources import ROOT

TEXTS = sorted(name for name in files() if not name.endswith(".woff2"))
FONTS = sorted(name for name in files() if name.endswith(".woff2"))
ANYTHING = {"Accept-Encoding": "gzip, deflate, br, zstd"}

every_text = pytest.mark.parametrize("name", TEXTS)


@every_text
def test_script_and_sheet_come_as_the_browser_reads_them_best(still: FlaskClient, name: str) -> None:
    as_it_is = still.get(address(name))
    zipped = still.get(address(name), headers={"Accept-Encoding": "gzip, deflate"})
    smallest = still.get(address(name), headers=ANYTHING)

    assert as_it_is.content_encoding is None
    assert zipped.content_encoding == "gzip"
    assert smallest.content_encoding == "br"
    assert gzip.decompress(zipped.data) == as_it_is.data
    assert smallest.data == (PLACE / f"{files()[name]}.br").read_bytes()
    assert len(smallest.data) < len(zipped.data) < len(as_it_is.data)
    assert {str(answer.vary) for answer in (as_it_is, zipped, smallest)} == {"Accept-Encoding"}
    assert len({answer.content_type for answer in (as_it_is, zipped, smallest)}) == 1


def test_colours_of_the_dark_are_the_same_on_the_screen_as_on_other_pages() -> None:
    light, dark = (
        (ROOT / "static" / "css" / "tokens.css")
        .read_text("utf-8")
        .split("@media (prefers-color-scheme: dark)")
    )
    screen = (ROOT / "static" / "css" / "tokens_dark.css").read_text("utf-8")

    by_day, elsewhere, there = (
        dict(re.findall(r"(--[\w-]+): ([^;]+);", text)) for text in (light, dark, screen)
    )

    assert by_day | there == by_day | elsewhere


@pytest.mark.parametrize("refusal", ["br;q=0, gzip;q=0", "identity", "zstd"])
def test_browser_that_reads_no_compression_of_ours_gets_none(still: FlaskClient, refusal: str) -> None:
    answer = still.get(address("phone.js"), headers={"Accept-Encoding": refusal})

    assert answer.content_encoding is None
    assert answer.data == (PLACE / files()["phone.js"]).read_bytes()


@pytest.mark.parametrize("name", FONTS)
def test_font_is_not_compressed_twice(still: FlaskClient, name: str) -> None:
    answer = still.get(address(name), headers=ANYTHING)

    assert (answer.content_type, answer.content_encoding) == ("font/woff2", None)


@pytest.mark.parametrize("name", [*TEXTS, *FONTS])
def test_what_was_built_is_kept_for_a_year(still: FlaskClient, name: str) -> None:
    answer = still.get(address(name))

    assert re.search(r"-[A-Z0-9]{8}\.\w+$", address(name)), "its content is in its name"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    [
        "manifest.json",
        f"{files()['phone.js']}.br",
        f"..%2fbuilt%2f{files()['phone.js']}",
        "js/phone.js",
        "phone.js",
        "vendor/lean-qr.js",
    ],
)
def test_nothing_else_is_given_out(still: FlaskClient, path: str) -> None:
    assert still.get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/j/{secret}", "/m/{meeting}", "/privacy", "/inloggen", "/niets"])
def test_no_page_is_compressed(hall: Hall, path: str) -> None:
    phone = hall.app.test_client()
    if path.startswith("/m/"):
        phone.set_cookie("kwartier_phone", hall.phone())

    answer = phone.get(path.format(secret=hall.secret, meeting=hall.meeting), headers=ANYTHING)

    assert answer.mimetype == "text/html"
    assert "<!doctype html>" in answer.text
    assert answer.content_encoding is None
    assert answer.headers["Cache-Control"] == "no-store"


def test_style_of_a_kind_that_was_added_since_is_on_the_page(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the style sheets were put together before there was a kind called flap."""
    phone = hall.app.test_client()
    phone.set_cookie("kwartier_phone", hall.phone())
    before = phone.get(f"/m/{hall.meeting}").text
    built = hall.app.extensions["built"]
    of_before = type(built)(built.version, built.files, built.contents, built.styled - {"flap"})
    monkeypatch.setitem(hall.app.extensions, "built", of_before)

    after = phone.get(f"/m/{hall.meeting}").text

    assert "/kinds/" not in before
    (style,) = re.findall(r'<link rel="stylesheet" href="(/kinds/[^"]+)"', after)
    assert style.startswith("/kinds/flap/style.css?v=")
    assert ".k-flap" in phone.get(style).text
