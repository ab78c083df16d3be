"""Calendar files, as a calendar reads them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.exports.made import TUESDAY, ZONE
from trainer.exports.calendar import Appointment, calendar_file, uid_of

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
MEETING = Appointment(
    "0b7f6c1e-0000-4000-8000-000000000001",
    "Wijkteam Oost; dag 1, ochtend",
    TUESDAY,
    TUESDAY + timedelta(hours=4),
    "Gouda, zaal 1",
    "Je leert elkaar kennen.",
    "https://kwartier.example/beheer/bijeenkomsten/x",
)


def event(appointment: Appointment, now: datetime = NOW) -> Any:
    (found,) = Calendar.from_ical(calendar_file([appointment], "Wijkteam Oost", now)).walk("VEVENT")
    return found


def test_calendar_reads_back_what_a_meeting_is() -> None:
    found = event(MEETING)

    assert (found.decoded("dtstart"), found.decoded("dtend")) == (MEETING.begins, MEETING.ends)
    assert [str(found[name]) for name in ("summary", "location", "description", "url")] == [
        MEETING.title,
        MEETING.place,
        MEETING.text,
        MEETING.link,
    ]


def test_times_are_local_with_their_zone_beside_them() -> None:
    content = calendar_file([MEETING], "Wijkteam Oost", NOW)
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")

    assert str(zone["tzid"]) == "Europe/Amsterdam"
    assert b"DTSTART;TZID=Europe/Amsterdam:20270112T093000\r\n" in content
    assert {part.name: part["tzoffsetto"].to_ical() for part in zone.subcomponents} == {
        "STANDARD": "+0100",
        "DAYLIGHT": "+0200",
    }


@pytest.mark.parametrize("month", [1, 7])
def test_zone_of_the_file_is_right_in_summer_and_winter(month: int) -> None:
    begins = datetime(2027, month, 6, 9, 30, tzinfo=ZONE)
    content = calendar_file([Appointment("x", "Dag", begins, begins)], "Oost", NOW)
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")

    assert zone.to_tz().utcoffset(begins.replace(tzinfo=None)) == begins.utcoffset()


def test_what_nobody_knows_is_left_out() -> None:
    found = event(Appointment("x", "Dag", TUESDAY, TUESDAY))

    assert [name for name in ("location", "description", "url") if name in found] == []


def test_update_keeps_its_uid_and_counts_as_newer() -> None:
    first = event(MEETING)
    moved = event(
        Appointment(MEETING.meeting, "Anders", TUESDAY + timedelta(days=7), TUESDAY + timedelta(days=7)),
        NOW + timedelta(minutes=1),
    )

    assert moved["uid"] == first["uid"]
    assert moved["sequence"] > first["sequence"]
    assert moved.decoded("dtstamp") > first.decoded("dtstamp")


def test_clock_that_runs_behind_gives_no_sequence_below_nothing() -> None:
    assert event(MEETING, datetime(2020, 1, 1, tzinfo=UTC))["sequence"] == 0


def test_sequence_fits_in_what_calendars_read_for_a_century() -> None:
    assert event(MEETING, datetime(2126, 1, 1, tzinfo=UTC))["sequence"] < 2**31


def test_meetings_have_other_uids_that_do_not_give_their_ids_away() -> None:
    ids = [MEETING.meeting, "0b7f6c1e-0000-4000-8000-000000000002"]
    found = [uid_of(each) for each in ids]

    assert len(set(found)) == 2
    assert [each for each in ids if each.encode() in calendar_file([MEETING], "Oost", NOW)] == []


def test_course_is_one_calendar_with_one_zone() -> None:
    second = Appointment("y", "Dag 2", TUESDAY + timedelta(days=200), TUESDAY + timedelta(days=200))
    found = Calendar.from_ical(calendar_file([MEETING, second], "Wijkteam Oost", NOW))

    assert str(found["x-wr-calname"]) == "Wijkteam Oost"
    assert (len(found.walk("VEVENT")), len(found.walk("VTIMEZONE"))) == (2, 1)


def test_course_without_known_days_is_an_empty_calendar() -> None:
    assert Calendar.from_ical(calendar_file([], "Oost", NOW)).walk("VEVENT") == []


def test_lines_are_no_longer_than_calendars_read() -> None:
    long = Appointment("x", "Ü" * 200, TUESDAY, TUESDAY, text="Lang en met\nregels. " * 30)
    content = calendar_file([long], "Oost", NOW)

    assert [line for line in content.split(b"\r\n") if len(line) > 75] == []
    assert str(event(long)["summary"]) == "Ü" * 200
