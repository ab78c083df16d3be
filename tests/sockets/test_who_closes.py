"""Who closes a meeting from control is named in the log; what anybody pressed before that is not there."""

import sqlite3
from contextlib import closing

from tests.sockets.conftest import Stage


def told(stage: Stage) -> list[tuple[str, str, str]]:
    """What the log says of the course of this meeting."""
    query = (
        "SELECT who, what, about FROM log_line JOIN meeting ON meeting.course_id = log_line.course_id"
        " WHERE meeting.id = ? ORDER BY what"
    )
    with closing(sqlite3.connect(stage.server.folder / "data" / "kwartier.db")) as database:
        return database.execute(query, [stage.meeting]).fetchall()


def test_log_names_who_closed_a_meeting_from_control(either_stage: Stage) -> None:
    stage = either_stage
    colleague = stage.colleague("sluiter").control(stage.meeting)
    stage.at("over-de-lijn")
    stage.phone()

    colleague.go("close")

    assert told(stage) == [
        ("Voorbeeld", "course-made", ""),
        ("Sluiter", "meeting-closed", "Eerste dagdeel"),
        ("Voorbeeld", "meeting-opened", "Eerste dagdeel"),
        ("Voorbeeld", "meeting-trainers", "Eerste dagdeel"),
    ]
    colleague.close()
