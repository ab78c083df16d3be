"""Locations: what they hold in numbers, what is removed with them, and who moves from one to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, true, update
from sqlalchemy.orm import InstrumentedAttribute, aliased

from trainer.store.accounts import account
from trainer.store.models import (
    Course,
    Invitation,
    Location,
    Meeting,
    User,
    db,
    meeting_trainer,
    new_session_key,
)
from trainer.store.resets import end_links_of


class NameTaken(Exception):
    """There is a location with this name."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many courses and meetings a location has, and how many of these meetings are over."""

    courses: int = 0
    meetings: int = 0
    over: int = 0


def numbers() -> Mapping[int | None, Numbers]:
    """What each location holds, by its id; by None what belongs to none. A rehearsal is not over."""
    over = func.count(Meeting.id).filter(Meeting.phase == "closed")
    query = (
        select(Course.location_id, func.count(Course.id.distinct()), func.count(Meeting.id), over)
        .outerjoin(Meeting)
        .group_by(Course.location_id)
    )
    return {location_id: Numbers(*counted) for location_id, *counted in db.session.execute(query)}


def all_locations() -> list[Location]:
    """Every location, by name."""
    return sorted(db.session.scalars(select(Location)), key=lambda each: (each.name.casefold(), each.id))


def find_location(name: str) -> Location | None:
    """The location with this name, in whatever case it is typed; None when there is none."""
    return next((each for each in all_locations() if each.name.casefold() == name.casefold()), None)


def make(name: str) -> Location:
    """Makes a location; call it inside a transaction. Raises NameTaken."""
    if find_location(name) is not None:
        raise NameTaken
    made = Location(name=name)
    db.session.add(made)
    db.session.flush()
    return made


def rename(location_id: int, name: str) -> None:
    """Gives a location another name; call it inside a transaction. Raises NameTaken."""
    found = find_location(name)
    if found is not None and found.id != location_id:
        raise NameTaken
    db.session.get_one(Location, location_id).name = name


def remove(location_id: int) -> bool:
    """Removes a location, with the links that make an organiser of it; call it inside a transaction.

    False, with nothing removed, when it has courses or organisers. Both statements look for these, because
    others may add one concurrently until the first has the database.
    """
    courses = exists().where(Course.location_id == location_id)
    people = exists().where(User.location_id == location_id)
    db.session.execute(delete(Invitation).where(Invitation.location_id == location_id, ~courses, ~people))
    statement = delete(Location).where(Location.id == location_id, ~courses, ~people)
    return db.session.connection().execute(statement).rowcount == 1


def organisers(location_id: int | None) -> list[User]:
    """Who organises a location, or, with None, who is national; by name."""
    found = db.session.scalars(select(User).where(User.is_organiser, _is(User.location_id, location_id)))
    return sorted(found, key=lambda user: (user.name.casefold(), user.id))


def belongs(location_id: int | None) -> ColumnElement[bool]:
    """The condition that an account is one of a location: its organisers, and who trains its courses.

    Of none are also trainers without any meeting.
    """
    organises = and_(User.is_organiser, _is(User.location_id, location_id))
    trains = User.meetings.any(Meeting.course_id.in_(_courses(location_id)))
    if location_id is not None:
        return or_(organises, trains)
    return or_(organises, trains, and_(~User.is_organiser, ~User.meetings.any()))


def trained(user: User) -> int:
    """How many meetings somebody trains of the courses that they organise."""
    query = select(func.count()).select_from(meeting_trainer).where(meeting_trainer.c.user_id == user.id)
    return db.session.scalar(query.where(meeting_trainer.c.meeting_id.in_(_meetings(user.location_id)))) or 0


def move(user_id: int, location_id: int | None) -> bool:
    """Makes an organiser one of another location, or a national one; call it inside a transaction.

    What they had ends at once: their sessions, training meetings there, and every link that was not used yet,
    because they may have kept one. False, with nothing changed, when nobody would be national any more.
    Raises AccountGone.
    """
    before = account(user_id).location_id
    other = aliased(User)
    others = exists().where(other.is_organiser, other.location_id.is_(None), other.id != user_id)
    stays = or_(User.location_id.is_not(None), others) if location_id is not None else true()
    moved = update(User).where(User.id == user_id, User.is_organiser, stays)
    values = {"location_id": location_id, "session_key": new_session_key()}
    if db.session.connection().execute(moved.values(values)).rowcount != 1:
        return False
    end_links_of(user_id)
    there = meeting_trainer.c.meeting_id.in_(_meetings(before))
    db.session.execute(delete(meeting_trainer).where(meeting_trainer.c.user_id == user_id, there))
    _end_links(before)
    return True


def dismiss(user_id: int) -> None:
    """Deletes an account, with an organiser also links that nobody used yet; call it inside a transaction.

    Raises AccountGone.
    """
    user = account(user_id)
    if user.is_organiser:
        _end_links(user.location_id)
    db.session.delete(user)


def hand_over(course_id: int, location_id: int) -> bool:
    """Gives a course without a location to one; call it inside a transaction. Links that make a trainer end.

    False when somebody else gave it away before.
    """
    given = update(Course).where(Course.id == course_id, Course.location_id.is_(None))
    if db.session.connection().execute(given.values(location_id=location_id)).rowcount != 1:
        return False
    db.session.execute(delete(Invitation).where(Invitation.course_id == course_id))
    return True


def _end_links(location_id: int | None) -> None:
    """Ends every link with which somebody becomes an organiser of a location, or a trainer there."""
    there = and_(Invitation.is_organiser, _is(Invitation.location_id, location_id))
    db.session.execute(delete(Invitation).where(or_(there, Invitation.course_id.in_(_courses(location_id)))))


def _courses(location_id: int | None) -> Select[Any]:
    return select(Course.id).where(_is(Course.location_id, location_id))


def _meetings(location_id: int | None) -> Select[Any]:
    return select(Meeting.id).where(Meeting.course_id.in_(_courses(location_id)))


def _is(column: InstrumentedAttribute[int | None], location_id: int | None) -> ColumnElement[bool]:
    return column.is_(None) if location_id is None else column == location_id
