"""The cards of 'Diagnose me!' on the table: whose turn it is, which card is open, and what may be done.

Nothing here tells whose card it is: a phone recognises its own by the id. Whose turn it was is forgotten
when the guessing ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trainer.kinds.believable import pick
from trainer.kinds.contract import Ask, Card, Claim, Command, Post, Rejected, Seen

CARD = "kaart"

UNKNOWN = Rejected("unknown", "Deze knop bestaat hier niet.")
NOT_NOW = Rejected("closed", "Dat kan nu niet.")
NOT_YOUR_TURN = Rejected("turn", "Je bent nu niet aan de beurt.")
NOT_RESOLVED = Rejected("busy", "Er ligt nog een kaart open. Raad eerst van wie hij is.")
GONE = Rejected("gone", "Deze kaart ligt er niet meer. Kies een andere.")
ANOTHER = Rejected("another", "Er ligt nu een andere kaart open. Er is nog niets gezegd. Kijk eerst welke.")


@dataclass(frozen=True, slots=True)
class DiagnoseState:
    """`opened` holds the ids of the cards that were turned over, `open` the one on the screen. `order` is how
    the cards lie on the table, so that a card keeps its number when another is taken back. `turn` and `had`
    hold card ids too: the turn belongs to whoever wrote that card.

    `claimed`: the owner of the open card said so; `silent`: the owner will not. `pressed`: the owner said so
    on their own phone. What a trainer heard marks no phone: a glance at one would tell whose card it is.
    """

    phase: Literal["writing", "guessing", "done"] = "writing"
    order: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    open: str = ""
    claimed: bool = False
    silent: bool = False
    pressed: bool = False
    turn: str = ""
    had: tuple[str, ...] = ()
    question: int = 0


Outcome = DiagnoseState | Rejected


def cards(seen: Seen) -> dict[str, Card]:
    """The cards on the table by id, in the order of their random ids."""
    return {card.id: card for card in sorted(seen.cards, key=lambda card: card.id) if card.item == CARD}


def open_card(state: DiagnoseState, seen: Seen) -> Card | None:
    """The card on the screen; None when there is none, or it was taken back."""
    return cards(seen).get(state.open) if state.phase == "guessing" else None


def number_of(state: DiagnoseState, card: Card | None) -> int:
    """The number of an opened card; 0 for None."""
    return state.order.index(card.id) + 1 if card else 0


def table(state: DiagnoseState, seen: Seen) -> tuple[str, ...]:
    """The ids of the cards in order, including those that are no longer there."""
    return state.order or tuple(cards(seen))


def closed_numbers(state: DiagnoseState, seen: Seen) -> tuple[int, ...]:
    """The numbers, from 1, of the cards still face down on the table."""
    existing = cards(seen)
    return tuple(
        number
        for number, key in enumerate(table(state, seen), start=1)
        if key in existing and key not in state.opened
    )


def resolved(state: DiagnoseState, seen: Seen) -> bool:
    """May the next card be opened?"""
    return state.claimed or state.silent or open_card(state, seen) is None


def turn(state: DiagnoseState) -> str:
    """The card of whoever's turn it is; '' when it is nobody's.

    A turn outlasts its card. The room saw who had it: if the turn ended when a card was taken back, that
    would tell whose card it was; and if it did not, whose it was not.
    """
    return state.turn if state.phase == "guessing" else ""


def others(state: DiagnoseState, seen: Seen) -> list[str]:
    """The cards whose owners may get the turn now, preferably somebody who has not had one.

    Includes cards that were taken back or fell: otherwise getting no more turns would reveal their owners.
    """
    found = [key for key in table(state, seen) if key != state.turn]
    return [key for key in found if key not in state.had] or found


def my_card(own: Sequence[Post]) -> str:
    """The id of this phone's card, also when it took that back from the table; '' when it had none."""
    return next((post.id for post in own if post.item == CARD), "")


