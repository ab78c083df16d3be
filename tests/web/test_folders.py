"""Local texts out and in: as a folder, and from one course to another."""

import io
import re
import zipfile

import pytest
from werkzeug.test import TestResponse

from tests.support.courses import make_course
from tests.support.localtexts import HERE, NATIONAL, given, greeting, save
from tests.support.site import PART, PROGRAMME, Site, Visitor
from trainer.library.folders import pack, unpack
from trainer.store.database import transaction
from trainer.store.models import Course, db

NOT_NATIONAL = "hoort niet bij het landelijke programma."


@pytest.fixture
def course(site: Site, organiser: Visitor) -> None:
    """Course 1; another in the same place, one elsewhere, and one in the archive."""
    places = ("Oost", "Gouda"), ("West", "gouda "), ("Noord", "Delft"), ("Weg", "Gouda")
    rows = [
        Course(title=title, place=place, programme="klein", archived=title == "Weg")
        for title, place in places
    ]
    with site.app.app_context():
        transaction(lambda: db.session.add_all(rows))


def versions(site: Site, course_id: int = 1) -> list[tuple[int, str]]:
    with site.app.app_context():
        history = site.host.versions.history(db.session.get_one(Course, course_id), "dagdeel-1")
        return [(one.number, one.note) for one in history]


def send(organiser: Visitor, data: bytes) -> TestResponse:
    return organiser.post(f"{HERE}/inlezen", map=(io.BytesIO(data), "map.zip"))


def said(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'<p class="notice[^>]*>(.*?)</p>', page)]


def downloaded(organiser: Visitor) -> bytes:
    answer = organiser.get(f"{HERE}/map.zip")
    assert answer.headers["Content-Disposition"] == "attachment; filename=teksten-oost.zip"
    return answer.data


