"""What the trainers do with the sheets: show what groups sent, turn to a field or a group, and the dots."""

from dataclasses import replace

from trainer.kinds import batches as flow
from trainer.kinds.batches import Batches
from trainer.kinds.contract import Ask, Command, Control, Rejected, Seen
from trainer.kinds.werkvel.sheet import DOTS, Settings, SheetState, split
from trainer.kinds.werkvel.sight import present, sight

PAGES, GIVEN = "Op het scherm", "Stippen"
UNKNOWN = Rejected("unknown", "Deze knop bestaat hier niet.")


def controls(settings: Settings, state: SheetState, seen: Seen) -> tuple[Control, ...]:
    """The buttons of the cards, those to turn a page, and those of the dots."""
    page = sight(settings, state, seen)
    return (
        *flow.controls(state.batches, seen, state.closed),
        *(_turning(page.number, page.pages) if page.pages > 1 else ()),
        *(_giving(settings, state, seen) if settings.dots else ()),
    )


def _turning(number: int, pages: int) -> tuple[Control, ...]:
    return tuple(
        Control("page", label, args={"number": str(to)}, enabled=0 <= to < pages, group=PAGES)
        for label, to in (("Vorige bladzijde", number - 1), ("Volgende bladzijde", number + 1))
    )


def _giving(settings: Settings, state: SheetState, seen: Seen) -> tuple[Control, ...]:
    if state.dots == "open":
        return (
            Control("dots-show", "Sluit en toon de stippen", "primary", group=GIVEN),
            Control("dots-stop", "Stop zonder te tonen", "quiet", group=GIVEN),
        )
    label = "Laat opnieuw stippen geven" if state.dots else "Laat stippen geven"
    question = "De stippen gaan dan van het scherm." if state.dots else ""
    some = bool(present(settings, state, seen))
    return (Control("dots-open", label, confirm=question, enabled=some, group=GIVEN),)


def apply(settings: Settings, state: SheetState, command: Command, seen: Seen) -> SheetState | Ask | Rejected:
    """The state after a trainer's press, or what it asks of the gate."""
    number = command.number("number")
    match command.name:
        case "draw":
            return Ask(state, draw=settings.items)
        case "close" | "open":
            return replace(state, closed=command.name == "close")
        case "page":
            return replace(state, page=number)
        case "go" if number <= settings.last:
            return replace(state, place=number, group=0, page=0)
        case "group" if 0 < number <= settings.number:
            return replace(state, group=number, page=0)
        case "dots-open" | "dots-show" | "dots-stop" if settings.dots:
            return _dotted(settings, state, command, seen)
    batches = flow.apply(state.batches, seen, command)
    if isinstance(batches, Batches):
        return _with(state, batches, command, seen)
    return batches or UNKNOWN


def _dotted(settings: Settings, state: SheetState, command: Command, seen: Seen) -> SheetState | Ask:
    there = replace(state, place=settings.last, group=0, page=0)
    if command.name == "dots-open":
        asked = tuple(group.number for group in present(settings, state, seen))
        return replace(there, asked=asked, dots="open", closed=True)
    if command.name == "dots-stop":
        return replace(there, dots="")
    # What was shown before comes back as it was, when no new picture may be taken yet.
    size, after = {DOTS: settings.number}, replace(there, dots="shown")
    return Ask(after, count_if_possible=size) if DOTS in seen.pictures else Ask(after, count=size)


def _with(state: SheetState, batches: Batches, command: Command, seen: Seen) -> SheetState:
    """What was shown is remembered with its item; the first that is shown turns the screen to its field."""
    where = {card.id: card.item for card in seen.cards if card.id in batches.shown}
    after = replace(state, batches=batches, where={**state.where, **where})
    if state.place or state.group or command.name == "hold" or not where:
        return after
    found = where.get(command.one("id"))
    return replace(after, place=split(found)[0] if found else 1, page=0)
