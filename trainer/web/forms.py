"""The forms of organisers and trainers; every message says what to do."""

import re
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    TimeField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from trainer.web.accounts import MINIMUM_PASSWORD

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,79}", re.IGNORECASE)
LONGEST_PASSWORD = 200


def _stripped(value: str | None) -> str:
    return " ".join((value or "").split())


def required(message: str) -> DataRequired:
    return DataRequired(message)


class DayField(DateField):
    """A day, as browsers send it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data: date | None = date.fromisoformat(valuelist[0].strip()) if valuelist else None
        except ValueError as error:
            self.data = None
            raise ValueError("Vul een datum in. Bijvoorbeeld 2026-03-02.") from error


class ClockField(TimeField):
    """A time of the day; kept as 'HH:MM'."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Vul een tijd in. Bijvoorbeeld 09:30.") from error

    @property
    def text(self) -> str:
        return self.data.strftime("%H:%M") if self.data else "09:30"


class NumberField(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Vul een heel getal in.") from error


class Checkboxes(SelectMultipleField):
    """Several choices, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        known = {value for value, *_ in self.iter_choices()}
        if any(value not in known for value in self.data or ()):
            raise ValidationError("Kies alleen uit de lijst.")


class LoginForm(FlaskForm):
    login = StringField(
        "Inlognaam", filters=[_stripped], validators=[required("Vul je inlognaam in."), Length(max=80)]
    )
    password = PasswordField(
        "Wachtwoord", validators=[required("Vul je wachtwoord in."), Length(max=LONGEST_PASSWORD)]
    )
    next = HiddenField()


class WelcomeForm(FlaskForm):
    name = StringField(
        "Je naam",
        description="Zo zien andere trainers je.",
        filters=[_stripped],
        validators=[
            required("Vul je naam in."),
            Length(max=80, message="Maak je naam korter dan 80 tekens."),
        ],
    )
    login = StringField(
        "Inlognaam",
        description="Hiermee log je straks in. Bijvoorbeeld je e-mailadres.",
        filters=[_stripped],
        validators=[required("Kies een inlognaam.")],
    )
    password = PasswordField(
        "Wachtwoord",
        description=f"Minstens {MINIMUM_PASSWORD} tekens. Een korte zin is sterk en makkelijk te onthouden.",
        validators=[
            required("Kies een wachtwoord."),
            Length(
                min=MINIMUM_PASSWORD,
                message=f"Je wachtwoord is te kort. Neem minstens {MINIMUM_PASSWORD} tekens.",
            ),
            Length(
                max=LONGEST_PASSWORD,
                message=f"Je wachtwoord is te lang. Neem hoogstens {LONGEST_PASSWORD} tekens.",
            ),
        ],
    )
    again = PasswordField(
        "Wachtwoord, nog een keer", validators=[required("Vul je wachtwoord nog een keer in.")]
    )

    def validate_login(self, field: StringField) -> None:
        if not LOGIN.fullmatch(field.data or ""):
            raise ValidationError("Gebruik 2 tot 80 tekens: letters, cijfers, en . _ @ + of -")

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.password.data:
            raise ValidationError("De twee wachtwoorden zijn niet gelijk. Vul ze opnieuw in.")


class CourseForm(FlaskForm):
    """What can be changed of a course afterwards."""

    title = StringField(
        "Naam van het traject",
        description="Bijvoorbeeld: Wijkteam Oost, voorjaar.",
        filters=[_stripped],
        validators=[required("Geef het traject een naam."), Length(max=120, message="Maak de naam korter.")],
    )
    place = StringField(
        "Plaats",
        description="Waar komen jullie bij elkaar?",
        filters=[_stripped],
        validators=[Length(max=120, message="Maak de plaats korter.")],
    )
    responsible = StringField(
        "Wie is verantwoordelijk?",
        description="De organisatie die de training geeft. Deelnemers lezen dit voordat ze meedoen.",
        filters=[_stripped],
        validators=[Length(max=120, message="Maak de naam korter dan 120 tekens.")],
    )
    contact = StringField(
        "Hoe bereiken mensen die organisatie?",
        description="Een e-mailadres of telefoonnummer.",
        filters=[_stripped],
        validators=[Length(max=120, message="Maak dit korter dan 120 tekens.")],
    )


class CourseSettingsForm(CourseForm):
    retention_days = NumberField(
        "Teksten bewaren (dagen)",
        description="Daarna wissen we wat deelnemers schreven. De totalen blijven.",
        validators=[
            required("Vul een aantal dagen in."),
            NumberRange(1, 365, message="Kies een getal van 1 tot en met 365."),
        ],
    )


class NewCourseForm(CourseForm):
    programme = RadioField(
        "Programma", validators=[InputRequired("Kies een programma.")], validate_choice=False
    )
    first_date = DayField(
        "Eerste datum",
        description="De volgende bijeenkomsten komen steeds een week later. Je kunt dat straks aanpassen.",
        validators=[required("Vul de eerste datum in.")],
    )
    start = ClockField("Begintijd", validators=[required("Vul een begintijd in.")])
    trainers = Checkboxes("Trainers")

    def validate_programme(self, field: RadioField) -> None:
        if field.data not in {value for value, *_ in field.choices or ()}:
            raise ValidationError("Kies een programma uit de lijst.")


class MeetingForm(FlaskForm):
    date = DayField("Datum", validators=[required("Vul een datum in.")])
    start = ClockField("Begintijd", validators=[required("Vul een begintijd in.")])


class TrainersForm(FlaskForm):
    trainers = Checkboxes("Trainers van deze bijeenkomst")


class ActionForm(FlaskForm):
    """A button that changes something: only the token against forged requests."""
