"""Puts drawings of programmes into pages, in the place of images that could not follow the theme."""

import html
import re
from functools import lru_cache
from pathlib import Path

from trainer.curriculum.drawing import Drawing
from trainer.curriculum.files import DRAWING_NAME, DRAWINGS, Missing, Unfit
from trainer.curriculum.parse import drawing_of

# More than all programmes have together.
REMEMBERED = 256
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_ADDRESS = re.compile(rf"/programma/([a-z0-9-]+)/{DRAWINGS}/({DRAWING_NAME.pattern})", re.ASCII)


class Drawings:
    """The drawings in a folder of programmes, each as it was when it was first shown."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._read = lru_cache(REMEMBERED)(self._find)

    def put_into(self, page: str) -> str:
        """`page` with every image of a drawing replaced by the drawing.

        The image of one that is gone, or is no drawing any more, stays an image.
        """
        return _IMAGE.sub(self._instead, page) if f"/{DRAWINGS}/" in page else page

    def _instead(self, image: re.Match[str]) -> str:
        attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(image[1])}
        address = _ADDRESS.fullmatch(attributes.get("src", ""))
        found = self._read(address[1], address[2]) if address else None
        return found.html(attributes.get("alt", "")) if found else image[0]

    def _find(self, programme: str, name: str) -> Drawing | None:
        try:
            return drawing_of(self._content, programme, name)
        except (Missing, Unfit):
            return None
