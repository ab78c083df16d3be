"""Who may change the texts of a course, and what they see beforehand."""

import pytest

from tests.support.site import Site, Visitor
from tests.web.editor.writing import NATIONAL, OUTLINE, STEP, TEXTS, WHOLE, fields, notes, press

# Previews


@pytest.mark.parametrize("view", ["telefoon", "scherm", "notities"])
@pytest.mark.parametrize("step", ["welkom", "hoe-was-het", "afsluiting"])
def test_preview_is_drawn_of_what_is_saved(organiser: Visitor, view: str, step: str) -> None:
    answer = organiser.get(f"{TEXTS}/dagdeel-1/voorbeeld/{view}?stap={step}")
    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text


def test_preview_is_drawn_of_what_is_typed_and_saves_nothing(site: Site, organiser: Visitor) -> None:
    sent = fields(organiser.get(STEP.format("welkom")).text) | {"u1": "Nog **niet** bewaard"}
    answer = organiser.client.post(STEP.format("welkom"), data=sent | {"doe": "voorbeeld-telefoon"})
    assert "Nog <strong>niet</strong> bewaard" in answer.text
    assert notes(site) == []


def test_preview_of_a_fault_says_what_it_is(organiser: Visitor) -> None:
    wrong = NATIONAL.replace("werkvorm=evaluatie", "werkvorm=evaluati")
    sent = {
        "csrf_token": organiser.token(WHOLE),
        "tekst": wrong,
        "stap": "hoe-was-het",
        "doe": "voorbeeld-scherm",
    }
    page = organiser.client.post(WHOLE, data=sent).text
    assert ("Nog geen voorbeeld" in page, "bedoel je" in page) == (True, True)


def test_previews_come_in_turns(organiser: Visitor) -> None:
    path = f"{TEXTS}/dagdeel-1/voorbeeld/telefoon?stap=welkom"
    assert 429 in {organiser.get(path).status_code for _ in range(40)}


# Who may


@pytest.mark.parametrize(
    "path",
    [
        OUTLINE,
        f"{OUTLINE}/nieuw",
        STEP.format("welkom"),
        WHOLE,
        f"{TEXTS}/foto",
        f"{TEXTS}/dagdeel-1/voorbeeld/telefoon?stap=welkom",
    ],
)
def test_only_who_manages_the_course_sees_its_texts(
    site: Site, organiser: Visitor, planned: list[str], path: str
) -> None:
    assert organiser.get(path).status_code == 200
    assert site.logged_in("vreemd").get(path).status_code == 404
    assert site.visitor().get(path).status_code == 302


def test_trainer_of_all_meetings_may_change_the_text(
    site: Site, organiser: Visitor, planned: list[str]
) -> None:
    trainer = site.logged_in("tara")
    for meeting in planned:
        organiser.post(f"/beheer/bijeenkomsten/{meeting}/trainers", page="/beheer", trainers="2")
    press(trainer, OUTLINE, "minuten", **{"minuten-welkom": "20"})
    assert [who for who, _, _ in notes(site)] == ["Tara"]


@pytest.mark.parametrize(
    "path", [OUTLINE.replace("-1/", "-9/"), STEP.format("weg"), WHOLE.replace("-1/", "-9/")]
)
def test_what_is_not_there_is_not_found(organiser: Visitor, path: str) -> None:
    assert organiser.get(path).status_code == 404
