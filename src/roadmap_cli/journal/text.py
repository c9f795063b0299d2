"""A journal as text: a header and events, each a few lines of TOML.

The time stands last in an event: an event is whole if its time is there, so a file that was
cut off anywhere shows it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from roadmap_cli.disk import toml
from roadmap_cli.errors import DataFileError, TooNewError
from roadmap_cli.progress.clocks import utc, written
from roadmap_cli.progress.events import Command, Event

FORMAT = "roadmap-journal"
VERSION = 1
LONGEST_EVENT = 256 * 1024
"""Bytes that an event may have, with the comments around it."""
_HEAD = f'format = "{FORMAT}"\nversion = {VERSION}\ndevice = '
_EVENT = b"[[event]]"
_TABLE = rb"(?:\A|[\r\n])[ \t\v\f]*(\[)"
_TABLES = b"[["
# Compiled when a journal is read: most runs know what it says.
_EVENT_LINE = (
    rb"""(?m)^[ \t]*\[\[[ \t]*(?:event|"event"|'event')[ \t]*\]\][ \t]*(?:\#.*|\r)?$"""
)
_TIME_IN_UTC = (
    rb"(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:[Zz]|([+-]00:00))"
)
_AT_UTC = b"+00:00"
_WAY_OUT = "nothing is written to it; `roadmap doctor` says more, `roadmap restore` brings back a copy"


class Parsed(NamedTuple):
    """What a journal says: `torn` is what follows its first `length` good bytes."""

    device: str
    events: tuple[Event, ...]
    length: int
    torn: bytes = b""


class Positions(dict[Command, Iterator[int]]):
    """Counts the events of each command, whatever stands between them.

    `known` says how many came before.
    """

    def __init__(self, known: Callable[[Command], int] = lambda _: 0) -> None:
        super().__init__()
        self.known = known

    def __missing__(self, command: Command) -> Iterator[int]:
        """The numbers from the first that is free."""
        self[command] = count(self.known(command))
        return self[command]

    def of(self, command: Command) -> int:
        """The position of the next event of a command."""
        return next(self[command])


def header(device: str) -> str:
    """The first lines of a new journal."""
    return f"{_HEAD}{_literal(device)}\n"


def stanza(
    at: datetime,
    paper: str,
    fields: Mapping[str, object],
    offset: timedelta | None = None,
) -> str:
    """One event as the lines to append, an empty one first.

    `offset` is how far the writer's clock is ahead of UTC, if that is known.
    """
    said = {**({"paper": paper} if paper else {}), **fields}
    lines = (f"{_key(name)} = {_literal(value)}\n" for name, value in said.items())
    return f"\n[[event]]\n{''.join(lines)}at = {written(at, offset)}\n"


def _key(name: str) -> str:
    if name.isascii() and name.isidentifier():
        return name
    import tomli_w  # what most marks say needs no quoting

    return _visible(tomli_w.dumps({name: 0}).removesuffix(" = 0\n"))


def _literal(value: object) -> str:
    """A value on one line: tables inline, so that what follows them stays in the event."""
    if isinstance(value, str) and value.isprintable() and _QUOTED.isdisjoint(value):
        return f'"{value}"'
    if isinstance(value, Mapping):
        pairs = (f"{_key(name)} = {_literal(item)}" for name, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_literal, value)) + "]"
    import tomli_w  # as above

    return _visible(tomli_w.dumps({"v": value}).removeprefix("v = ").removesuffix("\n"))


_QUOTED = frozenset('"\\')
"""What TOML's strings have to quote of what is printable."""


def _visible(toml: str) -> str:
    """The same TOML with all that a terminal would obey, or not show, escaped.

    What is not printable stands within quotes, and journals are read and exported raw.
    """
    if toml.isprintable():
        return toml
    return "".join(
        character if character.isprintable() else f"\\U{ord(character):08x}"
        for character in toml
    )


