"""One word for one thing: finds the words that the table in docs/content-format.md ('Woorden') replaces.

    python tools/words.py

Prints each with its file and line, and what to write; exits with 1 when there is one.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACES = (
    "content/**/*.md", "trainer/kinds/**/*.md", "trainer/kinds/**/*.html", "templates/**/*.html",
    "docs/handleiding.md", "docs/handleiding/*.md", "docs/privacy.md", "docs/toegankelijkheid.md",
)  # fmt: skip
ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \|", re.MULTILINE)
BULLET = re.compile(r"^- (.+)$", re.MULTILINE)
# What nobody reads: sources, Jinja, tags, addresses and ids, in this order: Jinja in a tag may have a `>`.
UNREAD = (
    re.compile(r"^bronnen:.*\n(?:  .*\n)*", re.MULTILINE),
    re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL),
    re.compile(r"<[^>]*>|\]\([^)]*\)|\{#[^}]*\}"),
)


def rules(page: str) -> tuple[dict[str, str], list[str]]:
    """What to write for each word that is not used, and the texts in which it may stand."""
    section = page.partition("\n## Woorden\n")[2].partition("\n## ")[0]
    table, _, excepted = section.partition("\n### ")
    rows = ROW.findall(table)[2:]
    return {word: ours for ours, words in rows for word in words.split(", ")}, BULLET.findall(excepted)


def unused(text: str, words: dict[str, str], excepted: list[str]) -> Iterator[tuple[int, str, str]]:
    """Line, word and what to write for it, of each word in `text` that we do not use."""
    for pattern in UNREAD:
        text = pattern.sub(lambda found: "\n" * found[0].count("\n") or " ", text)
    for name in excepted:
        text = text.replace(name, "")
    for number, line in enumerate(text.split("\n"), start=1):
        for word, ours in words.items():
            exactly = 0 if word != word.lower() else re.IGNORECASE
            if re.search(rf"\b{re.escape(word)}(?:e?n|s|'s)?\b", line, exactly):
                yield number, word, ours


def main() -> int:
    words, excepted = rules((ROOT / "docs" / "content-format.md").read_text("utf-8"))
    if not words:
        print("docs/content-format.md: no table under '## Woorden'")
        return 1
    wrong = 0
    for place in PLACES:
        for path in sorted(ROOT.glob(place)):
            for line, word, ours in unused(path.read_text("utf-8"), words, excepted):
                print(f"{path.relative_to(ROOT)}:{line}: '{word}'; wij schrijven '{ours}'")
                wrong += 1
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
