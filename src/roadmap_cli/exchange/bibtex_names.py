"""Lists of names in BibTeX and biblatex: `Last, First and {A Group} and others`."""

import re
from collections.abc import Iterator

from roadmap_cli.exchange import latex
from roadmap_cli.exchange.people import person

_AND = re.compile(r"(?i)(?<!\\)[{}]|\s+and(?=\s)|^\s*and(?=\s)|\s+and$")
_PART = re.compile(r"(?<!\\)[{}]|,")
_COMMA = "\ue000"
"""Stands for a comma inside of braces, which parts no name."""
_LABEL = re.compile(
    r"(?i)\s*\"?(?:given|family|prefix|suffix|useprefix|id|hash|\w+-i)\"?\s*="
)
_OTHERS = re.compile(r"(?i)\band\s+others\s*\}*$|et\.? al\.?\s*\}*$")


def authors(value: str) -> tuple[str, ...]:
    """The names of a list as LaTeX, in its order, each "Given Family"; groups are whole."""
    names = list(_parted(_uncovered(value)))
    return tuple(filter(None, map(_name, names)))


def has_others(value: str) -> bool:
    """Whether a list ends with names that are not told."""
    return _OTHERS.search(value) is not None


def _uncovered(value: str) -> str:
    """A list of names in braces as a whole, without them; a group is left as it is."""
    inner = value.strip()
    if not (inner.startswith("{") and inner.endswith("}")) or "{" in inner[1:-1]:
        return value
    names = re.split(r"(?i)\s+and\s+", inner[1:-1])
    is_list = len(names) > 1 and all(name.count(",") == 1 for name in names)
    return inner[1:-1] if is_list else value


def _parted(value: str) -> Iterator[str]:
    depth = start = 0
    for mark in _AND.finditer(value):
        if mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        elif depth <= 0:
            yield value[start : mark.start()]
            start = mark.end()
    yield value[start:]


def _name(part: str) -> str:
    part = part.strip()
    if "=" in part and _LABEL.match(part):
        return _labelled(part)
    if "{" in part and "," in part:
        part = _protected(part)
    return person(latex.text(part)).replace(_COMMA, ",")


def _protected(part: str) -> str:
    """A name whose commas inside of braces are `_COMMA`."""
    depth, parts, start = 0, [], 0
    for mark in _PART.finditer(part):
        parts.append(part[start : mark.start()])
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        parts.append(_COMMA if mark[0] == "," and depth > 0 else mark[0])
        start = mark.end()
    return "".join([*parts, part[start:]])


def _labelled(part: str) -> str:
    """A name in biblatex's long form: `given=Hans, family=Harman, prefix=von`."""
    labels: dict[str, str] = {}
    for piece in _protected(part).split(","):
        label, _, text = piece.partition("=")
        labels[label.strip(' "').lower()] = latex.text(text.strip(' "')).replace(
            _COMMA, ","
        )
    order = ("given", "prefix", "family", "suffix")
    return " ".join(filter(None, (labels.get(label, "") for label in order)))
