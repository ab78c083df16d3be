"""Diagnose me!: everybody writes one card; the cards are opened one by one and the group guesses whose it is.

Only the owner's own phone knows whose card it is. Nothing of the exercise is kept or exported.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.believable import pick
from trainer.kinds.contract import (
    Ask,
    Card,
    Claim,
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
from trainer.kinds.diagnose_me import game
from trainer.kinds.diagnose_me.game import CARD, DiagnoseState
from trainer.kinds.material import before_bullets, texts
from trainer.kinds.settings import read_settings, setting
from trainer.kinds.text import read_text

# For examples; none is longer than the shortest card. Their numbers have no divisor in common.
VULNERABLE = (
    "ik slaap slecht", "ik ben vaak bang", "ik vraag geen hulp", "ik pieker veel", "ik heb weinig rust",
    "drukte put me uit", "ik zeg snel ja", "alleen zijn is naar", "ik vertrouw traag", "ik twijfel vaak",
    "ik ben snel moe",
)  # fmt: skip
PASSIONS = (
    "ik zing in een koor", "vissen met mijn zoon", "mijn moestuin", "soep koken", "lange wandelingen",
    "oude brommers", "breien", "voetbal kijken", "de hond", "gedichten lezen", "zwemmen in zee", "taarten",
    "dansen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """`questions` are for the debriefing."""

    intro: Text
    questions: tuple[Text, ...]
    length: int = setting("tekens", "Hoogstens tekens", default=120, low=20, high=300)


class DiagnoseMe(Kind):
    """Everybody writes a card, and the group guesses whose each of them is."""

    name = "diagnose-me"
    title = "Diagnose me!"
    bullet_word = "vraag"
    summary = "Iedereen schrijft een kaart. De groep raadt van wie elke kaart is."
    State = DiagnoseState
    personal = True
    outlasts = True
    takes_posts = True
    typed = True

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        return read_settings(
            Settings, step, problems, intro=before_bullets(step), questions=texts(step, problems)
        )

    def accept(
        self, settings: Settings, state: DiagnoseState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if state.phase != "writing":
            return Rejected("closed", "De kaarten liggen al op tafel. Je mag wel mee raden.")
        both: dict[str, str] = {}
        for field, what in (("vulnerability", "kwetsbaarheid"), ("passion", "hobby of passie")):
            text = read_text(submission.one(field), settings.length)
            if isinstance(text, Rejected):
                why = "Vul ook dit in" if text.code == "empty" else text.message
                return Rejected(text.code, f"{what.capitalize()}: {why[0].lower()}{why[1:].rstrip('.')}.")
            both[field] = text
        return {CARD: both}

    def intimate(self, settings: Settings) -> bool:
        return True

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        text = (fill(settings.length),)
        return (Submission("", {"vulnerability": text, "passion": text}),)

    def example(self, settings: Settings, seed: int) -> Submission:
        own = {"vulnerability": pick(VULNERABLE, seed), "passion": pick(PASSIONS, seed)}
        return Submission("", {name: (text,) for name, text in own.items()})

    def deed(
        self, settings: Settings, state: DiagnoseState, own: Sequence[Post], seen: Seen, seed: int
    ) -> Command | None:
        return game.deed(state, own, seen, seed)

    def act(
        self, settings: Settings, state: DiagnoseState, action: Command, own: Sequence[Post], seen: Seen
    ) -> DiagnoseState | Claim | Rejected:
        return game.act(state, action, own, seen)

    def apply(
        self, settings: Settings, state: DiagnoseState, command: Command, seen: Seen
    ) -> DiagnoseState | Ask | Claim | Rejected:
        return game.command(state, command, seen, len(settings.questions))

    def granted(
        self, settings: Settings, state: DiagnoseState, command: Command, seen: Seen
    ) -> DiagnoseState:
        return game.begun(state, command, seen)

    def controls(self, settings: Settings, state: DiagnoseState, seen: Seen) -> tuple[Control, ...]:
        if state.phase == "writing":
            confirm = "Daarna kan niemand meer een kaart schrijven. Is iedereen klaar?"
            return (Control("start", "Leg de kaarten op tafel", "primary", confirm=confirm),)
        if state.phase == "guessing":
            return _while_guessing(state, seen)
        offered: list[Control] = []
        if state.question < len(settings.questions):
            label = "Volgende vraag" if state.question else "Toon de eerste vraag"
            offered.append(Control("question", label, "primary", args={"number": str(state.question + 1)}))
        if state.question:
            offered.append(Control("question", "Verberg de vraag", "quiet", args={"number": "0"}))
        return (
            *offered,
            Control("resume", "Terug naar de kaarten", "quiet", enabled=_some_closed(state, seen)),
        )

    def phone(self, settings: Settings, state: DiagnoseState, seen: Seen) -> View:
        return {
            "intro": settings.intro,
            "phase": state.phase,
            "question": _question(settings, state),
        }

    def own(self, settings: Settings, state: DiagnoseState, own: Sequence[Post], seen: Seen) -> View:
        cards = [post for post in own if post.item == CARD]
        mine = next((_text(post) | {"id": post.id} for post in cards if not post.leaving), None)
        my_id = game.my_card(own)
        card, my_turn = game.open_card(state, seen), bool(my_id) and game.turn(state) == my_id
        free = game.resolved(state, seen)
        return {
            "phase": state.phase,
            "card": mine,
            "my_turn": my_turn,
            "choices": game.closed_numbers(state, seen) if my_turn and free else (),
            "reading": _text(card) if my_turn and card and not free else None,
            # As on every phone that put a card on the table, so that a glance gives away neither an owner nor
            # somebody who took a card back.
            "took_back": mine is None and bool(my_id),
            "may_claim": bool(my_id) and card is not None and not state.claimed,
            "open": game.number_of(state, card),
            "claimed": card is not None and state.pressed and card.id == my_id,
            "length": settings.length,
        }

    def control(self, settings: Settings, state: DiagnoseState, seen: Seen) -> View:
        return {**_on_the_table(settings, state, seen), "count": seen.count(CARD)}

    def screen(self, settings: Settings, state: DiagnoseState, seen: Seen) -> View:
        return {"intro": settings.intro, **_on_the_table(settings, state, seen)}

    def copies(self, settings: Settings, people: int) -> int:
        """One print has the cards of all."""
        return 1


def _some_closed(state: DiagnoseState, seen: Seen) -> bool:
    return bool(game.closed_numbers(state, seen))


def _while_guessing(state: DiagnoseState, seen: Seen) -> tuple[Control, ...]:
    left = len(game.closed_numbers(state, seen))
    if not game.resolved(state, seen):
        offered = [
            Control("silent", "De eigenaar blijft stil", "primary"),
            Control("told", "De eigenaar zei het zelf"),
        ]
    elif left:
        nobody = not game.turn(state)
        offered = [
            Control("open", "Open zelf een kaart", "primary" if nobody else "normal"),
            Control("turn", "Geef iemand anders de beurt", enabled=bool(game.others(state, seen))),
        ]
    else:
        return (Control("finish", "Naar de nabespreking", "primary"),)
    if game.open_card(state, seen):
        offered.append(Control("away", "Leg deze kaart weg", "quiet"))
    closed = "Er ligt nog 1 kaart dicht." if left == 1 else f"Er liggen nog {left} kaarten dicht."
    confirm = f"{closed} Toch stoppen?" if left else "Niemand heeft zich nog gemeld. Toch stoppen?"
    return (*offered, Control("finish", "Naar de nabespreking", "quiet", confirm=confirm))


def _on_the_table(settings: Settings, state: DiagnoseState, seen: Seen) -> dict[str, object]:
    """What everybody in the room may see."""
    card = game.open_card(state, seen)
    return {
        "phase": state.phase,
        "open": _text(card) if card else None,
        "number": game.number_of(state, card),
        "closed": game.closed_numbers(state, seen) if state.phase == "guessing" else (),
        "claimed": state.claimed and card is not None,
        "silent": state.silent and card is not None,
        "someone": bool(game.turn(state)),
        "question": _question(settings, state),
    }


def _question(settings: Settings, state: DiagnoseState) -> Text | None:
    asked = state.phase == "done" and 0 < state.question <= len(settings.questions)
    return settings.questions[state.question - 1] if asked else None


def _text(post: Post | Card) -> dict[str, str]:
    return {field: str(post.payload.get(field, "")) for field in ("vulnerability", "passion")}


KIND = DiagnoseMe()
