"""Numbers as authors write them."""

import re

from trainer.curriculum.problems import shortened


def whole(text: str, low: int, high: int) -> int:
    """The whole number in `text`, from `low` to `high` inclusive.

    Only plain digits count: int() would accept '٣', '1_0' and ' 5 ' too. Raises ValueError, with the end of a
    Dutch sentence, when it is not such a number.
    """
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValueError(f"moet een heel getal zijn, niet '{shortened(text)}'")
    number = int(text)
    if not low <= number <= high:
        raise ValueError(f"moet van {low} tot en met {high} zijn, niet {number}")
    return number
