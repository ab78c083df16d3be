"""When a private fragment is sent says nothing of how long making it took: the test has the clock."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from tests.store.acts import LINE
from tests.support.hall import Hall
from trainer.live.audience import PHONES
from trainer.meetings.fragments import Renderer
from trainer.sockets import broadcast, owns
from trainer.sockets.broadcast import Broadcaster
from trainer.sockets.connections import Connections


@dataclass
class Clock:
    """A clock that stands still but while somebody works or sleeps. Seconds."""

    now: float = 1000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Phones:
    """Phones that are connected, what they get and when; making a fragment takes `takes` seconds."""

    hall: Hall
    clock: Clock
    takes: float = 0.0
    sent: list[tuple[float, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connections = Connections(100.0, 100.0)
        self.broadcaster = Broadcaster(self.hall.host, self.connections)
        # The round is run here, so that nothing happens beside it.
        self.broadcaster._wake_up = lambda: None  # type: ignore[method-assign]

    def join(self, number: int) -> list[str]:
        tokens = [self.hall.phone() for _ in range(number)]
        for token in tokens:
            socket = SimpleNamespace(closed=False, send=lambda packet, token=token: self._get(token))
            self.connections.add(token, PHONES, self.hall.meeting, socket=socket, token=token)
        return tokens

    def _get(self, token: str) -> None:
        self.sent.append((self.clock.now, token))

    def send_owns(self, tokens: list[str], takes: float) -> list[float]:
        """The seconds after which each fragment came, in order."""
        self.takes = takes
        self.sent.clear()
        self.broadcaster._own_sent.clear()
        self.clock.now += broadcast.OWN_PAUSE_SECONDS + broadcast.INTERVAL_SECONDS
        for token in tokens:
            self.broadcaster.mark_own(self.hall.meeting, token, self.clock.now - 1.0)
        began = self.clock.now
        self.broadcaster._send_owns()
        assert [token for _, token in self.sent] == tokens
        return [round(moment - began, 6) for moment, _ in self.sent]


@pytest.fixture
def phones(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Phones:
    hall.do("goto", step=LINE)
    made, fragment = Phones(hall, Clock()), Renderer.fragment

    def slowly(self: Renderer, *about: Any) -> Any:
        made.clock.sleep(made.takes)
        return fragment(self, *about)

    monkeypatch.setattr(Renderer, "fragment", slowly)
    for module in (broadcast, owns):
        monkeypatch.setattr(module, "time", made.clock)
    # Found once for an exercise, before anybody is there.
    hall.host.owns.sizes(hall.room, hall.room.steps[LINE])
    return made


def test_fragments_of_a_room_come_together_however_long_each_took(phones: Phones) -> None:
    tokens = phones.join(12)
    phones.hall.post(tokens[3], LINE, "1", place="2")

    quick, slow = phones.send_owns(tokens, takes=0.0001), phones.send_owns(tokens, takes=0.001)

    assert quick == slow == [owns.MANY_MADE_SECONDS] * 12


def test_fragments_of_a_crowd_come_forty_at_a_time(phones: Phones) -> None:
    tokens = phones.join(100)

    quick, slow = phones.send_owns(tokens, takes=0.0001), phones.send_owns(tokens, takes=0.0004)

    each = owns.MANY_MADE_SECONDS
    groups = [each] * 40 + [2 * each] * 40 + [3 * each] * 20
    assert quick == slow == [round(moment, 6) for moment in groups]


def test_fragment_of_a_page_that_connects_comes_a_fixed_time_after_it_asked(phones: Phones) -> None:
    (token,) = phones.join(1)
    (page,) = phones.connections.tabs(phones.hall.meeting, token)
    phones.hall.post(token, LINE, "1", place="2")
    moments = []
    for takes in (0.0001, 0.001):
        phones.takes, began = takes, phones.clock.now
        phones.sent.clear()
        phones.broadcaster._phone_views.clear()
        phones.broadcaster.send_view(page)
        moments.append([round(moment - began, 6) for moment, _ in phones.sent])

    assert moments == [[owns.ONE_MADE_SECONDS] * 2] * 2


def test_fragment_without_what_its_phone_sent_meanwhile_is_not_sent_and_a_newer_one_follows(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = phones.join(3)

    def meanwhile(begun: float, seconds: float) -> None:
        owns.wait(begun, seconds)
        monkeypatch.setattr(broadcast, "wait", owns.wait)
        phones.hall.post(tokens[1], LINE, "1", place="2")
        phones.broadcaster.mark_own(phones.hall.meeting, tokens[1], phones.clock.now)

    monkeypatch.setattr(broadcast, "wait", meanwhile)
    for token in tokens:
        phones.broadcaster.mark_own(phones.hall.meeting, token, phones.clock.now - 1.0)
    phones.clock.now += broadcast.INTERVAL_SECONDS
    rounds = []
    for _ in range(2):
        phones.sent.clear()
        phones.broadcaster._send_owns()
        rounds.append([token for _, token in phones.sent])
        phones.clock.now += broadcast.INTERVAL_SECONDS

    assert rounds == [[tokens[0], tokens[2]], [tokens[1]]]
