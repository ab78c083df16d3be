"""Evaluatie: one form with all questions, whose answers are kept apart from each other.

Each answer is a post of its own, so that nothing links the answers of one person. A phone always sends a
post for every question, empty where skipped, so that the set of skipped questions is no fingerprint.

Totals are counted for the screen once, from five phones or more, with small counts hidden. After that the
form stays closed: the difference between the totals of six and of five is the form of the sixth.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.believable import SENTENCES, pick
from trainer.kinds.contract import (
    HOUSE,
    Answers,
    Ask,
    Command,
    Control,
    Kind,
    Payload,
    Picture,
    Post,
    Rejected,
    Report,
    Seen,
    Submission,
    Totals,
    View,
)
from trainer.kinds.disclosure import protected
from trainer.kinds.evaluatie.questions import Question, read_questions
from trainer.kinds.material import is_row, without
from trainer.kinds.settings import read_settings
from trainer.kinds.tally import parse_choices, percent
from trainer.kinds.text import read_text

CHARACTERS = 600
OVER = Rejected("final", "De evaluatie is afgesloten. De totalen staan straks in het verslag.")
FINAL = Rejected("final", "De totalen zijn getoond. Dit formulier gaat niet meer open.")


@dataclass(frozen=True, slots=True)
class Settings:
    """The questions of a form, and the text above them."""

    intro: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class FormState:
    """`page` is the index of the question whose totals are on the screen, among those that may be. Once it is
    `over`, only the report has totals."""

    closed: bool = False
    showing: bool = False
    page: int = 0
    over: bool = False


class Evaluatie(Kind):
    """A form on the phone, of which only totals are shown, and only when a trainer shows them."""

    name = "evaluatie"
    title = "Evaluatie"
    row_word = "vraag"
    row_hint = (
        "Kies bij soort: schaal, cijfer, keuze, meerkeuze of open. Mag het totaal niet op het scherm? Zet er"
        " 'privé' achter. Zet tussen antwoorden een puntkomma. Bij cijfer en open blijft dat vak leeg."
    )
    item_word = "vraag"
    summary = "Een formulier op de telefoon. Alleen totalen, en alleen als de trainer die toont."
    State = FormState
    crowd = HOUSE
    is_form = True
    takes_posts = True
    apart = True
    typed = True

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        intro = without(step, is_row)
        return read_settings(Settings, step, problems, intro=intro, questions=read_questions(step, problems))

    def forward(self, settings: Settings, state: FormState) -> FormState | None:
        more = state.showing and state.page + 1 < len(_projected(settings))
        return replace(state, page=state.page + 1) if more else None

    def backward(self, settings: Settings, state: FormState) -> FormState | None:
        return replace(state, page=state.page - 1) if state.showing and state.page else None

    def accept(
        self, settings: Settings, state: FormState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if state.closed:
            return Rejected("closed", "De evaluatie is gesloten.")
        if submission.one("clear"):
            return {question.id: {} for question in settings.questions}
        payloads: dict[str, Payload] = {}
        for question in settings.questions:
            answer = _answer(question, submission)
            if isinstance(answer, Rejected):
                return answer
            payloads[question.id] = answer
        if not any(payloads.values()) and not own:
            return Rejected("empty", "Er staat nog niets in. Vul in wat je wilt.")
        return payloads

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        return (Submission("", {each.name: _fullest(each, fill) for each in settings.questions}),)

    def example(self, settings: Settings, seed: int) -> Submission:
        answers = {
            question.name: pick(SENTENCES, seed + place)
            if question.form == "open"
            else str((seed + place) % len(question.options))
            for place, question in enumerate(settings.questions)
        }
        return Submission("", {name: (answer,) for name, answer in answers.items()})

    def controls(self, settings: Settings, state: FormState, seen: Seen) -> tuple[Control, ...]:
        if state.over:
            return ()
        if state.showing:
            return (Control("hide", "Haal de totalen van het scherm", "primary"),)
        if seen.pictures:
            return (Control("totals", "Toon de totalen weer", "quiet"),)
        confirm = "Het formulier sluit voorgoed en de totalen komen op het scherm. Open antwoorden niet."
        turn = (
            Control("reopen", "Heropen de evaluatie")
            if state.closed
            else Control("close", "Sluit de evaluatie")
        )
        show = Control("totals", "Sluit en toon totalen", "quiet", {}, confirm, bool(_projected(settings)))
        return turn, show

    def apply(
        self, settings: Settings, state: FormState, command: Command, seen: Seen
    ) -> FormState | Ask | Rejected:
        match command.name:
            case _ if state.over:
                return OVER
            case "close":
                return replace(state, closed=True)
            case "reopen":
                return FINAL if seen.pictures else FormState()
            case "totals" if _projected(settings):
                shown = FormState(closed=True, showing=True)
                sizes = {question.id: len(question.options) for question in _projected(settings)}
                return shown if seen.pictures else Ask(shown, count_if_possible=sizes)
            case "hide":
                return replace(state, showing=False)
        return Rejected("unknown", "Deze knop bestaat hier niet.")

    def phone(self, settings: Settings, state: FormState, seen: Seen) -> View:
        return {"open": not state.closed, "many": len(settings.questions)}

    def own(self, settings: Settings, state: FormState, own: Sequence[Post], seen: Seen) -> View:
        mine = {post.item: post.payload for post in own}
        return {**_form(settings, mine), "open": not state.closed, "sent": any(mine.values())}

    def control(self, settings: Settings, state: FormState, seen: Seen) -> View:
        return {**self.screen(settings, state, seen), "final": bool(seen.pictures), "over": state.over}

    def screen(self, settings: Settings, state: FormState, seen: Seen) -> View:
        first = settings.questions[0].id if settings.questions else ""
        view: dict[str, Any] = {"open": not state.closed, "sent": seen.count(first), "totals": None}
        if not state.showing:
            return view
        asked = _projected(settings)
        question = asked[min(state.page, len(asked) - 1)]
        return {**view, "totals": _shown(question, seen), "page": state.page + 1, "pages": len(asked)}

    def lasting(self, settings: Settings, state: FormState) -> tuple[FormState, tuple[str, ...]]:
        # No picture stays: the screen only hid its small counts. The report holds what may be known.
        return FormState(closed=True, over=True), ()

    def report(self, settings: Settings, state: FormState) -> Report:
        return tuple(
            Answers(question.id, question.text.plain, question.id)
            if question.form == "open"
            else Totals(question.id, question.text.plain, question.id, question.options)
            for question in settings.questions
        )


def _projected(settings: Settings) -> tuple[Question, ...]:
    """The questions whose totals may be on the screen: those with fixed answers that are not private."""
    return tuple(one for one in settings.questions if one.form != "open" and not one.private)


def _shown(question: Question, seen: Seen) -> dict[str, Any]:
    """The totals of a question as they may be shown; a count of None is hidden."""
    totals = protected(
        Totals(question.id, question.text.plain, question.id, question.options),
        seen.pictures.get(question.id, Picture()),
    )
    rows = [
        {"label": label, "count": count, "percent": percent(count or 0, totals.answered or 0)}
        for label, count in zip(question.options, totals.counts, strict=True)
    ]
    return {"text": question.text, "rows": rows, "answered": totals.answered, "paper": totals.paper}


def _answer(question: Question, submission: Submission) -> Payload | Rejected:
    """The payload to store for one question, empty when it was skipped."""
    given = submission.all(question.name)
    if question.form == "open":
        text = given[0] if given else ""
        read = read_text(text, CHARACTERS) if text.strip() else ""
        return read if isinstance(read, Rejected) else {"text": read} if read else {}
    chosen = parse_choices((value for value in given if value), len(question.options))
    if chosen is None or (len(chosen) > 1 and question.form != "meerkeuze"):
        return Rejected("invalid", "Een van de antwoorden kan hier niet. Kijk het nog eens na.")
    return {"choices": list(chosen)} if chosen else {}


def _fullest(question: Question, fill: Callable[[int], str]) -> tuple[str, ...]:
    """The longest answer to one question."""
    if question.form == "open":
        return (fill(CHARACTERS),)
    all_of_them = tuple(str(index) for index in range(len(question.options)))
    return all_of_them if question.form == "meerkeuze" else all_of_them[-1:]


def _form(settings: Settings, mine: Mapping[str, Payload]) -> dict[str, Any]:
    """The questions with this phone's earlier answers."""
    rows = [
        {
            "question": question,
            "chosen": tuple(mine.get(question.id, {}).get("choices") or ()),
            "text": mine.get(question.id, {}).get("text", ""),
        }
        for question in settings.questions
    ]
    return {"rows": tuple(rows), "characters": CHARACTERS}


KIND = Evaluatie()
