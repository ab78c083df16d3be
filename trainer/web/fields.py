"""The fields of forms that read what browsers send in a way of their own, and their validators."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TimeField,
    ValidationError,
)
from wtforms.validators import DataRequired, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from trainer.live.bounds import USUAL_START, days_to_plan, may_be_planned
from trainer.web.accounts import today
from trainer.web.courses import day_in_words


class _Required(DataRequired):
    """A 0 is something: what is wrong with it is told by the validator of the range."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data != 0:
            super().__call__(form, field)


def required(message: str) -> DataRequired:
    """A field that may not stay empty, and what is said when it does."""
    return _Required(message)


def listed(message: str) -> Callable[[Any, RadioField | SelectField], None]:
    """A validator for one of the choices that the page offers, and nothing else."""

    def check(form: Any, field: RadioField | SelectField) -> None:
        if field.data not in {value for value, *_ in field.choices or ()}:
            raise ValidationError(message)

    return check


def planned(form: Any, field: DateField) -> None:
    """Validates the day of a meeting: far ahead or long ago is a slip. Raises StopValidation."""
    if not may_be_planned(field.data, today()):
        first, last = (day_in_words(day) for day in days_to_plan(today()))
        raise StopValidation(f"Kies een datum van {first} tot en met {last}.")


class DayField(DateField):
    """A date in ISO format, as browsers send it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data: date | None = date.fromisoformat(valuelist[0].strip()) if valuelist else None
        except ValueError as error:
            self.data = None
            raise ValueError("Vul een datum in. Bijvoorbeeld 2026-03-02.") from error


class ClockField(TimeField):
    """A time of day; `text` is how it is stored, 'HH:MM'."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Vul een tijd in. Bijvoorbeeld 09:30.") from error

    @property
    def text(self) -> str:
        """The time as the browser's field wants it; the usual start when there is none."""
        return self.data.strftime("%H:%M") if self.data else USUAL_START


class NumberField(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Vul een heel getal in.") from error


class Checkboxes(SelectMultipleField):
    """A multiple choice, shown as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        known = {value for value, *_ in self.iter_choices()}
        if any(value not in known for value in self.data or ()):
            raise ValidationError("Kies alleen uit de lijst.")
