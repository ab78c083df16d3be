"""Removes files whose contents must not be found on the disk."""

import os
from pathlib import Path

ZEROS = bytes(1 << 20)


def shred(path: Path) -> None:
    """Overwrites a file in place, and removes it; a symbolic link is removed without touching its target."""
    if not path.is_symlink():
        overwrite(path)
    path.unlink()


def overwrite(path: Path) -> None:
    """Fills a file with zeros in place, and flushes it to the disk."""
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(ZEROS[:left])
        file.flush()
        os.fsync(file.fileno())
