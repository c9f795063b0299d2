"""Which addresses may be asked, and the server that plays all of them for trying.

The hosts that a file or a redirect names are strangers: none of them may lead to this machine
or to the network that it stands in (server-side request forgery, as OWASP calls it).
"""

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from roadmap_cli.errors import NetworkError, WrongUsageError

VARIABLE = "ROADMAP_SERVICES"
Resolve = Callable[[str], Iterable[str]]
"""Takes the name of a host and gives its addresses; raises `OSError` if there are none."""
_Address = IPv4Address | IPv6Address
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv6 addresses whose last 32 bits are an IPv4 address (RFC 6052)."""
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa")


def services_at(text: str) -> str:
    """The server that `ROADMAP_SERVICES` names, as `http://127.0.0.1:8000`; empty if there is none.

    Raises `WrongUsageError` for anything but `http://` and a loopback address.
    """
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    is_bare = host and not (parts.path.strip("/") or parts.query or parts.username)
    if not is_bare or parts.scheme != "http" or not _is_loopback(host):
        raise WrongUsageError(
            f"{VARIABLE} is no address of a server on this machine: {text}",
            hint=f"{VARIABLE}=http://127.0.0.1:8000, or unset it to ask the real services",
        )
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{port}" if port else f"http://{host}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def resolved(host: str) -> Iterable[str]:
    """The addresses of a host, as the system resolves its name; raises `OSError`."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def insist_public(host: str, resolve: Resolve | None) -> None:
    """Raise `NetworkError` for a host on this machine or in a network that is not public.

    A name is judged by the addresses that `resolve` gives; without it by the name alone. A name
    that has no address is let through: the request to it fails.
    """
    numbers = _as_numbers(host)
    if not numbers and resolve is not None:
        try:
            numbers = list(resolve(host))
        except (OSError, UnicodeError):
            return
    is_near = not numbers and _is_local_name(host)
    if is_near or not all(map(is_public, numbers)):
        raise NetworkError(
            f"{host} is this machine or in its own network: nothing there is asked for a link",
            hint="open it yourself if you trust it",
        )


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet; also what IPv6 has packed of IPv4."""
    try:
        address = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    return all(
        inner.is_global and not inner.is_multicast for inner in _with_inner(address)
    )


def _with_inner(address: _Address) -> Iterable[_Address]:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return [address.ipv4_mapped]
        if address.sixtofour:
            return [address.sixtofour]
        if address in _TRANSLATED:
            return [IPv4Address(int(address) & 0xFFFFFFFF)]
    return [address]


def _as_numbers(host: str) -> list[str]:
    """The address that a host is, in any spelling that systems take: `127.1`, `0x7f000001`."""
    host = host.strip("[]").partition("%")[0]
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass
    if not host[:1].isdigit():
        return []
    try:
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except (OSError, UnicodeError):
        return []


def _is_local_name(host: str) -> bool:
    """Whether a name says by itself that it is none of the internet: `localhost`, `nas.local`."""
    name = host.lower().rstrip(".")
    last = tuple(f".{local}" for local in _LOCAL_NAMES)
    return "." not in name or name.endswith(last)