def changed(data: bytes, old: str, new: str) -> bytes:
    """The same folder with another text of the first part; what it was made from stays as it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(packed, "w") as written:
        for name in read.namelist():
            text = read.read(name)
            written.writestr(name, text.replace(old.encode(), new.encode()) if "dagdeel-1" in name else text)
    return packed.getvalue()


@pytest.mark.usefixtures("course")
def test_a_folder_holds_what_the_course_gives(site: Site, organiser: Visitor) -> None:
    save(site, greeting("Hallo."), 0)

    found = unpack(downloaded(organiser))

    assert dict(found.parts) == {
        "dagdeel-1": greeting("Hallo.").encode(),
        "dagdeel-2": PART.format(number=2).encode(),
    }
    assert dict(found.others) == {"programma.md": PROGRAMME.encode()}


@pytest.mark.usefixtures("course")
def test_a_folder_that_comes_back_as_it_went_changes_nothing(site: Site, organiser: Visitor) -> None:
    save(site, greeting("Hallo."), 0)

    answer = send(organiser, downloaded(organiser))

    assert said(organiser.get(answer.location).text) == [
        "Er is niets nieuws ingelezen. De teksten waren al gelijk."
    ]
    assert [number for number, _ in versions(site)] == [1]


@pytest.mark.usefixtures("course")
def test_a_changed_text_in_a_folder_becomes_a_version(site: Site, organiser: Visitor) -> None:
    answer = send(organiser, changed(downloaded(organiser), "Fijn dat", "Goed dat"))

    assert said(organiser.get(answer.location).text) == ["Dagdeel 1: ingelezen als versie 1."]
    assert given(site) == greeting("Goed dat je er bent.")
    assert versions(site) == [(1, "Ingelezen uit een map")]


@pytest.mark.usefixtures("course")
def test_what_others_changed_while_a_folder_was_out_is_kept(site: Site, organiser: Visitor) -> None:
    folder = downloaded(organiser)
    save(site, NATIONAL.replace("Het tempo was", "Het tempo bleef"), 0)

    send(organiser, changed(folder, "Fijn dat", "Goed dat"))

    assert given(site) == greeting("Goed dat je er bent.").replace("Het tempo was", "Het tempo bleef")


@pytest.mark.usefixtures("course")
def test_a_folder_in_which_the_same_was_changed_waits_for_a_choice(site: Site, organiser: Visitor) -> None:
    folder = downloaded(organiser)
    save(site, greeting("Hallo."), 0)

    answer = send(organiser, changed(folder, "Fijn dat", "Goed dat"))

    page = organiser.get(answer.location).text
    assert said(page) == ["Dagdeel 1: iemand anders veranderde hetzelfde. Kies nog wat het wordt."]
    assert "Versie 2 is nog niet samengevoegd" in page
    assert given(site) == greeting("Hallo.")


FAULTY = NATIONAL.replace("werkvorm=evaluatie", "werkvorm=evaluati")
TEN_THOUSAND = NATIONAL + "".join(f"## a {{#a{at}}}\n" for at in range(10_000))
REFUSED = {
    "a fault in one of two": (
        {"dagdeel-1": greeting("Hallo."), "dagdeel-2": FAULTY},
        {},
        "onbekende werkvorm &#39;evaluati&#39;; bedoel je &#39;evaluatie&#39;?",
    ),
    "ten thousand headings": (
        {"dagdeel-1": TEN_THOUSAND},
        {},
        "het bestand is te lang: meer dan 3000 regels; splits het",
    ),
    "another part": (
        {"dagdeel-7": NATIONAL},
        {},
        "&#39;dagdeel-7.md&#39; is geen deel van dit programma.",
    ),
    "a drawing that does something": (
        {"dagdeel-1": greeting("Hallo.")},
        {"platen/boom.svg": b"<svg onload='alert(1)'/>"},
        f"&#39;platen/boom.svg&#39; {NOT_NATIONAL}",
    ),
}  # fmt: skip


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("name", REFUSED)
def test_of_a_folder_with_something_wrong_nothing_is_stored(
    site: Site, organiser: Visitor, name: str
) -> None:
    texts, files, sentence = REFUSED[name]

    answer = send(organiser, pack("klein", files, texts))

    assert (answer.status_code, sentence in answer.text, "niets ingelezen" in answer.text) == (
        400,
        True,
        True,
    )
    assert (versions(site), given(site)) == ([], NATIONAL)


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("Café".encode("latin-1"), "dit is geen UTF-8; bewaar het bestand als UTF-8"),
        ("# Hallo".encode("utf-16"), "dit is geen UTF-8; bewaar het bestand als UTF-8"),
        (b"x\n" * 4_000, "het bestand is te lang: meer dan 3000 regels; splits het"),
        (NATIONAL.encode() + b"\x00", "onzichtbaar teken U+0000; haal het weg"),
    ],
)
def test_a_text_in_an_odd_encoding_or_shape_is_named(
    site: Site, organiser: Visitor, data: bytes, line: str
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("dagdeel-1.md", data)

    answer = send(organiser, packed.getvalue())

    assert (answer.status_code, line in answer.text) == (400, True)
    assert versions(site) == []


@pytest.mark.usefixtures("course")
def test_a_text_with_another_mark_for_its_order_of_bytes_or_lines_is_read(
    site: Site, organiser: Visitor
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("dagdeel-1.md", greeting("Hallo.").replace("\n", "\r\n").encode("utf-8-sig"))

    send(organiser, packed.getvalue())

    assert given(site) == greeting("Hallo.")


@pytest.mark.usefixtures("course")
def test_without_a_file_the_form_says_so(organiser: Visitor) -> None:
    answer = organiser.post(f"{HERE}/inlezen")

    assert (answer.status_code, "Kies eerst een zip-bestand." in answer.text) == (400, True)


@pytest.mark.usefixtures("course")
def test_a_hand_out_of_ones_own_is_left_out_and_that_is_told(site: Site, organiser: Visitor) -> None:
    files = {"programma.md": b"---\ntitel: Anders\n---\n"}

    answer = send(organiser, pack("klein", files, {"dagdeel-1": greeting("Hallo.")}))

    assert said(organiser.get(answer.location).text)[1] == (
        "De inleiding en de bijlagen zijn niet ingelezen. Die zijn voor alle trajecten gelijk."
    )


@pytest.mark.usefixtures("course")
def test_a_text_is_given_to_the_courses_that_were_chosen(site: Site, organiser: Visitor) -> None:
    save(site, greeting("Hallo."), 0)
    save(site, greeting("Eigen woorden."), 0, course_id=3)

    organiser.post(f"{HERE}/dagdeel-1/delen", traject=["3", "4", "99"])

    assert [given(site, course) for course in (2, 3, 4)] == [NATIONAL, greeting("Hallo."), NATIONAL]
    assert versions(site, 3) == [(2, "Overgenomen van 'Oost', versie 1"), (1, "")]


@pytest.mark.usefixtures("course")
def test_a_text_is_given_to_all_courses_of_the_place(site: Site, organiser: Visitor) -> None:
    save(site, greeting("Hallo."), 0)
    make_course(organiser, title="Zuid", place="Gouda")

    page = organiser.get(f"{HERE}/dagdeel-1/delen").text
    organiser.post(f"{HERE}/dagdeel-1/delen", allemaal="ja")

    assert re.findall(r"<span>(\w+) <span", page) == ["West", "Zuid", "Noord"]
    assert [given(site, course) for course in (2, 3, 4, 5)] == [
        greeting("Hallo."), NATIONAL, NATIONAL, greeting("Hallo."),
    ]  # fmt: skip


@pytest.mark.usefixtures("course")
def test_sharing_with_nobody_is_told(site: Site, organiser: Visitor) -> None:
    save(site, greeting("Hallo."), 0)

    answer = organiser.post(f"{HERE}/dagdeel-1/delen")

    assert (answer.status_code, "Kies minstens één traject." in answer.text) == (400, True)


@pytest.mark.usefixtures("course")
def test_a_trainer_shares_with_no_course_of_others(site: Site, organiser: Visitor) -> None:
    trainer = site.logged_in("tara")
    organiser.post("/beheer/trajecten/1/bijeenkomst", part="dagdeel-1", date=site.today, start="09:30")
    [meeting] = site.meetings()
    organiser.post(f"/beheer/bijeenkomsten/{meeting.id}/trainers", "/beheer", trainers="2")
    save(site, greeting("Hallo."), 0)

    page = trainer.get(f"{HERE}/dagdeel-1/delen").text
    trainer.post(f"{HERE}/dagdeel-1/delen", page=f"{HERE}/dagdeel-1/landelijk", traject="2", allemaal="ja")

    assert "Er is geen ander traject met dit programma." in page
    assert given(site, 2) == NATIONAL


@pytest.mark.usefixtures("course")
def test_a_text_of_another_course_in_the_place_can_be_taken_over(site: Site, organiser: Visitor) -> None:
    save(site, greeting("Hallo uit West."), 0, course_id=2)
    save(site, greeting("Hallo uit Noord."), 0, course_id=3)

    listed = organiser.get(f"{HERE}/dagdeel-1").text
    asked = organiser.get(f"{HERE}/dagdeel-1/overnemen/2").text
    before = given(site)
    organiser.post(f"{HERE}/dagdeel-1/overnemen/2")

    assert re.findall(r"de tekst van (\w+)</span>", listed) == ["West"]
    assert "<ins>Hallo uit West.</ins>" in asked
    assert (before, given(site)) == (NATIONAL, greeting("Hallo uit West."))
    assert "de tekst van West" not in organiser.get(f"{HERE}/dagdeel-1").text


@pytest.mark.usefixtures("course")
def test_a_text_that_is_not_there_cannot_be_taken_over(organiser: Visitor) -> None:
    assert [organiser.get(f"{HERE}/dagdeel-1/overnemen/{number}").status_code for number in (1, 2, 9)] == [
        404
    ] * 3
