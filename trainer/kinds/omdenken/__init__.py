"""Omdenken: one tells of a vulnerable moment, the others name what they see in the teller.

The story is typed nowhere. Each listener ticks words in a list, for a group and a round. A phone says openly
that it tells, and the gate counts the words of its group as one sheet, which is in the private fragment of
that phone alone (`telling.py`). So all phones get their fragment again after whatever one of them does. One
trainer gives the signs for all groups: an `act` of a phone could not ask the gate for a sheet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.believable import SAME_PERSON
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
from trainer.kinds.omdenken.telling import (
    CHOICES,
    ONE,
    SEVERAL,
    TELLER,
    TELLS,
    emptied,
    last_given,
    round_of,
    sheet_item,
    sheet_of,
    teller_in,
    teller_item,
    told,
    words_on,
)
from trainer.kinds.settings import read_settings, setting
from trainer.kinds.tally import parse_choices

MOST_WORDS, LONGEST_WORD = 60, 60
# So that it has its place on the screen, below the first moment.
LONGEST_TEXT = 400
GIVEN_BEFORE = Rejected("given", "Het blad van deze ronde is al gegeven.")
NOBODY_TELLS = Rejected("few", "Nergens drukte precies één telefoon op 'Ik vertel deze ronde'.")
ONCE = "Een groep krijgt één blad in deze ronde. Daarna komt er niets meer bij. Is iedereen klaar?"
# The first so many people of a group in a rehearsal tell in turn; who is there besides listens in each round.
TELLERS = 4


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
    number: int = setting("groepen", "Groepen", default=5, low=1, high=12)
    rounds: int = setting("rondes", "Rondes", default=4, low=1, high=6)
    think: int = setting("denken", "Minuten denken", default=1, low=1, high=10)
    tell: int = setting("vertellen", "Minuten vertellen", default=1, low=1, high=10)
    ask: int = setting("vragen", "Minuten vragen", default=1, low=1, high=10)
    name: int = setting("noemen", "Minuten noemen", default=2, low=1, high=10)

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
    """`round` counts from 1, `moment` from 0. `given` are the sheets that a teller got, by item."""

    round: int = 1
    moment: int = 0
    given: tuple[str, ...] = ()


class Omdenken(Kind):
    """Groups look together at what a hard experience taught each of them."""

    name = "omdenken"
    title = "Omdenken"
    bullet_word = "woord"
    summary = "Eén vertelt, de anderen noemen wat zij in diegene zien. Per groep, in rondes."
    State = RoundState
    takes_posts = True
    apart = True
    personal = True
    openly = TELLS
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
        return lengths[state.moment] * 60 if (state.round, state.moment) != (1, 0) else None

    def forward(self, settings: Settings, state: RoundState) -> RoundState | None:
        if state.moment + 1 < len(MOMENTS):
            return replace(state, moment=state.moment + 1)
        return replace(state, round=state.round + 1, moment=0) if state.round < settings.rounds else None

    def backward(self, settings: Settings, state: RoundState) -> RoundState | None:
        if state.moment:
            return replace(state, moment=state.moment - 1)
        last = len(MOMENTS) - 1
        return replace(state, round=state.round - 1, moment=last) if state.round > 1 else None

    def accept(
        self, settings: Settings, state: RoundState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        # What waited for a connection is for the teller of the round that its page showed.
        shown = submission.item.removesuffix(TELLER)
        if shown not in {str(number + 1) for number in range(settings.rounds)}:
            return Rejected("invalid", "Deze ronde is er niet.")
        group = submission.one("group") if settings.number > 1 else "1"
        if group not in {str(each.number) for each in settings.groups}:
            return Rejected("invalid", "Kies eerst je groep.")
        number = int(shown)
        mine, sheet = teller_in(own, number), sheet_item(number, int(group))
        if mine and sheet_of(mine) in state.given:
            return Rejected("given", "Jij vertelde deze ronde, en kreeg het blad.")
        if sheet in state.given:
            return GIVEN_BEFORE
        if shown != submission.item:
            said = self._told(state, number, sheet)
        else:
            said = self._ticked(settings, submission, sheet, own)
        return said if isinstance(said, Rejected) else {**said, **emptied(own, number, said)}

    def _told(self, state: RoundState, number: int, sheet: str) -> Mapping[str, Payload] | Rejected:
        """Somebody tells, in the round of which the whole group sees it now."""
        if number != state.round:
            return Rejected("late", "Deze ronde is nu niet aan de beurt.")
        return {teller_item(sheet): {TELLS: True}}

    def _ticked(
        self, settings: Settings, submission: Submission, sheet: str, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        """Somebody listens, and names what they see in the teller."""
        chosen = parse_choices(submission.all("word"), len(settings.words))
        if chosen is None:
            return Rejected("invalid", "Dit woord staat niet in de lijst.")
        if not chosen:
            return Rejected("empty", "Kruis eerst een woord aan. Of druk op 'Haal mijn kruisjes weg'.")
        before = (post for post in own if post.payload.get(CHOICES) and post.item != sheet)
        if any(str(round_of(post)) == submission.item for post in before):
            return Rejected("full", "Je kruiste al iets aan bij een andere groep. Haal dat eerst weg.")
        return {sheet: {CHOICES: list(chosen)}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        every = tuple(str(number) for number, _ in enumerate(settings.words))
        form = {"word": every, "group": (str(settings.number),)}
        ticks = [Submission(str(number + 1), form) for number in range(settings.rounds)]
        # The sheet of a round that one told in, below the list of the next one.
        tells = Submission(f"1{TELLER}", {"group": (str(settings.number),), TELLS: ("ja",)})
        return ticks if settings.rounds == 1 else [*ticks, tells]

    def example(self, settings: Settings, seed: int) -> Submission:
        form = {"word": (str(seed % len(settings.words)),), "group": ("1",)}
        return Submission("1", form)

    def answer(self, settings: Settings, state: RoundState, seen: Seen, seed: int) -> Submission | None:
        form = super().answer(settings, state, seen, seed)
        if form is None:
            return None
        place, group = divmod(seed % SAME_PERSON, settings.number)
        fields = {**form.fields, "group": (str(group + 1),)}
        if sheet_item(state.round, group + 1) in state.given:
            return None
        if place != (state.round - 1) % TELLERS:
            return Submission(form.item, fields)
        return Submission(form.item + TELLER, {"group": fields["group"], TELLS: ("ja",)})

    def controls(self, settings: Settings, state: RoundState, seen: Seen) -> tuple[Control, ...]:
        label = "Geef de woorden aan wie vertelde"
        left = any(sheet_item(state.round, group.number) not in state.given for group in settings.groups)
        hand = Control("hand", label, confirm=ONCE, enabled=left)
        return (replace(hand, style="primary") if MOMENTS[state.moment].names else hand,)

    def apply(
        self, settings: Settings, state: RoundState, command: Command, seen: Seen
    ) -> RoundState | Ask | Rejected:
        if command.name != "hand":
            return Rejected("unknown", "Deze knop bestaat hier niet.")
        sheets = [sheet_item(state.round, group.number) for group in settings.groups]
        # Once: by the difference between two sheets a teller could tell who changed what in between.
        asked = [each for each in sheets if told(seen, state.given, each) == ONE]
        if not asked:
            return GIVEN_BEFORE if set(sheets) <= set(state.given) else NOBODY_TELLS
        return Ask(state, count_if_possible=dict.fromkeys(asked, len(settings.words)))

    def granted(self, settings: Settings, state: RoundState, command: Command, seen: Seen) -> RoundState:
        return replace(state, given=tuple(sorted(seen.pictures)))

    def phone(self, settings: Settings, state: RoundState, seen: Seen) -> View:
        return _now(settings, state)

    def own(self, settings: Settings, state: RoundState, own: Sequence[Post], seen: Seen) -> View:
        here = [post for post in own if post.payload.get(CHOICES) and round_of(post) == state.round]
        mine, tells = (here[0] if here else None), teller_in(own, state.round)
        now = sheet_of(tells) if tells else ""
        sheet = (now if now in state.given else "") if tells else last_given(own, state.given)
        each = {group: sheet_item(state.round, group.number) for group in settings.groups}
        return {
            "chosen": set(mine.payload[CHOICES]) if mine else set(),
            "post": mine.id if mine else "",
            "tells": tells.id if tells else "",
            "group": next((group for group in settings.groups if each[group] == now), None),
            "several": told(seen, state.given, now) == SEVERAL,
            "sheet": words_on(seen, sheet, settings.words),
            "told": [(group, told(seen, state.given, each[group])) for group in settings.groups],
        }

    def control(self, settings: Settings, state: RoundState, seen: Seen) -> View:
        sheets = ((group, sheet_item(state.round, group.number)) for group in settings.groups)
        return {**_now(settings, state), "given": [group for group, sheet in sheets if sheet in state.given]}

    def screen(self, settings: Settings, state: RoundState, seen: Seen) -> View:
        return _now(settings, state)


def _now(settings: Settings, state: RoundState) -> View:
    moment: Moment = MOMENTS[state.moment]
    return {"round": state.round, "moment": moment, "number": state.moment, "moments": MOMENTS}


KIND = Omdenken()
