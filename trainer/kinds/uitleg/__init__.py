"""Uitleg: text for everybody to read. The kind of a step that names none."""

from trainer.kinds.contract import Kind


class Uitleg(Kind):
    """A text on the screen and on the phones."""

    name = "uitleg"
    title = "Uitleg"
    summary = "Een tekst op het scherm en op de telefoons."
    is_exercise = False


KIND = Uitleg()
