"""The server that Kwartier is measured against: a bare socket.io server that keeps everything in memory."""

import re
from collections.abc import Iterator

from bench.client import Phone, Visitor
from bench.servers import ROOT, Server


class Node(Server):
    """`bench/node-server.mjs`, with views as large as Kwartier's."""

    name = "node"
    TOTAL = re.compile(rb'data-total=\\?"(\d+)')

    def __init__(self, core: int | None, view_bytes: int) -> None:
        super().__init__(["node", "bench/node-server.mjs", str(view_bytes)], core, {}, ROOT)
        self._made = 0
        self.address = ("127.0.0.1", int(self.wait_for(r"^(\d+)\n")[1]))

    def visitors(self, count: int) -> Iterator[Visitor]:
        for _ in range(count):
            self._made += 1
            yield Visitor(f"kwartier_phone={self._made:064x}", '{"meeting":"m","role":"phone"}')

    def leader(self, role: str) -> Visitor:
        return Visitor(f"kwartier_session={role}", f'{{"meeting":"m","role":"{role}"}}')

    def total(self, screen: Phone) -> int:
        found = self.TOTAL.search(screen.view)
        return int(found[1]) if found else 0
