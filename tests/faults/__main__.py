"""`make faults`: what was told saved is saved, every view is right again. Exit status 1 when not."""

import argparse
import random
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.faults import abuse, clock, crowd, damage, lost, reload, storage, tables, traces
from tests.support.findings import Finding, table

PROOFS = (lost, storage, damage, traces, clock, abuse, crowd, reload, tables)


def counted(name: str, prove: Callable[[], list[Finding]]) -> list[Finding]:
    """What a proof finds. One that cannot go on is a broken promise, and the next one has its turn."""
    try:
        return prove()
    except Exception as error:
        traceback.print_exc()
        said = (str(error).splitlines() or [""])[0][:80]
        return [Finding(f"{name}: comes to its end", f"{type(error).__name__}: {said}", "yes", False)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter, with fewer phones")
    parser.add_argument(
        "--seed", type=int, default=random.randrange(2**32), help="default: another each time"
    )
    options = parser.parse_args()
    began = time.monotonic()
    print(f"seed {options.seed}", flush=True)
    found = []
    with ThreadPoolExecutor(1) as beside:
        # Ten minutes of sleep cost nothing.
        asleep = None if options.quick else beside.submit(lost.asleep, options.seed)
        for proof in PROOFS:
            some = counted(proof.__name__, partial(proof.prove, options.quick, options.seed))
            print(table(some), flush=True)
            found += some
        if asleep:
            some = counted("asleep", asleep.result)
            print(table(some), flush=True)
            found += some
    broken = sum(not finding.holds for finding in found)
    print(f"\n{len(found)} promises, {broken} broken, {time.monotonic() - began:.0f} s")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
