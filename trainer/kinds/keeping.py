"""What may be kept of a step that is sealed, and leave the meeting: the second half of the gate.

What leaves has at least five phones behind it, or none. What the group did not see goes nowhere.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from trainer.kinds import counting
from trainer.kinds.disclosure import Kept, protected
from trainer.kinds.gate import KNOWN, Pictures, batch_of, is_card, settled, was_card, was_on_screen
from trainer.kinds.posts import Posts
from trainer.kinds.tally import tally
from trainer.kinds.values import HOUSE, Answers, Picture, Post, Report, Texts, Totals, Written


def keep(report: Report, posts: Posts, pictures: Pictures) -> tuple[Kept, ...]:
    """What may be kept of a step that is sealed."""
    posts = settled(posts)
    # Said of every question alike: of which of them few answered by phone would tell what one phone skipped.
    phones = any(not post.paper for post in posts.here)
    found: list[Kept] = []
    for row in report:
        match row:
            case Totals():
                found.append(_totals(row, posts, pictures.get(row.item)))
            case Texts():
                found.append(_words(row, _on_wall(row, posts), _drawn(posts)))
            case Answers():
                found.append(_answers(row, posts))
            case Written():
                found.append(Kept(row.id, row.question, texts=(row.text,)))
    return tuple(replace(kept, paper=kept.paper and phones) for kept in found)


def spare(report: Report, posts: Posts) -> dict[str, int]:
    """By row: how many texts may still go from what is kept, whosever they are, before it must go whole."""
    posts = settled(posts)
    rows = [(row.id, _on_wall(row, posts)) for row in report if isinstance(row, Texts)]
    return {row_id: more for row_id, wall in rows if (more := _more_than_a_house(wall, _drawn(posts))) > 0}


def _more_than_a_house(wall: Posts, drawn: Posts) -> int:
    people = _least_people(wall, drawn)
    return (people if people >= HOUSE else sum(post.paper for post in wall.here)) - HOUSE


def without(kept: Kept, still: Iterable[str], more: int) -> tuple[Kept, int]:
    """What stays kept of a sealed step whose wall has only the texts `still`, and how many may go after it.

    Authors are gone: each text that went may have been all that one phone had in it.
    """
    there, texts = Counter(still), []
    for text in kept.texts or ():
        if there[text]:
            there[text] -= 1
            texts.append(text)
    more -= len(kept.texts or ()) - len(texts)
    if more < 0:
        return Kept(kept.id, kept.question, few=True), 0
    return replace(kept, texts=tuple(texts)), more


def texts_of(row: Texts, posts: Posts) -> list[str]:
    """The texts of a row that are on the wall of a sealed step."""
    cards = set(row.cards)
    return [_text(row, post) for post in posts.here if is_card(post) and post.id in cards]


def _text(row: Texts | Answers, post: Post) -> str:
    return str(post.payload.get(row.field, ""))


def _on_wall(row: Texts, posts: Posts) -> Posts:
    """Only the cards of a row that were on the screen."""
    cards = set(row.cards)
    return posts.only([post for post in posts.here if was_on_screen(post) and post.id in cards])


def _drawn(posts: Posts) -> Posts:
    return posts.only([post for post in posts.here if is_card(post)])


def _protecting(posts: Posts) -> list[Post]:
    """Those of which the room does not know whose they are, nor may know it."""
    return [post for post in posts.here if not (post.paper or post.alone or batch_of(post) == KNOWN)]


def _least_people(wall: Posts, drawn: Posts) -> int:
    """How many people are behind as many cards as there are on the wall, whichever of those drawn they are.

    Trainers choose what stays on a wall, and the room sees who sent more than one card. Would it make a
    difference whose cards stay, then the report told whose the others are.
    """
    found = Counter(post.author for post in _protecting(drawn))
    left, phones = len(_protecting(wall)), 0
    for number in sorted(found.values(), reverse=True):
        phones += left > 0
        left -= number
    return phones - drawn.doubles.among(found.keys())


def _words(row: Texts | Answers, posts: Posts, drawn: Posts) -> Kept:
    """The texts of these posts: of five phones or more, or of none; and of five people or more."""
    behind = posts.here
    only_paper = _least_people(posts, drawn) < HOUSE
    if only_paper:
        # What is on paper may go by itself; what one to four phones sent may not go with it.
        behind = [post for post in behind if post.paper]
    if not posts.is_crowd({post.author for post in behind}, HOUSE):
        return Kept(row.id, row.question, few=True)
    # An order that cannot be the same for two questions because of who wrote what.
    texts = sorted((_text(row, post) for post in behind), key=lambda one: (one.casefold(), one))
    return Kept(row.id, row.question, paper=only_paper, texts=tuple(texts))


def _answers(row: Answers, posts: Posts) -> Kept:
    """Free answers; none of them when the room saw some: it would know that the others are not of those."""
    given = [post for post in posts.here if post.item == row.item and post.payload.get(row.field)]
    if any(was_card(post) for post in given):
        return Kept(row.id, row.question, few=True)
    return _words(row, posts.only(given), posts.only(given))


def _totals(row: Totals, posts: Posts, before: Picture | None) -> Kept:
    """The final counts of an item; what the room saw, when too few phones changed after it."""
    size = len(row.options)
    here = [post for post in posts.here if post.item == row.item]
    paper = tally((post for post in here if post.paper), row.item, size)
    if (
        before is not None
        and before.phones.answered
        and not counting.may_be_counted(posts, row.item, HOUSE, before.number)
    ):
        return protected(row, replace(before, paper=paper))
    # Where a phone may send more than one, it counts once: the thresholds are of phones.
    phones = {post.author: post for post in here if not post.paper}
    doubles = posts.doubles.among(phones.keys())
    return protected(row, Picture(tally(phones.values(), row.item, size), paper, doubles=doubles))


def lasting(report: Report, posts: Posts) -> tuple[Post, ...]:
    """What may stay on the wall once the step is sealed: cards that the group saw, and no others."""
    shown = {key for row in report if isinstance(row, Texts) for key in row.cards}
    return tuple(post for post in settled(posts).here if post.id in shown and was_on_screen(post))
