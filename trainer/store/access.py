"""Who may do what with a meeting: the one place that decides it.

The organisers of its course and its own trainers manage it: plan it, and read its results when it is over. An
organiser has the courses of one location; one who is national has those without a location, and sees of all
others the totals that leave the house anyway. Only the trainers of a meeting lead it. A page that leads holds
a right, which is checked against the rows repeatedly: whoever logged out, was removed or no longer trains the
meeting has lost it, whichever process changed the rows.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import BindParameter, Engine, bindparam, select

from trainer.store.models import Course, Location, Meeting, User, meeting_trainer
from trainer.store.plan_models import PlanLink

# Built once: every second all open pages of trainers are checked.
_users: BindParameter[list[int]] = bindparam("users", expanding=True)
_meetings: BindParameter[list[str]] = bindparam("meetings", expanding=True)
SESSION_KEYS = select(User.id, User.session_key).where(User.id.in_(_users))
LED = (
    select(meeting_trainer.c.user_id, meeting_trainer.c.meeting_id, Meeting.screens)
    .join(Meeting)
    .where(meeting_trainer.c.meeting_id.in_(_meetings), meeting_trainer.c.user_id.in_(_users))
)


def leads(user: User, meeting: Meeting) -> bool:
    """May `user` open control and screen of this meeting?"""
    return user in meeting.trainers


def is_national(user: User) -> bool:
    """Is `user` an organiser without a location, who makes locations and compares the totals of all?"""
    return user.is_organiser and user.location_id is None


def organises(user: User, course: Course) -> bool:
    """Is `user` an organiser of this course: of its location, or national where it has none?"""
    return user.is_organiser and user.location_id == course.location_id


def oversees(user: User, location: Location) -> bool:
    """May `user` see who organises this location, and invite others for it?"""
    return is_national(user) or (user.is_organiser and user.location_id == location.id)


def location_of(user: User) -> int | None:
    """The location of which an account is: who only trains is of the one whose courses all of these are.

    None is national: also for whoever trains at several, or nowhere.
    """
    if user.is_organiser:
        return user.location_id
    trained = {meeting.course.location_id for meeting in user.meetings}
    return trained.pop() if len(trained) == 1 else None


def answers_for(user: User, account: User) -> bool:
    """May `user` remove this account, or make a link that gives it another password, and so lets them in?

    Only if it opens nothing that `user` does not have anyway: it is of the same location, and trains nowhere
    else. Trainers who train nowhere are of none.
    """
    if not user.is_organiser or user.id == account.id:
        return False
    trained = [meeting.course for meeting in account.meetings]
    if account.is_organiser:
        near = account.location_id == user.location_id
    else:
        near = bool(trained) or is_national(user)
    return near and all(organises(user, course) for course in trained)


def manages(user: User, meeting: Meeting) -> bool:
    """May `user` plan this meeting, and read its results when it is over?"""
    return organises(user, meeting.course) or leads(user, meeting)


def compares(user: User, meeting: Meeting) -> bool:
    """May `user` compare the totals of this meeting, once it is closed? They hold no texts (decision 39)."""
    return is_national(user) or manages(user, meeting)


def manages_course(user: User, course: Course) -> bool:
    """May `user` change this course as a whole? Whoever trains all of its meetings may."""
    return organises(user, course) or bool(
        course.meetings and all(leads(user, each) for each in course.meetings)
    )


def may_delete(user: User, meeting: Meeting) -> bool:
    """May `user` delete this meeting? Its course's trainers may as long as it was never opened."""
    is_new = meeting.phase == "planned"
    return organises(user, meeting.course) or (is_new and manages_course(user, meeting.course))


def sees(user: User, course: Course) -> bool:
    """May `user` see that this course is there? Its organisers, and whoever trains any of its meetings."""
    return organises(user, course) or any(leads(user, each) for each in course.meetings)


def plans(user: User, course: Course) -> bool:
    """May `user` fill in the plan of this course? Whoever sees it: who leads reads its points anyway."""
    return sees(user, course)


def opens_plan(link: PlanLink | None, course_id: int, day: date) -> bool:
    """May whoever holds this link fill in the plan of this course, without an account?"""
    return link is not None and link.course_id == course_id and link.expires >= day


class Standing(StrEnum):
    """What became of a right."""

    HOLDS = "holds"
    LOGGED_OUT = "logged-out"
    NO_TRAINER = "no-trainer"
    SCREENS_CLOSED = "screens-closed"
    NOT_OPEN = "not-open"
    REHEARSED = "rehearsed"


@dataclass(frozen=True, slots=True)
class Right:
    """What an open page may do: lead one meeting, or only show its screen, on behalf of one trainer.

    `proof` hashes what must not change: the trainer's session key and, for a screen, `Meeting.screens`.
    """

    meeting_id: str
    user_id: int
    screen: bool
    proof: str


def grant(engine: Engine, user_id: int, meeting_id: str, *, screen: bool) -> Right | None:
    """The right that a user has to a meeting now; None when there is none."""
    keys, screens = _rows(engine, {user_id}, {meeting_id})
    if (user_id, meeting_id) not in screens:
        return None
    return Right(meeting_id, user_id, screen, _proof(screen, keys[user_id], screens[user_id, meeting_id]))


def holds(engine: Engine, right: Right) -> bool:
    """Is this right still valid: is nothing changed of what its `proof` hashes?"""
    return standings(engine, [right])[right] is Standing.HOLDS


def standings(engine: Engine, rights: Collection[Right]) -> Mapping[Right, Standing]:
    """The standing of each right, by the rows as they are now."""
    users = {right.user_id for right in rights}
    keys, screens = _rows(engine, users, {right.meeting_id for right in rights})
    return {
        right: _standing(right, keys.get(right.user_id, ""), screens.get((right.user_id, right.meeting_id)))
        for right in rights
    }


def _rows(
    engine: Engine, users: Collection[int], meetings: Collection[str]
) -> tuple[dict[int, str], dict[tuple[int, str], int]]:
    """The session key of each user; and per (trainer, meeting), how often its screens were closed."""
    asked = {"users": list(users), "meetings": list(meetings)}
    with engine.connect() as connection:
        people = connection.execute(SESSION_KEYS, asked).all()
        rows = connection.execute(LED, asked).all()
    keys = {row.id: row.session_key for row in people}
    return keys, {(user_id, meeting_id): number for user_id, meeting_id, number in rows}


def _standing(right: Right, session_key: str, screens: int | None) -> Standing:
    # The proof of a control does not depend on `screens`.
    is_same = right.proof == _proof(right.screen, session_key, screens or 0)
    if screens is not None and is_same:
        return Standing.HOLDS
    if right.screen:
        return Standing.SCREENS_CLOSED
    return Standing.NO_TRAINER if is_same else Standing.LOGGED_OUT


def _proof(screen: bool, session_key: str, screens: int) -> str:
    about = f"screen:{screens}" if screen else "control"
    return hashlib.sha256(f"{about}:{session_key}".encode()).hexdigest()
