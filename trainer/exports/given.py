"""A part as it will be given: its text, what trainers chose, and when it begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from trainer.curriculum.model import Block, Part, Step
from trainer.live.bounds import USUAL_START, read_start
from trainer.live.moments import later
from trainer.live.order import chosen_steps, minutes_of, running_order
from trainer.live.state import MeetingState

# The training is given by two.
TRAINERS = 2


def moment_of(day: date, start: str, zone: tzinfo) -> datetime:
    """When a meeting begins; a stored time that is none counts as the usual one."""
    return datetime.combine(day, read_start(start) or read_start(USUAL_START) or time.min, zone)


@dataclass(frozen=True, slots=True)
class Given:
    """`state` is what trainers chose; `begins` is None where nobody knows on which day."""

    part: Part
    state: MeetingState
    begins: datetime | None = None

    @property
    def minutes(self) -> int:
        """How long it takes, without the blocks that are skipped."""
        return sum(minutes_of(block, self.state) for block in self.blocks())

    @property
    def ends(self) -> datetime | None:
        """When it ends; None where its beginning is unknown."""
        return later(self.begins, minutes=self.minutes) if self.begins else None

    def blocks(self) -> list[Block]:
        """The blocks that are given, in order."""
        return [block for block in self.part.blocks if block.id not in self.state.skipped]

    def steps(self, block: Block) -> list[Step]:
        """The steps of a block that are given, in order."""
        return chosen_steps(block, self.state)

    def order(self) -> list[tuple[Block, Step]]:
        """All steps that are given, each with its block, in order."""
        return running_order(self.part, self.state)

    def options(self, block: Block) -> set[int]:
        """The options of a block that are given."""
        return {step.option for step in self.steps(block) if step.option is not None}

    def noted(self) -> Iterator[tuple[Block, str]]:
        """The trainers' notes of all that is given, as HTML, each with its block."""
        for block in self.blocks():
            if block.notes:
                yield block, block.notes
            for step in self.steps(block):
                if step.notes:
                    yield block, step.notes
