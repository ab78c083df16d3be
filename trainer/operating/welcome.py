"""Before the first request: migrations, a sample course, and what the operator must know."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import segno
from flask import Flask
from sqlalchemy import func, select

from trainer.config import Settings
from trainer.live.bounds import USUAL_WEEKS_APART
from trainer.meetings.host import Host
from trainer.meetings.network import answers, is_this_machine, url_of
from trainer.store.codes import show_code
from trainer.store.database import upgrade_database
from trainer.store.factors import end_stale_sessions
from trainer.store.log import Unlogged, change
from trainer.store.models import Course, Meeting, User, db
from trainer.web.accounts import invite

SAMPLE_PROGRAMME = "training"


def prepare(app: Flask) -> None:
    """Migrates the database, runs the sweep, ends old sessions, and makes a sample course if there is none.

    The previous process may have been killed, or have stopped long ago: before anybody sees a page, what is
    past its time is deleted, what was due is sealed, and all traces are wiped.
    """
    upgrade_database(app)
    host: Host = app.extensions["kwartier"]
    host.sweep()
    with app.app_context():
        demand = host.settings.second_factor
        change(lambda: end_stale_sessions(demand), Unlogged.NOBODY)
        if not db.session.scalar(select(func.count()).select_from(Course)):
            _make_sample(host)


def _make_sample(host: Host) -> None:
    # An installation without our sample programme gets one of its own.
    offered = host.library.programmes
    programme = offered.get(SAMPLE_PROGRAMME) or next(iter(offered.values()), None)
    if programme is None:
        return
    now = host.clock.now()

    def work() -> list[str]:
        course = Course(
            title="Voorbeeldtraject",
            programme=programme.id,
            place="Voorbeeldwijk",
            responsible="Stichting Voorbeeld (verzonnen)",
            contact="vragen@stichting.example",
        )
        course.meetings = [
            Meeting(
                part=part.id,
                position=position,
                date=now.date() + timedelta(weeks=USUAL_WEEKS_APART * position),
                start=_rounded(now),
            )
            for position, part in enumerate(programme.parts)
        ]
        db.session.add(course)
        db.session.flush()
        return [meeting.id for meeting in course.meetings]

    meetings = change(work, Unlogged.NOBODY)
    host.open_meeting(meetings[0])


def _rounded(now: datetime) -> str:
    return f"{now.hour:02d}:{now.minute // 15 * 15:02d}"


def _first_invitation(day: date) -> str:
    """An invitation token for the first organiser. Without any account yet it also makes them the trainer of
    the first course, the sample."""
    accounts = db.session.scalar(select(func.count()).select_from(User))
    sample = None if accounts else db.session.scalar(select(Course.id).order_by(Course.id))
    return invite(day, is_organiser=True, course_id=sample, first_run=True)


def print_welcome(app: Flask) -> None:
    """Prints where to start: the organiser's link, and how phones join.

    An address of this machine is tried first, so that none is printed that leads nowhere. That of a proxy
    in front of it cannot be tried from here.
    """
    host: Host = app.extensions["kwartier"]
    here, others = _tried(host)
    local = here if host.settings.base_url else _on_this_machine(host.settings, here)
    print("\nKwartier is running. Stop it with Ctrl-C.\n")
    with app.app_context():
        organisers = db.session.scalar(select(func.count()).select_from(User).where(User.is_organiser))
        if organisers:
            print(f"  Trainers and organisers   {local}/beheer")
        else:
            token = _first_invitation(host.clock.now().date())
            print("  Make your password here (this link works once):")
            print(f"  {local}/welkom/{token}")
        query = select(Meeting).where(Meeting.phase.in_(("lobby", "live"))).order_by(Meeting.date)
        meeting = db.session.scalars(query).first()
        if meeting is not None and meeting.code:
            _print_door(host, meeting, here, others)
    for problem in host.library.problems:
        print(f"  {problem}")
    if host.library.problems:
        print("  Programmes with a problem are not offered. Mend them and start again.\n")


def _tried(host: Host) -> tuple[str, Sequence[str]]:
    """Where people can reach the server, the likeliest first, and where else."""
    if host.settings.base_url:
        return host.settings.base_url, ()
    found = [url for url in host.public_urls if answers(urlsplit(url).hostname or "", host.settings.port)]
    first, *others = found or [url_of("localhost", host.settings.port)]
    return first, others


def _on_this_machine(settings: Settings, here: str) -> str:
    """The address for whoever sits at this machine: the same after a change of network, where that works."""
    return url_of("localhost", settings.port) if answers("localhost", settings.port) else here


def _print_door(host: Host, meeting: Meeting, here: str, others: Sequence[str]) -> None:
    url = f"{here}/j/{meeting.secret}"
    print(f"\n  Phones join {meeting.course.title}, {meeting.part}:")
    print(f"  {here}   with code   {show_code(str(meeting.code), str(meeting.secret), host.codes.longer)}\n")
    segno.make(url, error="l").terminal(compact=True, border=2)
    print(f"  {url}\n")
    if is_this_machine(here) and not host.settings.base_url:
        print("  Only this machine can reach that. For phones: join a network, and start without HOST.\n")
    if others:
        print(f"  Are the phones in another network? This machine also has {' and '.join(others)}")
        print(f"  To have that in the code on the screen: BASE_URL={others[0]} make run\n")
