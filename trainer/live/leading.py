"""Who leads what: the names that trainers read where the Markdown says 'trainer 1' and 'trainer 2'."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup, escape

from trainer import names as rules
from trainer.kinds.contract import Command, Rejected
from trainer.live.context import Context
from trainer.live.state import MeetingState

# What the Markdown calls the two who give a part.
ROLES = ("trainer 1", "trainer 2")
NO_SUCH_BLOCK = Rejected("not-now", "Dit blok is er niet.")

_GAP = r"(?:\s|&nbsp;)+"
_DIGITS = r"\d{1,2}"
_MORE = rf"(?:,{_GAP}{_DIGITS})*{_GAP}(?:en|of){_GAP}{_DIGITS}"
# Not 'trainer 12', '1.5', '1/2' or '1-op-1'. Of 'trainer 1 en 2 stoelen' nobody can tell how many trainers it
# is about, so that stays as it is.
_END = r"(?![\w/]|[.,:]\d|-\w)"
_TRAINERS = re.compile(
    rf"(?<![\w-])(?:trainers{_GAP}(?P<all>{_DIGITS}{_MORE}){_END}"
    rf"|trainer{_GAP}(?P<one>{_DIGITS}){_END}(?!{_MORE}))",
    re.IGNORECASE,
)
# What is no text in HTML: tags with what is quoted in them, and code.
_NO_TEXT = re.compile(r"""(<(pre|code)\b.*?</\2>|<(?:"[^"]*"|'[^']*'|[^>"'])*>)""", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"\d+")


def named(text: str, names: Sequence[str]) -> str:
    """`text` with the first of `names` where it says 'trainer 1', the second for 'trainer 2', and so on.

    'trainers 1 en 2' becomes both names. A number without a name, or with an empty one, stays as it is, and
    so does everything else. Of Markup the tags and code are left alone and the names are escaped.
    """
    if not any(names):
        return text
    if not isinstance(text, Markup):
        return _TRAINERS.sub(partial(_instead, names), text)
    safe = [str(escape(name)) for name in names]
    pieces = _NO_TEXT.split(text)
    # Of each three: a text, what is no text, and the name of that tag.
    pieces[::3] = [_TRAINERS.sub(partial(_instead, safe), piece) for piece in pieces[::3]]
    return Markup("".join(piece for place, piece in enumerate(pieces) if place % 3 != 2))


def _instead(names: Sequence[str], found: re.Match[str]) -> str:
    told = dict(enumerate(names, start=1))
    numbers = found["all"] or found["one"]
    if not all(told.get(int(number)) for number in _NUMBER.findall(numbers)):
        return found[0]
    name = _NUMBER.sub(lambda number: told[int(number[0])], numbers)
    return name[0].upper() + name[1:] if found[0][0].isupper() else name


def leaders(state: MeetingState, block_id: str) -> tuple[str, ...]:
    """What to call trainer 1 and trainer 2 in a block, for `named`; () when that is what they are called."""
    if not any(state.trainers) and block_id not in state.swapped:
        return ()
    given = (*state.trainers, "", "")
    first, second = (given[place] or role for place, role in enumerate(ROLES))
    return (second, first) if block_id in state.swapped else (first, second)


def lead(context: object, state: MeetingState, command: Command) -> MeetingState | Rejected:
    """Sets who trainer 1 and trainer 2 are; an empty name means that nobody knows yet."""
    typed = [command.one(each) for each in ("first", "second")]
    try:
        found = tuple(rules.read(name) if name.strip() else "" for name in typed)
    except rules.NameRefused as refused:
        return Rejected("bad-name", str(refused))
    return replace(state, trainers=found if any(found) else ())


def swap(context: Context, state: MeetingState, command: Command) -> MeetingState | Rejected:
    """Lets trainer 1 and trainer 2 change places in a block, or (`to=no`) back."""
    block_id = command.one("block")
    if not any(block.id == block_id for block in context.part.blocks):
        return NO_SUCH_BLOCK
    others = {block for block in state.swapped if block != block_id}
    swapped = others if command.one("to") == "no" else others | {block_id}
    return replace(state, swapped=tuple(sorted(swapped)))
