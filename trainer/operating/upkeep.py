"""`python -m trainer backup`, `restore` and `purge`."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from trainer.config import Settings

NOT_DELETED = "Is its disk full, does another program hold it, or is a file beside it somebody else's?"


def add_commands(commands: Any) -> None:
    """Adds the three commands to the parser."""
    backup = commands.add_parser("backup", help="copy the database to a new file; Kwartier may be running")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(command=_backup)

    restore = commands.add_parser("restore", help="put a backup back; Kwartier must not be running")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument(
        "--force",
        action="store_true",
        help="replace the present database: a sealed copy is put aside first, unless it cannot be read",
    )
    restore.set_defaults(command=_restore)

    purge = commands.add_parser("purge", help="delete what is past its retention time; happens daily too")
    purge.add_argument("--dry-run", action="store_true", help="only say what it would delete")
    purge.set_defaults(command=_purge)


def fail(what: object, advice: str = "") -> int:
    """Prints what went wrong and what to do about it; returns the exit status."""
    print(f"kwartier: {what}", file=sys.stderr)
    if advice:
        print(advice, file=sys.stderr)
    return 1


def installed() -> "Settings":
    """The settings of a Kwartier that has a database. Raises DatabaseUnusable when there is none yet."""
    from trainer.config import load
    from trainer.store.aside import database_file
    from trainer.store.health import require

    settings = load()
    require(database_file(settings.database_url))
    return settings


def open_app() -> "Flask":
    """The application, for a command that uses its database. Raises DatabaseUnusable when it cannot."""
    from trainer import create_app
    from trainer.store.health import require_current

    app: Flask = create_app(installed())
    require_current(app.extensions["kwartier"].engine)
    return app


def _backup(options: argparse.Namespace) -> int:
    from trainer import create_app
    from trainer.operating.backups import BackupError, back_up

    try:
        back_up(installed(), options.file, create_app)
    except (BackupError, OSError) as error:
        return fail(error)
    print(f"{options.file}: everything but keys, phones and who wrote what.")
    print("It holds what people wrote. Keep it where only you can read it.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from trainer import create_app
    from trainer.config import load
    from trainer.operating.backups import BackupError
    from trainer.operating.restoring import restore
    from trainer.store.aside import last_day
    from trainer.store.lock import InUse

    try:
        restored = restore(load(), options.file, create_app, force=options.force)
    except InUse as error:
        return fail(error, "Stop it first.")
    except (BackupError, OSError) as error:
        return fail(error)
    if restored.aside:
        day = last_day(restored.aside)
        print(f"A sealed copy of the old database is {restored.aside}. It holds what people wrote.")
        print(f"It can be restored until the end of {day}; the next day it is deleted by itself.")
    if restored.lost:
        print(f"Nothing of the old database could be put aside, since {restored.lost}. It is destroyed.")
    if not restored.purged:
        return fail("restored, but not everything that is past its time could be deleted", NOT_DELETED)
    print("Invitations, links to a plan and links for a new password do not work any more: make new ones.")
    print("Restored. Start Kwartier; phones in a running meeting join again.")
    return 0


def _purge(options: argparse.Namespace) -> int:
    from trainer.meetings import retention
    from trainer.store.writer import NotSaved

    host = open_app().extensions["kwartier"]
    today = host.clock.now().date()
    try:
        found = (retention.expired if options.dry_run else retention.purge)(host, today)
    except NotSaved:
        return fail("not everything could be deleted", NOT_DELETED)
    verb = "Would delete" if options.dry_run else "Deleted"
    print(f"{verb} the texts of {len(found.meetings)} meetings, and {found.invitations} invitations.")
    if found.left:
        print(f"{verb} {found.left} posts, phones and results of meetings that may not have them.")
    if found.lines:
        print(f"{verb} {found.lines} lines of the log.")
    for path in found.aside:
        print(f"{verb} {path}, which a restore put aside.")
    return 0
