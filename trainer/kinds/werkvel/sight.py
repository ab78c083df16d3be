"""What of the sheets is on the screen: one field of all groups, one sheet, or the overview, in pages.

Sizes are in rem, as in `trainer/kinds/wall.py`; the style sheet has the same letters and columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.kinds import batches as flow
from trainer.kinds.contract import Card, Seen
from trainer.kinds.groups import Group
from trainer.kinds.wall import HEIGHT, LINE, WIDTH, prose_height
from trainer.kinds.werkvel.sheet import Settings, SheetState, item_of, split

# The letters, from large to small; `name` is a class in the style sheet.
LETTERS = (("size-xl", 1.9), ("size-l", 1.5), ("size-m", 1.25), ("size-s", 1.0))
TABLE_LETTERS = (("size-m", 1.25), ("size-s", 1.0))
FILLED = 0.95
FOOT = 2.0  # the number of the page, when there are several
PADDING, GAP = 0.7, 0.6
# Most letters of a sentence are narrower than those with which a wall is reckoned.
NARROW = 1.08
# Next to each other at most, by how many there are; more stand below.
COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4}
# The overview: the column with the names of the fields, as a share of the width, and the groups on one page.
NAMES, MOST_BESIDE, TABLE_HEAD = 0.17, 4, 2.2


@dataclass(frozen=True, slots=True)
class Cell:
    """What one group wrote in one field, under the name of either: `group` is the group that it says."""

    title: str
    group: Group | None
    cards: tuple[Card, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written in it; nothing when the field is empty."""
        return tuple(text_of(card) for card in self.cards)


# A row: its name, '' when it has none, and its cells.
Row = tuple[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Sight:
    """One of so many `pages`: rows of cells. In an overview rows have a name, all with the same groups."""

    rows: tuple[Row, ...] = ()
    size: str = "size-s"
    columns: int = 1
    number: int = 0
    pages: int = 1

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells of the page, in reading order."""
        return tuple(cell for _, row in self.rows for cell in row)


def text_of(card: Card) -> str:
    """What is written on a card."""
    return str(card.payload.get("text", ""))


def shown(state: SheetState, seen: Seen, number: int, group: int) -> tuple[Card, ...]:
    """What everybody may see of a field of a group."""
    item = item_of(number, group)
    return tuple(card for card in flow.shown(state.batches, seen) if card.item == item)


def present(settings: Settings, state: SheetState, seen: Seen) -> tuple[Group, ...]:
    """The groups of which everybody may see something."""
    found = {split(card.item)[1] for card in flow.shown(state.batches, seen)}
    return tuple(group for group in settings.groups if group.number in found)


def sight(settings: Settings, state: SheetState, seen: Seen) -> Sight:
    """The page that the trainers turned to; empty while groups write, and where dots are given."""
    there = present(settings, state, seen)
    fields = tuple(enumerate(settings.fields, start=1))
    if state.group:
        found = [Cell(one.name, None, shown(state, seen, number, state.group)) for number, one in fields]
        return _side_by_side(found, state.page, taken=4.0)
    if 0 < state.place < settings.overview:
        field = settings.fields[state.place - 1]
        found = [
            Cell(f"Groep {one.number}", one, shown(state, seen, state.place, one.number)) for one in there
        ]
        taken = 3.5 + prose_height(field.hint, 1.25)
        return _side_by_side(found, state.page, taken=taken)
    if state.place == settings.overview and there:
        rows = [
            (
                field.name,
                tuple(
                    Cell(f"Groep {one.number}", one, shown(state, seen, number, one.number)) for one in there
                ),
            )
            for number, field in fields
        ]
        return _overview(rows, state.page)
    return Sight()


def _side_by_side(cells: Sequence[Cell], page: int, taken: float) -> Sight:
    """The cells in rows, as large as they fit; the smallest letters may need several pages."""
    if not cells:
        return Sight()
    columns, height = COLUMNS[len(cells)], (HEIGHT - taken) * FILLED
    rows = [tuple(cells[at : at + columns]) for at in range(0, len(cells), columns)]
    width = (WIDTH / columns - GAP - 2 * PADDING) * NARROW
    sized = [
        (size, [_height(row, letter, width) + letter * LINE + GAP for row in rows])
        for size, letter in LETTERS
    ]
    size, heights = next((each for each in sized if sum(each[1]) <= height), sized[-1])
    pages = _pages(heights, height)
    chosen = min(page, len(pages) - 1)
    start, end = pages[chosen]
    return Sight(tuple(("", row) for row in rows[start:end]), size, columns, chosen, len(pages))


def _overview(rows: Sequence[Row], page: int) -> Sight:
    """The sheets as a table; what does not fit comes on other pages, all fields of the first groups first."""
    number = len(rows[0][1])
    beside = -(-number // -(-number // MOST_BESIDE))
    width = (WIDTH * (1 - NAMES) / beside - 2 * PADDING) * NARROW
    height = (HEIGHT - TABLE_HEAD - 3.5) * FILLED
    parts = [[(name, cells[at : at + beside]) for name, cells in rows] for at in range(0, number, beside)]
    sized = [
        (size, [page for part in parts for page in _parted(part, letter, width, height)])
        for size, letter in TABLE_LETTERS
    ]
    size, found = next((each for each in sized if len(each[1]) == len(parts)), sized[-1])
    chosen = min(page, len(found) - 1)
    return Sight(tuple(found[chosen]), size, beside, chosen, len(found))


def _parted(part: Sequence[Row], letter: float, width: float, height: float) -> list[Sequence[Row]]:
    """The rows of these groups, in pages of this height."""
    names = WIDTH * NAMES - 2 * PADDING
    heights = [max(_height(cells, letter, width), prose_height(name, letter, names)) for name, cells in part]
    return [part[start:end] for start, end in _pages(heights, height)]


def _height(cells: Sequence[Cell], letter: float, width: float) -> float:
    """The height of the highest cell of a row, without its title."""
    return max(sum(prose_height(text, letter, width) for text in cell.texts or ("-",)) for cell in cells)


def _pages(heights: Sequence[float], height: float) -> list[tuple[int, int]]:
    """Where each page begins and ends: as many rows as fit, and at least one."""
    if sum(heights) <= height:
        return [(0, len(heights))]
    starts, used = [0], 0.0
    for index, needed in enumerate(heights):
        if used and used + needed > height - FOOT:
            starts.append(index)
            used = 0.0
        used += needed
    return list(zip(starts, [*starts[1:], len(heights)], strict=True))
