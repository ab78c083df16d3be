"""Folders in zip files: what goes out comes in as it was, and what is hostile is refused with a sentence."""

import io
import stat
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.desk import NATIONAL
from tests.support.effort import effort
from trainer.library.folders import (
    MOST_FILES,
    MOST_PACKED,
    Folder,
    FolderRefused,
    origin_of,
    pack,
    unpack,
)

TEXT = NATIONAL.encode()


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return packed.getvalue()


def special(mode: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("dagdeel-1.md")
    entry.create_system = 3
    entry.external_attr = mode << 16
    return entry


def flagged(data: bytes, bit: int) -> bytes:
    """The same with a flag in the headers of its first entry."""
    local, central = data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8
    changed = bytearray(data)
    changed[local] |= bit
    changed[central] |= bit
    return bytes(changed)


def refusal(data: bytes) -> str:
    with pytest.raises(FolderRefused) as refused:
        unpack(data)
    return str(refused.value)


def test_a_folder_comes_in_as_it_went_out() -> None:
    files = {
        "programma.md": b"---\n",
        "platen/boom.svg": b"<svg/>",
        "kring.png": b"x",
        "bijlagen/lijst.md": b"l",
    }

    data = pack("klein", {**files, "dagdeel-1.md": b"landelijk"}, {"dagdeel-1": NATIONAL})

    assert unpack(data) == Folder({"dagdeel-1": TEXT}, files, {"dagdeel-1": origin_of(NATIONAL)})
    assert data == pack("klein", {**files, "dagdeel-1.md": b"landelijk"}, {"dagdeel-1": NATIONAL})


def test_a_folder_may_be_packed_with_or_without_itself_and_with_what_a_mac_adds() -> None:
    junk = ("__MACOSX/._dagdeel-1.md", b"\0"), (".DS_Store", b"\0")

    assert unpack(zipped(("dagdeel-1.md", TEXT), *junk)).parts == {"dagdeel-1": TEXT}
    assert unpack(zipped(("klein/", b""), ("klein/dagdeel-1.md", TEXT))).parts == {"dagdeel-1": TEXT}


OUTSIDE = "wijst naar een plek buiten de map."
HOSTILE = {
    "a link": (
        zipped((special(stat.S_IFLNK | 0o777), b"/etc/passwd")),
        "'dagdeel-1.md' is een link of iets anders dan een bestand.",
    ),
    "a pipe": (
        zipped((special(stat.S_IFIFO | 0o600), b"")),
        "'dagdeel-1.md' is een link of iets anders dan een bestand.",
    ),
    "upwards": (zipped(("../../dagdeel-1.md", TEXT)), f"'../../dagdeel-1.md' {OUTSIDE}"),
    "upwards inside": (zipped(("a/../dagdeel-1.md", TEXT)), f"'a/../dagdeel-1.md' {OUTSIDE}"),
    "absolute": (zipped(("/etc/dagdeel-1.md", TEXT)), f"'/etc/dagdeel-1.md' {OUTSIDE}"),
    "a disk": (zipped(("C:/dagdeel-1.md", TEXT)), f"'C:/dagdeel-1.md' {OUTSIDE}"),
    "backslashes": (zipped(("..\\dagdeel-1.md", TEXT)), f"'..\\dagdeel-1.md' {OUTSIDE}"),
    "empty": (zipped(), "Er zit geen tekst van een deel in de map. Zo'n tekst heet dagdeel-1.md."),
    "no zip": (b"dagdeel 1", "Dit is geen zip-bestand, of het is beschadigd."),
    "nothing": (b"", "Dit is geen zip-bestand, of het is beschadigd."),
    "cut off": (zipped(("dagdeel-1.md", TEXT))[:-30], "Dit is geen zip-bestand, of het is beschadigd."),
    "a name twice in capitals": (
        zipped(("dagdeel-1.md", TEXT), ("kring.png", b"1"), ("KRING.png", b"2")),
        "'KRING.png' zit er twee keer in. Hoofdletters tellen niet mee.",
    ),
    "a name in two spellings": (
        zipped(("caf\u00e9.png", b"1"), ("cafe\u0301.png", b"2")),
        "'cafe\u0301.png' zit er twee keer in. Hoofdletters tellen niet mee.",
    ),
    "a name that turns around": (
        zipped(("\u202edm.1.md", TEXT)),
        "'?dm.1.md' kan geen naam van een bestand zijn.",
    ),
    "a name that is too long": (
        zipped(("a" * 300 + ".md", TEXT)),
        f"'{'a' * 59}…' kan geen naam van een bestand zijn.",
    ),
    "a program": (zipped(("dagdeel-1.md", TEXT), ("doe.sh", b"")), "'doe.sh' hoort niet in deze map."),
    "a folder deeper": (
        zipped(("dagdeel-1.md", TEXT), ("a/b/c.md", b"")),
        "'a/b/c.md' hoort niet in deze map.",
    ),
    "a text of 10 MB": (
        zipped(("dagdeel-1.md", b"x" * 10_000_000)),
        "'dagdeel-1.md' is te groot. Neem hoogstens 256 kB.",
    ),
    "a picture of 10 MB": (
        zipped(("kring.png", b"x" * 10_000_000)),
        "'kring.png' is te groot. Neem hoogstens 4096 kB.",
    ),
    "a bomb of many": (
        zipped(*((f"kring-{at}.png", b"x" * 4_000_000) for at in range(6))),
        "Uitgepakt is de map te groot: meer dan 16 MB.",
    ),
    "too many": (
        zipped(*((f"dagdeel-{at}.md", b"") for at in range(MOST_FILES + 1))),
        f"Er zitten te veel bestanden in de map. Neem er hoogstens {MOST_FILES}.",
    ),
    "too large": (b"x" * (MOST_PACKED + 1), "De map is te groot. Neem hoogstens 7 MB."),
    "a password": (
        flagged(zipped(("dagdeel-1.md", TEXT)), 1),
        "Op de map zit een wachtwoord. Maak hem zonder wachtwoord.",
    ),
    "packed oddly": (
        zipped(("dagdeel-1.md", TEXT), method=zipfile.ZIP_LZMA),
        "De map is op een ongewone manier ingepakt. Maak een gewone zip.",
    ),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_folder_is_refused_with_a_sentence(name: str) -> None:
    data, sentence = HOSTILE[name]

    assert refusal(data) == sentence


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused() -> None:
    data = zipped(("dagdeel-1.md", TEXT), ("dagdeel-1.md", b"iets anders"))

    assert refusal(data) == "'dagdeel-1.md' zit er twee keer in. Hoofdletters tellen niet mee."


def test_a_damaged_text_is_refused() -> None:
    data = bytearray(zipped(("dagdeel-1.md", TEXT), method=zipfile.ZIP_STORED))
    data[data.index(b"Fijn")] ^= 1

    assert refusal(bytes(data)) == "Dit is geen zip-bestand, of het is beschadigd."


@pytest.mark.parametrize("origin", [b"", b"[1, 2]", b"{", b'{"dagdeel-1": 7}', b"[" * 100_000, b"\xff"])
def test_what_cannot_be_known_of_where_a_text_came_from_is_nothing(origin: bytes) -> None:
    assert unpack(zipped(("dagdeel-1.md", TEXT), ("herkomst.json", origin))).origins == {}


def test_a_bomb_takes_neither_time_nor_memory() -> None:
    # 64 MB of nothing, in 64 kB.
    with (
        zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("dagdeel-1.md", "w", force_zip64=True) as file,
    ):
        for _ in range(64):
            file.write(bytes(1024 * 1024))
    data = packed.getvalue()

    assert effort(lambda: refusal(data)) < 100

    tracemalloc.start()
    assert refusal(data) == "'dagdeel-1.md' is te groot. Neem hoogstens 256 kB."

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 8_000_000


def test_a_list_of_very_many_names_takes_no_time() -> None:
    data = b"PK\x01\x02" * (MOST_PACKED // 4)

    assert effort(lambda: refusal(data)) < 1_000


@given(st.binary(max_size=200), st.integers(0, 2000), st.integers(0, 200))
def test_whatever_is_in_a_file_it_is_a_folder_or_refused(noise: bytes, at: int, gone: int) -> None:
    sound = zipped(("klein/dagdeel-1.md", TEXT), ("klein/kring.png", b"x" * 50))
    at %= len(sound)

    try:
        found = unpack(sound[:at] + noise + sound[at + gone :])
    except FolderRefused as refused:
        assert str(refused).endswith(".")
    else:
        assert set(found.parts) <= {"dagdeel-1"}
