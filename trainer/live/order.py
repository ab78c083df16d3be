"""The order in which a part is given: options chosen, blocks skipped, and the clock times that follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from trainer.curriculum.model import Block, Part, Step
from trainer.live.moments import later, latest, seconds_between
from trainer.live.ready import points
from trainer.live.state import MeetingState

# A meeting that begins further from its planned start than this is not late: the plan was for another day.
ANCHOR_MINUTES = 60
SHORTEST_BLOCK = 5
# The fields of a state that hold what trainers chose before they began.
CHOSEN = ("choices", "skipped", "minutes", "expected", "trainers", "swapped", "ticked")


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Neighbouring steps that are alternatives; `id` is stable as long as the block's id is."""

    id: str
    block: Block
    options: tuple[tuple[int, str], ...]


def option_groups(block: Block) -> Iterator[tuple[str, list[Step]]]:
    """Runs of neighbouring steps with an option, each with the id of its group."""
    run: list[Step] = []
    index = 0
    for step in (*block.steps, None):
        if step is not None and step.option is not None:
            run.append(step)
        elif run:
            index += 1
            yield f"{block.id}:{index}", run
            run = []


def groups_of(part: Part) -> list[OptionGroup]:
    """All option groups of a part, with the first step's title standing for each option."""
    found = []
    for block in part.blocks:
        for group, steps in option_groups(block):
            titles: dict[int, str] = {}
            for step in steps:
                titles.setdefault(step.option or 0, step.title)
            found.append(OptionGroup(group, block, tuple(sorted(titles.items()))))
    return found


def chosen_steps(block: Block, state: MeetingState) -> list[Step]:
    """The steps of a block that will be given: those outside options, and those of the chosen ones."""
    group_of = {step.id: (group, steps) for group, steps in option_groups(block) for step in steps}
    chosen = []
    for step in block.steps:
        if step.id in group_of:
            group, steps = group_of[step.id]
            default = min(other.option or 0 for other in steps)
            if step.option != state.choices.get(group, default):
                continue
        chosen.append(step)
    return chosen


def prepared(part: Part, state: MeetingState) -> MeetingState:
    """Only what trainers chose for a part before they began, as far as the part still has it."""
    options = {group.id: {number for number, _ in group.options} for group in groups_of(part)}
    blocks = {block.id for block in part.blocks}
    keys = {point.key for point in points(part)} if state.ticked else ()
    return MeetingState(
        choices={group: one for group, one in state.choices.items() if one in options.get(group, ())},
        skipped=tuple(block for block in state.skipped if block in blocks),
        minutes={block: minutes for block, minutes in state.minutes.items() if block in blocks},
        expected=state.expected,
        trainers=state.trainers,
        swapped=tuple(block for block in state.swapped if block in blocks),
        ticked=tuple(key for key in state.ticked if key in keys),
    )


def running_order(part: Part, state: MeetingState) -> list[tuple[Block, Step]]:
    """Every (block, step) that will be given, in order."""
    return [
        (block, step)
        for block in part.blocks
        if block.id not in state.skipped
        for step in chosen_steps(block, state)
    ]


def neighbour(part: Part, state: MeetingState, step: Step, by: int) -> tuple[Block, Step] | None:
    """The step before or after this one in the running order, even when this one is no longer in it."""
    order = running_order(part, state)
    places = {other.id: index for index, other in enumerate(part.steps())}
    here = places[step.id]
    if by > 0:
        return next(((b, s) for b, s in order if places[s.id] > here), None)
    return next(((b, s) for b, s in reversed(order) if places[s.id] < here), None)


def find(part: Part, step_id: str) -> tuple[Block, Step] | None:
    """The step with this id and its block, whether or not it will be given."""
    for block in part.blocks:
        for step in block.steps:
            if step.id == step_id:
                return block, step
    return None


def minutes_of(block: Block, state: MeetingState) -> int:
    """The current length of a block, in minutes."""
    return state.minutes.get(block.id, block.minutes)


def remaining_blocks(part: Part, state: MeetingState) -> list[Block]:
    """The blocks after the current one that will be given."""
    here = find(part, state.step)
    blocks = list(part.blocks)
    index = blocks.index(here[0]) + 1 if here else 0
    return [block for block in blocks[index:] if block.id not in state.skipped]


def anchor(state: MeetingState, planned: datetime, now: datetime) -> datetime:
    """The moment from which planned clock times count."""
    if not state.begun:
        return planned if state.phase == "closed" or _is_near(now, planned) else now
    begun = datetime.fromtimestamp(min(state.begun.values()), planned.tzinfo)
    return planned if _is_near(begun, planned) else begun


def _is_near(moment: datetime, planned: datetime) -> bool:
    return abs(seconds_between(planned, moment)) <= ANCHOR_MINUTES * 60


def projected_end(part: Part, state: MeetingState, now: datetime) -> datetime:
    """When the meeting ends if the current block takes its time and the rest follows the current plan."""
    here = find(part, state.step)
    end = now
    if here:
        block = here[0]
        begun = state.begun.get(block.id, now.timestamp())
        here_until = later(datetime.fromtimestamp(begun, now.tzinfo), minutes=minutes_of(block, state))
        end = latest(now, here_until)
    return later(end, minutes=sum(minutes_of(block, state) for block in remaining_blocks(part, state)))


def shortened(part: Part, state: MeetingState, cut: int) -> dict[str, int]:
    """Minutes of each remaining block after cutting `cut` minutes in all, in proportion to planned lengths.

    No block gets shorter than five minutes, so less may be cut than was asked.
    """
    blocks = remaining_blocks(part, state)
    lengths = {block.id: minutes_of(block, state) for block in blocks}
    for _ in range(cut):
        longest = max(
            (block for block in blocks if lengths[block.id] > SHORTEST_BLOCK),
            key=lambda block: lengths[block.id] / block.minutes,
            default=None,
        )
        if longest is None:
            break
        lengths[longest.id] -= 1
    return lengths
