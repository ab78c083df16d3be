"""What can be pressed and filled in on a fragment of HTML."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

# Of our own templates: every attribute stands between double quotes, and in text `<` is written `&lt;`. A
# parser that bears anything takes six times as long, which is half the time of the tests of the kinds.
START_TAG = re.compile(r'<([a-z][a-z0-9-]*)((?:\s+[a-zA-Z][\w:-]*(?:="[^"]*")?)*)\s*/?>')
ATTRIBUTE = re.compile(r'([a-zA-Z][\w:-]*)(?:="([^"]*)")?')


@dataclass
class Form:
    """A form as it stands in a fragment: its attributes, and the values that each field offers.

    `inputs` has, by name, the type of each input that people see, or else 'select' or 'textarea'.
    """

    attributes: dict[str, str]
    options: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    inputs: dict[str, str] = field(default_factory=dict)


def start_tags(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Tags that open an element, with their attributes. Raises ValueError where a `<` is no tag of ours."""
    found = list(START_TAG.finditer(html))
    if len(found) + html.count("</") != html.count("<"):
        raise ValueError(f"written in another way than our templates are: {html}")
    for tag in found:
        values = ATTRIBUTE.findall(tag[2])
        yield tag[1], {name.lower(): unescape(value) if "&" in value else value for name, value in values}


class Page:
    """What can be pressed and filled in on a fragment."""

    def __init__(self, html: str) -> None:
        self.forms: list[Form] = []
        self.buttons: list[dict[str, str]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        # The cards of a board, any of which can be chosen before a button with `data-picked` is pressed.
        self.cards: list[tuple[str, str]] = []
        self._select = ""
        for tag, attributes in start_tags(html):
            self._take(tag, attributes)

    def _take(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements.append((tag, attributes))
        if tag == "form":
            self.forms.append(Form(attributes))
        elif tag == "button" and "disabled" not in attributes:
            self.buttons.append(attributes)
        if "data-pick" in attributes:
            self.cards.append((attributes["value"], attributes["data-pick"]))
        if not self.forms or "data-pick" in attributes:
            return
        form, name = self.forms[-1], attributes.get("name", "")
        if tag in ("input", "select", "textarea") and attributes.get("type") != "hidden":
            form.inputs[name] = attributes.get("type", "text") if tag == "input" else tag
        if tag == "textarea" or (tag == "input" and attributes.get("type", "text") == "text"):
            form.texts[name] = int(attributes.get("maxlength", 1000))
            if "required" in attributes:
                form.required.add(name)
        elif "data-group-field" in attributes:
            # A page puts the number of its group there: here everybody is in the first one.
            form.options[name] = ["1"]
        elif tag == "input":
            form.options.setdefault(name, []).append(attributes.get("value", "on"))
        elif tag == "select":
            self._select = name
        elif tag == "option":
            form.options.setdefault(self._select, []).append(attributes.get("value", ""))

    def choices(self, button: Mapping[str, str]) -> list[tuple[str, ...]]:
        """The cards that can be chosen for a button: one, or as many as it wants; () when it wants none.

        Of many cards the first two and the last stand for all.
        """
        if "data-picked" not in button:
            return [()]
        fit = [card for card, status in self.cards if status != button.get("data-not")]
        some = fit if len(fit) < 4 else [*fit[:2], fit[-1]]
        least = int(button.get("data-least", 1))
        return [tuple(some[at : at + least]) for at in range(len(some) - least + 1)]


@lru_cache(maxsize=4096)
def read_page(html: str) -> Page:
    """The page of a fragment that is drawn again and again. Change nothing in it: others get the same."""
    return Page(html)
