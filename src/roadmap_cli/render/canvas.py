"""What a drawing may use: width, colour, and which characters the terminal can show."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from roadmap_cli.curriculum.model import Status
from roadmap_cli.language.duration import spoken

MARKS = {
    "read": "✓",
    "reading": "▸",
    "known": "✓",
    "skipped": "–",
    "todo": "·",
    None: "?",
}
_ASCII_MARKS = {
    "read": "x",
    "reading": ">",
    "known": "x",
    "skipped": "-",
    "todo": ".",
    None: "?",
}
STYLES = {
    "read": "green",
    "reading": "yellow",
    "known": "cyan",
    "skipped": "dim",
    "todo": "dim",
}
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

    def mark(self, status: str | None) -> str:
        """A status as its word, with a mark before it where shapes are welcome."""
        word = status or "unknown"
        if self.is_plain:
            return word
        return f"{(MARKS if self.has_unicode else _ASCII_MARKS)[status]} {word}"

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


def is_settled(row: Mapping[str, Any]) -> bool:
    """Whether nothing is left to do with a paper; not where its status is unknown."""
    return bool(row["status"]) and Status(row["status"]).is_settled


def progress_text(counts: Mapping[str, Any]) -> str:
    """How much of something is done: `3 of 7 done`; skipped papers are told apart."""
    done, total, skipped = counts["done"], counts["total"], counts["skipped"] or 0
    if done is None:
        return f"{total} papers, progress unknown"
    apart = f", {skipped} skipped" if skipped else ""
    return f"{done} of {total - skipped} done{apart}"


def fraction(counts: Mapping[str, Any]) -> str:
    """How much of something is done, as short as it goes: `3/7`."""
    done, total, skipped = counts["done"], counts["total"], counts["skipped"] or 0
    return f"{'?' if done is None else done}/{total - skipped}"


def time_left(counts: Mapping[str, Any], *, roughly: bool = False) -> str:
    """The reading time still to come, as a person says it; empty where it is not known."""
    minutes = counts["minutes_left"]
    some = isinstance(minutes, int) and minutes
    time = f"{spoken(some, roughly=roughly)} left" if some else ""
    return ", ".join(filter(None, (time, untimed(counts))))


def time_left_in_brief(counts: Mapping[str, Any]) -> str:
    """The same for a narrow column: a plus where more is to be read than is known of."""
    minutes = counts["minutes_left"]
    if isinstance(minutes, int) and minutes:
        return f"{spoken(minutes)}{'+' if counts['untimed_left'] else ''} left"
    return "? left" if counts["untimed_left"] else ""


def untimed(counts: Mapping[str, Any]) -> str:
    """How many papers are left whose reading time nobody knows; empty for none."""
    number = counts["untimed_left"]
    return f"{number} without an estimate" if number else ""
