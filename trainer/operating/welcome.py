"""Before the first request: migrations, a sample course, and what the operator must know."""

from datetime import date, datetime, timedelta

import segno
from flask import Flask
from sqlalchemy import func, select

from trainer.meetings.host import Host
from trainer.store.codes import show_code
from trainer.store.database import transaction, upgrade_database
from trainer.store.models import Course, Meeting, User, db
from trainer.web.accounts import invite

SAMPLE_PROGRAMME = "training"


def prepare(app: Flask) -> None:
    """Migrates the database, runs the sweep, and creates the sample course when there is no course.

    The previous process may have been killed, or have stopped long ago: before anybody sees a page, what is
    past its time is deleted, what was due is sealed, and all traces are wiped.
    """
    upgrade_database(app)
    host: Host = app.extensions["kwartier"]
    host.sweep()
    with app.app_context():
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
                date=now.date() + timedelta(weeks=position),
                start=_rounded(now),
            )
            for position, part in enumerate(programme.parts)
        ]
        db.session.add(course)
        db.session.flush()
        return [meeting.id for meeting in course.meetings]

    meetings = transaction(work)
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
    """Prints where to start: the organiser's link, and how phones join."""
    host: Host = app.extensions["kwartier"]
    local = host.settings.base_url or f"http://localhost:{host.settings.port}"
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
            url = f"{host.public_url}/j/{meeting.secret}"
            print(f"\n  Phones join {meeting.course.title}, {meeting.part}:")
            code = show_code(meeting.code, str(meeting.secret), host.codes.longer)
            print(f"  {host.public_url}   with code   {code}\n")
            segno.make(url, error="l").terminal(compact=True, border=2)
            print(f"  {url}\n")
    for problem in host.library.problems:
        print(f"  {problem}")
    if host.library.problems:
        print("  Programmes with a problem are not offered. Mend them and start again.\n")
