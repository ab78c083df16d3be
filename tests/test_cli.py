"""The command line, as somebody types it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.hall import Hall, klein_environment
from tests.support.klein import PROGRAMMES
from tests.support.older import go_back
from trainer.cli import main
from trainer.config import ROOT
from trainer.operating.welcome import prepare, print_welcome
from trainer.store.models import Course, db

Capture = pytest.CaptureFixture[str]


def typed(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """`python -m trainer ...` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "trainer", *arguments],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the small programme with two mistakes."""
    shutil.copytree(PROGRAMMES / "klein", tmp_path / "klein")
    part = tmp_path / "klein" / "dagdeel-2.md"
    part.write_text(part.read_text().replace("minuten=15", "minuten=lang") + "\n### Nog iets\n\nTekst.\n")
    return tmp_path


def test_check_says_how_much_it_read_when_all_is_well(capsys: Capture) -> None:
    assert main(["check", str(PROGRAMMES / "klein")]) == 0
    assert capsys.readouterr() == ("1 programma, 2 delen, geen problemen\n", "")


def test_check_gives_every_problem_with_file_line_and_code(broken: Path, capsys: Capture) -> None:
    assert main(["check", str(broken / "klein")]) == 1

    said, total = capsys.readouterr()
    lines = said.splitlines()
    assert (len(lines), total) == (2, "2 problemen\n")
    assert all(re.fullmatch(r"\S*klein/dagdeel-2\.md:\d+: .+ \[[a-z]+\.[a-z-]+\]", line) for line in lines)


@pytest.mark.parametrize("which", ["klein", ".", "klein/dagdeel-2.md"])
def test_check_takes_a_programme_or_a_folder_of_them_or_a_file_in_one(
    broken: Path, capsys: Capture, which: str
) -> None:
    assert main(["check", str(broken / which)]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_check_takes_several_paths(broken: Path, capsys: Capture) -> None:
    assert main(["check", str(PROGRAMMES), str(broken)]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_check_of_what_is_not_there_is_a_problem(tmp_path: Path, capsys: Capture) -> None:
    assert main(["check", str(tmp_path / "nergens")]) == 1
    assert "programme.missing" in capsys.readouterr().out


def test_check_without_a_path_reads_the_setting(
    broken: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTENT_DIR", str(broken))
    monkeypatch.setenv("DATA_DIR", str(broken / "data"))

    assert main(["check"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_check_makes_no_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTENT_DIR", str(PROGRAMMES))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))

    main(["check"])

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("which", ["plan-van-aanpak", "plan-van-aanpak/plan.md"])
def test_check_takes_the_form_of_a_plan(tmp_path: Path, capsys: Capture, which: str) -> None:
    shutil.copytree(ROOT / "content" / "plan-van-aanpak", tmp_path / "plan-van-aanpak")

    assert main(["check", str(tmp_path / which)]) == 0
    assert capsys.readouterr().out == "0 programma's, 0 delen, 1 formulier voor een plan, geen problemen\n"


def test_check_of_a_folder_has_the_problems_of_the_form_too(broken: Path, capsys: Capture) -> None:
    (broken / "plan-van-aanpak").mkdir()
    (broken / "plan-van-aanpak" / "plan.md").write_text("---\ntitel: Plan\n---\n\n## Waar\n", "utf-8")

    assert main(["check", str(broken)]) == 1
    found = [line for line in capsys.readouterr().out.splitlines() if "plan.md:5:" in line]
    assert [line[line.rindex("[") :] for line in found] == ["[heading.no-id]", "[plan.empty-section]"]


def shape(value: Any) -> Any:
    """The keys of a value, with the first of each list standing for all of them."""
    if isinstance(value, dict):
        return {key: "settings" if key == "settings" else shape(found) for key, found in value.items()}
    return [shape(value[0])] if isinstance(value, list) else type(value).__name__


def test_programme_as_json_has_exactly_the_agreed_shape(capsys: Capture) -> None:
    assert main(["programme", str(PROGRAMMES / "klein"), "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    step = {"id": "str", "title": "str", "kind": "str", "option": "NoneType", "settings": "settings"}
    block = {"id": "str", "title": "str", "minutes": "int", "steps": [step]}
    part = {"id": "str", "title": "str", "minutes": "int", "blocks": [block]}
    assert shape(found) == [{"id": "str", "title": "str", "parts": [part]}]


def test_programme_as_json_has_every_step_with_its_option_and_settings(capsys: Capture) -> None:
    main(["programme", str(PROGRAMMES), "--json"])

    (programme,) = json.loads(capsys.readouterr().out)
    assert [part["minutes"] for part in programme["parts"]] == [150, 15]
    steps = [step for block in programme["parts"][0]["blocks"] for step in block["steps"]]
    assert [(step["id"], step["kind"], step["option"]) for step in steps] == [
        ("welkom", "uitleg", None),
        ("wat-is-herstel", "presentatie", None),
        ("eens-of-oneens", "stelling", None),
        ("over-de-lijn", "over-de-lijn", None),
        ("pauze", "pauze", None),
        ("stigma", "uitleg", None),
        ("stickers", "stickers", 1),
        ("napraten", "uitleg", 1),
        ("diagnose-me", "diagnose-me", 2),
        ("wat-brengt-ervaring", "flap", None),
        ("huiswerk", "huiswerk", None),
        ("hoe-was-het", "evaluatie", None),
    ]
    flap = next(step["settings"] for step in steps if step["kind"] == "flap")
    assert (flap["max"], flap["tekens"], flap["definitie"]) == (3, 40, True)


def test_programme_without_json_is_for_people(capsys: Capture) -> None:
    assert main(["programme", str(PROGRAMMES / "klein")]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["Kleine training [klein]", "  Eerste dagdeel: 150 minutes", "      10  Welkom"]


def test_programme_with_a_problem_fails_and_says_why(broken: Path, capsys: Capture) -> None:
    assert main(["programme", str(broken), "--json"]) == 1

    written = capsys.readouterr()
    assert json.loads(written.out) == []
    assert "klein/dagdeel-2.md" in written.err


def test_help_names_every_command(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    assert ended.value.code == 0
    assert re.findall(r"^    (\w+)\s", capsys.readouterr().out, re.M) == [
        "run",
        "check",
        "programme",
        "export",
        "backup",
        "restore",
        "purge",
        "user",
    ]


@pytest.mark.parametrize("command", ["check", "programme", "export", "user"])
def test_every_command_has_help(command: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    assert ended.value.code == 0
    assert f"usage: python -m trainer {command}" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_usage(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["fly"])

    assert ended.value.code == 2


def test_a_wrong_setting_is_said_in_one_line(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PORT", "http")

    assert main(["user", "list"]) == 2
    assert capsys.readouterr().err == "kwartier: PORT must be a number from 1 to 65535, not 'http'\n"


@pytest.mark.parametrize(
    "command", [["user", "list"], ["export", "--list"], ["purge"], ["purge", "--dry-run"], ["backup", "b.db"]]
)
def test_before_the_first_start_a_command_says_to_start(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))

    assert main(command) == 1
    assert capsys.readouterr().err == (
        "kwartier: there is no database yet. Start Kwartier once (make run): that makes it.\n"
    )
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize("command", [["user", "list"], ["export", "--list"], ["purge"]])
def test_on_a_database_of_an_older_version_a_command_says_to_start(
    hall: Hall, capsys: Capture, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    for name, value in klein_environment(hall.folder).items():
        monkeypatch.setenv(name, value)
    go_back(hall.app, "-1")

    assert main(command) == 1
    assert capsys.readouterr().err == (
        "kwartier: the database is of an older version. Start Kwartier once (make run): "
        "that brings it up to date.\n"
    )


def test_a_busy_port_is_said_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        outcome = typed("run", HOST="127.0.0.1", PORT=port, DATA_DIR=str(tmp_path / "data"))

    assert outcome.returncode == 1
    assert outcome.stderr.splitlines() == [
        f"kwartier: 127.0.0.1:{port} cannot be used: Address already in use",
        "Is Kwartier running already? Stop it, or choose another port: PORT=8001 make run",
    ]


def test_the_sample_course_is_made_once(hall: Hall) -> None:
    def courses() -> list[tuple[str, list[str]]]:
        with hall.app.app_context():
            found = db.session.query(Course).all()
            return [(course.title, [meeting.phase for meeting in course.meetings]) for course in found]

    before = courses()
    prepare(hall.restarted().app)

    assert before == [("Voorbeeldtraject", ["lobby", "planned"])]
    assert courses() == before


def test_the_welcome_says_where_everybody_begins(hall: Hall, capsys: Capture) -> None:
    prepare(hall.app)
    print_welcome(hall.app)

    said = capsys.readouterr().out
    assert re.search(r"http://127\.0\.0\.1:8000/welkom/\S{32}\n", said)
    assert f"with code   {hall.code[:3]} {hall.code[3:]}" in said
    assert f"http://127.0.0.1:8000/j/{hall.secret}" in said
    assert "█" in said


def test_the_welcome_never_shows_a_password_link_again_once_there_is_an_organiser(
    hall: Hall, capsys: Capture
) -> None:
    from trainer.store.models import User

    with hall.app.app_context():
        db.session.add(User(login="a", name="A", password_hash="x", is_organiser=True))
        db.session.commit()

    print_welcome(hall.app)

    said = capsys.readouterr().out
    assert "/welkom/" not in said
    assert "http://127.0.0.1:8000/beheer" in said
