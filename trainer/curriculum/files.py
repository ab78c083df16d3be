"""The files of a programme: the only place that opens what lies in `content/`.

A programme may come from anybody, and is read and served by a process that can read much more: the database,
the keys. So nothing is opened by a path that may lead elsewhere. Each name is opened in the folder that was
opened before it; a link is never followed, not even one that stays inside; and only a regular file is read.
What is swapped between looking and opening is not followed either.

A hard link cannot be told from a file. Whoever can make one to a file of ours could read that file already.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from trainer.curriculum.problems import shortened

# What an image may be, by the end of its name, and what browsers are told that it is.
IMAGE_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
}
IMAGE_NAME = re.compile(rf"[A-Za-z0-9][\w-]*\.({'|'.join(IMAGE_TYPES)})", re.ASCII)
# Ample for a photo on a projector; a phone on bad WiFi has to fetch it.
MOST_IMAGE_BYTES = 4 * 1024 * 1024
MOST_ENTRIES = 2_000

# Without waiting: a pipe would wait for somebody who writes.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_SPECIAL = "is geen gewoon bestand; haal het weg"


class Missing(Exception):
    """There is no such file or folder."""


class Unfit(Exception):
    """Something that a programme may not hold; `why` is Dutch."""

    def __init__(self, name: str, why: str, code: str) -> None:
        super().__init__(code)
        self.why = f"'{shortened(printable(name))}' {why}"
        self.code = code


def printable(name: str) -> str:
    """`name` for in a message: a file can be called anything."""
    return "".join(character if character.isprintable() else "?" for character in name)


def image_type(name: str) -> str | None:
    """What an image of this name is; None when no image can be called so."""
    found = IMAGE_NAME.fullmatch(name)
    return IMAGE_TYPES[found[1]] if found else None


def read_inside(content: Path, names: Sequence[str], most: int) -> bytes:
    """The file to which `names` lead from `content`: at most `most` bytes, and one more if it has more.

    Raises Missing, or Unfit when something on the way is a link or the file is no regular file.
    """
    with _opened(content, names, S_ISREG) as descriptor, open(descriptor, "rb", closefd=False) as file:
        return file.read(most + 1)


def read_image(content: Path, names: Sequence[str]) -> bytes:
    """An image as a whole. Raises Missing, or Unfit also when it is too large."""
    data = read_inside(content, names, MOST_IMAGE_BYTES)
    _check_size(names, len(data))
    return data


def check_image(content: Path, names: Sequence[str]) -> None:
    """Raises what `read_image` would, and reads nothing."""
    with _opened(content, names, S_ISREG) as descriptor:
        _check_size(names, os.fstat(descriptor).st_size)


def names_inside(content: Path, names: Sequence[str]) -> list[str]:
    """What lies in a folder, sorted. Raises Missing or Unfit."""
    with _opened(content, names, S_ISDIR) as descriptor:
        return sorted(os.listdir(descriptor))  # noqa: PTH208  a path could lead elsewhere by now


def find_unfit(content: Path, programme: str) -> Iterator[tuple[tuple[str, ...], Unfit]]:
    """What a programme may not hold, with where it lies, also when no text of it names that.

    Hidden names are skipped: they are never opened, and editors and version control have odd ones.
    """
    waiting: list[tuple[str, ...]] = [(programme,)]
    for _ in range(MOST_ENTRIES):
        if not waiting:
            return
        where = waiting.pop()
        try:
            with _opened(content, where) as descriptor:
                if S_ISDIR(os.fstat(descriptor).st_mode):
                    names = os.listdir(descriptor)  # noqa: PTH208
                    waiting += [(*where, name) for name in names if not name.startswith(".")]
        except Missing:
            continue
        except Unfit as unfit:
            yield where, unfit
    yield (programme,), Unfit(programme, "heeft te veel bestanden", "programme.too-many-files")


@contextmanager
def _opened(
    content: Path, names: Sequence[str], is_wanted: Callable[[int], bool] = lambda mode: True
) -> Iterator[int]:
    """A descriptor of what `names` lead to, for as long as the context lasts."""
    try:
        at = os.open(content, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise Missing from error
    try:
        for name in names:
            outer, at = at, _step(at, name)
            os.close(outer)
        if not is_wanted(os.fstat(at).st_mode):
            raise Unfit(names[-1], _SPECIAL, "file.special")
        yield at
    finally:
        os.close(at)


def _step(folder: int, name: str) -> int:
    """Opens `name` in an open folder."""
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise Missing
    try:
        mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
        if S_ISLNK(mode):
            raise Unfit(name, "is een link naar een andere plek; zet hier het bestand zelf neer", "file.link")
        # Some devices do something when they are opened.
        if not (S_ISREG(mode) or S_ISDIR(mode)):
            raise Unfit(name, _SPECIAL, "file.special")
        return os.open(name, _FLAGS, dir_fd=folder)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Missing from error
    except OSError as error:
        raise Unfit(name, "kan niet gelezen worden; kijk wie het mag lezen", "file.unreadable") from error


def _check_size(names: Sequence[str], size: int) -> None:
    if size > MOST_IMAGE_BYTES:
        most = f"{MOST_IMAGE_BYTES // 1024 // 1024} MB"
        raise Unfit(names[-1], f"is te groot: meer dan {most}; maak de afbeelding kleiner", "file.too-large")
