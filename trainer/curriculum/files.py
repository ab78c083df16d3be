"""The files of a programme: the only code that opens what is in `content/`.

A programme may come from anybody, and is read and served by a process that can read much more: the database,
the keys. So nothing is opened by a path that could lead elsewhere. Each name is opened relative to the folder
opened before it; links are never followed, not even those that stay inside; and only regular files are read.
A link swapped in between the check and the opening is not followed either.

A hard link is indistinguishable from a file, but whoever can make one to our file can already read that file.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from trainer.curriculum.problems import shortened

# The allowed image types: file extension to the media type sent to browsers.
IMAGE_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
}
IMAGE_NAME = re.compile(rf"[A-Za-z0-9][\w-]*\.({'|'.join(IMAGE_TYPES)})", re.ASCII)
# The folder of a programme's drawings: see `drawing.py`.
DRAWINGS = "platen"
DRAWING_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.svg", re.ASCII)
# Ample for a photo on a projector; phones on bad WiFi must fetch it too.
MOST_IMAGE_BYTES = 4 * 1024 * 1024
MOST_ENTRIES = 2_000

# Non-blocking, because opening a pipe would wait for a writer.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_SPECIAL = "is geen gewoon bestand; haal het weg"


class Missing(Exception):
    """There is no such file or folder."""


class Unfit(Exception):
    """Something that a programme may not contain; `why` is a Dutch message."""

    def __init__(self, name: str, why: str, code: str) -> None:
        super().__init__(code)
        self.why = f"'{shortened(printable(name))}' {why}"
        self.code = code


def printable(name: str) -> str:
    """`name` made safe for a message, since a file can be called anything."""
    return "".join(character if character.isprintable() else "?" for character in name)


def image_type(name: str) -> str | None:
    """The media type of an image with this name; None when the name is not one for an image."""
    found = IMAGE_NAME.fullmatch(name)
    return IMAGE_TYPES[found[1]] if found else None


def read_inside(content: Path, names: Sequence[str], most: int) -> bytes:
    """The file that `names` lead to from `content`: at most `most` bytes, plus one if there are more.

    Raises Missing, or Unfit when something on the way is a link or unreadable, or the file is not regular.
    """
    with _opened(content, names, S_ISREG) as descriptor, open(descriptor, "rb", closefd=False) as file:
        return file.read(most + 1)


def read_image(content: Path, names: Sequence[str]) -> bytes:
    """A whole image. Raises what `read_inside` does, and Unfit when it is over MOST_IMAGE_BYTES."""
    data = read_inside(content, names, MOST_IMAGE_BYTES)
    _check_size(names, len(data))
    return data


def check_image(content: Path, names: Sequence[str]) -> None:
    """Raises what `read_image` would, without reading the image."""
    with _opened(content, names, S_ISREG) as descriptor:
        _check_size(names, os.fstat(descriptor).st_size)


def names_inside(content: Path, names: Sequence[str]) -> list[str]:
    """The names in a folder, sorted. Raises Missing or Unfit."""
    with _opened(content, names, S_ISDIR) as descriptor:
        return sorted(os.listdir(descriptor))  # noqa: PTH208  by now a path could lead elsewhere


def find_unfit(content: Path, programme: str) -> Iterator[tuple[tuple[str, ...], Unfit]]:
    """What a programme may not contain, with its location, even when no text names it.

    Hidden names are skipped: they are never opened, and editors and version control leave odd ones.
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
    """A descriptor of what `names` lead to, closed when the context ends. Raises Missing or Unfit."""
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
    """Opens `name` in an open folder. Raises Missing or Unfit."""
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise Missing
    try:
        mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
        if S_ISLNK(mode):
            raise Unfit(name, "is een link naar een andere plek; zet hier het bestand zelf neer", "file.link")
        # Merely opening some devices has an effect.
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
