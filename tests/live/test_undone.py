"""Whatever a trainer presses can be undone by another press, or asks first."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.klein import Desk
from trainer.live.commands import HANDLERS
from trainer.live.pace import Pace
from trainer.live.state import MeetingState

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "live"
Press = Callable[[Desk], object]


def with_timer(desk: Desk) -> None:
    """A minute later in the agenda's first step that has a timer of its own."""
    desk.do("goto", step="eens-of-oneens")
    desk.later(1)


def paused(desk: Desk) -> None:
    with_timer(desk)
    desk.do("timer-pause")


def rehearsed(desk: Desk) -> None:
    desk.rehearsal = True


# What arranges, presses and undoes. The meeting has begun, with a step before and after this one.
UNDONE: dict[str, tuple[Press | None, Press, Press]] = {
    "next": (None, lambda desk: desk.do("next"), lambda desk: desk.do("back")),
    "back": (None, lambda desk: desk.do("back"), lambda desk: desk.do("next")),
    "goto": (
        None,
        lambda desk: desk.do("goto", step="stickers"),
        lambda desk: desk.do("goto", step="wat-is-herstel"),
    ),
    "skip": (
        None,
        lambda desk: desk.do("skip", block="pauze"),
        lambda desk: desk.do("unskip", block="pauze"),
    ),
    "unskip": (
        lambda desk: desk.do("skip", block="pauze"),
        lambda desk: desk.do("unskip", block="pauze"),
        lambda desk: desk.do("skip", block="pauze"),
    ),
    "choose": (
        lambda desk: desk.do("choose", group="stigma:1", option="1"),
        lambda desk: desk.do("choose", group="stigma:1", option="2"),
        lambda desk: desk.do("choose", group="stigma:1", option="1"),
    ),
    "timer-start": (paused, lambda desk: desk.do("timer-start"), lambda desk: desk.do("timer-pause")),
    "timer-pause": (with_timer, lambda desk: desk.do("timer-pause"), lambda desk: desk.do("timer-start")),
    "timer-plus": (with_timer, lambda desk: desk.do("timer-plus"), lambda desk: desk.do("timer-minus")),
    "timer-minus": (with_timer, lambda desk: desk.do("timer-minus"), lambda desk: desk.do("timer-plus")),
    "timer-reset": (with_timer, lambda desk: desk.do("timer-reset"), lambda desk: desk.do("timer-minus")),
    "block-minutes": (
        lambda desk: desk.do("block-minutes", block="pauze", minutes="15"),
        lambda desk: desk.do("block-minutes", block="pauze", minutes="45"),
        lambda desk: desk.do("block-minutes", block="pauze", minutes="15"),
    ),
    "cover": (None, lambda desk: desk.do("cover", to="yes"), lambda desk: desk.do("cover", to="no")),
    "join": (None, lambda desk: desk.do("join"), lambda desk: desk.do("join")),
    "theme": (None, lambda desk: desk.do("theme"), lambda desk: desk.do("theme")),
    "expect": (
        lambda desk: desk.do("expect", people="12"),
        lambda desk: desk.do("expect", people="1"),
        lambda desk: desk.do("expect", people="12"),
    ),
    "pace": (rehearsed, lambda desk: desk.do("pace", to="16"), lambda desk: desk.do("pace", to="1")),
    "door": (None, lambda desk: desk.do("door", to="shut"), lambda desk: desk.do("door", to="open")),
    "lead": (
        lambda desk: desk.do("lead", first="Sam", second="Kim"),
        lambda desk: desk.do("lead", first="", second=""),
        lambda desk: desk.do("lead", first="Sam", second="Kim"),
    ),
    "share": (
        lambda desk: desk.do("goto", step="eens-of-oneens"),
        lambda desk: desk.do("share", step="eens-of-oneens", to="yes"),
        lambda desk: desk.do("share", step="eens-of-oneens", to="no"),
    ),
    "swap": (
        None,
        lambda desk: desk.do("swap", block="herstel"),
        lambda desk: desk.do("swap", block="herstel", to="no"),
    ),
}
# What its page says of a press without a way back. A clicker presses 'start' too: no question can follow.
SAID = {
    "start": ("control_lobby.html", "Na de start kun je de bijeenkomst niet meer terugzetten."),
    "accept-plain": (
        "control_now.html",
        "De telefoons wachten tot je hem opent. Daarna kun je hem niet meer dichtdoen.",
    ),
}


def seen(state: MeetingState) -> MeetingState:
    """The state without its moments and what kinds keep; where one is in it, its key tells.

    That something was offered to the group stays on purpose.
    """
    pace, without = Pace(state.pace.factor), replace(state, left={}, timers={}, begun={}, kinds={})
    return replace(without, version=0, entered=0, timer=None, pace=pace, offered=False)


@pytest.mark.parametrize("name", UNDONE)
def test_press_is_undone_by_another_press(name: str) -> None:
    arrange, press, undo = UNDONE[name]
    desk = Desk()
    desk.do("start")
    desk.do("goto", step="wat-is-herstel")
    if arrange is not None:
        arrange(desk)
    before, key, left = desk.state, desk.scene().key, desk.remaining

    press(desk)
    assert desk.state != before
    undo(desk)

    assert (seen(desk.state), desk.scene().key) == (seen(before), key)
    assert abs(desk.remaining - left) <= (60 if name == "timer-reset" else 0)


def asked() -> set[str]:
    """The commands that have a button, all of which ask; a rehearsal has nothing to lose."""
    found: dict[str, list[bool]] = {}
    pages = {*TEMPLATES.glob("control*.html"), TEMPLATES.parent / "macros.html"}
    for path in pages - {TEMPLATES / "control_rehearsal.html"}:
        for name, rest in re.findall(
            r"\{\{ command\('([a-z-]+)'([^}]*?(?:\{[^}]*\}[^}]*?)*)\) \}\}", path.read_text("utf-8")
        ):
            found.setdefault(name, []).append("confirm=" in rest)
    return {name for name, asks in found.items() if all(asks)}


@pytest.mark.parametrize("name", SAID)
def test_press_without_a_way_back_is_announced_on_its_page(name: str) -> None:
    template, words = SAID[name]

    assert words in (TEMPLATES / template).read_text("utf-8")


def test_every_other_button_asks_first() -> None:
    assert set(HANDLERS) - set(UNDONE) - set(SAID) == {"close", "restart", "shorten"}
    assert {"close", "restart", "shorten"} <= asked()
