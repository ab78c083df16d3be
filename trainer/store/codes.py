"""Join codes: six characters that cannot be mistaken for one another."""

import secrets

# No 0 O, 1 I L, 2 Z, 5 S, 8 B: what looks alike on a beamer is left out. 25 ** 6 is 244 million codes.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
LENGTH = 6


def new_code() -> str:
    """A random join code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str | None:
    """The code that somebody meant, whatever their case, spaces and dashes; None when it cannot be one."""
    code = "".join(typed.split()).replace("-", "").upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
