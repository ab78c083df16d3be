"""Renders Markdown to safe HTML in bounded time, whatever the text.

Three things ensure it. What Python-Markdown is very slow on (deep nesting, thousands of brackets in one
paragraph) is refused first, and shown as plain text. The parts of Python-Markdown that pass HTML through are
switched off, so that HTML is shown as text. And nh3 passes only what is on a short allowlist.
"""

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache

import nh3
from markupsafe import Markup, escape

from trainer.curriculum.limits import too_complex, too_dense
from trainer.curriculum.markdown import Findings, converted
from trainer.curriculum.model import Text
from trainer.curriculum.prepare import prepare

# Who types in an editor has a whole part read again for each change; nearly all of its texts are the same.
REMEMBERED, LONGEST_REMEMBERED = 2_000, 2_000

_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "a", "img", "blockquote", "h2", "h3", "h4", "hr", "code",
    "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"}, "img": {"src", "alt", "title"}, "th": {"align"}, "td": {"align"}, "ol": {"start"},
}  # fmt: skip
_IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
_ENDS = re.compile(r"</(?:p|li|h[2-4]|td|th|blockquote|pre)>|<br>")


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML, and what was found in its text; `refused` is why it was shown as plain text, not as Markdown.

    That is a line (from 0) and a Dutch clause.
    """

    html: Markup
    findings: Findings = field(default_factory=Findings)
    refused: tuple[int, str] | None = None


def render(markdown: str, base: str = "") -> Markup:
    """The HTML of a text. Image addresses start with `base`, such as `/programma/training/`."""
    return render_with_findings(markdown, base).html


def prose(markdown: str, base: str = "") -> Text:
    """A text of one or more paragraphs, in both forms."""
    rendered = render(markdown, base)
    return Text(rendered, plain(rendered))


def inline(markdown: str, base: str = "") -> Text:
    """A phrase or list item: emphasis and links, but never a paragraph of its own."""
    return (_inline if len(markdown) > LONGEST_REMEMBERED else _remembered_inline)(markdown, base)


def _inline(markdown: str, base: str) -> Text:
    text = " ".join(markdown.split())
    if too_dense(text):
        return Text(escape(text), text)
    try:
        unsafe, _ = converted(text, base, blocks=False)
    except RecursionError:
        return Text(escape(text), text)
    found = _clean(unsafe).removeprefix("<p>").removesuffix("</p>")
    return Text(Markup(found), plain(found))


def plain(rendered: str) -> str:
    """The plain text of HTML, on one line; of a picture its description."""
    # As a plain text: Markup would escape once more what is put into it.
    spaced = _ENDS.sub(lambda end: end[0] + " ", _IMAGE.sub(r" \1 ", str(rendered)))
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())


def render_with_findings(markdown: str, base: str = "") -> Rendered:
    """Like `render`, with the links and images of the text and what was too complex to render."""
    return (_rendered if len(markdown) > LONGEST_REMEMBERED else _remembered)(markdown, base)


def _rendered(markdown: str, base: str) -> Rendered:
    refused = too_complex(markdown)
    if refused is None:
        try:
            unsafe, findings = converted(prepare(markdown), base)
            return Rendered(Markup(_clean(unsafe)), findings)
        except RecursionError:
            refused = 0, "de tekst is te diep genest"
    return Rendered(Markup("<pre>{}</pre>").format(markdown), refused=refused)


_remembered, _remembered_inline = lru_cache(REMEMBERED)(_rendered), lru_cache(REMEMBERED)(_inline)


def _clean(unsafe: str) -> str:
    return nh3.clean(
        unsafe,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https", "mailto"},
        link_rel="noopener noreferrer",
    )
