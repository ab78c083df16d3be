"""How phones on the same network reach this machine."""

import fcntl
import ipaddress
import socket
import struct
from urllib.parse import urlsplit

SIOCGIFADDR = 0x8915
LOOPBACK = "127."


def lan_address() -> str:
    """The IPv4 address of this machine on its local network; 127.0.0.1 when it has none.

    Connecting a datagram socket sends nothing; it only makes the kernel choose a route. A laptop that is
    itself the hotspot has no default route: then its first address that is not loopback is used.
    """
    return _way_out() or next(iter(_addresses()), "127.0.0.1")


def _way_out() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            return ""
    return "" if found.startswith(LOOPBACK) else found


def _addresses() -> list[str]:
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, request)
            except OSError:
                continue
            found.append(socket.inet_ntoa(answer[20:24]))
    return [address for address in found if not address.startswith(LOOPBACK)]


def is_this_machine(url: str) -> bool:
    """Whether `url` points back to this machine, so that its traffic never crosses the network."""
    name = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
