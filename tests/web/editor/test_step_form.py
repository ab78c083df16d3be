"""The form of one step, for who never saw Markdown."""

import json

from tests.support.site import Site, Visitor
from tests.web.editor.writing import NATIONAL, STEP, WHOLE, fields, given, notes, press


def test_form_that_is_sent_as_it_was_changes_nothing(site: Site, organiser: Visitor) -> None:
    for step in ("welkom", "afsluiting", "hoe-was-het"):
        press(organiser, STEP.format(step), "bewaar")
    assert (given(site), notes(site)) == (NATIONAL, [])


def test_words_and_title_are_changed(site: Site, organiser: Visitor) -> None:
    press(organiser, STEP.format("welkom"), "bewaar", titel="Welkom allemaal", u1="Dag!\r\n\r\nKom erin.")

    expected = NATIONAL.replace("## Welkom {", "## Welkom allemaal {")
    assert given(site) == expected.replace("Fijn dat je er bent.", "Dag!\n\nKom erin.")


def test_question_of_an_evaluation_is_changed_and_one_is_added(site: Site, organiser: Visitor) -> None:
    path = STEP.format("hoe-was-het")
    page = press(organiser, path, "erbij:3")
    sent = fields(page) | {"u4.1": "Wat nam je mee?", "u4.2": "open", "doe": "bewaar"}
    organiser.client.post(path, data=sent)

    assert "| beter | Wat kan er beter? | open | |\n| vraag | Wat nam je mee? | open | |\n" in given(site)


def test_words_that_a_column_takes_are_told_once(organiser: Visitor) -> None:
    page = organiser.get(STEP.format("hoe-was-het")).text

    assert page.count("Kies bij soort: schaal, cijfer, keuze, meerkeuze of open.") == 1
    assert 'aria-describedby="row-hint"' in page
    assert "row-hint" not in organiser.get(STEP.format("welkom")).text


def test_field_that_is_added_is_not_saved_yet(site: Site, organiser: Visitor) -> None:
    page = press(organiser, STEP.format("welkom"), "punt:1", u1="Andere woorden")
    assert (given(site), notes(site)) == (NATIONAL, [])
    assert json.loads(fields(page)["basis"]).endswith("Andere woorden\n\n- \n\n")
    assert "data-dirty" in page


def test_trainers_note_is_added(site: Site, organiser: Visitor) -> None:
    path = STEP.format("welkom")
    page = press(organiser, path, "notitie:0")
    sent = fields(page) | {"u2": "Koffie klaar.", "doe": "bewaar"}
    organiser.client.post(path, data=sent)
    assert "Fijn dat je er bent.\n\n> [!TRAINER]\n> Koffie klaar.\n\n## Afsluiting" in given(site)


def test_fault_makes_a_draft_and_is_told_at_its_field(site: Site, organiser: Visitor) -> None:
    page = press(organiser, STEP.format("hoe-was-het"), "bewaar", **{"u2.2": "keus"})

    assert given(site) == NATIONAL
    assert [state for _, _, state in notes(site)] == ["draft"]
    assert "Bewaard als concept" in page
    assert 'id="u2-error"' in page


def test_title_that_cannot_be_written_is_told_and_kept(site: Site, organiser: Visitor) -> None:
    page = press(organiser, STEP.format("welkom"), "bewaar", titel="Wat { nu", u1="Mijn woorden")
    assert "Een titel kan geen { of # hebben." in page
    assert ("Wat { nu" in page, "Mijn woorden" in page) == (True, True)
    assert notes(site) == []


def test_heading_that_somebody_types_into_a_text_is_kept_and_told(site: Site, organiser: Visitor) -> None:
    page = press(organiser, STEP.format("welkom"), "bewaar", u1="Dag.\r\n\r\n## Nog een blok\r\n\r\nMeer.")
    whole = organiser.get(WHOLE).text

    assert ("Bewaard als concept" in page, "## Nog een blok\n\nMeer.\n\n## Afsluiting" in whole) == (
        True,
        True,
    )
    assert [state for _, _, state in notes(site)] == ["draft"]


def test_form_that_was_tampered_with_is_refused_and_breaks_nothing(site: Site, organiser: Visitor) -> None:
    for basis in ('""', "7", "x", '"weg"', '"## Weg {#weg}"', '"### X"'):
        sent = fields(organiser.get(STEP.format("welkom")).text) | {"basis": basis, "doe": "bewaar"}
        assert organiser.client.post(STEP.format("welkom"), data=sent).status_code in (302, 404)
    assert given(site) == NATIONAL
