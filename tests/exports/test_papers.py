"""Which paper there is for a meeting, and how many copies of it."""

import pytest
from markupsafe import Markup

from tests.exports.made import given, notes
from trainer import kinds
from trainer.curriculum.model import Handout
from trainer.exports.papers import MOST_COPIES, READING, Paper, Sort, by_sort, chosen, papers, to_read
from trainer.exports.things import Group
from trainer.live.state import MeetingState

HANDOUTS = (
    Handout("na-afloop", "Na afloop", Markup("<p>Bel.</p>")),
    Handout("peer-support", "Peer support", Markup("<p>Samen.</p>")),
    Handout("profiel", "Profiel van het werk", Markup("<p>Werk.</p>")),
    Handout("lezen-maar", "Lezen maar", Markup("<p>Lees.</p>")),
)
PART = f"""## Welkom {{#welkom minuten=20}}

{
    notes(
        "**Klaarleggen:** de bijlage **na afloop**, het profiel, één per tweetal.",
        "Hang de regels op. Denk aan peer support.",
    )
}
### Onze regels {{#regels}}

Lees ook **lezen maar**.

{notes("**Klaarleggen:** Hang op: 'Onze regels'.")}
### Op de lijn {{#lijn werkvorm=over-de-lijn}}

Kies.

- Ik ben er.
- Ik doe mee.

### Wat hoop je? {{#hoop werkvorm=flap max=2}}

Wat hoop je?

## Pauze {{#pauze werkvorm=pauze minuten=15}}

## Groepen {{#groepen minuten=20}}

### Praten {{#praten optie=1}}

Praat.

### Zoek je groepje {{#zoek werkvorm=groepjes optie=2}}

Zoek je groepje.
"""


def found(
    people: int = 0, without: int = 0, state: MeetingState | None = None, part: str = PART
) -> dict[str, Paper]:
    every = papers(given(part, state=state), kinds.discover(), HANDOUTS, Group(people, without))
    return {paper.key: paper for paper in every}


def copies(people: int = 0, without: int = 0, state: MeetingState | None = None) -> dict[str, int]:
    return {key: paper.copies for key, paper in found(people, without, state).items()}


def test_without_a_number_of_people_there_is_one_of_each_exercise() -> None:
    assert copies() == {
        "m-regels": 1, "m-lijn": 1, "w-lijn": 1, "w-hoop": 1,
        "b-na-afloop": 1, "b-peer-support": 0, "b-profiel": 1, "b-lezen-maar": 0, READING: 0,
    }  # fmt: skip


def test_group_without_phones_gets_everything_on_paper() -> None:
    assert copies(13, 13) == {
        "m-regels": 1, "m-lijn": 1, "w-lijn": 13, "w-hoop": 1,
        "b-na-afloop": 13, "b-peer-support": 0, "b-profiel": 7, "b-lezen-maar": 13, READING: 1,
    }  # fmt: skip


def test_mixed_group_gets_forms_for_who_has_no_phone() -> None:
    assert copies(13, 4) == {
        "m-regels": 1, "m-lijn": 0, "w-lijn": 4, "w-hoop": 1,
        "b-na-afloop": 13, "b-peer-support": 0, "b-profiel": 7, "b-lezen-maar": 4, READING: 0,
    }  # fmt: skip


def test_group_with_phones_gets_no_forms() -> None:
    assert [key for key, number in copies(13, 0).items() if number] == [
        "m-regels", "b-na-afloop", "b-profiel",
    ]  # fmt: skip


@pytest.mark.parametrize(("people", "without", "cards"), [(13, 13, 13), (13, 4, 4), (0, 0, 0)])
def test_cards_are_for_who_has_no_phone(people: int, without: int, cards: int) -> None:
    assert found(people, without)["w-hoop"].people == cards


def test_what_the_room_needs_together_is_for_everybody() -> None:
    chose = MeetingState(choices={"groepen:1": 2})

    assert (found(13, 4, chose)["w-zoek"].people, copies(13, 0, chose)["w-zoek"]) == (13, 1)


def test_only_what_is_given_is_printed() -> None:
    assert {"w-zoek", "w-hoop", "w-lijn"} & found(state=MeetingState(skipped=("welkom",))).keys() == set()


def test_texts_to_read_are_those_that_are_only_on_the_screen() -> None:
    assert [step.id for step in to_read(given(PART), kinds.discover())] == ["regels", "praten"]


def test_copies_that_somebody_chose_take_the_place_of_others() -> None:
    every = tuple(found(13, 4).values())

    assert {paper.key: paper.copies for paper in chosen(every, {"w-lijn": 0, "b-na-afloop": 2})} == copies(
        13, 4
    ) | {"w-lijn": 0, "b-na-afloop": 2}


def test_nobody_prints_more_copies_than_a_printer_has_paper() -> None:
    assert copies(1000, 1000)["w-lijn"] == MOST_COPIES


def test_papers_of_one_sort_stand_together_in_the_order_of_use() -> None:
    sorts = [(sort, len(same)) for sort, same in by_sort(tuple(found().values()))]

    assert sorts == [(Sort.POSTER, 2), (Sort.EXERCISE, 2), (Sort.HANDOUT, 4), (Sort.READING, 1)]
