"""The dots of a werkvel, how its cells fit on the screen, and what is kept."""

import pytest

from tests.kinds.sizes_support import own_bytes, sizes
from tests.kinds.stage_support import Stage, ask
from trainer.kinds.contract import Rejected, Totals
from trainer.kinds.werkvel.sheet import DOTS
from trainer.kinds.werkvel.tests.support import filled, sheet, write
from trainer.live.commands import NOT_NOW

LONG = "Een lange zin over de wijk, met alles wat daar te doen is voor wie dat wil. "


def dotted(*given: tuple[int, ...]) -> Stage:
    """Sheets of the groups 1, 2 and 4; each of these phones gave a dot to these groups."""
    stage = filled(1, 2, 4).press("dots-open")
    for phone, chosen in enumerate(given):
        stage.send(f"p{phone}", DOTS, stip=[str(group - 1) for group in chosen])
    return stage


def counts(stage: Stage) -> list[tuple[int, int]]:
    return [(row.group.number, row.count) for row in stage.view("screen")["rows"]]


def test_dots_are_given_to_the_groups_that_stand_there() -> None:
    stage = dotted()
    closed = Rejected("closed", "Er worden nu geen stippen gegeven.")

    assert filled(1).offer("a", DOTS, stip="0") == closed
    assert [group.number for group in stage.own("a")["asked"]] == [1, 2, 4]
    assert stage.offer("a", DOTS, stip=["0", "3"]) == {DOTS: {"choices": [0, 3]}}
    assert stage.offer("a", DOTS, stip="2") == Rejected("invalid", "Deze groep staat er niet. Kies opnieuw.")
    assert stage.offer("a", DOTS, stip=["0", "1", "3"]) == Rejected(
        "full", "Dat zijn te veel stippen. Geef er hoogstens 2."
    )
    assert stage.offer("a", DOTS) == Rejected("empty", "Kies eerst een groep.")


def test_no_dots_are_given_while_nothing_of_a_group_stands_there() -> None:
    stage = sheet()

    assert ("dots-open" in stage.enabled(), stage.refusal("dots-open")) == (False, NOT_NOW)


def test_group_is_told_by_the_first_field_that_is_to_be_seen() -> None:
    stage = filled(1, 2)
    first = next(card.id for card in stage.seen.cards if card.payload["text"] == "plek 1")

    stage.press(ask("hold", id=first), "dots-open")

    assert [row.text for row in stage.view("screen")["rows"]] == ["stap 1", "plek 2"]


def test_dots_of_two_phones_stay_unseen() -> None:
    stage = dotted((1,), (2,))

    refused = stage.refusal("dots-show")

    assert refused is not None and refused.code == "few"
    assert stage.view("screen")["counted"] is False


def test_dots_that_are_shown_are_closed_and_stay_as_they_were() -> None:
    stage = dotted((1, 4), (4,), (4,)).press("dots-show")
    assert counts(stage) == [(1, 1), (2, 0), (4, 3)]
    assert stage.view("screen")["best"] == "De meeste stippen: groep 4, met 3 stippen."

    stage.press("dots-open")
    stage.send("p0", DOTS, stip="1")
    stage.press("dots-show")

    assert counts(stage) == [(1, 1), (2, 0), (4, 3)]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([(1,), (2,), (4,)], "Gelijk: groep 1, groep 2 en groep 4, elk met 1 stip."),
        ([(1, 2), (1, 2), (4,)], "Gelijk: groep 1 en groep 2, elk met 2 stippen."),
    ],
)
def test_a_tie_is_called_a_tie(given: list[tuple[int, ...]], words: str) -> None:
    assert dotted(*given).press("dots-show").view("screen")["best"] == words


def test_group_that_took_back_its_sheet_keeps_its_dots() -> None:
    stage = dotted((2,), (2,), (2,))
    stage.withdraw("g2")
    stage.withdraw("g20")

    stage.press("dots-show")

    assert [(row.group.number, row.text, row.count) for row in stage.view("screen")["rows"]] == [
        (1, "plek 1", 0), (2, "", 3), (4, "plek 4", 0),
    ]  # fmt: skip


# The size of the cells


def full(groups: int, text: str) -> Stage:
    stage = sheet("groepen=8 tekens=160")
    for group in range(1, groups + 1):
        write(stage, f"g{group}", group, plek=f"{group} {text}", stap=f"{group} {text}")
    return stage.press("draw", "show-all")


@pytest.mark.parametrize(
    ("groups", "text", "size", "columns", "pages"),
    [(2, "bieb", "size-xl", 2, 1), (6, "bieb", "size-xl", 3, 1), (6, LONG * 2, "size-s", 3, 1),
     (8, LONG * 2, "size-s", 4, 2)],
)  # fmt: skip
def test_cells_are_as_large_as_they_fit(groups: int, text: str, size: str, columns: int, pages: int) -> None:
    page = full(groups, text[:150]).view("screen")["page"]

    assert (page.size, page.columns, page.pages) == (size, columns, pages)


def test_overview_has_every_cell_on_one_of_its_pages() -> None:
    stage = full(8, LONG).press(ask("go", number="3"))
    pages = stage.view("screen")["page"].pages

    seen = []
    for number in range(pages):
        stage.press(ask("page", number=str(number)))
        seen += [text for cell in stage.view("screen")["page"].cells for text in cell.texts]

    assert pages == 2
    assert sorted(seen) == sorted(f"{group} {LONG.strip()}" for group in range(1, 9) for _ in range(2))


# What is kept


def test_report_has_the_fields_and_the_dots_by_group() -> None:
    stage = dotted((1,), (1,), (1,)).press("dots-show")

    assert [row.id for row in stage.report] == ["veld-1", "veld-2", "stippen"]
    assert isinstance(stage.report[-1], Totals)
    assert stage.report[-1].options[3] == "Groep 4, roze vierkant"


@pytest.mark.parametrize("before", [(), ("dots-show", "dots-open")])
def test_dots_that_nobody_saw_are_not_reported(before: tuple[str, ...]) -> None:
    stage = dotted(*[(1,)] * 8).press(*before, "dots-stop")

    assert [row.id for row in stage.report] == ["veld-1", "veld-2"]


def test_sheets_that_may_be_alone_are_not_kept_and_paper_of_five_is() -> None:
    stage = filled(1, 2)
    assert stage.kept == ()

    for number in range(5):
        stage.send(f"paper{number}", "", paper=True, groep="4", **{"veld-1": f"papier {number}"})
    stage.press("draw", "show-all")

    place, step = stage.kept
    assert place.texts == tuple(f"papier {number}" for number in range(5))
    assert step.few is True


@pytest.mark.parametrize("still", [(), ("open",)])
def test_who_wrote_and_gave_dots_gets_a_fragment_of_the_same_size_as_others(still: tuple[str, ...]) -> None:
    stage = Stage("werkvel", "Plan.\n\n- Plek", "groepen=8 tekens=20 stippen=5")
    phones = [f"g{group}" for group in range(1, 9)]
    for group, phone in enumerate(phones, start=1):
        write(stage, phone, group, plek='"' * 20)
    stage.press("draw", "show-all", "dots-open", *still)

    stage.send("g1", DOTS, stip=list("34567"))
    found = [own_bytes(stage.play, stage.sitting, phone) for phone in phones]

    assert found[0] > found[1]
    assert found[0] <= sizes(stage.play).own
