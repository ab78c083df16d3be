"""Who reads the report beside what was on the screen: nothing is in it that was not, or was taken off."""

from collections.abc import Sequence
from pathlib import Path

from tests.attack.stolen import none
from tests.attack.story import FLAP
from tests.support.findings import Finding
from tests.support.hall import Hall
from trainer.live.audience import Audience, Role
from trainer.live.taking import TAKES_SECONDS

PHONES, CARDS = 16, 3
# What a trainer does once there are cards; each way is a meeting of its own.
WAYS: dict[str, Sequence[str]] = {
    "a page that nobody turned to": ("do:draw", "do:show-all"),
    "the cover": ("cover", "do:draw", "do:show-all", "timer-plus"),
    "a cloud of words": ("do:cloud", "do:draw", "do:show-all", "timer-plus"),
}


def unseen(folder: Path) -> list[Finding]:
    """Cards that are behind something, and one that is taken off when its step was sealed."""
    found = []
    for place, (what, presses) in enumerate(WAYS.items()):
        kept, shown = _one_meeting(folder / str(place), presses)
        found.append(none(f"report: texts behind {what}", len(set(kept) - shown)))
    kept, taken_off = _taken_off(folder / "sealed")
    found += [
        Finding("report: texts that were on the screen", str(len(kept)), "over 0", len(kept) > 0),
        none("report: texts taken off the screen after sealing", len(set(kept) & taken_off)),
    ]
    return found


def _one_meeting(folder: Path, presses: Sequence[str]) -> tuple[list[str], set[str]]:
    """(the texts in the report, those that the screen ever showed)"""
    hall, texts = _with_cards(folder)
    shown: set[str] = set()
    for press in presses:
        hall.do(press)
        html = hall.host.messages.message(hall.room, Audience(Role.SCREEN))["html"]
        shown |= {text for text in texts if text in html}
    _seal(hall)
    hall.do("close")
    return _report(hall), shown


def _taken_off(folder: Path) -> tuple[list[str], set[str]]:
    """(the texts in the report, those that a trainer took off a wall that was sealed)"""
    hall, _ = _with_cards(folder)
    hall.do("do:draw")
    hall.do("do:show-all")
    _seal(hall)
    hall.do("goto", step=FLAP)
    some = hall.posts(FLAP)[:2]
    for post in some:
        hall.do("do:hold", id=post.id)
    hall.do("close")
    return _report(hall), {str(post.payload["text"]) for post in some}


def _with_cards(folder: Path) -> tuple[Hall, list[str]]:
    """A flap with more long cards than one page has room for."""
    folder.mkdir(parents=True)
    hall, texts = Hall(folder), []
    hall.do("goto", step=FLAP)
    for number in range(PHONES):
        phone = hall.phone()
        for place in range(CARDS):
            texts.append(f"{number:02}{place} en dan nog een lang woord of wat")
            assert hall.post(phone, FLAP, text=texts[-1]) is None
    return hall, texts


def _seal(hall: Hall) -> None:
    hall.do("goto", step="welkom")
    hall.age(TAKES_SECONDS + 1)
    hall.host.sweep()


def _report(hall: Hall) -> list[str]:
    kept = [text for row in hall.host.kept(hall.meeting) for text in row.texts or ()]
    hall.stop()
    return kept
