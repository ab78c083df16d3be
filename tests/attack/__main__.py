"""`make attack`: can anybody find out who wrote what? Exit status 1 when somebody can."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.attack import curious, stolen
from tests.attack.forging import forging
from tests.attack.guessing import guessing
from tests.attack.hostile import hostile
from tests.attack.order import order
from tests.attack.shown import shown
from tests.attack.story import Story
from tests.attack.wire import wire
from tests.support.findings import Finding, table

PEOPLE, RUNS, ROUNDS, TEXTS = 25, 50, 400, 600
QUICK_PEOPLE, QUICK_RUNS, QUICK_ROUNDS, QUICK_TEXTS = 6, 8, 200, 80
SEED = 7


def prove(folder: Path, quick: bool) -> list[Finding]:
    """Plays a dagdeel and lets every attacker try."""
    people, runs, rounds, texts = (
        (QUICK_PEOPLE, QUICK_RUNS, QUICK_ROUNDS, QUICK_TEXTS) if quick else (PEOPLE, RUNS, ROUNDS, TEXTS)
    )
    found = guessing() + hostile(SEED, texts) + order(runs) + curious.guesses(rounds) + wire(SEED, quick)
    if not quick:
        # Its quick form is tests/browser/test_hostile.py, beside the other tests with a browser.
        found += shown(folder / "shown", SEED, texts)
    story = Story(folder, people)
    try:
        story.vote()
        story.write()
        began = time.monotonic()
        found += curious.stragglers(story)
        story.stick()
        story.play()
        found += forging(story)
        story.evaluate()
        found += stolen.while_running(story) + curious.frames(story)
        found += curious.no_export_while_running(story)
        if not quick:
            time.sleep(max(0.0, began + stolen.WIPED_SECONDS - time.monotonic()))
            found += stolen.wiped(story)
        before = stolen.steal(story.server.folder, story.server.pid)
        found += stolen.backup(story, folder, before)
        story.close()
        found += stolen.after_closing(story, before) + curious.exports(story)
    finally:
        story.stop()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer phones and rounds, and no waiting")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        found = prove(Path(place), options.quick)
    print(table(found))
    broken = sum(not finding.holds for finding in found)
    print(f"\n{len(found)} promises, {broken} broken, {time.monotonic() - began:.0f} s")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
