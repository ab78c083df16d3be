"""Changes to what is under one heading, unit by unit: from a text to a text.

What is not changed stays as it was, byte for byte. Every function raises NoSuchPiece for a place that is not
there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from trainer.curriculum.editing import fresh_id
from trainer.curriculum.pieces import NoSuchPiece, ends_in, newline_of
from trainer.curriculum.units import Sort, Unit, groups_of, join, one_line, units_of


def filled(section: str, values: Mapping[int, str | Sequence[str]]) -> str:
    """The text with other values for some of its units, by their places.

    A text or a note that is made empty is taken out.
    """
    units, newline = units_of(section), newline_of(section)
    for at, value in values.items():
        if not 0 < at < len(units):
            raise NoSuchPiece(str(at))
        unit = units[at]
        new = unit.with_value(value) if isinstance(value, str) else unit.with_cells(value)
        units[at] = unit if new is unit else _ended(new, newline)
    for at in reversed(range(1, len(units))):
        if units[at].sort in (Sort.TEXT, Sort.NOTE) and not units[at].value.strip():
            units = _without(units, at, at + 1)
    return join(units)


def add_unit(section: str, after: int, sort: Sort, value: str = "") -> str:
    """Puts a new unit behind the one at a place. A list item gets an id when those beside it have one."""
    units = units_of(section)
    _check(units, after)
    new = _new(units, after, sort)
    new = new.with_value(value) if value else new
    return join(_with(units, after + 1, [new]))


def remove_unit(section: str, at: int) -> str:
    """Takes out the unit at a place."""
    units = units_of(section)
    _check(units, at)
    return join(_without(units, at, at + 1))


def move_unit(section: str, at: int, by: int) -> str:
    """Exchanges a list item or row with the next one (`by` is 1) or the one before (-1), if any."""
    units = units_of(section)
    _check(units, at)
    other = at + by
    if not 0 < other < len(units) or units[other].sort != units[at].sort:
        return section
    units[at], units[other] = (
        replace(units[other], gap=units[at].gap),
        replace(units[at], gap=units[other].gap),
    )
    return join(units)


def move_group(section: str, at: int, by: int) -> str:
    """Exchanges all under the title at place `at` with the next such group, or the one before it."""
    units = units_of(section)
    groups = groups_of(units)
    number = next((n for n, group in enumerate(groups) if group.start == at), None)
    if number is None:
        raise NoSuchPiece(str(at))
    if not 0 <= number + by < len(groups):
        return section
    first, second = sorted((groups[number], groups[number + by]), key=lambda group: group.start)
    upper, lower = units[first.start : first.stop], units[second.start : second.stop]
    upper[-1], lower[-1] = replace(upper[-1], gap=lower[-1].gap), replace(lower[-1], gap=upper[-1].gap)
    between = units[first.stop : second.start]
    return join([*units[: first.start], *lower, *between, *upper, *units[second.stop :]])


def add_group(section: str, after: int, title: str, inside: Sort, rule: bool) -> str:
    """Puts a new title with an empty text or list item under it behind the group of the title at `after`.

    With `rule` a line separates the two, as slides need.
    """
    units = units_of(section)
    group = next((group for group in groups_of(units) if group.start == after), range(after, after + 1))
    _check(units, group[-1])
    below = _new(units, group[-1], inside)
    new = [Unit(Sort.TITLE, f"#### {one_line(title)}", "\n\n"), below]
    return join(_with(units, group[-1] + 1, [*([Unit(Sort.RULE, "---", "\n\n")] if rule else []), *new]))


def remove_group(section: str, at: int) -> str:
    """Takes out the title at a place with all under it, and the line that separated it from another."""
    units = units_of(section)
    group = next((group for group in groups_of(units) if group.start == at), None)
    if group is None:
        raise NoSuchPiece(str(at))
    first, end = group.start, group.stop
    if units[first - 1].sort is Sort.RULE:
        first -= 1
    elif end < len(units) and units[end].sort is Sort.RULE:
        end += 1
    return join(_without(units, first, end))


def _with(units: Sequence[Unit], at: int, new: Sequence[Unit]) -> list[Unit]:
    """`new` put before the unit at a place; the last of it gets the white space that was there."""
    before, gap = units[at - 1], units[at - 1].gap
    listed = {before.sort, new[0].sort} <= {Sort.ITEM} or new[0].sort is Sort.ROW
    between = _between_items(units, at) if listed else "\n\n"
    if at < len(units) and ends_in(gap) < 2 and new[-1].sort is not units[at].sort:
        gap = "\n\n"
    newline = newline_of(join(units))
    between = newline.join(between.split("\n"))
    placed = [_ended(each, newline) for each in (*new[:-1], replace(new[-1], gap=gap))]
    return [*units[: at - 1], replace(before, gap=between), *placed, *units[at:]]


def _without(units: Sequence[Unit], first: int, end: int) -> list[Unit]:
    """Takes out units; the larger of the white space before and behind them stays."""
    before, behind = units[first - 1].gap, units[end - 1].gap
    gap = before if end < len(units) and ends_in(before) >= ends_in(behind) else behind.lstrip(" \t")
    return [*units[: first - 1], replace(units[first - 1], gap=gap), *units[end:]]


def _between_items(units: Sequence[Unit], at: int) -> str:
    """What stands between the list items around a place."""
    first = at - 1
    while units[first - 1].sort is units[at - 1].sort is Sort.ITEM:
        first -= 1
    pair = units[first : first + 2]
    return pair[0].gap if [each.sort for each in pair] == [Sort.ITEM] * 2 else "\n"


def _check(units: Sequence[Unit], at: int) -> None:
    if not 0 <= at < len(units):
        raise NoSuchPiece(str(at))


def _ids(units: Sequence[Unit]) -> set[str]:
    return {unit.id for unit in units} - {""}


def _new(units: Sequence[Unit], after: int, sort: Sort) -> Unit:
    match sort:
        case Sort.TITLE:
            return Unit(sort, "#### ")
        case Sort.ITEM:
            return Unit(sort, f"- {_fresh_suffix(units)}")
        case Sort.ROW:
            return _fresh_row(units, after)
        case Sort.NOTE:
            return Unit(sort, "> [!TRAINER]")
    return Unit(sort, "")


def _fresh_suffix(units: Sequence[Unit]) -> str:
    """An id for a list item, when other items have one too."""
    items = [unit for unit in units if unit.sort is Sort.ITEM]
    return f"{{#{fresh_id('veld', _ids(units))}}}" if any(unit.id for unit in items) else ""


def _fresh_row(units: Sequence[Unit], after: int) -> Unit:
    head = next((unit for unit in reversed(units[: after + 1]) if unit.sort is Sort.FIXED), None)
    if head is None:
        raise NoSuchPiece(str(after))
    names = replace(head, text=head.text.splitlines()[0]).cells
    taken = {unit.cells[0] for unit in units if unit.sort is Sort.ROW}
    return Unit(Sort.ROW, "|").with_cells(
        [fresh_id("vraag", taken) if name == "id" else "" for name in names]
    )


def _ended(unit: Unit, newline: str) -> Unit:
    """A unit that was written anew, with the ends of lines that the text has."""
    if newline == "\n":
        return unit
    text, gap = (newline.join(re.split("\r\n|\r|\n", each)) for each in (unit.text, unit.gap))
    return replace(unit, text=text, gap=gap)
