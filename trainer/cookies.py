"""Our cookies: their names, how they are set and deleted, and which of them are trusted.

A page on a sibling domain can plant a cookie that is sent to ours too: then a phone takes part, or somebody
is logged in, as whoever planted it. Over TLS, the `__Host-` prefix makes browsers refuse that (RFC 6265bis):
such a cookie must be Secure, have path `/` and no Domain, and be set by this host. Browsers offer no such
prefix over plain HTTP. A cookie that is sent twice is therefore ignored: nobody can tell which is ours.
"""

from dataclasses import dataclass

from flask import Response as FlaskResponse
from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

PHONE, SESSION, BROWSER = "phone", "session", "browser"


def screen(meeting_id: str) -> str:
    """The cookie of a screen: one per meeting, since one browser may show screens of several."""
    return f"scherm_{meeting_id}"


def shared(meeting_id: str) -> str:
    """The cookie with which phones read what their meeting shared: it has the same value for all of them."""
    return f"gedeeld_{meeting_id}"


def plan(course_id: int) -> str:
    """The cookie of whoever fills in a plan without an account: one per course."""
    return f"plan_{course_id}"


def sent_once(sent: MultiDict[str, str], name: str) -> str:
    """The value of a cookie in a request; '' when it is absent or was sent more than once."""
    values = sent.getlist(name)
    return values[0] if len(values) == 1 else ""


@dataclass(frozen=True, slots=True)
class Cookies:
    """The cookies of an installation; `secure` means that it is reached over TLS."""

    secure: bool

    def name(self, what: str) -> str:
        """The name of a cookie; over HTTPS its prefix keeps every other host from setting it."""
        return f"{'__Host-' if self.secure else ''}kwartier_{what}"

    def read(self, sent: MultiDict[str, str], what: str) -> str:
        """The value of a cookie; '' when it is missing, or was sent twice."""
        return sent_once(sent, self.name(what))

    def give(self, response: Response | FlaskResponse, what: str, value: str, seconds: int) -> None:
        """Sets a cookie that no script can read, for so many seconds."""
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
        """Makes the browser drop a cookie."""
        response.delete_cookie(
            self.name(what),
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self.secure or request.is_secure,
        )
