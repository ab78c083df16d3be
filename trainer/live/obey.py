"""Carries out a trainer's command: the state of the meeting after it, or why it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trainer.curriculum.model import Step
from trainer.kinds import gate
from trainer.kinds.contract import Ask, Claim, Command, Kind, Rejected, Seen
from trainer.live.commands import (
    HANDLERS,
    LOCAL_COMMANDS,
    NOT_NOW,
    REHEARSAL_COMMANDS,
    Outcome,
    retimed,
)
from trainer.live.context import Context, kind_state, with_kind_state
from trainer.live.places import is_divided
from trainer.live.state import MeetingState

KIND_PREFIX = "do:"
STALE = Rejected("stale", "Je collega was je voor. Kijk even: dit is nu de stand.")


@dataclass(frozen=True, slots=True)
class Obeyed:
    """The outcome of a command: the new state, and the new marks of posts of the step that was on screen.

    `place` is the only place where anything changed, '' when it may be anywhere.
    """

    state: MeetingState
    marks: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


def obey(context: Context, state: MeetingState, command: Command, version: int) -> Obeyed | Rejected:
    """The state after `command`, whose sender saw `version`; a stale or impossible one is refused.

    A stale `next` or `back` would move twice, and any other stale command would be about something its
    sender did not see.
    """
    # An explicit `cover` is never stale: people may be looking at what should not be on screen.
    urgent = command.name == "cover" and command.one("to") != ""
    urgent |= context.rehearsal and command.name in REHEARSAL_COMMANDS
    independent = _is_independent(context, state, command)
    fresh = version >= state.entered if independent else version == state.version_at(context.place)
    if not (fresh or urgent):
        return STALE
    if state.phase == "closed":
        return NOT_NOW
    marks = looked(context, state)
    outcome = _obeyed(replace(context, posts=context.posts.marked(marks)), state, command)
    if isinstance(outcome, Rejected):
        return outcome
    done = outcome if isinstance(outcome, Obeyed) else Obeyed(outcome)
    is_local = command.name in LOCAL_COMMANDS or command.name.startswith(KIND_PREFIX)
    place = context.place if is_local else ""
    after = retimed(context, state, done.state).advanced(None if independent else place)
    if (after.step, after.runs) != (state.step, state.runs):
        after = replace(after, entered=after.version)
    return Obeyed(after, {**marks, **done.marks}, place)


def _is_independent(context: Context, state: MeetingState, command: Command) -> bool:
    step = context.here(state)
    name = command.name.removeprefix(KIND_PREFIX)
    return name != command.name and step is not None and name in context.kind_of(step).independent


def looked(context: Context, state: MeetingState) -> Mapping[str, str]:
    """The new marks of the cards that the group has in front of it now.

    For whatever is about to change the screen: what is there until then was seen, and nothing else.
    """
    step = context.here(state)
    if step is None or not state.on_stage or not gate.unseen(context.posts):
        return {}
    seen = gate.seen(context.posts, state.pictures.get(step.id, {}))
    there = context.kind_of(step).on_screen(step.settings, kind_state(context, state, step), seen)
    return gate.looked(context.posts, there)


def _obeyed(context: Context, state: MeetingState, command: Command) -> Obeyed | Outcome:
    if command.name.startswith(KIND_PREFIX):
        return _to_kind(context, state, replace(command, name=command.name.removeprefix(KIND_PREFIX)))
    handler = HANDLERS.get(command.name)
    return handler(context, state, command) if handler else Rejected("unknown", "Deze knop ken ik niet.")


def _is_off(kind: Kind, step: Step, inner: Any, seen: Seen, command: Command) -> bool:
    """Is this what only a button says that cannot be pressed now?"""
    if kind.earlier(step.settings) is not None:
        # A button may be about what an earlier meeting left, which is not known here.
        return False
    same = [
        control.enabled
        for control in kind.controls(step.settings, inner, seen)
        if control.name == command.name and all(command.one(key) == one for key, one in control.args.items())
    ]
    return bool(same) and not any(same)


def _to_kind(context: Context, state: MeetingState, command: Command) -> Obeyed | Rejected:
    """Hands a command to the step's kind, which gets what it asks of the gate only if the gate grants it."""
    step = context.here(state)
    if step is None or state.phase != "live" or is_divided(context.kind_of(step), step):
        return NOT_NOW
    kind, pictures = context.kind_of(step), state.pictures.get(step.id, {})
    inner = kind_state(context, state, step)
    if command.name in kind.redeals:
        command = replace(command, phones=len(context.posts.here))
    seen = replace(gate.seen(context.posts, pictures, state.dealt), people=state.expected)
    after = kind.apply(step.settings, inner, command, seen)
    if isinstance(after, Rejected):
        return after
    if after != inner and _is_off(kind, step, inner, seen, command):
        return NOT_NOW
    if isinstance(after, Claim):
        told = gate.claim(context.posts, after.card)
        if isinstance(told, Rejected):
            return told
        return Obeyed(with_kind_state(state, step, after.state), told)
    if not isinstance(after, Ask):
        counts = command.name in kind.redeals and kind.tells(step.settings, after)
        return Obeyed(with_kind_state(replace(state, dealt=state.dealt + counts), step, after))
    granted = gate.grant(kind, context.posts, pictures, after, command.seed)
    if isinstance(granted, Rejected):
        return granted
    posts = context.posts.marked(granted.marks)
    inner = kind.granted(step.settings, after.state, command, gate.seen(posts, granted.pictures))
    state = replace(state, pictures={**state.pictures, step.id: granted.pictures})
    if gate.was_shown(posts, granted.pictures):
        state = state.with_shown(state.step)
    return Obeyed(with_kind_state(state, step, inner), granted.marks)
