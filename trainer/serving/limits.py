"""How many connections this process may have open."""

import resource

OPEN_FILES = 20_256


def raise_limit() -> None:
    """Raises the soft limit of open files as far as the hard limit allows, up to `OPEN_FILES`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < OPEN_FILES:
        ceiling = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))


def descriptors() -> int:
    """How many connections fit in the limit of open files, with 256 kept for the database and the rest."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (OPEN_FILES if soft == resource.RLIM_INFINITY else min(soft, OPEN_FILES)) - 256


def most_connections() -> int:
    """Most open WebSockets; the remaining descriptors are for requests, including idle connections."""
    return descriptors() * 3 // 4
