"""What phones can do in each exercise, accepted or refused: all of it must look the same on the network."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.attack.story import EVALUATION, FLAP, GAME, LINE, STICKERS, VOTE
from tests.support.pages import Page

Answer = dict[str, Any]
Act = Callable[[Page], Answer]
MOST = 40  # characters on a card of the flap


@dataclass(frozen=True, slots=True)
class Deed:
    """What one phone does while somebody listens, after what it did before that; is it accepted?"""

    name: str
    act: Act
    before: tuple[Act, ...] = ()
    accepted: bool | None = True


def post(step: str, item: str = "", **form: Any) -> Act:
    fields = {name.replace("_", "-"): [value] for name, value in form.items()}

    def send(page: Page) -> Answer:
        return page.send("post", id=str(uuid.uuid4()), step=step, item=item, form=fields)

    return send


def withdraw(step: str, **how: bool) -> Act:
    return lambda page: page.take_back(step, **how)


def act(step: str, name: str, /, **args: str) -> Act:
    return lambda page: page.send(
        "act", step=step, name=name, args={key: [each] for key, each in args.items()}
    )


def nothing_there(step: str) -> Deed:
    """A page that lags behind takes back what is gone already."""
    return Deed("take back what is gone", lambda page: page.send("withdraw", step=step, id=str(uuid.uuid4())))


def choices(step: str, item: str, field: str, count: int) -> list[Deed]:
    def choose(value: int) -> Act:
        return post(step, item, **{field: str(value)})

    return [
        *(Deed(f"answer {value}", choose(value)) for value in range(count)),
        Deed("another answer", choose(1), (choose(0),)),
        Deed("the same answer again", choose(1), (choose(1),)),
        Deed("an answer that is not there", choose(99), (), False),
        Deed("take back", withdraw(step), (choose(0),)),
        nothing_there(step),
    ]


def texts(step: str, most: int, limit: int, **fields: str) -> list[Deed]:
    """Cards of all sorts; `fields` has the name of the field, and what it is for."""
    field = fields["field"]

    def write(text: str) -> Act:
        return post(step, **{field: text})

    wrote = [write(f"kaart {number}") for number in range(most)]
    return [
        Deed("a short text", write("ja")),
        Deed("a long text", write("x" * limit)),
        Deed("accents", write("é" * limit)),
        Deed("emoji", write("\U0001f9e1" * (limit // 2))),
        Deed("quotes", write('"' * limit)),
        Deed("backslashes", write("\\" * limit)),
        Deed("lines", write("a\n" * (limit // 2))),
        Deed("another text", write("nog een"), (wrote[0],)),
        Deed("the last text", write("de laatste"), tuple(wrote[:-1])),
        Deed("one too many", write("te veel"), tuple(wrote), False),
        Deed("a text that is too long", write("x" * (limit + 9)), (), False),
        Deed("take back", withdraw(step), (wrote[0],)),
        Deed("take back one of many", withdraw(step), tuple(wrote)),
        nothing_there(step),
    ]


def seen() -> list[Deed]:
    """What can be done with a sticker that others saw."""
    mine = post(STICKERS, geel="gezien")
    return [
        Deed("other words", post(STICKERS, geel="iets anders"), (mine,)),
        Deed("the same words", mine, (mine,), False),
        Deed("the same words on another colour", post(STICKERS, blauw="Gezien!"), (mine,), False),
        Deed("take back", withdraw(STICKERS, warned=True), (mine,)),
        Deed("take back without a warning", withdraw(STICKERS, warned=False), (mine,), False),
        nothing_there(STICKERS),
    ]


def card(vulnerability: str, passion: str) -> Act:
    return post(GAME, vulnerability=vulnerability, passion=passion)


def writing() -> list[Deed]:
    mine = card("slecht slapen", "lezen")
    return [
        Deed("a short card", card("a", "b")),
        Deed("a long card", card('"' * 120, "é" * 120)),
        Deed("a card again", card("beter slapen", "lezen"), (mine,)),
        Deed("half a card", card("a", ""), (), False),
        Deed("take back", withdraw(GAME), (mine,)),
        nothing_there(GAME),
    ]


def guessing() -> list[Deed]:
    """Only one of them is on the turn, and chance decides who."""
    mine = (card("slecht slapen", "lezen"),)
    return [
        *(Deed(f"open card {number}", act(GAME, "open", card=str(number)), mine, None) for number in (1, 2)),
        *(Deed("pass the turn", act(GAME, "pass"), mine, None) for _ in range(2)),
        *(Deed("it is mine", act(GAME, "mine", card="1"), mine, None) for _ in range(2)),
        Deed("it is mine, without a card", act(GAME, "mine", card="1"), (), False),
        Deed("another card is mine", act(GAME, "mine", card="99"), mine, False),
        Deed("a card that is too late", card("a", "b"), (), False),
        Deed("take back", withdraw(GAME, warned=True), mine),
        nothing_there(GAME),
    ]


def evaluation() -> list[Deed]:
    full = {"vraag_veilig": "2", "vraag_cijfer": "9", "vraag_tempo": "1", "vraag_geleerd": "1"}
    long = post(EVALUATION, **full, vraag_beter="\U0001f9e1" * 300)
    return [
        Deed("one answer", post(EVALUATION, vraag_veilig="0")),
        Deed("all answers", post(EVALUATION, **full)),
        Deed("a long answer", long),
        Deed("quotes", post(EVALUATION, vraag_beter='"' * 600)),
        Deed("other answers", post(EVALUATION, vraag_tempo="0"), (long,)),
        Deed("all away", post(EVALUATION, clear="ja"), (long,)),
        Deed("nothing", post(EVALUATION), (), False),
        Deed("an answer that is not there", post(EVALUATION, vraag_veilig="99"), (), False),
        nothing_there(EVALUATION),
    ]


# By exercise: what the trainer presses once everybody has done what comes before, and the deeds.
SCENES: Mapping[str, tuple[str, str, Sequence[Deed]]] = {
    "a vote": (VOTE, "", choices(VOTE, "1/1", "choice", 3)),
    "a place on the line": (LINE, "", choices(LINE, "1", "place", 6)),
    "cards on a flap": (FLAP, "", texts(FLAP, 3, MOST, field="text")),
    "stickers": (STICKERS, "", [
        *texts(STICKERS, 3, 60, field="geel"), Deed("a blue one", post(STICKERS, blauw="moed")),
    ]),
    "stickers that others saw": (STICKERS, "do:draw", seen()),
    "cards of 'Diagnose me!'": (GAME, "", writing()),
    "the game of 'Diagnose me!'": (GAME, "do:start", guessing()),
    "an evaluation": (EVALUATION, "", evaluation()),
}  # fmt: skip
