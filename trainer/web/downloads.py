"""Files that a page gives to keep: made in memory, named after what they are of, and left in no cache."""

import io
import re

from flask import Response, send_file

from trainer.store.log import Said, change


def stem_of(title: str) -> str:
    """A title as part of the name of a file; 'kwartier' when nothing of it can be."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "kwartier"


def as_file(content: bytes, mimetype: str, name: str, said: Said) -> Response:
    """The answer with a file of that name; `said` is what the log says of it, or why it says nothing."""
    change(lambda: None, said)
    response = send_file(io.BytesIO(content), mimetype=mimetype, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response
