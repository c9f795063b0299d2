"""Tables of SQLite as Python's own collections: what was asked for once is kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

_V = TypeVar("_V")
Ask = Callable[..., list[Any]]
_MOST_AT_ONCE = 500


class Column(Mapping[str, _V], Generic[_V]):
    """The values of a column by the rows' names, in the table's order."""

    def __init__(
        self, ask: Ask, table: str, column: str, make: Callable[[Any], _V]
    ) -> None:
        self._ask = ask
        self._table = table
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
        order = "name" if self._table == "former" else "number"
        rows = self._ask(f"SELECT name FROM {self._table} ORDER BY {order}")
        return (name for (name,) in rows)

    def __len__(self) -> int:
        """How many there are."""
        if self._count is None:
            rows = self._ask(f"SELECT count(*) FROM {self._table}")
            self._count = int(rows[0][0])
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
            rows = self._ask(f"SELECT count(*) FROM {self._table}")
            self._count = int(rows[0][0])
        return self._count
