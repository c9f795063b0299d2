"""What a drawing may use: width, colour, and which characters the terminal can show."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Status
from roadmap_cli.language.duration import spoken

if TYPE_CHECKING:
    from typing import TypedDict

    from roadmap_cli.rows.types import BriefRow, TallyRow

    class TimeLeft(TypedDict):
        """The reading time still to come, as every row has it that counts any."""

        minutes_left: int | None
        untimed_left: int | None


_MARKS: Mapping[Status | None, tuple[str, str]] = {
    Status.READ: ("✓", "x"),
    Status.READING: ("▸", ">"),
    Status.KNOWN: ("✓", "x"),
    Status.SKIPPED: ("–", "-"),
    Status.TODO: ("·", "."),
    None: ("?", "?"),
}
"""What marks a status, and the same in ASCII."""
STYLES: Mapping[Status | None, str] = {
    Status.READ: "green",
    Status.READING: "yellow",
    Status.KNOWN: "cyan",
    Status.SKIPPED: "dim",
    Status.TODO: "dim",
    None: "red",
}
WIDEST = 120
"""Columns beyond which lines get no longer, to stay readable."""
STACKED_BELOW = 60
"""Columns below which a row becomes a small block of lines."""


class Canvas(NamedTuple):
    """A terminal as a drawing sees it; `is_plain` asks for words instead of shapes."""

    width: int = 80
    has_colour: bool = False
    has_unicode: bool = True
    is_plain: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether rows are stacked."""
        return self.width < STACKED_BELOW

    def mark(self, status: Status | None) -> str:
        """A status as its word, with a mark before it where shapes are welcome."""
        word = status or "unknown"
        shape, character = _MARKS[status]
        if self.is_plain:
            return word
        return f"{shape if self.has_unicode else character} {word}"

    def bar(self, share: float | None, width: int) -> str:
        """A part of a whole as a bar; nothing where it is not known or shapes are not wanted."""
        if self.is_plain or share is None:
            return ""
        full, empty = ("█", "░") if self.has_unicode else ("#", "-")
        # Something begun is never drawn as nothing, something unfinished never as all.
        filled = min(max(round(share * width), int(share > 0)), width - int(share < 1))
        return full * filled + empty * (width - filled)

    @property
    def dot(self) -> str:
        """What stands between facts on one line."""
        return " · " if self.has_unicode and not self.is_plain else ", "


def is_settled(row: "BriefRow") -> bool:
    """Whether nothing is left to do with a paper; not where its status is unknown."""
    return row["status"] is not None and row["status"].is_settled


def progress_text(counts: "TallyRow") -> str:
    """How much of something is done: `3 of 7 done`; skipped papers are told apart."""
    done, total, skipped = counts["done"], counts["total"], counts["skipped"] or 0
    if done is None:
        return f"{total} papers, progress unknown"
    apart = f", {skipped} skipped" if skipped else ""
    return f"{done} of {total - skipped} done{apart}"


def fraction(counts: "TallyRow") -> str:
    """How much of something is done, as short as it goes: `3/7`."""
    done, total, skipped = counts["done"], counts["total"], counts["skipped"] or 0
    return f"{'?' if done is None else done}/{total - skipped}"


def time_left(left: "TimeLeft") -> str:
    """The reading time still to come, as a person says it; empty where it is not known."""
    minutes = left["minutes_left"]
    time = f"{spoken(minutes)} left" if minutes else ""
    return ", ".join(filter(None, (time, untimed(left))))


def time_left_in_brief(left: "TimeLeft") -> str:
    """The same for a narrow column: a plus where more is to be read than is known of."""
    if minutes := left["minutes_left"]:
        return f"{spoken(minutes)}{'+' if left['untimed_left'] else ''} left"
    return "? left" if left["untimed_left"] else ""


def untimed(left: "TimeLeft") -> str:
    """How many papers are left without an estimate of their reading time; empty for none."""
    number = left["untimed_left"]
    return f"{number} without an estimate" if number else ""
