"""XML as a tree with lines, read as far as it goes; no entity of its own is ever expanded."""

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import NamedTuple
from xml.parsers import expat

from roadmap_cli.errors import DataFileError

_DEEPEST = 100
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset(["amp", "lt", "gt", "quot", "apos"])
_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]{0,500}\[")


class Node:
    """An element: its name without a namespace, its line, and what it holds."""

    __slots__ = ("attributes", "children", "line", "name", "texts")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name, self.attributes, self.line = name, attributes, line
        self.children: list[Node] = []
        self.texts: list[str] = []

    @property
    def text(self) -> str:
        """Its own text and that of all that it holds."""
        return "".join([*self.texts, *(child.text for child in self.children)])

    def all(self, name: str) -> Iterator["Node"]:
        """Its children of that name."""
        return (child for child in self.children if child.name == name)

    def first(self, *names: str) -> "Node | None":
        """The first child of the first name, of that child the first of the next, and so on."""
        node: Node | None = self
        for name in names:
            node = next(node.all(name), None) if node is not None else None
        return node

    def says(self, *names: str) -> str:
        """The text of `first`; nothing where there is none."""
        node = self.first(*names)
        return node.text if node is not None else ""


class Tree(NamedTuple):
    """The outermost element, as far as the text could be read; and why no further, and where."""

    root: Node
    problem: str
    line: int


class _TooDeepError(Exception):
    """Elements stand in elements more than `_DEEPEST` times."""


def tree(text: str) -> Tree:
    """The tree of a text.

    HTML's names of letters (`&eacute;`) are understood. Raises `DataFileError` for a document
    that defines entities, and for one that is nested too deep.
    """
    if _ENTITIES.search(text):
        raise DataFileError(
            "this XML defines entities, which lists of references have no use for",
            hint="take the `<!DOCTYPE …>` with its entities out of the file",
        )
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.add
    reader.parser = parser
    problem, line = "", 0
    try:
        parser.Parse(
            _NAMED.sub(_character, _declared(text)).encode("utf-8", "replace"), True
        )
    except expat.ExpatError as error:
        problem, line = expat.ErrorString(error.code), error.lineno
    except _TooDeepError:
        raise DataFileError(
            f"line {parser.CurrentLineNumber}: elements are nested more than {_DEEPEST} deep",
            hint="look into the file: it seems damaged",
        ) from None
    return Tree(reader.root, problem, line)


class _Reader:
    """What expat calls: builds the tree."""

    parser: expat.XMLParserType

    def __init__(self) -> None:
        self.root = Node("", {}, 1)
        self.open = [self.root]

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > _DEEPEST:
            raise _TooDeepError
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        node = Node(name.rpartition(" ")[2], plain, self.parser.CurrentLineNumber)
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, _name: str) -> None:
        self.open.pop()

    def add(self, text: str) -> None:
        self.open[-1].texts.append(text)


def _character(match: re.Match[str]) -> str:
    code = name2codepoint.get(match[1])
    return match[0] if code is None or match[1] in _OF_XML else f"&#{code};"


def _declared(text: str) -> str:
    """The text without the encoding that it declares: it is decoded already."""
    return re.sub(
        r"\A\s*<\?xml[^>]*\?>", lambda match: "\n" * match[0].count("\n"), text
    )
