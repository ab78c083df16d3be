"""Cards on the projector: large when there is room, smaller when not, and in pages after that."""

from hypothesis import given
from hypothesis import strategies as st

from trainer.kinds.wall import Page, paginate


def test_paginate_nothing_is_one_empty_page() -> None:
    assert paginate([], 3) == Page("size-xl", 0, 0, 0, 1)


def test_paginate_one_card_is_as_large_as_can_be() -> None:
    assert paginate(["Ruimte maken"], 0) == Page("size-xl", 0, 1, 0, 1)


def test_paginate_forty_short_cards_fit_on_one_page() -> None:
    assert paginate(["luisteren"] * 40, 0) == Page("size-xs", 0, 40, 0, 1)


def test_paginate_forty_full_cards_get_pages() -> None:
    first, last = (paginate(["woorden " * 10] * 40, number) for number in (0, 9))

    assert first.start == 0
    assert last.end == 40
    assert last.number == last.total - 1
    assert first.total == last.total > 1


def test_paginate_one_endless_word_is_counted_by_its_lines() -> None:
    assert paginate(["x" * 80] * 12, 0).size != "size-xl"


@given(st.lists(st.text(max_size=300), max_size=60))
def test_paginate_pages_cover_every_card_once(texts: list[str]) -> None:
    pages = [paginate(texts, number) for number in range(paginate(texts, 0).total)]

    assert [index for page in pages for index in range(page.start, page.end)] == list(range(len(texts)))
