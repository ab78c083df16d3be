"""What can be filled in and pressed on a page of a meeting in which anything happens."""

import difflib
import random
import uuid
from collections.abc import Sequence
from typing import Any, TypeVar

from tests.support.fragments import Form, read_page
from tests.support.loopback import Loopback

Thing = TypeVar("Thing")


def any_of(chance: random.Random, things: Sequence[Thing]) -> Sequence[Thing]:
    """One of them, or none when there are none."""
    return [chance.choice(things)] if things else []


def difference(held: Loopback, fresh: Loopback) -> str:
    lines = difflib.unified_diff(
        held.shown.split("\n"), fresh.shown.split("\n"), held.role, "fresh", n=2, lineterm=""
    )
    return "\n".join(lines)


def forms(page: Loopback, attribute: str) -> list[Form]:
    return [form for form in read_page(page.shown).forms if attribute in form.attributes]


def buttons(page: Loopback, attribute: str) -> list[dict[str, str]]:
    return [button for button in read_page(page.shown).buttons if attribute in button]


def step_of(form: Form) -> str:
    return form.attributes["data-step"]


def item_of(form: Form) -> str:
    return form.attributes.get("data-item", "")


def arguments(button: dict[str, str]) -> dict[str, list[str]]:
    found = {name: [value] for name, value in button.items() if name.startswith("data-arg-")}
    return {name.removeprefix("data-arg-"): value for name, value in found.items()}


def message(step: str, item: str, fields: dict[str, list[str]]) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "step": step, "item": item, "form": fields}


def command(
    page: Loopback, name: str, args: dict[str, list[str]], version: int | None = None
) -> dict[str, Any]:
    seen = page.version if version is None else version
    return page.ask("command", version=seen, name=name, args=args)
