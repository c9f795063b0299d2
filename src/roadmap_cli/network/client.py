"""Asks hosts for documents, politely: in turn, patiently, and never where it is not welcome."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from roadmap_cli.busy import Busy, Tell, silently
from roadmap_cli.errors import NetworkError
from roadmap_cli.network import addresses, patience, wire
from roadmap_cli.network.answers import Answer, insist_on_answer, reason
from roadmap_cli.network.decoding import CODINGS, unpacked
from roadmap_cli.network.slots import Slots, Turn, pace_of

if TYPE_CHECKING:  # loaded where a request goes out
    import httpx

MOST_METADATA = 5_000_000
"""Bytes of a record, or of many."""
LONGEST = 60.0
"""Seconds that a body may take that is no file to keep."""
_MOST_REDIRECTS = 5
_LASTING = frozenset([301, 308])
_Taken = TypeVar("_Taken")


class Request(NamedTuple):
    """What is asked: an address, and how.

    `method` is `GET` or `HEAD`, whose answer has no body. `is_foreign` says that the address
    comes from a file, so that it must not lead into the own network. `most` bytes are taken,
    unpacked, within `longest` seconds. `work` is what is shown while it lasts, and while it is
    waited for; if empty, which host is asked.
    """

    url: str
    accept: str = "*/*"
    headers: Mapping[str, str] = {}
    is_foreign: bool = False
    most: int = MOST_METADATA
    longest: float = LONGEST
    tries: int = patience.TRIES
    work: str = ""
    method: str = "GET"


class Reply(NamedTuple):
    """The head of an answer, and its body, which still comes.

    `url` is the address at the end of all redirects; `moved_to` is where those of them lead that
    are permanent, up to the first that is not, or empty. The names of `headers` are in lower
    case. `body` gives unpacked pieces; reading it raises `NetworkError` and httpx's errors, which
    `Client.ask` understands. `tell` takes the part of it that has come.
    """

    status: int
    media_type: str
    url: str
    headers: Mapping[str, str]
    moved_to: str
    body: Iterator[bytes]
    tell: Tell

    def whole(self) -> Answer:
        """The answer with all of its body."""
        body = b"".join(self.body)
        return Answer(self.status, self.media_type, self.url, body)


class Client:
    """Asks hosts for documents.

    `http` is what sends: it follows no redirects by itself. `clock` gives the seconds since 1970
    as the slots see them. `services` is the server that plays all hosts, or empty; `resolve`
    gives the addresses of a host, or is nothing where something else resolves them.
    """

    def __init__(  # noqa: PLR0913 - each is a far end that tests replace
        self,
        http: "httpx.Client",
        slots: Slots,
        clock: Callable[[], float],
        *,
        busy: Busy = silently,
        services: str = "",
        mailto: str = "",
        resolve: addresses.Resolve | None = addresses.resolved,
    ) -> None:
        self._http, self._slots, self._clock = http, slots, clock
        self._busy, self._services, self.mailto = busy, services, mailto
        self._resolve = None if services else resolve

    def get(self, url: str, accept: str = "*/*", *, is_foreign: bool = False) -> Answer:
        """The whole answer of a host: what was asked for, or that there is no such thing.

        Raises `NetworkError` where no host answers, where it refuses, where it goes on failing,
        and for an answer that is a check for robots.
        """
        request = Request(url, accept, is_foreign=is_foreign)
        answer = self.ask(lambda: request, Reply.whole)
        insist_on_answer(answer)
        return answer

    def ask(
        self, request: Callable[[], Request], take: Callable[[Reply], _Taken]
    ) -> _Taken:
        """What `take` makes of the reply to a request, tried again where that may help.

        `request` is asked before each try: it may go on where the last one broke off. The last
        reply is taken whatever its status. Raises `NetworkError`, and what `take` raises.
        """
        tried = 0
        while True:
            wanted = request()
            tried += 1
            try:
                with self._once(wanted, tried) as reply:
                    return take(reply)
            except patience.AgainError as again:
                if tried >= wanted.tries:
                    raise again.problem from again

    @contextmanager
    def _once(self, request: Request, tried: int) -> Iterator[Reply]:
        """The reply to one request, redirects followed, within the turn at its host.

        Raises `patience.AgainError` where another try may help, `NetworkError` where none will.
        """
        url, moved_to, is_lasting = wire.parsed(request.url), "", True
        for hop in range(_MOST_REDIRECTS + 1):
            is_foreign = request.is_foreign or hop > 0
            with self._sent(url, request, tried, is_foreign=is_foreign) as (
                response,
                tell,
            ):
                target = wire.target(url, response)
                if target is None:
                    yield self._reply(url, request, response, moved_to, tell)
                    return
                is_lasting = is_lasting and response.status_code in _LASTING
                moved_to = str(target) if is_lasting else moved_to
                url = target
        host = wire.host_of(url)
        raise NetworkError(f"{host} redirects more than {_MOST_REDIRECTS} times")

    @contextmanager
    def _sent(
        self, url: "httpx.URL", request: Request, tried: int, *, is_foreign: bool
    ) -> "Iterator[tuple[httpx.Response, Tell]]":
        """The response to one request, within the turn at its host."""
        import httpx

        host = wire.host_of(url)
        pace = pace_of(host, has_mailto=bool(self.mailto))
        wire.insist_on_possible(host)
        if is_foreign:
            addresses.insist_public(host, self._resolver(url))
        with (
            self._slots.turn(host, pace, request.work) as turn,
            self._busy(request.work or f"asking {host}") as tell,
        ):
            turn.asked()
            try:
                with self._response(url, request) as response:
                    turn.asked()
                    if is_foreign and self._resolve:
                        wire.insist_on_public_peer(host, response)
                    self._rest(turn, response, request, tried)
                    yield response, tell
            except httpx.TransportError as error:
                problem = wire.unreachable(host, error)
                wait = patience.after_failure(error, pace, tried)
                if wait is None:
                    raise problem from error
                turn.rest(wait)
                raise patience.AgainError(problem) from error

    def _rest(
        self, turn: Turn, response: "httpx.Response", request: Request, tried: int
    ) -> None:
        """Let the host alone if it asks for that; raises `AgainError` if there are tries left."""
        status, said = response.status_code, response.headers.get("retry-after", "")
        wait = patience.before_retry(status, said, turn.pace, tried, self._clock())
        if wait is None:
            return
        turn.rest(wait)
        if tried < request.tries:
            problem = NetworkError(f"{turn.host} answers {reason(status)}")
            raise patience.AgainError(problem)

    def _resolver(self, url: "httpx.URL") -> addresses.Resolve | None:
        """What finds the addresses of a host; nothing where a proxy does that."""
        is_by_proxy = wire.is_by_proxy(url.scheme, wire.host_of(url))
        return None if is_by_proxy else self._resolve

    @contextmanager
    def _response(
        self, url: "httpx.URL", request: Request
    ) -> "Iterator[httpx.Response]":
        headers = {"Accept": request.accept, "Accept-Encoding": CODINGS}
        address = wire.sent_to(url, self._services)
        headers |= request.headers
        with self._http.stream(request.method, address, headers=headers) as response:
            yield response

    def _reply(
        self,
        url: "httpx.URL",
        request: Request,
        response: "httpx.Response",
        moved_to: str,
        tell: Tell,
    ) -> Reply:
        headers = {name.lower(): value for name, value in response.headers.items()}
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        body = unpacked(
            self._in_time(response.iter_raw(), request, wire.host_of(url)),
            headers.get("content-encoding", ""),
            request.most,
            wire.host_of(url),
        )
        status = response.status_code
        return Reply(status, media_type, str(url), headers, moved_to, body, tell)

    def _in_time(
        self, pieces: Iterable[bytes], request: Request, host: str
    ) -> Iterator[bytes]:
        """The pieces of a body; raises `NetworkError` once they take too long altogether."""
        begun = self._clock()
        for piece in pieces:
            if self._clock() - begun > request.longest:
                raise NetworkError(
                    f"{host} answers too slowly: not all is there after {request.longest:.0f} s"
                )
            yield piece
