"""Tables of SQLite as Python's own collections: what was asked for once is kept."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar, overload

_V = TypeVar("_V")
Ask = Callable[..., list[Any]]
_MOST_AT_ONCE = 500
_COUNT = "coalesce(max(number) + 1, 0)"
"""The rows of a table whose numbers count them: found at its end, without going through it."""


class Column(Mapping[str, _V], Generic[_V]):
    """The values of a column by the rows' names, in the table's order."""

    def __init__(
        self, ask: Ask, table: str, column: str, make: Callable[[Any], _V]
    ) -> None:
        self._ask = ask
        self._table = table
        self._column = column
        self._is_numbered = table != "former"
        self._query = f"SELECT {column} FROM {table} WHERE name = ?"
        self._make = make
        self._known: dict[str, _V] = {}
        self._count: int | None = None

    def __getitem__(self, name: str) -> _V:
        """The value under a name; raises `KeyError`."""
        if name in self._known:
            return self._known[name]
        rows = self._ask(self._query, name)
        if not rows:
            raise KeyError(name)
        return self._known.setdefault(name, self._make(rows[0][0]))

    def of(self, names: Sequence[str]) -> list[_V]:
        """The values under names that there are, asked for at once."""
        if unknown := [name for name in names if name not in self._known]:
            which = "name IN (SELECT value FROM json_each(?))"
            query = f"SELECT name, {self._column} FROM {self._table} WHERE {which}"
            for name, value in self._ask(query, json.dumps(unknown)):
                self._known[name] = self._make(value)
        return [self._known[name] for name in names]

    def learn(self, values: Iterable[tuple[str, _V]]) -> None:
        """Keep values that came with something else that was asked for."""
        self._known.update(values)

    def __contains__(self, name: object) -> bool:
        """Whether there is a row of that name."""
        return name in self._known or bool(self._ask(self._query, name))

    def __iter__(self) -> Iterator[str]:
        """The names, in the order of the library."""
        order = "number" if self._is_numbered else "name"
        rows = self._ask(f"SELECT name FROM {self._table} ORDER BY {order}")
        return (name for (name,) in rows)

    def __len__(self) -> int:
        """How many there are."""
        if self._count is None:
            count = _COUNT if self._is_numbered else "count(*)"
            self._count = int(self._ask(f"SELECT {count} FROM {self._table}")[0][0])
        return self._count


class NamesByNumber(Sequence[str]):
    """The names of a table by number; what is learnt so `numbers` know as well."""

    def __init__(
        self, ask: Ask, table: str, numbers: Column[int] | None = None
    ) -> None:
        self._ask = ask
        self._table = table
        self._numbers = numbers
        self._known: dict[int, str] = {}
        self._count: int | None = None

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        """The name of that number; raises `IndexError`."""
        if isinstance(number, slice):
            return [self[position] for position in range(*number.indices(len(self)))]
        if number not in self._known:
            query = f"SELECT name FROM {self._table} WHERE number = ?"
            rows = self._ask(query, number)
            if not rows:
                raise IndexError(number)
            self._keep([(number, rows[0][0])])
        return self._known[number]

    def of(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """The names of these numbers, asked for at once."""
        if unknown := [number for number in numbers if number not in self._known]:
            some = "number IN (SELECT value FROM json_each(?))"
            query = f"SELECT number, name FROM {self._table} WHERE {some}"
            self._keep(self._ask(query, json.dumps(unknown)))
        return tuple(self._known[number] for number in numbers)

    def each(self, numbers: Iterable[int]) -> Iterator[str]:
        """The names of these numbers; few are asked for at first, then more and more."""
        rest, size = iter(numbers), 1
        while some := list(islice(rest, size)):
            yield from self.of(some)
            size = min(2 * size, _MOST_AT_ONCE)

    def _keep(self, rows: Iterable[tuple[int, str]]) -> None:
        self._known.update(rows)
        if self._numbers is not None:
            self._numbers.learn((name, number) for number, name in rows)

    def __iter__(self) -> Iterator[str]:
        """All names in order."""
        return self.each(range(len(self)))

    def __len__(self) -> int:
        """How many there are."""
        if self._count is None:
            self._count = int(self._ask(f"SELECT {_COUNT} FROM {self._table}")[0][0])
        return self._count


class Later(Sequence[_V]):
    """A sequence that is read when it is first asked for; it equals a tuple of its values."""

    def __init__(self, read: Callable[[], Sequence[_V]]) -> None:
        self._read = read
        self._values: tuple[_V, ...] | None = None

    @property
    def _all(self) -> tuple[_V, ...]:
        if self._values is None:
            self._values = tuple(self._read())
        return self._values

    @overload
    def __getitem__(self, place: int) -> _V: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[_V]: ...
    def __getitem__(self, place: int | slice) -> _V | Sequence[_V]:
        """The value at a place."""
        return self._all[place]

    def __iter__(self) -> Iterator[_V]:
        """The values; the inherited way takes any `IndexError` of `read` for their end."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        """Whether another sequence has the same values."""
        if isinstance(other, Later):
            return other is self or self._all == other._all
        return self._all == other

    def __hash__(self) -> int:
        """The same as of the tuple."""
        return hash(self._all)

    def __repr__(self) -> str:
        """As the tuple."""
        return repr(self._all)
