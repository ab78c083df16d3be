"""The gate where people agree on what they write: those who say the same are one, at every moment."""

from dataclasses import replace

from tests.kinds.gate_support import Step, card, code
from tests.kinds.kept_support import texts, wall
from trainer.kinds import gate
from trainer.kinds.contract import Post
from trainer.kinds.posts import Doubles, Posts


def said(*keys: str) -> list[Post]:
    """A card of each phone, whose words are the rest of its key: 'a:eten' is of phone a."""
    return [Post(key, "", key[0], {"text": key.partition(":")[2]}) for key in keys]


def agreeing(*keys: str) -> Step:
    return Step(Posts(said(*keys), agreed="text"))


def test_two_with_the_same_words_and_one_other_must_wait() -> None:
    step = agreeing("a:samen eten", "b:Samen  eten.", "c:bellen")
    assert code(step.ask(draw=("",))) == "few"

    assert step.send(*said("d:lopen")).ask(draw=("",)) is None


def test_phones_are_one_also_by_way_of_a_third() -> None:
    chain = ("a:eten", "b:eten", "b:bellen", "c:bellen", "d:lopen")

    assert code(agreeing(*chain).ask(draw=("",))) == "few"
    assert agreeing(*chain, "e:lezen").ask(draw=("",)) is None


def test_words_that_people_wrote_apart_hide_as_well_as_others() -> None:
    step = Step(Posts(said("a:moed", "b:moed", "c:lef")))

    assert step.ask(draw=("",)) is None


def test_who_left_may_be_whoever_came_later_also_where_people_agree() -> None:
    step = agreeing("a:eten", "b:eten", "c:bellen", "d:lopen")
    step.posts = replace(step.posts, doubles=Doubles(left={"a": 1}, late={"c": 1}))

    assert code(step.ask(draw=("",))) == "few"


def test_pair_and_one_other_do_not_stay_when_a_fourth_takes_its_card_back() -> None:
    step = agreeing("a:eten", "b:eten", "c:bellen", "d:lopen")
    assert step.ask(draw=("",)) is None

    step.withdraw("d:lopen")
    step.posts = gate.settled(step.posts)
    assert step.cards == []


def test_five_phones_of_which_two_say_the_same_are_four_for_what_leaves_the_meeting() -> None:
    keys = ["a:eten", "b:eten", "c:bellen", "d:lopen", "e:lezen"]
    step, more = agreeing(*keys), agreeing(*keys, "f:zingen")
    for each in (step, more):
        assert each.ask(draw=("",)) is None
        each.look()

    assert texts((wall(*keys),), step.posts) is None
    assert texts((wall(*keys, "f:zingen"),), more.posts) is not None


def test_card_without_words_is_like_no_other() -> None:
    step = Step(Posts([card("a"), card("b"), card("c")], agreed="other"))

    assert step.ask(draw=("",)) is None


class Counted(str):
    """An author that counts how often it is compared."""

    __slots__ = ()
    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, str(other))

    def __ne__(self, other: object) -> bool:
        return not self == other


def test_phones_with_words_of_their_own_are_not_each_compared_with_all_others() -> None:
    Counted.compared, number = 0, 200
    cards = [Post(f"{each}", "", Counted(each), {"text": f"regel {each}"}) for each in range(number)]

    assert len(set(Posts(cards, agreed="text").apart(cards).values())) == number
    assert Counted.compared < 10 * number
