"""The pictures of a course go where its texts go: into folders, and out of them."""

import io
import re

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from tests.support.localtexts import HERE, NATIONAL, given, greeting, save
from tests.support.site import Site, Visitor
from trainer.library.folders import pack, unpack
from trainer.library.pictures import tidied
from trainer.store.database import transaction
from trainer.store.models import Course, CoursePicture, db

NAME = "buurthuis-0123456789abcdef.jpg"


def photo(colour: str = "teal", kind: str = "JPEG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(written, kind)
    return written.getvalue()


def showing(name: str) -> str:
    return greeting(f"![Het buurthuis]({name})")


@pytest.fixture
def course(site: Site) -> None:
    """Course 1 with a picture in its text, and course 2 of the same place."""
    made = tidied(photo())
    picture = CoursePicture(name=NAME, description="Het buurthuis", width=60, height=40, data=made.data)
    unused = CoursePicture(name="weg.jpg", description="Iets", width=60, height=40, data=made.data)
    with site.app.app_context():
        rows = [Course(title=title, place="Gouda", programme="klein") for title in ("Oost", "West")]
        rows[0].pictures += [picture, unused]
        transaction(lambda: db.session.add_all(rows))
    save(site, showing(NAME), 0)


def pictures(site: Site, course_id: int = 1) -> list[tuple[str, str]]:
    with site.app.app_context():
        found = db.session.get_one(Course, course_id).pictures
        return [(picture.name, picture.description) for picture in found]


def send(organiser: Visitor, data: bytes, course_id: int = 2) -> TestResponse:
    return organiser.post(f"/beheer/trajecten/{course_id}/teksten/inlezen", map=(io.BytesIO(data), "map.zip"))


@pytest.mark.usefixtures("course")
def test_a_folder_has_the_pictures_that_its_texts_show(organiser: Visitor) -> None:
    found = unpack(organiser.get(f"{HERE}/map.zip").data).others

    assert (set(found), found[NAME]) == ({"programma.md", NAME}, tidied(photo()).data)


@pytest.mark.usefixtures("course")
def test_pictures_of_a_folder_become_the_courses_own_once(site: Site, organiser: Visitor) -> None:
    folder = organiser.get(f"{HERE}/map.zip").data

    send(organiser, folder)
    [(name, description)] = pictures(site, 2)
    send(organiser, folder)

    assert re.fullmatch(r"buurthuis-0123456789abcdef-[0-9a-f]{16}\.jpg", name)
    assert (description, given(site, 2)) == ("Het buurthuis", showing(name))
    assert pictures(site, 2) == [(name, description)]
    assert organiser.get(f"/programma/klein/{name}").status_code == 200


@pytest.mark.usefixtures("course")
def test_a_folder_that_comes_back_brings_no_second_picture(site: Site, organiser: Visitor) -> None:
    send(organiser, organiser.get(f"{HERE}/map.zip").data, 1)

    assert (len(pictures(site)), given(site)) == (2, showing(NAME))


@pytest.mark.usefixtures("course")
def test_a_picture_that_no_text_shows_is_left(site: Site, organiser: Visitor) -> None:
    send(organiser, pack("klein", {"kring.png": photo(kind="PNG")}, {"dagdeel-1": greeting("Hallo.")}))

    assert (pictures(site, 2), given(site, 2)) == ([], greeting("Hallo."))


REFUSED = {
    "no picture": ({"kring.png": b"<svg onload='alert(1)'/>"}, showing("kring.png"), "&#39;kring.png&#39;: "),
    "a drawing": (
        {"platen/boom.svg": b"<svg/>"},
        showing("platen/boom.svg"),
        "&#39;platen/boom.svg&#39; hoort niet bij het landelijke programma.",
    ),
    "a text with a fault": (
        {"kring.png": photo(kind="PNG")},
        showing("kring.png").replace("werkvorm=evaluatie", "werkvorm=evaluati"),
        "onbekende werkvorm",
    ),
    "a picture that is not there": ({}, showing("kring.png"), "kring.png"),
}


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("name", REFUSED)
def test_of_a_folder_with_something_wrong_no_picture_is_stored(
    site: Site, organiser: Visitor, name: str
) -> None:
    files, text, words = REFUSED[name]

    answer = send(organiser, pack("klein", files, {"dagdeel-1": text}))

    assert (answer.status_code, words in answer.text) == (400, True)
    assert (pictures(site, 2), given(site, 2)) == ([], NATIONAL)
