"""Every key of the full screen, in one table: footer, help, palette and manual are made of it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Where(StrEnum):
    """Where a key counts; each is the heading under which help lists it."""

    MOVE = "Move"
    MARK = "Mark"
    OPEN = "Open and write"
    FIND = "Find"
    MORE = "More"
    PAGE = "On a page"
    REVIEW = "Questions"


_SIGNS = {
    "slash": "/",
    "asterisk": "*",
    "colon": ":",
    "question_mark": "?",
    "enter": "Enter",
    "escape": "Escape",
}


class Key(NamedTuple):
    """A key: the action that it does, how Textual calls it, how it is shown, and what it means.

    `word` is what the footer says of it; without one it does not stand there.
    """

    action: str
    keys: Sequence[str]
    shown: str
    word: str
    meaning: str
    where: Where

    @property
    def typed(self) -> list[str]:
        """Its names as they are printed on keyboards."""
        return [_SIGNS.get(name, name) for name in self.keys]

    @property
    def is_for_lists(self) -> bool:
        """Whether it counts where topics and papers are looked at."""
        return self.where not in (Where.PAGE, Where.REVIEW)


_MOVE, _MARK, _OPEN, _FIND, _MORE, _PAGE, _REVIEW = Where

KEYS: Sequence[Key] = (
    Key("down", ("down", "j"), "j", "", "one down", _MOVE),
    Key("up", ("up", "k"), "k", "", "one up", _MOVE),
    Key("in", ("right", "l", "enter"), "l", "in", "further in: topic, papers, paper", _MOVE),
    Key("out", ("left", "h", "escape"), "h", "out", "back out; ends a search", _MOVE),
    Key("first", ("home", "g"), "g", "", "to the first", _MOVE),
    Key("last", ("end", "G"), "G", "", "to the last", _MOVE),
    Key("page_down", ("pagedown", "ctrl+d"), "ctrl+d", "", "a screen down", _MOVE),
    Key("page_up", ("pageup", "ctrl+u"), "ctrl+u", "", "a screen up", _MOVE),
    Key("depth(0)", ("1",), "1", "", "to the topics", _MOVE),
    Key("depth(1)", ("2",), "2", "", "to the papers", _MOVE),
    Key("depth(2)", ("3",), "3", "", "to the paper", _MOVE),
    Key("scroll(1)", ("J",), "J", "", "scroll the paper down", _MOVE),
    Key("scroll(-1)", ("K",), "K", "", "scroll the paper up", _MOVE),
    Key("mark('read')", ("r",), "r", "read", "mark as read", _MARK),
    Key("mark('reading')", ("b",), "b", "begin", "mark as begun", _MARK),
    Key("mark('known')", ("w",), "w", "knew", "mark as known before", _MARK),
    Key("mark('skipped')", ("x",), "x", "skip", "mark as skipped", _MARK),
    Key("mark('todo')", ("t",), "t", "to do", "take the mark back: to do", _MARK),
    Key("rate", ("asterisk",), "*", "", "then 1 to 5: rate it", _MARK),
    Key("tag", ("T",), "T", "", "put tags on, take them off: +thesis -later", _MARK),
    Key("select", ("space",), "space", "", "select, so that marks go to all selected", _MARK),
    Key("aim", ("s",), "s", "", "make it your goal, or your goal no more", _MARK),
    Key("undo", ("u",), "u", "undo", "take the last command back", _MARK),
    Key("redo", ("U", "ctrl+y"), "U", "", "give it again", _MARK),
    Key("edit", ("e",), "e", "notes", "write notes in your editor", _OPEN),
    Key("note", ("a",), "a", "", "add a line to your notes", _OPEN),
    Key("visit('url')", ("o",), "o", "open", "open its page", _OPEN),
    Key("visit('pdf')", ("p",), "p", "", "open its PDF, your own copy first", _OPEN),
    Key("visit('code')", ("c",), "c", "", "open its code", _OPEN),
    Key("copy", ("y",), "y", "", "copy its link", _OPEN),
    Key("add", ("A",), "A", "", "add a paper: arXiv id, DOI or link", _OPEN),
    Key("suggest", ("n",), "n", "next", "to what is next, and why; again: what else", _FIND),
    Key("find", ("slash",), "/", "find", "find papers as you type", _FIND),
    Key("sift", ("f",), "f", "filter", "only to do, reading, done, skipped, or for the goal", _FIND),
    Key("way", ("P",), "P", "", "the way to the goal, or to what you are at", _FIND),
    Key("palette", ("ctrl+p", "colon"), ":", "", "every paper, topic and action by name", _FIND),
    Key("review", ("R",), "R", "review", "the questions of today; again: of what you are at", _MORE),
    Key("news", ("N",), "N", "", "what is new in your lists", _MORE),
    Key("stats", ("S",), "S", "", "how far you are", _MORE),
    Key("history", ("H",), "H", "", "what you said when", _MORE),
    Key("help", ("question_mark",), "?", "keys", "these keys", _MORE),
    Key("sleep", ("ctrl+z",), "ctrl+z", "", "to the shell; fg comes back", _MORE),
    Key("quit", ("q",), "q", "quit", "quit", _MORE),
    Key("back", ("q", "escape", "left", "h"), "q", "back", "back", _PAGE),
    Key("scroll(1)", ("down", "j"), "j", "", "one line down", _PAGE),
    Key("scroll(-1)", ("up", "k"), "k", "", "one line up", _PAGE),
    Key("turn(1)", ("pagedown", "ctrl+d", "space"), "space", "on", "a screen down", _PAGE),
    Key("turn(-1)", ("pageup", "ctrl+u"), "ctrl+u", "", "a screen up", _PAGE),
    Key("turn(-9999)", ("home", "g"), "g", "", "to the top", _PAGE),
    Key("turn(9999)", ("end", "G"), "G", "", "to the end", _PAGE),
    Key("filter", ("slash",), "/", "find", "only lines that say something", _PAGE),
    Key("hint", ("enter", "space"), "Enter", "hint", "show the hint", _REVIEW),
    Key("grade('missed')", ("1",), "1", "missed", "missed it; almost right is missed", _REVIEW),
    Key("grade('hard')", ("2",), "2", "hard", "knew it, and it was hard", _REVIEW),
    Key("grade('knew')", ("3",), "3", "knew", "knew it", _REVIEW),
    Key("back", ("q", "escape"), "q", "quit", "quit; what was answered is kept", _REVIEW),
    Key("scroll(1)", ("down", "j"), "j", "", "one line down", _REVIEW),
    Key("scroll(-1)", ("up", "k"), "k", "", "one line up", _REVIEW),
    Key("take_back", ("u",), "u", "undo", "take the last answer back", _REVIEW),
    Key("aside", ("s",), "s", "aside", "set a bad question aside", _REVIEW),
)  # fmt: skip


def keys_for(*wheres: Where) -> list[Key]:
    """The keys that count in these places, in the order of the table."""
    return [key for key in KEYS if key.where in wheres]


FOR_LISTS = [key for key in KEYS if key.is_for_lists]
"""The keys that count where topics and papers are looked at."""
