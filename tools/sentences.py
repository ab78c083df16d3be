"""Short sentences: finds those with more words than somebody who reads with difficulty can hold.

    python tools/sentences.py

What participants read, on a phone, on the screen or on paper, has at most 14 words in a sentence; what only
trainers, organisers and operators read at most 20. Prints each longer one with its file and line; exits with
1 when there is one.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHORT, LOOSE = 14, 20
PLACES = (
    ("content/**/*.md", SHORT), ("trainer/kinds/*/*.md", LOOSE), ("templates/**/*.html", SHORT),
    ("trainer/kinds/*/*.html", SHORT), ("trainer/kinds/**/*.py", SHORT), ("trainer/kinds/*/*.js", SHORT),
    ("static/js/*.js", SHORT), ("docs/privacy.md", SHORT), ("docs/toegankelijkheid.md", SHORT),
    ("docs/handleiding.md", SHORT), ("docs/handleiding/*.md", SHORT),
)  # fmt: skip
# What no participant sees.
TRAINERS = re.compile(
    r"templates/(auth|organiser)/|templates/live/(control|help|no_trainer)|/control\.html$|/problems\.py$"
    r"|static/js/(control|commands|account|devices)\w*\.js$"
)
NOTE = re.compile(r"^> \[!TRAINER\].*\n(?:>.*\n)*", re.MULTILINE)
INLINE = "a|abbr|b|code|em|i|kbd|small|span|strong|sub|sup"
WORD = re.compile(r"\w+(?:['’./-]\w+)*")
END = re.compile(r"(?<=[.!?…])['’\")\]]*\s+")
SAID = re.compile(r"""(?P<q>['"])(?P<text>(?:(?!(?P=q))[^\\\n]|\\.)*)(?P=q)""")
# Where one text ends and another begins, although no sentence does.
CUT = "\0"


def blank(found: re.Match[str]) -> str:
    """Nothing, on as many lines."""
    return "\n" * found[0].count("\n") or " "


def cut(found: re.Match[str]) -> str:
    """Another text from here on, after as many lines."""
    return CUT + "\n" * found[0].count("\n")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The line and the words of each sentence in a plain text."""
    line = 1
    for part in text.split(CUT):
        at = 0
        for end in [*(found.end() for found in END.finditer(part)), len(part)]:
            sentence = part[at:end]
            before = len(sentence) - len(sentence.lstrip())
            yield line + part[: at + before].count("\n"), " ".join(sentence.split())
            at = end
        line += part.count("\n")


def markdown(text: str) -> tuple[str, str]:
    """What everybody reads of a Markdown text, and the notes for trainers in it."""
    text = re.sub(r"\A---\n.*?\n---\n|^```.*?^```|<!--.*?-->", blank, text, flags=re.DOTALL | re.MULTILINE)
    notes = "".join(found if NOTE.match(found) else "\n" * found.count("\n") for found in _split(text))
    return _plain(NOTE.sub(blank_lines, text)), _plain(re.sub(r"^> ?(\[!TRAINER\])?", "", notes, flags=re.M))


def blank_lines(found: re.Match[str]) -> str:
    """Nothing, on as many lines."""
    return "\n" * found[0].count("\n")


def _split(text: str) -> list[str]:
    at, parts = 0, []
    for found in NOTE.finditer(text):
        parts += [text[at : found.start()], found[0]]
        at = found.end()
    return [*parts, text[at:]]


def _plain(text: str) -> str:
    text = re.sub(r"\{[#.][^}]*\}", " ", text)
    text = re.sub(r"\\_|[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}", "", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", " ", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^(\s*)(?:[-*+]|\d+\.|#+|>) ", CUT + r"\1", text, flags=re.MULTILINE)
    # The cells of a table, and the answers in one.
    text = re.sub(r"^\|.*$", lambda row: re.sub(r"[|;]", CUT, row[0]), text, flags=re.MULTILINE)
    return re.sub(r"\n(?=\s*\n)", "\n" + CUT, text)


def template(text: str) -> str:
    """What a page says: of each choice that a template makes the longest, and what its macros are told."""
    text = re.sub(r"\{#.*?#\}|<!--.*?-->", blank, text, flags=re.DOTALL)
    told = CUT.join(
        found["text"] for found in SAID.finditer(" ".join(re.findall(r"\{\{.*?\}\}", text, re.S)))
    )
    text = re.sub(r"\{\{.*?\}\}", lambda found: "x" + "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    text = re.sub(r"<(style|script)\b.*?</\1>", blank, text, flags=re.DOTALL)
    text = _chosen(text)
    text = re.sub(r"\{%.*?%\}", blank, text, flags=re.DOTALL)
    asked = CUT.join(re.findall(r'data-confirm="([^"]*)"', text))
    text = re.sub(rf"</?(?:{INLINE})\b[^>]*>", lambda found: "\n" * found[0].count("\n"), text)
    text = re.sub(r"<[^>]*>", cut, text, flags=re.DOTALL)
    return CUT.join((text, told, asked))


def _chosen(text: str) -> str:
    """The longest way through each `if`, from the inside out; the lines stay."""
    inner = re.compile(r"\{%-?\s*if\b(?:(?!\{%-?\s*(?:if|endif)\b).)*?\{%-?\s*endif\s*-?%\}", re.DOTALL)
    while found := inner.search(text):
        ways = re.split(r"\{%-?\s*(?:if\b.*?|elif\b.*?|else|endif)\s*-?%\}", found[0], flags=re.DOTALL)
        longest = max(range(len(ways)), key=lambda place: len(WORD.findall(ways[place])))
        kept = [way if place == longest else "\n" * way.count("\n") for place, way in enumerate(ways)]
        lost = found[0].count("\n") - sum(way.count("\n") for way in kept)
        text = text[: found.start()] + "".join(kept) + "\n" * lost + text[found.end() :]
    return text


def python(text: str) -> str:
    """What a kind says in Dutch: strings that are a sentence, without docstrings and messages for authors."""
    tree = ast.parse(text)
    silent = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    lines = [""] * (text.count("\n") + 1)
    for node in ast.walk(tree):
        said = _said(node) if id(node) not in silent else ""
        # Messages for authors begin with a small letter, names and settings have no end.
        if said[:1].isupper() and said[-1:] in ".?!":
            lines[node.lineno - 1] += CUT + " ".join(said.split())
    return (CUT + "\n").join(lines)


def _said(node: ast.AST) -> str:
    """The string that this part of a program is; what is filled in counts as one word."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_said(each) if isinstance(each, ast.Constant) else "x" for each in node.values)
    return ""


def script(text: str) -> str:
    """What a script says: its strings that are a sentence, also when they are put together from several."""
    text = re.sub(r"^\s*(//|/?\*).*$", "", text, flags=re.MULTILINE)
    # A break that no string has stands for the line ends between its pieces.
    text = re.sub(r'"\s*\+\s*"', lambda found: "\v" * found[0].count("\n"), text)
    lines = []
    for line in text.split("\n"):
        said = [
            found["text"].replace("\v", "") for found in SAID.finditer(line) if found["text"][-1:] in ".?!"
        ]
        lines.append(CUT.join(said) + "\n" * line.count("\v"))
    return (CUT + "\n").join(lines)


def texts(path: Path, most: int) -> Iterator[tuple[str, int]]:
    """The plain texts of a file, each with the most words that a sentence in it may have."""
    name, text = str(path.relative_to(ROOT)), path.read_text("utf-8")
    most = LOOSE if TRAINERS.search(name) else most
    match path.suffix:
        case ".md":
            everybody, notes = markdown(text)
            yield everybody, most
            yield notes, LOOSE
        case ".html":
            yield template(text), most
        case ".py":
            yield python(text), most
        case _:
            yield script(text), most


def main() -> int:
    """Prints what is too long; 1 when anything is."""
    wrong = 0
    for place, usual in PLACES:
        for path in sorted(ROOT.glob(place)):
            if "tests" in path.parts:
                continue
            for text, most in texts(path, usual):
                for line, sentence in sentences(text):
                    words = len(WORD.findall(sentence))
                    if words > most:
                        print(
                            f"{path.relative_to(ROOT)}:{line}: {words} woorden, hoogstens {most}: {sentence}"
                        )
                        wrong += 1
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
