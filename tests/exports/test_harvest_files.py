"""What a report of a meeting or a course holds, and what its first page says is not in it."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from docx import Document

from tests.exports.made import given
from trainer.exports.evaluation import DELETED, TOO_FEW, MeetingReport, Question
from trainer.exports.given import Given
from trainer.exports.harvest import Harvest, HarvestReport, Note, Words, absent, harvest
from trainer.exports.harvest_formats import HARVEST_FORMATS
from trainer.exports.harvest_markdown import escaped
from trainer.kinds.disclosure import Kept
from trainer.live.state import MeetingState
from trainer.plans.answers import Answer

DAY, LATER = date(2027, 1, 12), date(2027, 1, 13)
PART = """## Welkom {#welkom minuten=15}

### Herstel {#herstel}

Hallo.

## Pauze {#rust minuten=10}

Koffie.
"""
FLAP = Kept(
    "antwoorden", "Wat is herstel?", texts=("hoop", "moed", "tijd"), groups=("Van binnen", "Van binnen", "")
)
DEFINITION = Kept("definitie", "Onze definitie", texts=("Samen verder.",))
VOTE = Kept("tempo", "Het tempo was", ("goed", "traag"), (6, None), 9)


def made(
    *rows: Kept, notes: Mapping[str, Note] | None = None, as_given: Given | None = None, closed: date = DAY
) -> Harvest:
    """The harvest of a meeting with one exercise and a form."""
    sitting = MeetingReport("Dagdeel 1", DAY, (), (VOTE,))
    return harvest(as_given, sitting, closed, [("herstel", "Herstel", rows)], notes or {})


def report(*harvests: Harvest) -> HarvestReport:
    return HarvestReport("Verslag Dagdeel 1", "Oost", "Gouda", LATER, harvests)


def markdown(found: HarvestReport) -> str:
    return HARVEST_FORMATS["md"].render(found).decode()


def document(found: HarvestReport) -> list[str]:
    return [each.text for each in Document(io.BytesIO(HARVEST_FORMATS["docx"].render(found))).paragraphs]


def reasons(found: HarvestReport) -> list[str]:
    return [what for what, _ in absent(found)]


def test_exercises_and_form_stand_in_order_between_texts_of_the_trainers() -> None:
    found = made(FLAP, as_given=given(PART))

    assert [section.key for section in found.sections] == [
        "vooraf", "verloop", "stap-herstel", "evaluatie", "slot",
    ]  # fmt: skip
    assert [section.key for section in found.shown] == ["verloop", "stap-herstel", "evaluatie"]


def test_flap_keeps_its_groups_and_its_definition() -> None:
    flap, definition = made(FLAP, DEFINITION).sections[1].pieces

    assert flap == Words("Wat is herstel?", (("Van binnen", ("hoop", "moed")), ("Losse kaarten", ("tijd",))))
    assert definition == Words("Onze definitie", (("", ("Samen verder.",)),))


def test_counts_are_those_of_the_evaluation() -> None:
    question = made(FLAP).sections[2].pieces[0]

    assert isinstance(question, Question)
    assert [str(row.figure) for row in question.rows] == ["6", TOO_FEW]


def test_question_of_which_no_answer_may_be_known_says_so_once() -> None:
    hidden = Kept("sfeer", "De sfeer was", ("fijn", "stroef"), (None, None), 9)
    said = "Antwoorden: 9. Bij elk antwoord zijn het er te weinig om te tonen."
    found = report(made(hidden))

    for text in (markdown(found), "\n".join(document(found))):
        assert (said in text, "stroef" in text) == (True, False)
    # That of the form remains.
    assert len(Document(io.BytesIO(HARVEST_FORMATS["docx"].render(found))).tables) == 1


def test_short_table_is_not_cut_at_the_end_of_a_page() -> None:
    found = Document(io.BytesIO(HARVEST_FORMATS["docx"].render(report(made()))))
    (said,) = [each for each in found.paragraphs if each.text == "Antwoorden: 9."]

    kept = [said, *(row.cells[0].paragraphs[0] for row in found.tables[0].rows)]

    assert [each.paragraph_format.keep_with_next for each in kept] == [True, True, True, None]


def test_no_item_of_a_list_stands_alone_on_a_page() -> None:
    row = Kept("antwoorden", "Wat is herstel?", texts=("hoop", "moed", "rust", "tijd", "zin"))
    content = HARVEST_FORMATS["docx"].render(report(made(row)))

    kept = {
        each.text: bool(each.paragraph_format.keep_with_next)
        for each in Document(io.BytesIO(content)).paragraphs
    }

    assert [kept[text] for text in row.texts] == [True, False, False, True, False]


def test_texts_that_may_not_be_known_or_are_deleted_say_so() -> None:
    few, deleted = Kept("a", "Wat?", few=True), Kept("b", "En?")

    assert made(few, deleted).sections[1].pieces == (Words("Wat?", (), TOO_FEW), Words("En?", (), DELETED))


def test_blocks_have_what_was_planned_and_what_trainers_chose() -> None:
    as_given = given(PART)
    chosen = replace(as_given, state=MeetingState(skipped=("rust",), minutes={"welkom": 20}))

    lines = made(as_given=chosen).sections[1].lines

    assert [(line.title, line.planned, line.chosen) for line in lines] == [
        ("Welkom", 15, 20), ("Pauze", 10, None),
    ]  # fmt: skip


def test_what_is_left_out_is_in_no_format_and_is_counted() -> None:
    found = report(made(FLAP, notes={"stap-herstel": Note(Answer("Geheim."), left_out=True)}))

    for text in (markdown(found), "\n".join(document(found))):
        assert ("hoop" in text, "Geheim." in text, "Nog 1 onderdeel." in text) == (False, False, True)
    assert reasons(found)[-1] == "Nog 1 onderdeel."


def test_text_beside_that_nobody_chose_yet_goes_nowhere() -> None:
    found = report(made(FLAP, notes={"vooraf": Note(Answer("Zo was het.", ("Anders.",)))}))

    for text in (markdown(found), "\n".join(document(found))):
        assert ("Zo was het." in text, "Anders." in text) == (True, False)


def test_first_page_says_what_is_not_there_and_why() -> None:
    found = document(report(made(FLAP)))

    assert found[:4] == [
        "Verslag Dagdeel 1",
        "Oost, Gouda. Gemaakt op 13 januari 2027.",
        "Dagdeel 1: 12 januari 2027.",
        "Wat hier niet in staat, en waarom",
    ]
    assert found[4] == "Wie wat schreef of koos. Dat is nergens bewaard."


def test_deleted_texts_and_meetings_that_cannot_be_read_are_named_on_it() -> None:
    found = replace(report(made(Kept("b", "En?"))), unread=("Dagdeel 2",))

    assert reasons(found)[-2:] == ["Oudere teksten.", "Dagdeel 2."]


def test_day_on_which_it_was_closed_is_told_when_it_is_another() -> None:
    assert "gepland op 12 januari 2027, afgesloten op 13 januari 2027." in markdown(
        report(made(FLAP, closed=LATER))
    )


def test_course_has_its_meetings_below_each_other() -> None:
    lines = markdown(report(made(FLAP), replace(made(), title="Dagdeel 2"))).splitlines()

    assert [line for line in lines if line.startswith("## ")] == [
        "## Wat hier niet in staat, en waarom", "## Dagdeel 1", "## Dagdeel 2",
    ]  # fmt: skip


def test_what_people_typed_is_only_text_in_markdown() -> None:
    typed = "# kop\n1. een\n- twee\n<b>[x](y)</b> a|b _c_\n    code\n=== \\"

    assert escaped(typed) == (
        "\\# kop\n1\\. een\n\\- twee\n\\<b\\>\\[x\\](y)\\</b\\> a\\|b \\_c\\_\ncode\n\\=== \\\\"
    )


def test_document_has_a_day_and_no_time_and_nobodys_name() -> None:
    about = Document(io.BytesIO(HARVEST_FORMATS["docx"].render(report(made(FLAP))))).core_properties

    assert (about.author, about.last_modified_by, str(about.created.time())) == ("Kwartier", "", "00:00:00")
