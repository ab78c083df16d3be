"""`make house`: an ordinary day of a hosted instance. Many meetings at once, and phones that come and go.

In every meeting a trainer goes on every fifteen seconds and the whole group votes; phones lose their
connection and come back. At the end every acknowledged vote must be stored, the result that each trainer then
shows must include them all, the log must hold no errors, and the memory of the server must have settled. Exit
status 1 when that is not so, or when anybody was refused.
"""

import argparse
import heapq
import itertools
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench.client import Phone, Refused, Swarm, Visitor
from bench.measure import median, percentile
from bench.run import cores
from bench.servers import KEY, Door, Kwartier
from trainer.kinds.contract import ROOM

MEETINGS, PHONES, MINUTES, RECONNECTS = 40, 25, 30.0, 5_000
STEP_SECONDS, VOTE_WITHIN = 15.0, 10.0
AWAY_SECONDS = (0.2, 3.0)
# How many statements of bench/content the trainer steps through, and back again.
STATEMENTS = 20
SAMPLES = 180
# Memory has settled when its median in the last third is at most this many times that of the second third.
SETTLED = 1.03


@dataclass
class Meeting:
    """One group: its pages, and the cookies of the phones that voted on each question."""

    door: Door
    control: Phone
    screen: Phone
    phones: dict[str, Phone] = field(default_factory=dict)
    votes: dict[bytes, set[str]] = field(default_factory=dict)
    place: int = -1
    way: int = 1
    pressed: float = 0.0


@dataclass
class Figures:
    """Times measured since the last report, in milliseconds."""

    steps: list[float] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)
    returns: list[float] = field(default_factory=list)


class House:
    """All meetings, and the queue of planned actions; `memory` is in KiB."""

    def __init__(self, server: Kwartier, meetings: int, phones: int, chance: random.Random) -> None:
        self.server = server
        self.swarm = Swarm(server.address)
        self.chance = chance
        self.figures = Figures()
        self.reconnects = 0
        self.memory: list[float] = []
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._ids = itertools.count(1)
        self._meeting_of: dict[int, Meeting] = {}
        self._asked: dict[int, tuple[bytes, str]] = {}
        self.swarm.on_view, self.swarm.on_ack = self._on_view, self._on_ack
        self.meetings = [self._open(number, phones) for number in range(meetings)]
        self.swarm.until(lambda: all(p.connected for one in self.meetings for p in one.phones.values()))

    def _open(self, number: int, phones: int) -> Meeting:
        door = self.server.door if number == 0 else self.server.another_meeting(f"Groep {number}")
        leaders = [self.server.leader(role, door) for role in ("control", "screen")]
        meeting = Meeting(door, *self.swarm.join(leaders, 1))
        for visitor in list(self.server.visitors(phones, door)):
            self._comes_in(meeting, visitor)
        return meeting

    def _comes_in(self, meeting: Meeting, visitor: Visitor) -> None:
        phone = self.swarm.dial(visitor)
        meeting.phones[visitor.cookie] = phone
        self._meeting_of[phone.fd] = meeting

    def at(self, seconds: float, action: Callable[[], None]) -> None:
        """Plan an action in so many seconds."""
        heapq.heappush(self._due, (time.perf_counter() + seconds, next(self._numbers), action))

    def run(self, seconds: float) -> None:
        """Run planned actions and process incoming data for so many seconds."""
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            while self._due and self._due[0][0] <= now:
                heapq.heappop(self._due)[2]()
            first = self._due[0][0] if self._due else end
            self.swarm.step(max(0.0, min(first, end) - time.perf_counter()))

    # What trainers and phones do

    def go_on(self, meeting: Meeting) -> None:
        """The trainer goes on a step, and plans a vote for every phone."""
        if not 0 <= meeting.place + meeting.way < STATEMENTS:
            meeting.way = -meeting.way
        meeting.place += meeting.way
        name = b"next" if meeting.way > 0 else b"back"
        self.swarm.send(meeting.control, self.server.command(meeting.control, name))
        meeting.pressed = meeting.control.sent
        for cookie in meeting.phones:
            self.at(
                1 + self.chance.uniform(0, VOTE_WITHIN), lambda cookie=cookie: self._vote(meeting, cookie)
            )
        self.at(STEP_SECONDS, lambda: self.go_on(meeting))

    def _vote(self, meeting: Meeting, cookie: str) -> None:
        phone = meeting.phones[cookie]
        found = KEY.search(phone.view)
        if phone.connected and found:
            self._asked[phone.fd] = found[2], cookie
            self.swarm.send(phone, self.server.post(phone, next(self._ids)))

    def cut(self) -> None:
        """A random idle phone loses its connection, and comes back after a while."""
        meeting = self.chance.choice(self.meetings)
        idle = [each for each in meeting.phones.values() if each.connected and each.fd not in self._asked]
        if not idle:
            self.at(0, self.cut)
            return
        phone = self.chance.choice(idle)
        self.reconnects += 1
        self.swarm.hang_up(phone)
        phone.connected = False
        self.at(self.chance.uniform(*AWAY_SECONDS), lambda: self._comes_in(meeting, phone.visitor))

    # What comes back

    def _on_view(self, phone: Phone) -> None:
        meeting = self._meeting_of.get(phone.fd)
        if meeting is None or meeting.phones.get(phone.visitor.cookie) is not phone:
            return
        if phone.started > meeting.pressed:
            self.figures.returns.append(1000 * (phone.seen - phone.started))
        else:
            self.figures.steps.append(1000 * (phone.seen - meeting.pressed))

    def _on_ack(self, phone: Phone, text: bytes) -> None:
        asked = self._asked.pop(phone.fd, None)
        if b'"ok":true' not in text:
            raise Refused(f"refused: {text.decode()}")
        if asked:
            item, cookie = asked
            self._meeting_of[phone.fd].votes.setdefault(item, set()).add(cookie)
            self.figures.acks.append(1000 * (phone.acked - phone.sent))

    def sample(self, pause: float) -> None:
        """Record the memory of the server, every `pause` seconds."""
        self.memory.append(self.server.rss())
        self.at(pause, lambda: self.sample(pause))

    # At the end

    def wrong_screens(self) -> int:
        """How many screens show a wrong total after every trainer showed the result."""
        due = [(meeting, self._answered(meeting)) for meeting in self.meetings]
        # With fewer than ROOM answers there is no result: the trainer would be refused.
        due = [(meeting, count if count >= ROOM else 0) for meeting, count in due]
        for meeting in [meeting for meeting, count in due if count]:
            self.swarm.send(meeting.control, self.server.show(meeting.control))
        self.run(1.0)
        return sum(self.server.total(meeting.screen) != count for meeting, count in due)

    def _answered(self, meeting: Meeting) -> int:
        """How many phones answered the question on the screen."""
        found = KEY.search(meeting.screen.view)
        return len(meeting.votes.get(found[2], ())) if found else 0

    def acknowledged(self) -> int:
        """How many answers must be stored: one for each phone and question it answered."""
        return sum(len(cookies) for meeting in self.meetings for cookies in meeting.votes.values())


