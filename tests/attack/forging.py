"""Another participant, who makes messages by hand: with ids, tokens and steps of others, for every role."""

import json
import re
import secrets
import uuid
from pathlib import Path
from typing import Any

from socketio.exceptions import ConnectionError as Refused

from tests.attack.stolen import Loot, none, steal
from tests.attack.story import STICKERS, Story
from tests.kinds.contract_paths import pressable
from tests.support.findings import Finding
from tests.support.pages import Page, Phone
from trainer import kinds
from trainer.live.commands import HANDLERS, SCREEN_COMMANDS
from trainer.sockets.protocol import SENDERS, Code, Event, Role

# What no page says; some servers let people into rooms by it.
ODD_EVENTS = ("join", "subscribe", "enter_room", "connect", "disconnect", "message", "explode")


def forging(story: Story) -> list[Finding]:
    """While 'Diagnose me!' is played: the exercise in which phones can do most."""
    mallory = Phone(story.server)
    mallory.connect()
    # A card lies open: somebody may say that it is theirs.
    story.control.go("do:open")
    before, printed = steal(story.server.folder), story.server.printed()
    found = _cells(story, mallory) + _commands(story)
    tries = _withdraw_all(mallory, before) + _post_as_others(mallory, before) + _act_as_others(story, mallory)
    tries += _make_noise(mallory)
    after = steal(story.server.folder)
    found += [
        Finding("forged withdrawals, posts and acts that were tried", str(tries), "over 50", tries > 50),
        none("forged: posts of others that are gone or differ", len(set(before.posts) - set(after.posts))),
        none(
            "forged: exercises that changed",
            sum(a != b for a, b in zip(_games(before), _games(after), strict=True)),
        ),
        none("forged: characters in what the server printed", len(story.server.printed()) - len(printed)),
        none("forged: connections as somebody else", _connect_as_others(story, mallory, after)),
        none("forged: unseen texts of others in what came back", _seen(story, mallory)),
    ]
    mallory.close()
    return found


def _cells(story: Story, mallory: Phone) -> list[Finding]:
    """Every event of the protocol from every role; who may send it says `SENDERS`, which the server obeys."""
    pages: dict[Role, Page] = {Role.PHONE: mallory, Role.CONTROL: story.control, Role.SCREEN: story.screen}
    wrong = 0
    for event in SENDERS:
        for role, page in pages.items():
            code = page.send(event, **_harmless()).get("code")
            wrong += (code == Code.FORBIDDEN) != (role not in SENDERS[event])
    number = len(SENDERS) * len(pages)
    return [none(f"events x roles ({number}): allowed and refused, or the other way round", wrong)]


def _harmless() -> dict[str, Any]:
    """A message for any event, that changes nothing where it is allowed."""
    return {
        "id": str(uuid.uuid4()), "step": "nergens", "item": "", "form": {},
        "name": "next", "args": {}, "version": 0,
    }  # fmt: skip


def _commands(story: Story) -> list[Finding]:
    """Every command that there is, of the meeting and of all kinds, from the page that may give a few."""
    names = set(HANDLERS) | {
        f"do:{command.name}"
        for kind in kinds.discover()
        for _, offered in pressable(kind)
        for command in offered
    }
    answers = {name: story.screen.send("command", version=0, name=name, args={}) for name in sorted(names)}
    obeyed = [name for name, answer in answers.items() if answer["code"] != Code.FORBIDDEN]
    wrong = set(obeyed) ^ (SCREEN_COMMANDS & names)
    return [none(f"commands from the screen ({len(names)}): more or fewer than a clicker needs", len(wrong))]


def _withdraw_all(mallory: Phone, loot: Loot) -> int:
    for step, _, _, post_id, _ in loot.posts:
        mallory.send("withdraw", step=step, id=post_id)
    return len(loot.posts)


def _post_as_others(mallory: Phone, loot: Loot) -> int:
    """The ids of others' posts, with the fields of what is theirs."""
    for step, item, _, post_id, payload in loot.posts:
        texts = {name: str(value) for name, value in (json.loads(payload) or {}).items()}
        mallory.post(step, item=item, post_id=post_id, **texts)
    return len(loot.posts)


def _act_as_others(story: Story, mallory: Phone) -> int:
    """Every act that a template of a kind offers, with the arguments that others' pages hold."""
    folder = Path(kinds.__file__).parent
    names = {
        name
        for path in folder.glob("*/*.html")
        for name in re.findall(r'data-act="([^"]+)"', path.read_text())
    }
    cards = [str(number) for number in range(1, len(story.phones) + 1)]
    tried = 0
    for name in sorted(names):
        for card in cards:
            step = mallory.place.partition("/")[0]
            mallory.send("act", step=step, name=name, args={"card": [card], "name": ["Mallory"]})
            tried += 1
    return tried


def _make_noise(mallory: Phone) -> int:
    for event in (*ODD_EVENTS, *(set(Event) - set(SENDERS))):
        wish = {"room": mallory.meeting, "meeting": mallory.meeting, "role": "control"}
        mallory.socket.emit(event, (wish, wish))
    # Once more into the same connection, now as a trainer.
    for role in (Role.CONTROL, Role.SCREEN):
        mallory.socket.eio.send("0" + json.dumps({"meeting": mallory.meeting, "role": role}))
    return len(ODD_EVENTS) + 2


def _games(loot: Loot) -> list[Any]:
    return [json.loads(state)["kinds"] if state else None for state in loot.states]


def _connect_as_others(story: Story, mallory: Phone, loot: Loot) -> int:
    """Cookies made of all that lies on the laptop, and trainers' pages with a phone's cookie."""
    words = [*loot.participants, *(author for _, _, author, _, _ in loot.posts), story.server.join_secret]
    words += [secrets.token_urlsafe(32) for _ in range(20)] + ["", "user:1", story.meeting]
    came_in = sum(_comes_in(mallory, word, Role.PHONE) for word in words)
    return came_in + sum(_comes_in(mallory, mallory.token, role) for role in (Role.CONTROL, Role.SCREEN))


def _comes_in(mallory: Phone, token: str, role: Role) -> bool:
    page = mallory.disguised(token, role)
    try:
        page.connect()
    except (Refused, AssertionError):
        return False
    page.close()
    return True


def _seen(story: Story, mallory: Phone) -> int:
    seen = json.dumps([mallory.views, mallory.owns])
    return sum(text in seen for _, text in story.truth.texts[STICKERS])
