"""What may be kept of a sealed step, and so leave the meeting: the second half of the gate.

What leaves has at least five phones behind it, or none. What the group did not see goes nowhere.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from trainer.kinds import counting
from trainer.kinds.disclosure import Kept, protected
from trainer.kinds.gate import (
    KNOWN,
    Pictures,
    as_cards,
    batch_of,
    card_of,
    is_card,
    settled,
    was_card,
    was_on_screen,
)
from trainer.kinds.posts import Posts
from trainer.kinds.report import Answers, Report, Texts, Totals, Written
from trainer.kinds.tally import tally
from trainer.kinds.values import HOUSE, Picture, Post, Tally


@dataclass(frozen=True, slots=True)
class Asked:
    """A sealed step at one of its tables: what is asked to be kept, and what there is.

    `drawn` are the items of which the screen shows the picture as it is (`Kind.lasting`).
    """

    report: Report
    posts: Posts
    pictures: Pictures
    drawn: Collection[str] = ()


def keep_all(tables: Sequence[Asked]) -> list[tuple[Kept, ...]]:
    """What may be kept of a sealed step, by table.

    Where no answer may be kept at any of them, only what trainers wrote is: one phone that sent something
    must leave no more than none does.
    """
    found = [keep(each.report, each.posts, each.pictures, each.drawn) for each in tables]
    if any(_answers_are_kept(each.report, kept) for each, kept in zip(tables, found, strict=True)):
        return found
    return [keep(_written(each.report), each.posts, each.pictures) for each in tables]


def _written(report: Report) -> Report:
    return tuple(row for row in report if isinstance(row, Written))


def _answers_are_kept(report: Report, kept: Sequence[Kept]) -> bool:
    by_trainers = {row.id for row in _written(report)}
    return any(row.tells for row in kept if row.id not in by_trainers)


def keep(
    report: Report,
    posts: Posts,
    pictures: Pictures,
    drawn: Collection[str] = (),
) -> tuple[Kept, ...]:
    """What may be kept of one table, one `Kept` per row of the report: those of all go by `keep_all`.

    `drawn` is as `Asked` has it.
    """
    posts = settled(posts)
    found: list[Kept] = []
    for row in report:
        match row:
            case Totals():
                picture = pictures.get(row.item) if row.item in drawn else None
                kept = _totals(row, posts, pictures.get(row.item))
                # Counts that changed since are no longer those that everybody saw.
                seen = picture is not None and kept == protected(row, picture)
                found.append(replace(kept, seen=seen))
            case Texts():
                kept = _words(row, _on_wall(row, posts), _drawn(row, posts))
                found.append(replace(kept, seen=bool(kept.texts)))
            case Answers():
                found.append(_answers(row, posts))
            case Written():
                found.append(Kept(row.id, row.question, texts=(row.text,), seen=True))
    return tuple(found)


def spare(report: Report, posts: Posts) -> dict[str, int]:
    """By row id: how many kept texts may surely still be removed, whoever wrote them, before all must go.

    It says no more of how many people wrote than the room was told.
    """
    posts = settled(posts)
    rows = [row for row in report if isinstance(row, Texts)]
    found = {row.id: _more_than_a_house(_on_wall(row, posts), _drawn(row, posts)) for row in rows}
    return {row_id: more for row_id, more in found.items() if more > 0}


def _more_than_a_house(wall: Posts, drawn: Posts) -> int:
    people = _least_people(wall, drawn)
    if people < HOUSE:
        return sum(post.paper for post in as_cards(wall.here).values()) - HOUSE
    # In whole crowds, as the room is told how many took part: it is stored while the meeting goes on.
    return people // wall.crowd * wall.crowd - HOUSE


def without(kept: Kept, still: Iterable[tuple[str, str]], more: int) -> tuple[Kept, int]:
    """What stays kept of a sealed step whose wall has only the texts `still` left, and how many more may go.

    Each text comes with its group, which may be another by now. Authors are no longer known: each removed
    text may have been the only one of its phone.
    """
    there: dict[str, list[str]] = {}
    for text, group in sorted(still, reverse=True):
        there.setdefault(text, []).append(group)
    left = [(text, there[text].pop()) for text in kept.texts or () if there.get(text)]
    more -= len(kept.texts or ()) - len(left)
    if more < 0:
        return Kept(kept.id, kept.question, few=True), 0
    return _with_texts(kept, left), more


def texts_of(row: Texts, posts: Posts) -> list[tuple[str, str]]:
    """The texts of a row that are on the wall of a sealed step, each with its group."""
    cards = set(row.cards)
    return [_grouped(row, post) for post in _drawn(row, posts).here if card_of(post) in cards]


def _with_texts(kept: Kept, titled: Sequence[tuple[str, str]]) -> Kept:
    groups = tuple(group for _, group in titled)
    return replace(kept, texts=tuple(text for text, _ in titled), groups=groups if any(groups) else ())


def _grouped(row: Texts | Answers, post: Post) -> tuple[str, str]:
    return _text(row, post), row.groups.get(card_of(post), "") if isinstance(row, Texts) else ""


def _text(row: Texts | Answers, post: Post) -> str:
    return str(post.payload.get(row.field, ""))


def _on_wall(row: Texts, posts: Posts) -> Posts:
    """Only the cards of a row that were on the screen."""
    cards = set(row.cards)
    return posts.only(
        [post for post in _drawn(row, posts).here if was_on_screen(post) and card_of(post) in cards]
    )


def _drawn(row: Texts, posts: Posts) -> Posts:
    here = (post for post in posts.here if row.item is None or post.item == row.item)
    return posts.only([post for post in here if is_card(post)])


def _protecting(posts: Posts) -> list[Post]:
    """The posts whose owner the room does not know and has had no chance to learn."""
    return [post for post in posts.here if not (post.paper or post.alone or batch_of(post) == KNOWN)]


def _least_people(wall: Posts, drawn: Posts) -> int:
    """The fewest people that can be behind as many cards as the wall has, whichever drawn cards those are.

    Trainers choose what stays on a wall, and the room sees who sent more than one card. If it mattered whose
    cards stay, the report would tell whose the others are.
    """
    protecting = _protecting(drawn)
    apart = drawn.apart(protecting)
    found = Counter(apart[post.author] for post in as_cards(protecting).values())
    left, phones = len(as_cards(_protecting(wall))), 0
    for number in sorted(found.values(), reverse=True):
        phones += left > 0
        left -= number
    return phones - drawn.doubles.among(apart.keys())


def _words(row: Texts | Answers, posts: Posts, drawn: Posts) -> Kept:
    """The texts of these posts if five phones and people or more sent them; else those on paper, if five."""
    behind = posts.here
    only_paper = _least_people(posts, drawn) < HOUSE
    if only_paper:
        # Paper may be kept by itself; what one to four phones sent may not be kept with it.
        behind = [post for post in behind if post.paper]
    if not posts.have_crowd(behind, HOUSE):
        return Kept(row.id, row.question, few=True)
    # Sorted by text alone, so that the order cannot link the answers of one person to two questions.
    written = [_grouped(row, post) for post in as_cards(behind).values()]
    titled = sorted(written, key=lambda one: (one[0].casefold(), *one))
    return _with_texts(Kept(row.id, row.question, paper=only_paper), titled)


def _answers(row: Answers, posts: Posts) -> Kept:
    """Free answers; none when the room saw some as cards: it would know that their owners wrote no others."""
    given = [post for post in posts.here if post.item == row.item and post.payload.get(row.field)]
    if any(was_card(post) for post in given):
        return Kept(row.id, row.question, few=True)
    return _words(row, posts.only(given), posts.only(given))


def _totals(row: Totals, posts: Posts, before: Picture | None) -> Kept:
    """The final counts of an item, or the last picture when too few phones have changed since."""
    size = len(row.options)
    here = [post for post in posts.here if post.item == row.item]
    paper = tally((post for post in here if post.paper), row.item, size)
    if (
        before is not None
        and before.phones.answered
        and not counting.may_be_counted(posts, row.item, HOUSE, before.number)
    ):
        return protected(row, replace(before, paper=paper))
    # A phone that may send several counts once: the thresholds are of phones.
    phones = {post.author: post for post in here if not post.paper}
    doubles = posts.doubles.among(phones.keys())
    return protected(row, Picture(tally(phones.values(), row.item, size), paper, doubles=doubles))


def as_drawn(picture: Picture) -> Picture:
    """A picture with nothing in it that the screen does not draw.

    Of answers of which each person gives several the screen shows the counts, and not how many people gave
    them; nor does it show how many of these may have left and come back.
    """
    phones, paper = (Tally(each.counts, sum(each.counts)) for each in (picture.phones, picture.paper))
    return replace(picture, phones=phones, paper=paper, doubles=0)


def lasting(report: Report, posts: Posts) -> tuple[Post, ...]:
    """What may stay on the wall of a sealed step: only cards that the group saw."""
    shown = {key for row in report if isinstance(row, Texts) for key in row.cards}
    there = [post for post in settled(posts).here if card_of(post) in shown and was_on_screen(post)]
    return tuple(structs.replace(post, id=key) for key, post in as_cards(there).items())
