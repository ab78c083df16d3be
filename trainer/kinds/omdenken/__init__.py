"""Omdenken: one tells of a vulnerable moment, the others name what they see in the teller.

The story is typed nowhere. Each listener ticks words in a list, for a group and a round. The gate counts
them, and the phones of that group show the count as one sheet; who tells is known to that phone alone
(`behaviour.js`), which can keep the sheet in its notebook. So the sheets of all groups are on every phone: a
server that knows no teller cannot hold a sheet back from others. One trainer gives the signs for all groups:
an `act` of a phone could not ask the gate for a sheet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import (
    Ask,
    Command,
    Control,
    Kind,
    Payload,
    Post,
    Rejected,
    Seen,
    Submission,
    View,
)
from trainer.kinds.groups import Group, groups
from trainer.kinds.material import bullets, prose, sections, texts
from trainer.kinds.omdenken.moments import MOMENTS, Moment
from trainer.kinds.settings import read_settings, setting
from trainer.kinds.tally import parse_choices

MOST_WORDS, LONGEST_WORD = 60, 60
# So that it has its place on the screen, below the first moment.
LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the list: its title, and its words with their numbers."""

    title: str
    words: tuple[tuple[int, Text], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """`sections` are the list of words; in each round another one of each group tells.

    The last four are how many minutes each moment of a round takes.
    """

    intro: Text
    sections: tuple[Section, ...]
    number: int = setting("groepen", default=5, low=1, high=12)
    rounds: int = setting("rondes", default=4, low=1, high=6)
    think: int = setting("denken", default=1, low=1, high=10)
    tell: int = setting("vertellen", default=1, low=1, high=10)
    ask: int = setting("vragen", default=1, low=1, high=10)
    name: int = setting("noemen", default=2, low=1, high=10)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups; one alone needs no sign."""
        return groups(self.number)

    @property
    def words(self) -> tuple[Text, ...]:
        """All words, by their numbers."""
        return tuple(word for section in self.sections for _, word in section.words)


@dataclass(frozen=True, slots=True)
class RoundState:
    """`round` counts from 1, `moment` from 0."""

    round: int = 1
    moment: int = 0


class Omdenken(Kind):
    """Groups look together at what a hard experience taught each of them."""

    name = "omdenken"
    title = "Omdenken"
    bullet_word = "woord"
    summary = "Eén vertelt, de anderen noemen wat zij in diegene zien. Per groep, in rondes."
    State = RoundState
    takes_posts = True
    apart = True
    paper = False
    private = True
    item_word = "moment"
    stage = "clock"

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        before, *titled = sections(step.body, step.body_line)
        listed = iter(enumerate(texts(step, problems)))
        found = tuple(
            Section(
                part.title, tuple(word for _, word in zip(bullets(part.markdown, 0), listed, strict=False))
            )
            for part in titled
        )
        words = [word for part in found for _, word in part.words]
        if not words or bullets(before.markdown, 0):
            message = "'omdenken' heeft een lijst met woorden nodig, onder '#### titel'"
            problems.add(step.path, step.line, message, "omdenken.no-words")
        if len(words) > MOST_WORDS or any(len(word.plain) > LONGEST_WORD for word in words):
            message = f"hoogstens {MOST_WORDS} woorden, elk van hoogstens {LONGEST_WORD} tekens"
            problems.add(step.path, step.line, message, "omdenken.too-long")
        intro = prose(before.markdown, step)
        if len(intro.plain) > LONGEST_TEXT:
            message = f"hoogstens {LONGEST_TEXT} tekens boven de lijst"
            problems.add(step.path, step.line, message, "omdenken.too-long")
        return read_settings(Settings, step, problems, intro=intro, sections=found)

    def intimate(self, settings: Settings) -> bool:
        return True

    def item(self, settings: Settings, state: RoundState) -> str:
        return str(state.round)

    def moment(self, settings: Settings, state: RoundState) -> str:
        return f"{state.round}-{state.moment}"

    def seconds(self, settings: Settings, state: RoundState) -> int | None:
        """None at the very beginning, where the trainer explains."""
        lengths = (settings.think, settings.tell, settings.ask, settings.name)
        return lengths[state.moment] * 60 if state != RoundState() else None

    def forward(self, settings: Settings, state: RoundState) -> RoundState | None:
        if state.moment + 1 < len(MOMENTS):
            return replace(state, moment=state.moment + 1)
        return RoundState(state.round + 1) if state.round < settings.rounds else None

    def backward(self, settings: Settings, state: RoundState) -> RoundState | None:
        if state.moment:
            return replace(state, moment=state.moment - 1)
        return RoundState(state.round - 1, len(MOMENTS) - 1) if state.round > 1 else None

    def accept(
        self, settings: Settings, state: RoundState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        # What waited for a connection is for the teller of the round that its page showed.
        if submission.item not in {str(number + 1) for number in range(settings.rounds)}:
            return Rejected("invalid", "Deze ronde is er niet.")
        group = submission.one("group") if settings.number > 1 else "1"
        if group not in {str(each.number) for each in settings.groups}:
            return Rejected("invalid", "Kies eerst je groep.")
        chosen = parse_choices(submission.all("word"), len(settings.words))
        if chosen is None:
            return Rejected("invalid", "Dit woord staat niet in de lijst.")
        if not chosen:
            return Rejected("empty", "Kruis eerst een woord aan. Of druk op 'Haal mijn kruisjes weg'.")
        item = sheet_item(int(submission.item), int(group))
        if any(_round(post) == submission.item and post.item != item for post in own):
            return Rejected("full", "Je kruiste al iets aan bij een andere groep. Haal dat eerst weg.")
        return {item: {"choices": list(chosen)}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        every = tuple(str(number) for number, _ in enumerate(settings.words))
        form = {"word": every, "group": (str(settings.number),)}
        return [Submission(str(number + 1), form) for number in range(settings.rounds)]

    def example(self, settings: Settings, seed: int) -> Submission:
        form = {"word": (str(seed % len(settings.words)),), "group": ("1",)}
        return Submission("1", form)

    def answer(self, settings: Settings, state: RoundState, seen: Seen, seed: int) -> Submission | None:
        form = super().answer(settings, state, seen, seed)
        group = str(seed % settings.number + 1)
        return Submission(form.item, {**form.fields, "group": (group,)}) if form else None

    def controls(self, settings: Settings, state: RoundState, seen: Seen) -> tuple[Control, ...]:
        label = "Geef de woorden aan wie vertelde"
        return (Control("hand", label, "primary" if MOMENTS[state.moment].names else "normal"),)

    def apply(
        self, settings: Settings, state: RoundState, command: Command, seen: Seen
    ) -> RoundState | Ask | Rejected:
        if command.name != "hand":
            return Rejected("unknown", "Deze knop bestaat hier niet.")
        items = (sheet_item(state.round, group.number) for group in settings.groups)
        return Ask(state, count_if_possible=dict.fromkeys(items, len(settings.words)))

    def phone(self, settings: Settings, state: RoundState, seen: Seen) -> View:
        sheets = [
            (group, [(number, _sheet(settings, seen, number, group)) for number in range(1, state.round + 1)])
            for group in settings.groups
        ]
        return {**_now(settings, state), "sheets": sheets}

    def own(self, settings: Settings, state: RoundState, own: Sequence[Post], seen: Seen) -> View:
        mine = next((post for post in own if _round(post) == str(state.round)), None)
        return {
            "chosen": set(mine.payload.get("choices") or ()) if mine else set(),
            "post": mine.id if mine else "",
            "round": state.round,
        }

    def control(self, settings: Settings, state: RoundState, seen: Seen) -> View:
        given = [group for group in settings.groups if _sheet(settings, seen, state.round, group)]
        return {**_now(settings, state), "given": given}

    def screen(self, settings: Settings, state: RoundState, seen: Seen) -> View:
        return _now(settings, state)


def sheet_item(number: int, group: int) -> str:
    """What the words for the teller of a group in a round are stored under."""
    return f"{number}-{group}"


def _round(post: Post) -> str:
    return post.item.partition("-")[0]


def _now(settings: Settings, state: RoundState) -> View:
    moment: Moment = MOMENTS[state.moment]
    return {"round": state.round, "moment": moment, "number": state.moment, "moments": MOMENTS}


def _sheet(settings: Settings, seen: Seen, number: int, group: Group) -> tuple[tuple[str, int], ...]:
    """The words that a group named in a round, those that most saw first; () when nothing was let through."""
    picture = seen.picture(sheet_item(number, group.number))
    if not picture:
        return ()
    named = zip((word.plain for word in settings.words), picture.counts, strict=True)
    return tuple(sorted(((word, count) for word, count in named if count), key=lambda each: -each[1]))


KIND = Omdenken()
