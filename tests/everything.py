"""Every command of the program with arguments to try it, and text that means harm."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from builders import NOON
from roadmap_cli.cli.main import commands as program
from roadmap_cli.journal.text import header, stanza

SAMPLES = {
    "answer": ["answer", "q", "knew"],
    "review": ["review", "t", "--list"],
    "add": ["add", "https://example.org/new", "--title", "New"],
    "check-links": ["check-links", "--where", "kind:tool"],
    "edit": ["edit", "own"],
    "move": ["move", "p0", "--to", "x/y"],
    "new": ["new", "course"],
    "remove": ["remove", "p0"],
    "backup": ["backup"],
    "cite": ["cite", "p0"],
    "completion": ["completion", "bash"],
    "doctor": ["doctor"],
    "export": ["export", "--progress"],
    "get": ["get", "p0", "p1", "--dry-run"],
    "goal": ["goal"],
    "help": ["help", "search"],
    "goal clear": ["goal", "clear"],
    "goal set": ["goal", "set", "p3"],
    "goal show": ["goal", "show"],
    "history": ["history"],
    "import": ["import", "other.toml"],
    "list": ["list", "t"],
    "mark-known": ["mark-known", "p3"],
    "mark-read": ["mark-read", "p0", "--rating", "5"],
    "mark-reading": ["mark-reading", "p2"],
    "mark-skipped": ["mark-skipped", "p4"],
    "mark-unread": ["mark-unread", "p0"],
    "merge": ["merge", "other.toml"],
    "next": ["next", "-n", "50"],
    "note": ["note", "p0", "some words"],
    "open": ["open", "p0", "--print"],
    "path": ["path", "p1"],
    "plan": ["plan", "--hours", "4"],
    "redo": ["redo"],
    "restore": ["restore", "--list"],
    "schema": ["schema"],
    "search": ["search", "year:2020"],
    "show": ["show", "p0"],
    "stats": ["stats"],
    "tag": ["tag", "p0", "+thesis", "-later"],
    "tui": ["tui"],
    "undo": ["undo"],
    "use": ["use"],
    "whatsnew": ["whatsnew"],
    "where": ["where"],
}
"""For each command a call that succeeds where `prepare` has been; but for those that need
papers of the reader's own, which the catalogue there is not."""
OWN_ONLY = frozenset(["edit", "move", "remove"])
FULL_SCREEN = frozenset(["tui"])
"""What needs a terminal to itself: `tests/tui` tries it there."""


def commands() -> list[str]:
    """The names of all commands, as typer knows them: `list`, `goal set`."""
    return list(_names(program()))


