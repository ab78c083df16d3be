"""What small groups cost: a step to `groepjes` beside one to a question, and dealing; part of `make bench`.

Everybody takes part on the phone, the trainer deals, and it is measured until each phone shows its group.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.client import Phone, Refused, frame
from bench.measure import Crowd, median, must_be_ok, percentile, quiet
from bench.run import cores
from bench.servers import KEY, SIZE, Kwartier

PHONES, QUICK_PHONES = 1000, 12
ROUNDS = 5
# In JSON. A phone that takes part and waits has the attribute too, and no number.
HAS_GROUP = re.compile(rb'data-my-group=\\"\d')
PROGRAMME = """---
titel: In groepjes
doel: Meten.
delen: [dagdeel-1]
bronnen: [Geschreven voor Kwartier]
---

Om mee te meten.
"""
PART = """---
titel: Dagdeel in groepjes
doel: Meten.
bronnen: [Geschreven voor Kwartier]
---

## Begin {#begin minuten=15}

Welkom.

## In groepjes {#in-groepjes minuten=30}
"""


class Groups(Kwartier):
    """Kwartier with steps that are a question and a deal of `people` by turns."""

    name = "kwartier with groups"

    def __init__(self, core: int | None, people: int) -> None:
        self.content = Path(tempfile.mkdtemp(prefix="kwartier-groups-"))
        programme = self.content / "groepjes"
        programme.mkdir()
        (programme / "programma.md").write_text(PROGRAMME)
        (programme / "dagdeel-1.md").write_text(PART + "".join(_steps(people)))
        super().__init__(core)

    def taking_part(self, phone: Phone, number: int) -> bytes:
        """The frame with which a phone takes part in the deal; `number` determines its id."""
        found, size = KEY.search(phone.view), SIZE.search(phone.view)
        if found is None or size is None:
            raise Refused("a phone does not show the step")
        message = (
            b'2%d["post",{"id":"00000000-0000-4000-8000-%012x","step":"%s","item":"%s","form":{"role":["geen"]}}]'
            % (number % 1000, number, *found.groups())
        )
        return frame(b"4" + message.ljust(int(size[1])))

    def stop(self) -> None:
        super().stop()
        shutil.rmtree(self.content, ignore_errors=True)


def _steps(people: int) -> Iterator[str]:
    # One more, which is never shown: what follows a step is prepared during it.
    for number in range(ROUNDS + 1):
        yield f"\n### Eens of niet? {{#vraag-{number} werkvorm=stelling}}\n\n- Een klein gebaar helpt.\n"
        yield f"\n### Je groepje {{#groepjes-{number} werkvorm=groepjes mensen={people}}}\n\nMaak groepjes.\n"


def deal(crowd: Crowd, server: Groups, ids: Iterator[int]) -> float:
    """Milliseconds (p95) from the press that deals until a phone that takes part shows its group."""
    swarm, phones = crowd.swarm, crowd.phones
    goal = swarm.acks + len(phones)
    swarm.on_ack = must_be_ok
    for phone in phones:
        swarm.send(phone, server.taking_part(phone, next(ids)))
        swarm.step(0)
    swarm.until(lambda: swarm.acks >= goal)
    crowd.settle(2.0)
    told: dict[int, float] = {}

    def on_own(phone: Phone, text: bytes) -> None:
        if HAS_GROUP.search(text):
            told.setdefault(phone.fd, time.perf_counter())

    swarm.on_own = on_own
    with quiet():
        people = b'{"people":["%d"],"without":["0"]}' % len(phones)
        swarm.send(crowd.control, server.command(crowd.control, b"do:deal", people))
        swarm.until(lambda: len(told) == len(phones))
    swarm.on_own = swarm.on_ack = None
    crowd.settle()
    return 1000 * percentile([seen - crowd.control.sent for seen in told.values()], 0.95)


def main() -> int:
    """Exit status 0; 1 when a phone was refused."""
    parser = argparse.ArgumentParser(prog="python -m bench.groups", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_PHONES} phones")
    phones = QUICK_PHONES if parser.parse_args().quick else PHONES
    server_core, client_core = cores()
    if client_core is not None:
        os.sched_setaffinity(0, {client_core})
    server, ids = Groups(server_core, phones), iter(range(1_000_000))
    question, groups, dealt = list[float](), list[float](), list[float]()
    try:
        crowd = Crowd(server)
        crowd.join(phones)
        crowd.step()
        for _ in range(ROUNDS):
            question.append(crowd.step()["step_p95"])
            groups.append(crowd.step()["step_p95"])
            dealt.append(deal(crowd, server, ids))
        crowd.leave()
    except Refused as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    finally:
        server.stop()
    ratio = median(groups) / median(question)
    print(f"\n{phones} phones, p95 ms, medians of {ROUNDS}")
    print(f"a step to a question            {median(question):8.1f}")
    print(f"a step to groepjes              {median(groups):8.1f}   {ratio:.2f} times (at most 1.3)")
    print(f"a deal, until all have a group  {median(dealt):8.1f}   (at most 1000)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
