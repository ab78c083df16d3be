"""A page as somebody hears it: the tree that a screen reader gets, and what is said by itself."""

import re
from typing import Any

from playwright.sync_api import Page

# What people go to and press: without a name it is 'button' to who listens.
NAMED = {
    "button",
    "link",
    "textbox",
    "spinbutton",
    "checkbox",
    "radio",
    "combobox",
    "group",
    "region",
    "dialog",
}
NEEDS_A_NAME = NAMED - {"group"}
SAID = ("button", "link", "heading", "StaticText", "DisclosureTriangle")
# Drawn with a sign that a listener has no use for, or the same word twice.
SIGN = re.compile(r"[▸▾✓＋]|^[+–] ")
TWICE = re.compile(r"\b(\w{3,})\W+\1\b", re.IGNORECASE)


def heard(page: Page) -> list[tuple[str, str]]:
    """Role and name of each part of a page, in the order in which it is read."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}

    def walk(node: dict[str, Any]) -> list[tuple[str, str]]:
        role, name = (str(node.get(each, {}).get("value", "")) for each in ("role", "name"))
        own = [] if node.get("ignored") else [(role, name)]
        children = (by_id[child] for child in node.get("childIds", []) if child in by_id)
        return own + [found for child in children for found in walk(child)]

    return walk(nodes[0])


def clumsy(page: Page) -> list[str]:
    """What a listener would stumble over: no name, a sign that is read out, a word twice."""
    parts = heard(page)
    found = [f"no name: {role}" for role, name in parts if role in NEEDS_A_NAME and not name.strip()]
    named = [(role, name) for role, name in parts if role in NAMED or role in SAID]
    found += [f"a sign: {role} {name}" for role, name in named if SIGN.search(name)]
    return found + [f"twice: {role} {name}" for role, name in named if TWICE.search(name)]
