"""Writes a new migration from the difference between the tables and an up-to-date database."""

import sys
import tempfile
from pathlib import Path

from flask import Flask
from flask_migrate import revision

from trainer.store.database import init_database, migrate
from trainer.store.health import MIGRATIONS


def write(message: str) -> None:
    """Writes a migration called `message` into `trainer/store/migrations/versions/`."""
    with tempfile.TemporaryDirectory() as folder:
        app = Flask("migrate")
        init_database(app, f"sqlite:///{Path(folder) / 'empty.db'}")
        migrate(app)
        with app.app_context():
            number = len(list((MIGRATIONS / "versions").glob("*.py"))) + 1
            revision(directory=str(MIGRATIONS), message=message, autogenerate=True, rev_id=f"{number:04d}")


if __name__ == "__main__":
    write(" ".join(sys.argv[1:]).strip() or "change")
