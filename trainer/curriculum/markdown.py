"""Python-Markdown as this format needs it: no HTML, no reference links, `---` is always a rule.

The links, images and overly dense paragraphs in a text are recorded in `Findings`.
"""

import html
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from trainer.curriculum.files import DRAWING_NAME, DRAWINGS, IMAGE_NAME
from trainer.curriculum.limits import too_dense

IMAGE = re.compile(rf"(?:\.\./)?(?:{IMAGE_NAME.pattern}|{DRAWINGS}/{DRAWING_NAME.pattern})", re.ASCII)
_LINK = re.compile(r"(?:https://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)


def allowed_link(address: str) -> bool:
    """May a text link to this address?"""
    return _LINK.fullmatch(address) is not None


@dataclass(frozen=True, slots=True)
class Findings:
    """What was in a text: link addresses, (source, alt) of images, paragraphs left unrendered."""

    links: Sequence[str] = ()
    images: Sequence[tuple[str, str]] = ()
    dense: Sequence[str] = ()


class Converter(Markdown):
    """Markdown to unsanitised HTML. Not reentrant: `convert` keeps state."""

    def __init__(self, *, blocks: bool) -> None:
        super().__init__(extensions=[TableExtension(use_align_attribute=True), SaneListExtension()])
        self.begin("")
        self.preprocessors.deregister("html_block")
        for name in ("html", "reference", "image_reference", "short_reference", "short_image_ref"):
            self.inlinePatterns.deregister(name)
        self.inlinePatterns.register(_Mail(_Mail.PATTERN, self), "automail", 110)
        processors = self.parser.blockprocessors
        # A line of --- separates slides; it must not turn the line above it into a heading.
        processors.deregister("setextheader")
        processors.deregister("reference")
        processors.register(_Headings(self.parser), "hashheader", 70)
        if not blocks:
            for name in ("empty", "indent", "code", "table", "hashheader", "hr", "olist", "ulist", "quote"):
                processors.deregister(name)
        # Before and after 'inline' (20), which turns the marks in a paragraph into elements.
        self.treeprocessors.register(_Guard(self), "guard", 25)
        self.treeprocessors.register(_Addresses(self), "addresses", 15)

    def begin(self, base: str) -> None:
        """Before a text whose images are at `base`."""
        self.base = base
        self.links: list[str] = []
        self.images: list[tuple[str, str]] = []
        self.dense: list[str] = []


def converted(text: str, base: str = "", *, blocks: bool = True) -> tuple[str, Findings]:
    """Unsanitised HTML of `text`, and its findings. Raises RecursionError when it is nested too deeply."""
    name = "blocks" if blocks else "inline"
    # Making a converter takes longer than using it, so each thread keeps one, unless a conversion failed.
    converter: Converter = getattr(_kept, name, None) or Converter(blocks=blocks)
    setattr(_kept, name, None)
    converter.reset()
    converter.begin(base)
    found = converter.convert(text)
    setattr(_kept, name, converter)
    return found, Findings(tuple(converter.links), tuple(converter.images), tuple(converter.dense))


_kept = threading.local()


class _Headings(HashHeaderProcessor):
    """Only `## `, `### ` and `#### `; any other '#' is an ordinary character."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{2,4})[ \t]+(?P<header>[^\n]*?)[ \t#]*(?:\n|$)")


class _Mail(InlineProcessor):
    """`<naam@voorbeeld.nl>`. Python-Markdown's own pattern spells the address in entities, which is slow."""

    PATTERN = r"<([\w.+-]{1,64}@[\w-][\w.-]{0,190})>"

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        link = Element("a", {"href": f"mailto:{m[1]}"})
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


class _Guard(Treeprocessor):
    """Leaves paragraphs alone that Python-Markdown would take very long to search."""

    md: Converter

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("text", "tail"):
                text = getattr(element, name)
                if text and not isinstance(text, AtomicString) and too_dense(text):
                    setattr(element, name, AtomicString(text))
                    self.md.dense.append(text)


class _Addresses(Treeprocessor):
    """Records every link and image, removes addresses that are not allowed, and resolves those of images."""

    md: Converter

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "a":
                address = _shown(element.get("href", ""))
                self.md.links.append(address)
                if not allowed_link(address):
                    element.attrib.pop("href", None)
            elif element.tag == "img":
                source, alt = _shown(element.get("src", "")), element.get("alt", "")
                self.md.images.append((source, alt))
                if IMAGE.fullmatch(source):
                    element.set("src", self.md.base + source.removeprefix("../"))
                else:
                    element.attrib.pop("src", None)


def _shown(address: str) -> str:
    """An address without Python-Markdown's placeholders for escaped characters and '&'."""
    address = address.replace("\x02amp\x03", "&")
    return html.unescape(re.sub("\x02([0-9]{1,3})\x03", lambda mark: chr(int(mark[1])), address))
