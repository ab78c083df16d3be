"""The forms about locations."""

from wtforms import RadioField, StringField
from wtforms.validators import Length

from trainer.web.fields import listed, required
from trainer.web.forms import Form


class LocationForm(Form):
    """What a location is called."""

    name = StringField(
        "Naam van de locatie",
        description="Bijvoorbeeld een gemeente of een organisatie.",
        default="",
        validators=[
            required("Geef de locatie een naam."),
            Length(max=80, message="Maak de naam korter dan 80 tekens."),
        ],
    )


class ChoiceForm(Form):
    """Which location something or somebody is to be of."""

    location = RadioField(
        "Locatie", validators=[listed("Kies een locatie uit de lijst.")], validate_choice=False
    )
