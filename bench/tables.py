"""What tables cost: the same step to 200 phones at one table, and to 200 at twelve; part of `make bench`.

The kind with tables is the made-up one of the tests, added to a copy of Kwartier. At twelve tables the server
renders twelve views of phones where it renders one, and sends as many messages. Compare the two columns.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from bench.client import Refused, Visitor
from bench.measure import Crowd, Numbers, median
from bench.run import cores
from bench.servers import ROOT, Door, Kwartier

TABLES, ROUNDS, STEPS = (1, 12), 3, 10
PHONES, QUICK_PHONES = 200, 12
ROWS = (
    ("step_p50", "a step to every phone, p50 ms", "{:.1f}"),
    ("step_p95", "  p95 ms", "{:.1f}"),
    ("step_last", "  last ms", "{:.1f}"),
    ("server_ms", "  server CPU, ms", "{:.1f}"),
)
PROGRAMME = """---
titel: Aan tafels
doel: Meten.
delen: [dagdeel-1]
bronnen: [Geschreven voor Kwartier]
---

Om mee te meten.
"""
PART = """---
titel: Dagdeel aan tafels
doel: Meten.
bronnen: [Geschreven voor Kwartier]
---

## Begin {#begin minuten=15}

Welkom.

## Aan tafel {#aan-tafel minuten=30}
"""


class Tables(Kwartier):
    """Kwartier in a copy, with steps that so many tables do by themselves; its phones sit down in turn."""

    name = "kwartier with tables"

    def __init__(self, core: int | None, tables: int) -> None:
        self._house = Path(tempfile.mkdtemp(prefix="kwartier-tables-"))
        self.root, self.content = self._house / "house", self._house / "content"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "trainer", self.root / "trainer", ignore=ignored)
        kind = ROOT / "tests" / "support" / "tables" / "tafels"
        shutil.copytree(kind, self.root / "trainer" / "kinds" / "tafels", ignore=ignored)
        for name in ("templates", "static", "docs"):
            (self.root / name).symlink_to(ROOT / name)
        programme = self.content / "tafels"
        programme.mkdir(parents=True)
        (programme / "programma.md").write_text(PROGRAMME)
        (programme / "dagdeel-1.md").write_text(PART + "".join(_steps(tables)))
        self._seats = cycle(f"tafel-{number}" for number in range(1, tables + 1))
        super().__init__(core)

    def visitors(self, count: int, door: Door | None = None) -> Iterator[Visitor]:
        for visitor in super().visitors(count, door):
            yield Visitor(visitor.cookie, visitor.auth.replace("}", f',"place":"{next(self._seats)}"}}'))

    def stop(self) -> None:
        super().stop()
        shutil.rmtree(self._house, ignore_errors=True)


def _steps(tables: int) -> Iterator[str]:
    # Two before the measured ones, and one that is never shown.
    for step in range(STEPS + 3):
        yield f"\n### Stellingen {{#stap-{step} werkvorm=tafels}}\n"
        for table in range(1, tables + 1):
            yield f"\n#### Tafel {table}\n\n- Een klein gebaar helpt, zegt tafel {table}.\n"


def measured(core: int | None, tables: int, phones: int) -> Numbers:
    """The medians of the steps of one meeting. Raises Refused."""
    server = Tables(core, tables)
    try:
        crowd = Crowd(server)
        crowd.join(phones)
        # To the first step, and past it: the sizes of its messages are found once.
        crowd.step()
        crowd.step()
        runs = []
        for _ in range(STEPS):
            before = server.cpu()
            run = crowd.step()
            runs.append(run | {"server_ms": (server.cpu() - before) / 1000})
        crowd.leave()
    finally:
        server.stop()
    return {name: median([run[name] for run in runs]) for name in runs[0]}


def main() -> int:
    """Exit status 0; 1 when a phone was refused."""
    parser = argparse.ArgumentParser(prog="python -m bench.tables", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_PHONES} phones and one round")
    quick = parser.parse_args().quick
    phones = QUICK_PHONES if quick else PHONES
    server_core, client_core = cores()
    if client_core is not None:
        os.sched_setaffinity(0, {client_core})
    found: dict[int, list[Numbers]] = {tables: [] for tables in TABLES}
    try:
        for _ in range(1 if quick else ROUNDS):
            for tables in TABLES:
                found[tables].append(measured(server_core, tables, phones))
    except Refused as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(f"\n{phones} phones at so many tables:" + "".join(f"{tables:>10}" for tables in TABLES))
    for metric, text, shape in ROWS:
        values = [median([run[metric] for run in found[tables]]) for tables in TABLES]
        print(f"{text:<34}" + "".join(f"{shape.format(value):>10}" for value in values))
    return 0


if __name__ == "__main__":
    sys.exit(main())
