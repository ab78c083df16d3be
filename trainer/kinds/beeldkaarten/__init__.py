"""Beeldkaarten: pictures to choose one from. Who chooses which is stored nowhere; no tap sends anything."""

import re
from dataclasses import dataclass, replace

from trainer.curriculum.files import IMAGE_NAME
from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Kind, Seen, View
from trainer.kinds.material import before_bullets, bullets
from trainer.kinds.settings import read_settings

# With more on the screen, nobody at the back of a room can tell them apart.
MOST_ON_A_PAGE = 18
# How many fit side by side, by the most cards on a page: full rows, where pictures stay as large.
COLUMNS = ((1, 1), (2, 2), (3, 3), (4, 2), (6, 3), (8, 4), (9, 3), (12, 4), (15, 5), (MOST_ON_A_PAGE, 6))
_CARD = re.compile(rf"!\[(?P<alt>[^\]]*)\]\((?P<name>{IMAGE_NAME.pattern})\)\s+(?P<title>\S.*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PictureCard:
    """One card: the address of its picture, what is to be seen on it, and its title."""

    src: str
    alt: str
    title: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The picture cards, and the text above them."""

    intro: Text
    cards: tuple[PictureCard, ...]


@dataclass(frozen=True, slots=True)
class PageState:
    """`page` counts from 0; it turns on the screen alone, because a phone has all cards."""

    page: int = 0


class Beeldkaarten(Kind):
    """Picture cards to talk about; which one somebody chose is neither sent nor stored."""

    name = "beeldkaarten"
    title = "Beeldkaarten"
    bullet_word = "kaart"
    summary = "Iedereen kiest een plaatje om over te vertellen. De keuze staat nergens."
    item_word = "blad"
    stage = "full"
    printed = True
    for_room = True
    State = PageState

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        cards: list[PictureCard] = []
        for line, markdown in bullets(step.body, step.body_line):
            found = _CARD.fullmatch(markdown)
            if found is None:
                message = "een kaart is een afbeelding met een titel: - ![Wat je ziet](brug.svg) Brug"
                problems.add(step.path, line, message, "beeldkaarten.bad-card")
                continue
            card = PictureCard(step.base + found["name"], found["alt"], found["title"])
            if any(card.src == other.src or card.title == other.title for other in cards):
                problems.add(step.path, line, "deze kaart staat er twee keer", "list.double-item")
            cards.append(card)
        if not cards:
            message = "'beeldkaarten' heeft een lijst met kaarten nodig"
            problems.add(step.path, step.line, message, "beeldkaarten.no-cards")
        return read_settings(Settings, step, problems, intro=before_bullets(step), cards=tuple(cards))

    def forward(self, settings: Settings, state: PageState) -> PageState | None:
        return replace(state, page=state.page + 1) if state.page + 1 < len(pages(settings.cards)) else None

    def backward(self, settings: Settings, state: PageState) -> PageState | None:
        return replace(state, page=state.page - 1) if state.page else None

    def screen(self, settings: Settings, state: PageState, seen: Seen) -> View:
        found = pages(settings.cards)
        return {
            "cards": found[state.page],
            "columns": next(columns for most, columns in COLUMNS if len(found[0]) <= most),
            "number": state.page + 1,
            "total": len(found),
        }

    def control(self, settings: Settings, state: PageState, seen: Seen) -> View:
        return self.screen(settings, state, seen)

    def copies(self, settings: Settings, people: int) -> int:
        """There are two cards or more for everybody to choose from."""
        return max(1, -(-2 * people // max(1, len(settings.cards))))


def pages(cards: tuple[PictureCard, ...]) -> tuple[tuple[PictureCard, ...], ...]:
    """The cards by page of the screen: as few pages as possible, and about as many cards on each."""
    number = -(-len(cards) // MOST_ON_A_PAGE)
    size = -(-len(cards) // number)
    return tuple(cards[start : start + size] for start in range(0, len(cards), size))


KIND = Beeldkaarten()
