"""How files leave that hold what should not be found on the disk."""

import os
from pathlib import Path

ZEROS = bytes(1 << 20)


def shred(path: Path) -> None:
    """Overwrites a file in its place on the disk, and removes it; of a link only the link goes."""
    if not path.is_symlink():
        overwrite(path)
    path.unlink()


def overwrite(path: Path) -> None:
    """Fills a file with zeros in its place on the disk."""
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(ZEROS[:left])
        file.flush()
        os.fsync(file.fileno())
