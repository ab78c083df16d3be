"""Join codes: six characters that cannot be mistaken for one another."""

import hashlib
import secrets

# No 0 O, 1 I L, 2 Z, 5 S, 8 B: look-alikes on a projector are left out. 25 ** 6 is 244 million codes.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
LENGTH = 6
TAIL = 3


def new_code() -> str:
    """A random join code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tail_of(secret: str) -> str:
    """The characters that lengthen a meeting's code while somebody is guessing, derived from its secret."""
    digest = hashlib.sha256(f"code:{secret}".encode()).digest()
    number = int.from_bytes(digest)
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(TAIL))


def show_code(code: str, secret: str, longer: bool) -> str:
    """A code as a screen shows it, in groups of three."""
    return f"{code[:3]} {code[3:]} {tail_of(secret) if longer else ''}".strip()


def read_code(typed: str) -> tuple[str, str] | None:
    """(code, tail) as typed, ignoring case, spaces and dashes; None when it cannot be a code.

    The tail is empty when only the code was typed.
    """
    code = "".join(typed.split()).replace("-", "").upper()
    if len(code) not in (LENGTH, LENGTH + TAIL) or not set(code) <= set(ALPHABET):
        return None
    return code[:LENGTH], code[LENGTH:]
