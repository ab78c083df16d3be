"""What phones may read of a meeting that is over, until its retention ends: they are all alike then.

All phones of a meeting get a cookie with the same value as they come in. It says that a phone was there, and
not which one it is. Without it nobody reads what the group shared, whatever address or code they have.
"""

from datetime import date, timedelta
from hmac import compare_digest

from flask import Response, request

from trainer.cookies import shared
from trainer.exports.evaluation import MeetingReport
from trainer.exports.harvest import Section, told
from trainer.live.bounds import USUAL_RETENTION_DAYS
from trainer.meetings.host import Host
from trainer.meetings.room import Room
from trainer.store.expiry import read_day, read_days, within_time
from trainer.store.models import Meeting
from trainer.store.sharing import shared_steps
from trainer.web.accounts import host

DAY = 24 * 3600
# Longer than any meeting stays open. Who wants to have it longer says so afterwards, on a phone of their own.
COOKIE_SECONDS = 2 * DAY


def may_read(meeting: Meeting, day: date) -> bool:
    """Is this a meeting that is over, and within its retention?"""
    if meeting.phase != "closed" or meeting.rehearsal:
        return False
    return within_time(meeting.phase, meeting.closed_on, meeting.course.retention_days, day)


def last_day(meeting: Meeting) -> date:
    """The last day on which it can be read; of a meeting that `may_read`."""
    closed = read_day(meeting.closed_on)
    assert closed is not None
    return closed + timedelta(days=read_days(meeting.course.retention_days) or USUAL_RETENTION_DAYS)


def with_key(response: Response, room: Room) -> Response:
    """The answer to a phone that takes part, with the key to what the group may share.

    Once something was offered there is no key, also when that was taken back: who comes in then was not there
    when it was on the screen.
    """
    key, name = room.record.shared_key, shared(room.id)
    if not key or room.state.offered:
        return response
    if not room.record.rehearsal and host().cookies.read(request.cookies, name) != key:
        host().cookies.give(response, name, key, COOKIE_SECONDS)
    return response


def has_key(meeting: Meeting) -> bool:
    """Was the phone that sent this request in the meeting?"""
    sent = host().cookies.read(request.cookies, shared(meeting.id))
    return bool(meeting.shared_key) and compare_digest(sent.encode(), meeting.shared_key.encode())


def shared_of(host: Host, meeting: Meeting, title: str) -> tuple[Section, ...]:
    """What the group of a closed meeting shares: what everybody saw, as its report tells that."""
    steps, found = shared_steps(meeting.shared), MeetingReport(title, meeting.date, ())
    sections = [
        # Whoever wrote on paper could not say no on a phone: these texts alone are nobody's to share.
        told(step.id, step.title, [row for row in rows if row.seen and row.tells and not row.paper], found)
        for step, rows in host.kept_by_step(meeting.id)
        if step.id in steps
    ]
    return tuple(section for section in sections if section.pieces)
