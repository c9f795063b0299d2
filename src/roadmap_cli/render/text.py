"""Text that is safe to send to a terminal, and rows as lines and as JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadmap_cli.rows.view import View

_HIDDEN = (
    *range(0x20),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),  # bidirectional embeddings and overrides
    *range(0x2066, 0x206A),  # bidirectional isolates
    *range(0xD800, 0xE000),  # halves of characters
    *range(0xE0000, 0xE0080),  # tags: text that nobody sees
)
_BREAKS = (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_SAFE = {
    **dict.fromkeys(_HIDDEN, "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(_BREAKS, " "),
}


def safe_text(text: str) -> str:
    """The text without anything that a terminal would obey, on one line.

    Control characters, and marks that make text read other than it is, become U+FFFD; what
    breaks a line or a column becomes a space.
    """
    return text if text.isprintable() else text.translate(_SAFE)


def wrapped(line: str, width: int, *, indent: int) -> list[str]:
    """A long line as several that a terminal need not break; those that follow are set in.

    No word is broken, and nothing that is quoted in backticks; what a line is (`hint: `) does
    not stand alone.
    """
    if len(line) <= width:
        return [line]
    rows: list[str] = []
    for chunk in re.findall(r"(?:^\w+: )?\s*(?:`[^`]*`|\S)+", line):
        if not rows:
            rows.append(chunk)
        elif len(rows[-1]) + len(chunk) <= width:
            rows[-1] += chunk
        else:
            rows.append(" " * indent + chunk.lstrip())
    return rows


def lines(view: "View", *, header: bool) -> Iterator[str]:
    """One record a line, tab-separated; nothing is wrapped, cropped or coloured."""
    if header:
        yield "\t".join(view.columns)
    for row in view.rows:
        yield "\t".join(safe_text(cell(row[column])) for column in view.columns)


def fields(view: "View") -> Iterator[str]:
    """One field a line, its name first: for a command that shows one thing."""
    for row in view.rows:
        for name, value in row.items():
            yield f"{name}\t{safe_text(cell(value))}"


def cell(value: object) -> str:
    """A value of a row as one cell: of a row in a row, the field that says what it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(cell(part) for part in value)
    if isinstance(value, dict):
        telling = (value.get(name) for name in ("text", "key", "title", "ask"))
        return cell(next(filter(None, telling), ""))
    return str(value)


def as_json(output: Mapping[str, object]) -> str:
    """What a command prints with `--json`; ASCII only."""
    return json.dumps(output, indent=2)
