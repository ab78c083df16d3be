"""The form of a plan in Markdown: what it may say, and what is told of a slip in it."""

from pathlib import Path

import pytest

from tests.support.plans import PATH, SMALL, read, small
from trainer.config import ROOT
from trainer.curriculum.programme import read_library
from trainer.kinds import interpret
from trainer.plans.form import load_form


def test_form_has_its_sections_and_questions_in_order() -> None:
    form = small()

    found = [(each.id, each.rows, [question.id for question in each.questions]) for each in form.sections]
    assert found == [
        ("kop", 0, ["locatie", "thema"]),
        ("doelen", 2, ["doel", "wat", "wie", "wanneer"]),
        ("training", 0, ["letop", "wanneer"]),
    ]
    assert (form.title, form.sources) == ("Klein plan", ("Geschreven voor Kwartier",))


def test_question_has_its_hint_height_role_and_what_it_is_for() -> None:
    kop, doelen, training = small().sections

    assert [question.lines for question in kop.questions] == [1, 2]
    assert kop.questions[1].hint == "<p>Kies één thema.</p>"
    assert doelen.asking("wanneer") == doelen.questions[3]
    assert training.questions[0].points_for == ("klein",)


@pytest.mark.parametrize(
    ("before", "after", "line", "code"),
    [
        ("titel: Klein plan", "titel:", 2, "front.missing-key"),
        ("bronnen:", "bron:", 3, "front.unknown-key"),
        ("{#locatie regels=1}", "", 10, "heading.no-id"),
        ("{#thema}", "{#locatie}", 12, "heading.double-id"),
        ("{#thema}", "{#Thema}", 12, "heading.bad-id"),
        ("regels=1", "regels=0", 10, "plan.number"),
        ("rijen=2", "rijen=veel", 16, "plan.number"),
        ("regels=1", "regel=1", 10, "plan.unknown-setting"),
        ("rol=wie}", "rol=wier}", 22, "plan.role"),
        ("rol=wie}", "rol=wat}", 22, "plan.role"),
        ("aandachtspunten=klein", 'aandachtspunten="Klein!"', 28, "plan.points"),
        ("## Waar {#kop}", "", 10, "heading.level"),
        ("Kies één thema.", "> [!TRAINER]\n> Kies één thema.", 14, "plan.note"),
        ("Kies één thema.", "<b>Kies</b>", 14, "text.html"),
        ("Kies één thema.", "![Een kring](kring.png)", 14, "text.image-missing"),
        ("Kies één thema.", "[hier](http://voorbeeld.nl)", 14, "text.link"),
        ("### Locatie {#locatie regels=1}\n\n### Thema {#thema}", "", 8, "plan.empty-section"),
    ],
)
def test_slip_is_told_with_its_line(before: str, after: str, line: int, code: str) -> None:
    assert before in SMALL

    form, problems = read(SMALL.replace(before, after, 1))

    assert form is None
    assert (PATH, line, code) in [(each.path, each.line, each.code) for each in problems]


def test_misspelt_setting_gets_the_one_that_was_meant() -> None:
    _, problems = read(SMALL.replace("rijen=2", "rij=2"))

    assert [str(each) for each in problems] == [
        f"{PATH}:16: onbekende instelling 'rij'; bedoel je 'rijen'? [plan.unknown-setting]"
    ]


def test_form_without_a_question_says_so() -> None:
    _, problems = read("---\ntitel: Leeg\n---\n\nNiets.\n")

    assert [each.code for each in problems] == ["plan.empty"]


def test_our_own_form_has_all_that_the_plan_of_a_project_team_asks() -> None:
    form, problems = load_form(ROOT / "content")

    assert (problems, form is None) == ([], False)
    assert form is not None
    assert [(each.id, each.rows) for each in form.sections] == [
        ("kop", 0), ("achtergrond", 0), ("projectteam", 0), ("eigen-regie", 3), ("samenwerken", 3),
        ("training", 0), ("workshop", 0),
    ]  # fmt: skip
    points = [question.points_for for each in form.sections for question in each.questions]
    assert [each for each in points if each] == [("training",), ("workshop",)]
    assert form.sources != ()


def test_folder_of_the_form_is_no_programme() -> None:
    programmes, problems = read_library(ROOT / "content", interpret)

    assert (sorted(programmes), problems) == (["training", "workshop"], [])


def test_installation_may_have_no_form(tmp_path: Path) -> None:
    assert load_form(tmp_path) == (None, [])


def test_folder_without_the_form_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan-van-aanpak").mkdir()

    _, problems = load_form(tmp_path, tmp_path)

    assert [str(each) for each in problems] == [
        "plan-van-aanpak/plan.md:1: plan.md is er niet [plan.missing]"
    ]


def test_link_to_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "plan-van-aanpak").mkdir()
    (tmp_path / "elders.md").write_text(SMALL, "utf-8")
    (tmp_path / "plan-van-aanpak" / "plan.md").symlink_to(tmp_path / "elders.md")

    form, problems = load_form(tmp_path, tmp_path)

    assert (form, [each.code for each in problems]) == (None, ["file.link"])
