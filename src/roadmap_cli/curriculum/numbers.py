"""Sets of works, kept as bits by their number in the curriculum's order.

Whole topics are joined, cut and counted in one step each, however many papers they have.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from struct import iter_unpack
from typing import Protocol

_WORD = 8
"""Bytes that are looked at together."""


class Numbers(AbstractSet[int]):
    """A set of numbers from 0 on, in ascending order."""

    __slots__ = ("_data", "bits")

    def __init__(self, bits: int = 0) -> None:
        self.bits = bits
        self._data: bytes | None = None

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Numbers":
        """The set of these numbers."""
        found = tuple(numbers)
        data = bytearray(max(found, default=0) // 8 + 1)
        for number in found:
            data[number >> 3] |= 1 << (number & 7)
        return cls(int.from_bytes(data, "little"))

    @classmethod
    def below(cls, count: int) -> "Numbers":
        """All numbers below this one."""
        return cls((1 << count) - 1)

    def __contains__(self, number: object) -> bool:
        """Whether a number is one of them."""
        if not isinstance(number, int):
            return False
        data = self.data
        place = number >> 3
        return place < len(data) and bool(data[place] >> (number & 7) & 1)

    def __iter__(self) -> Iterator[int]:
        """The numbers; the first ones are found without a look at the rest."""
        start = 0
        for (word,) in iter_unpack("<Q", self.data):
            rest = word
            while rest:
                lowest = rest & -rest
                yield start + lowest.bit_length() - 1
                rest ^= lowest
            start += 8 * _WORD

    def __len__(self) -> int:
        """How many there are."""
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.bits)

    def __eq__(self, other: object) -> bool:
        """Whether another set has the same numbers."""
        if isinstance(other, Numbers):
            return self.bits == other.bits
        return super().__eq__(other)

    def __hash__(self) -> int:
        """The same for equal sets."""
        return self._hash()

    def __and__(self, other: Iterable[int]) -> "Numbers":
        """The numbers that both sets have."""
        return Numbers(self.bits & _bits(other))

    def __or__(self, other: Iterable[int]) -> "Numbers":  # type: ignore[override]
        """The numbers that either set has."""
        return Numbers(self.bits | _bits(other))

    def __sub__(self, other: Iterable[int]) -> "Numbers":
        """The numbers that the other set does not have."""
        return Numbers(self.bits & ~_bits(other))

    def __repr__(self) -> str:
        """The numbers, as an expression."""
        return f"Numbers.of({list(self)})"

    @property
    def data(self) -> bytes:
        """The bits as whole words, the lowest byte first."""
        if self._data is None:
            words = -(-self.bits.bit_length() // (8 * _WORD))
            self._data = self.bits.to_bytes(words * _WORD, "little")
        return self._data


def _bits(numbers: Iterable[int]) -> int:
    return numbers.bits if isinstance(numbers, Numbers) else Numbers.of(numbers).bits


class _Numbering(Protocol):
    """What names the works: a library."""

    @property
    def positions(self) -> Mapping[str, int]: ...
    def names_of(self, numbers: Iterable[int]) -> Iterator[str]: ...


class WorkSet(AbstractSet[str]):
    """Some works of a library by name, in the curriculum's order."""

    __slots__ = ("library", "numbers")

    def __init__(self, library: _Numbering, numbers: Numbers) -> None:
        self.library = library
        self.numbers = numbers

    @classmethod
    def of(cls, library: _Numbering, works: Iterable[str]) -> "WorkSet":
        """The set of these works; names that the library does not have are left out."""
        if isinstance(works, WorkSet):
            return works
        found = (library.positions.get(work) for work in works)
        return cls(
            library, Numbers.of(number for number in found if number is not None)
        )

    def __contains__(self, work: object) -> bool:
        """Whether a work is one of them."""
        number = self.library.positions.get(str(work))
        return number is not None and number in self.numbers

    def __iter__(self) -> Iterator[str]:
        """Their names."""
        return self.library.names_of(self.numbers)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.numbers)
