"""The cookie that identifies a browser when people log in: a random number, and who logged in with it.

It is signed, so it cannot be forged. The server keeps only a count, in memory, of the wrong passwords entered
under its number.
"""

import secrets
from dataclasses import dataclass

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from trainer.cookies import BROWSER, Cookies

COOKIE_SECONDS = 365 * 24 * 3600
# For trainers who share a laptop.
MOST_LOGINS = 5


@dataclass(frozen=True, slots=True)
class Device:
    """A browser; `logins` are the accounts that logged in with it, or proved with a code it is theirs."""

    number: str
    logins: tuple[str, ...] = ()

    def with_login(self, login: str) -> "Device":
        """The device once this account has logged in on it; the account used longest ago may be forgotten."""
        others = tuple(one for one in self.logins if one != login)
        return Device(self.number, (login, *others)[:MOST_LOGINS])


def this_device() -> Device | None:
    """The browser that sent this request, if its cookie is valid."""
    try:
        number, *logins = _serializer().loads(_cookies().read(request.cookies, BROWSER))
    except (BadSignature, ValueError, TypeError):
        return None
    return Device(str(number), tuple(str(login) for login in logins))


def new_device() -> Device:
    """A device on which nobody has logged in yet."""
    return Device(secrets.token_urlsafe(12))


def keep(device: Device) -> Device:
    """Sets the cookie on the response to this request; returns `device`."""

    @after_this_request
    def give(response: Response) -> Response:
        value = str(_serializer().dumps([device.number, *device.logins]))
        _cookies().give(response, BROWSER, value, COOKIE_SECONDS)
        return response

    return device


def _cookies() -> Cookies:
    found: Cookies = current_app.extensions["kwartier"].cookies
    return found


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="kwartier-device")
