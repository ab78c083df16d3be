"""What a form sent: the only place where pages read it, so that all of it is cleaned."""

import re

from flask import g, request
from werkzeug.datastructures import MultiDict

from trainer.curriculum.source import ODD
from trainer.kinds.text import clean

LONGEST_LINE = 1000
# Ample for a part: `library.versions` refuses more than a file may have.
LONGEST_MARKDOWN = 300_000
_UNSEEN = re.compile(f"{ODD.pattern}|[\u200b\u2060]")


def typed(name: str) -> str:
    """The cleaned value of a field on a page that has no `Form`: one line."""
    return clean_line(request.form.get(name, ""))


def all_typed() -> MultiDict[str, str]:
    """All fields of a form on which Markdown is typed; nothing when no form was sent.

    Spaces and lines are as they were typed; what cannot be seen, or turns text around, is gone.
    """
    if "typed" not in g:
        g.typed = MultiDict([(name, _markdown(raw)) for name, raw in request.form.items(multi=True)])
    found: MultiDict[str, str] = g.typed
    return found


def clean_line(raw: str) -> str:
    """One line of visible text, of at most LONGEST_LINE characters."""
    # Anything longer is refused anyway; cut it first so that cleaning it costs no time.
    return clean(raw[:LONGEST_LINE])


def _markdown(raw: str) -> str:
    # A browser ends lines in two characters.
    text = raw[:LONGEST_MARKDOWN].replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", text)
