"""Every event that a browser sends, who may send it, and a message of each as our pages send it."""

import uuid
from typing import Any

from trainer.sockets.protocol import Event, Role

FLAP = "wat-brengt-ervaring"
# Every event that a browser sends, and the roles that may send it.
ALLOWED = {
    Event.POST: {Role.PHONE},
    Event.WITHDRAW: {Role.PHONE},
    Event.ACT: {Role.PHONE},
    Event.SHARING: {Role.PHONE},
    Event.COMMAND: {Role.CONTROL, Role.SCREEN},
    Event.ENTER: {Role.CONTROL},
    Event.DOOR: {Role.CONTROL},
    Event.HELLO: {Role.PHONE, Role.CONTROL, Role.SCREEN},
    Event.SCREENS: {Role.CONTROL},
}
OLD = 0


def message(event: Event) -> dict[str, Any]:
    """A message as our pages send it."""
    return {
        Event.POST: {"id": str(uuid.uuid4()), "step": FLAP, "item": "", "form": {"text": ["moed"]}},
        Event.WITHDRAW: {"step": FLAP, "id": str(uuid.uuid4())},
        Event.ACT: {"step": FLAP, "name": "open", "args": {}},
        Event.SHARING: {"step": FLAP, "said": "nee"},
        Event.COMMAND: {"version": OLD, "name": "next", "args": {}},
        Event.ENTER: {"step": FLAP, "item": "", "form": {"text": ["van papier"]}},
        Event.DOOR: {"name": "admit", "args": {"word": ["appel"]}},
        Event.HELLO: {},
        Event.SCREENS: {"name": "code"},
    }[event]
