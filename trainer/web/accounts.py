"""Passwords, sessions and invitations of organisers and trainers."""

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from flask import current_app, session
from flask_login import LoginManager, current_user, login_user
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from trainer import names
from trainer.meetings.host import Host
from trainer.meetings.onetime import OneTimeCodes
from trainer.meetings.signals import TRAINERS_ROLES
from trainer.store import repository
from trainer.store.access import location_of
from trainer.store.accounts import account
from trainer.store.factors import is_stale
from trainer.store.log import OPERATOR, Deed, Unlogged, What, change
from trainer.store.models import Course, Invitation, Meeting, User, db, new_session_key
from trainer.store.resets import change_password
from trainer.web.backoff import Backoff, Turns

INVITATION_LASTS = timedelta(days=14)
MINIMUM_PASSWORD = 10

login_manager = LoginManager()


class LinkIsGone(Exception):
    """The invitation does not exist, has expired, or was used."""


class LoginTaken(Exception):
    """Somebody else already has this login name."""


class Passwords:
    """Checks passwords, taking equally long whether or not the account exists."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self.hasher = hasher or PasswordHasher()
        self.backoff = Backoff()
        self.turns = Turns()
        self.codes: OneTimeCodes[str] = OneTimeCodes()
        self._nobody = _unknowable(self.hasher)

    def verify(self, encoded: str | None, password: str) -> bool:
        """Is this the password? `encoded` is None for an unknown account.

        Takes about a tenth of a second: call it off the loop.
        """
        try:
            return self.hasher.verify(encoded or self._nobody, password) and encoded is not None
        except (Argon2Error, InvalidHashError):
            return False


def _unknowable(hasher: PasswordHasher) -> str:
    """A hash that no password matches, as slow to check as a real one, built without the cost of hashing."""
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (
        base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v=19${costs}${salt}${digest}"


def host() -> Host:
    """The host of the application that serves this request."""
    return cast(Host, current_app.extensions["kwartier"])


def passwords() -> Passwords:
    """The passwords of the application that serves this request."""
    return cast(Passwords, current_app.extensions["kwartier_passwords"])


def today() -> date:
    """The day where the meetings are."""
    return host().clock.now().date()


def me() -> User:
    """The logged-in organiser or trainer; only for views that require a login."""
    # Itself, and not what stands for whoever is logged in: a new session may be started for it.
    return cast(User, current_user._get_current_object())


def normalised(login: str) -> str:
    """A login name as it is stored: without surrounding spaces, and case-folded."""
    return login.strip().casefold()


def find_user(login: str) -> User | None:
    """The account with this login name, in whatever case it is typed; None when there is none."""
    return db.session.scalar(select(User).where(User.login == normalised(login)))


def shown_names() -> Mapping[int, str]:
    """The name under which others see each account, by account id."""
    return repository.shown_names(host().engine)


def start_session(user: User) -> None:
    """Logs `user` in, in a new session."""
    session.clear()
    login_user(user)


def end_sessions(
    user_id: int,
    work: Callable[[User], object] = lambda user: None,
    what: What = What.LOGGED_OUT,
    who: str = "",
) -> None:
    """Logs an account out everywhere: revokes its session cookies and empties its open pages.

    `work` is what is done to the account in the same transaction, and `what` is the deed. What `work` raises
    leaves all as it was. `who` does it; default: whoever has the account. Raises AccountGone.
    """

    def both() -> None:
        user = account(user_id)
        work(user)
        user.session_key = new_session_key()

    name, location_id = shown_names()[user_id], location_of(account(user_id))
    about = name if who and who != name else ""
    change(both, Deed(what, who or name, today(), about, location_id=location_id))
    host().signals.hang_up_strangers()


def set_password(user_id: int, password_hash: str, *, who: str) -> None:
    """Changes the password of an account and ends all its sessions; `who` is whoever does that."""
    end_sessions(user_id, lambda user: change_password(user, password_hash), What.PASSWORD_CHANGED, who)


@login_manager.user_loader
def load_user(session_key: str) -> User | None:
    """The account of a session; None once its sessions were ended, also because it must set up a factor."""
    user = db.session.scalar(select(User).where(User.session_key == session_key))
    if user is None or not is_stale(user, host().settings.second_factor):
        return user
    ended = update(User).where(User.session_key == session_key).values(session_key=new_session_key())
    change(lambda: db.session.execute(ended), Unlogged.NOBODY)
    return None


def hash_token(token: str) -> str:
    """What the database keeps of the token in an invitation link."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(
    day: date,
    *,
    is_organiser: bool = False,
    course_id: int | None = None,
    location_id: int | None = None,
    first_run: bool = False,
    who: str = OPERATOR,
) -> str:
    """Makes an invitation, valid for fourteen days from `day` and for one account; returns its token.

    An organiser is one of `location_id`, or national. Only the hash is stored, so the token can never be
    shown again. A `first_run` invitation voids earlier `first_run` ones, and nobody makes it. `who` is
    whoever makes another.
    """
    token = secrets.token_urlsafe(24)

    def work() -> None:
        over = Invitation.expires < day
        db.session.execute(delete(Invitation).where(or_(over, Invitation.first_run) if first_run else over))
        db.session.add(
            Invitation(
                token_hash=hash_token(token),
                is_organiser=is_organiser,
                course_id=course_id,
                location_id=location_id,
                expires=day + INVITATION_LASTS,
                used=False,
                first_run=first_run,
            )
        )

    what = What.ORGANISER_INVITED if is_organiser else What.TRAINER_INVITED
    deed = Deed(what, who, today(), location_id=location_id)
    change(work, Unlogged.NOBODY if first_run else _about_course(deed, course_id))
    return token


