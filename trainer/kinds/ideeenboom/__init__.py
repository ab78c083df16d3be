"""Ideeënboom: leaves with ideas, points of attention, proposals and plans, in a tree on the screen."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds import batches as flow
from trainer.kinds.batches import Batches
from trainer.kinds.believable import phrase, pick
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
)
from trainer.kinds.ideeenboom import leaves
from trainer.kinds.ideeenboom.crown import Branch, Crown, crowns
from trainer.kinds.ideeenboom.drawing import boughs
from trainer.kinds.ideeenboom.sorts import BY_NAME, SORTS, Sort
from trainer.kinds.material import before_bullets, texts
from trainer.kinds.settings import read_settings, setting, words
from trainer.kinds.text import read_text
from trainer.kinds.wall import prose_height

# Anyone may see which sort somebody chooses, so the sort is the item: a batch has one sort only. Counts are
# by item, and no view has one: it would tell what most leaves are before anybody may see them.
ITEMS = tuple(BY_NAME)
# With one for the other leaves there are five: on a narrower bough 'Aandachtspunt' would be broken.
MOST_THEMES, THEME_LENGTH = 4, 24
# What the buttons that follow those of the cards are about, on control.
WALL = "Op het scherm"


@dataclass(frozen=True, slots=True)
class Settings:
    """The question; `themes` are the branches, if the author wants other ones than the sorts.

    `reader` is who gets the tree afterwards: people read it before they send a leaf.
    """

    question: Text
    themes: tuple[Text, ...]
    most: int = setting("max", "Hoogstens per telefoon", default=3, low=1, high=10)
    length: int = setting("tekens", "Hoogstens tekens", default=80, low=10, high=120)
    reader: str = words("naar", "Wie krijgt dit daarna", default="het projectteam", most=60)

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """The sorts of leaves, for the form and for paper."""
        return SORTS


@dataclass(frozen=True, slots=True)
class TreeState:
    """`placed`: on which branch trainers put a card, by its id; any other hangs on the branch of its sort."""

    batches: Batches = field(default_factory=Batches)
    placed: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    page: int = 0


class Ideeenboom(Kind):
    """Leaves of four sorts, from those who want theirs in the plan, in a tree."""

    name = "ideeenboom"
    title = "Ideeënboom"
    bullet_word = "tak"
    summary = "Bladeren met ideeën, aandachtspunten, voorstellen en plannen. Samen in een boom."
    State = TreeState
    chosen = frozenset({"sort"})
    takes_posts = True
    typed = True
    stage = "full"

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        themes = texts(step, problems)
        if len(themes) > MOST_THEMES:
            message = f"'ideeenboom' heeft hoogstens {MOST_THEMES} takken; meer past niet op het scherm"
            problems.add(step.path, step.line, message, "ideeenboom.too-many-branches")
        if any(len(theme.plain) > THEME_LENGTH for theme in themes):
            message = f"de naam van een tak heeft hoogstens {THEME_LENGTH} tekens"
            problems.add(step.path, step.line, message, "ideeenboom.long-branch")
        return read_settings(Settings, step, problems, question=before_bullets(step), themes=themes)

    def multiple(self, item: str) -> bool:
        return True

    def accept(
        self, settings: Settings, state: TreeState, submission: Submission, own: Sequence[Post]
    ) -> Mapping[str, Payload] | Rejected:
        if state.closed:
            return Rejected("closed", "Het insturen is gesloten.")
        if len(own) >= settings.most:
            return Rejected("full", f"Je stuurde er al {len(own)} in. Haal er eerst een weg.")
        sort = BY_NAME.get(submission.one("sort"))
        if sort is None:
            return Rejected("empty", "Kies eerst wat voor blad het is.")
        text = read_text(submission.one("text"), settings.length)
        return text if isinstance(text, Rejected) else {sort.name: {"sort": sort.name, "text": text}}

    def largest(self, settings: Settings, fill: Callable[[int], str]) -> Sequence[Submission]:
        longest = max(BY_NAME, key=len)
        form = {"sort": (longest,), "text": (fill(settings.length),), "alone": ("ja",)}
        return (Submission("", form),) * settings.most

    def example(self, settings: Settings, seed: int) -> Submission:
        sort = pick(SORTS, seed)
        return Submission("", {"sort": (sort.name,), "text": (phrase(seed, settings.length),)})

    def controls(self, settings: Settings, state: TreeState, seen: Seen) -> tuple[Control, ...]:
        crown = _crown(settings, state, seen)
        turning = (
            ("Vorige bladeren", crown.number - 1, crown.number > 0),
            ("Volgende bladeren", crown.number + 1, crown.number + 1 < crown.total),
        )
        return (
            *flow.controls(state.batches, seen, state.closed),
            *(
                Control("page", label, args={"number": str(to)}, enabled=there, group=WALL)
                for label, to, there in turning
                if crown.total > 1
            ),
        )

    def apply(
        self, settings: Settings, state: TreeState, command: Command, seen: Seen
    ) -> TreeState | Ask | Rejected:
        match command.name:
            case "draw":
                return Ask(state, draw=ITEMS)
            case "close" | "open":
                return replace(state, closed=command.name == "close")
            case "page":
                return replace(state, page=command.number("number"))
            case "move":
                return _moved(settings, state, command, seen)
        result = flow.apply(state.batches, seen, command)
        if isinstance(result, Batches):
            return replace(state, batches=result)
        return result or Rejected("unknown", "Deze knop bestaat hier niet.")

    def phone(self, settings: Settings, state: TreeState, seen: Seen) -> View:
        return {
            "question": settings.question,
            "closed": state.closed,
            "branches": [branch for branch in _shown(settings, state, seen) if branch.leaves],
        }

    def own(self, settings: Settings, state: TreeState, own: Sequence[Post], seen: Seen) -> View:
        where = flow.where(own, seen)
        mine = [{"leaf": leaves.leaf(post), "id": post.id, **where[post.id]} for post in own]
        return {
            "leaves": sorted(mine, key=lambda each: each["id"]),
            "left": max(0, settings.most - len(own)),
            "closed": state.closed,
        }

    def control(self, settings: Settings, state: TreeState, seen: Seen) -> View:
        bare = leaves.branches(settings.themes)
        hung = leaves.hung(bare, state.placed, flow.drawn(state.batches, seen))
        return {
            **flow.summary(state.batches, seen),
            "closed": state.closed,
            "branches": hung,
            "status": {card.id: flow.status(state.batches, card.id) for card in seen.cards},
            "posters": [_drawn(crown) for crown in _crowns(settings, state, seen)],
        }

    def screen(self, settings: Settings, state: TreeState, seen: Seen) -> View:
        return {
            "question": settings.question,
            "tree": _drawn(_crown(settings, state, seen)),
            "closed": state.closed,
        }

    def on_screen(self, settings: Settings, state: TreeState, seen: Seen) -> Collection[str]:
        return _crown(settings, state, seen).ids

    def report(self, settings: Settings, state: TreeState) -> Report:
        """The leaves that the trainers left in the tree, a row for each sort: some saw who chose it."""
        question = settings.question.plain or "Wat hangt er in de boom?"
        return tuple(
            Texts(
                f"bladeren-{sort.key}",
                f"{question} ({sort.many.lower()})",
                state.batches.shown,
                item=sort.name,
            )
            for sort in SORTS
        )

    def copies(self, settings: Settings, people: int) -> int:
        """One print has the leaves of all."""
        return 1


def _moved(settings: Settings, state: TreeState, command: Command, seen: Seen) -> TreeState | Rejected:
    chosen, branch = flow.existing(command, seen), command.one("branch")
    if not chosen:
        return flow.gone()
    if branch not in {found.id for found in leaves.branches(settings.themes)}:
        return Rejected("gone", "Deze tak is er niet.")
    return replace(state, placed={**state.placed, **dict.fromkeys(chosen, branch)})


def _shown(settings: Settings, state: TreeState, seen: Seen) -> tuple[Branch, ...]:
    bare = leaves.branches(settings.themes)
    return leaves.hung(bare, state.placed, flow.shown(state.batches, seen))


def _crowns(settings: Settings, state: TreeState, seen: Seen) -> tuple[Crown, ...]:
    return crowns(_shown(settings, state, seen), taken=prose_height(settings.question.plain, 2.0))


def _crown(settings: Settings, state: TreeState, seen: Seen) -> Crown:
    """The page that is on the screen, or the last one when there are fewer now."""
    pages = _crowns(settings, state, seen)
    return pages[min(state.page, len(pages) - 1)]


def _drawn(crown: Crown) -> Mapping[str, Any]:
    """A page of the tree with its wood, for `tree.html`."""
    return {"crown": crown, "boughs": boughs(crown.boughs)}


KIND = Ideeenboom()
