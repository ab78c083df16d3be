"""Closed meetings of made-up courses, with what the gate kept of so many answers."""

from datetime import date

from trainer.exports.comparison import Held
from trainer.exports.evaluation import MeetingReport, evaluate_meeting
from trainer.kinds.contract import Picture, Tally, Totals
from trainer.kinds.disclosure import Kept, protected

MARKS = tuple(str(mark) for mark in range(1, 11))
SCALE = ("slecht", "gaat wel", "goed")


def answers(*counts: int, question: str = "Wat vond je ervan?") -> Kept:
    """What the gate keeps of so many people for each answer, all by phone."""
    picture = Picture(Tally(counts, sum(counts)), Tally())
    return protected(Totals("oordeel", question, "oordeel", SCALE[: len(counts)]), picture)


def marks(*counts: int) -> Kept:
    """The same for a mark, from 1."""
    every = (*counts, *(0,) * (10 - len(counts)))
    picture = Picture(Tally(every, sum(every)), Tally())
    return protected(Totals("cijfer", "Welk cijfer?", "cijfer", MARKS), picture)


def meeting(
    *form: Kept,
    course: int = 1,
    place: str = "Gouda",
    location: int | None = None,
    part: int = 1,
    day: date = date(2026, 3, 2),
    exercises: tuple[Kept, ...] = (),
) -> Held:
    title = f"Dagdeel {part}"
    return Held(
        id=f"{course}-{part}-{day}",
        programme="klein",
        course=course,
        title=f"Traject {course}",
        place=place,
        location=location,
        location_name=f"Locatie {location}" if location else "",
        part=f"dagdeel-{part}",
        part_title=title,
        order=part,
        day=day,
        evaluation=evaluate_meeting(MeetingReport(title, day, exercises, form)),
    )
