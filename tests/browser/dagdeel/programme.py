"""The programme of the training, as its files have it."""

from tests.support.server import ROOT
from trainer.curriculum.model import Part
from trainer.curriculum.parse import read_programme
from trainer.kinds import interpret


def part_of(name: str) -> Part:
    """A part of the training."""
    programme, problems = read_programme(ROOT / "content" / "training", interpret)
    assert programme is not None, problems
    return next(part for part in programme.parts if part.id == name)
