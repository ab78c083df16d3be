"""The forms of organisers and trainers; every message says what to do."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
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
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, NumberRange, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from trainer.kinds.text import clean
from trainer.live.bounds import RETENTION_DAYS, USUAL_START, days_to_plan, may_be_planned
from trainer.names import NameRefused
from trainer.names import read as read_name
from trainer.web.accounts import MINIMUM_PASSWORD, today
from trainer.web.courses import day_in_words

# Without ASCII the sign for kelvin is a `k` here, and a dotless `ı` an `i`.
LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,79}", re.IGNORECASE | re.ASCII)
LONGEST_PASSWORD = 200
LONGEST_TYPED = 1000


def typed(name: str) -> str:
    """What somebody typed in a field of a page that has no `Form`."""
    return _clean(request.form.get(name, ""))


def _clean(raw: str) -> str:
    # What is longer is refused anyway, and must not cost time first.
    return clean(raw[:LONGEST_TYPED])


class Form(FlaskForm):
    """Whatever is typed in a form is one line of text that can be seen; a password alone stays as it is."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            sent = super().wrap_formdata(form, formdata)
            if not sent:
                return sent
            as_it_is = PasswordField, SelectMultipleField
            names = [field.name for field in form if not isinstance(field, as_it_is) and field.name in sent]
            read = MultiDict(sent)
            for name in names:
                read[name] = _clean(sent[name])
            return read


def required(message: str) -> DataRequired:
    return DataRequired(message)


def planned(form: Any, field: DateField) -> None:
    """A meeting is planned for a day that it can be given on: far ahead is a slip, and so is long ago."""
    if not may_be_planned(field.data, today()):
        first, last = (day_in_words(day) for day in days_to_plan(today()))
        raise StopValidation(f"Kies een datum van {first} tot en met {last}.")


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
        return self.data.strftime("%H:%M") if self.data else USUAL_START


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


class LoginForm(Form):
    login = StringField(
        "Inlognaam", default="", validators=[required("Vul je inlognaam in."), Length(max=80)]
    )
    password = PasswordField(
        "Wachtwoord", validators=[required("Vul je wachtwoord in."), Length(max=LONGEST_PASSWORD)]
    )
    code = StringField(
        "Code",
        description="Log in op een telefoon of laptop waar je dat eerder deed. Kies daar Account.",
        default="",
        validators=[Length(max=20, message="Een code heeft zes tekens.")],
    )
    next = HiddenField()


def new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
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


def password_again(label: str) -> PasswordField:
    """For what was typed in the field `password`."""
    return PasswordField(
        label,
        validators=[
            required("Vul je wachtwoord nog een keer in."),
            EqualTo("password", "De twee wachtwoorden zijn niet gelijk. Vul ze opnieuw in."),
        ],
    )


class PasswordForm(Form):
    current = PasswordField(
        "Wachtwoord van nu",
        validators=[required("Vul het wachtwoord in dat je nu hebt."), Length(max=LONGEST_PASSWORD)],
    )
    password = new_password("Nieuw wachtwoord")
    again = password_again("Nieuw wachtwoord, nog een keer")

    def validate_password(self, field: PasswordField) -> None:
        if field.data == self.current.data:
            raise ValidationError("Dit is je wachtwoord van nu. Kies een ander.")


class WelcomeForm(Form):
    name = StringField(
        "Je naam",
        description="Zo zien andere trainers je.",
        default="",
        validators=[
            required("Vul je naam in."),
        ],
    )
    login = StringField(
        "Inlognaam",
        description="Hiermee log je straks in. Bijvoorbeeld je e-mailadres.",
        default="",
        validators=[required("Kies een inlognaam.")],
    )
    password = new_password("Wachtwoord")
    again = password_again("Wachtwoord, nog een keer")

    def validate_name(self, field: StringField) -> None:
        try:
            field.data = read_name(field.data or "")
        except NameRefused as error:
            raise ValidationError(str(error)) from error

    def validate_login(self, field: StringField) -> None:
        if not LOGIN.fullmatch(field.data or ""):
            raise ValidationError("Gebruik 2 tot 80 tekens: letters, cijfers, en . _ @ + of -")


class CourseForm(Form):
    """What can be changed of a course afterwards."""

    title = StringField(
        "Naam van het traject",
        description="Bijvoorbeeld: Wijkteam Oost, voorjaar.",
        default="",
        validators=[required("Geef het traject een naam."), Length(max=120, message="Maak de naam korter.")],
    )
    place = StringField(
        "Plaats",
        description="Waar komen jullie bij elkaar?",
        default="",
        validators=[Length(max=120, message="Maak de plaats korter.")],
    )
    responsible = StringField(
        "Wie is verantwoordelijk?",
        description="De organisatie die de training geeft. Deelnemers lezen dit voordat ze meedoen.",
        default="",
        validators=[Length(max=120, message="Maak de naam korter dan 120 tekens.")],
    )
    contact = StringField(
        "Hoe bereiken mensen die organisatie?",
        description="Een e-mailadres of telefoonnummer.",
        default="",
        validators=[Length(max=120, message="Maak dit korter dan 120 tekens.")],
    )


class CourseSettingsForm(CourseForm):
    retention_days = NumberField(
        "Teksten bewaren (dagen)",
        description="Daarna wissen we wat deelnemers schreven. De totalen blijven."
        " Is er een bijeenkomst geopend? Dan kan dit alleen nog korter.",
        validators=[
            required("Vul een aantal dagen in."),
            NumberRange(
                RETENTION_DAYS[0],
                RETENTION_DAYS[-1],
                message=f"Kies een getal van {RETENTION_DAYS[0]} tot en met {RETENTION_DAYS[-1]}.",
            ),
        ],
    )

    def refuse_longer(self, days: int) -> None:
        """Says that people could read already that texts are kept for so many days."""
        self.retention_days.errors = [
            f"Er is al een bijeenkomst geopend. Langer bewaren kan niet meer. Kies hoogstens {days}."
        ]


class NewCourseForm(CourseForm):
    programme = RadioField(
        "Programma", validators=[InputRequired("Kies een programma.")], validate_choice=False
    )
    first_date = DayField(
        "Eerste datum",
        description="De volgende bijeenkomsten komen steeds een week later. Je kunt dat straks aanpassen.",
        validators=[required("Vul de eerste datum in."), planned],
    )
    start = ClockField("Begintijd", validators=[required("Vul een begintijd in.")])
    trainers = Checkboxes("Trainers")

    # How many weeks after the first the last meeting of each programme comes.
    weeks: Mapping[str, int]

    def validate_first_date(self, field: DayField) -> None:
        more = timedelta(weeks=self.weeks.get(self.programme.data, 0))
        if field.data and not may_be_planned(field.data + more, today()):
            raise ValidationError("Kies een eerdere datum. De laatste bijeenkomst komt nu te ver weg.")

    def validate_programme(self, field: RadioField) -> None:
        if field.data not in {value for value, *_ in field.choices or ()}:
            raise ValidationError("Kies een programma uit de lijst.")


class MeetingForm(Form):
    date = DayField("Datum", validators=[required("Vul een datum in."), planned])
    start = ClockField("Begintijd", validators=[required("Vul een begintijd in.")])


class TrainersForm(Form):
    trainers = Checkboxes("Trainers van deze bijeenkomst")


class ActionForm(Form):
    """A button that changes something: only the token against forged requests."""
