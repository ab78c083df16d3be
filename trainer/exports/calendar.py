"""Meetings as calendar files (RFC 5545), which a newer file of the same meeting replaces.

See decision 31 for the UID and the sequence numbers. A calendar goes to whoever a trainer sends it to: no
names, no code, and nothing by which anybody comes into a meeting.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from icalendar import Calendar, Event

PRODUCT = "-//Kwartier//bijeenkomsten//NL"
# From when sequence numbers count, in minutes. It must never change: they may only go up.
FIRST_MINUTE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting as a calendar knows it. `link` is '' when nobody knows at which address Kwartier is."""

    meeting: str
    title: str
    begins: datetime
    ends: datetime
    place: str = ""
    text: str = ""
    link: str = ""


def calendar_file(appointments: Sequence[Appointment], name: str, now: datetime) -> bytes:
    """A calendar of these meetings, called `name`, as it is `now`: it replaces what is older."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    for appointment in appointments:
        calendar.add_component(_event(appointment, now))
    if appointments:
        years = [appointment.begins.year for appointment in appointments]
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    content: bytes = calendar.to_ical()
    return content


def uid_of(meeting: str) -> str:
    """What identifies a meeting in calendars, for ever: it does not give away the id that addresses hold."""
    return f"{hashlib.sha256(f'calendar:{meeting}'.encode()).hexdigest()[:32]}@kwartier"


def stamp(event: Event, now: datetime) -> None:
    """Says when the file of an event was made, so that calendars take it for newer than what they have."""
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", max(0, int((now - FIRST_MINUTE).total_seconds() // 60)))


def _event(appointment: Appointment, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(appointment.meeting))
    stamp(event, now)
    event.add("summary", appointment.title)
    event.add("dtstart", appointment.begins)
    event.add("dtend", appointment.ends)
    for name in ("place", "text", "link"):
        value = getattr(appointment, name)
        if value:
            event.add({"place": "location", "text": "description", "link": "url"}[name], value)
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event
