"""For how many people something is, and how many copies of each paper: typed, or said in an address."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from wtforms import HiddenField, SubmitField, ValidationError
from wtforms.validators import NumberRange, Optional

from trainer.exports.papers import MOST_COPIES, MOST_PEOPLE, Paper
from trainer.exports.things import Group
from trainer.web.fields import NumberField
from trainer.web.forms import Form
from trainer.web.sent import all_typed

TOO_MANY = f"Vul een getal in van 0 tot en met {MOST_PEOPLE}. Voor meer mensen maak je kopieën."
WRONG_COPIES = f"Vul een getal in van 0 tot en met {MOST_COPIES}."


class GroupForm(Form):
    """The group that a meeting is prepared for."""

    people = NumberField(
        "Hoeveel mensen verwacht je?",
        description="De trainers tellen hier niet mee.",
        validators=[Optional(), NumberRange(0, MOST_PEOPLE, TOO_MANY)],
    )
    without = NumberField(
        "Hoeveel van hen doen mee op papier?",
        description="Leeg is iedereen. Heeft iedereen een telefoon? Vul 0 in.",
        validators=[Optional(), NumberRange(0, MOST_PEOPLE, TOO_MANY)],
    )
    # The group that the numbers of copies on the page were made for.
    counted_for = HiddenField()
    again = SubmitField("Reken opnieuw")

    def validate_without(self, field: NumberField) -> None:
        """Refuses more people without a phone than there are people."""
        if field.data and field.data > (self.people.data or 0):
            raise ValidationError("Er zijn meer mensen op papier dan mensen.")

    def group(self) -> Group:
        """The group as it was typed, as far as that can be."""
        people = self.people.data or 0
        people = people if 0 <= people <= MOST_PEOPLE else 0
        without = people if self.without.data is None else self.without.data
        return Group(people, min(max(without, 0), people))

    def is_other(self) -> bool:
        """Was another group typed than the numbers on the page are for?"""
        group = self.group()
        return bool(self.counted_for.data != f"{group.people}-{group.without}")

    def asked(self) -> Mapping[str, Any]:
        """The same for an address, which `group_asked` reads."""
        return in_address(self.group())


def in_address(group: Group) -> Mapping[str, Any]:
    """A group as an address says it."""
    return {"mensen": group.people, "papier": group.without}


def group_asked(args: Mapping[str, str], usual: Group) -> Group:
    """The group that an address says; the usual one where it says none that can be."""
    people = _whole(args.get("mensen", ""), MOST_PEOPLE)
    if people is None:
        return Group(min(usual.people, MOST_PEOPLE), min(usual.without, MOST_PEOPLE))
    without = _whole(args.get("papier", ""), MOST_PEOPLE)
    return Group(people, people if without is None else min(without, people))


def copies_asked(found: Sequence[Paper]) -> Mapping[str, int]:
    """The copies that the address says, by the keys of papers."""
    asked = {paper.key: _whole(request.args.get(paper.key, ""), MOST_COPIES) for paper in found}
    return {key: number for key, number in asked.items() if number is not None}


def copies_typed(found: Sequence[Paper]) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """The copies that were typed, and what is wrong with others; both by the keys of papers."""
    typed = {paper.key: all_typed()[paper.key].strip() for paper in found if paper.key in all_typed()}
    read = {key: _whole(text or "0", MOST_COPIES) for key, text in typed.items()}
    wrong = {key: WRONG_COPIES for key, number in read.items() if number is None}
    return {key: number for key, number in read.items() if number is not None}, wrong


def _whole(text: str, most: int) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
    return number if number is not None and number <= most else None
