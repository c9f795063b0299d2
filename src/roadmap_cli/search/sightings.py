"""What of a query stands in a paper, and what a place is worth in which it stands."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from roadmap_cli.search.recognition import UNASKED
from roadmap_cli.search.texts import OWN_NOTES

COLUMN_WEIGHTS: Mapping[str, tuple[float, float]] = {
    "names": (100.0, 0.8),
    "title": (60.0, 0.35),
    "synonyms": (45.0, 0.5),
    "authors": (45.0, 0.0),
    "venue": (10.0, 0.0),
    "topics": (20.0, 0.6),
    "areas": (20.0, 0.0),
    "note": (8.0, 0.0),
    OWN_NOTES: (8.0, 0.0),
}
"""What a word is worth in a column, and the part of that which depends on its share there."""
_NEXT_PLACE = 0.5
"""What a word is worth in its second best column, and a half of that in the third, and so on."""
_FURTHER_DOWN: Mapping[str, tuple[float, int]] = {
    "areas": (0.02, 15),
    "authors": (0.1, 3),
}
"""What a name loses with each before it, up to so many: a home and a first author count most."""


class Sighting:
    """What of a query stands in one paper.

    `best` is what each word is worth by column, `sure` how surely it is recognised anywhere.
    """

    def __init__(self) -> None:
        self.best: dict[int, dict[str, float]] = {}
        self.sure: dict[int, float] = {}
        self.bonus = 0.0
        self.longest_name = 0
        self.is_topic = False
        self.matched: dict[str, None] = {}

    def add(self, other: "Sighting") -> None:
        """Take in what stands in a part of it."""
        for word, sure in other.sure.items():
            self.sure[word] = max(self.sure.get(word, 0.0), sure)
        for word, by_column in other.best.items():
            own = self.best.setdefault(word, {})
            for column, worth in by_column.items():
                own[column] = max(own.get(column, 0.0), worth)
        self.bonus = max(self.bonus, other.bonus)
        self.longest_name = max(self.longest_name, other.longest_name)
        self.is_topic |= other.is_topic
        self.matched.update(other.matched)

    def take(self, line: "Line") -> None:
        """Take in what stands in one of its texts."""
        for word, sure in line.sure.items():
            self.sure[word] = max(self.sure.get(word, 0.0), sure)
            by_column = self.best.setdefault(word, {})
            worth = line.worth * sure
            by_column[line.kept_as] = max(by_column.get(line.kept_as, 0.0), worth)
        self.bonus = max(self.bonus, line.bonus)
        self.longest_name = max(self.longest_name, line.length_of_name)
        self.is_topic |= line.is_topic
        self.matched.update(line.matched)


class Line:
    """What of a query stands in one text: how surely each word, and at which tokens.

    `worth` is that of a word that is sure, `total` that of all of them, and `kept_as` the
    column that counts for it. `bonus` is what the whole text adds.
    """

    def __init__(self, column: str, number: int) -> None:
        self.column = column
        self.kept_as = column
        self.number = number
        self.sure: dict[int, float] = {}
        self.places: dict[int, set[int]] = {}
        self.matched: dict[str, None] = {}
        self.share = 0.0
        self.worth = 0.0
        self.total = 0.0
        self.bonus = 0.0
        self.length_of_name = 0
        self.is_topic = False


def worth_of(here: Line, line: Sequence[str]) -> float:
    """What a word is worth in a text, by its column and how much of the text is typed."""
    covered = set().union(*here.places.values())
    counting = len(line)
    if (
        here.column == "title"
    ):  # `What are Diffusion Models?`: all about diffusion models
        fillers = {n for n, token in enumerate(line) if token in UNASKED}
        counting -= len(fillers - covered)
    here.share = len(covered) / counting
    weight, part = COLUMN_WEIGHTS[here.column]
    worth = weight * (1 - part + part * here.share)
    step, furthest = _FURTHER_DOWN.get(here.column, (0.0, 0))
    return worth * (1 - step * min(here.number, furthest))


def together(worth: Mapping[str, float], left_out: str) -> float:
    """What a word is worth by all columns that have it but one, the best column first."""
    counting = (value for column, value in worth.items() if column != left_out)
    ordered = sorted(counting, reverse=True)
    return sum(value * _NEXT_PLACE**n for n, value in enumerate(ordered))


def is_one_piece(places: AbstractSet[int]) -> bool:
    """Whether a word stands in a text just once."""
    return max(places) - min(places) < len(places)
