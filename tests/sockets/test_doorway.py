"""What may pass the door: a request that is whole, and not larger than ours are."""

import re
import select
import socket
import time
from http.client import HTTPConnection

import pytest

from tests.support.built import address
from tests.support.server import PATIENCE, RunningServer, wait_for
from tests.support.trainers import Trainer
from trainer.serving.doorway import (
    LARGEST_BODY,
    LARGEST_HEAD,
    LARGEST_SENT,
    MOST_LARGE,
    NO_LENGTH,
    TOO_LARGE,
    TOO_LONG,
    missing,
)

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
# The second at which a cookie was signed, and its signature.
STAMP = re.compile(r"\.[\w-]{6}\.[\w-]{27};")
ROOMY_HEAD = HEAD.replace(b"POST /", b"POST /beheer/trajecten/1/teksten/foto")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", 1),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", 1),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 0),
        (HEAD % 4 + b"abc", 1),
        (HEAD % 4 + b"abcd", 0),
        (HEAD % 4 + b"abcdGET /", 0),
        (HEAD % (LARGEST_BODY + 1), TOO_LARGE),
        (ROOMY_HEAD % (LARGEST_BODY + 1), LARGEST_BODY),
        (ROOMY_HEAD % LARGEST_SENT + b"x" * LARGEST_BODY, 0),
        (ROOMY_HEAD % (LARGEST_SENT + 1), TOO_LARGE),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", NO_LENGTH),
        (b"x" * LARGEST_HEAD, TOO_LONG),
    ],
)
def test_a_request_lacks_something_or_passes_or_is_refused(data: bytes, expected: int | bytes) -> None:
    assert missing(data) == expected


def said(trainer: Trainer, *parts: bytes) -> bytes:
    """What the server answers to a request that comes in parts."""
    server: RunningServer = trainer.server
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as link:
        for part in parts:
            link.sendall(part)
            time.sleep(0.1)
        return link.recv(4096)


def test_a_request_that_comes_in_pieces_is_answered(trainer: Trainer) -> None:
    answer = said(trainer, b"GET /healthz HT", b"TP/1.1\r\nHost: x\r", b"\nConnection: close\r\n\r", b"\n")

    assert answer.startswith(b"HTTP/1.1 200 OK")


def test_a_request_that_cannot_be_parsed_is_told_so_in_dutch(trainer: Trainer) -> None:
    assert said(trainer, b"WAT IS DIT NU\r\n\r\n").endswith(b"Dit verzoek is niet te lezen.\n")


def test_a_body_that_comes_later_is_waited_for(trainer: Trainer) -> None:
    answer = said(trainer, HEAD % 9, b"code=", b"abcd")

    # It is no code of a meeting: the body was read whole.
    assert answer.startswith(b"HTTP/1.1 422")


@pytest.mark.parametrize("server", ["trainer", "threaded_trainer"])
@pytest.mark.parametrize("path", ["/", address("phone.css"), "/beheer", "/niets"])
def test_head_gets_the_headers_of_get_and_no_body(
    request: pytest.FixtureRequest, server: str, path: str
) -> None:
    link = HTTPConnection("127.0.0.1", request.getfixturevalue(server).server.port, timeout=PATIENCE)
    found = []
    # On one connection: a body that came after all would be taken for the next answer.
    for method in ("GET", "HEAD", "HEAD", "GET"):
        link.request(method, path)
        answer = link.getresponse()
        headers = sorted(
            (name, STAMP.sub(";", value)) for name, value in answer.getheaders() if name != "Date"
        )
        found.append((answer.status, headers, len(answer.read())))
    link.close()

    (status, headers, size), *others = found
    assert others == [(status, headers, 0), (status, headers, 0), (status, headers, size)]
    assert size > 0


def test_a_body_that_is_too_large_is_refused_before_it_comes(trainer: Trainer) -> None:
    assert said(trainer, HEAD % 10_000_000).startswith(b"HTTP/1.1 413")


def test_a_photo_from_somebody_who_is_not_logged_in_is_refused_when_it_has_begun(trainer: Trainer) -> None:
    answer = said(trainer, ROOMY_HEAD % 5_000_000 + b"x" * LARGEST_BODY)

    assert answer.startswith(b"HTTP/1.1 413")


def test_only_a_few_large_requests_are_inside_at_once(trainer: Trainer) -> None:
    port, links = trainer.server.port, []
    # Each within the limit of every page, so that the server goes on reading it.
    form = b"\r\nContent-Type: application/x-www-form-urlencoded"
    large = ROOMY_HEAD.replace(b"\r\nHost", form + b"\r\nHost") % 900_000 + b"x" * LARGEST_BODY
    for _ in range(MOST_LARGE + 1):
        link = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        link.sendall(large)
        links.append(link)
    try:
        # Which of them comes too late is not known: those that are inside are still waited for.
        [refused], _, _ = select.select(links, [], [], 10)
        assert refused.recv(4096).startswith(b"HTTP/1.1 503")
        assert said(trainer, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 200")
    finally:
        for link in links:
            link.close()
    # What was given up leaves room for others.
    body = b"x" * (900_000 - LARGEST_BODY)
    wait_for(lambda: said(trainer, large, body).startswith(b"HTTP/1.1 400"), "room for a large request")


def test_half_a_request_and_a_hang_up_is_forgotten(trainer: Trainer) -> None:
    with socket.create_connection(("127.0.0.1", trainer.server.port), timeout=PATIENCE) as link:
        link.sendall(b"GET /")
        link.shutdown(socket.SHUT_WR)

        try:
            answer = link.recv(10)
        except ConnectionResetError:
            answer = b""

    assert answer == b""
