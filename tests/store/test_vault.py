"""What the server encrypts: it reads that back itself, and nobody else does."""

from hypothesis import given
from hypothesis import strategies as st

from trainer.store.keys import Vault

KEY, OTHER = "the secret of this server", "the secret of another"


@given(st.text(), st.text())
def test_what_is_locked_is_read_back(about: str, text: str) -> None:
    assert Vault(KEY).unlock(about, Vault(KEY).lock(about, text)) == text


def test_the_same_text_is_never_stored_alike() -> None:
    vault = Vault(KEY)

    assert len({vault.lock("sam", "geheim") for _ in range(10)}) == 10


def test_another_key_or_another_subject_reads_nothing() -> None:
    locked = Vault(KEY).lock("sam", "geheim")

    assert [Vault(OTHER).unlock("sam", locked), Vault(KEY).unlock("kim", locked)] == [None, None]


def test_what_somebody_changed_is_not_read() -> None:
    vault = Vault(KEY)
    locked = vault.lock("sam", "geheim")
    changed = [
        locked[:at] + ("1" if locked[at] == "0" else "0") + locked[at + 1 :] for at in range(len(locked))
    ]

    assert {vault.unlock("sam", each) for each in changed} == {None}


@given(st.text())
def test_what_was_never_locked_is_not_read(text: str) -> None:
    assert Vault(KEY).unlock("sam", text) is None
