"""The gate where people agree on what they write: those who say the same are one, at every moment."""

from collections.abc import Sequence
from dataclasses import replace as with_changes

import pytest
from msgspec.structs import replace

from tests.kinds.contract_support import every_kind, play
from tests.kinds.gate_support import Step, card, code
from tests.kinds.kept_support import texts, wall
from trainer.kinds import gate, keeping
from trainer.kinds.contract import Answers, Post
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


def wall_of(step: Step) -> list[str]:
    """The words that others see, each as often as they see it."""
    return sorted(str(each.payload["text"]) for each in gate.seen(step.posts, {}).cards)


def test_what_several_have_in_the_same_words_is_one_card_to_others() -> None:
    step = agreeing("c:samen eten", "a:samen eten", "b:bellen", "d:lopen")

    assert step.ask(draw=("",)) is None
    assert (step.cards, wall_of(step)) == (
        ["a:samen eten", "b:bellen", "d:lopen"],
        ["bellen", "lopen", "samen eten"],
    )


@pytest.mark.parametrize("away", ["a:eten", "e:eten"])
def test_card_is_the_same_card_as_long_as_anybody_has_it_there(away: str) -> None:
    step = agreeing("a:eten", "e:eten", "b:bellen", "c:lopen", "d:lezen")
    assert step.ask(draw=("",)) is None
    step.look("a:eten")
    before = step.cards

    step.withdraw(away)
    step.posts = gate.settled(step.posts)
    assert step.cards == before
    assert not gate.looked(step.posts, ["a:eten"])


def others(*names: str) -> list[Post]:
    """A card of each of these phones, like no other."""
    return said(*(f"{name}:iets van {name}" for name in names))


def test_card_that_comes_later_alone_changes_nothing_whoever_takes_theirs_back() -> None:
    worlds = [agreeing("a:eten", "b:bellen", "c:lopen") for _ in "12"]
    for step, line in zip(worlds, ("d:eten", "d:iets anders"), strict=True):
        assert step.ask(draw=("",)) is None
        step.send(*said(line))
        assert code(step.ask(draw=("",))) == "few"
        step.withdraw("a:eten")
        step.posts = gate.settled(step.posts)

    assert [step.cards for step in worlds] == [[], []]


def test_card_that_comes_later_in_a_crowd_is_the_one_that_others_see_and_falls_with_it() -> None:
    step = agreeing("a:eten", "b:bellen", "c:lopen")
    assert step.ask(draw=("",)) is None
    step.look("a:eten")

    step.send(*said("d:eten"), *others("e", "f", "g"))
    assert step.ask(seed=2, draw=("",)) is None
    before = step.cards
    assert len(before) == 6
    step.withdraw("a:eten")
    step.posts = gate.settled(step.posts)
    assert step.cards == before

    step.withdraw("b:bellen")
    step.posts = gate.settled(step.posts)
    assert step.cards == sorted(post.id for post in others("e", "f", "g"))


def test_line_of_another_item_is_another_card() -> None:
    step = agreeing("a:eten", "b:bellen", "c:lopen")
    assert step.ask(draw=("",)) is None

    step.send(*(replace(post, item="2") for post in said("d:eten", "e:zingen", "f:lezen")))
    assert step.ask(seed=2, draw=("2",)) is None
    assert wall_of(step) == ["bellen", "eten", "eten", "lezen", "lopen", "zingen"]


@pytest.mark.parametrize(("how", "joins"), [({}, False), ({"alone": True}, True), ({"paper": True}, True)])
def test_only_who_may_be_seen_alone_joins_a_card_that_is(how: dict[str, bool], joins: bool) -> None:
    step = agreeing().send(replace(said("a:eten")[0], alone=True))
    assert step.ask(draw=("",)) is None

    step.send(replace(said("b:eten")[0], **how), *others("e", "f", "g"))
    assert step.ask(seed=2, draw=("",)) is None
    step.withdraw("a:eten")
    step.posts = gate.settled(step.posts)
    assert ("eten" in wall_of(step)) is joins


def test_what_stands_there_alone_hides_no_new_cards() -> None:
    step = agreeing().send(replace(said("a:eten")[0], alone=True))
    assert step.ask(draw=("",)) is None

    step.send(*said("b:eten", "c:bellen", "d:lopen"))
    assert code(step.ask(draw=("",))) == "few"


def test_card_on_paper_does_not_keep_two_others_there() -> None:
    step = agreeing("a:eten", "b:bellen", "c:lopen")
    assert step.ask(draw=("",)) is None

    step.send(replace(said("p:eten")[0], paper=True))
    assert step.ask(seed=2, draw=("",)) is None
    step.withdraw("a:eten")
    step.posts = gate.settled(step.posts)
    assert step.cards == []


def test_words_that_people_wrote_apart_hide_as_well_as_others() -> None:
    step = Step(Posts(said("a:moed", "b:moed", "c:lef")))

    assert step.ask(draw=("",)) is None


def test_who_left_may_be_whoever_came_later_also_where_people_agree() -> None:
    step = agreeing("a:eten", "b:eten", "c:bellen", "d:lopen")
    step.posts = with_changes(step.posts, doubles=Doubles(left={"a": 1}, late={"c": 1}))

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
    assert texts((wall(*keys, "f:zingen"),), more.posts) == ("bellen", "eten", "lezen", "lopen", "zingen")
    assert keeping.spare((wall(*keys, "f:zingen"),), more.posts) == {}


def test_wall_of_a_sealed_step_has_each_line_once_under_the_id_that_it_had() -> None:
    keys = ["a:eten", "b:eten", "c:bellen", "d:lopen"]
    step = agreeing(*keys)
    assert step.ask(draw=("",)) is None
    step.look()
    before = step.cards

    step.withdraw("a:eten")
    lasting = keeping.lasting((wall(*before),), step.posts)
    assert sorted(post.id for post in lasting) == before
    assert texts_left(lasting) == ["bellen", "eten", "lopen"]


def texts_left(posts: Sequence[Post]) -> list[str]:
    return sorted(str(post.payload["text"]) for post in posts)


def test_more_lines_of_a_pair_are_not_more_people_in_a_report() -> None:
    keys = ["a:eten", "b:eten", "a:bellen", "b:bellen", "c:lopen", "d:lezen", "e:zingen"]
    step = agreeing(*keys)
    assert step.ask(draw=("",)) is None
    step.look()

    assert texts((wall(*keys),), step.posts) is None


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


@every_kind
def test_kind_in_which_people_agree_shows_a_phone_its_own_cards_and_no_open_answers(name: str) -> None:
    # A phone that gets the ids of its own posts would miss one that others see as another's.
    game = play(name)
    report = game.kind.report(game.settings, game.kind.start(game.settings))

    assert not game.kind.agreed or not (game.kind.personal or any(isinstance(row, Answers) for row in report))
