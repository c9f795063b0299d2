"""Counts and lists of names, as they stand in a sentence."""

from collections.abc import Sequence


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 paper`, `2 papers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def sized(count: int) -> str:
    """A number of bytes as people say it: `812 bytes`, `4 KB`, `1.2 MB`."""
    if count < _KILO:
        return counted(count, "byte")
    if count < _KILO**2:
        return f"{count / _KILO:.0f} KB"
    return f"{count / _KILO**2:.1f} MB"


_KILO = 1000


def listed(names: Sequence[str], most: int = 5) -> str:
    """Names in a sentence, the rest of more than `most` only counted: `lora, bert and 3 more`."""
    hidden = len(names) - most
    named = [*names[:most], *([f"{hidden} more"] if hidden > 0 else [])]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
