"""A programme as plain values, for JSON."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from markupsafe import Markup

from trainer.curriculum.model import Block, Part, Programme, Step, Text
from trainer.curriculum.render import plain


def outline(programme: Programme) -> dict[str, Any]:
    """`{id, title, parts: [{id, title, minutes, blocks: [...]}]}`; texts in `settings` are plain."""
    return {"id": programme.id, "title": programme.title, "parts": [_part(part) for part in programme.parts]}


def _part(part: Part) -> dict[str, Any]:
    blocks = [_block(block) for block in part.blocks]
    return {"id": part.id, "title": part.title, "minutes": part.minutes, "blocks": blocks}


def _block(block: Block) -> dict[str, Any]:
    steps = [_step(step) for step in block.steps]
    return {"id": block.id, "title": block.title, "minutes": block.minutes, "steps": steps}


def _step(step: Step) -> dict[str, Any]:
    settings = _value(step.settings) if step.settings is not None else {}
    return {
        "id": step.id,
        "title": step.title,
        "kind": step.kind,
        "option": step.option,
        "settings": settings,
    }


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Text):
        return value.plain
    if isinstance(value, Markup):
        return plain(value)
    if is_dataclass(value) and not isinstance(value, type):
        # A setting is keyed by its name on the heading, material by its field name.
        names = {field.name: field.metadata.get("name", field.name) for field in fields(value)}
        return {names[name]: _value(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): _value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    return str(value)
