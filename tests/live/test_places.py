"""Which buttons a change leaves as they are: those of other tables, and all after an independent command."""

import msgspec
import pytest

from tests.support.klein import klein_part
from trainer.kinds import discover
from trainer.live.clock import Origin
from trainer.live.state import MeetingState
from trainer.live.stored import state_from_json, state_to_json


def versions(state: MeetingState) -> list[int]:
    """Of the whole meeting and of two tables."""
    return [state.version_at(place) for place in ("", "micro", "meso")]


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ([""], [8, 8, 8]),
        (["micro"], [7, 8, 7]),
        (["micro", "meso", "micro"], [7, 10, 9]),
        (["micro", "", "meso"], [9, 9, 10]),
        ([None], [7, 7, 7]),
        (["micro", None], [7, 8, 7]),
        ([None, ""], [9, 9, 9]),
    ],
)
def test_version_that_people_saw_goes_up_with_what_changed_for_them(
    changes: list[str | None], seen: list[int]
) -> None:
    state = MeetingState(version=7)
    for place in changes:
        state = state.advanced(place)

    assert (state.version, versions(state)) == (7 + len(changes), seen)


def test_versions_of_places_outlast_a_restart() -> None:
    state = MeetingState(version=7).advanced("micro")

    stored = msgspec.json.decode(state_to_json(state, Origin()))

    assert state_from_json(stored, klein_part(), discover(), Origin()) == state


def test_state_that_was_stored_before_there_were_places_is_everybodys() -> None:
    stored = msgspec.json.decode(state_to_json(MeetingState(version=7), Origin()))
    del stored["changed"], stored["entered"]

    assert versions(state_from_json(stored, klein_part(), discover(), Origin())) == [7, 7, 7]
