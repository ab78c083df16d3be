"""`make attack`: can anybody find out who wrote what? Exit status 1 when somebody can."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from tests.attack import curious, figures, stolen
from tests.attack.absent import absent
from tests.attack.addresses import addresses
from tests.attack.borrowed import borrowed
from tests.attack.comparing import comparing
from tests.attack.copied import copied
from tests.attack.disk import disk
from tests.attack.door import door
from tests.attack.doors import doors
from tests.attack.forging import forging
from tests.attack.guessing import guessing
from tests.attack.hostile import hostile
from tests.attack.keepsakes import keepsakes, offering
from tests.attack.moments import moments
from tests.attack.observer import finds_faults, observed
from tests.attack.order import order
from tests.attack.outlasting import outlasting
from tests.attack.passwords import passwords
from tests.attack.planting import planting
from tests.attack.restoring import restoring
from tests.attack.shown import shown
from tests.attack.story import Story
from tests.attack.traces import traces
from tests.attack.unseen import unseen
from tests.attack.wire import wire
from tests.support.findings import Finding, table

PEOPLE, RUNS, ROUNDS, TEXTS = 25, 50, 400, 600
QUICK_PEOPLE, QUICK_RUNS, QUICK_ROUNDS, QUICK_TEXTS = 12, 8, 200, 80
SEED = 7
# Presses that the observer watches.
OBSERVED = 20_000
Found = Iterator[list[Finding]]
# Somebody who wants to know; gets an empty folder.
Part = Callable[[Path, bool], Found]


def accounts(folder: Path, quick: bool) -> Found:
    """Codes, passwords, cookies and links."""
    yield guessing()
    yield passwords(SEED)
    yield doors(_new(folder / "doors"))


def crowd(folder: Path, quick: bool) -> Found:
    """As many phones as one machine can make."""
    yield door(quick)


def texts(folder: Path, quick: bool) -> Found:
    """Whatever somebody types."""
    yield hostile(SEED, QUICK_TEXTS if quick else TEXTS)


def room(folder: Path, quick: bool) -> Found:
    """What somebody in the room sees, and the order in which it came."""
    if not quick:
        # Its quick form is tests/attack/observer/test_observer.py.
        yield observed(SEED, OBSERVED)
        yield finds_faults(SEED)
    yield order(QUICK_RUNS if quick else RUNS)
    yield curious.guesses(QUICK_ROUNDS if quick else ROUNDS)


def network(folder: Path, quick: bool) -> Found:
    """Sizes and times on the network, beside what the screen shows."""
    yield wire(SEED, quick)


def files(folder: Path, quick: bool) -> Found:
    """Files of a laptop, its disk, its backups, and a programme that wants them."""
    yield planting(_new(folder / "planting"))
    yield disk(_new(folder / "disk"))
    yield restoring(_new(folder / "restoring"))
    yield unseen(_new(folder / "unseen"))
    yield absent(_new(folder / "absent"))
    yield outlasting(_new(folder / "outlasting"))
    yield copied(_new(folder / "copied"))


def sounds(folder: Path, quick: bool) -> Found:
    """Everything that a phone can do, as the network hears it."""
    yield from traces(SEED, quick)


def browsers(folder: Path, quick: bool) -> Found:
    """What Chromium makes of texts, and keeps of them."""
    if not quick:
        # Their quick forms are beside the other tests with a browser: hostile, borrowed and early.
        yield shown(_new(folder / "shown"), SEED, TEXTS)
        yield borrowed(_new(folder / "borrowed"))
        yield addresses(_new(folder / "addresses"))


def dagdeel(folder: Path, quick: bool) -> Found:
    """A whole dagdeel: trainers' pages, exports, and the laptop, stolen before and after its end."""
    story = Story(_new(folder / "story"), QUICK_PEOPLE if quick else PEOPLE)
    try:
        yield from _dagdeel(story, folder, quick)
    finally:
        story.stop()


def _new(folder: Path) -> Path:
    """Of its own: a thief takes everything that lies in the folder of an installation."""
    folder.mkdir()
    return folder


def _dagdeel(story: Story, folder: Path, quick: bool) -> Found:
    story.vote()
    story.write()
    began = time.monotonic()
    yield moments(story)
    yield curious.stragglers(story)
    story.stick()
    story.play()
    yield forging(story)
    story.evaluate()
    yield stolen.while_running(story)
    yield curious.frames(story) + curious.no_export_while_running(story)
    if not quick:
        time.sleep(max(0.0, began + stolen.WIPED_SECONDS - time.monotonic()))
        yield stolen.wiped(story)
    before = stolen.steal(story.server.folder, story.server.pid)
    yield stolen.backup(story, folder, before)
    yield offering(story)
    story.close()
    yield stolen.after_closing(story, before)
    yield curious.exports(story)
    yield comparing(story)
    yield keepsakes(story)


# The quick form of each is a test file of its own, `test_<part>.py`: while one waits, others work.
PARTS: tuple[Part, ...] = (accounts, crowd, texts, room, network, files, sounds, browsers, dagdeel)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer phones and rounds, and no waiting")
    parser.add_argument("--write", action="store_true", help="write the figures into the documents")
    options = parser.parse_args()
    if options.quick and options.write:
        parser.error("only the full form may write figures")
    began = time.monotonic()
    found = []
    with tempfile.TemporaryDirectory() as place:
        for part in PARTS:
            for some in part(Path(place), options.quick):
                print(table(some), flush=True)
                found += some
    if options.write:
        figures.write(found, date.today())
    broken = sum(not finding.holds for finding in found)
    print(f"\n{len(found)} promises, {broken} broken, {time.monotonic() - began:.0f} s")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
