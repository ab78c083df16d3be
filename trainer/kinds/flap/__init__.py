"""Flap: a question, and short answers from the phones that the trainer arranges in front of the group."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainer.curriculum.model import StepSource, Text
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
    View,
    Written,
)
from trainer.kinds.flap import cards as table
from trainer.kinds.flap.cards import MOST_GROUPS, Card, text_of
from trainer.kinds.flap.moves import DEFINITION_LENGTH, ITEM, TITLE_LENGTH, FlapState, apply, comparable
from trainer.kinds.flap.words import Word, cloud
from trainer.kinds.material import before_bullets, texts
from trainer.kinds.settings import flag, read_settings, setting
from trainer.kinds.text import read_text
from trainer.kinds.wall import Page, paginate, prose_height

# What the buttons that follow those of the cards are about, on control.
WALL = "Op het scherm"


@dataclass(frozen=True, slots=True)
class Settings:
    """The question; `prompts` are follow-up questions for the trainers alone.

    `personal`: people write about themselves, so nothing is kept.
    """

    question: Text
    prompts: tuple[Text, ...]
    most: int = setting("max", default=5, low=1, high=20)
    length: int = setting("tekens", default=80, low=10, high=200)
    define: bool = flag("definitie")
    personal: bool = flag("persoonlijk")


class Flap(Kind):
    """Short answers from everybody, which the trainer arranges on the screen."""

    name = "flap"
    title = "Flap"
    summary = "Iedereen stuurt korte antwoorden. De trainer ordent ze op het scherm."
    State = FlapState
    takes_posts = True
    typed = True

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        question = before_bullets(step)
        if not question.plain:
            problems.add(step.path, step.line, "'flap' heeft een vraag nodig", "flap.no-question")
        return read_settings(Settings, step, problems, question=question, prompts=texts(step, problems))

    def intimate(self, settings: Settings) -> bool:
        return settings.personal

    def multiple(self, item: str) -> bool:
        return True

    def accept(
        self, settings: Settings, state: FlapState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if state.closed:
            return Rejected("closed", "Het insturen is gesloten.")
        if len(own) >= settings.most:
            return Rejected("full", f"Je hebt er al {len(own)} ingestuurd. Haal er eerst een weg.")
        text = read_text(submission.one("text"), settings.length)
        return text if isinstance(text, Rejected) else {ITEM: {"text": text}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        return (Submission("", {"text": (fill(settings.length),), "alone": ("ja",)}),) * settings.most

    def example(self, settings: Settings, seed: int) -> Submission:
        return Submission(ITEM, {"text": (phrase(seed, settings.length),)})

    def controls(self, settings: Settings, state: FlapState, seen: Seen) -> tuple[Control, ...]:
        said = [table.same_key(card.text) for card in comparable(state, seen)]
        cloudy, same = state.mode == "cloud", len(set(said)) < len(said)
        return (
            *flow.controls(state.batches, seen, state.closed),
            Control("cards", "Toon kaarten", group=WALL)
            if cloudy
            else Control("cloud", "Toon woordwolk", group=WALL),
            Control("same", "Voeg gelijke kaarten samen", "quiet", enabled=same, group=WALL),
            *_turning(_page(settings, state, _in_reading_order(state, seen)), state),
        )

    def apply(
        self, settings: Settings, state: FlapState, command: Command, seen: Seen
    ) -> FlapState | Ask | Rejected:
        if command.name == "define" and not settings.define:
            return Rejected("unknown", "Deze knop bestaat hier niet.")
        return apply(state, command, seen)

    def phone(self, settings: Settings, state: FlapState, seen: Seen) -> View:
        return {"question": settings.question, "closed": state.closed, "definition": state.definition}

    def own(self, settings: Settings, state: FlapState, own: Sequence[Post], seen: Seen) -> View:
        where = flow.where(own, seen)
        mine = [{"id": post.id, "text": text_of(post), **where[post.id]} for post in own]
        return {
            "cards": sorted(mine, key=lambda card: card["id"]),
            "left": max(0, settings.most - len(own)),
            "closed": state.closed,
        }

    def control(self, settings: Settings, state: FlapState, seen: Seen) -> View:
        drawn = table.faces(state.order, flow.drawn(state.batches, seen))
        mergeable = {card.id for card in comparable(state, seen)}
        picked = state.picked if state.picked in mergeable else ""
        return {
            **flow.summary(state.batches, seen, ITEM),
            "closed": state.closed,
            "sections": [
                {
                    "id": group.id,
                    "title": group.title,
                    "cards": [_for_trainer(state, card, picked) for card in found],
                }
                for group, found in table.sections(state.order, drawn)
            ],
            "groups": [{"id": group.id, "title": group.title} for group in state.order.groups],
            "may_group": len(state.order.groups) < MOST_GROUPS,
            "picked": picked,
            "prompts": settings.prompts,
            "definition": state.definition,
            "title_length": TITLE_LENGTH,
            "definition_length": DEFINITION_LENGTH,
        }

    def screen(self, settings: Settings, state: FlapState, seen: Seen) -> View:
        ordered = _in_reading_order(state, seen)
        page = _page(settings, state, ordered)
        on_page = {card.id for card in ordered[page.start : page.end]}
        pages = [
            {"id": group.id, "title": group.title, "cards": [card for card in found if card.id in on_page]}
            for group, found in table.sections(state.order, ordered)
        ]
        return {
            "question": settings.question,
            "mode": state.mode,
            "sections": [section for section in pages if section["cards"]],
            "size": page.size,
            "page": page.number + 1,
            "pages": page.total,
            "cloud": _cloud(state, seen),
            "definition": state.definition,
            "received": seen.count(ITEM),
            "closed": state.closed,
        }

    def on_screen(self, settings: Settings, state: FlapState, seen: Seen) -> Collection[str]:
        """The cards on this page, and those under them that say the same; a cloud shows words, not cards."""
        if _cloud(state, seen):
            return ()
        ordered = _in_reading_order(state, seen)
        page = _page(settings, state, ordered)
        said = {card.id: table.same_key(text_of(card)) for card in flow.shown(state.batches, seen)}
        return [
            key
            for face in ordered[page.start : page.end]
            for key in table.pile(state.order, face.id)
            if said.get(key) == table.same_key(face.text)
        ]

    def report(self, settings: Settings, state: FlapState) -> Report:
        """The cards that the trainers left on the screen, and the shared definition; nothing if personal."""
        if settings.personal:
            return ()
        answers = Texts("antwoorden", settings.question.plain, state.batches.shown)
        if not state.definition:
            return (answers,)
        return (answers, Written("definitie", "Onze definitie", state.definition))


def _cloud(state: FlapState, seen: Seen) -> tuple[Word, ...]:
    """The words that replace the cards; none when the cards are shown."""
    return cloud(map(text_of, flow.shown(state.batches, seen))) if state.mode == "cloud" else ()


def _page(settings: Settings, state: FlapState, ordered: Sequence[Card]) -> Page:
    titles = len({card.group for card in ordered} - {""})
    taken = prose_height(settings.question.plain, 2.0) + prose_height(state.definition, 1.45) + titles
    return paginate([card.text for card in ordered], state.page, taken=taken)


def _turning(page: Page, state: FlapState) -> tuple[Control, ...]:
    if page.total == 1 or state.mode == "cloud":
        return ()
    earlier, later = str(page.number - 1), str(page.number + 1)
    return (
        Control("page", "Vorige kaarten", args={"number": earlier}, enabled=page.number > 0, group=WALL),
        Control(
            "page",
            "Volgende kaarten",
            args={"number": later},
            enabled=page.number + 1 < page.total,
            group=WALL,
        ),
    )


def _in_reading_order(state: FlapState, seen: Seen) -> list[Card]:
    """The cards everybody may see: group by group, the loose cards last."""
    shown = table.faces(state.order, flow.shown(state.batches, seen))
    return [card for _, found in table.sections(state.order, shown) for card in found]


def _for_trainer(state: FlapState, card: Card, picked: str) -> dict[str, Any]:
    return {
        "id": card.id,
        "text": card.text,
        "count": card.count,
        "group": card.group,
        "status": flow.status(state.batches, card.id),
        "picked": card.id == picked,
    }


KIND = Flap()
