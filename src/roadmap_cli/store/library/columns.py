"""Tables of SQLite as Python's own collections: what was asked for once is kept."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    """The names of a table by number."""

    def __init__(self, ask: Ask, table: str) -> None:
        self._ask = ask
        self._table = table
        self._known: dict[int, str] = {}
        self._count: int | None = None

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        """The name of that number; raises `IndexError`."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if number not in self._known:
            query = f"SELECT name FROM {self._table} WHERE number = ?"
            rows = self._ask(query, number)
            if not rows:
                raise IndexError(number)
            self._known[number] = rows[0][0]
        return self._known[number]

    def of(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """The names of these numbers, asked for at once."""
        if unknown := [one for one in numbers if one not in self._known]:
            some = "number IN (SELECT value FROM json_each(?))"
            query = f"SELECT number, name FROM {self._table} WHERE {some}"
            self._known |= self._ask(query, json.dumps(unknown))
        return tuple(self._known[one] for one in numbers)

    def __iter__(self) -> Iterator[str]:
        """All names in order; few are asked for at first, then more and more at once."""
        start, size = 0, 1
        query = f"SELECT name FROM {self._table} WHERE number BETWEEN ? AND ? ORDER BY number"
        while rows := self._ask(query, start, start + size - 1):
            yield from (name for (name,) in rows)
            start, size = start + size, min(2 * size, _MOST_AT_ONCE)

    def __len__(self) -> int:
        """How many there are."""
        if self._count is None:
            self._count = int(self._ask(f"SELECT {_COUNT} FROM {self._table}")[0][0])
        return self._count