def play(house: House, seconds: float, reconnects: int) -> Iterator[Figures]:
    """Plays for so many seconds; yields the figures of each minute."""
    for meeting in house.meetings:
        house.at(house.chance.uniform(0, STEP_SECONDS), lambda meeting=meeting: house.go_on(meeting))
    for number in range(reconnects):
        house.at(number * seconds / reconnects, house.cut)
    house.sample(seconds / SAMPLES)
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        house.figures = Figures()
        house.run(min(60.0, left))
        yield house.figures
    # Plan nothing more, and let the last votes and views arrive.
    house._due.clear()
    house.run(1.0)


def main() -> int:
    options = _options()
    server_core, client_core = cores()
    if client_core is not None:
        os.sched_setaffinity(0, {client_core})
    print(f"seed {options.seed}; {options.meetings} meetings of {options.phones} phones", flush=True)
    server = Kwartier(server_core)
    try:
        return _tell(House(server, options.meetings, options.phones, random.Random(options.seed)), options)
    except Refused as error:
        print(f"house: {error}\n{server.output()[-2000:]}", file=sys.stderr)
        return 1
    finally:
        server.stop()


def _tell(house: House, options: argparse.Namespace) -> int:
    began, cpu = time.monotonic(), house.server.cpu()
    every = Figures()
    print(f"{'minute':>6}{'step p95':>10}{'ack p95':>10}{'ack p99':>10}{'back p95':>10}{'MiB':>8}  ms")
    for minute, figures in enumerate(play(house, options.minutes * 60, options.reconnects), 1):
        every.steps += figures.steps
        every.acks += figures.acks
        every.returns += figures.returns
        print(f"{minute:>6}{_line(figures)}{house.memory[-1] / 1024:>8.1f}", flush=True)
    share = (house.server.cpu() - cpu) / 1e6 / (time.monotonic() - began)
    third = len(house.memory) // 3
    before, after = median(house.memory[third : 2 * third]), median(house.memory[2 * third :])
    stored, told = house.server.stored(), house.acknowledged()
    wrong, errors = house.wrong_screens(), house.server.output().count("Traceback")
    print(f"   all{_line(every)}")
    print(f"{len(every.acks)} votes, {len(every.steps)} views of a step, {house.reconnects} reconnects")
    print(f"the server was busy for {share:.0%} of its core")
    checks = {
        f"answers that were acknowledged: {told}, stored: {stored}": told == stored,
        f"screens that show another result: {wrong}": wrong == 0,
        f"errors in the log: {errors}": errors == 0,
        f"memory in the last third against the second: {after / before:.3f} (at most {SETTLED})": (
            after <= SETTLED * before
        ),
    }
    for text, holds in checks.items():
        print(f"  {'holds ' if holds else 'BROKEN'} {text}")
    return 0 if all(checks.values()) else 1


def _line(figures: Figures) -> str:
    values = (figures.steps, 0.95), (figures.acks, 0.95), (figures.acks, 0.99), (figures.returns, 0.95)
    return "".join(f"{percentile(found, share) if found else 0:>10.1f}" for found, share in values)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.house", description=__doc__)
    parser.add_argument("--meetings", type=int, default=MEETINGS)
    parser.add_argument("--phones", type=int, default=PHONES, help="in each meeting")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--reconnects", type=int, default=RECONNECTS, help="in the whole time")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
