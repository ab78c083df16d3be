"""What a backup has of second factors: enough to ask for them after a restore, and no moment."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.support.factors import Gate, give
from tests.support.site import Site
from trainer import create_app
from trainer.operating.backups import back_up


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(Site(tmp_path / "first"))


def restored(gate: Gate, backup: Path, keys: bool) -> Gate:
    """The site on another machine, on its backup; with or without the folder of its keys."""
    folder = backup.parent
    (folder / "data").mkdir()
    shutil.copy(backup, folder / "data" / "kwartier.db")
    if keys:
        shutil.copytree(gate.site.host.settings.key_dir, folder / "second" / "keys")
    (folder / "second").mkdir(exist_ok=True)
    other = Gate(Site(folder / "second", folder))
    other.wall.seconds = gate.wall.seconds
    return other


@pytest.mark.parametrize("keys", [True, False])
def test_a_restored_account_still_has_it(gate: Gate, tmp_path: Path, keys: bool) -> None:
    app, spares = gate.account("sam")
    backup = tmp_path / "kwartier.backup"
    back_up(gate.site.host.settings, backup, create_app)

    other = restored(gate, backup, keys)

    by_app = give(other.half_way("sam"), app.code()).status_code
    by_spare = give(other.half_way("sam"), spares[0]).status_code
    assert (by_app, by_spare) == (302 if keys else 401, 302)


def test_a_backup_does_not_tell_when_somebody_logged_in_nor_the_secret(gate: Gate, tmp_path: Path) -> None:
    app, _ = gate.account("sam")
    give(gate.half_way("sam"), app.wrong())
    backup = tmp_path / "kwartier.backup"

    back_up(gate.site.host.settings, backup, create_app)

    with sqlite3.connect(backup) as database:
        assert database.execute("SELECT used, wrong FROM second_factor").fetchall() == [(0, 0)]
    assert app.secret.encode() not in backup.read_bytes()
