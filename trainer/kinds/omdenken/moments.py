"""The four moments of a round, each with its rule."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """`rule` is for everybody; `names`: the others look for words now."""

    title: str
    rule: str
    more: str
    names: bool = False


MOMENTS = (
    Moment(
        "Denk",
        "Denk aan een moment waarop je kwetsbaar was.",
        "Iets kleins mag ook. Je schrijft het nergens op.",
    ),
    Moment(
        "Vertel",
        "Eén vertelt. De anderen luisteren.",
        "Vertel alleen wat je kwijt wilt. Passen mag altijd.",
    ),
    Moment(
        "Vraag",
        "Vraag alleen om het te begrijpen.",
        "Geen advies en geen oplossing. Het verhaal bespreek je niet.",
    ),
    Moment(
        "Noem",
        "Noem wat je in de verteller ziet.",
        "Zeg erbij waaraan je het hoorde. De verteller luistert.",
        names=True,
    ),
)
