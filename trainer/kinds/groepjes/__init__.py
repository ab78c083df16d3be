"""Groepjes: deals people into small groups, without anybody knowing who is who.

The trainer types how many people there are, and that alone makes the groups. A phone keeps its own group, for
the exercises after this one too. See decision 21.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import (
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
from trainer.kinds.groepjes.dealing import ALL, BACK, FRONT, DealState, deal, group_of, late_group, sizes
from trainer.kinds.groepjes.mixing import WARNINGS, are_few, decide, how_mixed
from trainer.kinds.groups import MOST_GROUPS, Group, groups
from trainer.kinds.material import before_bullets, bullets, texts
from trainer.kinds.settings import choice, read_settings, setting
from trainer.kinds.turns import TURNS

ITEM = ""
MOST_PEOPLE, LONGEST_PLACE = 1000, 40
# What a phone may say of its role, and the lane that follows: the last are dealt among the first.
ROLES = (
    ("teamlid", "Teamlid", FRONT),
    ("ervaring", "Ervaringsdeskundige", BACK),
    ("geen", "Zeg ik liever niet", FRONT),
)
# How many groups are on the screen together, and for how many people cards are printed.
ON_A_PAGE, PRINTED = 15, 24


@dataclass(frozen=True, slots=True)
class Settings:
    """A text for everybody, and where each group sits, as far as the author says."""

    intro: Text
    places: tuple[Text, ...]
    size: int = setting("grootte", "Mensen in een groepje", default=4, low=2, high=12)
    number: int = setting("aantal", "Aantal groepjes", default=0, low=2, high=MOST_GROUPS)
    mix: str = choice("mengen", "Hoe mengen", ("rol", "toeval"))
    people: int = setting("mensen", "Mensen in de zaal", default=0, low=2, high=MOST_PEOPLE)

    @property
    def roles(self) -> tuple[tuple[str, str, str], ...]:
        """What a phone may choose; nothing where chance mixes."""
        return ROLES if self.mix == "rol" else ()

    def paper(self, people: int) -> list[dict[str, Any]]:
        """The groups of so many people on paper, each with its cards; 0 people: as many as usual."""
        usual = self.people or max(PRINTED, 2 * self.number)
        return _rows(self, sizes(max(2, people) if people else usual, self.size, self.number))


class Groepjes(Kind):
    """People are dealt into groups, mixed by role or by chance."""

    name = "groepjes"
    title = "Groepjes"
    bullet_word = "plek"
    summary = "Deelt iedereen in bij een groepje. De telefoon toont het teken van jouw groepje."
    State = DealState
    for_room = True
    takes_posts = True
    paper = False
    printed = True
    deals = True
    redeals = frozenset({"deal", "shuffle"})

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        places = texts(step, problems)
        for (line, _), place in zip(bullets(step.body, step.body_line), places, strict=False):
            if len(place.plain) > LONGEST_PLACE:
                message = f"deze plek heeft meer dan {LONGEST_PLACE} tekens"
                problems.add(step.path, line, message, "groepjes.long-place")
        if {"grootte", "aantal"} <= step.attributes.keys():
            message = "kies 'grootte' of 'aantal', niet allebei"
            problems.add(step.path, step.line, message, "groepjes.both")
        return read_settings(Settings, step, problems, intro=before_bullets(step), places=places)

    def intimate(self, settings: Settings) -> bool:
        """A role is for nobody else to read."""
        return settings.mix == "rol"

    def start(self, settings: Settings) -> DealState:
        return DealState(people=settings.people)

    def mixes(self, settings: Settings, state: DealState) -> bool:
        return not state.sizes

    def tells(self, settings: Settings, state: DealState) -> bool:
        return state.by_role

    # What a phone sends

    def accept(
        self, settings: Settings, state: DealState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        mine = own[0].payload if own else None
        if submission.one("other") == "ja":
            return _moved(state, submission, mine)
        lanes = {value: lane for value, _, lane in settings.roles} or {"ja": ALL}
        lane = lanes.get(submission.one("role"))
        if lane is None:
            return Rejected("empty", "Kies eerst wat bij je past.")
        if mine and (state.sizes or mine["lane"] == lane):
            return {ITEM: mine}
        turns = {each: submission.turns.get(each, 0) for each in (lane, ALL)}
        joined = {"lane": lane, TURNS: turns, "round": 0, "group": 0}
        # A free seat of the deck would tell whoever comes next which role the one before them chose.
        return {ITEM: _placed(state, submission, joined, 0) if state.sizes else joined}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        longest = max((value for value, _, _ in settings.roles), key=len, default="ja")
        return (Submission(ITEM, {"role": (longest,)}), Submission(ITEM, {"other": ("ja",)}))

    def extremes(self, settings: Settings) -> Sequence[DealState]:
        """A phone in each group that there can be: how many there are follows from what a trainer types."""
        most = settings.number or MOST_GROUPS
        every = tuple(range(1, most + 1))
        dealt = DealState(people=2 * most, round=1, sizes=(2,) * most, late=every)
        return [replace(dealt, seats=(group,)) for group in every]

    def example(self, settings: Settings, seed: int) -> Submission:
        values = [value for value, _, _ in settings.roles] or ["ja"]
        return Submission(ITEM, {"role": (values[seed % len(values)],)})

    def lasting(self, settings: Settings, state: DealState) -> tuple[DealState, Collection[str]]:
        """The seats say how many phones took part."""
        return replace(state, seats=()), ()

    # What a trainer does

    def controls(self, settings: Settings, state: DealState, seen: Seen) -> tuple[Control, ...]:
        if not state.sizes:
            people = _people(state, seen)
            known = {"people": str(people), "without": str(state.without)}
            return (Control("deal", f"Deel {people} mensen in", "primary", known),) if people else ()
        last = _pages(state) - 1
        turning = (
            Control("page", "Vorige groepjes", args={"number": str(state.page - 1)}, enabled=state.page > 0),
            Control(
                "page", "Volgende groepjes", args={"number": str(state.page + 1)}, enabled=state.page < last
            ),
        )
        return (
            *(turning if last else ()),
            Control("shuffle", "Schud opnieuw", confirm=WARNINGS[state.by_role]),
            Control(
                "dissolve",
                "Hef de groepjes op",
                "quiet",
                confirm="Niemand heeft dan nog een groepje. Opheffen?",
            ),
        )

    def apply(
        self, settings: Settings, state: DealState, command: Command, seen: Seen
    ) -> DealState | Rejected:
        match command.name:
            case "deal":
                people, without = _number(command, "people"), _number(command, "without")
                if not 2 <= people <= MOST_PEOPLE:
                    return Rejected("invalid", f"Vul in hoeveel mensen er zijn: 2 tot en met {MOST_PEOPLE}.")
                if not 0 <= without <= people:
                    return Rejected("invalid", "Er zijn meer mensen zonder telefoon dan mensen.")
                typed = replace(state, people=people, without=without)
                by_role = decide(settings.roles, typed, seen.count(ITEM), seen.dealt)
                return deal(
                    typed, settings.size, settings.number, command.phones, command.seed, by_role=by_role
                )
            case "shuffle" if state.sizes:
                by_role = decide(settings.roles, state, seen.count(ITEM), seen.dealt)
                return deal(
                    state, settings.size, settings.number, command.phones, command.seed, by_role=by_role
                )
            case "dissolve":
                return replace(state, sizes=(), seats=(), cards=(), late=(), page=0)
            case "page" if 0 <= (page := _number(command, "number")) < _pages(state):
                return replace(state, page=page)
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    # What is seen

    def phone(self, settings: Settings, state: DealState, seen: Seen) -> View:
        return {"dealt": bool(state.sizes)}

    def own(self, settings: Settings, state: DealState, own: Sequence[Post], seen: Seen) -> View:
        number = group_of(state, own[0].payload) if own else 0
        return {
            "post": own[0].id if own else "",
            "group": Group(number) if number else None,
            "place": _place(settings, number) if number else None,
            "several": len(state.sizes) > 1,
        }

    def screen(self, settings: Settings, state: DealState, seen: Seen) -> View:
        start = state.page * ON_A_PAGE
        rows = _rows(settings, state.sizes)
        return {
            "rows": rows[start : start + ON_A_PAGE],
            "page": state.page + 1,
            "pages": _pages(state),
            "size": "l" if len(rows) <= 6 else "m" if len(rows) <= 10 else "s",
        }

    def control(self, settings: Settings, state: DealState, seen: Seen) -> View:
        return {
            "people": _people(state, seen),
            "rows": _rows(settings, state.sizes),
            "cards": [{"group": Group(number), "place": _place(settings, number)} for number in state.cards],
            "most": MOST_PEOPLE,
            "few": bool(state.sizes) and not settings.roles and are_few(state, seen.count(ITEM)),
            "mixed": how_mixed(settings.roles, state, seen.dealt),
            "capped": len(state.sizes) == MOST_GROUPS and not settings.number,
        }

    def copies(self, settings: Settings, people: int) -> int:
        """One print has the cards of all."""
        return 1


def _people(state: DealState, seen: Seen) -> int:
    """How many people are dealt, as far as anybody said; 0 when nobody did."""
    people = state.people or seen.people
    return people if max(2, state.without) <= people <= MOST_PEOPLE else 0


def _moved(
    state: DealState, submission: Submission, mine: Payload | None
) -> Mapping[str, Payload] | Rejected:
    """Another group for a phone that asked for it."""
    if mine is None or len(state.sizes) < 2:
        return Rejected("closed", "Er is nu geen ander groepje.")
    return {ITEM: _placed(state, submission, mine, group_of(state, mine))}


def _placed(state: DealState, submission: Submission, mine: Payload, other_than: int) -> Payload:
    """A phone that is not where its turn says: it comes later, or changes groups: one lane for all roles."""
    lane = f"later-{state.round}"
    turn = submission.turns.get(lane, 0)
    return {
        **mine,
        TURNS: {**{each: mine[TURNS][each] for each in (mine["lane"], ALL)}, lane: turn},
        "round": state.round,
        "group": late_group(state, turn, other_than),
    }


def _rows(settings: Settings, found: Sequence[int]) -> list[dict[str, Any]]:
    """The groups, each with where it is and how many people it is meant for."""
    return [
        {"group": group, "place": _place(settings, group.number), "people": people}
        for group, people in zip(groups(len(found)), found, strict=True)
    ]


def _place(settings: Settings, number: int) -> Text | None:
    return settings.places[number - 1] if number <= len(settings.places) else None


def _pages(state: DealState) -> int:
    return max(1, -(-len(state.sizes) // ON_A_PAGE))


def _number(command: Command, name: str) -> int:
    """A whole number that a trainer typed; nothing typed is 0, and anything else -1."""
    typed = command.one(name).strip()
    if not typed:
        return 0
    return int(typed) if len(typed) <= 4 and typed.isascii() and typed.isdigit() else -1


KIND = Groepjes()
