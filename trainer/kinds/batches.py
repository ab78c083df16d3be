"""Participants' texts reach the room in shuffled batches, and only when the trainer says so.

The gate (`gate.py`) decides which texts may be seen. The trainer shows what it let through, all at once or
one by one, and may hold a text back.

A card that was taken back is no longer among the cards; every function here tolerates its id.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.kinds.contract import Card, Command, Control, Post, Rejected, Seen
from trainer.kinds.gate import has_fallen


@dataclass(frozen=True, slots=True)
class Batches:
    """Ids of cards that the trainers saw: `shown` on the screen, in the order shown, or `held` back."""

    shown: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


def drawn(batches: Batches, seen: Seen) -> tuple[Card, ...]:
    """What the trainers may see: first what is on the screen, in the order shown."""
    place = {key: index for index, key in enumerate(batches.shown)}
    return tuple(sorted(seen.cards, key=lambda card: (place.get(card.id, len(place)), card.id)))


def ready(batches: Batches, seen: Seen) -> tuple[Card, ...]:
    """The drawn cards that are neither shown nor held back."""
    settled = {*batches.shown, *batches.held}
    return tuple(card for card in drawn(batches, seen) if card.id not in settled)


def shown(batches: Batches, seen: Seen) -> tuple[Card, ...]:
    """What everybody may see, in the order shown."""
    cards = {card.id: card for card in seen.cards}
    return tuple(cards[key] for key in batches.shown if key in cards)


def show(batches: Batches, card_id: str) -> Batches:
    """Puts one card on the screen."""
    if card_id in batches.shown:
        return batches
    return replace(batches, shown=(*batches.shown, card_id), held=_without(batches.held, card_id))


def show_all(batches: Batches, seen: Seen) -> Batches:
    """Puts every drawn card on the screen, except those held back."""
    return replace(batches, shown=(*batches.shown, *(card.id for card in ready(batches, seen))))


def hold(batches: Batches, card_id: str) -> Batches:
    """Keeps one card off the screen, or takes it off, until it is shown explicitly."""
    if card_id in batches.held:
        return batches
    return replace(batches, shown=_without(batches.shown, card_id), held=(*batches.held, card_id))


def controls(batches: Batches, seen: Seen, closed: bool) -> tuple[Control, ...]:
    """The buttons that every kind with batches has."""
    can_show = bool(ready(batches, seen))
    return (
        Control("show-all", "Toon alles", "primary" if can_show else "normal", enabled=can_show),
        Control("draw", "Bekijk nieuwe kaarten", "normal" if can_show else "primary"),
        Control("open", "Open het insturen weer") if closed else Control("close", "Sluit het insturen"),
    )


def apply(batches: Batches, seen: Seen, command: Command) -> Batches | Rejected | None:
    """The batches after 'show-all', or 'show' or 'hold' of some cards; None for any other command."""
    match command.name:
        case "show-all":
            return show_all(batches, seen)
        case "show" | "hold":
            change, there = show if command.name == "show" else hold, existing(command, seen)
            for chosen in there:
                batches = change(batches, chosen)
            return batches if there else gone()
    return None


def existing(command: Command, seen: Seen) -> tuple[str, ...]:
    """The cards that a command is about, without those that were taken back since."""
    ids = {card.id for card in seen.cards}
    return tuple(dict.fromkeys(chosen for chosen in command.all("id") if chosen in ids))


def gone() -> Rejected:
    """The refusal for a card that has since been taken back."""
    return Rejected("gone", "Deze kaart is er niet meer.")


def status(batches: Batches, card_id: str) -> str:
    """'shown', 'held' or 'ready'."""
    return "shown" if card_id in batches.shown else "held" if card_id in batches.held else "ready"


def where(own: Sequence[Post], seen: Seen) -> dict[str, dict[str, bool]]:
    """For a phone: which of its cards others can now see, and which fell when another left."""
    visible = {card.id for card in seen.cards}
    return {post.id: {"seen": post.id in visible, "fell": has_fallen(post)} for post in own}


def summary(batches: Batches, seen: Seen, item: str = "") -> dict[str, object]:
    """The progress, for the trainers."""
    return {
        "received": seen.count(item),
        "shown": len(shown(batches, seen)),
        "ready": len(ready(batches, seen)),
    }


def _without(ids: tuple[str, ...], gone_id: str) -> tuple[str, ...]:
    return tuple(key for key in ids if key != gone_id)
