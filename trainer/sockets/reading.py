"""Validates what browsers send: nothing is trusted until it has the form that our pages send."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from trainer.wire import MOST_FIELDS

LONGEST_NAME = 80
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class PostMessage(msgspec.Struct):
    """A post as phones send it. It is the most frequent message, so msgspec validates it while decoding.

    Unknown fields are skipped.
    """

    # A UUID. Its form is not checked: of an id only a digest is kept (`Posting.row_id`).
    id: Annotated[str, Meta(min_length=36, max_length=36)]
    step: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    item: Annotated[str, Meta(max_length=LONGEST_NAME)]
    form: Annotated[
        dict[str, Annotated[tuple[str, ...], Meta(max_length=MOST_FIELDS)]], Meta(max_length=MOST_FIELDS)
    ]


class Malformed(ValueError):
    """A message that is not what our pages send."""


def text(data: Any, name: str, empty: bool = False) -> str:
    """The short printable text in `data[name]`; `empty` allows ''. Raises Malformed for anything else."""
    value = data.get(name) if isinstance(data, Mapping) else None
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not (value or empty):
        raise Malformed(name)
    if not value.isprintable():
        # Our names are printable; a lone surrogate or a NUL would make the commit of a whole group fail.
        raise Malformed(name)
    return value


def uuid(data: Any, name: str) -> str:
    """The UUID in `data[name]`, made on a phone. Raises Malformed when it is anything else."""
    found = text(data, name)
    if UUID.fullmatch(found) is None:
        raise Malformed(name)
    return found


def fields(data: Any, name: str) -> dict[str, tuple[str, ...]]:
    """The form fields in `data[name]`: names with lists of texts, or a single text; empty when it is absent.

    Raises Malformed when they have another form, are too many, or cannot be encoded as UTF-8.
    """
    found = data.get(name, {}) if isinstance(data, Mapping) else None
    if not isinstance(found, Mapping) or len(found) > MOST_FIELDS:
        raise Malformed(name)
    fields: dict[str, tuple[str, ...]] = {}
    for field, values in found.items():
        values = [values] if isinstance(values, str) else values
        if not isinstance(values, list) or len(values) > MOST_FIELDS:
            raise Malformed(name)
        if not all(isinstance(value, str) for value in values):
            raise Malformed(name)
        try:
            "".join(values).encode()
        except UnicodeEncodeError as error:
            raise Malformed(name) from error
        fields[str(field)] = tuple(values)
    return fields
