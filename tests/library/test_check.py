"""`python -m trainer check` also looks at the texts that courses have of their own."""

import sqlite3
from contextlib import closing

import pytest

from tests.library.desk import FAULTY, NATIONAL, Desk, greeting
from trainer.cli import main


@pytest.fixture(autouse=True)
def _installed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = desk.site.host.settings.data_dir.parent
    for name in ("data", "keys", "content"):
        monkeypatch.setenv(f"{name.removesuffix('s').upper()}_DIR", str(folder / name))


def checked(capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(["check"])
    return status, *capsys.readouterr()


def test_sound_local_texts_are_no_problem(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.save(greeting("Hallo."), 0)

    assert checked(capsys) == (0, "1 programma, 2 delen, geen problemen\n", "")


def test_a_local_text_that_is_not_given_is_a_problem(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.save(greeting("Hallo."), 0)
    with closing(sqlite3.connect(desk.site.host.settings.data_dir / "kwartier.db")) as database:
        database.execute("UPDATE variant SET source = ?", [FAULTY])
        database.commit()

    line = (
        "traject-1/dagdeel-1.md:13: onbekende werkvorm 'evaluati'; bedoel je 'evaluatie'? [step.unknown-kind]"
    )
    assert checked(capsys) == (1, f"{line}\n", "1 probleem\n")


def test_what_is_to_be_looked_at_is_told_and_no_problem(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.save(greeting("Hallo."), 0)
    desk.save(greeting("Dag."), 0)
    desk.publish(NATIONAL.replace("Het tempo was", "Het tempo bleef"))

    assert checked(capsys) == (
        0,
        "traject-1/dagdeel-1.md: er is een nieuwe landelijke tekst\n"
        "traject-1/dagdeel-1.md: versie 2 is nog niet samengevoegd\n"
        "1 programma, 2 delen, geen problemen\n",
        "",
    )


def test_a_database_of_an_older_version_is_left_alone(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(desk.site.host.settings.data_dir / "kwartier.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0009'")
        database.commit()

    status, said, warned = checked(capsys)

    assert (status, said) == (0, "1 programma, 2 delen, geen problemen\n")
    assert warned.startswith("kwartier: local texts are not checked: ")
