"""Cards on the projector: large when there is room, smaller when not, and in pages after that."""

from hypothesis import given
from hypothesis import strategies as st

from trainer.kinds.wall import SIZES, WIDTH, Page, paginate, prose_height


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


def test_paginate_half_as_wide_a_wall_takes_smaller_cards_or_more_pages() -> None:
    texts = ["woorden " * 5] * 12

    wide, narrow = (paginate(texts, 0, width=width) for width in (WIDTH, WIDTH / 2))

    names = [size.name for size in SIZES]
    assert (names.index(narrow.size), narrow.total) > (names.index(wide.size), wide.total)


def test_paginate_uses_the_sizes_of_the_kind() -> None:
    only = SIZES[:1]

    assert {paginate(["woorden " * 10] * 40, number, sizes=only).size for number in range(3)} == {"size-xl"}


def test_prose_takes_more_height_where_it_is_narrow() -> None:
    assert prose_height("woorden " * 20, 2.0, WIDTH / 2) > prose_height("woorden " * 20, 2.0)


@given(st.lists(st.text(max_size=300), max_size=60))
def test_paginate_pages_cover_every_card_once(texts: list[str]) -> None:
    pages = [paginate(texts, number) for number in range(paginate(texts, 0).total)]

    assert [index for page in pages for index in range(page.start, page.end)] == list(range(len(texts)))
