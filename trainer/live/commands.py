"""What a trainer can do to a meeting: pure functions from one state to the next."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from trainer.curriculum.model import Block, Step
from trainer.kinds.contract import Command, Rejected
from trainer.live import attendance, leading, ready, sharing
from trainer.live.context import Context, kind_state, with_kind_state
from trainer.live.hurrying import hurry
from trainer.live.moments import later, seconds_between
from trainer.live.order import (
    chosen_steps,
    find,
    groups_of,
    minutes_of,
    neighbour,
    projected_end,
    running_order,
    shortened,
)
from trainer.live.places import is_divided, whole
from trainer.live.state import MeetingState, Timer

MINUTES = frozenset(str(number) for number in range(1, 481))
NOTHING_FURTHER = Rejected(
    "end", "Dit is het laatste onderdeel. Sluit de bijeenkomst af als jullie klaar zijn."
)
NOTHING_BEFORE = Rejected("begin", "Dit is het eerste onderdeel.")
NOTHING_HERE = Rejected(
    "end",
    "Deze tafel heeft hier niets meer. Op de regie van de hele bijeenkomst ga je verder.",
)
NOT_NOW = Rejected("not-now", "Dat kan nu niet.")
FINAL = Rejected(
    "final",
    "Hiervan is al iets getoond of bewaard. Opnieuw beginnen kan niet meer. "
    "Praat erover door, of kies een andere oefening.",
)

Outcome = MeetingState | Rejected


def _enter(context: Context, state: MeetingState, block: Block, step: Step) -> MeetingState:
    """The state with `step` on screen, its timer running and its block begun."""
    left = {**state.left, state.step: context.clock} if state.step and state.step != step.id else state.left
    left = {step_id: moment for step_id, moment in left.items() if step_id != step.id}
    begun = state.begun if block.id in state.begun else {**state.begun, block.id: context.clock}
    timers = {step_id: timer for step_id, timer in _timers(context, state).items() if step_id != step.id}
    # Returning after moving on too soon resumes the time that is left.
    goes_on = _timers(context, state).get(step.id)
    state = replace(
        state, phase="live", step=step.id, left=left, begun=begun, timers=timers, join_shown=False
    )
    if goes_on and goes_on.remaining(context.clock) > 0:
        return replace(state, timer=goes_on)
    return replace(state, timer=_timer(context, state, block, step))


def _timers(context: Context, state: MeetingState) -> Mapping[str, Timer]:
    """The countdowns of steps that have their own, including that of the step on screen."""
    here = find(context.part, state.step)
    if here is None or _seconds(context, state, here[1]) is None or state.timer is None:
        return state.timers
    return {**state.timers, state.step: state.timer}


def _timer(context: Context, state: MeetingState, block: Block, step: Step) -> Timer:
    """A step with time of its own gets its own countdown; others show what is left of the block."""
    seconds = _seconds(context, state, step)
    if seconds is not None:
        return Timer(seconds, ends=context.clock + seconds)
    seconds = minutes_of(block, state) * 60.0
    return Timer(seconds, ends=state.begun[block.id] + seconds)


def _seconds(context: Context, state: MeetingState, step: Step) -> float | None:
    """The time of a step's own: that of the item in front of everybody, or else the minutes of the step."""
    seconds = _item_seconds(context, state, step)
    if seconds is not None:
        return seconds
    return None if step.minutes is None else step.minutes * 60.0


def _item_seconds(context: Context, state: MeetingState, step: Step) -> float | None:
    kind = context.kind_of(step)
    # The meeting has one timer: no table sets it for the others.
    if kind.places(step.settings):
        return None
    seconds = kind.seconds(step.settings, kind_state(context, state, step))
    return None if seconds is None else float(seconds)


def retimed(context: Context, before: MeetingState, after: MeetingState) -> MeetingState:
    """`after`, with the time of the moment in front of everybody, where that is another than `before`."""
    step = context.here(after)
    if step is None or after.phase != "live" or after.step != before.step:
        return after
    kind, seconds = context.kind_of(step), _item_seconds(context, after, step)
    moments = [kind.moment(step.settings, kind_state(context, state, step)) for state in (before, after)]
    if seconds is None or moments[0] == moments[1]:
        return after
    return replace(after, timer=Timer(seconds, ends=context.clock + seconds))


