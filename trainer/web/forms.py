"""The forms for organisers and trainers; every error message says what to do."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import EqualTo, Length, NumberRange

from trainer.live.bounds import RETENTION_DAYS, USUAL_WEEKS_APART, WEEKS_APART, may_be_planned
from trainer.names import NameRefused
from trainer.names import read as read_name
from trainer.web.accounts import MINIMUM_PASSWORD, today
from trainer.web.fields import Checkboxes, ClockField, DayField, NumberField, listed, planned, required
from trainer.web.sent import clean_line

# Without re.ASCII, IGNORECASE would let the Kelvin sign match `k`, and a dotless `ı` match `i`.
LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,79}", re.IGNORECASE | re.ASCII)
LONGEST_PASSWORD = 200


class Form(FlaskForm):
    """Cleans every field to one line of visible text, except passwords and multiple choices."""

    class Meta(FlaskForm.Meta):
        """Cleans what is sent before any field reads it."""

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            sent = super().wrap_formdata(form, formdata)
            if not sent:
                return sent
            as_it_is = PasswordField, SelectMultipleField
            names = [field.name for field in form if not isinstance(field, as_it_is) and field.name in sent]
            read = MultiDict(sent)
            for name in names:
                read[name] = clean_line(sent[name])
            return read


class LoginForm(Form):
    """A login name and a password."""

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
    """A field for a password that is long enough."""
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
    """A field that must repeat the field `password`."""
    return PasswordField(
        label,
        validators=[
            required("Vul je wachtwoord nog een keer in."),
            EqualTo("password", "De twee wachtwoorden zijn niet gelijk. Vul ze opnieuw in."),
        ],
    )


class PasswordForm(Form):
    """Changes a password; it asks for the present one."""

    current = PasswordField(
        "Wachtwoord van nu",
        validators=[required("Vul het wachtwoord in dat je nu hebt."), Length(max=LONGEST_PASSWORD)],
    )
    password = new_password("Nieuw wachtwoord")
    again = password_again("Nieuw wachtwoord, nog een keer")

    def validate_password(self, field: PasswordField) -> None:
        """Refuses the password that the account has already."""
        if field.data == self.current.data:
            raise ValidationError("Dit is je wachtwoord van nu. Kies een ander.")


class WelcomeForm(Form):
    """Makes an account by an invitation."""

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
        """Refuses a name that others could not read, or not tell from another."""
        try:
            field.data = read_name(field.data or "")
        except NameRefused as error:
            raise ValidationError(str(error)) from error

    def validate_login(self, field: StringField) -> None:
        """Refuses a login name with other characters than people can type anywhere."""
        if not LOGIN.fullmatch(field.data or ""):
            raise ValidationError("Gebruik 2 tot 80 tekens: letters, cijfers, en . _ @ + of -")


class CourseForm(Form):
    """The fields of a course that can still be changed once it exists."""

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
    """What can be changed of a course."""

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
        """Sets the error for a period longer than the `days` that participants were already told."""
        self.retention_days.errors = [
            f"Er is al een bijeenkomst geopend. Langer bewaren kan niet meer. Kies hoogstens {days}."
        ]


def first_day() -> DayField:
    """A field for the day of the first meeting."""
    return DayField("Eerste datum", validators=[required("Vul de eerste datum in."), planned])


def weeks_apart() -> NumberField:
    """A field for the weeks between two meetings."""
    first, last = WEEKS_APART[0], WEEKS_APART[-1]
    return NumberField(
        "Weken tussen de bijeenkomsten",
        default=USUAL_WEEKS_APART,
        description="Twee of drie weken is goed. Dan is er tijd voor de opdracht."
        " Je kunt de datums straks aanpassen.",
        validators=[
            required("Vul een aantal weken in."),
            NumberRange(first, last, message=f"Kies een getal van {first} tot en met {last}."),
        ],
    )


def refuse_too_far(first: date | None, weeks: int | None, gaps: int) -> None:
    """Raises ValidationError when the last of these meetings would be too far away."""
    if first is None or weeks is None or weeks not in WEEKS_APART:
        return
    if not may_be_planned(first + timedelta(weeks=weeks * gaps), today()):
        raise ValidationError("Kies een eerdere datum. De laatste bijeenkomst komt nu te ver weg.")


class NewCourseForm(CourseForm):
    """Makes a course with all its meetings."""

    programme = RadioField(
        "Programma", validators=[listed("Kies een programma uit de lijst.")], validate_choice=False
    )
    location = SelectField(
        "Locatie",
        description="Kies je een locatie? Dan kiezen de organisatoren daar de trainers.",
        default="",
        validators=[listed("Kies een locatie uit de lijst.")],
        validate_choice=False,
    )
    first_date = first_day()
    weeks = weeks_apart()
    start = ClockField("Begintijd", validators=[required("Vul een begintijd in.")])
    trainers = Checkboxes("Trainers")

    # For each programme id, how often there are weeks between two of its meetings.
    gaps: Mapping[str, int]

    def validate_first_date(self, field: DayField) -> None:
        """Refuses a day from which the last meeting would be too far away."""
        refuse_too_far(field.data, self.weeks.data, self.gaps.get(self.programme.data, 0))


class CopyForm(Form):
    """Makes a course that is planned as another."""

    title = StringField(
        "Naam van het nieuwe traject",
        default="",
        validators=[required("Geef het traject een naam."), Length(max=120, message="Maak de naam korter.")],
    )
    first_date = first_day()
    weeks = weeks_apart()

    # How many meetings the copy gets.
    meetings: int

    def validate_first_date(self, field: DayField) -> None:
        """Refuses a day from which the last meeting would be too far away."""
        refuse_too_far(field.data, self.weeks.data, max(0, self.meetings - 1))


class MeetingForm(Form):
    """When a meeting is."""

    date = DayField("Datum", validators=[required("Vul een datum in."), planned])
    start = ClockField("Begintijd", validators=[required("Vul een begintijd in.")])


class NewMeetingForm(MeetingForm):
    """Adds a meeting to a course."""

    part = RadioField("Deel", validators=[listed("Kies een deel uit de lijst.")], validate_choice=False)


class TrainersForm(Form):
    """Who gives a meeting."""

    trainers = Checkboxes("Trainers van deze bijeenkomst")


class ActionForm(Form):
    """A single button that changes something: holds only the CSRF token."""
