"""Somebody who proved a password, and who must still show or set up a second factor.

All that the session then holds of the account is who it is, for ten minutes. It is no login: for every page
and socket but these two (`second_factor.py`) nobody is logged in.
"""

import hashlib

from flask import session, url_for

from trainer.store.factors import find_factor, must_set_up
from trainer.store.models import User, db
from trainer.web.accounts import host
from trainer.web.factors import factors
from trainer.web.resets import enter

HALF_WAY = "half-way"
HALF_WAY_SECONDS = 600.0


def let_in(user: User, target: str) -> str:
    """Logs in whoever proved a password, as far as that goes; returns the address to go on to."""
    has_factor = find_factor(user.id) is not None
    if not has_factor and not must_set_up(user, host().settings.second_factor):
        enter(user)
        return target
    session.clear()
    session[HALF_WAY] = [user.id, _proof(user), int(factors().now())]
    return url_for("second_factor.ask" if has_factor else "second_factor.set_up", next=target)


def is_half_way() -> bool:
    """Is this somebody who is let in so far?"""
    return HALF_WAY in session


def half_way() -> User | None:
    """Who that is; None when nobody is, any more."""
    user_id, proof, since = session.get(HALF_WAY) or (0, "", 0)
    if not 0 <= factors().now() - since < HALF_WAY_SECONDS:
        return None
    user = db.session.get(User, user_id)
    return user if user is not None and _proof(user) == proof else None


def _proof(user: User) -> str:
    """Changes with the session key: another password voids this as it ends sessions. The cookie is signed but
    not encrypted, so it is not the key itself."""
    return hashlib.sha256(f"half-way:{user.session_key}".encode()).hexdigest()
