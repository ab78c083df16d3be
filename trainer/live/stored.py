"""The stored form of a meeting's state."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

import msgspec

from trainer.curriculum.model import Part
from trainer.kinds.contract import Kind, Picture
from trainer.live.clock import Origin
from trainer.live.order import CHOSEN, prepared
from trainer.live.pace import STEADY, Pace
from trainer.live.places import whole
from trainer.live.state import MeetingState, Timer

POST_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def with_ids(value: Any, new: Callable[[str], str]) -> Any:
    """A plain value (as in JSON) with every post id in its texts and keys replaced by `new(id)`."""
    match value:
        case str():
            return POST_ID.sub(lambda found: new(found.group()), value)
        case Mapping():
            return {with_ids(key, new): with_ids(each, new) for key, each in value.items()}
        case list() | tuple():
            return [with_ids(each, new) for each in value]
    return value


def with_post_ids(state: MeetingState, step_id: str, kind: Kind, new: Callable[[str], str]) -> MeetingState:
    """The state with every post id in the state of a step's kind replaced by `new(id)`."""
    inner = state.kinds.get(step_id)
    if inner is None:
        return state
    fresh: Any = msgspec.convert(with_ids(msgspec.to_builtins(inner), new), kind.State)
    return replace(state, kinds={**state.kinds, step_id: fresh})


def state_to_json(state: MeetingState, origin: Origin) -> str:
    """A meeting's state as stored, with the origin of the clock that its times are on."""
    plain = {one.name: getattr(state, one.name) for one in fields(state)}
    return msgspec.json.encode({**plain, "origin": origin}).decode()


class _StoredState(msgspec.Struct):
    """The stored form of a state, in which the states of kinds are still plain values."""

    version: int = 0
    changed: dict[str, int] = {}
    entered: int = 0
    phase: str = "lobby"
    step: str = ""
    timer: Timer | None = None
    timers: dict[str, Timer] = {}
    cover: bool = False
    join_shown: bool = False
    theme: str = "light"
    choices: dict[str, int] = {}
    skipped: tuple[str, ...] = ()
    minutes: dict[str, int] = {}
    begun: dict[str, float] = {}
    left: dict[str, float] = {}
    sealed: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    pictures: dict[str, dict[str, Picture]] = {}
    spare: dict[str, dict[str, int]] = {}
    opened: float | None = None
    runs: dict[str, int] = {}
    # An older version stored one yes for all exercises, as a bool: it counts for none.
    plain_accepted: tuple[str, ...] | bool = ()
    expected: int = 0
    dealt: int = 0
    door_shut: bool = False
    pace: Pace = STEADY
    trainers: tuple[str, ...] = ()
    swapped: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    offered: bool = False
    asked_again: tuple[str, ...] = ()
    scheme: int = 0
    kinds: dict[str, object] = {}
    origin: Origin = Origin()


def prepared_from_json(stored: str, part: Part) -> MeetingState:
    """What trainers chose for a part before it was taken back; nothing when that cannot be read."""
    try:
        plain = msgspec.json.decode(stored, type=_StoredState)
    except (msgspec.MsgspecError, RecursionError):
        return MeetingState()
    chosen = MeetingState(**{name: getattr(plain, name) for name in CHOSEN})
    return prepared(part, chosen)


def prepared_to_json(state: MeetingState) -> str:
    """What trainers chose as it is stored while a meeting is planned; '' when they chose nothing."""
    return "" if state == MeetingState() else state_to_json(state, Origin())


def state_from_json(
    stored: Mapping[str, object], part: Part, kinds: Mapping[str, Kind], origin: Origin
) -> MeetingState:
    """The state of a meeting of `part` from its stored form, with its times on the clock of `origin`.

    States of steps that no longer exist are dropped. Raises msgspec.ValidationError when it does not fit.
    """
    plain = msgspec.convert(stored, _StoredState)
    steps = {step.id: step for step in part.steps()}
    inner: dict[str, Any] = {
        step_id: msgspec.convert(value, kinds[steps[whole(step_id)].kind].State)
        for step_id, value in plain.kinds.items()
        if whole(step_id) in steps
    }
    values = {name: getattr(plain, name) for name in plain.__struct_fields__ if name != "origin"}
    accepted = () if isinstance(plain.plain_accepted, bool) else plain.plain_accepted
    state = MeetingState(**(values | {"kinds": inner, "plain_accepted": accepted}))
    return state.moved(origin.since(plain.origin))
