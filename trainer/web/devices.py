"""The cookie by which a browser is known where people log in: a random number, and who logged in with it.

It is signed, so that nobody can make one. The server keeps nothing of it but, in memory, how often its number
was used with a wrong password.
"""

import secrets
from dataclasses import dataclass

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from trainer.cookies import BROWSER, Cookies

COOKIE_SECONDS = 365 * 24 * 3600
# Trainers who share a laptop.
MOST_LOGINS = 5


@dataclass(frozen=True, slots=True)
class Device:
    """A browser; `logins` are the accounts that logged in with it, or proved by a code that it is theirs."""

    number: str
    logins: tuple[str, ...] = ()

    def with_login(self, login: str) -> "Device":
        others = tuple(one for one in self.logins if one != login)
        return Device(self.number, (login, *others)[:MOST_LOGINS])


def this_device() -> Device | None:
    """The browser that asks, if it was given a number before."""
    try:
        number, *logins = _serializer().loads(_cookies().read(request.cookies, BROWSER))
    except (BadSignature, ValueError, TypeError):
        return None
    return Device(str(number), tuple(str(login) for login in logins))


def new_device() -> Device:
    return Device(secrets.token_urlsafe(12))


def keep(device: Device) -> Device:
    """Lets the answer to this request give the browser its cookie."""

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
