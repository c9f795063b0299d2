"""When a request is tried again, and how long is waited before."""

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from roadmap_cli.errors import NetworkError
from roadmap_cli.network.slots import Pace

if TYPE_CHECKING:
    import httpx

TRIES = 3
_TRANSIENT = frozenset([429, 502, 503, 504])


class AgainError(Exception):
    """Another try may help; `problem` is what to say if there is none."""

    def __init__(self, problem: NetworkError) -> None:
        super().__init__(str(problem))
        self.problem = problem


def before_retry(
    status: int, retry_after: str, pace: Pace, tried: int, now: float
) -> float | None:
    """Seconds to wait before a request with this status is tried again; nothing if it must not be.

    `retry_after` is what the host says, in seconds or as a date; `now` are seconds since 1970.
    """
    if status not in _TRANSIENT:
        return None
    said = _said(retry_after.strip(), now)
    return _usual(pace, tried) if said is None else said


def after_failure(
    error: "httpx.TransportError", pace: Pace, tried: int
) -> float | None:
    """Seconds to wait after a failed request; nothing where a second one would fail as well."""
    import httpx

    if isinstance(
        error, httpx.ConnectError | httpx.ProxyError | httpx.UnsupportedProtocol
    ):
        return None
    return _usual(pace, tried)


def _usual(pace: Pace, tried: int) -> float:
    return pace.retries[min(tried, len(pace.retries)) - 1]


def _said(text: str, now: float) -> float | None:
    """The seconds that a `Retry-After` means (RFC 9110, 10.2.3); nothing if it means none."""
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return max(0.0, moment.timestamp() - now)
