"""Identity without names: the keys that hide a phone, and their end."""

import stat
import threading
from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store.acts import FLAP, sent
from tests.support.hall import Hall
from trainer.store.keys import ALL_STEPS, KeyRing, new_token, token_hash


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path)


def test_a_phone_is_the_same_author_in_a_step_after_a_restart(tmp_path: Path) -> None:
    token = new_token()

    first = KeyRing(tmp_path).author("m", "flap", token)

    assert KeyRing(tmp_path).author("m", "flap", token) == first


def test_authors_of_different_steps_meetings_and_phones_all_differ(ring: KeyRing) -> None:
    phone, other = new_token(), new_token()

    authors = {
        ring.author("m", "flap", phone),
        ring.author("m", "stickers", phone),
        ring.author("n", "flap", phone),
        ring.author("m", "flap", other),
    }

    assert len(authors) == 4


def test_an_author_is_128_bits(ring: KeyRing) -> None:
    author = ring.author("m", "flap", new_token())

    assert len(bytes.fromhex(author)) == 16


def test_every_step_has_a_key_of_its_own(ring: KeyRing, tmp_path: Path) -> None:
    for step in ("flap", "stickers"):
        ring.author("m", step, new_token())

    keys = {path.read_bytes() for path in tmp_path.iterdir()}
    assert [len(key) for key in keys] == [32, 32]


def test_only_the_owner_of_the_process_can_read_a_key(ring: KeyRing, tmp_path: Path) -> None:
    ring.author("m", "flap", new_token())

    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == [0o600]


def test_a_destroyed_key_is_gone_and_the_next_one_knows_nobody(ring: KeyRing, tmp_path: Path) -> None:
    token = new_token()
    before = ring.author("m", "flap", token)

    ring.destroy("m", "flap")

    assert list(tmp_path.iterdir()) == []
    assert not ring.has("m", "flap")
    assert ring.author("m", "flap", token) != before


def test_a_key_that_another_process_made_is_destroyed_too(tmp_path: Path) -> None:
    KeyRing(tmp_path).author("m", "flap", new_token())

    KeyRing(tmp_path).destroy("m", "flap")

    assert list(tmp_path.iterdir()) == []


def test_destroying_a_key_that_is_not_there_does_nothing(ring: KeyRing) -> None:
    ring.destroy("m", "flap")


@pytest.mark.parametrize("rest", [b"", b"half a key"])
def test_a_key_file_that_was_cut_off_is_not_used(tmp_path: Path, rest: bytes) -> None:
    (tmp_path / "m.flap.key").write_bytes(rest)

    KeyRing(tmp_path).author("m", "flap", new_token())

    assert len((tmp_path / "m.flap.key").read_bytes()) == 32


def test_two_processes_that_begin_at_once_end_up_with_one_key(tmp_path: Path) -> None:
    rings, token = [KeyRing(tmp_path), KeyRing(tmp_path)], new_token()

    assert len({ring.author("m", "flap", token) for ring in rings}) == 1


def test_a_key_that_somebody_looks_for_while_it_is_destroyed_is_the_one_in_the_file(
    ring: KeyRing, tmp_path: Path
) -> None:
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            ring.author("m", "s", "t")

    with ThreadPoolExecutor(2) as pool:
        for _ in range(2):
            pool.submit(look)
        held = []
        for _ in range(300):
            ring.destroy("m", "s")
            ring.make("m", "s")
            held.append(ring.author("m", "s", "t") == KeyRing(tmp_path).author("m", "s", "t"))
        ended.set()

    assert all(held)


def test_what_the_database_keeps_of_a_phone_differs_per_meeting() -> None:
    token = new_token()

    assert token_hash("m", token) != token_hash("n", token)
    assert token not in token_hash("m", token)


def test_tokens_are_256_bits_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert {len(urlsafe_b64decode(token + "=")) for token in tokens} == {32}


def test_time_of_a_key_is_that_of_the_trainer_and_of_no_first_press(hall: Hall) -> None:
    def times() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in (hall.folder / "keys").glob("*.key")}

    hall.do("goto", step=FLAP)
    before = times()

    sent(hall, ["moed", "geduld", "hoop"])

    assert f"{hall.meeting}.{FLAP}.key" in before
    assert f"{hall.meeting}.{ALL_STEPS}.key" in before
    assert times() == before
