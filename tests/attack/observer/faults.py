"""Faults that the product once had, or could have tomorrow, put back: the observer must find each of them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from tests.attack.observer.history import Action
from trainer.kinds import counting, evaluatie, gate, keeping
from trainer.kinds.contract import Control, Kind, Picture, Tally
from trainer.kinds.disclosure import Kept
from trainer.kinds.posts import Posts
from trainer.meetings import posting
from trainer.meetings.room import Room


@dataclass(frozen=True)
class Fault:
    """`patches` are (object, name) of what is replaced, with what; `exercise` is where it shows soonest.

    It is looked for after an `opening`, where that seldom comes by chance.
    """

    name: str
    exercise: str
    patches: Mapping[tuple[Any, str], Any]
    # Is it found within seconds?
    soon: bool = False
    opening: tuple[Action, ...] = ()

    @contextmanager
    def put_back(self) -> Iterator[None]:
        before = {place: getattr(*place) for place in self.patches}
        for (where, name), other in self.patches.items():
            setattr(where, name, other)
        try:
            yield
        finally:
            for (where, name), old in before.items():
                setattr(where, name, old)


def _paper_counts(posts: Posts, ask: Any, crowd: int, seed: int) -> dict[str, str]:
    return _draw(Posts([_as_phone(post) for post in posts.here]), ask, crowd, seed)


def _as_phone(post: gate.Post) -> gate.Post:
    return msgspec.structs.replace(post, paper=False)


def _everybody_alone(posts: Posts, ask: Any, crowd: int, seed: int) -> dict[str, str]:
    return _draw(posts, ask, 1, seed)


def _one_more_is_enough(posts: Posts, item: str, crowd: int, number: int) -> bool:
    votes = (post for post in posts.here if post.item == item and not post.paper)
    phones = {post.author for post in votes if counting.mark(post, posts.secret)}
    return posts.is_crowd(phones, crowd) and any(counting.sides(posts, item))


def _sides_together(posts: Posts, item: str, crowd: int, number: int) -> bool:
    went, came, stayed = counting.sides(posts, item)
    return posts.is_crowd(went | came, crowd) and not posts.is_few(stayed, crowd)


def _who_stays_may_be_alone(posts: Posts, item: str, crowd: int, number: int) -> bool:
    went, came, _ = counting.sides(posts, item)
    return bool(went or came) and not any(posts.is_few(side, crowd) for side in (went, came))


def _anybody(posts: Posts, item: str, crowd: int, number: int) -> bool:
    return any(counting.sides(posts, item))


def _only_the_last_picture(posts: Posts, item: str, crowd: int, number: int) -> bool:
    sides = counting.sides(posts, item)
    return bool(sides.went or sides.came) and not any(posts.is_few(side, crowd) for side in sides)


def _mark_of_the_answer(post: gate.Post, secret: bytes | None) -> str:
    answer = str(post.payload) if any(post.payload.values()) else ""
    return _mark(msgspec.structs.replace(post, id=f"{post.author}{answer}"), secret)


def _always_told(posts: Posts, card: str, own: Any = None) -> dict[str, str]:
    return {card: gate.KNOWN}


def _leaves_alone(posts: Posts) -> Any:
    return tuple(post for post in posts.here if post.leaving), {}


def _people_of_the_step(row: Any, wall: Posts, drawn: Posts) -> Kept:
    texts = sorted(str(post.payload.get(row.field, "")) for post in wall.here)
    return Kept(row.id, row.question, texts=tuple(texts))


def _paper_and_phones(row: Any, picture: Picture) -> Kept:
    return _protected(row, replace(picture, phones=picture.all, paper=Picture().paper))


def _final_always(row: Any, posts: Posts, before: Picture | None) -> Kept:
    return _totals(row, posts, None)


def _reopens(self: Kind, settings: Any, state: Any, command: Any, seen: Any) -> Any:
    if command.name == "reopen":
        return evaluatie.FormState()
    if command.name == "totals":
        sizes = {question.id: len(question.options) for question in settings.questions if question.options}
        return evaluatie.Ask(evaluatie.FormState(closed=True, showing=True), count_if_possible=sizes)
    return _evaluate(self, settings, state, command, seen)


def _everything(row: Any, picture: Picture) -> Kept:
    counts = (picture.all + Tally((0,) * len(row.options))).counts
    return Kept(row.id, row.question, row.options, counts, picture.all.answered)


def _offers_to_reopen(self: Kind, settings: Any, state: Any, seen: Any) -> tuple[Control, ...]:
    return (Control("reopen", ""), Control("totals", ""))


def _goes_unseen(self: Room, phone: str, authors: Mapping[str, str]) -> None:
    self.participants.discard(phone)


_draw, _protected, _totals, _mark = gate.draw, keeping.protected, keeping._totals, counting.mark
_evaluate = evaluatie.Evaluatie.apply
MAY_BE = (counting, "may_be_counted")
ALWAYS_COUNTED = {MAY_BE: _one_more_is_enough}
# The answers of four; one of them moves, beside somebody new.
SHOWN_AND_ONE_MOVES = (
    *(Action("send", who) for who in range(4)),
    Action("press", name="do:show"),
    Action("send", 4),
    Action("send", 0),
)
# The same, with two who come in beside the one that moves.
SHOWN_AND_TWO_COME = (*SHOWN_AND_ONE_MOVES, Action("send", 5), Action("press", name="do:show"))
# The same, with three: whether they may be seen must not tell whether phone 0 moved.
SHOWN_AND_THREE_COME = (
    *SHOWN_AND_ONE_MOVES, Action("send", 5), Action("send", 6), Action("press", name="do:show")
)  # fmt: skip
# The answers of four, of whom three move.
SHOWN_AND_THREE_MOVE = (
    *(Action("send", who) for who in range(4)),
    Action("press", name="do:show"),
    *(Action("send", who) for who in range(3)),
    Action("press", name="do:show"),
)
# Six, of whom each time three move, but not the same three.
SHOWN_THREE_TIMES = tuple(
    action
    for phones in (range(6), (0, 1, 2), (0, 1, 3))
    for action in (*(Action("send", who) for who in phones), Action("press", name="do:show"))
)
# Eight phones, of whom one goes on: what the export tells of counts begins there.
SHOWN_AND_OPEN_AGAIN = (
    *(Action("send", who) for who in range(8)),
    Action("press", name="do:show"),
    Action("press", name="do:reopen"),
    Action("send", 0),
)
# One tells, one listens.
TOLD_AND_GIVEN = (Action("say", 0), Action("send", 1), Action("press", name="do:hand"))

FAULTS = (
    Fault("cards on paper fill up a batch", "flap", {(gate, "draw"): _paper_counts}),
    Fault("the last text is drawn alone", "flap", {(gate, "draw"): _everybody_alone}, soon=True),
    Fault("a table of two shows its cards", "tafels", {(gate, "draw"): _everybody_alone}, soon=True),
    Fault("who leaves and comes back is somebody else", "flap", {(Room, "depart"): _goes_unseen}),
    Fault("the deck of two people", "diagnose-me", {(gate, "draw"): _everybody_alone}),
    Fault(
        "the sheet of a single listener", "omdenken", {MAY_BE: _anybody}, soon=True, opening=TOLD_AND_GIVEN
    ),
    Fault("the result of a single answer", "stelling", {MAY_BE: _anybody}, soon=True),
    Fault("one moves, and the dots are brought up to date", "over-de-lijn", ALWAYS_COUNTED),
    Fault(
        "one moves beside two newcomers",
        "over-de-lijn",
        {MAY_BE: _sides_together},
        opening=SHOWN_AND_TWO_COME,
    ),
    Fault(
        "three go, and one stays",
        "over-de-lijn",
        {MAY_BE: _who_stays_may_be_alone},
        opening=SHOWN_AND_THREE_MOVE,
    ),
    Fault(
        "three pictures leave one alone",
        "over-de-lijn",
        {MAY_BE: _only_the_last_picture},
        opening=SHOWN_THREE_TIMES,
    ),
    Fault(
        "a vote that is changed is another vote",
        "over-de-lijn",
        {(posting, "_mark_before"): lambda *asked: ""},
        opening=SHOWN_AND_ONE_MOVES,
    ),
    Fault(
        "who sends the same again has not changed",
        "over-de-lijn",
        {(counting, "mark"): _mark_of_the_answer},
        soon=True,
        opening=SHOWN_AND_THREE_COME,
    ),
    Fault("two are left when a card is taken back", "flap", {(gate, "settle"): _leaves_alone}),
    Fault(
        "the last owners follow from the others", "diagnose-me", {(gate, "claim"): _always_told}, soon=True
    ),
    Fault(
        "an evaluation reopens after its totals, and a sixth is counted",
        "evaluatie",
        {
            **ALWAYS_COUNTED,
            # As the screen was then: without anything hidden.
            (evaluatie, "protected"): _everything,
            (evaluatie.Evaluatie, "apply"): _reopens,
            (evaluatie.Evaluatie, "controls"): _offers_to_reopen,
        },
    ),
    Fault(
        "texts of few are exported, for others posted too", "flap", {(keeping, "_words"): _people_of_the_step}
    ),
    Fault("paper fills up what is exported", "stelling", {(keeping, "protected"): _paper_and_phones}),
    Fault(
        "what one changed after the picture is exported",
        "stelling",
        {(keeping, "_totals"): _final_always},
        opening=SHOWN_AND_OPEN_AGAIN,
    ),
)
