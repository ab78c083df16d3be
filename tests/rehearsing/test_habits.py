"""What the people of a rehearsal are like: the same for a seed, and as a group is."""

from itertools import pairwise

import pytest

from trainer.rehearsing.habits import (
    CHOOSES,
    LATE_SECONDS,
    MOST_PEOPLE,
    TEMPO,
    WRITES,
    Habits,
    group,
    pause,
    plan,
)

SEEDS = [f"zaad {number}" for number in range(40)]
ANYBODY = Habits(number=3, arrives=0.0, tempo=1.0)


@pytest.mark.parametrize("at_step", [False, True])
def test_a_group_is_the_same_for_a_seed_and_another_for_the_next(at_step: bool) -> None:
    groups = [group(seed, 12, at_step=at_step) for seed in SEEDS]

    assert groups == [group(seed, 12, at_step=at_step) for seed in SEEDS]
    assert [one for one, following in pairwise(groups) if one == following] == []


@pytest.mark.parametrize("people", [1, 4, 5, 12, MOST_PEOPLE])
def test_of_a_group_a_sixth_is_late_an_eighth_silent_and_one_drops_out(people: int) -> None:
    found = group("zaad", people, at_step=False)
    late = [each for each in found if each.arrives >= LATE_SECONDS[False][0]]

    assert [each.number for each in found] == list(range(people))
    assert len(late) == people // 6
    assert sum(each.silent for each in found) == (people // 8 if people >= 5 else 0)
    assert sum(each.away is not None for each in found) == (people >= 5)
    assert not any(each.silent and each in late for each in found)


def test_who_drops_out_comes_back() -> None:
    for seed in SEEDS:
        (who,) = [each for each in group(seed, 12, at_step=True) if each.away]
        gone, back = who.away or (0.0, 0.0)

        assert who.arrives < gone < back
        assert [who.is_away(moment) for moment in (gone - 1, gone, back - 1, back)] == [
            False,
            True,
            True,
            False,
        ]


def test_where_a_rehearsal_begins_at_a_step_everybody_is_there_soon() -> None:
    for seed in SEEDS:
        arrivals = sorted(each.arrives for each in group(seed, 12, at_step=True))

        assert arrivals[9] <= 15
        assert arrivals[-1] <= 75


@pytest.mark.parametrize(("writes", "span"), [(True, WRITES), (False, CHOOSES)])
def test_what_is_planned_is_the_same_for_a_question_and_takes_as_long_as_people_take(
    writes: bool, span: tuple[float, float]
) -> None:
    plans = [plan(seed, ANYBODY, "stap/1", writes=writes) for seed in SEEDS]
    sent = [each.sent for each in plans if each.sent is not None]

    assert plans == [plan(seed, ANYBODY, "stap/1", writes=writes) for seed in SEEDS]
    assert all(span[0] <= each <= span[1] for each in sent)
    assert len(sent) >= 30


def test_some_skip_a_question_some_send_again_and_some_take_back() -> None:
    plans = [plan("zaad", ANYBODY, f"stap {number}", writes=True) for number in range(400)]

    assert 8 <= sum(each.sent is None for each in plans) <= 60
    assert 60 <= sum(each.again is not None for each in plans) <= 140
    assert 8 <= sum(each.takes_back is not None for each in plans) <= 60
    assert [each for each in plans if each.again is not None and each.takes_back is not None] == []


def test_who_is_silent_sends_nothing() -> None:
    silent = Habits(number=1, arrives=0.0, tempo=1.0, silent=True)

    assert {plan(seed, silent, "stap", writes=True).sent for seed in SEEDS} == {None}


def test_who_is_slow_waits_longer() -> None:
    slow = Habits(number=3, arrives=0.0, tempo=TEMPO[1])

    assert pause("zaad", slow, "druk", (3.0, 9.0)) == pytest.approx(
        TEMPO[1] * pause("zaad", ANYBODY, "druk", (3.0, 9.0))
    )
