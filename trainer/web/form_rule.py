"""No form can put what somebody typed into an address, and no browser may remember it.

Every template of ours and of every kind is compiled by one Jinja environment, and this extension changes
its source first. So the rule holds for a form that is written tomorrow, and rendering a view costs no more.
The Content Security Policy (`trainer/web/security.py`) and `static/js/early.js` stand behind it.
"""

import re

from jinja2.ext import Extension

# A tag up to its `>`: one inside an expression, a statement or a quoted value does not end it.
_INSIDE = r"""(?:\{\{.*?\}\}|\{%.*?%\}|\{\#.*?\#\}|"[^"]*"|'[^']*'|[^>"'])*"""
_TAG = re.compile(rf"<(form|input|textarea|select)\b({_INSIDE})>", re.IGNORECASE | re.DOTALL)
_METHOD = re.compile(r"""\bmethod\s*=\s*["']?(?:post|dialog)\b""", re.IGNORECASE)
_AUTOCOMPLETE = re.compile(r"\bautocomplete\s*=", re.IGNORECASE)


def private_forms(source: str) -> str:
    """A template in which every form is sent as a POST, and is not remembered unless it says so itself.

    What is added stands first: of two attributes with the same name browsers take the first.
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
    """Makes `private_forms` hold for every template of an environment."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return private_forms(source)
