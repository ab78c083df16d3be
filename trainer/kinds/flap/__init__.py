"""Flap: a question, and short answers from the phones that the trainer arranges in front of the group."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainer.curriculum.model import EarlierStep, StepSource, Text
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
from trainer.kinds.flap import dots, earlier
from trainer.kinds.flap.cards import MOST_GROUPS, Card, text_of
from trainer.kinds.flap.moves import (
    DEFINITION_LENGTH,
    ITEM,
    TITLE_LENGTH,
    FlapState,
    apply,
    comparable,
    in_reading_order,
    options_of,
)
from trainer.kinds.flap.wall import WALL, dotted, in_full, page_of, turning, words_of
from trainer.kinds.material import before_bullets, texts
from trainer.kinds.settings import earlier_step, flag, read_settings, setting
from trainer.kinds.text import read_text


@dataclass(frozen=True, slots=True)
class Settings:
    """The question; `prompts` are follow-up questions for the trainers alone.

    `personal`: people write about themselves, so nothing is kept. `dots`: how many everybody may give.
    `source` is the flap of an earlier meeting that can be shown again.
    """

    question: Text
    prompts: tuple[Text, ...]
    most: int = setting("max", "Hoogstens per telefoon", default=5, low=1, high=20)
    length: int = setting("tekens", "Hoogstens tekens", default=80, low=10, high=200)
    define: bool = flag("definitie", "Een definitie eronder")
    personal: bool = flag("persoonlijk", "Mensen schrijven over zichzelf")
    dots: int = setting("stippen", "Stippen voor ieder", default=0, low=0, high=dots.MOST)
    source: EarlierStep | None = earlier_step("van", "Komt uit een eerder dagdeel")


class Flap(Kind):
    """Short answers from everybody, which the trainer arranges on the screen."""

    name = "flap"
    title = "Flap"
    bullet_word = "vraag voor erna"
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

    def earlier(self, settings: Settings) -> EarlierStep | None:
        return settings.source

    def multiple(self, item: str) -> bool:
        return item == ITEM

    def accept(
        self, settings: Settings, state: FlapState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if dots.is_ballot(submission):
            return dots.accept(state.dots, settings.dots, submission)
        if state.closed:
            return Rejected("closed", "Het insturen is gesloten.")
        if len(_cards(own)) >= settings.most:
            return Rejected("full", f"Je hebt er al {len(_cards(own))} ingestuurd. Haal er eerst een weg.")
        text = read_text(submission.one("text"), settings.length)
        return text if isinstance(text, Rejected) else {ITEM: {"text": text}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        cards = (Submission("", {"text": (fill(settings.length),), "alone": ("ja",)}),) * settings.most
        if not settings.dots:
            return cards
        # The largest numbers, as many as may be given.
        numbers = range(dots.MOST_OPTIONS - settings.dots, dots.MOST_OPTIONS)
        return (*cards, Submission(dots.Dots(round=1).item, {"dot": tuple(map(str, numbers))}))

    def example(self, settings: Settings, seed: int) -> Submission:
        return Submission(ITEM, {"text": (phrase(seed, settings.length),)})

    def answer(self, settings: Settings, state: FlapState, seen: Seen, seed: int) -> Submission | None:
        if state.dots.phase == "open":
            return dots.example(state.dots, settings.dots, seed)
        return super().answer(settings, state, seen, seed)

    def controls(self, settings: Settings, state: FlapState, seen: Seen) -> tuple[Control, ...]:
        page = page_of(settings.question.plain, state, seen)
        given = dots.controls(state.dots, options_of(state, seen)) if settings.dots else ()
        if settings.source:
            given = (*given, *earlier.controls(settings.source, seen.earlier, state.fetched))
        if state.dots.lie:
            return (*turning(page, state), *given)
        said = [table.same_key(card.text) for card in comparable(state, seen)]
        cloudy, same = state.mode == "cloud", len(set(said)) < len(said)
        return (
            *flow.controls(state.batches, seen, state.closed),
            Control("cards", "Toon kaarten", group=WALL)
            if cloudy
            else Control("cloud", "Toon woordwolk", group=WALL),
            Control("same", "Voeg gelijke kaarten samen", "quiet", enabled=same, group=WALL),
            *turning(page, state),
            *given,
        )

    def apply(
        self, settings: Settings, state: FlapState, command: Command, seen: Seen
    ) -> FlapState | Ask | Rejected:
        if command.name in _missing(settings):
            return Rejected("unknown", "Deze knop bestaat hier niet.")
        return apply(state, command, seen)

    def phone(self, settings: Settings, state: FlapState, seen: Seen) -> View:
        return {
            "question": settings.question,
            "closed": state.closed,
            "definition": state.definition,
            "dots": dotted(state, seen),
            "earlier": earlier.name_of(settings.source) if settings.source and state.fetched else "",
        }

    def own(self, settings: Settings, state: FlapState, own: Sequence[Post], seen: Seen) -> View:
        sent = _cards(own)
        where = flow.where(sent, seen)
        mine = [{"id": post.id, "text": text_of(post), **where[post.id]} for post in sent]
        return {
            "cards": sorted(mine, key=lambda card: card["id"]),
            "left": max(0, settings.most - len(sent)),
            "closed": state.closed,
            "given": dots.given(state.dots, own),
        }

    def control(self, settings: Settings, state: FlapState, seen: Seen) -> View:
        drawn = table.faces(state.order, flow.drawn(state.batches, seen))
        return {
            **flow.summary(state.batches, seen, ITEM),
            "closed": state.closed,
            "sections": [
                {
                    "id": group.id,
                    "title": group.title,
                    "cards": [_for_trainer(state, card) for card in found],
                }
                for group, found in table.sections(state.order, drawn)
            ],
            "groups": [{"id": group.id, "title": group.title} for group in state.order.groups],
            "may_group": len(state.order.groups) < MOST_GROUPS and not state.dots.lie,
            "some": bool(drawn),
            "piles": any(card.count > 1 for card in drawn),
            "dots": dotted(state, seen),
            "earlier": earlier.name_of(settings.source) if settings.source else "",
            "why": earlier.WHY[earlier.status_of(seen.earlier)],
            "most_options": dots.MOST_OPTIONS,
            "too_many": len(options_of(state, seen)) > dots.MOST_OPTIONS,
            "prompts": settings.prompts,
            "definition": state.definition,
            "title_length": TITLE_LENGTH,
            "definition_length": DEFINITION_LENGTH,
        }

    def screen(self, settings: Settings, state: FlapState, seen: Seen) -> View:
        ordered, found = in_reading_order(state, seen), dotted(state, seen)
        page = page_of(settings.question.plain, state, seen)
        on_page = {card.id for card in ordered[page.start : page.end]}
        pages = [
            {"id": group.id, "title": group.title, "cards": [card for card in found if card.id in on_page]}
            for group, found in table.sections(state.order, ordered)
        ]
        shown = {
            "earlier": "",
            "question": settings.question,
            "mode": state.mode,
            "sections": [section for section in pages if section["cards"]],
            "dots": found | {"counted": found["counted"][page.start : page.end]},
            "size": page.size,
            "page": page.number + 1,
            "pages": page.total,
            "cloud": words_of(state, seen),
            "definition": state.definition,
            "received": seen.count(ITEM),
            "closed": state.closed,
        }
        if settings.source and state.fetched:
            return shown | earlier.view_of(settings.source, seen.earlier, state.page)
        return shown

    def on_screen(self, settings: Settings, state: FlapState, seen: Seen) -> Collection[str]:
        """The cards on this page, or in full in the cloud, and those under them that say the same.

        Beside the counts of dots these are the loose cards. The flap of an earlier meeting has none of now.
        """
        if state.fetched:
            return ()
        page, counted = page_of(settings.question.plain, state, seen), dotted(state, seen)["counted"]
        if counted:
            return [row["card"] for row in counted[page.start : page.end] if row["card"]]
        ordered, words = in_reading_order(state, seen), words_of(state, seen)
        faces = in_full(words, ordered) if words else ordered[page.start : page.end]
        said = {card.id: table.same_key(text_of(card)) for card in flow.shown(state.batches, seen)}
        return [
            key
            for face in faces
            for key in table.pile(state.order, face.id)
            if said.get(key) == table.same_key(face.text)
        ]

    def lasting(self, settings: Settings, state: FlapState) -> tuple[FlapState, Collection[str]]:
        """The wall, and the dots on it while they are shown."""
        return state, (state.dots.item,) if state.dots.phase == "shown" else ()

    def report(self, settings: Settings, state: FlapState) -> Report:
        """What the trainers left on the screen, the dots, and the shared definition; nothing if personal."""
        if settings.personal:
            return ()
        titles = dots.titles(state.dots, state.order)
        answers = Texts(earlier.ANSWERS, settings.question.plain, state.batches.shown, groups=titles)
        given = dots.report(state.dots, state.order, settings.question.plain)
        if not state.definition:
            return (answers, *given)
        return (answers, *given, Written(earlier.DEFINITION, "Onze definitie", state.definition))

    def copies(self, settings: Settings, people: int) -> int:
        """One print has the cards of all, and what the group makes of them."""
        return 1


def _missing(settings: Settings) -> set[str]:
    """The commands that this flap does not have."""
    missing = set() if settings.define else {"define"}
    missing |= set() if settings.dots else set(dots.COMMANDS)
    return missing | (set() if settings.source else {"fetch", "put-away"})


def _cards(own: Sequence[Post]) -> list[Post]:
    """The cards of a phone, without its ballots."""
    return [post for post in own if post.item == ITEM]


def _for_trainer(state: FlapState, card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "text": card.text,
        "count": card.count,
        "group": card.group,
        "status": flow.status(state.batches, card.id),
    }


KIND = Flap()
