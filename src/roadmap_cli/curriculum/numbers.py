"""Sets of works, kept as bits by their number in the curriculum's order.

Whole topics are joined, cut and counted in one step each, however many papers they have.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from struct import iter_unpack
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Protocol

    class _Numbering(Protocol):
        """What names the works: a library."""

        @property
        def positions(self) -> Mapping[str, int]: ...
        def names_of(self, numbers: Iterable[int]) -> Iterator[str]: ...


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

    def first(self, count: int) -> "Numbers":
        """The lowest of these numbers, so many of them."""
        low, high = 0, self.bits.bit_length()
        while low < high:  # below `high` there are enough
            middle = (low + high) // 2
            if (self.bits & ((1 << middle) - 1)).bit_count() < count:
                low = middle + 1
            else:
                high = middle
        return Numbers(self.bits & ((1 << low) - 1))

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


class WorkSet(AbstractSet[str]):
    """Some works of a library by name, in the curriculum's order."""

    __slots__ = ("library", "numbers")

    def __init__(self, library: "_Numbering", numbers: Numbers) -> None:
        self.library = library
        self.numbers = numbers

    @classmethod
    def of(cls, library: "_Numbering", works: Iterable[str]) -> "WorkSet":
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


class Choice(NamedTuple):
    """The works of a topic, of which `enough` complete it.

    `order` has them so that each comes behind those of them that it needs, and else as the
    topic lists them; it is empty where that is the ascending order. The works `asked_by`
    require the topic, and wait for no more of it than completes it.
    """

    enough: int
    works: Numbers
    order: Sequence[int] = ()
    asked_by: Numbers = Numbers()

    def beyond(self, done: Numbers, reading: Numbers, left: Numbers) -> Numbers:
        """The works that are left and are not among those that complete the topic.

        These are what is begun, and of the others the first, as many as are not done yet.
        """
        begun = self.works & reading & left
        others = (self.works & left) - begun
        missing = self.enough - len(self.works & done) - len(begun)
        return others - self.first(missing, others)

    def first(self, count: int, among: Numbers) -> Numbers:
        """The first works, so many of those that are also `among` others."""
        if count <= 0:
            return Numbers()
        if not self.order:
            return (self.works & among).first(count)
        found = []
        for number in self.order:
            if number in among:
                found.append(number)
                if len(found) == count:
                    break
        return Numbers.of(found)


class Choices(NamedTuple):
    """All topics of which some papers are enough, by full name.

    `optional` are the works that stand in no other topic, and `asking` those that name one of
    these in `requires`.
    """

    by_topic: Mapping[str, Choice] = MappingProxyType({})
    optional: Numbers = Numbers()
    asking: Numbers = Numbers()


class Waiting(NamedTuple):
    """Works that wait: those behind the rest of their topic, and those behind all of their area."""

    in_topic: Numbers = Numbers()
    in_area: Numbers = Numbers()


class Course(NamedTuple):
    """The works of one catalogue among several, in its own order.

    `order` is empty where it is that of the curriculum. The needs of a work, as its catalogue
    alone has them, are those that it has anyway, but for works that are `different`;
    `asked_by` has, for the topics of which some papers are enough, the works that it lets
    require them.
    """

    works: Numbers
    is_first: bool
    order: Sequence[int] = ()
    different: Numbers = Numbers()
    asked_by: Mapping[str, Numbers] = MappingProxyType({})
