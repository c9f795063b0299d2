"""PDFs: fetched into a file that grows, gone on with where they stopped, and checked."""

import re
from collections.abc import Iterator
from itertools import chain

from roadmap_cli.disk.partial import Origin, PartialFile
from roadmap_cli.errors import NetworkError
from roadmap_cli.language.phrases import sized
from roadmap_cli.network.answers import Answer, insist_on_answer, reason
from roadmap_cli.network.client import Client, Reply, Request

MOST = 200_000_000
"""Bytes of one PDF."""
LONGEST = 3600.0
"""Seconds that one may take."""
_MARK, _HEAD = b"%PDF-", 1024
_END, _TAIL = b"%%EOF", 2048
_GOOD, _PARTIAL, _BEYOND = 200, 206, 416
_SHOWN = 64 * 1024
"""Bytes of another answer that are looked at, so that it can be named."""
_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+)")
_ROUNDS = 2


def fetch(client: Client, url: str, partial: PartialFile, work: str) -> int:
    """Fetch a PDF whole, and give it its name; returns its size.

    Goes on behind what `partial` has, where the host still has the same file; `work` is what is
    shown meanwhile. Raises `NetworkError` for what is no PDF, and as `Client.ask`: then nothing
    has the final name, and what came so far is kept. Raises `CannotWriteError`.
    """
    fetching = _Fetching(url, partial, work)
    for _ in range(_ROUNDS):
        if fetching.is_whole or client.ask(fetching.request, fetching.take):
            return fetching.finished()
    host = url.partition("//")[2].partition("/")[0]
    raise NetworkError(f"{host} does not go on where the PDF broke off")


class _Fetching:
    """One PDF on its way into its file."""

    def __init__(self, url: str, partial: PartialFile, work: str) -> None:
        self._url, self._partial, self._work = url, partial, work

    @property
    def _origin(self) -> Origin | None:
        """Where the bytes so far come from, if one can go on behind them."""
        origin = self._partial.origin()
        is_same = origin is not None and origin.url == self._url and origin.version
        return origin if is_same else None

    @property
    def is_whole(self) -> bool:
        """Whether all bytes are there, and only the name is missing."""
        origin, size = self._partial.origin(), self._partial.size
        return origin is not None and (origin.url, origin.size) == (self._url, size)

    def request(self) -> Request:
        """The request for what is still missing."""
        headers = {"Accept-Encoding": "identity"}
        if origin := self._origin:
            headers |= {
                "Range": f"bytes={self._partial.size}-",
                "If-Range": origin.version,
            }
        return Request(
            self._url,
            "application/pdf",
            headers,
            is_foreign=True,
            most=MOST,
            longest=LONGEST,
            work=self._work,
        )

    def take(self, reply: Reply) -> bool:
        """Write what a reply brings; whether all is there now, or it has to be asked anew."""
        if reply.status == _PARTIAL:
            return self._go_on(reply)
        if reply.status == _BEYOND and self._partial.size:
            return self._beyond(reply)
        if reply.status != _GOOD:
            raise _no_pdf(reply, _beginning(reply.body, _SHOWN))
        self._begin(reply)
        return True

    def _begin(self, reply: Reply) -> None:
        """Take a PDF from its first byte on; raises `NetworkError` if it is none."""
        head = _beginning(reply.body, _HEAD)
        if _MARK not in head[:_HEAD]:
            raise _no_pdf(reply, head + _beginning(reply.body, _SHOWN))
        size = _length(reply)
        self._insist_on_size(reply, size)
        self._partial.insist_on_room(size or 0)
        self._partial.begin(Origin(self._url, _version(reply), size))
        self._write(reply, chain([head], reply.body), size)

    def _go_on(self, reply: Reply) -> bool:
        """Take the rest of a PDF, if it is that which is missing."""
        match = _RANGE.fullmatch(reply.headers.get("content-range", "").strip())
        origin, size = self._origin, self._partial.size
        total = int(match[2]) if match else None
        is_next = match is not None and match[1] == str(size)
        is_same = origin is not None and origin.size in {None, total}
        if not (is_next and is_same and total is not None):
            self._partial.discard()
            return False
        self._insist_on_size(reply, total)
        self._partial.insist_on_room(total - size)
        self._write(reply, reply.body, total)
        return True

    def _beyond(self, reply: Reply) -> bool:
        """Whether all was there already: nothing stands behind the last byte."""
        match = _RANGE.fullmatch(reply.headers.get("content-range", "").strip())
        if match and int(match[2]) == self._partial.size:
            return True
        self._partial.discard()
        return False

    def _write(self, reply: Reply, pieces: Iterator[bytes], total: int | None) -> None:
        size = self._partial.size
        for size in self._partial.take(pieces):
            if total:
                reply.tell(min(size / total, 1.0))
        if total is not None and size != total:
            self._partial.discard()
            raise NetworkError(
                f"{_host(reply)} sent {size:,} bytes of a PDF of {total:,}"
            )
        if total is None and not self._partial.ends_with(_END, _TAIL):
            self._partial.discard()
            raise NetworkError(f"{_host(reply)} sent a PDF without its end")

    @staticmethod
    def _insist_on_size(reply: Reply, size: int | None) -> None:
        if size is not None and size > MOST:
            raise NetworkError(
                f"{_host(reply)} has a PDF of {sized(size)}; more than"
                f" {sized(MOST)} are not taken",
                hint="fetch it with your browser",
            )

    def finished(self) -> int:
        """Name the file, whose bytes are all there; returns their number."""
        if not self._partial.begins_with(_MARK, _HEAD):
            self._partial.discard()
            raise NetworkError(f"what came of {self._url} is no PDF")
        size = self._partial.size
        self._partial.finish()
        return size


def _beginning(body: Iterator[bytes], least: int) -> bytes:
    """The first pieces of a body: at least so many bytes, or all."""
    found = b""
    for piece in body:
        found += piece
        if len(found) >= least:
            break
    return found


def _length(reply: Reply) -> int | None:
    """The size of the whole, where the reply tells it and was not packed on the way."""
    said = reply.headers.get("content-length", "").strip()
    coding = reply.headers.get("content-encoding", "identity").strip()
    is_plain = coding == "identity" and said.isascii() and said.isdigit()
    return int(said[:18]) if is_plain else None


def _version(reply: Reply) -> str:
    """What tells a file from another of the same address (RFC 9110, 13.1.5); or empty."""
    if reply.headers.get("content-encoding", "identity").strip() != "identity":
        return ""
    tag = reply.headers.get("etag", "").strip()
    is_strong = tag.startswith('"') and tag.endswith('"')
    version = tag if is_strong else reply.headers.get("last-modified", "").strip()
    return version if version.isascii() and version.isprintable() else ""


def _no_pdf(reply: Reply, body: bytes) -> NetworkError:
    """What came instead of a PDF; raises `NotWelcomeError` where the host refuses."""
    answer = Answer(reply.status, reply.media_type, reply.url, body)
    insist_on_answer(answer)
    if not answer.is_good:
        return NetworkError(f"{_host(reply)} has no such PDF: {reason(reply.status)}")
    if answer.is_page:
        came = "a web page"
    else:
        came = f"something else ({reply.media_type})" if reply.media_type else "nothing"
        came = came if body else "nothing"
    return NetworkError(
        f"{_host(reply)} sent {came} instead of a PDF",
        hint=f"open {reply.url} in your browser",
    )


def _host(reply: Reply) -> str:
    return reply.url.partition("//")[2].partition("/")[0]
