"""Identity without names: a phone's token, and the key that hides it in each step.

A phone holds a random token; the database holds a hash of it. In a step a phone is known by
`author = MAC(K, token)`, with a random key K for that step alone. So one phone has one author in a step
(one vote, edit, withdraw), and authors of different steps cannot be linked. Where a kind allows it, a phone
has another author for each item: `MAC(K, token:item)`. Even with K, nobody can link those, and nobody can
compute an author from what the database holds: that takes the token, which only the phone has.
Destroying K removes the last link. The MAC is keyed BLAKE2b (RFC 7693): each vote needs two, and HMAC costs
three times as much.
"""

import hashlib
import hmac
import os
import secrets
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from trainer.store.shred import shred

TOKEN_BYTES = 32
# Length of an author, and of a digest of words, in hex digits.
DIGEST = 32
# Of what a `Vault` encrypts: bytes of the nonce, and hex digits of what shows that nobody changed it.
NONCE_BYTES, SEAL = 16, 64
# Replaces the step id for the key of a whole meeting; no step can have this id.
ALL_STEPS = "_phones"


def new_token() -> str:
    """A phone's secret: 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(meeting_id: str, token: str) -> str:
    """What the database keeps of a phone. It differs per meeting, so meetings cannot be linked either."""
    return hashlib.sha256(f"{meeting_id}:{token}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone in a meeting. Its `hash` is computed once per page: every vote needs it."""

    meeting_id: str
    token: str
    hash: str

    @classmethod
    def of(cls, meeting_id: str, token: str) -> "Phone":
        """The phone with this token in a meeting."""
        return cls(meeting_id, token, token_hash(meeting_id, token))


def as_id(digest: str) -> str:
    """A 128-bit digest in the form of a post id (a version 4 UUID)."""
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"


