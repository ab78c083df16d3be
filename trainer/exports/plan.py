"""The files in which a plan van aanpak can be downloaded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from trainer.plans.sheet import Sheet


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A plan to write to a file: of which course, where, and as it was on which day.

    `mark` is what no other course ever has; `now` is when the file is made.
    """

    mark: str
    course: str
    place: str
    day: date
    sheet: Sheet
    now: datetime


@dataclass(frozen=True, slots=True)
class PlanFormat:
    """`name` is also the file extension; `label` is for people; `render` returns the bytes of the file."""

    name: str
    label: str
    mimetype: str
    render: Callable[[PlanDocument], bytes]
