"""What this process lets others on the machine see of it: nothing."""

import ctypes
import os
import resource

# linux/prctl.h
PR_SET_DUMPABLE = 4


def keep_to_itself() -> None:
    """Makes every file from now on for its owner alone, and leaves none of its memory on disk.

    To be called before anything is opened. A core dump would hold tokens and texts; a process that cannot be
    dumped cannot be looked into by others of the same user either.
    """
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
