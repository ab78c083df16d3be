"""What trainers' notes say under a label, such as 'Klaarleggen' and 'Wie', taken from their HTML.

The notes were rendered and cleaned by `trainer/curriculum/render.py`, so the HTML has few shapes: a label is
the bold beginning of a paragraph, and ends in a colon. A list right below a label belongs to it.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from markupsafe import Markup

READY, WHO, LATER, NO_PHONES = "Klaarleggen", "Wie", "Straks nodig", "Zonder telefoons"
_LABELLED = re.compile(
    r"<p><strong>(?P<label>[^<:]{1,60}):</strong>\s*(?P<text>.*?)</p>"
    r"(?:\s*(?P<list><ul>(?:(?!</?[uo]l>).)*</ul>))?\s*",
    re.DOTALL,
)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """What stands under a label: a text and the items of the list below it, as HTML."""

    label: str
    text: Markup
    items: tuple[Markup, ...] = ()

    @property
    def html(self) -> Markup:
        """All of it as one phrase."""
        return Markup(", ").join(filter(None, (self.text, *self.items)))


def said(notes: str, label: str) -> Iterator[Said]:
    """Everything under labels that begin with `label`, in order."""
    for found in _LABELLED.finditer(notes):
        if found["label"].startswith(label):
            items = tuple(Markup(item.strip()) for item in _ITEM.findall(found["list"] or ""))
            yield Said(found["label"], Markup(found["text"].strip()), items)


def without(notes: str, labels: Collection[str]) -> Markup:
    """The notes without what stands under labels that begin with one of `labels`."""

    def keep(found: re.Match[str]) -> str:
        return "" if found["label"].startswith(tuple(labels)) else found[0]

    return Markup(_LABELLED.sub(keep, notes))
