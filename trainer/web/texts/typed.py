"""What somebody typed on a page of the editor, as a text: fields of a step, or the whole of it."""

import json
from collections.abc import Mapping

from flask import request

from trainer.curriculum.editing import (
    BadEdit,
    section,
    set_minutes,
    set_setting,
    set_title,
    with_section,
)
from trainer.curriculum.filling import filled
from trainer.curriculum.pieces import NoSuchPiece
from trainer.curriculum.units import Sort, units_of
from trainer.web.sent import LONGEST_MARKDOWN, all_typed
from trainer.web.texts.editing import Desk

# In front of a section, so that it is read as a part.
AROUND = "---\n---\n"


def typed_text(desk: Desk) -> str:
    """The whole text as it would be with what was typed; what was saved when nothing was.

    What cannot be written down is left as it was.
    """
    if request.method == "POST" and "tekst" in all_typed():
        return all_typed()["tekst"]
    step = all_typed().get("stap", "") or request.args.get("stap", "")
    if request.method == "POST" and "basis" in all_typed():
        try:
            return with_section(desk.source, step, typed_section(desk, step))
        except (BadEdit, NoSuchPiece):
            return desk.source
    return desk.source


def typed_section(desk: Desk, id_: str) -> str:
    """A heading and what is under it, with what was typed into its fields.

    Raises BadEdit for what cannot be written down, and NoSuchPiece.
    """
    # The changes of headings are those of a whole text. Somebody may have typed another heading below it.
    whole = AROUND + typed_fields(desk, id_)
    whole = set_title(whole, id_, all_typed().get("titel", ""))
    whole = set_minutes(whole, id_, _minutes(all_typed().get("minuten", "")))
    for name, value in all_typed().items():
        if name.startswith("instelling-"):
            whole = set_setting(whole, id_, name.removeprefix("instelling-"), value.strip() or None)
    return whole.removeprefix(AROUND)


def typed_fields(desk: Desk, id_: str) -> str:
    """The same without title, minutes and settings: these stay as they were."""
    text = basis_of(desk, id_)
    return filled(text, _values(text))


def basis_of(desk: Desk, id_: str) -> str:
    """The section that the fields were made of: not saved yet, when somebody added a field to it."""
    try:
        sent = json.loads(all_typed().get("basis", ""))
    except ValueError:
        sent = None
    return sent[:LONGEST_MARKDOWN] if isinstance(sent, str) and sent else section(desk.source, id_)


def _values(text: str) -> Mapping[int, str | list[str]]:
    found: dict[int, str | list[str]] = {}
    for at, unit in enumerate(units_of(text)):
        if unit.sort is Sort.ROW:
            cells = [all_typed().get(f"u{at}.{column}", cell) for column, cell in enumerate(unit.cells)]
            found[at] = cells
        elif f"u{at}" in all_typed():
            found[at] = all_typed()[f"u{at}"]
    return found


def _minutes(text: str) -> int | None:
    wanted = text.strip()
    if not wanted:
        return None
    if not (wanted.isascii() and wanted.isdigit() and 0 < int(wanted[:5]) < 1000):
        raise BadEdit("Vul bij de minuten een heel getal in, zoals 15.")
    return int(wanted)
