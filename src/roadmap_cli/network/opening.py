"""A client made of what the environment says."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from roadmap_cli.busy import Busy
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.network import addresses, wire
from roadmap_cli.network.client import Client
from roadmap_cli.network.slots import Slots

MAILTO = "ROADMAP_MAILTO"
"""The reader's address, which some services reward with more patience."""


@contextmanager
def opened_client(
    cache: Path,
    environment: Mapping[str, str],
    now: Callable[[], datetime],
    sleep: Callable[[float], None],
    busy: Busy,
) -> Iterator[Client]:
    """A client whose turns are kept in the cache; raises `WrongUsageError` for odd variables."""
    services = addresses.services_at(environment.get(addresses.VARIABLE, ""))
    mailto = _mailto(environment.get(MAILTO, "").strip())

    def clock() -> float:
        return now().timestamp()

    slots = Slots(cache / "network", clock, sleep, busy)
    with wire.opened(services, mailto) as http:
        yield Client(http, slots, clock, busy=busy, services=services, mailto=mailto)


def _mailto(text: str) -> str:
    name, at, host = text.partition("@")
    is_odd = not (name and at and "." in host) or not text.isascii()
    if text and (is_odd or any(char in ' ()<>,;"\\' or char < " " for char in text)):
        raise WrongUsageError(
            f"{MAILTO} is no e-mail address: {text}",
            hint=f"{MAILTO}=ada@example.org, or unset it: it is told to the services that are asked",
        )
    return text
