"""A programme as a folder of Markdown in a zip file: made of what a course gives, and read from anybody.

What is read may be hostile. Nothing is unpacked to disk; names are compared and never opened; and all that is
looked at is bounded, whatever the file says of itself.
"""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from trainer.curriculum.files import (
    DRAWING_NAME,
    DRAWINGS,
    IMAGE_NAME,
    MOST_IMAGE_BYTES,
    Missing,
    Unfit,
    names_inside,
    printable,
    read_inside,
)
from trainer.curriculum.limits import MOST_BYTES
from trainer.curriculum.parse import INDEX
from trainer.curriculum.problems import shortened

MEGABYTE = 1024 * 1024
MOST_PACKED = 7 * MEGABYTE
MOST_UNPACKED = 16 * MEGABYTE
MOST_FILES = 300
HANDOUTS = "bijlagen"
# Which text each part was made from: so that what others changed since is not lost when it comes back.
ORIGIN = "herkomst.json"
# What computers add to folders by themselves.
_JUNK = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)", re.DOTALL)
_PART = re.compile(r"([a-z0-9-]{1,60})\.md", re.ASCII)
_KNOWN = re.compile(
    rf"{IMAGE_NAME.pattern}|{DRAWINGS}/{DRAWING_NAME.pattern}|{HANDOUTS}/[a-z0-9-]{{1,60}}\.md", re.ASCII
)
_ENTRY = b"PK\x01\x02"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError,
    OverflowError, KeyError, IndexError, zipfile.LargeZipFile,
)  # fmt: skip


class FolderRefused(Exception):
    """A file that is no such folder, or may not be read; the message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What a zip file holds: texts of parts by id, other files by name, and what the texts were made from."""

    parts: Mapping[str, bytes]
    others: Mapping[str, bytes]
    origins: Mapping[str, str] = field(default_factory=dict)


def origin_of(source: str) -> str:
    """What says of a text which it is."""
    return hashlib.sha256(source.encode(errors="replace")).hexdigest()


def pack(folder: str, files: Mapping[str, bytes], parts: Mapping[str, str]) -> bytes:
    """A zip file with one folder in it; the same files give the same bytes."""
    origins = {part: origin_of(source) for part, source in parts.items()}
    texts = {f"{part}.md": source.encode() for part, source in parts.items()}
    texts[ORIGIN] = (json.dumps(origins, indent=2) + "\n").encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted({**files, **texts}.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}")
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()


def files_of(content: Path, programme: str) -> dict[str, bytes]:
    """The files of a national programme as they are now; what cannot be read is left out."""
    found: dict[str, bytes] = {}
    for folder in ((), (HANDOUTS,), (DRAWINGS,)):
        try:
            names = names_inside(content, (programme, *folder))
        except (Missing, Unfit):
            continue
        for name in names:
            path = "/".join((*folder, name))
            if path == INDEX or _PART.fullmatch(path) or _KNOWN.fullmatch(path):
                try:
                    found[path] = read_inside(content, (programme, *folder, name), MOST_IMAGE_BYTES)
                except (Missing, Unfit):
                    continue
    return found


def unpack(data: bytes) -> Folder:
    """The folder in a zip file. Raises FolderRefused."""
    if len(data) > MOST_PACKED:
        raise FolderRefused(f"De map is te groot. Neem hoogstens {MOST_PACKED // MEGABYTE} MB.")
    # Before its list is read: a list of a million names is already too much.
    if data.count(_ENTRY) > MOST_FILES:
        raise FolderRefused(f"Er zitten te veel bestanden in de map. Neem er hoogstens {MOST_FILES}.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _sorted_out(dict(_read(archive)))
    except FolderRefused:
        raise
    except _BROKEN as error:
        raise FolderRefused("Dit is geen zip-bestand, of het is beschadigd.") from error


def _read(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    known: set[str] = set()
    total = 0
    for entry in archive.infolist():
        name = _name(entry)
        if entry.is_dir() or _JUNK.fullmatch(name):
            continue
        same = unicodedata.normalize("NFC", name).casefold()
        if same in known:
            raise FolderRefused(f"{_quoted(name)} zit er twee keer in. Hoofdletters tellen niet mee.")
        known.add(same)
        most = MOST_BYTES if name.endswith((".md", ".json")) else MOST_IMAGE_BYTES
        with archive.open(entry) as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise FolderRefused(f"{_quoted(name)} is te groot. Neem hoogstens {most // 1024} kB.")
        total += len(content)
        if total > MOST_UNPACKED:
            raise FolderRefused(f"Uitgepakt is de map te groot: meer dan {MOST_UNPACKED // MEGABYTE} MB.")
        yield name, content


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry, once it can do no harm. Raises FolderRefused."""
    # `filename` is what is left of it after mending.
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    if "\\" in name or "\0" in name or ":" in name or name.startswith("/") or {"", ".", ".."} & set(parts):
        raise FolderRefused(f"{_quoted(name)} wijst naar een plek buiten de map.")
    if len(name) > 200 or not name.isprintable():
        raise FolderRefused(f"{_quoted(name)} kan geen naam van een bestand zijn.")
    mode = entry.external_attr >> 16
    if mode and not (S_ISREG(mode) or S_ISDIR(mode)) and mode & 0o170000:
        raise FolderRefused(f"{_quoted(name)} is een link of iets anders dan een bestand.")
    if entry.flag_bits & 1:
        raise FolderRefused("Op de map zit een wachtwoord. Maak hem zonder wachtwoord.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FolderRefused("De map is op een ongewone manier ingepakt. Maak een gewone zip.")
    return name


def _sorted_out(files: Mapping[str, bytes]) -> Folder:
    tops = {name.partition("/")[0] for name in files}
    # Most programs put the folder itself in the file.
    if len(tops) == 1 and all("/" in name for name in files):
        files = {name.partition("/")[2]: data for name, data in files.items()}
    parts: dict[str, bytes] = {}
    others: dict[str, bytes] = {}
    for name, data in files.items():
        if name == INDEX or _KNOWN.fullmatch(name):
            others[name] = data
        elif found := _PART.fullmatch(name):
            parts[found[1]] = data
        elif name != ORIGIN:
            raise FolderRefused(f"{_quoted(name)} hoort niet in deze map.")
    if not parts:
        raise FolderRefused("Er zit geen tekst van een deel in de map. Zo'n tekst heet dagdeel-1.md.")
    return Folder(parts, others, _origins(files.get(ORIGIN, b"")))


def _origins(data: bytes) -> dict[str, str]:
    """What the texts were made from; nothing where that cannot be read, for then nothing is known of it."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(part): origin for part, origin in found.items() if isinstance(origin, str)}


def _quoted(name: str) -> str:
    return f"'{shortened(printable(name))}'"
