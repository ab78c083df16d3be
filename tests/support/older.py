"""A database as an older version made it."""

from flask import Flask
from flask_migrate import downgrade

from trainer.store.database import migrate


def go_back(app: Flask, revision: str) -> None:
    """Takes the tables back to a migration."""
    # What goes down must have gone up.
    migrate(app)
    with app.app_context():
        downgrade(revision=revision)
