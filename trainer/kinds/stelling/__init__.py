"""Stelling: agree or disagree, or a question with choices, with a second round that shows the shift.

A result is a picture of the moment at which the trainer showed it, and showing closes the vote: a bar
that grows while somebody taps would tell the room whose answer it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from trainer.curriculum.model import StepSource
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import (
    Command,
    Control,
    Distribution,
    Kind,
    Payload,
    Post,
    Rejected,
    Report,
    Submission,
    View,
)
from trainer.kinds.material import before_bullets, plain, texts
from trainer.kinds.settings import read_settings
from trainer.kinds.stelling.results import public_view
from trainer.kinds.stelling.votes import Settings, VoteState, item_of, items, split, started
from trainer.kinds.tally import Tally, few, parse_choices, people, tally

AGREE = (plain("Eens"), plain("Oneens"), plain("Weet ik niet"))


class Stelling(Kind):
    name = "stelling"
    title = "Stelling"
    item_word = "stelling"
    summary = "Eens of oneens, of een vraag met keuzes. De uitslag komt als de trainer die toont."
    State = VoteState
    takes_posts = True

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
        return replace(state, index=state.index + 1) if state.index + 1 < len(settings.questions) else None

    def backward(self, settings: Settings, state: VoteState) -> VoteState | None:
        return replace(state, index=state.index - 1) if state.index else None

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

    def controls(self, settings: Settings, state: VoteState, posts: Sequence[Post]) -> tuple[Control, ...]:
        item = self.item(settings, state)
        answered = tally(posts, item, len(settings.options)).answered
        offered: list[Control] = []
        if item in state.shown:
            offered.append(Control("hide", "Verberg de uitslag"))
        else:
            offered.append(
                Control("show", "Sluit en toon de uitslag", "primary", {}, few(answered), answered > 0)
            )
        if state.index in state.second:
            offered.append(Control("first", "Terug naar ronde 1", "quiet"))
        elif settings.rounds == 2:
            offered.append(Control("second", "Start ronde 2", enabled=answered > 0))
        if item not in state.closed:
            offered.append(Control("close", "Sluit de vraag", "quiet"))
        else:
            again = "Heropen de vraag. De uitslag gaat dan van het scherm."
            offered.append(
                Control("reopen", "Heropen de vraag", "quiet", {}, again if item in state.shown else "")
            )
        return tuple(offered)

    def apply(
        self, settings: Settings, state: VoteState, command: Command, posts: Sequence[Post]
    ) -> VoteState | Rejected:
        item = self.item(settings, state)
        first = item_of(state.index, 1)
        match command.name:
            case "show":
                # The shift needs both rounds, so the second one brings the first along.
                shown = {key: tally(posts, key, len(settings.options)) for key in sorted({first, item})}
                return replace(state, shown={**state.shown, **shown}, closed=_with(state.closed, item))
            case "hide":
                return replace(state, shown=_without(state.shown, item))
            case "close":
                return replace(state, closed=_with(state.closed, item))
            case "reopen":
                closed = tuple(key for key in state.closed if key != item)
                return replace(state, shown=_without(state.shown, item), closed=closed)
            case "second" if settings.rounds == 2:
                second = tuple(sorted({*state.second, state.index}))
                return replace(state, second=second, closed=_with(state.closed, first))
            case "first":
                second = tuple(index for index in state.second if index != state.index)
                return replace(state, second=second)
            case "go" if command.one("number") in [str(n + 1) for n in range(len(settings.questions))]:
                return replace(state, index=int(command.one("number")) - 1)
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    def phone(self, settings: Settings, state: VoteState) -> View:
        return public_view(settings, state)

    def own(
        self, settings: Settings, state: VoteState, me: str, own: Sequence[Post], posts: Sequence[Post]
    ) -> View:
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

    def control(self, settings: Settings, state: VoteState, posts: Sequence[Post]) -> View:
        answered = tally(posts, self.item(settings, state), len(settings.options)).answered
        return {**public_view(settings, state), "answered": answered, "people": people(answered)}

    def screen(self, settings: Settings, state: VoteState, posts: Sequence[Post]) -> View:
        return self.control(settings, state, posts)

    def report(self, settings: Settings, state: VoteState, posts: Sequence[Post]) -> Report:
        rows: list[Distribution] = []
        for item in items(settings):
            index, round_ = split(item)
            result = tally(posts, item, len(settings.options))
            if round_ == 2 and not result.answered:
                continue
            question = settings.questions[index].plain + (
                f" (ronde {round_})" if settings.rounds == 2 else ""
            )
            rows.append(Distribution(item, question, settings.labels, result.counts, result.answered))
        return tuple(rows)


def _with(items: tuple[str, ...], item: str) -> tuple[str, ...]:
    return tuple(sorted({*items, item}))


def _without(shown: Mapping[str, Tally], item: str) -> dict[str, Tally]:
    return {key: result for key, result in shown.items() if key != item}


KIND = Stelling()
