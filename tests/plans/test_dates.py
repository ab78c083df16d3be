"""Days in what people write."""

from datetime import date

import pytest

from trainer.plans.dates import days_in

MARCH = date(2027, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12 maart 2027", "12 Maart 2027", "vrijdag 12 maart 2027, 10 uur", "12 mrt 2027", "12 mrt. 2027",
        "12-3-2027", "12-03-2027", "12/3/2027", "12.3.2027", "2027-03-12", "12e maart 2027",
        "(12 maart 2027).",
    ],
)  # fmt: skip
def test_day_with_its_year_is_found(text: str) -> None:
    assert days_in(text) == [MARCH]


@pytest.mark.parametrize(
    "text",
    [
        "", "na de zomer", "12 maart", "maart 2027", "31 februari 2027", "2027", "12-13-2027", "0612345678",
        "12 m 20270", "12 appel 2027", "99-99-9999", "1-2-3-2027", "12 maart 1027",
    ],
)  # fmt: skip
def test_words_and_days_without_a_year_are_none(text: str) -> None:
    assert days_in(text) == []


def test_several_days_are_each_found_once_in_their_order() -> None:
    found = days_in("12 maart 2027, 9 april 2027 en nog eens 12-3-2027")

    assert found == [MARCH, date(2027, 4, 9)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1, 15 en 29 maart 2027", [(3, 1), (3, 15), (3, 29)]),
        ("1 maart, 15 maart en 2 april 2027", [(3, 1), (3, 15), (4, 2)]),
        ("dinsdag 1, dinsdag 15 en dinsdag 29 maart 2027, 9.30 uur", [(3, 1), (3, 15), (3, 29)]),
        ("van 12 maart t/m 3 april 2027", [(3, 12), (4, 3)]),
        ("1 tot en met 3 maart 2027", [(3, 1), (3, 3)]),
        ("1 en 8 maart en 5 april 2027", [(3, 1), (3, 8), (4, 5)]),
    ],
)
def test_days_of_a_list_have_the_year_and_the_month_that_its_end_says(
    text: str, days: list[tuple[int, int]]
) -> None:
    assert days_in(text) == [date(2027, month, day) for month, day in days]


@pytest.mark.parametrize(
    "text",
    [
        "29 december en 12 maart 2027", "20 en 12 maart 2027", "14 mensen en 12 maart 2027",
        "week 3, 12 maart 2027", "31 februari en 12 maart 2027", "om 10.30, 12 maart 2027",
    ],
)  # fmt: skip
def test_what_is_no_day_before_the_last_is_none(text: str) -> None:
    assert days_in(text) == [MARCH]
