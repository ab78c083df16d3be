"""Our cookies: what they are called, how a browser gets and loses them, and which of them are believed.

A page on another domain of the same site can plant a cookie that goes to ours too: then a phone takes
part, or somebody is logged in, as whoever planted it. Where Kwartier is reached over TLS, `__Host-` in the
name lets browsers refuse that (RFC 6265bis): such a cookie is Secure, for `/`, without Domain, and comes from
this host alone. Over plain HTTP there is no such name. There, one that comes twice is none: nobody can say
which is ours.
"""

from dataclasses import dataclass

from flask import Response as FlaskResponse
from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

PHONE, SESSION, BROWSER = "phone", "session", "browser"


def screen(meeting_id: str) -> str:
    """One browser may show the screens of several meetings."""
    return f"scherm_{meeting_id}"


def sent_once(sent: MultiDict[str, str], name: str) -> str:
    """The value of a cookie that came with a request; '' for none, and for two of that name."""
    values = sent.getlist(name)
    return values[0] if len(values) == 1 else ""


@dataclass(frozen=True, slots=True)
class Cookies:
    """The cookies of an installation; `secure` when it is reached over TLS."""

    secure: bool

    def name(self, what: str) -> str:
        return f"{'__Host-' if self.secure else ''}kwartier_{what}"

    def read(self, sent: MultiDict[str, str], what: str) -> str:
        return sent_once(sent, self.name(what))

    def give(self, response: Response | FlaskResponse, what: str, value: str, seconds: int) -> None:
        response.set_cookie(
            self.name(what),
            value,
            max_age=seconds,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self.secure or request.is_secure,
        )

    def take_back(self, response: Response | FlaskResponse, what: str) -> None:
        response.delete_cookie(
            self.name(what),
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self.secure or request.is_secure,
        )
