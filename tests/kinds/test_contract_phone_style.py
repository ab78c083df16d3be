"""Phones get a style sheet without the rules for the projector, and with every rule that a phone can need."""

import json
import re
import subprocess
from functools import cache

from tests.kinds.contract_support import every_kind, play
from tests.kinds.contract_walks import walked
from tests.kinds.template_support import template_of
from tests.support.built import HOUSE, PLACE, files
from trainer import kinds

CLASSES = re.compile(r'\sclass="([^"]*)"')
SCRIPT = """import { foreign } from "./tools/phone-styles.mjs";
const found = process.argv.slice(1).map(async (folder) => [...(await foreign(folder))]);
process.stdout.write(JSON.stringify(await Promise.all(found)));"""


@cache
def left_out() -> dict[str, set[str]]:
    """By kind the classes whose rules phones do not get."""
    folders = {name: str(kinds.path(kind)) for name, kind in kinds.discover().items()}
    command = ["node", "--input-type=module", "--eval", SCRIPT, *folders.values()]
    ran = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True)
    return {name: set(found) for name, found in zip(folders, json.loads(ran.stdout), strict=True)}


def shown_to_phones(name: str) -> set[str]:
    """Every class that anything has which a phone shows of a kind, at any moment of several walks."""
    game = play(name)
    sittings = walked(name) or (game.begin(),)
    pages = [game.shared("phone", sitting) for sitting in sittings]
    for sitting in sittings if game.kind.takes_posts else ():
        pages += [game.own(sitting, author) for author in {post.author for post in sitting.posts.here} | {""}]
    closed = template_of(game.kind, "closed")
    if closed is not None:
        pages.append(closed.render(step=game.step, settings=game.settings))
    return {each for page in pages for classes in CLASSES.findall(page) for each in classes.split()}


@every_kind
def test_no_rule_that_a_phone_needs_is_left_out(name: str) -> None:
    assert shown_to_phones(name) & left_out()[name] == set()


def test_rules_for_the_projector_are_not_in_the_sheet_of_phones() -> None:
    of_phones, of_screens = (
        len((PLACE / files()[f"{name}.css"]).read_text()) for name in ("phone", "screen")
    )

    assert of_phones < 0.7 * of_screens
