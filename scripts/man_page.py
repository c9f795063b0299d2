"""The man page, written in the macros of man(7)."""

import re
import textwrap
from collections.abc import Iterable

from command_tree import Entry
from roadmap_cli import __version__
from roadmap_cli.manual.topics import Page

HEADINGS = {"exit": "EXIT STATUS", "files": "FILES AND ENVIRONMENT"}


def man_page(entries: list[Entry], pages: Iterable[Page]) -> str:
    """The commands, then the pages of `roadmap help`."""
    program, *commands = entries
    lines = [
        '.\\" Made by scripts/write_reference.py from the program: edit that instead.',
        f'.TH ROADMAP 1 "" "roadmap {__version__}" "User Commands"',
        ".SH NAME",
        r"roadmap \- a curriculum in the terminal: what to read next, and why",
        ".SH SYNOPSIS",
        f".B {_escape(program.usage)}",
        ".SH DESCRIPTION",
        *_prose(" ".join(program.about)),
        "Without a command it shows where you stand and the next step.",
        ".SH OPTIONS",
        *_records(program.options),
        ".SH COMMANDS",
    ]
    for entry in commands:
        lines += _command(entry)
    for page in pages:
        lines += [f".SH {HEADINGS.get(page.topic, page.topic.upper())}"]
        lines += _page(page.text)
    return "\n".join(lines) + "\n"


def _command(entry: Entry) -> list[str]:
    lines = [f".SS {_escape(entry.usage)}"]
    for paragraph in entry.about:
        lines += _prose(paragraph)
    lines += _records([*entry.arguments, *entry.options])
    if entry.calls:
        lines += [".PP", *_block(entry.calls)]
    return lines


def _records(records: Iterable[tuple[str, str]]) -> list[str]:
    lines = []
    for name, said in records:
        lines += [".TP", f".B {_escape(name)}", *_prose(said)]
    return lines


def _page(text: str) -> list[str]:
    lines: list[str] = []
    for number, part in enumerate(re.split(r"\n\n(?=\S)|(?<=\S)\n\n(?=    )", text)):
        lines += [".PP"] if number else []
        if part.startswith("    "):
            lines += _block(line[4:] for line in part.split("\n"))
        else:
            lines += _prose(" ".join(part.split()))
    return lines


def _block(lines: Iterable[str]) -> list[str]:
    return [".nf", ".RS 4", *map(_escape, lines), ".RE", ".fi"]


def _prose(text: str) -> list[str]:
    """A paragraph, a sentence on a line, words between backticks in bold."""
    lines = []
    for sentence in re.split(r"(?<=[.:]) (?=[A-Z`])", text):
        bold = re.sub(r"`([^`]+)`", r"\\fB\1\\fR", _escape(sentence))
        lines += textwrap.wrap(bold, 78, break_long_words=False, break_on_hyphens=False)
    return lines


def _escape(text: str) -> str:
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return re.sub(r"(?<!\S)(?=[.'])", r"\\&", escaped)  # else it might begin a macro
