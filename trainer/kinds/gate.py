"""The gate: all that others can see of what people sent goes through here. Nobody alone, ever.

The rule, in full in `docs/decisions/0008-the-gate.md`:

- What others see changes by at least `crowd` phones at once, or not at all. A phone has changed when what it
  has now is not what others saw of it: a new answer, another one, or none any more.
- People are phones. What a trainer entered from paper is shown with the rest, and protects nobody.
- A card whose owner allows it may be shown alone; it protects nobody either.
- A card that was taken back leaves with the next change. When fewer than three phones of its batch would
  stay behind, they go with it: otherwise two people are left for each of their texts.
- What leaves the meeting has at least five phones behind it, or none. What the group did not see goes
  nowhere.

Everything here is pure. The posts of a step come in whole, and only `Seen` and `Kept` go out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from trainer.kinds.contract import (
    HOUSE,
    ROOM,
    Answers,
    Ask,
    Card,
    Count,
    Kind,
    Picture,
    Post,
    Rejected,
    Report,
    Seen,
    Tally,
    Texts,
    Totals,
    Written,
)
from trainer.kinds.disclosure import Kept, protected
from trainer.kinds.tally import tally

# The mark of a card that belongs to no batch: it may be seen without others.
FREE = "b"
# The mark of a card that left with the others of its batch: it is not shown again.
FALLEN = "x"
# The beginning of the mark of a vote that was counted.
COUNTED = "v"
MARK_LENGTH = 17
# In place of the mark of an answer, for a phone of which one was counted before and none is now.
NO_ANSWER = COUNTED + "0" * (MARK_LENGTH - 1)

FEW = {
    ROOM: "Er zijn nog geen drie nieuwe. Wacht even, of vraag wie het hardop wil zeggen.",
    HOUSE: "Er zijn nog geen vijf nieuwe. Wacht tot er meer mensen klaar zijn.",
}

Pictures = Mapping[str, Picture]


@dataclass(frozen=True, slots=True)
class Posts:
    """What was sent in a step. `gone`: votes that were taken back after they were counted. `ever`: by item,
    how many phones had ever sent something at the last tick, taken back or not; that only grows."""

    here: Sequence[Post] = ()
    gone: Sequence[Post] = ()
    ever: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Granted:
    """What a request gave: the new pictures, and the new marks of posts by id."""

    pictures: Pictures
    marks: Mapping[str, str] = field(default_factory=dict)


class Sides(NamedTuple):
    """The phones whose counted answer went since the last picture, whose answer came, and, when any went, of
    which the answer stayed."""

    went: set[str]
    came: set[str]
    stayed: set[str]


def is_card(post: Post) -> bool:
    """Did others see this post as a card?"""
    return post.seen.startswith(FREE)


def is_counted(post: Post) -> bool:
    """Is this vote in a picture?"""
    return post.seen.startswith(COUNTED)


def seen(posts: Posts, pictures: Pictures) -> Seen:
    """What others may see now."""
    cards = sorted((post for post in posts.here if is_card(post)), key=lambda post: post.id)
    paper: dict[str, int] = {}
    for post in posts.here:
        if post.paper:
            paper[post.item] = paper.get(post.item, 0) + 1
    items = {*posts.ever, *paper}
    counts = {item: Count(posts.ever.get(item, 0) // ROOM * ROOM, paper.get(item, 0)) for item in items}
    # Not even that there is an item of which somebody sent something.
    some = {item: found for item, found in counts.items() if found}
    return Seen(tuple(Card(post.id, post.item, post.payload) for post in cards), pictures, some)


def grant(kind: Kind, posts: Posts, pictures: Pictures, ask: Ask, seed: int) -> Granted | Rejected:
    """What `ask` lets through, or why it must wait; `seed` is fresh and random, and names the batch."""
    marks: dict[str, str] = {}
    if ask.draw:
        drawn = draw(posts, ask, kind.crowd, seed)
        if not drawn:
            return few(kind)
        marks |= drawn
    found = dict(pictures)
    for item, size in {**ask.count, **ask.count_if_possible}.items():
        counted = count(posts, pictures.get(item), item, size, kind.crowd)
        if counted is None and item in ask.count:
            return few(kind)
        if counted is not None:
            found[item], some = counted
            marks |= some
    if not found and (ask.count or ask.count_if_possible):
        return few(kind)
    return Granted(found, marks)


def marked(posts: Posts, marks: Mapping[str, str]) -> Posts:
    """The posts with their new marks."""
    here = [
        msgspec.structs.replace(one, seen=marks[one.id]) if one.id in marks else one for one in posts.here
    ]
    gone = [
        msgspec.structs.replace(one, seen=marks[one.id]) if one.id in marks else one for one in posts.gone
    ]
    return Posts(here, gone, posts.ever)


def few(kind: Kind) -> Rejected:
    """Why it must wait, and what to do: the same words whatever the reason, which would tell of a phone."""
    return Rejected("few", FEW[kind.crowd])


def draw(posts: Posts, ask: Ask, crowd: int, seed: int) -> dict[str, str]:
    """The marks of the cards that may be seen from now on; none when nobody new may be seen.

    A batch is of one item: who sent something while another was in front of everybody may be known.
    """
    marks: dict[str, str] = {}
    for place, item in enumerate(ask.draw):
        new = [post for post in posts.here if post.item == item and not post.seen and not post.leaving]
        free = {post.id: FREE for post in new if post.paper or post.alone}
        batch = [post for post in new if post.id not in free]
        enough = len({post.author for post in batch}) >= crowd
        if batch and ask.whole and not enough:
            return {}
        name = f"{FREE}{seed & 0xFFFFFFFF:08x}.{place}"
        marks |= free | {post.id: name for post in batch if enough}
    return marks


def count(
    posts: Posts, before: Picture | None, item: str, size: int, crowd: int
) -> tuple[Picture, dict[str, str]] | None:
    """The picture of an item now, with the marks of what was counted; None when it must wait.

    When too few phones changed, their part of the picture stays as it was. New paper may be seen by itself:
    the trainer knows it; alone it is enough where it would be shown alone. Without new paper the answer is
    the same whether nobody changed or a few did: else it would tell of each who pressed whether they did.
    """
    here = [post for post in posts.here if post.item == item]
    paper = tally((post for post in here if post.paper), item, size)
    number = before.number if before else 0
    if may_be_counted(posts, item, crowd, number):
        phones = [post for post in here if not post.paper]
        marks = _histories(posts, item, number)
        return Picture(tally(phones, item, size), paper, number + 1), marks
    if before is None:
        enough = paper.answered >= (1 if crowd == ROOM else crowd)
        return (Picture(Tally((0,) * size), paper), {}) if enough else None
    # Paper never gets less, but for the end of the step: then it is gone with all the rest.
    return (
        (Picture(before.phones, paper, before.number), {}) if paper.answered > before.paper.answered else None
    )


def may_be_counted(posts: Posts, item: str, crowd: int, number: int) -> bool:
    """May a new picture of the phones be seen beside all `number` pictures before it?

    Who compares it with the last one sees what went, what came and what stayed. Each of these is of nobody or
    of a crowd. Who compares it with earlier ones learns of those whose answers were in the same pictures
    together: they are nobody, or at least three, too.
    """
    sides = _sides(posts, item)
    if not (sides.went or sides.came) or any(0 < len(side) < crowd for side in sides):
        return False
    marks = _histories(posts, item, number)
    alike: dict[str, set[str]] = {}
    for post in (*posts.here, *posts.gone):
        if marks.get(post.id):
            alike.setdefault(marks[post.id][MARK_LENGTH:], set()).add(post.author)
    return all(len(phones) >= ROOM for phones in alike.values())


def _sides(posts: Posts, item: str) -> Sides:
    others = [post for post in posts.here if post.item == item and not post.paper]
    changed = [post for post in others if _counted(post) != mark(post)]
    gone = [post for post in posts.gone if post.item == item]
    went = {post.author for post in (*changed, *gone) if _counted(post)}
    came = {post.author for post in changed if mark(post)}
    stayed = {post.author for post in others if _counted(post) and _counted(post) == mark(post)}
    return Sides(went, came, stayed if went else set())


def _counted(post: Post) -> str:
    """The mark of the answer that is in the last picture; '' when none is."""
    found = post.seen[:MARK_LENGTH] if is_counted(post) else ""
    return "" if found == NO_ANSWER else found


def _histories(posts: Posts, item: str, number: int) -> dict[str, str]:
    """The marks by post once there is another picture: what is counted, and its history.

    A history has a letter for each picture: `n` a new answer, `s` the same as before, `a` none.
    """
    found: dict[str, str] = {}
    answers = [(post, mark(post)) for post in posts.here] + [(post, "") for post in posts.gone]
    for post, now in answers:
        if post.item != item or post.paper:
            continue
        before = post.seen[MARK_LENGTH:] if is_counted(post) else "a" * number
        letter = "a" if not now else "s" if now == _counted(post) else "n"
        history = before + letter
        found[post.id] = f"{now or NO_ANSWER}{history}" if "n" in history else ""
    return found


def mark(post: Post) -> str:
    """The mark of a vote that was counted: it tells whether the vote is still the same.

    Who has the author beside it can try which answer it was: it is gone when the authors are, at sealing. A
    vote without an answer is nothing to count.
    """
    if not any(post.payload.values()):
        return ""
    content = msgspec.json.encode(post.payload)
    return COUNTED + blake2b(content, key=post.author.encode()[:64], digest_size=8).hexdigest()


def settle(posts: Posts) -> tuple[tuple[Post, ...], dict[str, str]]:
    """Lets go of the cards that were taken back: these, and the new marks of those that fall with them."""
    gone = tuple(post for post in posts.here if post.leaving)
    marks: dict[str, str] = {}
    for batch in {post.seen for post in gone if post.seen not in (FREE, FALLEN)}:
        left = [post for post in posts.here if post.seen == batch and not post.leaving]
        if len({post.author for post in left}) < ROOM:
            marks |= {post.id: FALLEN for post in left}
    return gone, marks


def settled(posts: Posts) -> Posts:
    """The posts as they are once what was taken back has left."""
    left = marked(posts, settle(posts)[1])
    return Posts([post for post in left.here if not post.leaving], left.gone, left.ever)


def keep(report: Report, posts: Posts, pictures: Pictures) -> tuple[Kept, ...]:
    """What may be kept of a step that is sealed."""
    here = settled(posts).here
    # Said of every question alike: of which of them few answered by phone would tell what one phone skipped.
    phones = any(not post.paper for post in here)
    found: list[Kept] = []
    for row in report:
        match row:
            case Totals():
                found.append(_totals(row, Posts(here, posts.gone), pictures.get(row.item)))
            case Texts():
                behind = [post for post in here if is_card(post) and post.id in set(row.cards)]
                found.append(_words(row, behind))
            case Answers():
                behind = [post for post in here if post.item == row.item and post.payload.get(row.field)]
                found.append(_words(row, behind))
            case Written():
                found.append(Kept(row.id, row.question, texts=(row.text,)))
    return tuple(replace(kept, paper=kept.paper and phones) for kept in found)


def _words(row: Texts | Answers, behind: Sequence[Post]) -> Kept:
    """The texts of these posts: of five phones or more, or of none; and of five people or more."""
    phones = [post for post in behind if not post.paper]
    # Of a card that may be shown alone, the room may know whose it is: it protects nobody here either.
    only_paper = len({post.author for post in phones if not post.alone}) < HOUSE
    if only_paper:
        # What is on paper may go by itself; what one to four phones sent may not go with it.
        behind = [post for post in behind if post.paper]
    if len({post.author for post in behind}) < HOUSE:
        return Kept(row.id, row.question, few=True)
    # An order that cannot be the same for two questions because of who wrote what.
    texts = sorted(
        (str(post.payload.get(row.field, "")) for post in behind), key=lambda one: (one.casefold(), one)
    )
    return Kept(row.id, row.question, paper=only_paper, texts=tuple(texts))


def _totals(row: Totals, posts: Posts, before: Picture | None) -> Kept:
    """The final counts of an item; what the room saw, when too few phones changed after it."""
    size = len(row.options)
    here = [post for post in posts.here if post.item == row.item]
    phones = tally((post for post in here if not post.paper), row.item, size)
    if (
        before is not None
        and before.phones.answered
        and not may_be_counted(posts, row.item, HOUSE, before.number)
    ):
        phones = before.phones
    paper = tally((post for post in here if post.paper), row.item, size)
    return protected(row, Picture(phones, paper))


def lasting(report: Report, posts: Iterable[Post]) -> tuple[Post, ...]:
    """What may stay on the wall once the step is sealed: cards that the group saw, and no others."""
    shown = {key for row in report if isinstance(row, Texts) for key in row.cards}
    return tuple(post for post in settled(Posts(tuple(posts))).here if post.id in shown and is_card(post))
