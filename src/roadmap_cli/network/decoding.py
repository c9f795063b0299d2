"""The bytes of an answer, unpacked piece by piece: what is small in transit may be huge."""

import zlib
from collections.abc import Iterable, Iterator

from roadmap_cli.errors import NetworkError

CODINGS = "gzip, deflate"
"""What is asked for."""
_MEGABYTE = 1_000_000
_PIECE = 64 * 1024


def unpacked(
    pieces: Iterable[bytes], coding: str, most: int, host: str
) -> Iterator[bytes]:
    """The pieces of a body without their `Content-Encoding`, none larger than 64 KiB packed.

    Raises `NetworkError` beyond `most` bytes, for a coding that was not asked for, and for one
    that is broken or cut off.
    """
    count = 0
    for piece in _decoded(pieces, coding.strip().lower(), host):
        count += len(piece)
        if count > most:
            raise NetworkError(f"{host} answers with more than {_size(most)}")
        yield piece


def _decoded(pieces: Iterable[bytes], coding: str, host: str) -> Iterator[bytes]:
    if coding in {"", "identity"}:
        yield from pieces
    elif coding in {"gzip", "x-gzip"}:
        yield from _inflated(pieces, 16 + zlib.MAX_WBITS, host)
    elif coding == "deflate":
        yield from _inflated(pieces, zlib.MAX_WBITS, host)
    else:
        raise NetworkError(
            f"{host} packs its answer in a way that was not asked for: {coding}"
        )


def _inflated(pieces: Iterable[bytes], format_bits: int, host: str) -> Iterator[bytes]:
    inflating = zlib.decompressobj(format_bits)
    try:
        for piece in pieces:
            rest = piece
            while rest and not inflating.eof:
                yield inflating.decompress(rest, _PIECE)
                rest = inflating.unconsumed_tail
    except zlib.error as error:
        raise NetworkError(f"{host} answers with damaged bytes: {error}") from error
    if not inflating.eof:
        raise NetworkError(f"the answer of {host} is cut off")


def _size(count: int) -> str:
    return f"{count / _MEGABYTE:.0f} MB" if count >= _MEGABYTE else f"{count} bytes"
