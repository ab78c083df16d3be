"""What the browser of a participant does."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HERE = {"Origin": "http://localhost"}


def send(browser: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Sends the form that is on the page at `path`."""
    return browser.post(path, data=fields, headers=HERE)


def token_of(browser: FlaskClient) -> str:
    cookie = browser.get_cookie("kwartier_phone")
    return cookie.value if cookie else ""
