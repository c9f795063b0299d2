"""The help of a command as it is printed, laid out for the terminal that it is printed on."""

import re
import textwrap
from collections.abc import Collection, Sequence
from typing import Any

from roadmap_cli.cli.terminal.streams import size

_NARROW = 52
"""Columns below which the framework lays out no help."""
_LEAST = 36
"""Columns that a help takes at least: no word of it is longer than what is left for words."""


def help_text(context: Any) -> str:  # noqa: ANN401 - the framework keeps its classes to itself
    """What `--help` prints: what every command takes stands below what is the command's own."""
    columns = size().columns
    if columns < _NARROW:
        context.terminal_width = max(columns - 2, _LEAST)
    root = context.find_root()
    shared = () if context is root else root.command.params
    records = [parameter.get_help_record(context) for parameter in shared]
    taken = {record[0] for record in records if record}
    context.formatter_class = _formatter(context.formatter_class, taken)
    for command in getattr(context.command, "commands", {}).values():
        # The framework would cut a sentence off where a line ends.
        command.short_help = f"{command.help.partition('.')[0]}."
    text: str = context.get_help()
    return text


def narrowed(page: str, width: int) -> str:
    """A page of the manual in so few columns: a meaning stands below what it is the meaning of."""
    made: list[str] = []
    for block in page.split("\n\n"):
        if made:
            made.append("")
        if not block.startswith("    "):
            made += _wrapped(block, width)
            continue
        for name, said in _rows(block):
            made.append(f"  {name}")
            made += (f"{'':6}{line}" for line in _wrapped(said, width - 6))
    return "\n".join(made)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _rows(block: str) -> list[tuple[str, str]]:
    """What is set in, as names with meanings; a line without a meaning is nothing but a name."""
    rows: list[tuple[str, str]] = []
    for line in block.split("\n"):
        row = re.fullmatch(r" {4,6}(\S.*?)(?:  +(\S.*))?", line)
        if row:
            rows.append((row[1], row[2] or ""))
        else:
            name, said = rows.pop()
            rows.append((name, f"{said} {line.strip()}"))
    return rows


def _formatter(usual: Any, shared: Collection[str]) -> type[Any]:  # noqa: ANN401 - as above
    class Formatter(usual):  # type: ignore[misc]
        """Lays out definitions, the shared ones in a section of their own."""

        def write_dl(
            self,
            rows: Sequence[tuple[str, str]],
            col_max: int = 30,
            col_spacing: int = 2,
        ) -> None:
            room = self.width - self.current_indent
            most = min(col_max, max(room * 2 // 5, len("mark-skipped")))
            own = [_broken(*row, room) for row in rows if row[0] not in shared]
            others = [_broken(*row, room) for row in rows if row[0] in shared]
            if own:
                super().write_dl(own, most, col_spacing)
            else:
                del self.buffer[-2:]  # the heading, and the line before it
            if others:
                self.dedent()
                with self.section("Options of every command"):
                    super().write_dl(others, most, col_spacing)
                self.indent()

    return Formatter


def _broken(name: str, said: str, room: int) -> tuple[str, str]:
    """A definition whose choices, where they are too long for a line, are told in words."""
    name, bracket, choices = name.partition(" <")
    if "|" not in choices or len(f"{name}{bracket}{choices}") <= room:
        return f"{name}{bracket}{choices}", said
    listed = choices.rstrip(">").replace("|", ", ")
    return name, f"{said} One of {listed}."
