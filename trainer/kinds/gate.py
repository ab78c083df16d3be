"""The gate: whatever others can see of what people sent passes through here. Never anybody alone.

The rule, in full in `docs/decisions/0008-the-gate.md`:

- What others see changes by at least `crowd` phones at once, or not at all. A phone has changed when it sent
  something since others saw what it has, also the same again, or has nothing any more.
- People are counted as phones. Where they agree on what they write, those who say the same count as one, and
  what they say is one card: the same card as long as any of them has it there, whoever takes theirs back. Who
  says it later has it there from when others see at least `crowd` new phones.
- What a trainer entered from paper is shown with the rest, and protects nobody.
- A card whose owner allows it may be shown alone; it protects nobody either.
- A card that was taken back leaves with the next change. When fewer than three phones of its batch would
  remain, their cards go with it: otherwise each text would be one of two people's.
- What a phone says openly (`Kind.openly`), such as that its owner tells now, is counted exactly and at once.
- The room may be told whose a card is, as long as at least three phones remain that it knows no card of.
- What leaves the meeting has at least five phones behind it, or none. What the group did not see goes
  nowhere: a card counts as seen once the uncovered screen has shown its page.

Everything here is pure. The posts of a step come in whole, and only `Seen` and `Kept` go out.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from trainer.kinds import counting
from trainer.kinds.contract import (
    HOUSE,
    ROOM,
    Ask,
    Card,
    Count,
    Kind,
    Picture,
    Post,
    Rejected,
    Seen,
)
from trainer.kinds.posts import Posts
from trainer.kinds.values import ANY

# The mark of a card that belongs to no batch and may be seen alone; every card's mark begins with it.
FREE = "b"
# The mark of a card whose owner the room knows.
KNOWN = "b!"
# In a mark, before the id of the card that says the same: others see that one.
SAME = "@"
# The prefix of the mark of a card that others saw and that was taken back; digests of its words follow.
SAID = "w"
# The suffix of the mark of a card that was on the screen, and so may be kept.
LOOKED = "+"
# The mark of a card that left with another of its batch; it is not shown again.
FALLEN = "x"

FEW = {
    ROOM: "Er zijn nog geen drie telefoons met iets nieuws. Wacht even, of vraag wie het hardop wil zeggen.",
    HOUSE: "Er zijn nog geen vijf telefoons met iets nieuws. Wacht tot er meer mensen klaar zijn.",
}

SECRET = Rejected(
    "few", "Dat kan nu niet. Alleen de eigenaar kan het zeggen, en de laatste kaarten blijven geheim."
)

Pictures = Mapping[str, Picture]


@dataclass(frozen=True, slots=True)
class Granted:
    """What a request yielded: the new pictures, and the new marks of posts by id."""

    pictures: Pictures
    marks: Mapping[str, str] = field(default_factory=dict)


def is_card(post: Post) -> bool:
    """Did others see this post as a card?"""
    return post.seen.startswith(FREE)


def was_card(post: Post) -> bool:
    """Did others ever see this post as a card? Includes one that has fallen."""
    return is_card(post) or has_fallen(post)


def emptied(post: Post) -> Post:
    """What a phone keeps of a card that it took back after others saw it: that it had one, and no word."""
    return replace(post, payload={}, seen="", leaving=True)


def has_fallen(post: Post) -> bool:
    """Did others see this post as a card, until it left with another of its batch?"""
    return post.seen == FALLEN


def batch_of(post: Post) -> str:
    """The mark of a card, without what says that it was on the screen, or the same as another."""
    return post.seen.removesuffix(LOOKED).partition(SAME)[0]


def card_of(post: Post) -> str:
    """The id under which others see a card: the same for all that people agreed on."""
    return post.seen.removesuffix(LOOKED).partition(SAME)[2] or post.id


def as_cards(posts: Iterable[Post]) -> dict[str, Post]:
    """These posts as others see them: of those that are one card the first, by the id of that card."""
    found: dict[str, Post] = {}
    for post in sorted(posts, key=lambda each: (each.id != card_of(each), each.id)):
        found.setdefault(card_of(post), post)
    return found


def was_on_screen(post: Post) -> bool:
    """Is this a card that the whole group has seen?"""
    return is_card(post) and post.seen.endswith(LOOKED)


def unseen(posts: Posts) -> bool:
    """Are there cards that were let through but that the group has never seen?"""
    return any(is_card(post) and not was_on_screen(post) for post in posts.visible)


def looked(posts: Posts, there: Collection[str]) -> dict[str, str]:
    """The new marks of the cards that are on the screen for the first time; `there` are the ids on it now."""
    ids = set(there)
    return {
        post.id: post.seen + LOOKED
        for post in posts.here
        if card_of(post) in ids and is_card(post) and not was_on_screen(post)
    }


def was_shown(posts: Posts, pictures: Pictures) -> bool:
    """Did others see anything of what was sent? A card that was taken back and has left does not count."""
    return bool(pictures) or any(post.seen for post in (*posts.here, *posts.gone))


def seen(posts: Posts, pictures: Pictures, dealt: int = 0) -> Seen:
    """What others may see now; `dealt` as `Seen` has it."""
    found = as_cards(post for post in posts.visible if is_card(post))
    cards = tuple(Card(key, post.item, post.payload) for key, post in sorted(found.items()))
    if posts.sealed:
        return Seen(cards, pictures, crowd=posts.crowd, dealt=dealt)
    paper: dict[str, int] = {}
    for post in posts.visible:
        if post.paper:
            paper[post.item] = paper.get(post.item, 0) + 1
            paper[ANY] = paper.get(ANY, 0) + 1
    items = {*posts.ever, *paper}
    crowd = posts.crowd
    counts = {
        item: Count(posts.ever.get(item, 0) // crowd * crowd, paper.get(item, 0), crowd) for item in items
    }
    # Zero counts are left out: an item's mere presence would tell that somebody sent something for it.
    counted = {item: each for item, each in counts.items() if each}
    return Seen(cards, pictures, counted, crowd, dealt=dealt, openly=_openly(posts))


def _openly(posts: Posts) -> dict[str, int]:
    """How many phones say for each item what everybody may know: who presses is told so before."""
    said = (post.item for post in posts.here if post.payload.get(posts.openly)) if posts.openly else ()
    return dict(Counter(said))


def grant(kind: Kind, posts: Posts, pictures: Pictures, ask: Ask, seed: int) -> Granted | Rejected:
    """What `ask` lets through, or why it must wait; `seed`, fresh and random, names the batch."""
    marks: dict[str, str] = {}
    if ask.draw:
        drawn = draw(posts, ask, kind.crowd, seed)
        if not drawn:
            return few(kind)
        marks |= drawn
    found, asked = dict(pictures), {**ask.count, **ask.count_if_possible}
    for item, size in asked.items():
        granted = counting.count(posts, pictures.get(item), item, size, kind.crowd)
        if granted is None and item in ask.count:
            return few(kind)
        if granted is not None:
            found[item], some = granted
            marks |= some
    # Pictures of other items are no answer: a press that shows nothing of what it is about must say so.
    if asked and not ask.anyway and found.keys().isdisjoint(asked):
        return few(kind)
    return Granted(found, marks)


def few(kind: Kind) -> Rejected:
    """Why it must wait, and what to do; the wording never varies, since the reason could betray a phone."""
    return Rejected("few", FEW[kind.crowd])


def draw(posts: Posts, ask: Ask, crowd: int, seed: int) -> dict[str, str]:
    """The marks of the cards that may be seen from now on; none when no new card may be seen.

    A batch has one item only: the room may know who sent something while another item was in front of it.
    """
    marks: dict[str, str] = {}
    for place, item in enumerate(ask.draw):
        new = [post for post in posts.here if post.item == item and not post.seen and not post.leaving]
        there = posts.firsts([*_cards_of(posts, item), *new])
        # What is there already adds nothing, so that it would hide nobody.
        fresh = [post for post in new if not is_card(there[post.id])]
        batch = [post for post in fresh if not _protects_nobody(post)]
        enough = posts.have_crowd(batch, crowd)
        if batch and ask.whole and not enough:
            return {}
        name = f"{FREE}{seed & 0xFFFFFFFF:08x}.{place}"
        own = {post.id: FREE for post in fresh if _protects_nobody(post)}
        own |= {post.id: name for post in batch if enough}
        # Who lets a card go alone follows who does not, when both say the same.
        drawn = sorted(
            (post for post in fresh if post.id in own), key=lambda post: (own[post.id] == FREE, post.id)
        )
        for key, first in posts.firsts(drawn).items():
            marks[key] = own[key] if key == first.id else f"{own[first.id]}{SAME}{first.id}"
        for post in new:
            if is_card(first := there[post.id]) and _joins(post, first, enough):
                looked_at = LOOKED if was_on_screen(first) else ""
                marks[post.id] = f"{batch_of(first)}{SAME}{card_of(first)}{looked_at}"
    return marks


def _joins(post: Post, first: Post, enough: bool) -> bool:
    """Does a new post become the card `first`, which says the same, so that this stays when the others leave?

    Only in a crowd of others that send something: whoever takes that card back would read in what stays what
    this one phone said. Not if that card may be seen alone and this one may not.
    """
    return _protects_nobody(post) or (enough and batch_of(first) != FREE)


def _cards_of(posts: Posts, item: str) -> list[Post]:
    return [post for post in posts.visible if post.item == item and is_card(post)]


def _protects_nobody(post: Post) -> bool:
    return post.paper or post.alone


def claim(posts: Posts, card: str, own: Sequence[Post] | None = None) -> dict[str, str] | Rejected:
    """The new mark of a card whose owner the room is told, or why it stays a secret.

    `own` are the posts of the phone that claims it; without them, a trainer heard the owner say so. The
    refusal is the same for a non-owner as for an owner who would leave too few, so it reveals neither.
    """
    mine = None if own is None else [post for post in own if not post.leaving]
    found = [post for post in (posts.here if mine is None else mine) if post.id == card]
    if any(post.paper or batch_of(post) == KNOWN for post in found):
        return {}
    batches = {batch_of(post) for post in posts.here if _is_of_a_batch(post)}
    if found and all(_can_be_of_three(posts, batch, without=1) for batch in batches):
        return {card: KNOWN + LOOKED if was_on_screen(found[0]) else KNOWN}
    return SECRET


def _is_of_a_batch(post: Post) -> bool:
    return is_card(post) and batch_of(post) not in (FREE, KNOWN)


def _can_be_of_three(posts: Posts, batch: str, without: int = 0) -> bool:
    """Could any of three people with no known card own a card of this batch, `without` of them left out?

    The owner of a known card may have another one here, from a phone that left.
    """
    known = [post for post in posts.here if batch_of(post) == KNOWN]
    batched = [post for post in posts.here if batch_of(post) == batch and not _protects_nobody(post)]
    there = [post for post in batched if not post.leaving]
    others = len({post.author for post in known})
    return posts.have_crowd([*there, *known], ROOM + others + without)


def settle(posts: Posts) -> tuple[tuple[Post, ...], dict[str, str]]:
    """The cards to drop because they were taken back, and the new marks of those that fall with them."""
    gone = tuple(post for post in posts.here if post.leaving)
    marks: dict[str, str] = {}
    for batch in {batch_of(post) for post in gone if _is_of_a_batch(post)}:
        if not _can_be_of_three(posts, batch):
            left = [post for post in posts.here if batch_of(post) == batch and not post.leaving]
            marks |= {post.id: FALLEN for post in left}
    return gone, marks


def settled(posts: Posts) -> Posts:
    """The posts once what was taken back has left."""
    left = posts.marked(settle(posts)[1])
    return left.only([post for post in left.here if not post.leaving])
