"""Pictures that come in are decoded and made anew: only their pixels are kept, and none is too large."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from trainer.library.pictures import LONGEST_SIDE, MOST_BYTES, MOST_KEPT, BadPicture, fresh_name, tidied

SECRET = b"Markt 1, Gouda"


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: object) -> bytes:
    kept = BytesIO()
    Image.new(mode, size, 90).save(kept, kind, **more)  # type: ignore[arg-type]
    return kept.getvalue()


def noise(size: tuple[int, int]) -> bytes:
    kept = BytesIO()
    Image.effect_noise(size, 200).convert("RGB").save(kept, "PNG")
    return kept.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has this many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_of_each_sort_is_made_anew(kind: str) -> None:
    made = tidied(photo(kind, mode="P" if kind == "GIF" else "RGB"))
    assert (made.ending, made.width, made.height, opened(made.data).format) == ("jpg", 40, 30, "JPEG")


def test_where_and_with_what_it_was_made_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()  # the maker of the camera
    exif.get_ifd(0x8825)[29] = "2026:03:02"  # GPS
    data = photo(exif=exif, comment=SECRET)
    assert SECRET in data

    made = tidied(data)

    assert SECRET not in made.data
    assert (dict(opened(made.data).getexif()), opened(made.data).info.get("comment")) == ({}, None)


def test_what_is_behind_the_image_is_gone() -> None:
    assert SECRET not in tidied(photo() + SECRET).data


def test_a_photo_that_was_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = tidied(photo(exif=exif))
    assert (made.width, made.height) == (30, 40)


def test_transparency_stays() -> None:
    made = tidied(photo("PNG", mode="RGBA"))
    assert (made.ending, opened(made.data).mode) == ("png", "RGBA")


def test_a_large_photo_is_made_smaller() -> None:
    made = tidied(photo(size=(4000, 3000)))
    assert (made.width, made.height) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)


def test_whatever_is_in_it_a_phone_can_fetch_it() -> None:
    assert len(tidied(noise((1500, 1500))).data) <= MOST_KEPT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "geen foto"),
        (b"hallo", "geen foto"),
        (b"%PDF-1.4", "geen foto"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"  \n<?xml version='1.0'?><svg/>", "SVG"),
        (b"<html>", "SVG"),
        (photo()[:300], "beschadigd"),
        (photo("PNG")[:60], "beschadigd"),
        (bomb(20_000, 20_000), "beeldpunten"),
        (bomb(9_000, 9_000), "beeldpunten"),
        (bomb(2**31 - 1, 2**31 - 1), "beeldpunten"),
        (bomb(0, 10), "foto"),
        (photo("BMP"), "geen foto"),
        (photo("TIFF"), "geen foto"),
        (b"x" * (MOST_BYTES + 1), "te groot"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(BadPicture, match=said):
        tidied(data)


def test_no_two_pictures_share_a_name() -> None:
    names = {fresh_name("Kring stoelen.JPG", "jpg") for _ in range(50)}
    assert len(names) == 50
    assert all(name.startswith("kring-stoelen-") and name.endswith(".jpg") for name in names)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "C:\\foto\\é.png", "💥.png", "x" * 500, ".png"])
def test_any_name_of_a_file_gives_one_that_a_text_can_show(name: str) -> None:
    from trainer.curriculum.files import image_type

    made = fresh_name(name, "png")
    assert (image_type(made), len(made) <= 80) == ("image/png", True)
