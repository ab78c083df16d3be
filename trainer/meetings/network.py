"""How phones on the same network reach this machine."""

import fcntl
import ipaddress
import re
import socket
import struct
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

SIOCGIFADDR = 0x8915
LOOPBACK = "127."
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  what a server is told to listen on
TRY_SECONDS = 1.0

# A network inside this machine, which no phone is on.
_INSIDE = re.compile(r"docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|lxc|lxd")
# A network of an organisation far away, which hardly any phone in the room is on.
_TUNNEL = re.compile(r"tun|tap|wg|ppp|ipsec|tailscale|zt")
_IPV6_TABLE = Path("/proc/net/if_inet6")
_GLOBAL = "00"


def addresses(listening_on: str) -> Sequence[str]:
    """Where phones may reach a server that listens on this address, the likeliest first; never empty.

    Without any network it is 127.0.0.1, which only this machine reaches.
    """
    if listening_on not in EVERYWHERE:
        return (listening_on,)
    way_out, found = _way_out(), _interfaces()
    if listening_on == "::":
        found += _ipv6()
    return likeliest(found, way_out) or ([way_out] if way_out else ["127.0.0.1"])


def likeliest(found: Sequence[tuple[str, str]], way_out: str) -> Sequence[str]:
    """The addresses of network interfaces, given as (name, address), on which phones may be.

    First the one with the way out, IPv4 before IPv6, and a VPN last; none of a network inside this machine.
    """

    def rank(each: tuple[str, str]) -> tuple[bool, bool, bool]:
        name, address = each
        return bool(_TUNNEL.match(name)), ":" in address, address != way_out

    return [address for name, address in sorted(found, key=rank) if not _INSIDE.match(name)]


def url_of(address: str, port: int) -> str:
    """The URL of a server at an IP address or a name."""
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def answers(address: str, port: int) -> bool:
    """Does anything listen there, seen from this machine?"""
    try:
        socket.create_connection((address, port), TRY_SECONDS).close()
    except OSError:
        return False
    return True


def is_this_machine(url: str) -> bool:
    """Whether `url` points back to this machine, so that its traffic never crosses the network."""
    name = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _way_out() -> str:
    """The address that leads to the internet, or ''. Connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            return ""
    return "" if found.startswith(LOOPBACK) else found


def _interfaces() -> list[tuple[str, str]]:
    """The names of the network interfaces with their IPv4 addresses, without loopback."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, request)
            except OSError:
                continue
            found.append((name, socket.inet_ntoa(answer[20:24])))
    return [each for each in found if not each[1].startswith(LOOPBACK)]


def _ipv6() -> list[tuple[str, str]]:
    """The same for IPv6, as far as other machines can use an address without naming an interface."""
    try:
        lines = _IPV6_TABLE.read_text().splitlines()
    except OSError:
        return []
    rows = [line.split() for line in lines]
    return [(row[5], str(ipaddress.IPv6Address(int(row[0], 16)))) for row in rows if row[3] == _GLOBAL]
