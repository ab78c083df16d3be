"""The list of materials, from what notes say under 'Klaarleggen'."""

import pytest

from tests.exports.made import given, notes
from trainer.exports.given import TRAINERS
from trainer.exports.materials import Materials, Task, Thing, materials
from trainer.exports.things import Group
from trainer.live.state import MeetingState


def listed(*lines: str, group: Group | None = None) -> Materials:
    """The list of a part with one block, whose notes have these paragraphs."""
    part = "## Welkom {#welkom minuten=15}\n\nHallo.\n\n" + notes(*lines)
    return materials(given(part), group or Group())


def things(found: Materials) -> list[str]:
    return [thing.text for shelf in found.shelves for thing in shelf.things]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("naamstickers, flap en stiften.", ["Naamstickers", "Flap en stiften"]),
        ("potloden. Een bel.", ["Potloden", "Een bel"]),
        ("de rolkaarten, per situatie, en een bel.", ["De rolkaarten, per situatie", "Een bel"]),
        ("de bijlage **wat wel, wat niet**.", ["De bijlage 'wat wel, wat niet'"]),
        ("een flap met 'hielp, of niet', een bel.", ["Een flap met 'hielp, of niet'", "Een bel"]),
        ("de flap en de opdracht.", ["De flap", "De opdracht"]),
        ("het profiel en een pen voor iedereen.", ["Het profiel en een pen voor iedereen"]),
        ("een boom: takken, of getekend.", ["Een boom: takken, of getekend"]),
        ("scharen. Ook lijm.", ["Scharen", "Lijm"]),
        ("het profiel, één per tweetal. Of de bijlage.", ["Het profiel, één per tweetal, of de bijlage"]),
    ],
)  # fmt: skip
def test_sentence_that_names_things_is_taken_apart(line: str, expected: list[str]) -> None:
    found = listed(f"**Klaarleggen:** {line}")

    assert (things(found), found.tasks) == (expected, ())


def test_list_of_things_is_taken_as_it_is() -> None:
    assert things(listed("**Klaarleggen:**", "- koffie", "- een bel")) == ["Koffie", "Een bel"]


@pytest.mark.parametrize(
    "line",
    [
        "Zet het scherm klaar.",
        "zoek de film op. Bestaat hij niet meer? Neem een andere.",
        "Hang op wat je bewaarde. En de flap met regels.",
        "De situaties staan op volgorde. Leg er twee bij elke groep: 1 en 4.",
    ],
)
def test_sentence_that_asks_something_is_one_task(line: str) -> None:
    found = listed(f"**Klaarleggen:** {line}")

    assert (things(found), found.tasks) == ([], (Task(line[0].upper() + line[1:], "Welkom"),))


def test_things_and_tasks_of_one_note_are_told_apart() -> None:
    found = listed("**Klaarleggen:** een bel. Zet het scherm klaar.")

    assert (things(found), found.tasks) == (["Een bel"], (Task("Zet het scherm klaar.", "Welkom"),))


TWO_BLOCKS = f"""## Eerste {{#eerste minuten=10}}

Tekst.

{notes("**Klaarleggen:** een bel, stiften.")}
## Tweede {{#tweede minuten=10}}

{notes("**Klaarleggen:** kaarten (optie 1). Een flap (optie 2).", "**Straks nodig:** bewaar de flap.")}
### Praten {{#praten optie=1}}

Tekst.

{notes("**Klaarleggen:** de bel.", "**Zonder telefoons:** leg vellen neer.")}
### Schrijven {{#schrijven optie=2}}

Tekst.

{notes("**Klaarleggen:** potloden.")}
"""


def test_same_thing_of_several_blocks_is_there_once() -> None:
    found = materials(given(TWO_BLOCKS), Group())

    assert [thing for shelf in found.shelves for thing in shelf.things if "bel" in thing.text] == [
        Thing("Een bel", None, ("Eerste", "Tweede"))
    ]


@pytest.mark.parametrize(("option", "expected"), [(1, ["Kaarten"]), (2, ["Een flap", "Potloden"])])
def test_only_what_is_for_the_chosen_option_is_needed(option: int, expected: list[str]) -> None:
    found = materials(given(TWO_BLOCKS, state=MeetingState(choices={"tweede:1": option})), Group())

    assert [text for text in things(found) if "bel" not in text and text != "Stiften"] == expected


def test_nothing_of_a_skipped_block_is_needed() -> None:
    found = materials(given(TWO_BLOCKS, state=MeetingState(skipped=("tweede",))), Group())

    assert (sorted(things(found)), found.for_later) == (["Een bel", "Stiften"], ())


def test_what_is_for_who_has_no_phone_and_for_later_is_told_apart() -> None:
    found = materials(given(TWO_BLOCKS), Group())

    assert found.without_phones == (Task("Leg vellen neer.", "Tweede"),)
    assert found.for_later == (Task("Bewaar de flap.", "Tweede"),)


@pytest.mark.parametrize(
    ("thing", "amount"),
    [
        ("het profiel voor iedereen", 15),
        ("voor ieder een vel", 15),
        ("kaarten, minstens twee per persoon", 30),
        ("het profiel, één per tweetal", 8),
        ("stoelen in een kring", 15 + TRAINERS),
        ("naamstickers", 15 + TRAINERS),
        ("kaartjes voor wie geen telefoon gebruikt", 4),
        ("zes flappen", None),
        ("een vel per groepje", None),
        ("stiften", None),
    ],
)
def test_numbers_are_told_where_the_words_say_for_whom(thing: str, amount: int | None) -> None:
    found = listed(f"**Klaarleggen:** {thing}.", group=Group(15, 4))

    assert [each.amount for shelf in found.shelves for each in shelf.things] == [amount]


def test_without_a_number_of_people_no_numbers_are_told() -> None:
    found = listed("**Klaarleggen:** voor ieder een vel, naamstickers.")

    assert {thing.amount for shelf in found.shelves for thing in shelf.things} == {None}


def test_things_stand_with_others_of_their_sort() -> None:
    found = listed("**Klaarleggen:** een bel, koffie, stiften, een flap, een plant, thee.")

    assert {shelf.title: [thing.text for thing in shelf.things] for shelf in found.shelves} == {
        "Eten, drinken en zorg": ["Koffie", "Thee"],
        "Papier en kaarten": ["Een flap"],
        "Schrijven en plakken": ["Stiften"],
        "Zaal en scherm": ["Een bel"],
        "En verder": ["Een plant"],
    }
