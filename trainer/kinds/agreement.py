"""What an agreement says, in the order in which a QR code has it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One line of an agreement. `most` characters, or a day when `event` says what a calendar calls it."""

    id: str
    label: str
    hint: str = ""
    most: int = 0
    event: str = ""


FIELDS = (
    Field("wat", "Wat spreken we af?", "Iets kleins dat echt gebeurt.", most=140),
    Field("wie", "Wie doet wat?", "De rol is genoeg: teamlid of ervaringsdeskundige.", most=140),
    Field("wanneer", "Wanneer doen we het?", event="Onze afspraak"),
    Field("terug", "Wanneer kijken we terug?", event="Terugkijken op onze afspraak"),
)
HOW = Field("hoe", "Hoe ging het?", "Wat lukte? Wat zou je nu anders afspreken?", most=300)
# Of what is shared at once; a day can not be shared.
LONGEST = 400
