"""Drawings: SVG files of a programme that become part of the page, so that they have its font and colours.

A programme may come from anybody, and what is in a page can do what the page can. So nothing of a file is
passed on: it is written anew from the elements, attributes and values listed here; anything else is refused.
A drawing has no colours but classes, which `static/css/base.css` gives the colours of the theme.
"""

import re
from dataclasses import dataclass
from xml.parsers import expat

from markupsafe import Markup, escape

MOST_BYTES = 20 * 1024
MOST_ELEMENTS = 400
DEEPEST = 12

SHAPES = frozenset({"g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"})
# For whoever opens the file itself; a page has its own style sheet and its own description.
_UNUSED = frozenset({"style", "title", "desc"})
COLOURS = (
    "ink", "soft", "paper", "raised", "line", "accent", "accent-soft", "accent-ink", "yellow", "yellow-ink",
    "blue", "blue-ink", "orange", "green", "pink", "purple", "red", "grey",
)  # fmt: skip
# For shapes with words on them: ink can be read on each, in both themes.
TINTS = ("sky", "leaf", "wood", "rose", "sea")
CLASSES = frozenset(f"{use}-{colour}" for use in "fs" for colour in COLOURS) | {f"f-{tint}" for tint in TINTS}

_NAMESPACE = "http://www.w3.org/2000/svg"
_NUMBER = r"-?\d{1,5}(?:\.\d{1,3})?"
_NUMBERS = rf"{_NUMBER}(?:[ ,]+{_NUMBER})*"
_MOVE = rf"(?:translate|rotate|scale)\({_NUMBERS}\)"
_VIEW_BOX = re.compile(r"0 0 ([1-9]\d{1,3}) ([1-9]\d{1,3})", re.ASCII)
_VALUES = {
    name: re.compile(pattern, re.ASCII)
    for names, pattern in (
        ("x y dx dy x1 y1 x2 y2 width height rx ry cx cy r stroke-width font-size", _NUMBER),
        ("points stroke-dasharray", rf"\s*{_NUMBERS}\s*"),
        ("d", r"[MmLlHhVvCcSsQqTtAaZz0-9,.\s-]+"),
        ("transform", rf"{_MOVE}(?: {_MOVE})*"),
        ("fill stroke", "none"),
        ("opacity", r"0|1|0?\.\d{1,3}"),
        ("stroke-linecap", "butt|round|square"),
        ("stroke-linejoin", "miter|round|bevel"),
        ("text-anchor", "start|middle|end"),
        ("font-weight", "400|700|normal|bold"),
    )
    for name in names.split()
}


class Undrawable(Exception):
    """A file that cannot be a drawing: the line of it where that shows, and a Dutch clause."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"{line}: {why}")
        self.line = line
        self.why = why


@dataclass(frozen=True, slots=True)
class Drawing:
    """A harmless drawing of `width` by `height` units; `inner` is the SVG inside its outermost element."""

    width: int
    height: int
    inner: Markup

    def html(self, description: str) -> Markup:
        """The drawing as part of a page, for a screen reader a picture with this description."""
        frame = Markup('<svg class="drawing" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>')
        return frame.format(self.width, self.height, description, self.inner)


def read_drawing(data: bytes) -> Drawing:
    """The drawing in an SVG file. Raises Undrawable at the first thing that a drawing may not have."""
    if len(data) > MOST_BYTES:
        raise Undrawable(1, f"een tekening is hooguit {MOST_BYTES // 1024} kB")
    return _Reader().read(data)


class _Reader:
    """Writes a drawing anew while the parser goes through the file."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        # Without a DOCTYPE no entity can be declared, and none can grow.
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._open: list[str] = []
        self._elements = 0
        self._size: tuple[int, int] = (0, 0)
        self._pieces: list[str] = []

    def read(self, data: bytes) -> Drawing:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            raise Undrawable(error.lineno, "dit is geen SVG") from error
        return Drawing(*self._size, Markup("".join(self._pieces)))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise self._fault(f"meer dan {MOST_ELEMENTS} vormen, of meer dan {DEEPEST} in elkaar")
        if not self._open:
            self._size = self._frame(name, attributes)
        elif not self._is_unused():
            if name in SHAPES:
                self._pieces.append(f"<{name}{self._checked(attributes)}>")
            elif name not in _UNUSED:
                raise self._fault(f"'{name}' kan niet in een tekening")
        self._open.append(name)

    def _end(self, name: str) -> None:
        self._open.pop()
        if self._open and name in SHAPES and not self._is_unused():
            self._pieces.append(f"</{name}>")

    def _text(self, text: str) -> None:
        if self._is_unused() or (self._open[-1] not in ("text", "tspan") and not text.strip()):
            return
        if self._open[-1] not in ("text", "tspan"):
            raise self._fault("tekst hoort in 'text'")
        self._pieces.append(escape(text))

    def _is_unused(self) -> bool:
        return not _UNUSED.isdisjoint(self._open)

    def _frame(self, name: str, attributes: dict[str, str]) -> tuple[int, int]:
        found = _VIEW_BOX.fullmatch(attributes.get("viewBox", ""))
        if name != "svg" or found is None or attributes != {"xmlns": _NAMESPACE, "viewBox": found[0]}:
            raise self._fault(f'een tekening begint met <svg xmlns="{_NAMESPACE}" viewBox="0 0 1200 640">')
        return int(found[1]), int(found[2])

    def _checked(self, attributes: dict[str, str]) -> str:
        for name, value in attributes.items():
            if name == "class":
                wrong = set(value.split()) - CLASSES
            else:
                pattern = _VALUES.get(name)
                wrong = set() if pattern and pattern.fullmatch(value) else {value}
            if wrong:
                raise self._fault(f"'{name}=\"{min(wrong)[:40]}\"' kan niet in een tekening")
        return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())

    def _refuse_doctype(self, *declared: object) -> None:
        raise self._fault("een tekening heeft geen DOCTYPE")

    def _fault(self, why: str) -> Undrawable:
        return Undrawable(self._parser.CurrentLineNumber, why)
