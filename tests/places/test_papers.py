"""An exercise that tables do by themselves has a paper for each of them."""

from tests.support.hall import Hall
from tests.support.tables import PLACES, at
from trainer import kinds
from trainer.exports.given import Given
from trainer.exports.papers import Sort, papers
from trainer.exports.things import Group
from trainer.live.state import MeetingState


def test_each_table_has_papers_for_those_who_sit_at_it(tables: Hall) -> None:
    given = Given(tables.room.part, MeetingState())

    found = papers(given, kinds.discover(), (), Group(20, 20))

    assert [(each.key, each.copies) for each in found if each.sort is Sort.EXERCISE] == [
        (f"w-{at(place)}", 7) for place in PLACES
    ]
