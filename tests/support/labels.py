"""What stands on the screens of Kwartier: every label and sentence of its templates, programs and scripts."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.support.sources import PROGRAM, ROOT

# What is filled in when a page is made, and where one text ends and another begins.
HOLE, CUT = "\0", "\1"
SCRIPTS = ("static/js/*.js", "trainer/kinds/*/*.js")
PAGES = ("templates/**/*.html", "trainer/kinds/**/*.html")
QUOTED = re.compile(r"""(?P<q>['"])((?:(?!(?P=q))[^\\\n]|\\.)+)(?P=q)""")
HIDDEN = re.compile(r'<span class="visually-hidden">.*?</span>', re.DOTALL)


def is_on_screen(label: str) -> bool:
    """Whether a page can show exactly this, as a text of its own or as a sentence of one."""
    label = _plain(label)
    exactly, filled = _texts()
    return label in exactly or any(pattern.fullmatch(label) for pattern in filled)


@cache
def _texts() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The texts that are always the same, and those in which something is filled in."""
    said = {_plain(part) for text in _said() for part in (text, *re.split(r"(?<=[.?!:])\s+", text))}
    filled = [text for text in said if HOLE in text and re.match(r"\w{3}", text)]
    patterns = (".+".join(re.escape(piece) for piece in text.split(HOLE)) for text in filled)
    return frozenset(said - set(filled) - {""}), tuple(map(re.compile, patterns))


def _plain(text: str) -> str:
    return " ".join(text.split()).lstrip(f"{HOLE} ").rstrip(" .:?!,")


def _said() -> Iterator[str]:
    for place in PAGES:
        for path in ROOT.glob(place):
            yield from _of_a_page(path.read_text("utf-8"))
    for place in SCRIPTS:
        for path in ROOT.glob(place):
            yield from (text for _, text in QUOTED.findall(path.read_text("utf-8")))
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield _of_a_program(node)


def _of_a_page(text: str) -> Iterator[str]:
    text = HIDDEN.sub(CUT, re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL))
    for jinja in re.findall(r"\{[{%].*?[%}]\}", text, re.DOTALL):
        yield from (said for _, said in QUOTED.findall(jinja))
    text = re.sub(r"\{\{.*?\}\}", HOLE, text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|<[^>]*>", CUT, text, flags=re.DOTALL)
    yield from text.replace("&middot;", CUT).split(CUT)


def _of_a_program(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else HOLE for each in node.values)
    return ""
