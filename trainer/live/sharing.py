"""What a group takes along: trainers offer what a step showed, and one 'liever niet' is enough against it.

Who says no is in no state: others must not see that anything changed (see `meetings/sharing.py`).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trainer.curriculum.model import Part, Step
from trainer.kinds.contract import Command, Kind, Rejected
from trainer.live.context import Context
from trainer.live.order import find
from trainer.live.places import whole
from trainer.live.state import MeetingState

NOT_NOW = Rejected("not-now", "Deel een onderdeel terwijl het op het scherm is.")
NOT_THIS = Rejected("not-now", "Van dit onderdeel valt niets te delen.")


def may_share(kind: Kind, step: Step) -> bool:
    """Can anything of it be shared with the group? Nothing personal, nor what only trainers read."""
    keeps = type(kind).report is not Kind.report
    return kind.takes_posts and keeps and not kind.is_form and not kind.intimate(step.settings)


def share(context: Context, state: MeetingState, command: Command) -> MeetingState | Rejected:
    """Offers what a step showed to the group, or takes that offer back."""
    found = find(context.part, command.one("step"))
    if state.phase != "live" or found is None or not may_share(context.kind_of(found[1]), found[1]):
        return NOT_THIS
    if command.one("to") != "no" and state.step != found[1].id:
        return NOT_NOW
    others = [step for step in state.shared if step != found[1].id]
    if command.one("to") == "no":
        return replace(state, shared=tuple(others))
    return replace(state, shared=tuple(sorted([*others, found[1].id])), offered=True)


def sharing_view(
    part: Part, kinds: Mapping[str, Kind], state: MeetingState, step: Step | None
) -> dict[str, Any]:
    """What every role sees: all steps that are shared, and whether the one on screen is, or may be.

    `asks_again`: it is forgotten who answered for some of them, or, `asks_again_here`, for the one on screen.
    """
    here = whole(step.id) if step else ""
    offered = [{"id": each.id, "title": each.title} for each in part.steps() if each.id in state.shared]
    return {
        "shared": offered,
        "shares_here": here in state.shared,
        "asks_again": not {*state.shared}.isdisjoint(state.asked_again),
        "asks_again_here": here in state.shared and here in state.asked_again,
        "may_share": here if step and may_share(kinds[step.kind], step) else "",
    }
