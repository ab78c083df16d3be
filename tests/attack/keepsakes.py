"""What the group takes along, in the hands of somebody who was not there, and of somebody who was."""

import re

import requests

from tests.attack.stolen import none
from tests.attack.story import ADDRESS, BROWSER, EVALUATION, FLAP, GAME, LINE, STICKERS, VOTE, Story, ok
from tests.support.findings import Finding
from trainer.kinds.disclosure import MINIMUM

# One phone says no to the vote.
OFFERED, REFUSED, TITLE = (FLAP, LINE), VOTE, "Eens of oneens?"
PERSONAL = (STICKERS, GAME, EVALUATION)


def offering(story: Story) -> list[Finding]:
    """The trainer offers whatever can be offered; one phone says no to one step. Who it was shows nowhere."""
    for step in (*OFFERED, REFUSED):
        story.control.go("goto", step=step)
        story.control.go("share", step=step, to="yes")
    for phone in story.phones:
        phone.shows(TITLE)
    before = [len(phone.views) for phone in story.phones]
    for number, phone in enumerate(story.phones):
        ok(phone.send("sharing", step=REFUSED, said="ja " if number else "nee"))
        for step in OFFERED:
            ok(phone.send("sharing", step=step, said="ja "))
    heard = sum(len(phone.views) for phone in story.phones) - sum(before)
    asked = [story.control.command("share", step=step, to="yes") for step in PERSONAL]
    return [
        none("views that phones got of what others answered", heard),
        none("personal exercises and forms that can be shared", sum(answer["ok"] for answer in asked)),
    ]


def keepsakes(story: Story) -> list[Finding]:
    """The page of the group, read by a phone, and by strangers who have every address of the meeting."""
    link = f"{story.server.url}/m/{story.meeting}/gedeeld"
    strangers = [requests.Session(), story.trainer.session]
    read = [who.get(address, timeout=30).ok for who in strangers for address in (link, f"{link}.txt")]
    page, file = (story.phones[0].session.get(address, timeout=30).text for address in (link, f"{link}.txt"))
    written, counts = page + file, re.findall(r"^- .*: (\d+)$", file, re.MULTILINE)
    flap = [text for _, text in story.truth.texts[FLAP] if text in file]
    others = [text for step in PERSONAL for _, text in story.truth.texts[step]]
    keys = {phone.session.cookies.get(f"kwartier_gedeeld_{story.meeting}") for phone in story.phones}
    return [
        Finding("page of the group: texts on it", str(len(flap)), "over 0", bool(flap)),
        Finding("page of the group: keys of all phones", str(len(keys)), "1", len(keys - {None}) == 1),
        none("page of the group: strangers who read it", sum(read)),
        none(f"page of the group: counts from 1 to {MINIMUM - 1}", sum(0 < int(n) < MINIMUM for n in counts)),
        none("page of the group: texts of what is personal, or a form", sum(text in file for text in others)),
        none("page of the group: texts that are not kept", sum(text in written for text in story.truth.gone)),
        none("page of the group: steps that one phone said no to", written.count(TITLE)),
        none("page of the group: tokens, addresses, browsers",
             sum(word in written for word in (*story.truth.tokens, ADDRESS, BROWSER))),
    ]  # fmt: skip