def _start(context: Context, state: MeetingState, command: Command) -> Outcome:
    order = running_order(context.part, state)
    if state.phase != "lobby" or not order:
        return NOT_NOW
    return _enter(context, state, *order[0])


def _step_by(context: Context, state: MeetingState, by: int) -> Outcome:
    if state.phase == "lobby" and by > 0:
        return _start(context, state, Command("start"))
    step = context.here(state)
    if step is None or state.phase != "live":
        return NOT_NOW
    kind = context.kind_of(step)
    if not is_divided(kind, step):
        inner = kind_state(context, state, step)
        moved = (kind.forward if by > 0 else kind.backward)(step.settings, inner)
        if moved is not None:
            # A table that goes on leaves the code on the screens of all.
            shown = state.join_shown and step.place is not None
            return with_kind_state(replace(state, join_shown=shown), step, moved)
    if step.place is not None:
        return NOTHING_HERE
    target = neighbour(context.part, state, step, by)
    if target is None:
        return NOTHING_FURTHER if by > 0 else NOTHING_BEFORE
    return _enter(context, state, *target)


def _next(context: Context, state: MeetingState, command: Command) -> Outcome:
    return _step_by(context, state, 1)


def _back(context: Context, state: MeetingState, command: Command) -> Outcome:
    return _step_by(context, state, -1)


def _goto(context: Context, state: MeetingState, command: Command) -> Outcome:
    target = find(context.part, command.one("step"))
    if target is None:
        return NOT_NOW
    return _enter(context, state, *target)


def _skip(context: Context, state: MeetingState, command: Command) -> Outcome:
    block = _block(context, command)
    if block is None:
        return NOT_NOW
    if command.one("to") == "no":
        return replace(state, skipped=tuple(b for b in state.skipped if b != block.id))
    here = find(context.part, state.step)
    if here and here[0].id == block.id:
        return Rejected("not-now", "Jullie zijn bezig met dit blok. Ga eerst naar een ander onderdeel.")
    return replace(state, skipped=tuple(sorted({*state.skipped, block.id})))


def _block(context: Context, command: Command) -> Block | None:
    return next((block for block in context.part.blocks if block.id == command.one("block")), None)


def _choose(context: Context, state: MeetingState, command: Command) -> Outcome:
    group = next((g for g in groups_of(context.part) if g.id == command.one("group")), None)
    option = command.one("option")
    if group is None or option not in {str(number) for number, _ in group.options}:
        return NOT_NOW
    state = replace(state, choices={**state.choices, group.id: int(option)})
    here = find(context.part, state.step)
    if here is None or here[0].id != group.block.id or here[1].option in (None, int(option)):
        return state
    first = next(step for step in chosen_steps(group.block, state) if step.option == int(option))
    return _enter(context, state, group.block, first)


def _timer_command(
    change: Callable[[Timer, float], Timer],
) -> Callable[[Context, MeetingState, Command], Outcome]:
    def handler(context: Context, state: MeetingState, command: Command) -> Outcome:
        if state.timer is None or state.phase != "live":
            return NOT_NOW
        return replace(state, timer=change(state.timer, context.clock))

    return handler


def _timer_reset(context: Context, state: MeetingState, command: Command) -> Outcome:
    if state.timer is None or state.phase != "live":
        return NOT_NOW
    return replace(state, timer=Timer(state.timer.total, ends=context.clock + state.timer.total))


def _block_minutes(context: Context, state: MeetingState, command: Command) -> Outcome:
    block = _block(context, command)
    text = command.one("minutes")
    if block is None or text not in MINUTES:
        return Rejected("bad-minutes", "Vul een aantal minuten in van 1 tot 480.")
    return _retime(context, replace(state, minutes={**state.minutes, block.id: int(text)}))


