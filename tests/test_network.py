"""Which addresses of this machine are told to phones: those that work, and the likeliest first."""

import re
import socket
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from tests.support.hall import Hall
from trainer.meetings.network import addresses, answers, is_this_machine, likeliest, url_of
from trainer.operating.welcome import print_welcome

DOCKER, VPN, CABLE, WIFI = (
    ("docker0", "172.17.0.1"), ("wg0", "10.8.0.2"), ("eth0", "10.1.2.3"), ("wlan0", "192.168.1.20")
)  # fmt: skip
HOME = ("wlan0", "2001:db8::20")


def test_a_vpn_comes_last_also_when_it_is_the_way_out() -> None:
    assert likeliest([DOCKER, VPN, CABLE, WIFI], VPN[1]) == [CABLE[1], WIFI[1], VPN[1]]


def test_the_network_with_the_way_out_comes_first_and_ipv6_after_the_others() -> None:
    assert likeliest([HOME, CABLE, WIFI], WIFI[1]) == [WIFI[1], CABLE[1], HOME[1]]


def test_ipv6_stands_between_brackets_in_a_url() -> None:
    assert url_of(HOME[1], 8000) == "http://[2001:db8::20]:8000"


@pytest.mark.parametrize("host", ["127.0.0.1", "192.168.1.20", "::1", "localhost"])
def test_who_listens_on_one_address_is_at_that_one(host: str) -> None:
    assert addresses(host) == (host,)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_who_listens_everywhere_is_somewhere(host: str) -> None:
    assert [each for each in addresses(host) if urlsplit(url_of(each, 8000)).hostname != each] == []
    assert addresses(host)


def printed(hall: Hall, capsys: pytest.CaptureFixture[str], host: str, port: int) -> tuple[str, set[str]]:
    """What the welcome says, and the hosts in its addresses."""
    hall.host.settings = replace(hall.host.settings, base_url="", host=host, port=port)
    print_welcome(hall.app)
    said = capsys.readouterr().out
    return said, {urlsplit(url).hostname or "" for url in re.findall(r"http://\S+", said)}


def test_every_address_that_is_printed_leads_to_the_server(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("0.0.0.0", 0)) as server:
        port = server.getsockname()[1]
        said, hosts = printed(hall, capsys, "0.0.0.0", port)

        assert f"/j/{hall.secret}" in said
        assert [host for host in hosts if not answers(host, port)] == []


def test_an_address_at_which_nobody_answers_is_not_printed(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        _, hosts = printed(hall, capsys, "0.0.0.0", server.getsockname()[1])

    assert hosts == {"localhost"}


def test_server_for_this_machine_alone_says_so(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        said, hosts = printed(hall, capsys, "127.0.0.1", server.getsockname()[1])

    assert hosts == {"localhost", "127.0.0.1"}
    assert "Only this machine can reach that." in said


def test_server_on_one_address_of_the_network_prints_that_one(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.2", 0)) as server:
        _, hosts = printed(hall, capsys, "127.0.0.2", server.getsockname()[1])

    assert hosts == {"127.0.0.2"}


def test_control_offers_all_addresses_of_the_machine(hall: Hall) -> None:
    hall.host.settings = replace(hall.host.settings, base_url="", host="0.0.0.0", port=8000)

    join = hall.host.messages.control_values(hall.room)["join"]

    shown = [join["short_url"], *join["others"]]
    assert shown == [url_of(each, 8000).removeprefix("http://") for each in addresses("0.0.0.0")]
    assert is_this_machine(f"http://{shown[0]}") is (addresses("0.0.0.0")[0] == "127.0.0.1")
