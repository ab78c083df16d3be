"""Pictures that people add to a course: what comes in is a file of anybody, what is kept we made ourselves.

A picture is decoded and encoded again, so nothing else of the file is left: no place where a photo was taken,
no name of a camera, nothing hidden behind the image. Its pixels are counted before any of them is decoded.
"""

import re
import secrets
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from trainer.curriculum.editing import fresh_id
from trainer.store.models import Course, CoursePicture

# A photo of a phone; larger ones are refused before they are decoded.
MOST_BYTES = 6 * 1024 * 1024
MOST_PIXELS = 30_000_000
LONGEST_SIDE = 1600
# What phones on bad WiFi have to fetch.
MOST_KEPT = 400 * 1024
QUALITIES = (82, 70, 55, 40)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class BadPicture(Exception):
    """No picture that can be shown; `args[0]` is a Dutch message."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """A picture that we encoded: nothing in it but its pixels. `ending` is that of its name."""

    data: bytes
    ending: str
    width: int
    height: int


def tidied(data: bytes) -> Tidied:
    """The picture in a file, of at most LONGEST_SIDE pixels and MOST_KEPT bytes. Raises BadPicture."""
    if len(data) > MOST_BYTES:
        raise BadPicture(f"De foto is te groot. Kies er een van hoogstens {MOST_BYTES // 1024 // 1024} MB.")
    if data[:512].lstrip().startswith(b"<") or b"<svg" in data[:2048].lower():
        raise BadPicture("Een SVG of een webpagina kan hier niet. Bewaar de tekening als PNG of JPG.")
    try:
        with warnings.catch_warnings():
            # Its own limit is higher than ours, which says what is wrong.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _encoded(_decoded(data))
    except (Image.DecompressionBombError, MemoryError) as error:
        raise BadPicture(_too_many()) from error
    except UnidentifiedImageError as error:
        raise BadPicture(
            "Dit is geen foto. Kies een bestand dat eindigt op jpg, png, webp of gif."
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, KeyError) as error:
        raise BadPicture("Deze foto is beschadigd. Open hem en bewaar hem opnieuw.") from error


def fresh_name(file_name: str, ending: str) -> str:
    """A name by which a text can show a picture: like that of the file, and of no other picture anywhere."""
    stem = re.sub(r"\.\w{1,5}\Z", "", file_name.replace("\\", "/").rpartition("/")[2])
    words = fresh_id(stem[:200], ())[:40].strip("-")
    return f"{words if stem.strip() else 'beeld'}-{secrets.token_hex(8)}.{ending}"


def give_pictures(course: Course, target: Course, text: str) -> None:
    """Gives another course the pictures of this one that a text shows; call it inside a transaction."""
    there = {each.name for each in target.pictures}
    for each in course.pictures:
        if each.name in text and each.name not in there:
            columns = ("name", "description", "width", "height", "data")
            target.pictures.append(CoursePicture(**{name: getattr(each, name) for name in columns}))


def _decoded(data: bytes) -> Image.Image:
    """The first image of a file, upright, as colours with or without transparency."""
    found = Image.open(BytesIO(data), formats=FORMATS)
    width, height = found.size
    if width * height > MOST_PIXELS:
        raise BadPicture(_too_many())
    found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    found.load()
    upright = ImageOps.exif_transpose(found)
    see_through = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if see_through else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Only the pixels go along.
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh


def _encoded(picture: Image.Image) -> Tidied:
    if picture.mode == "RGBA":
        data = _saved(picture, "PNG", optimize=True)
        if len(data) <= MOST_KEPT:
            return Tidied(data, "png", *picture.size)
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    while True:
        for quality in QUALITIES:
            data = _saved(picture, "JPEG", quality=quality, progressive=True, optimize=True)
            if len(data) <= MOST_KEPT:
                return Tidied(data, "jpg", *picture.size)
        picture = picture.resize((max(1, picture.width // 2), max(1, picture.height // 2)))


def _saved(picture: Image.Image, name: str, **options: object) -> bytes:
    kept = BytesIO()
    picture.save(kept, name, **options)
    return kept.getvalue()


def _too_many() -> str:
    return (
        f"De foto heeft te veel beeldpunten: meer dan {MOST_PIXELS // 1_000_000} miljoen. Maak hem kleiner."
    )