def find_invitation(token: str, day: date) -> Invitation | None:
    """The invitation with this token, if it is unused and has not expired."""
    found = db.session.get(Invitation, hash_token(token))
    return found if found is not None and not found.used and found.expires >= day else None


def accept(token: str, day: date, *, login: str, name: str, password_hash: str) -> User:
    """Makes the account that an invitation is for, and marks the invitation as used.

    Raises LinkIsGone when the invitation cannot be used, and LoginTaken or NameRefused when the login or the
    name cannot; after the last two the invitation is still valid.
    """
    name = names.read(name)

    def work() -> tuple[User, list[Meeting], int | None]:
        invitation = _claim(token, day)
        if db.session.scalar(select(func.count(User.id)).where(User.login == normalised(login))):
            raise LoginTaken
        # Two concurrent requests may both pass; `names.shown` then adds their login names.
        if names.likeness(name) in map(names.likeness, db.session.scalars(select(User.name))):
            raise names.NameRefused(names.TAKEN)
        user = User(
            login=normalised(login),
            name=name,
            password_hash=password_hash,
            is_organiser=invitation.is_organiser,
            location_id=invitation.location_id,
        )
        db.session.add(user)
        # A first-run invitation is for the sample course, which has no other trainers to tell.
        is_news = not invitation.first_run
        joined = _add_to_course(user, invitation)
        try:
            db.session.flush()
        except IntegrityError as error:
            raise LoginTaken from error
        if user.is_organiser:
            # A first-run link left in a terminal or a log by an earlier start must no longer work.
            db.session.execute(delete(Invitation).where(Invitation.first_run))
        return user, joined if is_news else [], invitation.course_id

    made, meetings, _ = change(work, lambda done: _arrived(What.ACCOUNT_MADE, done[0], done[2]))
    announce(made, meetings)
    return made


def join_course(token: str, day: date, user: User) -> None:
    """Uses an invitation for an existing account. Raises LinkIsGone if it cannot be used, or AccountGone."""
    user_id = user.id

    def work() -> tuple[list[Meeting], int | None]:
        invitation = _claim(token, day)
        return _add_to_course(account(user_id), invitation), invitation.course_id

    joined, _ = change(work, lambda done: _arrived(What.COURSE_JOINED, user, done[1]))
    announce(user, joined)


def _arrived(what: What, user: User, course_id: int | None) -> Deed:
    who = repository.shown_names_in(db.session.connection())[user.id]
    about = ("organisator" if user.is_organiser else "trainer") if what is What.ACCOUNT_MADE else ""
    return _about_course(Deed(what, who, today(), about, location_id=user.location_id), course_id)


def _about_course(deed: Deed, course_id: int | None) -> Deed:
    course = db.session.get(Course, course_id) if course_id is not None else None
    if course is None:
        return deed
    return replace(deed, course_id=course.id, course=course.title, location_id=course.location_id)


def announce(user: User, meetings: Iterable[Meeting]) -> None:
    """Announces on control and screen of each of these meetings that is open that `user` now trains it."""
    for meeting in meetings:
        if meeting.phase in ("lobby", "live"):
            host().leaders.joined(meeting.id, (user.id, shown_names()[user.id]))
            host().signals.notify(meeting.id, TRAINERS_ROLES)


def _claim(token: str, day: date) -> Invitation:
    """Marks an invitation as used; of two concurrent attempts one succeeds. Raises LinkIsGone."""
    claimed: Any = db.session.execute(
        update(Invitation)
        .where(
            Invitation.token_hash == hash_token(token), Invitation.used.is_(False), Invitation.expires >= day
        )
        .values(used=True)
    )
    if claimed.rowcount != 1:
        raise LinkIsGone
    return db.session.get_one(Invitation, hash_token(token))


def _add_to_course(user: User, invitation: Invitation) -> list[Meeting]:
    """Makes `user` a trainer of every meeting of an invitation's course; returns those where that is new."""
    course = db.session.get(Course, invitation.course_id) if invitation.course_id is not None else None
    joined = [meeting for meeting in course.meetings if user not in meeting.trainers] if course else []
    for meeting in joined:
        meeting.trainers.append(user)
    return joined
