"""The second factor of accounts: codes of an app that change every half minute, and spare codes on paper.

`docs/decisions/0042-a-second-factor.md` has the reasons and the arithmetic.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import pyotp
from flask import current_app
from pyotp.exceptions import OTPVerificationError

from trainer.store import factors as store
from trainer.store.access import location_of
from trainer.store.accounts import account
from trainer.store.codes import ALPHABET
from trainer.store.factors import SecondFactor
from trainer.store.keys import Vault
from trainer.store.log import Deed, Unlogged, What, change
from trainer.store.models import User, db
from trainer.web.accounts import end_sessions, hash_token, shown_names, today
from trainer.web.backoff import Backoff, Turns

# RFC 6238, with what every app assumes: six digits, SHA-1, and windows of half a minute.
WINDOW_SECONDS = 30
DIGITS = 6
# A clock may be one window fast or slow.
WINDOWS_BESIDE = 1
# 25 ** 16 is 2 ** 74.
SPARE_LENGTH, SPARE_CODES = 16, 10
ISSUER = "Kwartier"

# Of browsers that the account does not know: at most 298 guesses in a day, each at three codes in a million.
TURNS_AT_ONCE = 10
TURN_SECONDS = 300.0


class WrongFactor(Exception):
    """This is no code of this account, or one that was used."""


class HasFactor(Exception):
    """The account has a second factor already."""


@dataclass(frozen=True, slots=True)
class State:
    """What the account page says of a second factor that is on."""

    spares: int


class Factors:
    """The clock, the key and the limits of second factors."""

    def __init__(
        self,
        secret_key: str,
        now: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.now = now
        self.vault = Vault(secret_key)
        self.backoff = Backoff(steady)
        self.turns = Turns(steady, TURNS_AT_ONCE, TURN_SECONDS)

    def window_of(self, secret: str, typed: str) -> int | None:
        """The window of which this is the code: that of now, or one beside it. None when it is of neither."""
        code = "".join(typed.split())
        try:
            return _app(secret).verify_and_get_timecode(
                code, for_time=self.now(), valid_window=WINDOWS_BESIDE
            )
        except OTPVerificationError:
            return None

    def lock(self, user_id: int, secret: str) -> str:
        """The secret of an app as it may be stored."""
        return self.vault.lock(f"second factor of {user_id}", secret)

    def unlock(self, user_id: int, locked: str) -> str | None:
        """The secret that was stored; None when the server has another key since."""
        return self.vault.unlock(f"second factor of {user_id}", locked)


def _app(secret: str) -> pyotp.TOTP:
    return pyotp.TOTP(secret, digits=DIGITS, interval=WINDOW_SECONDS)


def factors() -> Factors:
    """The second factors of the application that serves this request."""
    return cast(Factors, current_app.extensions["kwartier_factors"])


def new_secret() -> str:
    """A secret for an app: 160 random bits."""
    return pyotp.random_base32()


def address_of(login: str, secret: str) -> str:
    """What an app reads from the QR code."""
    return _app(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def state_of(user_id: int) -> State | None:
    """Of the second factor of an account what its page says; None when it has none."""
    return State(store.spares_left(user_id)) if store.find_factor(user_id) else None


def turn_on(user_id: int, secret: str, typed: str) -> Sequence[str]:
    """Gives an account a second factor, if this is a code of that secret; returns its spare codes.

    All its sessions end. Raises WrongFactor or HasFactor when nothing changed.
    """
    window = factors().window_of(secret, typed)
    if window is None:
        raise WrongFactor
    codes = _new_spares()

    def add(user: User) -> None:
        if store.find_factor(user.id):
            raise HasFactor
        locked = factors().lock(user.id, secret)
        # The code that proves it is used up as any other.
        db.session.add(SecondFactor(user_id=user.id, secret=locked, used=window, wrong=0))
        store.replace_spares(user.id, _hashes(user.id, codes))

    end_sessions(user_id, add, What.FACTOR_ON)
    return codes


def turn_off(user_id: int, who: str = "") -> None:
    """Leaves an account with its password alone; all its sessions end. `who` does it; default: its owner."""
    end_sessions(user_id, lambda user: store.remove_factor(user.id), What.FACTOR_OFF, who)


def new_spares(user_id: int) -> Sequence[str]:
    """Other spare codes for an account; those of before are void."""
    codes = _new_spares()
    location_id = location_of(account(user_id))
    deed = Deed(What.SPARE_CODES, shown_names()[user_id], today(), location_id=location_id)
    change(lambda: store.replace_spares(user_id, _hashes(user_id, codes)), deed)
    return codes


def use_code(user_id: int, typed: str) -> None:
    """Uses up a code of the app, or a spare one. Raises WrongFactor when it is none, or was used before."""
    if spare := read_spare(typed):
        used = change(lambda: store.use_spare(user_id, *_hashes(user_id, [spare])), Unlogged.LOGGING_IN)
    else:
        used = _use_window(user_id, typed)
    if not used:
        raise WrongFactor


def _use_window(user_id: int, typed: str) -> bool:
    found = store.find_factor(user_id)
    secret = factors().unlock(user_id, found.secret) if found else None
    window = factors().window_of(secret, typed) if secret else None
    if window is None:
        return False
    latest = int(factors().now() // WINDOW_SECONDS) + WINDOWS_BESIDE
    return change(lambda: store.use_window(user_id, window, latest), Unlogged.LOGGING_IN)


def is_readable(user_id: int) -> bool:
    """Can the server still tell which codes the app of this account gives?"""
    found = store.find_factor(user_id)
    return found is not None and factors().unlock(user_id, found.secret) is not None


def read_spare(typed: str) -> str:
    """A spare code as typed, ignoring case, spaces and dashes; '' when it cannot be one."""
    code = "".join(typed.split()).replace("-", "").upper()
    return code if len(code) == SPARE_LENGTH and set(code) <= set(ALPHABET) else ""


def _new_spares() -> Sequence[str]:
    return [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(SPARE_LENGTH // 4))
        for _ in range(SPARE_CODES)
    ]


def _hashes(user_id: int, codes: Sequence[str]) -> list[str]:
    """What is stored of spare codes. They are as long as keys, so a quick hash does."""
    return [hash_token(f"spare:{user_id}:{read_spare(code)}") for code in codes]
