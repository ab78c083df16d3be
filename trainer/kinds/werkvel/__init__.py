"""Werkvel: small groups fill in the same fields, and the screen lays what they wrote side by side.

One phone writes for its group. What it sends is the group's, so it may be shown without others: but only when
whoever sends it says so (decision 23).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from trainer.curriculum.model import StepSource
from trainer.curriculum.problems import Problems
from trainer.kinds import batches as flow
from trainer.kinds.believable import phrase
from trainer.kinds.contract import (
    Ask,
    Command,
    Control,
    Kind,
    Payload,
    Post,
    Rejected,
    Report,
    Seen,
    Submission,
    Texts,
    Totals,
    View,
)
from trainer.kinds.groups import Group
from trainer.kinds.tally import parse_choices
from trainer.kinds.text import read_text
from trainer.kinds.werkvel import moves
from trainer.kinds.werkvel.results import QUESTION, best, counted, rows
from trainer.kinds.werkvel.sheet import DOTS, Settings, SheetState, item_of, read, split
from trainer.kinds.werkvel.sight import present, sight, text_of

CLOSED = Rejected("closed", "Het insturen is gesloten.")


class Werkvel(Kind):
    """Fields that small groups fill in, next to each other on the screen."""

    name = "werkvel"
    title = "Werkvel"
    bullet_word = "veld"
    summary = "Groepjes vullen dezelfde velden in. Het scherm zet ze naast elkaar."
    State = SheetState
    for_room = True
    takes_posts = True
    typed = True
    chosen = frozenset({"group"})
    agreed = "text"

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        return read(step, problems)

    def multiple(self, item: str) -> bool:
        return item != DOTS

    def forward(self, settings: Settings, state: SheetState) -> SheetState | None:
        return _turned(state, state.place + 1) if state.place < settings.last else None

    def backward(self, settings: Settings, state: SheetState) -> SheetState | None:
        return _turned(state, state.place - 1) if state.place else None

    def accept(
        self, settings: Settings, state: SheetState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if submission.item == DOTS:
            return _dots(settings, state, submission)
        if state.closed:
            return CLOSED
        groups = {str(group.number): group.number for group in settings.groups}
        group = groups.get(submission.one("groep"))
        if not group:
            return Rejected("group", "Kies eerst jullie groep.")
        before = {post.item for post in own if post.item != DOTS}
        if any(split(item)[1] != group for item in before):
            return Rejected("group", "Deze telefoon schreef voor een andere groep. Haal dat eerst weg.")
        written: dict[str, Payload] = {}
        for number in range(1, len(settings.fields) + 1):
            if not submission.one(f"veld-{number}").strip():
                continue
            text = read_text(submission.one(f"veld-{number}"), settings.length)
            if isinstance(text, Rejected):
                return text
            if item_of(number, group) in before:
                return Rejected("full", "In dit veld stuurde je al iets. Kies daar eerst 'Pas aan'.")
            written[item_of(number, group)] = {"group": group, "text": text}
        return written or Rejected("empty", "Je hebt nog niets geschreven.")

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        names = [f"veld-{number}" for number in range(1, len(settings.fields) + 1)]
        form = {name: (fill(settings.length),) for name in names}
        sheet = Submission("", {"groep": (str(settings.number),), **form, "alone": ("ja",)})
        # A dot for every group is sent, though it is refused; then as many as may be given.
        every = tuple(str(number) for number in range(settings.number))
        dots = [Submission(DOTS, {"stip": some}) for some in (every, every[: settings.dots])]
        return (sheet, *dots) if settings.dots else (sheet,)

    def extremes(self, settings: Settings) -> Sequence[SheetState]:
        """Dots are given to all groups, while sheets are still sent or no longer."""
        every = tuple(group.number for group in settings.groups)
        state = SheetState(place=settings.last, asked=every, dots="open")
        return (state, replace(state, closed=True)) if settings.dots else ()

    def example(self, settings: Settings, seed: int) -> Submission:
        fields = range(1, len(settings.fields) + 1)
        form = {f"veld-{number}": (phrase(seed + 5 * number, settings.length),) for number in fields}
        group = str(seed % settings.number + 1)
        return Submission("", {"groep": (group,), **form, "alone": ("ja",)})

    def answer(self, settings: Settings, state: SheetState, seen: Seen, seed: int) -> Submission | None:
        if state.dots == "open":
            numbers = {(seed + place) % len(state.asked) for place in range(settings.dots)}
            return Submission(DOTS, {"stip": tuple(str(state.asked[each] - 1) for each in sorted(numbers))})
        return super().answer(settings, state, seen, seed)

    def controls(self, settings: Settings, state: SheetState, seen: Seen) -> tuple[Control, ...]:
        return moves.controls(settings, state, seen)

    def apply(
        self, settings: Settings, state: SheetState, command: Command, seen: Seen
    ) -> SheetState | Ask | Rejected:
        return moves.apply(settings, state, command, seen)

    def phone(self, settings: Settings, state: SheetState, seen: Seen) -> View:
        return {**self.screen(settings, state, seen), "groups": settings.groups}

    def own(self, settings: Settings, state: SheetState, own: Sequence[Post], seen: Seen) -> View:
        sent = {split(post.item)[0]: post for post in own if post.item != DOTS}
        where = flow.where(tuple(sent.values()), seen)
        given = next((post for post in own if post.item == DOTS), None)
        return {
            "closed": state.closed,
            "group": next((split(post.item)[1] for post in sent.values()), 0),
            "fields": [
                _field(settings, number, sent.get(number), where)
                for number in range(1, len(settings.fields) + 1)
            ],
            "left": len(settings.fields) - len(sent),
            "giving": state.dots == "open",
            "asked": [group for group in settings.groups if group.number in state.asked],
            "given": tuple(given.payload["choices"]) if given else (),
            "post": given.id if given else "",
        }

    def control(self, settings: Settings, state: SheetState, seen: Seen) -> View:
        drawn = sorted(flow.drawn(state.batches, seen), key=lambda card: (split(card.item), card.id))
        fields = [
            {
                "number": number,
                "name": field.name,
                "here": number == state.place and not state.group,
                "cards": [
                    {
                        "id": card.id,
                        "group": Group(split(card.item)[1]),
                        "text": text_of(card),
                        "status": flow.status(state.batches, card.id),
                    }
                    for card in drawn
                    if split(card.item)[0] == number
                ],
            }
            for number, field in enumerate(settings.fields, start=1)
        ]
        return {
            **self.screen(settings, state, seen),
            **flow.summary(state.batches, seen),
            "answered": seen.count(DOTS),
            "present": present(settings, state, seen),
            "fields": fields,
        }

    def screen(self, settings: Settings, state: SheetState, seen: Seen) -> View:
        page, giving = sight(settings, state, seen), _gives(settings, state)
        field = settings.fields[state.place - 1] if 0 < state.place < settings.overview else None
        found = rows(settings, state, seen) if giving else ()
        return {
            "closed": state.closed,
            "group": next((one for one in settings.groups if one.number == state.group), None),
            "field": None if state.group else field,
            "overview": state.place == settings.overview and not state.group,
            "giving": giving,
            "question": QUESTION,
            "page": page,
            "rows": found,
            "counted": counted(state, seen) is not None,
            "best": best(found),
        }

    def on_screen(self, settings: Settings, state: SheetState, seen: Seen) -> Collection[str]:
        """The cards on this page; where dots are given, those of which the words stand there in full."""
        if _gives(settings, state):
            found = [(row.card, row.text) for row in rows(settings, state, seen)]
            return [card.id for card, text in found if card and text == text_of(card)]
        return [card.id for cell in sight(settings, state, seen).cells for card in cell.cards]

    def lasting(self, settings: Settings, state: SheetState) -> tuple[SheetState, Collection[str]]:
        return state, (DOTS,) if state.dots == "shown" else ()

    def report(self, settings: Settings, state: SheetState) -> Report:
        """What was shown, by field, and the dots by group once they are shown."""
        found: list[Texts | Totals] = []
        for number, field in enumerate(settings.fields, start=1):
            cards = tuple(key for key in state.batches.shown if split(state.where[key])[0] == number)
            found.append(Texts(f"veld-{number}", field.name, cards))
        if state.dots == "shown":
            titles = tuple(group.title for group in settings.groups)
            found.append(Totals("stippen", QUESTION, DOTS, titles))
        return tuple(found)

    def copies(self, settings: Settings, people: int) -> int:
        """A sheet for each group of about four."""
        return min(settings.number, max(1, -(-people // 4)))


def _gives(settings: Settings, state: SheetState) -> bool:
    """Are the dots on the screen, or what they are given to?"""
    return state.place > settings.overview and not state.group


def _turned(state: SheetState, place: int) -> SheetState:
    return replace(state, place=place, group=0, page=0)


def _dots(settings: Settings, state: SheetState, submission: Submission) -> Mapping[str, Payload] | Rejected:
    """The groups that somebody gives a dot, counted from 0."""
    if state.dots != "open":
        return Rejected("closed", "Er worden nu geen stippen gegeven.")
    given = parse_choices(submission.all("stip"), settings.number)
    if given is None or any(number + 1 not in state.asked for number in given):
        return Rejected("invalid", "Deze groep staat er niet. Kies opnieuw.")
    if len(given) > settings.dots:
        return Rejected("full", f"Dat zijn te veel stippen. Geef er hoogstens {settings.dots}.")
    return {DOTS: {"choices": list(given)}} if given else Rejected("empty", "Kies eerst een groep.")


def _field(
    settings: Settings, number: int, post: Post | None, where: Mapping[str, Mapping[str, bool]]
) -> dict[str, Any]:
    """A field as the phone shows it, with what was sent in it, if anything."""
    field = settings.fields[number - 1]
    found = {"number": number, "name": field.name, "hint": field.hint, "id": "", "text": ""}
    if post is None:
        return {**found, "seen": False, "fell": False}
    return {**found, "id": post.id, "text": str(post.payload.get("text", "")), **where[post.id]}


KIND = Werkvel()
