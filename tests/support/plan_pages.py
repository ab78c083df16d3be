"""The page of a plan as a browser sees and sends it, with a script and without."""

import re
from html import unescape

from tests.support.site import Visitor

PLAN = "/beheer/trajecten/1/plan"
FRAGMENT = {"X-Kwartier-Fragment": "yes"}


def texts(page: str) -> dict[str, str]:
    """What stands in each field of a page."""
    found = re.findall(r'<textarea[^>]*name="t:([^"]+)"[^>]*>\n?([^<]*)</textarea>', page)
    return {key: unescape(text) for key, text in found}


def versions(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="s:([^"]+)" value="([^"]+)"', page))


def button(page: str, words: str) -> str:
    """What the first button that begins with these words sends."""
    found = re.search(rf'name="do" value="([^"]*)">{words}', page)
    assert found, words
    return found[1]


def form_of(page: str, **changed: str) -> dict[str, str]:
    """The whole form as a browser without a script sends it."""
    fields = {f"t:{key}": text for key, text in (texts(page) | changed).items()}
    return fields | {f"s:{key}": version for key, version in versions(page).items()}


def send(who: Visitor, page: str, do: str = "", **changed: str) -> str:
    """Sends the form of a page that was opened earlier; returns the page that follows."""
    data = {"csrf_token": who.token(PLAN), "do": do} | form_of(page, **changed)
    return who.client.post(PLAN, data=data, follow_redirects=True).text


def write(who: Visitor, key: str, text: str, seen: str, **more: str) -> str:
    """Sends one field, as a page that saves by itself does."""
    data = {"csrf_token": who.token(PLAN), f"t:{key}": text, f"s:{key}": seen} | more
    return who.client.post(PLAN, data=data, headers=FRAGMENT).text


def said(body: str, key: str) -> str:
    found = re.search(rf'data-key="{key}" data-said="([^"]*)"', body)
    return found[1] if found else ""
