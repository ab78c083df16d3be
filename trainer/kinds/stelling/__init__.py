"""Stelling: agree or disagree, or a question with choices, with a second round that shows the shift.

A result is a picture of the moment the trainer showed it, and showing closes the vote: a bar that grows
while somebody taps would tell the room whose answer it is. A second round asks everybody again: its answers
are separate posts, and its result holds nothing of the first round.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from trainer.curriculum.model import StepSource
from trainer.curriculum.problems import Problems
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
    Totals,
    View,
)
from trainer.kinds.material import before_bullets, plain, texts
from trainer.kinds.settings import read_settings
from trainer.kinds.stelling.results import public_view
from trainer.kinds.stelling.votes import Settings, VoteState, item_of, items, split, started
from trainer.kinds.tally import parse_choices

AGREE = (plain("Eens"), plain("Oneens"), plain("Weet ik niet"))


class Stelling(Kind):
    """Statements to agree with or not, and questions with options, in one or two rounds."""

    name = "stelling"
    title = "Stelling"
    bullet_word = "stelling"
    item_word = "stelling"
    summary = "Eens of oneens, of een vraag met keuzes. De uitslag komt als de trainer die toont."
    State = VoteState
    takes_posts = True
    apart = True

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        intro = before_bullets(step)
        settings = read_settings(Settings, step, problems, intro=intro)
        listed = texts(step, problems)
        if settings.form == "stellingen":
            if not listed:
                message = "'stelling' heeft een lijst met stellingen nodig"
                problems.add(step.path, step.line, message, "stelling.no-statements")
            if settings.several:
                message = "'meer=ja' kan alleen samen met 'vorm=keuze'"
                problems.add(step.path, step.line, message, "stelling.several")
            return replace(settings, questions=listed, options=AGREE, several=False)
        if len(listed) < 2:
            message = "'vorm=keuze' heeft een lijst met minstens twee keuzes nodig"
            problems.add(step.path, step.line, message, "stelling.no-choices")
        if not intro.plain:
            message = "'vorm=keuze' heeft een vraag nodig, als tekst boven de lijst"
            problems.add(step.path, step.line, message, "stelling.no-question")
        return replace(settings, intro=plain(""), questions=(intro,), options=listed)

    def item(self, settings: Settings, state: VoteState) -> str:
        return item_of(state.index, 2 if state.index in state.second else 1)

    def forward(self, settings: Settings, state: VoteState) -> VoteState | None:
        return state.at(state.index + 1) if state.index + 1 < len(settings.questions) else None

    def backward(self, settings: Settings, state: VoteState) -> VoteState | None:
        return state.at(state.index - 1) if state.index else None

    def accept(
        self, settings: Settings, state: VoteState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if submission.item not in items(settings):
            return Rejected("invalid", "Deze vraag is er niet.")
        if submission.item in state.closed or not started(state, submission.item):
            return Rejected("closed", "Deze vraag is gesloten.")
        chosen = parse_choices(submission.all("choice"), len(settings.options))
        if chosen is None or (len(chosen) > 1 and not settings.several):
            return Rejected("invalid", "Dit antwoord kan hier niet. Kies opnieuw.")
        if not chosen:
            return Rejected("empty", "Kies eerst een antwoord.")
        return {submission.item: {"choices": list(chosen)}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        numbers = range(len(settings.options))
        longest = max(numbers, key=lambda number: len(settings.labels[number].encode()))
        chosen = tuple(map(str, numbers)) if settings.several else (str(longest),)
        return [Submission(item, {"choice": chosen}) for item in items(settings)]

    def example(self, settings: Settings, seed: int) -> Submission:
        return Submission(item_of(0, 1), {"choice": (str(seed % len(settings.options)),)})

    def controls(self, settings: Settings, state: VoteState, seen: Seen) -> tuple[Control, ...]:
        item = self.item(settings, state)
        offered: list[Control] = []
        if item in state.shown:
            offered.append(Control("hide", "Verberg de uitslag"))
        else:
            offered.append(Control("show", "Sluit en toon de uitslag", "primary"))
        if state.index in state.second:
            offered.append(Control("first", "Terug naar ronde 1", "quiet"))
        elif settings.rounds == 2:
            offered.append(Control("second", "Start ronde 2", enabled=bool(seen.count(item))))
        if item not in state.closed:
            offered.append(Control("close", "Sluit de vraag", "quiet"))
        else:
            again = "Heropen de vraag. De uitslag gaat dan van het scherm."
            offered.append(
                Control("reopen", "Heropen de vraag", "quiet", {}, again if item in state.shown else "")
            )
        return tuple(offered)

    def apply(
        self, settings: Settings, state: VoteState, command: Command, seen: Seen
    ) -> VoteState | Ask | Rejected:
        item = self.item(settings, state)
        first = item_of(state.index, 1)
        match command.name:
            case "show":
                return self._show(settings, state, seen)
            case "hide":
                return replace(state, shown=_without(state.shown, item))
            case "close":
                return replace(state, closed=_with(state.closed, item))
            case "reopen":
                closed = _without(state.closed, item)
                return replace(state, shown=_without(state.shown, item), closed=closed)
            case "second" if settings.rounds == 2:
                second = tuple(sorted({*state.second, state.index}))
                return replace(state, second=second, closed=_with(state.closed, first))
            case "first":
                second = tuple(index for index in state.second if index != state.index)
                return replace(state, second=second)
            case "go" if command.one("number") in [str(n + 1) for n in range(len(settings.questions))]:
                return state.at(int(command.one("number")) - 1)
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    def _show(self, settings: Settings, state: VoteState, seen: Seen) -> Ask:
        """Shows the result of the round; the shift needs both rounds, so the second shows the first too."""
        item, first, size = self.item(settings, state), item_of(state.index, 1), len(settings.options)
        shown = tuple(sorted({*state.shown, first, item}))
        after = replace(state, shown=shown, closed=_with(state.closed, item))
        # A hidden result comes back unchanged when no new picture may be taken yet.
        needed = {} if item in seen.pictures else {item: size}
        others = {key: size for key in (first, item) if key not in needed}
        return Ask(after, count=needed, count_if_possible=others)

    def phone(self, settings: Settings, state: VoteState, seen: Seen) -> View:
        return public_view(settings, state, seen)

    def own(self, settings: Settings, state: VoteState, own: Sequence[Post], seen: Seen) -> View:
        item = self.item(settings, state)
        mine = next((post for post in own if post.item == item), None)
        chosen = tuple(mine.payload.get("choices") or ()) if mine else ()
        labels = settings.labels
        return {
            "open": item not in state.closed,
            "options": tuple(enumerate(settings.options)),
            "several": settings.several,
            "chosen": chosen,
            "words": ", ".join(labels[index] for index in chosen),
            "post": mine.id if mine else "",
        }

    def control(self, settings: Settings, state: VoteState, seen: Seen) -> View:
        return {**public_view(settings, state, seen), "answered": seen.count(self.item(settings, state))}

    def screen(self, settings: Settings, state: VoteState, seen: Seen) -> View:
        return self.control(settings, state, seen)

    def lasting(self, settings: Settings, state: VoteState) -> tuple[VoteState, tuple[str, ...]]:
        return state, state.shown

    def report(self, settings: Settings, state: VoteState) -> Report:
        """The questions that the group had before it. Another one is no question that was asked."""
        rows: list[Totals] = []
        for item in items(settings):
            index, round_ = split(item)
            if index not in {*state.asked, state.index}:
                continue
            if round_ == 2 and index not in state.second and item not in state.closed:
                continue
            question = settings.questions[index].plain + (
                f" (ronde {round_})" if settings.rounds == 2 else ""
            )
            rows.append(Totals(item, question, item, settings.labels))
        return tuple(rows)


def _with(items: tuple[str, ...], item: str) -> tuple[str, ...]:
    return tuple(sorted({*items, item}))


def _without(items: tuple[str, ...], item: str) -> tuple[str, ...]:
    return tuple(key for key in items if key != item)


KIND = Stelling()
