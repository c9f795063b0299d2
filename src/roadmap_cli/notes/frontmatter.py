"""Reads the front matter of a Markdown file: the home of PyYAML.

Front matter is a YAML mapping between a first line `---` and a line `---` or `...`. Lines of
the plainest kinds are read here, so that the parser need not be loaded for them; whatever else
there is, the parser reads. Both give the same (`tests/notes/test_front_matter.py`).
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from yaml import MappingNode, Mark

LONGEST = 64 * 1024
"""Characters of a front matter; the parser is slow, and a longer one is none of ours."""
_BEGIN = re.compile(r"---[ \t]*\n")
_END = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)")

_WORD = r"[A-Za-z0-9][A-Za-z0-9_./-]*"
_BARE = r"[A-Za-z0-9_/](?:[^:#\t]|:(?=[!-~])|(?<=[!-~])#)*"
_SINGLE = r"'(?:[^'\t]|'')*'"
_DOUBLE = r'"(?:[^"\\\t]|\\["\\/])*"'
_LIST = rf"\[ *(?:{_WORD}(?: *, *{_WORD})*)? *\]"
_FIELD = re.compile(
    rf"(?P<key>[A-Za-z_][A-Za-z0-9_-]{{0,60}}|'[a-z]+'|\"[a-z]+\"):"
    rf"(?:[ \t]+(?:(?P<bare>{_BARE})|(?P<single>{_SINGLE})|(?P<double>{_DOUBLE})"
    rf"|(?P<list>{_LIST})))?[ \t]*"
)
_ITEM = re.compile(rf"( *)- {_WORD}(?: {_WORD})* *")
_ASIDE = re.compile(r" *(?:#[^\t]*)?")
_NULL = ("", "~", "null", "Null", "NULL")


class FrontMatter(NamedTuple):
    """The single values of a front matter by their keys, and the text below it.

    What is no mapping between its lines is text like any other. `problem` says where a front
    matter cannot be read; then all of the file is the text.
    """

    fields: Mapping[str, str]
    text: str
    problem: str = ""


def read(text: str, *, key: str) -> FrontMatter:
    """The front matter of a file's text, whose lines end with line feeds.

    A value that is no single one is left out, but it is a problem where `key` has it.
    """
    if (parts := _parts(text)) is None:
        return FrontMatter({}, text)
    head, below = parts
    try:
        fields = _plain(head, key)
        if fields is None:
            fields = _parsed(head, key)
    except ValueError as error:
        return FrontMatter({}, text, str(error))
    return FrontMatter({}, text) if fields is None else FrontMatter(fields, below)


def may_have(text: str, key: str) -> bool:
    """Whether a file's text may have a front matter with this key; cheap, for many files."""
    head, _ = _parts(text) or ("", "")
    return key in head or "\\" in head  # which may spell any letter


def _parts(text: str) -> tuple[str, str] | None:
    """What stands between the lines of a front matter, and below it, if there is one."""
    begin = _BEGIN.match(text)
    end = _END.search(text, begin.end(), begin.end() + LONGEST) if begin else None
    if not begin or not end:
        return None
    return text[begin.end() : end.start()], text[end.end() :]


def _plain(head: str, key: str) -> dict[str, str] | None:
    """The fields of a front matter of plain lines; nothing if one of them is not."""
    fields: dict[str, str] = {}
    keys: set[str] = set()
    indent: str | None = None  # of the items of a list
    may_begin_list = False
    for line in head.split("\n")[:-1]:
        if not line.replace("\t", " ").isprintable():
            return None
        if _ASIDE.fullmatch(line):
            continue
        if item := _ITEM.fullmatch(line):
            if not may_begin_list and indent != item[1]:
                return None
            indent, may_begin_list = item[1], False
            continue
        field = _FIELD.fullmatch(line)
        name = field["key"].strip("'\"") if field else ""
        if not field or name in keys:
            return None
        keys.add(name)
        value = _value(field)
        may_begin_list, indent = value is None and not field["list"], None
        if value is not None:
            fields[name] = value
        elif name == key:
            return None
    return fields


def _value(field: re.Match[str]) -> str | None:
    """The single value of a plain line, if it has one."""
    if field["bare"] is not None:
        bare = field["bare"].rstrip()
        return "" if bare in _NULL else bare
    if field["single"] is not None:
        return field["single"][1:-1].replace("''", "'")
    if field["double"] is not None:
        return re.sub(r"\\(.)", r"\1", field["double"][1:-1])
    return None


def _parsed(head: str, key: str) -> dict[str, str] | None:
    """The fields as PyYAML reads them; nothing if that is no mapping.

    Raises `ValueError`, which names the line of the file.
    """
    import yaml

    # YAML 1.2 takes tabs behind a colon or at the end of a line for blanks, PyYAML does not.
    lines = [line.rstrip(" \t") for line in head.split("\n")]
    text = re.sub(r":\t[ \t]*", ": ", "\n".join(lines))
    try:
        document = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark) if error.problem_mark else 1
        raise ValueError(f"line {line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise ValueError(str(error).partition("\n")[0]) from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if isinstance(document, yaml.MappingNode):
        return _fields(document, key)
    return {} if document is None else None


def _fields(mapping: "MappingNode", key: str) -> dict[str, str]:
    """The single values of a mapping by their keys; raises as `_parsed`."""
    fields: dict[str, str] = {}
    for name, value in mapping.value:
        if name.id != "scalar":
            continue
        if value.id == "scalar":
            is_null = value.tag == "tag:yaml.org,2002:null"
            said = "" if is_null else value.value.strip()
            if name.value == key and fields.get(key, said) != said:
                line = _line(name.start_mark)
                raise ValueError(f"line {line}: `{key}` stands there twice")
            fields[name.value] = said
        elif name.value == key:
            line = _line(value.start_mark)
            raise ValueError(f"line {line}: `{key}` is no single name")
    return fields


def _line(mark: "Mark") -> int:
    """The line of the file, whose first is above the front matter."""
    return mark.line + 2