def _retime(context: Context, state: MeetingState) -> MeetingState:
    """The state with a running countdown of the current block adjusted to that block's length."""
    here = find(context.part, state.step)
    if here is None or state.timer is None or not state.timer.running:
        return state
    if _seconds(context, state, here[1]) is not None:
        return state
    return replace(state, timer=_timer(context, state, *here))


def _shorten(context: Context, state: MeetingState, command: Command) -> Outcome:
    planned_end = later(context.planned_start, minutes=context.part.minutes)
    late = round(seconds_between(planned_end, projected_end(context.part, state, context.now)) / 60)
    if late <= 0 or state.phase != "live":
        return Rejected("not-late", "Jullie lopen niet uit. Inkorten is niet nodig.")
    lengths = shortened(context.part, state, late)
    return replace(state, minutes={**state.minutes, **lengths})


def _close(context: Context, state: MeetingState, command: Command) -> Outcome:
    return replace(state.timeless(), phase="closed", cover=False, join_shown=False)


def _restart(context: Context, state: MeetingState, command: Command) -> Outcome:
    if find(context.part, state.step) is None or state.phase != "live" or context.place:
        return NOT_NOW
    if state.final:
        return FINAL
    kinds = {step_id: value for step_id, value in state.kinds.items() if whole(step_id) != state.step}
    sealed = tuple(step_id for step_id in state.sealed if step_id != state.step)
    runs = {**state.runs, state.step: state.runs.get(state.step, 0) + 1}
    shared = tuple(step_id for step_id in state.shared if step_id != state.step)
    return replace(state, kinds=kinds, sealed=sealed, runs=runs, shared=shared)


def _cover(context: Context, state: MeetingState, command: Command) -> Outcome:
    wanted = {"yes": True, "no": False}.get(command.one("to"), not state.cover)
    return replace(state, cover=wanted)


def _join(context: Context, state: MeetingState, command: Command) -> Outcome:
    return replace(state, join_shown=not state.join_shown)


def _accept_plain(context: Context, state: MeetingState, command: Command) -> Outcome:
    if state.phase != "live":
        return NOT_NOW
    return replace(state, plain_accepted=tuple(sorted({*state.plain_accepted, state.step})))


def _theme(context: Context, state: MeetingState, command: Command) -> Outcome:
    return replace(state, theme="light" if state.theme == "dark" else "dark")


HANDLERS: Mapping[str, Callable[[Context, MeetingState, Command], Outcome]] = {
    "start": _start,
    "next": _next,
    "back": _back,
    "goto": _goto,
    "skip": _skip,
    "unskip": lambda context, state, command: _skip(
        context, state, replace(command, args={**command.args, "to": ("no",)})
    ),
    "choose": _choose,
    "timer-start": _timer_command(lambda timer, now: timer.start(now)),
    "timer-pause": _timer_command(lambda timer, now: timer.pause(now)),
    "timer-plus": _timer_command(lambda timer, now: timer.add(60, now)),
    "timer-minus": _timer_command(lambda timer, now: timer.add(-60, now)),
    "timer-reset": _timer_reset,
    "block-minutes": _block_minutes,
    "shorten": _shorten,
    "cover": _cover,
    "join": _join,
    "theme": _theme,
    "accept-plain": _accept_plain,
    "restart": _restart,
    "expect": attendance.expect,
    "door": attendance.door,
    "lead": leading.lead,
    "swap": leading.swap,
    "share": sharing.share,
    "pace": hurry,
    "close": _close,
}

# What is never too late in a rehearsal: the people in it act by themselves, and quickly.
REHEARSAL_COMMANDS = frozenset({"pace", "close"})

# What trainers may do before a meeting is opened; all of it is there when it opens.
BEFOREHAND: Mapping[str, Callable[[Context, MeetingState, Command], Outcome]] = {
    name: HANDLERS[name] for name in ("choose", "skip", "unskip", "block-minutes", "expect", "lead", "swap")
} | {"tick": ready.tick}
# What moves only the place that it comes from, if it comes from one.
LOCAL_COMMANDS = frozenset({"next", "back"})
# What the projector's own keyboard may do: a clicker is plugged into that laptop.
SCREEN_COMMANDS = frozenset({"start", "next", "back", "cover", "join", "theme"})
