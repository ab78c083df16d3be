"""The names that browser and server share. `static/js/protocol.gen.js` is generated from this module."""

import json
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from trainer.curriculum.ids import LONGEST_PLACE
from trainer.live.audience import Role

GENERATED = Path("static/js/protocol.gen.js")


class Event(StrEnum):
    """What messages are called, in both directions."""

    VIEW = "view"
    OWN = "own"
    POST = "post"
    WITHDRAW = "withdraw"
    ACT = "act"
    SHARING = "sharing"
    COMMAND = "command"
    ENTER = "enter"
    SCREENS = "screens"
    DOOR = "door"
    HELLO = "hello"
    ENDED = "ended"


# Who may send what to the server. `view`, `own` and `ended` are not here: only the server sends those.
SENDERS: Mapping[Event, frozenset[Role]] = {
    Event.HELLO: frozenset(Role),
    Event.POST: frozenset({Role.PHONE}),
    Event.WITHDRAW: frozenset({Role.PHONE}),
    Event.ACT: frozenset({Role.PHONE}),
    Event.SHARING: frozenset({Role.PHONE}),
    Event.COMMAND: frozenset({Role.CONTROL, Role.SCREEN}),
    Event.ENTER: frozenset({Role.CONTROL}),
    Event.SCREENS: frozenset({Role.CONTROL}),
    Event.DOOR: frozenset({Role.CONTROL}),
}


class Code(StrEnum):
    """Why a request was refused. Kinds add codes of their own; the message is for people."""

    STALE = "stale"
    LATE = "late"
    TOO_FAST = "too-fast"
    NOT_SAVED = "not-saved"
    FORBIDDEN = "forbidden"
    MALFORMED = "malformed"


class Refusal(StrEnum):
    """Why a page may not connect, and need not retry: its meeting is not open, or the phone is not in it."""

    UNKNOWN = "unknown meeting"
    NOT_JOINED = "not joined"


# Codes after which the same message may be retried unchanged.
RETRY = (Code.TOO_FAST, Code.NOT_SAVED)


def javascript() -> str:
    """The source of the generated module."""
    lines = ["// Generated from trainer/sockets/protocol.py by `make generate`. Do not edit.", ""]
    for name, values in (("EVENTS", Event), ("REFUSALS", Refusal)):
        table = {member.name: member.value for member in values}
        lines += [f"export const {name} = Object.freeze({json.dumps(table, indent=2)});", ""]
    lines += [f"export const LONGEST_PLACE = {LONGEST_PLACE};", ""]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Writes the generated module, or with `--check` only checks that it is up to date."""
    if "--check" not in arguments:
        GENERATED.write_text(javascript(), encoding="utf-8")
        return 0
    if GENERATED.read_text(encoding="utf-8") == javascript():
        return 0
    sys.stderr.write(f"{GENERATED} is out of date: run `make generate`\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
