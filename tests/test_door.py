"""The door in memory, with a clock that only the test moves: who comes in, who waits, by which word."""

from dataclasses import dataclass, field, replace
from hashlib import sha256

import pytest

from tests.support.klein import Desk
from trainer.kinds.contract import Rejected
from trainer.live.state import MeetingState
from trainer.meetings.door import (
    AT_ONCE,
    MOST_NAMED,
    MOST_WAITING,
    PORCH_SECONDS,
    QUEUE_SECONDS,
    WORDS,
    Answer,
    Door,
)


@dataclass
class Entrance:
    """A door, the phones that are in, and what the trainers said."""

    clock: float = 1000.0
    state: MeetingState = field(default_factory=MeetingState)
    inside: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.door = Door(lambda: self.clock)

    def knock(self, name: object, *, anew: bool = True) -> Answer:
        phone = sha256(str(name).encode()).hexdigest()
        answer = self.door.knock(phone, self.state, len(self.inside), anew=anew)
        if answer is Answer.IN:
            self.inside.add(phone)
        return answer

    def crowd(self, number: int, name: str = "") -> int:
        """So many different phones knock in the same moment; gives how many came in."""
        return sum(self.knock(f"{name}{each}") is Answer.IN for each in range(number))

    def settle(self, number: int = 1) -> None:
        """So many phones knock, and ask again as their pages do."""
        for _ in range(2):
            self.crowd(number)
            self.clock += 2

    def word(self, name: object) -> str:
        return self.door.word(sha256(str(name).encode()).hexdigest())

    def says(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)

    @property
    def words(self) -> list[str]:
        return self.door.words(self.state)[0]


@pytest.fixture
def entrance() -> Entrance:
    return Entrance()


def test_a_room_of_thirty_comes_in_at_once_and_then_one_in_two_seconds(entrance: Entrance) -> None:
    assert entrance.crowd(500) == AT_ONCE == 30

    for _ in range(10):
        entrance.clock += 2
        assert entrance.crowd(500) == 1


@pytest.mark.parametrize(("expected", "number"), [(0, 30), (12, 12), (45, 45), (1000, 1000)])
def test_as_many_as_are_expected_come_in_at_once(entrance: Entrance, expected: int, number: int) -> None:
    entrance.says(expected=expected)

    assert entrance.crowd(1200) == number


def test_who_is_expected_later_comes_in_at_once_too(entrance: Entrance) -> None:
    assert entrance.crowd(200, "a") == 30
    entrance.clock += QUEUE_SECONDS + 1

    entrance.says(expected=200)

    assert entrance.crowd(500, "b") == 200 - 30


@pytest.mark.parametrize("people", [6, 30, 500])
def test_when_all_are_in_others_come_one_by_one(entrance: Entrance, people: int) -> None:
    entrance.says(expected=people)
    assert entrance.crowd(people, "a") == people

    entrance.clock += 10_000

    assert entrance.crowd(500, "b") == 1


def test_those_who_are_in_when_trainers_say_how_many_are_counted(entrance: Entrance) -> None:
    assert entrance.crowd(6, "a") == 6

    entrance.says(expected=6)

    assert entrance.crowd(500, "b") == 1


def test_after_a_restart_those_who_are_in_are_counted(entrance: Entrance) -> None:
    entrance.says(expected=6)
    entrance.crowd(6, "a")

    entrance.door = Door(lambda: entrance.clock)

    assert entrance.crowd(500, "b") == 1


@pytest.mark.parametrize("expected", [0, 7, 30, 31, 300])
def test_however_one_tries_no_more_come_in_than_the_burst_and_the_rate(expected: int) -> None:
    entrance = Entrance()
    entrance.says(expected=expected)
    came = 0
    for moment in range(600):
        entrance.clock += 0.1
        came += entrance.crowd(20, f"{moment}.")

    assert came <= (expected or AT_ONCE) + 0.5 * 60


def test_who_was_first_is_not_overtaken_by_who_asks_more_often(entrance: Entrance) -> None:
    entrance.crowd(30)
    assert entrance.knock("early") is Answer.BUSY
    entrance.clock += 1
    assert entrance.knock("early", anew=False) is Answer.BUSY

    entrance.clock += 1
    assert entrance.crowd(100, "pushy") == 0
    assert entrance.knock("early", anew=False) is Answer.IN


def test_phones_that_never_ask_again_keep_nobody_waiting(entrance: Entrance) -> None:
    entrance.crowd(5000, "dead")
    entrance.clock += 2

    assert entrance.knock("here") is Answer.IN
    entrance.says(door_shut=True)
    entrance.crowd(5000, "more dead")
    entrance.knock("there")
    entrance.clock += 2
    entrance.crowd(4000, "and more")
    entrance.knock("there", anew=False)

    assert entrance.words == [entrance.word("there")]
    assert entrance.word("there")


