"""Texts of several people in one field: whatever order they come in, nobody's text is lost."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.plans.answers import (
    EMPTY,
    LONGEST,
    MOST_OTHERS,
    Answer,
    Said,
    Writing,
    chosen,
    joined,
    read_lines,
    written,
)


def test_who_saw_the_text_replaces_it() -> None:
    before = Answer("Een inloop")

    assert written(before, Writing("Een inloop op dinsdag", before.version)) == (
        Answer("Een inloop op dinsdag"),
        Said.SAVED,
    )


def test_who_did_not_see_it_is_kept_beside_it() -> None:
    after, said = written(Answer("Van Anna"), Writing("Van Bea", EMPTY.version))

    assert (after, said) == (Answer("Van Anna", ("Van Bea",)), Said.BESIDE)


def test_page_that_was_saved_as_a_whole_changes_nothing_where_nobody_wrote() -> None:
    seen = Answer("Oud").version

    assert written(Answer("Nieuw"), Writing("Oud", seen)) == (Answer("Nieuw"), Said.SAVED)


def test_two_who_write_the_same_have_one_text() -> None:
    assert written(Answer("Koffie"), Writing("Koffie", EMPTY.version)) == (Answer("Koffie"), Said.SAVED)


def test_lost_answer_makes_no_second_text() -> None:
    stored, _ = written(EMPTY, Writing("Een inl", EMPTY.version))

    after, said = written(stored, Writing("Een inloop", EMPTY.version, tried=("Een inl",)))

    assert (after, said) == (Answer("Een inloop"), Said.SAVED)


def test_who_goes_on_typing_beside_another_text_has_one_text_there() -> None:
    beside, _ = written(Answer("Van Anna"), Writing("Van B", EMPTY.version))

    after, said = written(beside, Writing("Van Bea", EMPTY.version, tried=("Van B",)))

    assert (after, said) == (Answer("Van Anna", ("Van Bea",)), Said.BESIDE)


def test_who_takes_the_text_of_the_other_after_all_leaves_none_beside_it() -> None:
    beside = Answer("Van Anna", ("Van Bea",))

    assert written(beside, Writing("Van Anna", EMPTY.version, tried=("Van Bea",)))[0] == Answer("Van Anna")


def test_text_that_somebody_wrote_while_another_emptied_the_field_is_kept() -> None:
    seen = Answer("Oud").version

    assert written(EMPTY, Writing("Oud en nieuw", seen)) == (Answer("", ("Oud en nieuw",)), Said.BESIDE)


def test_text_that_is_too_long_is_refused_and_what_was_there_stays() -> None:
    before = Answer("Kort")

    assert written(before, Writing("a" * (LONGEST + 1), before.version)) == (before, Said.TOO_LONG)


def test_more_texts_than_one_can_choose_from_are_refused() -> None:
    full = Answer("0", tuple(str(number) for number in range(1, MOST_OTHERS + 1)))

    assert written(full, Writing("nog een", EMPTY.version)) == (full, Said.TOO_MANY)


@pytest.mark.parametrize(("which", "left"), [(0, "Van Anna"), (1, "Van Bea")])
def test_choosing_leaves_one_text(which: int, left: str) -> None:
    both = Answer("Van Anna", ("Van Bea",))

    assert chosen(both, both.whole, which) == Answer(left)


@pytest.mark.parametrize("which", [-1, 2])
def test_text_that_is_not_there_cannot_be_chosen(which: int) -> None:
    both = Answer("Van Anna", ("Van Bea",))

    assert chosen(both, both.whole, which) is None


def test_choosing_from_what_is_not_so_any_more_does_nothing() -> None:
    seen = Answer("Van Anna", ("Van Bea",)).whole
    by_now = Answer("Van Anna", ("Van Bea", "Van Cor"))

    assert (chosen(by_now, seen, 0), joined(by_now, seen)) == (None, None)


def test_all_texts_can_be_put_below_each_other() -> None:
    both = Answer("Van Anna", ("Van Bea",))

    assert joined(both, both.whole) == Answer("Van Anna\nVan Bea")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [(" a \r\n b ", "a\nb"), ("a\x00\u202eb", "ab"), ("\n\n", ""), ("a\n\nb", "a\n\nb"), ("a\tb", "a b")],
)
def test_text_is_read_as_plain_lines(raw: str, clean: str) -> None:
    assert read_lines(raw) == clean


@given(st.text())
def test_reading_twice_changes_nothing(raw: str) -> None:
    assert read_lines(read_lines(raw)) == read_lines(raw)


@dataclass
class Writer:
    """A page with the field: what it saw, what it sent last without hearing of it, and what stands in it."""

    seen: str = EMPTY.version
    tried: tuple[str, ...] = ()
    text: str = ""
    beside: bool = False


# Who acts; what they type, or None to look at the page again; and whether they hear the answer.
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.none() | st.text("abc", min_size=1, max_size=3), st.booleans()),
    max_size=12,
)


@given(STEPS)
def test_what_each_wrote_last_is_there_until_somebody_saw_it_and_wrote_another(
    steps: list[tuple[int, str | None, bool]],
) -> None:
    answer, writers = EMPTY, [Writer(), Writer(), Writer()]
    # What nobody has seen and replaced yet: it may not be gone.
    unseen: dict[int, str] = {}
    for who, text, hears in steps:
        writer = writers[who]
        if text is None:
            writer.seen, writer.tried, writer.text, writer.beside = answer.version, (), answer.text, False
            continue
        # What one wrote one has seen, also when somebody else wrote the same.
        known = {*writer.tried, *([answer.text] if writer.seen == answer.version else [])}
        before, (answer, said) = answer, written(answer, Writing(text, writer.seen, writer.tried))
        if said in (Said.TOO_MANY, Said.TOO_LONG):
            assert answer == before
            continue
        writer.text = text
        # Who has the text again that there was at the beginning wrote nothing.
        wrote = {} if Answer(text).version == writer.seen else {who: text}
        unseen = {key: kept for key, kept in unseen.items() if key != who and kept not in known} | wrote
        if hears and said is Said.SAVED:
            writer.seen, writer.tried = answer.version, ()
        else:
            writer.tried = (*writer.tried, text)
        missing = [kept for kept in unseen.values() if kept not in answer.texts]
        assert missing == []
