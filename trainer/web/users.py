"""`python -m trainer user`: manages accounts from the command line, for whoever runs the server."""

import getpass
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from sqlalchemy import select

from trainer.store.database import transaction
from trainer.store.models import User, db
from trainer.web.accounts import (
    MINIMUM_PASSWORD,
    find_user,
    host,
    invite,
    passwords,
    set_password,
    shown_names,
    today,
)

Say = Callable[[str], object]
Ask = Callable[[str], str]


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the subcommands: list, invite, password, remove."""
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="list the accounts")
    adding = actions.add_parser("invite", help="print a one-time link with which somebody makes an account")
    adding.add_argument("--organiser", action="store_true", help="for an organiser; default: for a trainer")
    for name, what in (
        ("password", "set another password, which is asked for"),
        ("remove", "remove an account"),
    ):
        actions.add_parser(name, help=what).add_argument("login", help="the login name")


def run(options: Namespace, say: Say = print, ask: Ask = getpass.getpass) -> int:
    """Runs the subcommand and reports its outcome; returns the exit status. Needs an app context."""
    if options.action == "list":
        return _list(say)
    if options.action == "invite":
        base = host().public_url or f"http://localhost:{host().settings.port}"
        say(f"{base}/welkom/{invite(today(), is_organiser=options.organiser)}")
        return 0
    user = find_user(options.login)
    if user is None:
        say(f"There is no account {options.login!r}.")
        return 1
    return _set_password(user, say, ask) if options.action == "password" else _remove(user, say)


def _list(say: Say) -> int:
    names = shown_names()
    for user in db.session.scalars(select(User).order_by(User.login)):
        say(f"{user.login}\t{names[user.id]}\t{'organiser' if user.is_organiser else 'trainer'}")
    return 0


def _set_password(user: User, say: Say, ask: Ask) -> int:
    password = ask("New password: ")
    if len(password) < MINIMUM_PASSWORD:
        say(f"Too short: a password has at least {MINIMUM_PASSWORD} characters.")
        return 1
    if ask("Again: ") != password:
        say("The two passwords differ.")
        return 1
    set_password(user.id, passwords().hasher.hash(password))
    say(f"The password of {user.login} is set; whoever was logged in is logged out.")
    return 0


def _remove(user: User, say: Say) -> int:
    login, user_id = user.login, user.id
    transaction(lambda: db.session.delete(db.session.get_one(User, user_id)))
    say(f"The account {login} is removed.")
    return 0
