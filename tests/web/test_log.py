"""What goes wrong is told to the log by its kind and its place: a message may hold what somebody wrote."""

import re

import pytest

from tests.support.hall import Hall
from tests.support.sources import PROGRAM


def test_a_page_that_fails_logs_neither_the_message_nor_the_address(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(secret: str) -> str:
        raise ValueError(f"wat iemand {secret} schreef")

    hall.app.add_url_rule("/kapot/<secret>", view_func=fail)

    assert hall.app.test_client().get("/kapot/geheim").status_code == 500

    assert "a page could not be made: ValueError" in caplog.text
    assert re.findall("iemand geheim|kapot/geheim", "".join(r.getMessage() for r in caplog.records)) == []
    assert [record.exc_info for record in caplog.records] == [None]


def test_nothing_is_logged_with_the_message_of_an_error() -> None:
    told = re.compile(r"log(?:ger)?\.exception\(|exc_info=|print_exc|format_exc")
    assert [path.name for path in PROGRAM if told.search(path.read_text("utf-8"))] == []
