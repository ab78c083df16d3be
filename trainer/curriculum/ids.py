"""Ids, by which posts, addresses and files refer to things."""

import re
from pathlib import PurePosixPath

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 60
# Between the id of a step and that of a place; together at most 80 characters.
PLACE_MARK = "@"
LONGEST_PLACE = 19


def is_id(text: str) -> bool:
    """Is this an id: lower-case letters, digits and single hyphens between them, at most LONGEST long?"""
    return len(text) <= LONGEST and _ID.fullmatch(text) is not None


def part_id(path: str) -> str:
    """The id of a part: the name of its file without the extension."""
    return PurePosixPath(path.replace("\\", "/")).stem
