"""What a page costs the network: every request of it, and the bytes that came for each."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

# What browsers accept over plain HTTP, as on the WiFi of a community centre; elsewhere they take brotli too.
PLAIN_HTTP = {"Accept-Encoding": "gzip, deflate"}


@dataclass
class Traffic:
    """Listens to a page from now on.

    `requests` has the address of each request that went out, those that were sent on and the WebSocket too;
    what came from the browser's own cache is not in it. `sizes` has the bytes that came back for each, with
    headers.
    """

    page: Page
    requests: dict[str, str] = field(default_factory=dict)
    sizes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.session = self.page.context.new_cdp_session(self.page)
        self.session.send("Network.enable")
        for event, heard in (
            ("requestWillBeSent", self._asked),
            ("requestServedFromCache", self._cached),
            ("responseReceived", self._answered),
            ("dataReceived", self._received),
            ("loadingFinished", self._finished),
            ("webSocketCreated", self._asked_for_socket),
            ("webSocketFrameReceived", self._heard),
        ):
            self.session.on(f"Network.{event}", heard)

    @property
    def bytes(self) -> int:
        """All that came back."""
        return sum(self.sizes[number] for number in self.requests)

    def over_plain_http(self) -> "Traffic":
        """From now on the page accepts what browsers accept from another machine."""
        self.page.set_extra_http_headers(PLAIN_HTTP)
        return self

    def begin(self) -> None:
        """Forgets what it heard so far."""
        self.requests.clear()
        self.sizes.clear()

    def _asked(self, event: dict[str, Any]) -> None:
        number, url = event["requestId"], event["request"]["url"]
        if (before := event.get("redirectResponse")) is not None:
            sent_on = f"{number}, sent on {len(self.requests)}"
            self.requests[sent_on] = self.requests.pop(number)
            self.sizes[sent_on] = before["encodedDataLength"]
        if not url.startswith("data:"):
            self.requests[number] = url

    def _cached(self, event: dict[str, Any]) -> None:
        self.requests.pop(event["requestId"], None)

    def _answered(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache") or event["response"].get("fromPrefetchCache"):
            self._cached(event)

    def _received(self, event: dict[str, Any]) -> None:
        # Counts for one that is broken off.
        self.sizes[event["requestId"]] += max(event["encodedDataLength"], 0)

    def _finished(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def _asked_for_socket(self, event: dict[str, Any]) -> None:
        self.requests[event["requestId"]] = event["url"]

    def _heard(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] += len(event["response"]["payloadData"].encode())
