"""The cards of 'Diagnose me!' on the table: whose turn it is, which card is open, and what may be done.

Nothing here says whose card it is. The state holds authors only to know whose turn it is and who had one;
when the exercise is over they are forgotten, as are the names.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trainer.kinds.contract import Command, Post, Rejected
from trainer.kinds.text import read_text

CARD = "kaart"
FEWEST_CARDS = 3
NAME_LENGTH = 30

UNKNOWN = Rejected("unknown", "Deze knop bestaat hier niet.")
NOT_NOW = Rejected("closed", "Dat kan nu niet.")
NOT_YOUR_TURN = Rejected("turn", "Je bent nu niet aan de beurt.")
NOT_RESOLVED = Rejected("busy", "Er ligt nog een kaart open. Raad eerst van wie hij is.")
GONE = Rejected("gone", "Deze kaart ligt er niet meer. Kies een andere.")


@dataclass(frozen=True, slots=True)
class DiagnoseState:
    """`order` holds the ids of the cards as they lie on the table, `opened` those that were turned over,
    `open` the one on the screen. `turn` and `had` hold authors: never in a view that is shared.

    `claimed`: the owner of the open card said so; `silent`: the owner does not. `names` are in alphabetical
    order, and not posts: nothing says which phone gave which one, so not even the database joins a name and
    a card.
    """

    phase: Literal["writing", "guessing", "done"] = "writing"
    order: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    open: str = ""
    claimed: bool = False
    silent: bool = False
    turn: str = ""
    had: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    question: int = 0


Outcome = DiagnoseState | Rejected


def cards(posts: Sequence[Post]) -> dict[str, Post]:
    """The cards that exist now, by id, in the order of their random ids."""
    return {post.id: post for post in sorted(posts, key=lambda post: post.id) if post.item == CARD}


def open_card(state: DiagnoseState, posts: Sequence[Post]) -> Post | None:
    """The card on the screen; None also when it was taken back."""
    return cards(posts).get(state.open) if state.phase == "guessing" else None


def closed_numbers(state: DiagnoseState, posts: Sequence[Post]) -> tuple[int, ...]:
    """The numbers, from 1, of the cards that lie closed on the table."""
    existing = cards(posts)
    return tuple(
        number
        for number, key in enumerate(state.order, start=1)
        if key in existing and key not in state.opened
    )


def resolved(state: DiagnoseState, posts: Sequence[Post]) -> bool:
    """May the next card be opened?"""
    return state.claimed or state.silent or open_card(state, posts) is None


def turn(state: DiagnoseState, posts: Sequence[Post]) -> str:
    """The author whose turn it is; '' when nobody is: also when that person took the own card back."""
    authors = {card.author for card in cards(posts).values()}
    return state.turn if state.phase == "guessing" and state.turn in authors else ""


def others(state: DiagnoseState, posts: Sequence[Post]) -> list[str]:
    """Who may get the turn now: rather somebody who had none."""
    authors = sorted({card.author for card in cards(posts).values()} - {state.turn})
    return [author for author in authors if author not in state.had] or authors


def act(state: DiagnoseState, action: Command, me: str, posts: Sequence[Post], with_names: bool) -> Outcome:
    """The state after what the phone of author `me` asks."""
    match action.name:
        case "open":
            if not me or turn(state, posts) != me:
                return NOT_YOUR_TURN
            number = action.one("card")
            return _open(state, int(number) if number.isdecimal() and len(number) < 5 else 0, posts)
        case "pass":
            if not me or turn(state, posts) != me:
                return NOT_YOUR_TURN
            return _pass_on(state, action, posts) if resolved(state, posts) else NOT_RESOLVED
        case "mine":
            card = open_card(state, posts)
            if card is None:
                return Rejected("closed", "Er ligt nu geen kaart open.")
            if not me or card.author != me:
                return Rejected("not-yours", "Dit is niet jouw kaart.")
            return _give_turn(replace(state, claimed=True, silent=False), me)
        case "name" | "unname" if with_names:
            return _named(state, action, me, posts)
    return UNKNOWN


def command(state: DiagnoseState, asked: Command, posts: Sequence[Post], questions: int) -> Outcome:
    """The state after what a trainer asks; `questions` is how many there are for the debriefing."""
    match state.phase, asked.name:
        case "writing", "start":
            existing = cards(posts)
            if len(existing) < FEWEST_CARDS:
                return Rejected("few", f"Er zijn minstens {FEWEST_CARDS} kaarten nodig.")
            return _pass_on(replace(state, phase="guessing", order=tuple(existing)), asked, posts)
        case "guessing", "write" if not state.opened:
            return replace(state, phase="writing", order=(), turn="", had=())
        case "guessing", "silent" | "told" if not resolved(state, posts):
            told = asked.name == "told"
            return _pass_on(replace(state, claimed=told, silent=not told), asked, posts)
        case "guessing", "turn" if resolved(state, posts):
            return _pass_on(state, asked, posts)
        case "guessing", "open":
            numbers = closed_numbers(state, posts)
            return _open(state, numbers[0], posts) if numbers else GONE
        case "guessing", "away":
            return replace(state, open="", claimed=False, silent=False)
        case "guessing", "finish":
            return replace(
                state, phase="done", open="", claimed=False, silent=False, turn="", had=(), names=()
            )
        case "done", "resume":
            return _pass_on(replace(state, phase="guessing", question=0), asked, posts)
        case "done", "question":
            number = asked.one("number")
            count = int(number) if number.isdecimal() and len(number) < 4 else 0
            return replace(state, question=count) if count <= questions else UNKNOWN
        case (("writing" | "guessing"), "drop-name"):
            name = asked.one("name")
            return replace(state, names=tuple(each for each in state.names if each != name))
        case _, ("start" | "write" | "silent" | "told" | "turn" | "open" | "away" | "finish" | "resume"):
            return NOT_NOW
    return UNKNOWN


def _open(state: DiagnoseState, number: int, posts: Sequence[Post]) -> Outcome:
    if not resolved(state, posts):
        return NOT_RESOLVED
    if number not in closed_numbers(state, posts):
        return GONE
    key = state.order[number - 1]
    return replace(state, open=key, opened=(*state.opened, key), claimed=False, silent=False)


def _give_turn(state: DiagnoseState, author: str) -> DiagnoseState:
    had = tuple(sorted({*state.had, author} - {""}))
    return replace(state, turn=author, had=had)


def _pass_on(state: DiagnoseState, asked: Command, posts: Sequence[Post]) -> DiagnoseState:
    candidates = others(state, posts)
    if not candidates:
        return state
    return _give_turn(state, candidates[asked.seed % len(candidates)])


def _named(state: DiagnoseState, action: Command, me: str, posts: Sequence[Post]) -> Outcome:
    if state.phase == "done" or me not in {card.author for card in cards(posts).values()}:
        return Rejected("closed", "Schrijf eerst je kaart.")
    name = read_text(action.one("name"), NAME_LENGTH)
    if isinstance(name, Rejected):
        return name
    names = {*state.names} - {name}
    if action.name == "name":
        if len(names) >= len(cards(posts)):
            return Rejected("full", "Er staan al evenveel namen als kaarten.")
        names.add(name)
    return replace(state, names=tuple(sorted(names, key=lambda each: (each.casefold(), each))))
