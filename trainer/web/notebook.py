"""The notebook of a phone: private work that never comes here. A phone is told which book a course has."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, current_app, render_template

from trainer.kinds.agreement import FIELDS
from trainer.meetings.room import Room
from trainer.store.models import Course, Meeting, db

blueprint = Blueprint("notebook", __name__)


@dataclass(frozen=True, slots=True)
class Book:
    """The notebook of one course. `until` is the last day on which a phone keeps it."""

    id: str
    title: str
    until: date


def book_of(room: Room, today: date) -> Book | None:
    """The book of a meeting's course; None when nothing in the meeting is written in a notebook.

    A phone keeps it after the last meeting for as many days as we keep texts. Its id is the same in all
    meetings of the course, and no other course has it, not even on another computer with the same address.
    """
    if not any(room.kind(step).private for step in room.part.steps()):
        return None
    course = db.session.get_one(Meeting, room.id).course
    last = max(today, *(meeting.date for meeting in course.meetings))
    return Book(name_of(course), course.title, last + timedelta(days=course.retention_days))


def name_of(course: Course) -> str:
    """What phones call the notebook of a course: the same as long as this installation keeps its key."""
    # With our own key: a computer that ever has the same address has other courses of the same number.
    key = str(current_app.secret_key).encode()[:64]
    about = f"book {course.notebook or course.id}"
    return hashlib.blake2b(about.encode(), key=key, digest_size=8).hexdigest()


@blueprint.get("/mijn-schrift")
def mine() -> str:
    """The page on which a phone shows its own notebooks; the same for everybody."""
    return render_template("notebook/page.html")


@blueprint.get("/afspraak")
def agreement() -> str:
    """The page on which a phone gets an agreement from another; what it gets stands behind the #."""
    return render_template("notebook/agreement.html", fields=FIELDS)
