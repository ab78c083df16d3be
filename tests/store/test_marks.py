"""Cards: when others see them, and how they leave again."""

from tests.store.acts import (
    FLAP,
    GAME,
    LINE,
    Told,
    game,
    on_the_wall,
    own_ids,
    refused,
    sent,
    shown,
    withdraw,
)
from tests.support.hall import Hall
from trainer.kinds.contract import Command, Submission

EVERYBODY = frozenset({"phone", "control", "screen"})


def test_cards_of_two_phones_stay_hidden_whatever_the_trainer_enters(flap: Hall) -> None:
    sent(flap, ["moed", "geduld"])
    flap.host.posting.enter(flap.meeting, FLAP, Submission("", {"text": ("van papier",)}))

    flap.do("do:draw")

    assert on_the_wall(flap) == ["van papier"]
    assert refused(flap.ask("do:draw")) == "few"


def test_a_card_may_be_shown_alone_when_its_owner_says_so(flap: Hall) -> None:
    sent(flap, ["moed", "geduld"])
    sent(flap, ["lef"], alone="ja")

    flap.do("do:draw")

    assert on_the_wall(flap) == ["lef"]


def test_no_other_word_than_yes_lets_a_card_be_shown_alone(flap: Hall) -> None:
    sent(flap, ["moed"], alone="nee")

    assert refused(flap.ask("do:draw")) == "few"


def test_a_vote_is_never_for_showing_alone(line: Hall) -> None:
    line.post(line.phone(), LINE, "1", place="0", alone="ja")

    assert refused(line.ask("do:show")) == "few"
    assert [post.alone for post in line.posts(LINE)] == [False]


def test_a_card_that_nobody_saw_goes_at_once_and_nobody_is_told(flap: Hall) -> None:
    phones = sent(flap, ["moed", "geduld", "hoop"])
    told = Told(flap)

    withdraw(flap, phones["moed"])

    assert [post.payload["text"] for post in flap.posts(FLAP) if post.payload["text"] == "moed"] == []
    assert (told.at_once, told.later) == ([], 0)


def test_a_card_that_others_saw_stays_until_a_trainer_does_something(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    told = Told(flap)

    assert withdraw(flap, phones["moed"]) is None

    assert on_the_wall(flap) == ["geduld", "hoop", "lef", "moed"]
    assert (told.at_once, told.later) == ([], 0)
    assert "moed" not in flap.own(phones["moed"])
    flap.do("timer-plus")
    assert on_the_wall(flap) == ["geduld", "hoop", "lef"]


def test_a_command_that_is_refused_lets_no_card_go(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    withdraw(flap, phones["moed"])

    assert refused(flap.ask("do:draw")) == "few"

    assert "moed" in on_the_wall(flap)


def test_a_card_goes_at_once_when_its_owner_wants_it(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    told = Told(flap)

    assert withdraw(flap, phones["moed"], now=True) is None

    assert on_the_wall(flap) == ["geduld", "hoop", "lef"]
    assert told.at_once == [EVERYBODY]


def test_a_card_that_waits_to_go_can_still_be_made_to_go_at_once(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop", "lef"])
    withdraw(flap, phones["moed"])

    withdraw(flap, phones["moed"], now=True)

    assert on_the_wall(flap) == ["geduld", "hoop", "lef"]


def test_two_who_would_stay_behind_go_along_and_are_never_shown_again(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop"])

    withdraw(flap, phones["moed"], now=True)

    assert on_the_wall(flap) == []
    assert sorted(post.payload["text"] for post in flap.posts(FLAP)) == ["geduld", "hoop"]
    shown(flap, ["lef", "trots", "rust"])
    assert on_the_wall(flap) == ["lef", "rust", "trots"]


def test_a_card_that_fell_can_be_taken_back_like_one_that_nobody_saw(flap: Hall) -> None:
    phones = shown(flap, ["moed", "geduld", "hoop"])
    withdraw(flap, phones["moed"], now=True)

    withdraw(flap, phones["geduld"])

    assert [post.payload["text"] for post in flap.posts(FLAP)] == ["hoop"]


def test_a_card_that_was_taken_back_cannot_be_sent_again_under_its_id(flap: Hall) -> None:
    phone, post_id = flap.phone(), "11111111-1111-4111-8111-111111111111"
    flap.post(phone, FLAP, post_id=post_id, text="moed")
    withdraw(flap, phone)

    assert flap.post(phone, FLAP, post_id=post_id, text="iets anders") is None

    assert flap.posts(FLAP) == []


def test_a_participants_act_lets_a_card_go_too(hall: Hall) -> None:
    phones = game(hall)
    hall.do("do:start")
    (first,) = (phone for phone in phones if own_ids(hall, phone, GAME) == [hall.state.kinds[GAME].turn])
    withdraw(hall, next(phone for phone in phones if phone != first), GAME)
    assert len(hall.posts(GAME)) == 4

    hall.host.steering.act(hall.meeting, first, GAME, Command("open", {"card": ("1",)}))

    assert len(hall.posts(GAME)) == 3


def test_a_card_on_the_table_cannot_be_replaced(hall: Hall) -> None:
    phones = game(hall)
    hall.do("do:start")
    table = hall.room.seen(GAME).cards

    assert refused(hall.post(phones[0], GAME, vulnerability="moe", passion="vissen")) == "closed"

    assert hall.room.seen(GAME).cards == table


def test_a_card_before_it_lies_on_the_table_can_be_replaced(hall: Hall) -> None:
    phones = game(hall)

    assert hall.post(phones[0], GAME, vulnerability="moe", passion="vissen") is None

    assert len(hall.posts(GAME)) == len(phones)
