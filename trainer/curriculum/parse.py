"""Reading the curriculum, from files or from the text stored with a meeting."""

from trainer.curriculum.part import DEFAULT_KIND, LONGEST, Interpret, read_part
from trainer.curriculum.programme import INDEX, base_of, drawing_of, images_of, read_library, read_programme

__all__ = [
    "DEFAULT_KIND",
    "INDEX",
    "LONGEST",
    "Interpret",
    "base_of",
    "drawing_of",
    "images_of",
    "read_library",
    "read_part",
    "read_programme",
]