def act(state: DiagnoseState, action: Command, own: Sequence[Post], seen: Seen) -> Outcome | Claim:
    """The state after an action by the phone whose posts are `own`."""
    mine = my_card(own)
    match action.name:
        case "open" | "pass" if not mine or turn(state) != mine:
            return NOT_YOUR_TURN
        case "open":
            return _open(state, action.number("card"), seen)
        case "pass":
            return _pass_on(state, action, seen) if resolved(state, seen) else NOT_RESOLVED
        case "mine":
            card = open_card(state, seen)
            if card is None:
                return Rejected("closed", "Er ligt nu geen kaart open.")
            if action.one("card") != str(number_of(state, card)):
                # Pressed for another card that has since been put away: nothing was said of this one.
                return ANOTHER
            said = replace(state, claimed=True, silent=False, pressed=True)
            return Claim(_give_turn(said, mine), card.id)
    return UNKNOWN


def deed(state: DiagnoseState, own: Sequence[Post], seen: Seen, seed: int) -> Command | None:
    """What somebody with these posts would press now, for rehearsals; one in four stays silent."""
    mine, card = my_card(own), open_card(state, seen)
    if not mine or state.phase != "guessing":
        return None
    if card is not None and card.id == mine and not state.claimed and seed % 4:
        return Command("mine", {"card": (str(number_of(state, card)),)})
    closed = closed_numbers(state, seen)
    if turn(state) == mine and resolved(state, seen) and closed:
        return Command("open", {"card": (str(pick(closed, seed)),)})
    return None


def command(state: DiagnoseState, asked: Command, seen: Seen, questions: int) -> Outcome | Ask | Claim:
    """The state after a trainer's command; `questions` is how many there are for the debriefing."""
    match state.phase, asked.name:
        case "writing", "start":
            return Ask(replace(state, phase="guessing"), draw=(CARD,), whole=True)
        case "guessing", "silent" if not resolved(state, seen):
            return _pass_on(replace(state, silent=True), asked, seen)
        case "guessing", "told" if not resolved(state, seen):
            return Claim(_pass_on(replace(state, claimed=True), asked, seen), state.open)
        case "guessing", "turn" if resolved(state, seen):
            return _pass_on(state, asked, seen)
        case "guessing", "open":
            numbers = closed_numbers(state, seen)
            return _open(state, numbers[0], seen) if numbers else GONE
        case "guessing", "away":
            return _no_card(state)
        case "guessing", "finish":
            return replace(_no_card(state), phase="done", turn="", had=())
        case "done", "resume":
            return _pass_on(replace(state, phase="guessing", question=0), asked, seen)
        case "done", "question":
            count = asked.number("number")
            return replace(state, question=count) if count <= questions else UNKNOWN
        case _, ("start" | "silent" | "told" | "turn" | "open" | "away" | "finish" | "resume"):
            return NOT_NOW
    return UNKNOWN


def begun(state: DiagnoseState, asked: Command, seen: Seen) -> DiagnoseState:
    """The state once the cards are on the table, with the turn given to somebody."""
    return _pass_on(replace(state, order=table(state, seen)), asked, seen)


def _open(state: DiagnoseState, number: int, seen: Seen) -> Outcome:
    if not resolved(state, seen):
        return NOT_RESOLVED
    if number not in closed_numbers(state, seen):
        return GONE
    order = table(state, seen)
    key = order[number - 1]
    opened = (*state.opened, key)
    return replace(_no_card(state), order=order, open=key, opened=opened)


def _no_card(state: DiagnoseState) -> DiagnoseState:
    return replace(state, open="", claimed=False, silent=False, pressed=False)


def _give_turn(state: DiagnoseState, card: str) -> DiagnoseState:
    had = tuple(sorted({*state.had, card} - {""}))
    return replace(state, turn=card, had=had)


def _pass_on(state: DiagnoseState, asked: Command, seen: Seen) -> DiagnoseState:
    candidates = others(state, seen)
    if not candidates:
        return state
    return _give_turn(state, candidates[asked.seed % len(candidates)])
