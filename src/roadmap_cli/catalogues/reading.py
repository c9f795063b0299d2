"""Finds and reads catalogue files, through `check`, into one library."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from roadmap_cli.curriculum.identity import page
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import (
    Area,
    Catalogue,
    Group,
    Kind,
    Level,
    Link,
    Method,
    News,
    Paper,
    Question,
    Topic,
)
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError

Document = Mapping[str, Any]
_DIGITS = 16
"""Digits by which contents of catalogues are told apart."""


class Shelf(NamedTuple):
    """The catalogues that could be read, and why others could not."""

    library: Library
    damages: tuple[DataFileError, ...]


def source_at(path: Path) -> Source:
    """A catalogue file, not read yet."""
    return Source(str(path), what="catalogue")


def load(paths: Iterable[Path]) -> Shelf:
    """Read catalogue files into a library in memory, whole.

    What runs is a stored library (`store.library`); this is for tests and tools. One bad file
    does not take down the rest. Raises `DataFileError` if none can be read.
    """
    files: list[tuple[Catalogue | None, Source]] = []
    damages: list[DataFileError] = []
    for source in map(source_at, paths):
        try:
            files.append((built_from(source), source))
        except DataFileError as damage:
            damages.append(damage)
            files.append((None, source))
    ids = {catalogue.id for catalogue, _ in files if catalogue}
    if len(ids) < len(files):
        from roadmap_cli.catalogues.originals import (
            originals,  # most folders have no copies
        )

        counting, doubles = originals(files)
        files = [file for file in files if file[1] in counting]
        damages += doubles
    if damages and not files:
        raise damages[0]
    library = Library(
        tuple(catalogue for catalogue, _ in files if catalogue),
        " ".join(source.digest for _, source in files),
    )
    return Shelf(library, tuple(map(left_out, damages)))


def left_out(damage: DataFileError) -> DataFileError:
    """The same, with what it means for the reader: for one slip no paper of the file is there."""
    first, *more = str(damage).split("\n")
    said = "\n".join([f"{first}; all of it is left out", *more])
    damage.args = (said,)  # whatever sort of damage it is
    return damage


def built_from(source: Source) -> Catalogue:
    """The catalogue of a file; raises `DataFileError`."""
    return build(read(source))._replace(digest=digest_of(source.contents))


def digest_of(contents: bytes) -> str:
    """What tells the contents of a catalogue's file from all others; journals have it, too."""
    from hashlib import sha256  # with OpenSSL: what is known already goes without

    return sha256(contents).hexdigest()[:_DIGITS]


def read(source: Source) -> Document:
    """The checked document of a catalogue file; raises `DataFileError`."""
    from roadmap_cli.catalogues import check
    from roadmap_cli.disk import toml

    data = toml.parse(source.contents, path=source.path)
    text = source.contents.decode("utf-8-sig")
    return check.check(data, path=source.path, text=text)


def read_in_parts(source: Source) -> tuple[Catalogue, Iterator[Paper]]:
    """A catalogue without its papers, then each of these: a large file takes little memory.

    When the papers come to their end the file is right, in every reference too. Raises
    `IndivisibleError`, at once or from the iterator, where that cannot be said of the file
    read in parts: then `read` says what it is, or what is wrong with it. Raises
    `DataFileError` if it cannot be read at all.
    """
    from roadmap_cli.catalogues import check
    from roadmap_cli.disk import toml

    head, tables = toml.parse_in_parts(source.contents, "paper")
    document, checked = check.check_in_parts(head, tables, path=source.path)
    name = document["id"]
    built = build(document)._replace(digest=digest_of(source.contents))
    return built, (_paper(name, key, table) for key, table in checked)


def build(document: Document) -> Catalogue:
    """The catalogue that a checked document describes."""
    name = document["id"]
    return Catalogue(
        id=name,
        title=document["title"],
        source=document["source"],
        credit=document["credit"],
        released=document["released"] or "",
        news=tuple(News(**line) for line in document["news"]),
        areas=tuple(_area(name, area) for area in document["area"]),
        papers={
            key: _paper(name, key, paper) for key, paper in document["paper"].items()
        },
    )


def _paper(catalogue: str, key: str, table: Document) -> Paper:
    lists = {name: tuple(table[name]) for name in _LISTS}
    rest = {
        "kind": Kind(table["kind"]),
        "level": Level(table["level"]),
        "url": table["url"] or page(arxiv=table["arxiv"], doi=table["doi"]),
    }
    return Paper(catalogue, key, **{**table, **lists, **rest})


_LISTS = ("authors", "aliases", "synonyms", "requires", "helps")


def _area(catalogue: str, table: Document) -> Area:
    return Area(
        catalogue=catalogue,
        id=table["id"],
        title=table["title"],
        summary=table["summary"],
        aliases=tuple(table["aliases"]),
        figures=tuple(Link(**figure) for figure in table["figure"]),
        further=tuple(Link(**link) for link in table["further"]),
        topics=tuple(_topic(catalogue, table["id"], topic) for topic in table["topic"]),
    )


def _topic(catalogue: str, area: str, table: Document) -> Topic:
    loose = [Group(_papers(catalogue, table))] if table["papers"] else []
    return Topic(
        catalogue=catalogue,
        area=area,
        id=table["id"],
        title=table["title"],
        summary=table["summary"],
        aliases=tuple(table["aliases"]),
        requires=tuple(table["requires"]),
        groups=(*loose, *(_group(catalogue, group) for group in table["group"])),
        questions=tuple(map(_question, table["question"])),
        further=tuple(Link(**question) for question in table["further"]),
        enough=table["enough"],
    )


def _question(table: Document) -> Question:
    names = tuple(table["aliases"]), tuple(table["papers"])
    return Question(table["id"], table["ask"], table["hint"], *names)


def _group(catalogue: str, table: Document) -> Group:
    return Group(
        papers=_papers(catalogue, table),
        title=table["title"],
        summary=table["summary"],
        methods=tuple(Method(**method) for method in table["method"]),
    )


def _papers(catalogue: str, table: Document) -> tuple[str, ...]:
    """What a topic or group lists: papers of its own catalogue by their keys."""
    return tuple(name.removeprefix(f"{catalogue}/") for name in table["papers"])
