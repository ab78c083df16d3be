"""No form can put what somebody typed into a URL, and no browser may remember it.

One Jinja environment compiles all templates, ours and those of kinds, and this extension rewrites their
source first. So the rule also covers forms yet to be written, and adds no cost when a view is rendered. The
Content Security Policy (`trainer/web/security.py`) and `static/js/early.js` are the second line of defence.
"""

import re

from jinja2.ext import Extension

# A tag up to its `>`; a `>` inside an expression, a statement, a comment or a quoted value does not end it.
_INSIDE = r"""(?:\{\{.*?\}\}|\{%.*?%\}|\{\#.*?\#\}|"[^"]*"|'[^']*'|[^>"'])*"""
_TAG = re.compile(rf"<(form|input|textarea|select)\b({_INSIDE})>", re.IGNORECASE | re.DOTALL)
_METHOD = re.compile(r"""\bmethod\s*=\s*["']?(?:post|dialog)\b""", re.IGNORECASE)
_AUTOCOMPLETE = re.compile(r"\bautocomplete\s*=", re.IGNORECASE)


def private_forms(source: str) -> str:
    """The template source with every form made a POST, and autocomplete off wherever it is not set.

    Attributes are added in front: of two with the same name, browsers use the first.
    """
    return _TAG.sub(_private, source)


def _private(tag: re.Match[str]) -> str:
    name, inside = tag.groups()
    added = ""
    if name.lower() == "form" and not _METHOD.search(inside):
        added += ' method="post"'
    if not _AUTOCOMPLETE.search(inside):
        added += ' autocomplete="off"'
    return f"<{name}{added}{inside}>"


class PrivateForms(Extension):
    """Applies `private_forms` to every template of an environment."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return private_forms(source)
