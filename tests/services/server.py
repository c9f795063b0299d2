"""The server: every host is the first part of the path, as `ROADMAP_SERVICES` has it."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit


class Asked(NamedTuple):
    """A request that came: when (seconds of a clock that only goes on), of whom, what."""

    at: float
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    connection: object = None
    method: str = "GET"

    @property
    def line(self) -> str:
        """It in short: `export.arxiv.org/api/query`."""
        return f"{self.host}{self.path}"


@dataclass
class Reply:
    """What is answered; with status 0 nothing is, and the connection closed. `pieces` are sent one after the other instead of the `body`.

    `length` is the length that is told, where it is not the true one; none is told of `pieces`
    without it. After `cut` bytes the connection is closed.
    """

    status: int = 200
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] | None = None
    length: int | None = None
    cut: int | None = None


Play = Callable[[Asked], Reply]
"""What a host answers to a request."""


def nothing_there(_: Asked) -> Reply:
    """What a host answers that is not played."""
    return Reply(404, b"<!DOCTYPE html><title>Not Found</title>")


class PlayedServices:
    """All services, played on a port of the loopback address while the block lasts.

    `plays` says what each host answers; `log` has what was asked of all. `tell` is told each
    request with its status.
    """

    def __init__(
        self,
        plays: Mapping[str, Play] | None = None,
        port: int = 0,
        tell: Callable[[Asked, int], None] | None = None,
    ) -> None:
        self.plays: dict[str, Play] = dict(plays or {})
        self.log: list[Asked] = []
        self._tell = tell
        self._queued: defaultdict[str, deque[Reply]] = defaultdict(deque)
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.01},
            daemon=True,
        )

    @property
    def address(self) -> str:
        """What `ROADMAP_SERVICES` has to say."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self) -> None:
        """Go on until the process is interrupted."""
        while self._thread.is_alive():
            self._thread.join(1)

    def queue(self, host: str, *replies: Reply) -> None:
        """Have a host answer so first, before it answers as it is played."""
        self._queued[host].extend(replies)

    def asked(self, host: str = "") -> list[Asked]:
        """What was asked, of one host or of all."""
        return [asked for asked in self.log if host in {"", asked.host}]

    def answer(self, asked: Asked) -> Reply:
        """The reply to a request, which is logged."""
        self.log.append(asked)
        queued = self._queued[asked.host]
        play = self.plays.get(asked.host, nothing_there)
        reply = queued.popleft() if queued else play(asked)
        if self._tell:
            self._tell(asked, reply.status)
        return reply

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        services = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle(self) -> None:
                with suppress(ConnectionError):  # who asked has gone away
                    super().handle()

            def do_HEAD(self) -> None:
                self.do_GET()

            def do_GET(self) -> None:
                reply = services.answer(_asked(self))
                if not reply.status:
                    self.close_connection = True
                    return
                try:
                    _send(self, reply)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *_: Any) -> None:
                """Nothing: the services keep a log of their own."""

        return Handler


def _asked(handler: BaseHTTPRequestHandler) -> Asked:
    parts = urlsplit(handler.path)
    host, _, path = parts.path.removeprefix("/").partition("/")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    headers = {name.lower(): value for name, value in handler.headers.items()}
    return Asked(
        *(time.monotonic(), host, f"/{path}", query, headers),
        *(handler.client_address, handler.command),
    )


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(reply.status)
    handler.send_header("Content-Type", reply.media_type)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    length = reply.length
    if length is None and reply.pieces is None:
        length = len(reply.body)
    is_chunked = length is None
    if is_chunked:
        handler.send_header("Transfer-Encoding", "chunked")
    else:
        handler.send_header("Content-Length", str(length))
    handler.end_headers()
    if handler.command == "HEAD":
        return
    sent = 0
    for piece in [reply.body] if reply.pieces is None else reply.pieces:
        left = len(piece) if reply.cut is None else max(0, reply.cut - sent)
        part = piece[:left]
        handler.wfile.write(
            f"{len(part):x}\r\n".encode() + part + b"\r\n"
            if is_chunked and part
            else part
        )
        sent += len(part)
    if is_chunked and reply.cut is None:
        handler.wfile.write(b"0\r\n\r\n")
    is_short = not is_chunked and sent != length
    handler.close_connection = reply.cut is not None or is_short
