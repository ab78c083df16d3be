"""Fields of the notebook in templates: which there are, and which of them could be sent."""

import re
from html.parser import HTMLParser

# Statements, expressions and comments of Jinja: what is between them is HTML.
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
# As a value of an attribute, so that a name that is made of an expression is not empty.
STAND_IN = "x"


class Marked(HTMLParser):
    """The elements that are marked `data-keep`, in `kept`; those that belong to a form are in `sent` too."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.kept: list[str] = []
        self.sent: list[str] = []
        self._forms = 0
        self.feed(JINJA.sub(STAND_IN, source))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._forms += 1
        if "data-keep" not in found:
            return
        self.kept.append(found["data-keep"] or "")
        if self._forms or "form" in found:
            self.sent.append(found["data-keep"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._forms -= 1
