"""What a trainer can do with the answers on a flap: the state, and every command on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from trainer.kinds import batches as flow
from trainer.kinds.batches import Batches
from trainer.kinds.contract import Ask, Command, Rejected, Seen
from trainer.kinds.flap import cards as table
from trainer.kinds.flap import dots
from trainer.kinds.flap.cards import MOST_GROUPS, Card, Order
from trainer.kinds.flap.dots import Dots
from trainer.kinds.text import read_text

# A flap has one question, so whatever item a phone names is ignored.
ITEM = ""
TITLE_LENGTH = 40
DEFINITION_LENGTH = 400


@dataclass(frozen=True, slots=True)
class FlapState:
    """`definition` is the trainers' text.

    `fetched`: the flap of an earlier meeting is on the screen. It stays until anything is done to this one.
    """

    batches: Batches = field(default_factory=Batches)
    order: Order = field(default_factory=Order)
    closed: bool = False
    mode: Literal["cards", "cloud"] = "cards"
    page: int = 0
    definition: str = ""
    dots: Dots = field(default_factory=Dots)
    fetched: bool = False


def apply(state: FlapState, command: Command, seen: Seen) -> FlapState | Ask | Rejected:
    """The state after `command`; the caller checks whether a definition is allowed at all."""
    if command.name == "fetch":
        return replace(state, fetched=True, mode="cards", page=0)
    if state.fetched and command.name != "page":
        state = replace(state, fetched=False, page=0)
    if command.name == "put-away":
        return state
    if state.dots.lie and command.name in dots.FIXED:
        return dots.LOCKED
    match command.name:
        case "draw":
            return Ask(state, draw=(ITEM,))
        case "show-all":
            return replace(state, batches=flow.show_all(state.batches, seen))
        case "close" | "open":
            return replace(state, closed=command.name == "close")
        case "cloud" | "cards":
            return replace(state, mode="cloud" if command.name == "cloud" else "cards")
        case "same":
            return _levelled(replace(state, order=table.merge_same(state.order, comparable(state, seen))))
        case "page":
            return replace(state, page=command.number("number"))
        case "define":
            text = read_text(command.one("text"), DEFINITION_LENGTH)
            if isinstance(text, Rejected):
                return replace(state, definition="") if text.code == "empty" else text
            return replace(state, definition=text)
        case "group" | "rename" | "ungroup":
            return _grouped(state, command)
        case name if name in dots.COMMANDS:
            return _dotted(state, command, seen)
        case "show" | "hold" | "move" | "merge" | "split":
            return _carded(state, command, seen)
    return Rejected("unknown", "Deze knop bestaat hier niet.")


def _grouped(state: FlapState, command: Command) -> FlapState | Rejected:
    group = command.one("group")
    if command.name != "group" and group not in {found.id for found in state.order.groups}:
        return Rejected("gone", "Deze groep is er niet meer.")
    if command.name == "ungroup":
        return replace(state, order=table.drop_group(state.order, group))
    title = read_text(command.one("title"), TITLE_LENGTH)
    if isinstance(title, Rejected):
        return title
    if command.name == "rename":
        return replace(state, order=table.rename_group(state.order, group, title))
    if len(state.order.groups) >= MOST_GROUPS:
        return Rejected("full", f"Meer dan {MOST_GROUPS} groepen past niet op het scherm.")
    return replace(state, order=table.add_group(state.order, title))


def _dotted(state: FlapState, command: Command, seen: Seen) -> FlapState | Ask | Rejected:
    """A command about the dots; while they lie there nobody sends a card."""
    if command.name == "dots-show" and state.dots.phase in ("open", "hidden"):
        after = replace(state, dots=replace(state.dots, phase="shown", told=True), page=0)
        return dots.shown(state.dots, after, seen)
    changed = dots.apply(state.dots, command.name, options_of(state, seen))
    if isinstance(changed, Rejected):
        return changed
    return replace(state, dots=changed, closed=state.closed or changed.lie, mode="cards", page=0)


def _carded(state: FlapState, command: Command, seen: Seen) -> FlapState | Rejected:
    """A command about some cards; it acts on the whole pile of each."""
    chosen = flow.existing(command, seen)
    if not chosen:
        return flow.gone()
    if command.name == "merge":
        onto = flow.existing(Command("merge", {"id": command.all("into")}), seen)
        return _merged(state, (*onto, *chosen)) if onto or not command.all("into") else flow.gone()
    for each in chosen:
        state = _changed(state, command, each)
    return state


def _changed(state: FlapState, command: Command, chosen: str) -> FlapState:
    match command.name:
        case "move":
            return replace(state, order=table.move(state.order, chosen, command.one("group")))
        case "split":
            return replace(state, order=table.split(state.order, chosen))
    change = flow.show if command.name == "show" else flow.hold
    changed = state.batches
    for key in table.pile(state.order, chosen):
        changed = change(changed, key)
    return replace(state, batches=changed)


def _merged(state: FlapState, chosen: Sequence[str]) -> FlapState | Rejected:
    """All of them on one pile: the first that is on the screen comes on top, or else the first."""
    how = {key: flow.status(state.batches, key) for key in chosen}
    if "held" in how.values():
        # Otherwise it would surface unasked when the card on top of it is taken back.
        return Rejected("held", "Een van deze kaarten houd je achter. Toon die eerst.")
    top = next((key for key in chosen if how[key] == "shown"), chosen[0])
    order = state.order
    for key in chosen:
        order = table.merge(order, key, top)
    return _levelled(replace(state, order=order))


def _levelled(state: FlapState) -> FlapState:
    """Marks every card under a shown card as shown too, since it is counted there."""
    changed = state.batches
    for lying in state.order.piles:
        if flow.status(changed, lying[0]) == "shown":
            for key in lying:
                changed = flow.show(changed, key)
    return replace(state, batches=changed)


def in_reading_order(state: FlapState, seen: Seen) -> list[Card]:
    """The cards everybody may see: group by group, the loose cards last."""
    shown = table.faces(state.order, flow.shown(state.batches, seen))
    return [card for _, found in table.sections(state.order, shown) for card in found]


def options_of(state: FlapState, seen: Seen) -> tuple[str, ...]:
    """What could get a dot now: see `dots.options`."""
    return dots.options(state.order, in_reading_order(state, seen))


def comparable(state: FlapState, seen: Seen) -> list[Card]:
    """The cards that may be merged, those on the screen first so that they stay on top."""
    found = table.faces(state.order, flow.drawn(state.batches, seen))
    how = {card.id: flow.status(state.batches, card.id) for card in found}
    return sorted(
        (card for card in found if how[card.id] != "held"), key=lambda card: how[card.id] != "shown"
    )
