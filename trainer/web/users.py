"""`python -m trainer user`: manages accounts from the command line, for whoever runs the server."""

import getpass
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from sqlalchemy import select

from trainer.store.access import is_national, location_of
from trainer.store.accounts import AccountGone
from trainer.store.locations import all_locations, dismiss, find_location, organisers
from trainer.store.log import OPERATOR, Deed, What, change
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
from trainer.web.factors import state_of, turn_off
from trainer.web.resets import make_reset

Say = Callable[[str], object]
Ask = Callable[[str], str]


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the subcommands: list, invite, password, reset, second-factor, remove."""
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="list the accounts")
    adding = actions.add_parser("invite", help="print a one-time link with which somebody makes an account")
    adding.add_argument("--organiser", action="store_true", help="for an organiser; default: for a trainer")
    adding.add_argument(
        "--place", metavar="NAME", help="with --organiser: of this location only; default: a national one"
    )
    for name, what in (
        ("password", "set another password, which is asked for"),
        ("reset", "print a one-time link with which somebody sets another password"),
        ("remove", "say what goes with an account, and remove it when that is answered with yes"),
    ):
        actions.add_parser(name, help=what).add_argument("login", help="the login name")
    second = actions.add_parser("second-factor", help="say whether an account logs in with a second factor")
    second.add_argument("login", help="the login name")
    second.add_argument(
        "--off", action="store_true", help="turn it off, for somebody who lost phone and codes"
    )


def run(options: Namespace, say: Say = print, ask: Ask = getpass.getpass, confirm: Ask = input) -> int:
    """Runs the subcommand and reports its outcome; returns the exit status. Needs an app context."""
    try:
        return _run(options, say, ask, confirm)
    except AccountGone:
        say(f"The account {options.login} is gone: somebody else removed it. Nothing is changed.")
        return 1


def _run(options: Namespace, say: Say, ask: Ask, confirm: Ask) -> int:
    if options.action == "list":
        return _list(say)
    if options.action == "invite":
        return _invite(options, say)
    user = find_user(options.login)
    if user is None:
        say(f"There is no account {options.login!r}.")
        return 1
    if options.action == "second-factor":
        return _second_factor(user, options.off, say)
    if options.action == "reset":
        say(f"{_base()}/wachtwoord/{make_reset(user, maker=None)}")
        return 0
    return _set_password(user, say, ask) if options.action == "password" else _remove(user, say, confirm)


def _invite(options: Namespace, say: Say) -> int:
    location = find_location(options.place) if options.place else None
    if options.place and (location is None or not options.organiser):
        known = (
            ", ".join(each.name for each in all_locations()) or "none yet; a national organiser makes them"
        )
        say(f"--place is for an organiser (--organiser) of one of these locations: {known}.")
        return 1
    location_id = location.id if location else None
    token = invite(today(), is_organiser=options.organiser, location_id=location_id)
    say(f"{_base()}/welkom/{token}")
    return 0


def _base() -> str:
    return host().public_url or f"http://localhost:{host().settings.port}"


def _list(say: Say) -> int:
    names = shown_names()
    for user in db.session.scalars(select(User).order_by(User.login)):
        location = f"\t{user.location.name}" if user.location else ""
        say(f"{user.login}\t{names[user.id]}\t{'organiser' if user.is_organiser else 'trainer'}{location}")
    return 0


def _set_password(user: User, say: Say, ask: Ask) -> int:
    password = ask("New password: ")
    if len(password) < MINIMUM_PASSWORD:
        say(f"Too short: a password has at least {MINIMUM_PASSWORD} characters.")
        return 1
    if ask("Again: ") != password:
        say("The two passwords differ.")
        return 1
    set_password(user.id, passwords().hasher.hash(password), who=OPERATOR)
    say(f"The password of {user.login} is set; whoever was logged in is logged out.")
    return 0


def _is_sure(confirm: Ask) -> bool:
    try:
        return confirm("Remove it? yes or no: ").strip().casefold() == "yes"
    except EOFError:
        return False


def _second_factor(user: User, off: bool, say: Say) -> int:
    state = state_of(user.id)
    if state is None:
        say(f"{user.login} has no second factor.")
    elif off:
        turn_off(user.id, OPERATOR)
        say(f"The second factor of {user.login} is off; whoever was logged in is logged out.")
    else:
        say(f"{user.login} has a second factor, and {state.spares} spare codes.")
    return 0


def _remove(user: User, say: Say, confirm: Ask) -> int:
    login, user_id = user.login, user.id
    links = "; and links of its location that nobody used yet" if user.is_organiser else ""
    say(f"This goes: the account {login}, and that it trains {len(user.meetings)} meetings{links}.")
    say("This stays: these meetings, all that is in them, and the name beside texts that it saved.")
    if is_national(user) and len(organisers(None)) == 1:
        say("It is the last national organiser. Only `user invite --organiser` makes another.")
    if not _is_sure(confirm):
        say("Nothing is removed.")
        return 1
    about = shown_names()[user_id]
    deed = Deed(What.ACCOUNT_REMOVED, OPERATOR, today(), about, location_id=location_of(user))
    change(lambda: dismiss(user_id), deed)
    say(f"The account {login} is removed.")
    return 0
