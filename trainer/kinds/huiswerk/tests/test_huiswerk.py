"""Huiswerk: a text for each role, or one for everybody."""

import pytest

from tests.kinds.material_support import read, settings_of


def test_each_role_has_its_own_text() -> None:
    settings = settings_of(
        "huiswerk", "Vooraf.\n\n#### Teamlid\n\nVraag iets.\n\n#### Ervaringsdeskundige\n\nSchrijf op."
    )
    assert settings.intro.plain == "Vooraf."
    assert settings.roles == (
        ("Teamlid", "<p>Vraag iets.</p>"),
        ("Ervaringsdeskundige", "<p>Schrijf op.</p>"),
    )


def test_homework_without_roles_is_for_everybody() -> None:
    settings = settings_of("huiswerk", "Werk met de hersteldroom.")
    assert (settings.intro.plain, settings.roles) == (
        "",
        (("Voor iedereen", "<p>Werk met de hersteldroom.</p>"),),
    )


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("", ["7 huiswerk.empty"]),
        ("#### Teamlid\n\n#### Ander\n\ntekst", ["9 huiswerk.empty-role"]),
        ("#### Teamlid\n\ntekst\n\n#### teamlid\n\ntekst", ["13 huiswerk.double-role"]),
    ],
)
def test_parse_reports_what_is_wrong(body: str, found: list[str]) -> None:
    assert read("huiswerk", body) == (None, found)
