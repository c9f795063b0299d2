"""The shape of a catalogue file, field by field, as pydantic models."""

from collections.abc import Callable
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from roadmap_cli.identity import arxiv_id, doi
from roadmap_cli.model import Kind, Level

RESERVED = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
    ]
)
"""Names that Windows keeps for devices: they cannot be the name of a notes file."""


def _not_reserved(key: str) -> str:
    if key in RESERVED:
        raise ValueError("is a device name on Windows and cannot name a file there")
    return key


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _not_blank(text: str) -> str:
    if not text:
        raise ValueError("must not be empty")
    return text


def _web_link(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError("must be a link that begins with https:// (or http://)")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ValueError("is no link to a web page") from None
    if not url.isprintable() or " " in url or not parts.hostname or "@" in parts.netloc:
        raise ValueError("is no link to a web page")
    return url


def _or_nothing(check: Callable[[str], str]) -> AfterValidator:
    return AfterValidator(lambda text: check(text) if text else text)


def _arxiv(text: str) -> str:
    if arxiv_id(text) != text:
        raise ValueError("is no arXiv id without version, such as 2106.09685")
    return text


def _doi(text: str) -> str:
    if doi(text) != text.lower():
        raise ValueError("is no DOI, such as 10.1145/3586183.3606763")
    return text


Key = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$"),
    AfterValidator(_not_reserved),
]
Name = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*){0,2}$", max_length=200),
]
Line = Annotated[
    str,
    Field(max_length=500),
    AfterValidator(_one_line),
    AfterValidator(_not_blank),
]
Text = Annotated[str, Field(max_length=5000), AfterValidator(_one_line)]
Url = Annotated[str, Field(max_length=2000), AfterValidator(_web_link)]
OptionalUrl = Annotated[str, Field(max_length=2000), _or_nothing(_web_link)]


class Table(BaseModel):
    """A table of the file: nothing is converted, nothing unknown is let through."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Link(Table):
    """A titled link; `source` is the page that a figure is from."""

    title: Line
    url: Url
    source: OptionalUrl = ""


class Method(Table):
    """Something explained where it stands."""

    title: Line
    text: Text


class Question(Table):
    """A self-check question; the id is permanent."""

    id: Key
    ask: Text
    hint: Text = ""


class Group(Table):
    """Papers of a topic under a heading."""

    title: Line
    summary: Text = ""
    papers: list[Key] = Field(default=[], max_length=100_000)
    method: list[Method] = []


class Topic(Table):
    """A section of an area; `papers` and then the groups' papers are in reading order."""

    id: Key
    title: Line
    aliases: list[Line] = []
    requires: list[Name] = []
    summary: Text = ""
    papers: list[Key] = Field(default=[], max_length=100_000)
    group: list[Group] = []
    question: list[Question] = []
    further: list[Link] = []


class Area(Table):
    """A chapter of the catalogue."""

    id: Key
    title: Line
    aliases: list[Line] = []
    summary: Text = ""
    figure: list[Link] = []
    further: list[Link] = []
    topic: list[Topic] = []


class Paper(Table):
    """Anything to read, watch or try."""

    title: Line
    acronym: Annotated[str, Field(max_length=100)] = ""
    kind: Annotated[Kind, Field(strict=False)] = Kind.PAPER
    authors: list[Line] = []
    year: Annotated[int, Field(ge=1000, le=2999)] | None = None
    venue: Annotated[str, Field(max_length=200)] = ""
    url: Url
    arxiv: Annotated[str, _or_nothing(_arxiv)] = ""
    doi: Annotated[str, _or_nothing(_doi)] = ""
    code: OptionalUrl = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    aliases: list[Line] = []
    synonyms: list[Line] = []
    requires: list[Name] = []
    minutes: Annotated[int, Field(ge=1, le=100_000)] | None = None
    level: Annotated[Level, Field(strict=False)] = Level.CORE
    note: Text = ""
    retired: Text = ""


class Document(Table):
    """A whole catalogue file."""

    format: Literal["roadmap-catalogue"]
    version: Literal[1]
    id: Key
    title: Line
    source: OptionalUrl = ""
    credit: Text = ""
    area: list[Area] = []
    paper: dict[Key, Paper] = Field(default={}, max_length=1_000_000)
