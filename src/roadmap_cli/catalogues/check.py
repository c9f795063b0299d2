"""From a parsed TOML file to a checked document, or to complaints that help."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from roadmap_cli.catalogues.complaints import Problem, in_our_words
from roadmap_cli.catalogues.document import MOST_PAPERS, Document, Key, Paper
from roadmap_cli.catalogues.positions import Lines, Place
from roadmap_cli.catalogues.references import Outline, problems_between
from roadmap_cli.catalogues.remainder import remainder
from roadmap_cli.errors import DataFileError, IndivisibleError, TooNewError

FORMAT = "roadmap-catalogue"
VERSION = 1
_PLACE_SHOWN = 200
SHOWN = 20
"""How many problems one error names before it only counts them."""


def check(data: Mapping[str, Any], *, path: str, text: str = "") -> dict[str, Any]:
    """The document that a catalogue file holds: all fields there, all references good.

    Raises as `insist`.
    """
    return insist(data, path=path, text=text).model_dump(mode="json")


def insist(data: Mapping[str, Any], *, path: str, text: str = "") -> Document:
    """The model of a catalogue file, which takes less time than a document of all its fields.

    `data` is what the TOML parser gave for `text`; `path` is only for the messages. Raises
    `DataFileError` naming each problem's place, at most `SHOWN` of them.
    """
    _check_header(data, path)
    try:
        document = Document.model_validate(dict(data))
    except ValidationError as error:
        # `include_input` would carry the whole file into every one of the problems.
        found = error.errors(include_url=False, include_context=True)
        rest = remainder(data, [tuple(error["loc"]) for error in found])
        more = problems_between(rest, rest.paper) if rest else []
        shown = [in_our_words(error) for error in found[:SHOWN]]
        raise _complaint(
            path, text, data, [*shown, *more][:SHOWN], len(found) + len(more)
        ) from None
    problems = problems_between(document, document.paper)
    if problems:
        raise _complaint(path, text, data, problems[:SHOWN], len(problems))
    return document


def wrong_in_paper(fields: Mapping[str, Any]) -> str:
    """What is wrong with the fields of a paper, in a line; nothing if they are good."""
    try:
        Paper.model_validate(dict(fields))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
        problem = in_our_words(found[0])
        where = ".".join(map(str, problem.place))
        return f"{where} {problem.what}".strip()
    return ""


Tables = Iterable[tuple[str, Mapping[str, Any]]]


def check_in_parts(
    head: Mapping[str, Any], tables: Tables, *, path: str
) -> tuple[dict[str, Any], Iterator[tuple[str, dict[str, Any]]]]:
    """The same, paper by paper: a document without papers, then each paper's key and table.

    The references between papers are checked behind the last. Raises `IndivisibleError`, at
    once or from the iterator, where `check` would complain.
    """
    _check_header(head, path)
    try:
        document = Document.model_validate(dict(head))
    except ValidationError:
        raise IndivisibleError from None
    return document.model_dump(mode="json"), _papers(document, tables)


def _papers(document: Document, tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    keys = TypeAdapter(Key)
    outlines: dict[str, Outline] = {}
    for key, table in tables:
        try:
            paper = Paper.model_validate(table)
            outlines[keys.validate_python(key)] = Outline.of(paper)
        except ValidationError:
            raise IndivisibleError from None
        yield key, vars(paper)
    if len(outlines) > MOST_PAPERS or problems_between(document, outlines):
        raise IndivisibleError


def _check_header(data: Mapping[str, Any], path: str) -> None:
    if data.get("format") != FORMAT:
        raise DataFileError(
            f"{path}: this is no roadmap catalogue",
            hint=f'the first lines of one are: format = "{FORMAT}" and version = {VERSION}',
        )
    version = data.get("version")
    if type(version) is not int or version < VERSION:
        raise DataFileError(f"{path}: `version` must be {VERSION}")
    if version > VERSION:
        raise TooNewError(path, what="catalogue", version=version, known=VERSION)


def _complaint(
    path: str,
    text: str,
    data: Mapping[str, Any],
    problems: Sequence[Problem],
    count: int,
) -> DataFileError:
    where = Lines(text, [problem.at or problem.place for problem in problems])
    lines = [f"{path}: {count} problem{'s' if count > 1 else ''}"]
    in_order = sorted(
        problems, key=lambda problem: where.of(problem.at or problem.place) or 0
    )
    lines += [_line(where, data, problem) for problem in in_order]
    if count > len(problems):
        lines.append(f"  … and {count - len(problems)} more")
    return DataFileError("\n".join(lines), hint="mend the file, then try again")


def _line(lines: Lines, data: Mapping[str, Any], problem: Problem) -> str:
    number = lines.of(problem.at or problem.place)
    where = ".".join(map(str, _called(problem.place, data))) or "the file"
    where = f"{where[:_PLACE_SHOWN]}…" if len(where) > _PLACE_SHOWN else where
    what = problem.what + (problem.offer() if problem.offer else "")
    return f"  line {number}: {where} {what}" if number else f"  {where} {what}"


def _called(place: Place, data: Mapping[str, Any]) -> Place:
    """A place by the ids of its area and topic, if they have such, rather than by number."""
    ids: list[str] = []
    inside: Any = data
    for depth, kind in enumerate(("area", "topic")):
        if place[2 * depth : 2 * depth + 1] != (kind,) or len(place) < 2 * depth + 2:
            break
        inside = inside[kind][place[2 * depth + 1]]
        name = inside.get("id") if isinstance(inside, Mapping) else None
        if not isinstance(name, str) or not re.fullmatch(_ID, name):
            break
        ids.append(name)
    kind = "topic" if len(ids) > 1 else "area"
    return (kind, "/".join(ids), *place[2 * len(ids) :]) if ids else place


_ID = "[a-z0-9][a-z0-9-]{0,63}"