def head(contents: bytes) -> Mapping[str, Any]:
    """What a file says before its first table, whatever follows; nothing if that is no TOML."""
    table = re.search(_TABLE, contents)
    try:
        return toml.parse(contents[: table.start(1) if table else None], path="")
    except DataFileError:
        return {}


def parse(contents: bytes, *, path: str) -> Parsed:
    """What a journal says; an event at its end that was not written to the end is set apart.

    Raises `DataFileError`, naming the place, if the journal is damaged or was written by a
    newer version: then what it says is unknown, which is not the same as nothing.
    """
    _refuse_long(contents, path)
    try:
        return Parsed(*_whole(contents, path), len(contents))
    except DataFileError as problem:
        _refuse_newer(contents, path)
        for length in _cuts(contents):
            try:
                good = _whole(contents[:length], path)
            except DataFileError:
                continue
            # Else what follows was not cut off: it is whole, and where it must not be.
            if takes_more_events(contents, length):
                return Parsed(*good, length, contents[length:])
        raise problem from None


def parse_tail(
    contents: bytes,
    length: int,
    device: str,
    known: Callable[[Command], int],
    *,
    path: str,
) -> tuple[Event, ...] | None:
    """The events behind the first bytes, which are a valid journal; nothing if that is not all.

    Then only the contents as a whole can say what they mean: where these bytes do not end with
    a line or take no more events, or where more than whole events follows. `known` tells how
    many events of a command stand in them.
    """
    tail = contents[length:]
    is_line = contents[length - 1 : length] == b"\n"
    if not (is_line and tail.lstrip(b"\r\n").startswith(_EVENT)):
        return None
    if not takes_more_events(contents, length):
        return None
    try:
        _refuse_long(tail, path)
        data = toml.parse(tail, path=path)
        tables = _tables(data, path)
        return (
            tuple(_events(tables, tail, device, path, Positions(known)))
            if set(data) == {"event"}
            else None
        )
    except DataFileError:
        return None


def takes_more_events(contents: bytes, length: int) -> bool:
    """Whether a valid journal stays valid, and means the same, with `[[event]]` tables behind it.

    The journal is the first `length` bytes of the contents.

    It does not where its events are one value (`event = []`, `event = [{…}]`): TOML lets only
    `[[event]]` tables add to what `[[event]]` tables began. A line `[[event]]` is such a table
    if what stands before it is TOML by itself, and not within a text that goes on over lines;
    of a journal of ours that is its header, so nothing else has to be parsed. Where no line
    looks so, TOML itself is asked.
    """
    if _begins_plainly(contents, length):
        return True
    if found := re.compile(_EVENT_LINE).search(contents, 0, length):
        with suppress(DataFileError):
            toml.parse(contents[: found.start()], path="")
            return True
    try:
        toml.parse(contents[:length] + b"\n" + _EVENT + b"\n", path="")
    except DataFileError:
        return False
    return True


def _begins_plainly(contents: bytes, length: int) -> bool:
    """Whether a journal begins as ours do, with the plain name of a device and an event.

    A parser would find nothing else in that.
    """
    begin = _HEAD.encode() + b'"'
    end = contents.find(b'"\n\n' + _EVENT + b"\n", 0, length)
    device = contents[len(begin) : end].replace(b"-", b"")
    return contents.startswith(begin) and end > 0 and device.isalnum()


def _whole(contents: bytes, path: str) -> tuple[str, tuple[Event, ...]]:
    data = toml.parse(contents, path=path, hint=_WAY_OUT)
    device = _check_header(data, path)
    tables = _tables(data, path)
    return device, tuple(_events(tables, contents, device, path, Positions()))


def _cuts(contents: bytes) -> Iterator[int]:
    """Where the good part may end, if the rest looks like a write that was cut short.

    Zeros at the end are what a power cut leaves of a write; a whole line that is no TOML is
    not: somebody or something else wrote that.
    """
    good = contents.rstrip(b"\0")
    if len(good) < len(contents):
        yield len(good)
    start = good.rfind(b"\n" + _EVENT)
    line = good.rfind(b"\n") + 1
    if len(good) > line and _EVENT.startswith(good[line:]):
        start = line - 1
    if start < 0:
        return
    try:
        toml.parse(good[start:line] if line > start else b"", path="")
    except DataFileError:
        return
    yield start


