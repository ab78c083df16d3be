"""Keeps the files and the memory of this process from others on the machine."""

import ctypes
import os
import resource

# linux/prctl.h
PR_SET_DUMPABLE = 4


def keep_to_itself() -> None:
    """Makes new files accessible to their owner only, and disables core dumps.

    Call it before anything is opened. A core dump would hold tokens and texts; other processes of the same
    user cannot inspect the memory of an undumpable process either.
    """
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
