"""Pictures of a course: added by who manages it, shown in its texts, and gone with it."""

import sqlite3
from contextlib import closing
from io import BytesIO

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from tests.support.courses import make_course
from tests.support.site import Site, Visitor
from tests.web.editor.writing import NATIONAL, TEXTS, WHOLE, given, notes, press
from trainer import create_app
from trainer.operating.backups import back_up
from trainer.store.database import transaction
from trainer.store.models import Course, CoursePicture, db

PAGE = f"{TEXTS}/foto"


def photo(size: tuple[int, int] = (40, 30)) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, "green").save(kept, "PNG")
    return kept.getvalue()


def add(who: Visitor, data: bytes = b"", name: str = "Kring.png", about: str = "Een kring") -> TestResponse:
    sent = {
        "csrf_token": who.token(PAGE),
        "omschrijving": about,
        "foto": (BytesIO(data or photo()), name),
    }
    return who.client.post(PAGE, data=sent, content_type="multipart/form-data")


def names(site: Site, course_id: int = 1) -> list[str]:
    with site.app.app_context():
        return [picture.name for picture in db.session.get_one(Course, course_id).pictures]


def test_picture_is_added_and_shown_to_everybody_who_knows_its_name(site: Site, organiser: Visitor) -> None:
    assert add(organiser).status_code == 302
    [name] = names(site)

    answer = site.visitor().get(f"/programma/klein/{name}")

    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert f"![Een kring]({name})" in organiser.get(PAGE).text


def test_text_of_the_course_may_show_it_and_that_of_another_may_not(site: Site, organiser: Visitor) -> None:
    add(organiser)
    text = NATIONAL.replace("Fijn dat je er bent.", f"![Een kring]({names(site)[0]})")
    make_course(organiser, title="Wijkteam West")

    press(organiser, WHOLE, "bewaar", tekst=text)
    press(organiser, WHOLE.replace("/1/", "/2/"), "bewaar", tekst=text)

    assert given(site) == text
    assert [state for _, _, state in notes(site)] == ["given", "draft"]


def test_draft_that_waited_for_its_picture_is_sound_once_it_is_there(site: Site, organiser: Visitor) -> None:
    with site.app.app_context():
        course = db.session.get_one(Course, 1)
        text = NATIONAL.replace("Fijn dat je er bent.", "![Een kring](kring-0.jpg)")
        before = site.host.library.check(course, "dagdeel-1", text)
        fields = {"description": "x", "width": 1, "height": 1, "data": b"x"}
        transaction(lambda: db.session.add(CoursePicture(course_id=1, name="kring-0.jpg", **fields)))
        db.session.expire_all()
        after = site.host.library.check(db.session.get_one(Course, 1), "dagdeel-1", text)
    assert ([each.code for each in before], list(after)) == (["text.image-missing"], [])


def test_picture_in_a_text_is_not_taken_away_and_another_is(site: Site, organiser: Visitor) -> None:
    add(organiser)
    add(organiser, name="Weg.png")
    kept, gone = names(site)
    press(organiser, WHOLE, "bewaar", tekst=NATIONAL.replace("Fijn", f"![Kring]({kept})\n\nFijn"))

    for name in (kept, gone):
        organiser.post(f"{PAGE}/{name}/weg", page=PAGE)

    assert names(site) == [kept]
    assert site.visitor().get(f"/programma/klein/{gone}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"about": " "}, "Beschrijf wat er te zien is."),
        ({"about": "x" * 301}, "Maak de beschrijving korter"),
        ({"data": b"<svg/>", "name": "t.svg"}, "Een SVG"),
        ({"data": b"niets"}, "Dit is geen foto."),
        ({"name": ""}, "Kies een foto."),
    ],
)
def test_what_is_no_picture_is_told_and_the_description_is_kept(
    site: Site, organiser: Visitor, sent: dict[str, object], said: str
) -> None:
    answer = add(organiser, **sent)  # type: ignore[arg-type]
    assert (answer.status_code, said in answer.text, names(site)) == (400, True, [])
    assert str(sent.get("about", "Een kring"))[:300].strip() in answer.text


def test_photo_of_six_megabytes_may_be_sent_and_a_larger_one_may_not(organiser: Visitor) -> None:
    assert add(organiser, b"x" * 6_000_000).status_code == 400
    refused = add(organiser, b"x" * 8_000_000)

    assert refused.status_code == 413
    assert "Kies een bestand van hoogstens 6 MB." in refused.text
    assert f'href="{PAGE}"' in refused.text


def test_stranger_may_send_no_large_file(site: Site) -> None:
    sent = {"foto": (BytesIO(b"x" * 2_000_000), "x.png")}
    answer = site.visitor().client.post(PAGE, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_description_cannot_end_its_place_in_a_text(site: Site, organiser: Visitor) -> None:
    add(organiser, about="Een ](x) kring")
    assert "![Een )(x) kring](kring-" in organiser.get(PAGE).text


def test_course_that_takes_over_a_text_gets_its_pictures(site: Site, organiser: Visitor) -> None:
    add(organiser)
    add(organiser, name="Ongebruikt.png")
    shown, _ = names(site)
    text = NATIONAL.replace("Fijn dat je er bent.", f"![Een kring]({shown})")
    press(organiser, WHOLE, "bewaar", tekst=text)
    with site.app.app_context():
        day = site.today.isoformat()

    organiser.post("/beheer/trajecten/1/kopie", title="Kopie", first_date=day, weeks="2")

    assert (names(site, 2), given(site, 2)) == ([shown], text)


def test_backup_holds_the_pictures(site: Site, organiser: Visitor) -> None:
    add(organiser)
    target = site.host.settings.data_dir.parent / "kwartier.backup"

    back_up(site.host.settings, target, create_app)

    with closing(sqlite3.connect(target)) as copy:
        rows = copy.execute("SELECT name, length(data) > 100 FROM course_picture").fetchall()
    assert rows == [(names(site)[0], 1)]


def test_pictures_go_with_their_course(site: Site, organiser: Visitor) -> None:
    add(organiser)
    [name] = names(site)
    organiser.post("/beheer/trajecten/1/verwijderen")
    assert site.visitor().get(f"/programma/klein/{name}").status_code == 404


def test_only_who_manages_the_course_adds_or_takes_away(site: Site, organiser: Visitor) -> None:
    add(organiser)
    stranger = site.logged_in("vreemd")
    token = stranger.token("/account")
    sent = {"csrf_token": token, "omschrijving": "x", "foto": (BytesIO(photo()), "x.png")}
    assert stranger.client.post(PAGE, data=sent, content_type="multipart/form-data").status_code == 404
    gone = stranger.client.post(f"{PAGE}/{names(site)[0]}/weg", data={"csrf_token": token})
    assert (gone.status_code, len(names(site))) == (404, 1)
