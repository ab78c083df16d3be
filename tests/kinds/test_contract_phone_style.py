"""Phones get a style sheet without the rules for the projector, and with every rule that a phone can need."""

import json
import re
import subprocess
from pathlib import Path

from tests.kinds.contract_support import every_kind, play
from tests.kinds.contract_walks import walked
from tests.kinds.template_support import template_of
from tests.support.built import HOUSE, PLACE, files
from trainer import kinds

CLASSES = re.compile(r'\sclass="([^"]*)"')
SCRIPT = """import { foreign } from "./tools/phone-styles.mjs";
process.stdout.write(JSON.stringify([...(await foreign(process.argv[1]))]));"""


def left_out(folder: Path) -> set[str]:
    """The classes of a kind whose rules phones do not get."""
    command = ["node", "--input-type=module", "--eval", SCRIPT, str(folder)]
    ran = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout))


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
    folder = kinds.path(kinds.discover()[name])

    assert shown_to_phones(name) & left_out(folder) == set()


def test_rules_for_the_projector_are_not_in_the_sheet_of_phones() -> None:
    of_phones, of_screens = (
        len((PLACE / files()[f"{name}.css"]).read_text()) for name in ("phone", "screen")
    )

    assert of_phones < 0.7 * of_screens
