"""How soon a phone takes part, and what it costs the network; part of `make bench`.

Chromium with a processor four times slower and a network as slow as said, from the request for the page on
which the code is typed until answers are taken. The phone reads nothing and types the code at once. Bytes and
requests are those of plain HTTP, and the same in every run; seconds are medians, and true on a quiet machine
only.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from bench.hand import Hands
from bench.link import Link
from bench.servers import ROOT
from bench.traffic import Traffic
from tests.browser.people import BEAMER, LAPTOP, PHONE, House, Sitting, chromium, online
from tests.support.server import RunningServer

ROUNDS, CROWD, CROWD_BITS = 5, 25, 2_000_000
SLOWER = 4
PROGRAMME, STEP = "training", "stellingen-op-de-lijn"


@dataclass(frozen=True, slots=True)
class Network:
    """A network: kilobits a second in each direction, and milliseconds until an answer begins."""

    kbits: int
    latency: int

    def __str__(self) -> str:
        rate = f"{self.kbits / 1000:g} Mb/s" if self.kbits >= 1000 else f"{self.kbits} kb/s"
        return f"{rate}, {self.latency} ms"


SLOW, MIDDLE, QUICK = Network(400, 400), Network(1600, 150), Network(20_000, 20)
# What must hold, and what is aimed at.
GOALS = {
    "bytes until taking part": (75_000, 55_000),
    "requests until taking part": (12, 8),
    f"{SLOW}, s": (4, 3),
    f"{MIDDLE}, s": (2, 1.5),
    f"{QUICK}, s": (1, 0.7),
    f"reload on {SLOW}, s": (1.5, 1),
    f"{CROWD} phones, together {CROWD_BITS / 1e6:g} Mb/s, the last one in, s": (15, 10),
}


def slowed(page: Page, network: Network) -> Traffic:
    """Makes the network and the processor of a page as slow as said."""
    traffic = Traffic(page).over_plain_http()
    speed = network.kbits * 1000 / 8
    conditions = {"latency": network.latency, "downloadThroughput": speed, "uploadThroughput": speed}
    traffic.session.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
    traffic.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return traffic


class Load:
    """A meeting with an exercise on, and browsers that have never been there."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.sitting: Sitting = house.sitting(PROGRAMME)
        self.sitting.go(STEP)

    def _strangers(self, people: int) -> Hands:
        browser = self.house.browser
        contexts = [browser.new_context(locale="nl-NL", **PHONE) for _ in range(people)]
        for context in contexts:
            context.set_default_timeout(120_000)
        return Hands(contexts, self.sitting.code)

    def join(self, network: Network) -> dict[str, float]:
        """One phone: until it takes part, and again after a reload."""
        hand = self._strangers(1)
        (page,) = hand.pages
        traffic = slowed(page, network)
        first = hand.until_all_take_part(self.house.server.url)
        found = {"seconds": first, "bytes": traffic.bytes, "requests": len(traffic.requests)}
        again = hand.until_all_take_part()
        page.context.close()
        return found | {"reload": again}

    def crowd(self, people: int) -> float:
        """So many phones at once on one link: until the last of them takes part, with processors of ours."""
        with Link(self.house.server.port, CROWD_BITS) as link:
            hands = self._strangers(people)
            for page in hands.pages:
                Traffic(page).over_plain_http()
            took = hands.until_all_take_part(f"http://127.0.0.1:{link.port}")
            for page in hands.pages:
                page.context.close()
        return took

    def trainers(self) -> dict[str, tuple[int, int]]:
        """Bytes and requests of a first visit to control and to the screen."""
        found = {}
        for name, path, device in (("control", "regie", LAPTOP), ("screen", "scherm", BEAMER)):
            page = self.house.context(self.house.trainer, **device).new_page()
            traffic = Traffic(page).over_plain_http()
            page.goto(f"{self.house.server.url}/{path}/{self.sitting.id}")
            online(page)
            found[name] = (traffic.bytes, len(traffic.requests))
        return found


def measured(load: Load, rounds: int, people: int) -> dict[str, float]:
    """Every row of the table, by what GOALS calls it."""
    runs = {network: [load.join(network) for _ in range(rounds)] for network in (SLOW, MIDDLE, QUICK)}
    found = {f"{network}, s": median(run["seconds"] for run in each) for network, each in runs.items()}
    return {
        "bytes until taking part": max(run["bytes"] for run in runs[QUICK]),
        "requests until taking part": max(run["requests"] for run in runs[QUICK]),
        **found,
        f"reload on {SLOW}, s": median(run["reload"] for run in runs[SLOW]),
        f"{CROWD} phones, together {CROWD_BITS / 1e6:g} Mb/s, the last one in, s": load.crowd(people),
    }


def main() -> int:
    """Exit status 0, whatever was measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, and three phones for the crowd")
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "load.json", help="where the figures go")
    options = parser.parse_args()
    rounds, people = (1, 3) if options.quick else (ROUNDS, CROWD)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        server = RunningServer(Path(place), POST_RATE="100", POST_BURST="1000").start()
        try:
            with House(server, browser).visit() as house:
                load = Load(house)
                figures, trainers = measured(load, rounds, people), load.trainers()
        finally:
            server.stop()
    print(f"\n{'from the code to taking part':<58}{'now':>10}{'must':>10}{'aim':>10}")
    for name, (must, aim) in GOALS.items():
        value = figures[name]
        print(f"{name:<58}{value if value == int(value) else round(value, 2):>10}{must:>10}{aim:>10}")
    for name, (size, requests) in trainers.items():
        print(f"{name + ', first visit: bytes, requests':<58}{size:>10}{requests:>10}")
    report = {"rounds": rounds, "crowd": people, "figures": figures, "trainers": trainers}
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(report, indent=2) + "\n")
    print(f"\nall figures in {options.json}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
