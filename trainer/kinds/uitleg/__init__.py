"""Uitleg: text for everybody to read. What a step is when it says nothing else."""

from trainer.kinds.contract import Kind


class Uitleg(Kind):
    name = "uitleg"
    title = "Uitleg"
    summary = "Een tekst op het scherm en op de telefoons."
    is_exercise = False


KIND = Uitleg()