def _names(group: Any, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        yield f"{before}{name}"
        if hasattr(command, "commands"):
            yield from _names(command, f"{before}{name} ")


def parameters(name: str) -> list[Any]:
    """The parameters of a command, as the program assembles it."""
    command = program()
    for word in name.split():
        command = command.commands[word]
    return list(command.params)


def calls() -> list[list[str]]:
    """The bare program and a sample call of every command."""
    others = OWN_ONLY | FULL_SCREEN
    return [[], *(SAMPLES[name] for name in commands() if name not in others)]


EVIL = [
    "\x1b[2J",
    "\x1b]0;x\x07",
    "\x1b]52;c;QQ==\x07",
    "\x9b31m",
    "\x90q#0;2;0;0;0\x9c",
    "lone \x1b]",
    "nul \x00 nul",
    "del \x7f del",
    "a\rb",
    "a\nb",
    "a\u2028b",
    "a\x85b",
    "\u202ereversed",
    "\u2066isolated",
    "tag \U000e0041",
    "[/]",
    "[/b]",
    "[bold",
    "[TODO]",
    "[@click=app.quit]x[/]",
    "[link=file:///etc/passwd]x[/link]",
    ":heart:",
    "\\",
    "\\[b]",
    "w" * 500,
    "e" + "\u0301" * 499,
    "שלום עולם \u200f(ריקמה)",
    "👩‍💻 writes",
]
"""Titles that a terminal, rich or a careless program would obey. No title is longer than 500."""
CLEAN = [("plain words " * 50)[: len(one)].strip() for one in EVIL]
"""Titles as long, and harmless."""


def quoted(text: str) -> str:
    """A text of a TOML file: JSON's escapes are TOML's too, but for characters in two halves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


LINKS = {1: "1.pdf"}
"""The links of papers that are not called by their number: one leads to a PDF."""


def catalogue(titles: Iterable[str], words: str) -> str:
    """A catalogue that says these titles, and these words wherever else it can say something."""
    said = quoted(words)
    texts = [quoted(title) for title in titles]
    papers = "".join(
        f'[paper.p{n}]\ntitle = {title}\nurl = "https://example.org/{LINKS.get(n, n)}"\nyear = 2020\n'
        f"authors = [{said}, {title}]\nvenue = {quoted(words[:100])}\nminutes = {n + 1}\n"
        f"aliases = [{quoted(f'{n} {words}')}]\nnote = {said}\n"
        f"requires = {['p0'] if n == 1 else []}\n"
        for n, title in enumerate(texts)
    )
    keys = [f"p{n}" for n in range(len(texts))]
    return f"""\
format = "roadmap-catalogue"
version = 1
id = "sample"
title = {said}
credit = {said}
source = "https://example.org"
[[area]]
id = "a"
title = {said}
summary = {said}
aliases = [{said}]
figure = [{{title = {said}, url = "https://example.org/f"}}]
further = [{{title = {said}, url = "https://example.org/g"}}]
[[area.topic]]
id = "t"
title = {said}
summary = {said}
papers = {keys[:-2]}
question = [{{id = "q", ask = {said}, hint = {said}}}]
further = [{{title = {said}, url = "https://example.org/h"}}]
group = [{{title = {said}, summary = {said}, papers = {keys[-2:]}, method = [{{title = {said}, text = {said}}}]}}]
{papers}"""


def journal(device: str, words: str) -> str:
    """What another device may have said: papers that nobody knows, fields that nobody knows."""
    text = header(device)
    said: list[tuple[str, dict[str, object]]] = [
        ("sample/p5", {"status": "read", "rating": 3}),
        (f"gone/{words}", {"status": words, "goal": words, words: [words, {words: 1}]}),
        ("", {"undoes": words}),
        (words, {"status": "read"}),
    ]
    for minute, (paper, fields) in enumerate(said):
        text += stanza(NOON - timedelta(days=2, minutes=-minute), paper, fields)
    return text


ATTACK = " ".join(EVIL[:15])
"""All control sequences at once."""
PLAIN = ("plain words " * 50)[: len(ATTACK)].strip()
CONTROL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # a command to the terminal
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.?"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
"""Whatever a terminal would obey, or not show."""


def prepare(folder: Path, titles: Iterable[str], words: str, home: Path) -> Path:
    """Files that say these things: a catalogue, a journal and notes in `home`; `other.toml`."""
    path = folder / "sample.toml"
    path.write_text(catalogue(titles, words), "utf-8")
    (home / "progress").mkdir(parents=True)
    (home / "notes").mkdir()
    raw = journal(f"lap{words}", words)
    for escape, one in re.findall(
        r"(\\U([0-9a-f]{8}))", raw
    ):  # as others would write it
        raw = raw.replace(escape, chr(int(one, 16)))
    (home / "progress" / "laptop.toml").write_text(raw, "utf-8")
    # With NUL it would be no text, and refused: `test_note_encodings` has that.
    noted = words.replace("\0", "")
    (home / "notes" / "p0.md").write_text(f"---\nroadmap: sample/p0\n---\n{noted}\n")
    (folder / "other.toml").write_text(journal("phone", words), "utf-8")
    return path