class Vault:
    """Encrypts what the server must read back, and whoever has the database alone may not.

    The key follows from the secret key of the installation, which is in no backup. What was encrypted
    `about` one thing is unreadable about another, and so is what somebody changed.
    """

    def __init__(self, secret_key: str) -> None:
        self._key = _Key(hashlib.sha256(f"vault:{secret_key}".encode()).digest())

    def lock(self, about: str, text: str) -> str:
        """The text as it may be stored; another string each time."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        hidden = self._covered(nonce, text.encode())
        return f"{self._seal(about, nonce, hidden)}{nonce.hex()}{hidden.hex()}"

    def unlock(self, about: str, locked: str) -> str | None:
        """The text that was encrypted; None when it was about something else, or under another key."""
        try:
            rest = bytes.fromhex(locked[SEAL:])
        except ValueError:
            return None
        nonce, hidden = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
        if not hmac.compare_digest(locked[:SEAL].encode(), self._seal(about, nonce, hidden).encode()):
            return None
        return self._covered(nonce, hidden).decode()

    def _covered(self, nonce: bytes, text: bytes) -> bytes:
        return bytes(a ^ b for a, b in zip(text, self._key.stream(nonce, len(text)), strict=True))

    def _seal(self, about: str, nonce: bytes, hidden: bytes) -> str:
        return self._key.digest_256(f"{nonce.hex()}:{hidden.hex()}:{about}")


class KeyRing:
    """The keys of steps, each in its own file that only this user can read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: dict[tuple[str, str], _Key] = {}
        # Keeps a reader from taking what is left of a file being destroyed for the key.
        self._files = threading.Lock()

    def has(self, meeting_id: str, step: str) -> bool:
        """Does a step have a key? Asking makes none."""
        return (meeting_id, step) in self._keys or self._path(meeting_id, step).exists()

    def make(self, meeting_id: str, step: str) -> None:
        """Makes the key of a step, unless it exists."""
        self._key(meeting_id, step)

    def author(self, meeting_id: str, step: str, token: str, item: str | None = None) -> str:
        """The author that a phone is in one step, or for one item of it: 128 bits, in hex."""
        return self._key(meeting_id, step).digest(token if item is None else f"{token}:{item}")

    def secret(self, meeting_id: str, step: str) -> bytes:
        """The secret with which the marks of votes in a step are made (`kinds/counting.py`)."""
        return bytes.fromhex(self._key(meeting_id, step).digest_256("marks"))

    def lock(self, meeting_id: str, token: str) -> str:
        """The key with which a phone encrypts what it stores on its disk: 256 bits, in hex.

        The phone gets it with each page and keeps it in memory only. When the meeting is over, or the phone
        has forgotten its token, nobody can make it again: what is left on the disk can never be read.
        """
        return self._key(meeting_id, ALL_STEPS).digest_256(token)

    def pretend(self, meeting_id: str, what: str) -> str:
        """256 bits that only the key of a meeting gives, in hex: for people in a rehearsal, who do not exist.

        The token of such a phone is the same after a restart, and nowhere once the meeting's key is gone.
        """
        return self._key(meeting_id, ALL_STEPS).digest_256(f"pretended:{what}")

    def digest(self, meeting_id: str, step: str, author: str, words: str) -> str:
        """What is kept of an author's words: enough to recognise them as long as the key exists."""
        return self._key(meeting_id, step).digest(f"{author}:{words}")

    def veil(self, meeting_id: str, step: str, post_id: str) -> str:
        """The id that the stored state of a step has for a post (`trainer/meetings/veil.py`)."""
        return as_id(self.digest(meeting_id, step, "veil", post_id))

    def stream(self, meeting_id: str, step: str, nonce: bytes, size: int) -> bytes:
        """Bytes that only the key of a step gives, others for each `nonce`; to hide `size` bytes under."""
        return self._key(meeting_id, step).stream(nonce, size)

    def destroy(self, meeting_id: str, step: str) -> None:
        """Overwrites and removes the key of a step; from then on its posts have no owner."""
        with self._files:
            self._keys.pop((meeting_id, step), None)
            with suppress(FileNotFoundError):
                shred(self._path(meeting_id, step))

    def destroy_of(self, meeting_id: str) -> None:
        """The same for every key of a meeting."""
        for found, step in self.found():
            if found == meeting_id:
                self.destroy(meeting_id, step)

    def destroy_all(self) -> None:
        """The same for every key in the folder, whatever it belongs to, and for unfinished ones."""
        with self._files:
            self._keys.clear()
            for path in (*self._folder.glob("*.key"), *self._folder.glob("*.new")):
                shred(path)

    def found(self) -> list[tuple[str, str]]:
        """The (meeting, step) of every key in the folder."""
        names = (path.name.removesuffix(".key") for path in self._folder.glob("*.key"))
        return [(meeting, step) for meeting, _, step in (name.partition(".") for name in names) if step]

    def _key(self, meeting_id: str, step: str) -> "_Key":
        key = self._keys.get((meeting_id, step))
        if key is None:
            with self._files:
                key = _Key(self._read_or_make(self._path(meeting_id, step)))
                self._keys[meeting_id, step] = key
        return key

    def _read_or_make(self, path: Path) -> bytes:
        """Reads or makes a key. It appears whole or not at all: half a key would hide nobody."""
        found = _read(path)
        if found is not None:
            return found
        fresh = path.with_name(f"{secrets.token_hex(8)}.new")
        descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(TOKEN_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            if _read(path) is None:
                fresh.replace(path)
        except OSError:
            # A file system without hard links.
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        self._sync_folder()
        return path.read_bytes()

    def _sync_folder(self) -> None:
        """Flushes the folder too: until then a new name in it may not survive a power cut."""
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _path(self, meeting_id: str, step: str) -> Path:
        return self._folder / f"{meeting_id}.{step}.key"


class _Key:
    """Makes keyed digests, in hex. Copying a hash that was keyed before is cheaper than keying a new one."""

    __slots__ = ("_keyed", "_keyed_256", "_keyed_512")

    def __init__(self, key: bytes) -> None:
        self._keyed = hashlib.blake2b(digest_size=DIGEST // 2, key=key)
        self._keyed_256 = hashlib.blake2b(digest_size=32, key=key)
        self._keyed_512 = hashlib.blake2b(digest_size=64, key=key, person=b"stream")

    def digest(self, text: str) -> str:
        copied = self._keyed.copy()
        copied.update(text.encode())
        return copied.hexdigest()

    def digest_256(self, text: str) -> str:
        copied = self._keyed_256.copy()
        copied.update(text.encode())
        return copied.hexdigest()

    def stream(self, nonce: bytes, size: int) -> bytes:
        blocks = bytearray()
        while len(blocks) < size:
            copied = self._keyed_512.copy()
            copied.update(nonce + len(blocks).to_bytes(4))
            blocks += copied.digest()
        return bytes(blocks[:size])


def _read(path: Path) -> bytes | None:
    """The key in a file; None when there is no complete key."""
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return None
    return key if len(key) == TOKEN_BYTES else None
