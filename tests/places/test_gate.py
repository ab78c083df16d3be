"""What others see of a table changes by three phones of that table or more; what leaves it has five."""

import pytest

from tests.places.test_states import press
from tests.store.acts import refused
from tests.support.hall import Hall
from tests.support.tables import STEP, at
from trainer.kinds.contract import Rejected


def vote(hall: Hall, place: str, *phones: str, answer: str = "0") -> None:
    for phone in phones:
        assert hall.post(phone, at(place), "1", answer=answer) is None


def counts(hall: Hall, place: str) -> tuple[int, ...]:
    found = hall.room.seen(at(place)).picture("1")
    return found.counts if found else ()


def test_three_phones_at_three_tables_show_nothing(tables: Hall) -> None:
    phones = [tables.phone() for _ in range(3)]
    for phone, place in zip(phones, ("micro", "micro", "meso"), strict=True):
        vote(tables, place, phone)

    assert [refused(press(tables, "do:show", place)) for place in ("micro", "meso")] == ["few", "few"]


def test_three_phones_at_one_table_show_theirs_and_nothing_of_another(tables: Hall) -> None:
    vote(tables, "micro", *(tables.phone() for _ in range(3)))
    vote(tables, "meso", *(tables.phone() for _ in range(2)))

    assert not isinstance(press(tables, "do:show", "micro"), Rejected)
    assert [counts(tables, place) for place in ("micro", "meso")] == [(3, 0), ()]


def test_phone_that_goes_to_another_table_changes_nothing_where_it_was(tables: Hall) -> None:
    phones = [tables.phone() for _ in range(3)]
    vote(tables, "micro", *phones)
    press(tables, "do:show", "micro")
    vote(tables, "meso", phones[0], answer="1")

    assert refused(press(tables, "do:show", "meso")) == "few"
    press(tables, "do:show", "micro")
    assert counts(tables, "micro") == (3, 0)


def test_nobody_can_tell_that_two_posts_at_two_tables_are_of_one_phone(tables: Hall) -> None:
    phone = tables.phone()
    vote(tables, "micro", phone)
    vote(tables, "meso", phone)

    authors = {post.author for place in ("micro", "meso") for post in tables.posts(at(place))}
    assert len(authors) == 2


def test_card_of_another_table_cannot_be_written_again(tables: Hall) -> None:
    phones = [tables.phone() for _ in range(3)]
    for number, phone in enumerate(phones):
        assert tables.post(phone, at("micro"), "1", text=f"Woord {number}") is None
    press(tables, "do:draw", "micro")

    assert refused(tables.post(phones[0], at("meso"), "1", text="woord 0!")) == "repeated"
    assert tables.post(tables.phone(), at("meso"), "1", text="woord 0!") is None


MICRO, MESO, MACRO = (
    "Micro: Een klein gebaar helpt.",
    "Meso: Een team kan veranderen.",
    "Macro: Een wet is van iedereen.",
)


@pytest.mark.parametrize(("phones", "kept"), [(4, {}), (5, {MICRO: 5, MESO: None, MACRO: None})])
def test_what_leaves_a_table_has_five_of_its_phones_behind_it(
    tables: Hall, phones: int, kept: dict[str, int | None]
) -> None:
    everywhere = [tables.phone() for _ in range(phones)]
    vote(tables, "micro", *everywhere)
    vote(tables, "meso", *everywhere[:4])
    tables.do("close")

    answered = {
        row.question: row.answered for row in tables.host.kept(tables.meeting) if row.id == "stelling-1"
    }
    assert answered == kept


def test_cards_on_the_screen_of_a_table_are_kept_when_the_meeting_goes_on(tables: Hall) -> None:
    for number in range(5):
        assert tables.post(tables.phone(), at("micro"), "1", text=f"Woord {number}") is None
    press(tables, "do:draw", "micro")
    tables.do("next")
    tables.do("close")

    texts = [
        row.texts for row in tables.host.kept(tables.meeting) if row.question == "Micro: Wat schreven jullie?"
    ]
    assert texts == [tuple(f"Woord {number}" for number in range(5))]


def test_sealing_ends_what_ties_the_posts_of_every_table_to_phones(tables: Hall) -> None:
    vote(tables, "micro", tables.phone())
    vote(tables, "meso", tables.phone())
    tables.do("next")
    tables.age(601)
    tables.host.sweep()

    assert [tables.posts(at(place)) for place in ("micro", "meso")] == [[], []]
    assert tables.state.sealed == (STEP,)
    keys = {step for _, step in tables.host.keys.found()}
    assert keys & {at(place) for place in ("micro", "meso", "macro")} == set()
    phone = tables.phone()
    assert refused(tables.post(phone, at("micro"), "1", answer="0")) == "late"
