"""Pauze: shows in large type when the break ends. The clock itself is the timer of the step."""

from trainer.kinds.contract import Kind


class Pauze(Kind):
    """A clock that counts down to the end of a break."""

    name = "pauze"
    title = "Pauze"
    summary = "Een grote klok tot het einde van de pauze, en wat daarna komt."
    stage = "break"


KIND = Pauze()
