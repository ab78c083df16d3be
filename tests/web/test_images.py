"""Pictures of a programme: those that lie in its folder, and nothing else, whoever made the folder."""

import os
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.support.site import Site
from trainer.curriculum.files import IMAGE_TYPES, MOST_IMAGE_BYTES
from trainer.store.models import Course, Meeting, db

SECRET = b"SQLite format 3"


def programme(site: Site) -> Path:
    return site.host.settings.content_dir / "klein"


def ask(site: Site, path: str, **headers: str) -> TestResponse:
    return site.app.test_client().get(f"/programma/{path}", headers=headers)


@pytest.mark.parametrize("ending", IMAGE_TYPES)
def test_a_picture_beside_the_parts_is_shown_as_what_it_is(site: Site, ending: str) -> None:
    (programme(site) / f"Kring_1-b.{ending}").write_bytes(b"beeld")

    answer = ask(site, f"klein/Kring_1-b.{ending}")

    assert (answer.status_code, answer.data) == (200, b"beeld")
    assert answer.headers["Content-Type"].partition(";")[0] == IMAGE_TYPES[ending]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_picture_that_the_browser_has_is_not_sent_again(site: Site) -> None:
    (programme(site) / "kring.png").write_bytes(b"beeld")
    tag = ask(site, "klein/kring.png").headers["ETag"]

    again = ask(site, "klein/kring.png", **{"If-None-Match": tag})
    (programme(site) / "kring.png").write_bytes(b"ander beeld")
    changed = ask(site, "klein/kring.png", **{"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
    assert (changed.status_code, changed.data) == (200, b"ander beeld")


PLACES = ("data/kwartier.db", "data/kwartier.db-wal", "keys/secret-key", "data", ".")


@pytest.mark.parametrize("place", PLACES)
def test_a_link_that_is_made_after_reading_gives_nothing(site: Site, place: str) -> None:
    (programme(site) / "kring.png").symlink_to(f"../../{place}")
    (programme(site) / "rond.png").symlink_to(site.host.settings.data_dir.parent / place)

    for name in ("kring.png", "rond.png"):
        assert ask(site, f"klein/{name}").status_code == 404


def test_a_link_to_a_picture_of_its_own_gives_nothing_either(site: Site) -> None:
    (programme(site) / "beeld.png").write_bytes(b"beeld")
    (programme(site) / "kring.png").symlink_to("beeld.png")

    assert ask(site, "klein/kring.png").status_code == 404


def test_a_programme_that_becomes_a_link_gives_nothing(site: Site) -> None:
    aside = site.host.settings.content_dir.parent / "elders"
    programme(site).rename(aside)
    (aside / "kring.png").write_bytes(SECRET)
    programme(site).symlink_to(aside)

    assert ask(site, "klein/kring.png").status_code == 404
    assert ask(site, "elders/kring.png").status_code == 404


def test_nothing_is_shown_from_a_folder_in_the_programme(site: Site) -> None:
    (programme(site) / "bijlagen").mkdir()
    (programme(site) / "bijlagen" / "kring.png").write_bytes(SECRET)
    (programme(site) / "op").symlink_to("../../data")

    for path in ("bijlagen/kring.png", "op/kwartier.db", "op/kring.png", "bijlagen/../kring.png"):
        assert ask(site, f"klein/{path}").status_code == 404


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MOST_IMAGE_BYTES + 1)


@pytest.mark.parametrize("make", [os.mkfifo, make_socket, Path.mkdir, make_huge])
def test_what_is_no_picture_is_not_waited_for_and_not_shown(
    site: Site, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The name of a socket may not be long.
    monkeypatch.chdir(programme(site))
    make(Path("kring.png"))

    assert ask(site, "klein/kring.png").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        ".kring.png",
        "kring.PNG",
        "kring.html",
        "kring.js",
        "kring.png.html",
        "kring.db",
        "programma.md",
        "dagdeel-1.md",
        "kring.png%00.md",
        "kring.png/",
        "%2e%2e%2fkring.png",
        "..%5ckring.png",
        "/kring.png",
    ],
)
def test_only_what_a_programme_may_have_is_shown(site: Site, name: str) -> None:
    for made in (".kring.png", "kring.PNG", "kring.html", "kring.js", "kring.png.html", "kring.db"):
        (programme(site) / made).write_bytes(SECRET)

    answer = ask(site, f"klein/{name}")

    assert answer.status_code in (308, 404)
    assert SECRET not in answer.data


def test_a_programme_that_is_not_offered_shows_nothing(site: Site) -> None:
    other = site.host.settings.content_dir / "kapot"
    other.mkdir()
    (other / "kring.png").write_bytes(b"beeld")
    site.host.read_curriculum()

    assert ask(site, "kapot/kring.png").status_code == 404


@pytest.mark.parametrize("name", ["kring.png", "programma.md", "dagdeel-1.md", "bijlagen"])
def test_a_programme_with_a_link_is_not_offered(site: Site, name: str) -> None:
    (programme(site) / name).unlink(missing_ok=True)
    (programme(site) / name).symlink_to("../../keys/secret-key")

    site.host.read_curriculum()

    assert list(site.host.library.programmes) == []
    assert {problem.code for problem in site.host.library.problems} == {"file.link"}


def test_a_meeting_does_not_open_with_a_part_that_became_a_link(site: Site) -> None:
    with site.app.app_context():
        meeting = Meeting(part="dagdeel-1", position=0, date=date(2027, 1, 12), start="09:30")
        db.session.add(Course(title="Groep", programme="klein", place="Wijk", meetings=[meeting]))
        db.session.commit()
        id_ = meeting.id
    part = programme(site) / "dagdeel-1.md"
    aside = site.host.settings.data_dir / "dagdeel-1.md"
    part.rename(aside)
    part.symlink_to(aside)

    with site.app.app_context():
        assert not site.host.open_meeting(id_)
