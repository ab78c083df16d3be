"""One process at a time on a data folder: two would each take their own memory for the truth."""

import fcntl
import os
from pathlib import Path

LOCK = "in-use"


class InUse(Exception):
    """Another process uses this data folder."""


class FolderLock:
    """Holds a data folder from now until `release` or the end of the process, however it ends."""

    def __init__(self, data_dir: Path) -> None:
        """Raises InUse when somebody else holds it."""
        self._descriptor = os.open(data_dir / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._descriptor)
            raise InUse(f"another Kwartier is running on {data_dir}") from error

    def release(self) -> None:
        """Lets others have the folder."""
        os.close(self._descriptor)