def test_who_does_not_ask_again_keeps_no_place(entrance: Entrance) -> None:
    entrance.crowd(30)
    entrance.knock("gone")
    entrance.clock += QUEUE_SECONDS + 1

    assert entrance.knock("here") is Answer.IN
    assert entrance.door.words(entrance.state) == ([], 0)


def test_before_a_shut_door_everybody_waits(entrance: Entrance) -> None:
    entrance.says(door_shut=True, expected=1000)

    assert entrance.crowd(500) == 0
    assert entrance.knock("one more") is Answer.SHUT


def test_a_word_names_one_phone_and_stays_as_long_as_it_waits(entrance: Entrance) -> None:
    entrance.says(door_shut=True)
    entrance.settle(MOST_NAMED)
    before = {name: entrance.word(name) for name in range(MOST_NAMED)}

    entrance.clock += PORCH_SECONDS / 2
    entrance.crowd(MOST_NAMED)

    assert len(set(before.values())) == MOST_NAMED
    assert before == {name: entrance.word(name) for name in range(MOST_NAMED)}
    assert entrance.words == sorted(before.values())


def test_a_phone_that_comes_back_after_a_restart_has_the_word_it_had() -> None:
    first, second = Entrance(), Entrance()
    for entrance in (first, second):
        entrance.says(door_shut=True)
        entrance.settle()

    assert first.words == second.words != []


def test_more_than_can_be_named_are_counted(entrance: Entrance) -> None:
    entrance.says(door_shut=True)
    entrance.settle(MOST_WAITING)

    words, more = entrance.door.words(entrance.state)
    assert (len(words), len(words) + more) == (MOST_NAMED, MOST_WAITING)


def test_a_place_in_the_list_that_comes_free_is_taken(entrance: Entrance) -> None:
    entrance.says(door_shut=True)
    entrance.settle(MOST_NAMED)
    entrance.knock("late")
    entrance.clock += 2
    entrance.knock("late", anew=False)
    assert entrance.word("late") == ""

    entrance.door.take_out([entrance.word(3)])
    entrance.knock("late", anew=False)

    assert entrance.word("late") in entrance.words


def test_a_trainer_takes_out_the_phones_with_these_words_and_no_others(entrance: Entrance) -> None:
    entrance.says(door_shut=True)
    entrance.settle(3)
    wanted = entrance.word(1)

    taken = entrance.door.take_out([wanted, "bestaat-niet", ""])

    assert taken == [sha256(b"1").hexdigest()]
    assert len(entrance.words) == 2


def test_who_was_refused_is_told_so_until_somebody_asks_anew(entrance: Entrance) -> None:
    entrance.says(door_shut=True)
    entrance.settle()

    entrance.door.refuse(entrance.door.take_out(entrance.words))

    assert entrance.knock(0, anew=False) is Answer.REFUSED
    assert entrance.words == []
    assert entrance.knock(0, anew=True) is Answer.SHUT


def test_opening_the_door_lets_in_who_waited(entrance: Entrance) -> None:
    entrance.says(door_shut=True)
    entrance.crowd(5)

    entrance.says(door_shut=False)

    assert entrance.crowd(5) == 5
    assert entrance.words == []


def test_trainers_are_told_when_somebody_waits_or_waits_no_longer(entrance: Entrance) -> None:
    entrance.says(door_shut=True)
    for change in (entrance.settle, lambda: entrance.door.take_out(entrance.words)):
        entrance.door.news = False
        change()
        assert entrance.door.news
    entrance.settle()
    entrance.door.news = False

    entrance.knock(0, anew=False)

    assert not entrance.door.news


def test_words_are_short_plain_and_all_different() -> None:
    assert len(set(WORDS)) == len(WORDS) >= MOST_NAMED
    assert all(word.isalpha() and word.islower() and len(word) <= 9 for word in WORDS)


@pytest.mark.parametrize(("typed", "people"), [("1", 1), ("12", 12), ("1000", 1000), ("", 0)])
def test_trainers_say_how_many_people_there_are(desk: Desk, typed: str, people: int) -> None:
    assert desk.do("expect", people=typed).expected == people


@pytest.mark.parametrize("typed", ["0", "1001", "-1", "veel", "1.5", "²", "9" * 5000, " 12"])
def test_a_number_of_people_that_cannot_be_is_refused(desk: Desk, typed: str) -> None:
    outcome = desk.ask("expect", people=typed)

    assert outcome == Rejected("bad-number", "Vul een aantal mensen in van 1 tot 1000.")


def test_two_trainers_who_both_shut_the_door_leave_it_shut(desk: Desk) -> None:
    assert desk.do("door", to="shut").door_shut is True
    assert desk.do("door", to="shut").door_shut is True
    assert desk.do("door", to="open").door_shut is False
    assert isinstance(desk.ask("door", to="ajar"), Rejected)
