"""Who tells in a round, and the sheet of words for whoever does.

A phone says openly that it tells, in a post of its own item: no key links that to what it ticks in other
rounds (`Kind.apart`). Its group sees how many phones say so. Words are counted for a group of which exactly
one phone does, and from then on nobody else can.
"""

from collections.abc import Collection, Mapping, Sequence

from trainer.kinds.contract import Payload, Post, Seen, Text

# What a listener ticked, and what a teller says.
CHOICES, TELLS = "choices", "tells"
# What the item of a teller ends with.
TELLER = "-t"
# What a group is told: nobody tells, one phone does, more than one, or the sheet was given.
NOBODY, ONE, SEVERAL, GIVEN = range(4)


def sheet_item(number: int, group: int) -> str:
    """What the words for the teller of a group in a round are stored under."""
    return f"{number}-{group}"


def teller_item(sheet: str) -> str:
    """What a phone that tells says so under, for the sheet that it is to get."""
    return f"{sheet}{TELLER}"


def sheet_of(post: Post) -> str:
    """The sheet that a post is about: of whoever listens, or of whoever tells."""
    return post.item.removesuffix(TELLER)


def round_of(post: Post) -> int:
    """The round that a post is about."""
    return int(post.item.partition("-")[0])


def teller_in(own: Sequence[Post], number: int) -> Post | None:
    """The post with which this phone says that it tells in a round."""
    return next((post for post in own if post.payload.get(TELLS) and round_of(post) == number), None)


def emptied(own: Sequence[Post], number: int, said: Collection[str]) -> Mapping[str, Payload]:
    """What this phone said before in a round and under another item than `said`: the last press counts."""
    before = (post for post in own if round_of(post) == number and post.item not in said)
    said_before = (post for post in before if any(post.payload.values()))
    return {post.item: {CHOICES: []} if post.payload.get(CHOICES) else {TELLS: False} for post in said_before}


def told(seen: Seen, given: Collection[str], sheet: str) -> int:
    """What the group of a sheet may know of who tells."""
    return GIVEN if sheet in given else min(seen.openly.get(teller_item(sheet), 0), SEVERAL)


def last_given(own: Sequence[Post], given: Collection[str]) -> str:
    """The last sheet that was given to this phone; '' when none was."""
    sheets = (post for post in own if post.payload.get(TELLS) and sheet_of(post) in given)
    return max(((round_of(post), sheet_of(post)) for post in sheets), default=(0, ""))[1]


def words_on(seen: Seen, sheet: str, words: Sequence[Text]) -> tuple[str, ...]:
    """The words that a group named, in the order of the list; () when nothing was let through.

    How many named a word is not told: where all did, the teller would know what each of them named.
    """
    picture = seen.picture(sheet)
    if not picture:
        return ()
    return tuple(word.plain for word, count in zip(words, picture.counts, strict=True) if count)
