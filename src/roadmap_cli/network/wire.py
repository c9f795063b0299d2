"""What httpx is told and what it says: addresses, redirects, failures, the client itself."""

import socket
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

from roadmap_cli import __version__
from roadmap_cli.errors import (
    NetworkError,
    NoAnswerError,
    NoSuchHostError,
    UnreachableError,
)
from roadmap_cli.network import addresses

if TYPE_CHECKING:  # loaded where a request goes out
    import ssl

    import httpx

_CONNECT, _READ = 10.0, 30.0
"""Seconds to wait for a connection, and for the next bytes."""
_NO_SUCH_NAME = frozenset(
    [socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)]
)
"""What the system says of a name that has no address; `EAI_AGAIN` is that it cannot tell."""
_HERE = "all://127.0.0.1"
"""Requests to this machine itself."""
_NEVER_THERE = (".invalid",)
"""Names that are never given to a host (RFC 6761, 6.4)."""
_REDIRECTS = frozenset([301, 302, 303, 307, 308])


def opened(services: str, mailto: str) -> "httpx.Client":
    """What sends requests, with the proxies and certificates of the system.

    Where all of them go to one server of this machine, neither has a say; and no proxy has one
    on what goes to this machine.
    """
    import httpx

    return httpx.Client(
        headers={"User-Agent": _name(mailto)},
        timeout=httpx.Timeout(_READ, connect=_CONNECT),
        trust_env=not services,
        verify=False if services else _certificates(),
        limits=httpx.Limits(max_connections=1),
        mounts={_HERE: None},
    )


def _name(mailto: str) -> str:
    about = f" (mailto:{mailto})" if mailto else ""
    return f"genai-roadmap/{__version__}{about}"


def _certificates() -> "ssl.SSLContext | bool":
    """The certificates that the system trusts; where it has none, those that httpx brings."""
    import ssl
    import sys

    places = ssl.get_default_verify_paths()
    if sys.platform == "win32" or places.cafile or places.capath:
        return ssl.create_default_context()
    return True


def parsed(url: str) -> "httpx.URL":
    """An address that can be asked; raises `NetworkError` for anything else."""
    import httpx

    try:
        found = httpx.URL(url.strip())
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise NetworkError(f"no address that can be asked: {url}") from error
    if found.scheme not in {"http", "https"} or not found.host:
        raise NetworkError(f"no address that can be asked: {url}")
    return found.copy_with(userinfo=b"", fragment=None)


def insist_on_possible(host: str) -> None:
    """Raise `NoSuchHostError` for a name that no host can have: nobody need be asked."""
    if host.lower().rstrip(".").endswith(_NEVER_THERE):
        raise NoSuchHostError(f"there is no host {host}")


def host_of(url: "httpx.URL") -> str:
    """The host of an address as it is looked up, in ASCII."""
    return url.raw_host.decode("ascii")


def sent_to(url: "httpx.URL", services: str) -> "httpx.URL":
    """Where a request for an address goes: there, or to the server that plays all hosts.

    That server sees the host as the first part of the path.
    """
    import httpx

    if not services:
        return url
    return httpx.URL(
        services + "/" + url.netloc.decode("ascii") + url.raw_path.decode("ascii")
    )


def target(url: "httpx.URL", response: "httpx.Response") -> "httpx.URL | None":
    """Where a response to a request for `url` redirects; nothing if it does not.

    Raises `NetworkError` for what leads from https to http.
    """
    location = response.headers.get("location", "")
    if response.status_code not in _REDIRECTS or not location:
        return None
    import httpx

    try:
        joined = url.join(location)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise NetworkError(
            f"{host_of(url)} redirects to no address: {location}"
        ) from error
    found = parsed(str(joined))
    if url.scheme == "https" and found.scheme != "https":
        raise NetworkError(
            f"{host_of(url)} redirects to an address that is not encrypted: {found}"
        )
    return found


def insist_on_public_peer(host: str, response: "httpx.Response") -> None:
    """Raise `NetworkError` if an answer comes from an address that is not public.

    A name may have had another address when it was looked up before. What a proxy fetches comes
    from the proxy, which may well be near.
    """
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if peer and not is_by_proxy(response.url.scheme, host):
        addresses.insist_public(str(peer[0]), None)


def is_by_proxy(scheme: str, host: str) -> bool:
    """Whether the system's settings send requests to this host by way of a proxy."""
    proxies: Mapping[str, str] = getproxies()
    is_named = scheme in proxies or "all" in proxies
    return is_named and not proxy_bypass(host)


def unreachable(host: str, error: "httpx.TransportError") -> NetworkError:
    """A failed request in words."""
    import httpx

    if isinstance(error, httpx.ConnectTimeout):
        return UnreachableError(
            f"{host} cannot be reached: no connection in {_CONNECT:.0f} s"
        )
    if isinstance(error, httpx.TimeoutException):
        return NoAnswerError(f"{host} does not answer: nothing came for {_READ:.0f} s")
    if _is_unknown_name(error):
        return NoSuchHostError(f"there is no host {host}")
    if isinstance(error, httpx.ConnectError | httpx.ProxyError):
        return UnreachableError(f"{host} cannot be reached: {_cause(error)}")
    return NoAnswerError(f"the answer of {host} broke off: {_cause(error)}")


def _cause(error: BaseException) -> str:
    """The words of the system's own error, without its number."""
    for inner in _causes(error):
        if inner.strerror:
            return str(inner.strerror)
    return str(error) or type(error).__name__


def _is_unknown_name(error: BaseException) -> bool:
    """Whether the system knows for sure that a name has no address."""
    return any(
        isinstance(inner, socket.gaierror) and inner.errno in _NO_SUCH_NAME
        for inner in _causes(error)
    )


def _causes(error: BaseException) -> Iterator[OSError]:
    """The system's own errors that an error comes from, the last first."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError):
            yield inner
        inner = inner.__cause__ or inner.__context__