def _refuse_long(contents: bytes, path: str) -> None:
    """Raise if an event, or what stands between two, is longer than any that can be meant.

    A TOML parser takes seconds for what is as long as that, and the file may be of another device.
    """
    start = 0
    while len(contents) - start > LONGEST_EVENT:
        end = contents.rfind(_TABLES, start, start + LONGEST_EVENT)
        if end < 0:
            line = contents.count(b"\n", 0, start) + 1
            raise DataFileError(
                f"{path}: line {line}: from here on more than {LONGEST_EVENT >> 10} KiB "
                "without a further event",
                hint=_WAY_OUT,
            )
        start = end + len(_TABLES)


def _refuse_newer(contents: bytes, path: str) -> None:
    """Raise if the header alone says that a newer version wrote this."""
    data = head(contents)
    if data.get("format") == FORMAT:
        _check_version(data, path)


def _check_version(data: Mapping[str, Any], path: str) -> None:
    version = data.get("version")
    if type(version) is int and version > VERSION:
        raise TooNewError(path, what="journal", version=version, known=VERSION)


def _check_header(data: Mapping[str, Any], path: str) -> str:
    device = data.get("device")
    if data.get("format") == FORMAT:
        _check_version(data, path)
    version = data.get("version")
    is_ours = (
        data.get("format") == FORMAT and version == VERSION and type(version) is int
    )
    if not is_ours or not isinstance(device, str):
        raise DataFileError(
            f"{path}: damaged: the journal's header is missing", hint=_WAY_OUT
        )
    return device


def _tables(data: Mapping[str, Any], path: str) -> Sequence[Any]:
    found = data.get("event", [])
    if not isinstance(found, list):
        raise DataFileError(
            f"{path}: damaged: `event` is no list of tables", hint=_WAY_OUT
        )
    return found


def offsets(tables: Sequence[Any], contents: bytes) -> Iterator[timedelta | None]:
    """How far the writer's clock was ahead of UTC at the time `at` of each table.

    Nothing where only UTC was written. TOML's values do not tell `+00:00`, which is a clock that
    shows UTC, from `Z`, so it is looked up in the contents that the tables were read from.
    """
    times = re.finditer(_TIME_IN_UTC, contents) if _AT_UTC in contents else iter(())
    for table in tables:
        at = table.get("at") if isinstance(table, dict) else None
        offset = at.utcoffset() if isinstance(at, datetime) else None
        if offset:
            yield offset
            continue
        found = next(
            (time for time in times if offset is not None and _is(time, at)), None
        )
        yield offset if found and found[2] == _AT_UTC else None


def _is(found: re.Match[bytes], at: object) -> bool:
    """Whether a text that looks like a time in UTC is this time."""
    try:
        return datetime.fromisoformat(f"{found[1].decode()}+00:00") == at
    except ValueError:
        return False


def _events(
    tables: Sequence[Any],
    contents: bytes,
    device: str,
    path: str,
    positions: Positions,
) -> Iterator[Event]:
    each = zip(tables, offsets(tables, contents), strict=True)
    for number, (table, offset) in enumerate(each, start=1):
        at = table.get("at") if isinstance(table, dict) else None
        if not isinstance(at, datetime) or at.tzinfo is None:
            raise DataFileError(
                f"{path}: damaged: event {number} has no time in UTC", hint=_WAY_OUT
            )
        at = utc(at)
        position = positions.of((device, at))
        paper = table.get("paper", "")
        fields = {
            name: value for name, value in table.items() if name not in ("at", "paper")
        }
        paper = paper if isinstance(paper, str) else ""
        yield Event(at, device, position, paper, fields, offset)
