"""Texts of participants reach the room in shuffled batches, and only when the trainer says so.

Whoever sends alone is recognised by the moment at which the text appears. So new texts wait, out of
sight of the trainers too, until there are enough of them to draw as one batch. A straggler waits for the
next batch. Of what was drawn, the trainer shows all, or one by one, and may hold a text back.

A post that was taken back is simply not among the posts any more; every function here puts up with that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.kinds.contract import Command, Control, Post, Rejected

SMALLEST_BATCH = 3


NO_MORE = Rejected(
    "last", "De laatste teksten zijn al bekeken. Er kan niets meer bij, anders herken je iemand."
)


@dataclass(frozen=True, slots=True)
class Batches:
    """Ids of posts: `drawn` were seen by the trainers, batch after batch; of those, some are `shown` on
    the screen and some are `held` back. `last`: a small batch was drawn because nothing more could come,
    so nothing more may come; else a trainer could look at one straggler at a time."""

    drawn: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    last: bool = False


def waiting(batches: Batches, posts: Sequence[Post]) -> int:
    """How many posts nobody has seen yet."""
    return len(_new(batches, posts))


def ready(batches: Batches, posts: Sequence[Post]) -> tuple[Post, ...]:
    """What was drawn and is neither shown nor held back, in drawn order."""
    settled = {*batches.shown, *batches.held}
    return tuple(post for post in drawn(batches, posts) if post.id not in settled)


def drawn(batches: Batches, posts: Sequence[Post]) -> tuple[Post, ...]:
    """What the trainers may see."""
    return _existing(batches.drawn, posts)


def shown(batches: Batches, posts: Sequence[Post]) -> tuple[Post, ...]:
    """What everybody may see, in drawn order."""
    visible = set(batches.shown)
    return tuple(post for post in drawn(batches, posts) if post.id in visible)


def may_draw(batches: Batches, posts: Sequence[Post], closed: bool) -> bool:
    """Is there a batch, of enough people? A small one will do when nothing more can come (`closed`)."""
    new = set(_new(batches, posts))
    people = len({post.author for post in posts if post.id in new})
    return people >= (1 if closed else SMALLEST_BATCH)


def draw(batches: Batches, posts: Sequence[Post], closed: bool) -> Batches | Rejected:
    """Takes every new post, in the order of their random ids."""
    if not may_draw(batches, posts, closed):
        return Rejected("few", f"Wacht tot er {SMALLEST_BATCH} nieuwe teksten zijn, of sluit het insturen.")
    new = _new(batches, posts)
    people = len({post.author for post in posts if post.id in set(new)})
    return replace(batches, drawn=(*batches.drawn, *new), last=batches.last or people < SMALLEST_BATCH)


def show(batches: Batches, post_id: str) -> Batches:
    """Puts one drawn post on the screen."""
    if post_id not in batches.drawn or post_id in batches.shown:
        return batches
    return replace(batches, shown=(*batches.shown, post_id), held=_without(batches.held, post_id))


def show_all(batches: Batches) -> Batches:
    """Puts everything that was drawn on the screen, except what is held back."""
    return replace(batches, shown=tuple(key for key in batches.drawn if key not in batches.held))


def hold(batches: Batches, post_id: str) -> Batches:
    """Keeps one drawn post off the screen, or takes it off, until it is shown on purpose."""
    if post_id not in batches.drawn or post_id in batches.held:
        return batches
    return replace(batches, shown=_without(batches.shown, post_id), held=(*batches.held, post_id))


def controls(batches: Batches, posts: Sequence[Post], closed: bool) -> tuple[Control, ...]:
    """The buttons that every kind with batches has."""
    new = waiting(batches, posts)
    can_draw, can_show = may_draw(batches, posts, closed), bool(ready(batches, posts))
    label = f"Bekijk {new} {'nieuwe' if new != 1 else 'nieuw'}" if new else "Bekijk nieuwe"
    return (
        Control("show-all", "Toon alles", "primary" if can_show else "normal", enabled=can_show),
        Control("draw", label, "normal" if can_show else "primary", enabled=can_draw),
        Control("open", "Open het insturen weer", enabled=not batches.last)
        if closed
        else Control("close", "Sluit het insturen"),
    )


def apply(
    batches: Batches, posts: Sequence[Post], closed: bool, command: Command
) -> Batches | Rejected | None:
    """The batches after 'draw', 'show', 'show-all' or 'hold'; None when the command is another one."""
    match command.name:
        case "draw":
            return draw(batches, posts, closed)
        case "show-all":
            return show_all(batches)
        case "show" | "hold":
            chosen = command.one("id")
            if chosen not in {post.id for post in drawn(batches, posts)}:
                return gone()
            return show(batches, chosen) if command.name == "show" else hold(batches, chosen)
    return None


def gone() -> Rejected:
    """The refusal for a card that was taken back in the meantime."""
    return Rejected("gone", "Deze kaart is er niet meer.")


def status(batches: Batches, post_id: str) -> str:
    """'shown', 'held' or 'ready'."""
    return "shown" if post_id in batches.shown else "held" if post_id in batches.held else "ready"


def summary(batches: Batches, posts: Sequence[Post], closed: bool) -> dict[str, int | str]:
    """Counts for the trainers, and why there is nothing to draw, if so."""
    new = waiting(batches, posts)
    few = f"Nieuwe teksten komen per {SMALLEST_BATCH} of meer. Zo blijft geheim wie ze schreef."
    return {
        "received": len(posts),
        "waiting": new,
        "shown": len(shown(batches, posts)),
        "hint": few if new and not may_draw(batches, posts, closed) else "",
    }


def _new(batches: Batches, posts: Sequence[Post]) -> list[str]:
    seen = set(batches.drawn)
    return sorted(post.id for post in posts if post.id not in seen)


def _existing(ids: Sequence[str], posts: Sequence[Post]) -> tuple[Post, ...]:
    by_id = {post.id: post for post in posts}
    return tuple(by_id[key] for key in ids if key in by_id)


def _without(ids: tuple[str, ...], gone_id: str) -> tuple[str, ...]:
    return tuple(key for key in ids if key != gone_id)
