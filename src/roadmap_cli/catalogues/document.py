"""The shape of a catalogue file, field by field, as pydantic models."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
)

from roadmap_cli.curriculum.identity import arxiv_id, doi
from roadmap_cli.curriculum.model import RESERVED, Kind, Level

MOST_PAPERS = 1_000_000


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


_WITHOUT_SCHEME = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}/\S*")
_PLAIN_LINK = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#][!-~]*)?")


def _web_link(url: str) -> str:
    if _PLAIN_LINK.fullmatch(url):  # nearly all are, and this is many times as fast
        return url
    url = url.strip()
    if _WITHOUT_SCHEME.fullmatch(url):
        url = f"https://{url}"
    scheme, colon, rest = url.partition("://")
    url = scheme.lower() + colon + rest
    if not url.startswith(("https://", "http://")):
        raise ValueError("must be a link that begins with https:// (or http://)")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ValueError("is no link to a web page") from None
    if not url.isprintable() or " " in url or not parts.hostname or "@" in parts.netloc:
        raise ValueError("is no link to a web page")
    return url


def _number(value: object) -> object:
    """A number that somebody put into quotes, without them."""
    is_number = isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip())
    return int(str(value)) if is_number else value


def _in_capitals(names: type[StrEnum]) -> BeforeValidator:
    """Names of a choice may be written in capitals; what is none is left as it is."""

    def small(value: object) -> object:
        name = value.strip().lower() if isinstance(value, str) else ""
        return name if name in names.__members__.values() else value

    return BeforeValidator(small)


def _or_nothing(check: Callable[[str], str]) -> AfterValidator:
    return AfterValidator(lambda text: check(text) if text else text)


def _arxiv(text: str) -> str:
    number = arxiv_id(text)
    if not number:
        raise ValueError("is no arXiv id, such as 2106.09685")
    return number


def _doi(text: str) -> str:
    number = doi(text)
    if not number:
        raise ValueError("is no DOI, such as 10.1145/3586183.3606763")
    return number


def _looks(pattern: str) -> dict[str, JsonValue]:
    """What JSON Schema can say of a text that we look at more closely."""
    return {"pattern": pattern}


Key = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$"),
    AfterValidator(_not_reserved),
]
Name = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*){0,2}$", max_length=200),
]
PaperName = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}(/[a-z0-9][a-z0-9-]{0,63})?$"),
]
Line = Annotated[
    str,
    Field(min_length=1, max_length=500),
    AfterValidator(_one_line),
    AfterValidator(_not_blank),
]
Text = Annotated[str, Field(max_length=5000), AfterValidator(_one_line)]
Url = Annotated[
    str,
    Field(max_length=2000, json_schema_extra=_looks(r"^https?://[^ ]+$")),
    AfterValidator(_web_link),
]
OptionalUrl = Annotated[
    str,
    Field(max_length=2000, json_schema_extra=_looks(r"^(https?://[^ ]+)?$")),
    _or_nothing(_web_link),
]


def _list(description: str) -> Any:  # noqa: ANN401 - as `Field` itself
    """A list that most tables leave out: made anew for each of them, since copying is slow."""
    return Field(
        default_factory=list,
        description=description,
        json_schema_extra={"default": []},
    )


class Table(BaseModel):
    """A table of the file: nothing is converted, nothing unknown is let through."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Link(Table):
    """A titled link; `source` is the page that a figure is from."""

    title: Line = Field(description="What it is.")
    url: Url = Field(description="Where it leads.")
    source: OptionalUrl = Field("", description="The page that a figure is from.")


class Method(Table):
    """Something explained where it stands."""

    title: Line = Field(description="What it is called.")
    text: Text = Field(description="The explanation.")


class Question(Table):
    """A self-check question; the id is permanent."""

    id: Key = Field(description="Its permanent name.")
    ask: Text = Field(description="The question.")
    hint: Text = Field("", description="Where the answer is found, or its gist.")
    aliases: list[Key] = Field(
        default=[], description="Former names, so that what was answered stays known."
    )
    papers: list[PaperName] = Field(
        default=[],
        description="The papers that answer it: it is asked once these are read, else with its topic.",
    )


_LISTED_PAPERS = "Papers in reading order: keys, or full names (catalogue/key) of other catalogues' papers."


Enough = Annotated[int, Field(ge=1, le=MOST_PAPERS)]


class Group(Table):
    """Papers of a topic under a heading."""

    title: Line = Field(description="The heading.")
    summary: Text = Field("", description="What they have in common.")
    papers: list[PaperName] = Field(
        default=[], max_length=100_000, description=_LISTED_PAPERS
    )
    method: list[Method] = Field(
        default=[], description="Things to know that have no page of their own."
    )


class Topic(Table):
    """A section of an area; `papers` and then the groups' papers are in reading order."""

    id: Key = Field(description="Its permanent name: with its area's, area/topic.")
    title: Line = Field(description="The heading.")
    aliases: list[Line] = Field(default=[], description="Other names that people type.")
    requires: list[Name] = Field(
        default=[],
        description="Topics or papers to have done before any of it; a topic stands for all its papers.",
    )
    summary: Text = Field("", description="What it is about and why it comes here.")
    papers: list[PaperName] = Field(
        default=[], max_length=100_000, description=_LISTED_PAPERS
    )
    group: list[Group] = Field(default=[], description="Papers under headings.")
    enough: Annotated[Enough | None, BeforeValidator(_number)] = Field(
        None,
        description="How many of its papers complete it; without it, all of them do.",
    )
    question: list[Question] = Field(default=[], description="Self-check questions.")
    further: list[Link] = Field(default=[], description="Further links.")


class Area(Table):
    """A chapter of the catalogue."""

    id: Key = Field(description="Its permanent name.")
    title: Line = Field(description="The heading.")
    aliases: list[Line] = Field(default=[], description="Other names that people type.")
    summary: Text = Field("", description="What it is about and why it comes here.")
    figure: list[Link] = Field(
        default=[], description="Pictures, each with the page it is from."
    )
    further: list[Link] = Field(default=[], description="Further lists.")
    topic: list[Topic] = Field(default=[], description="Its sections, in order.")


Year = Annotated[int, Field(ge=1000, le=2999)]
Minutes = Annotated[int, Field(ge=1, le=100_000)]


class Paper(Table):
    """Anything to read, watch or try."""

    title: Line = Field(description="Its title.")
    acronym: Annotated[str, Field(max_length=100)] = Field(
        "", description="What people call it."
    )
    kind: Annotated[Kind, Field(strict=False), _in_capitals(Kind)] = Field(
        Kind.PAPER, description="What sort of thing it is."
    )
    authors: list[Line] = _list("Who made it, in their order.")
    year: Annotated[Year | None, BeforeValidator(_number)] = Field(
        None, description="When it was published."
    )
    venue: Annotated[str, Field(max_length=200)] = Field(
        "", description="Where it was published."
    )
    url: OptionalUrl = Field(
        "",
        description="Its web page; without one, that of its arXiv id or its DOI.",
    )
    arxiv: Annotated[str, _or_nothing(_arxiv)] = Field(
        "", description="Its arXiv id; a link to it is understood."
    )
    doi: Annotated[str, _or_nothing(_doi)] = Field(
        "", description="Its DOI; a link to it is understood."
    )
    code: OptionalUrl = Field("", description="A link to the code that belongs to it.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = Field(
        "en", description="The language that it is in, as in en, zh, pt-BR."
    )
    aliases: list[Line] = _list(
        "Other names of exactly this paper, also keys that it had before."
    )
    synonyms: list[Line] = _list("Words to find it by that its title does not say.")
    requires: list[Name] = _list(
        "Papers or topics to have read first: the direct ones."
    )
    helps: list[Name] = _list(
        "Papers or topics that would also help: advice, which no order follows."
    )
    minutes: Annotated[Minutes | None, BeforeValidator(_number)] = Field(
        None, description="An honest estimate of its reading time."
    )
    level: Annotated[Level, Field(strict=False), _in_capitals(Level)] = Field(
        Level.CORE, description="How much it asks of its reader."
    )
    note: Text = Field("", description="What to look for.")
    retired: Text = Field(
        "",
        description="Why it is no longer in the curriculum; it keeps its progress.",
    )


def _day(value: object) -> object:
    """A day that somebody put into quotes, without them."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


Day = Annotated[date, BeforeValidator(_day)]


class News(Table):
    """What you say of a change; `roadmap whatsnew` tells it to who had the list before."""

    on: Day = Field(description="The day.")
    text: Annotated[Text, AfterValidator(_not_blank)] = Field(
        description="What is new, in a sentence or two."
    )


class Document(Table):
    """A whole catalogue file."""

    format: Literal["roadmap-catalogue"] = Field(description="Always this.")
    version: Literal[1] = Field(description="Of this format.")
    id: Key = Field(
        description="A key of its own among your catalogues; progress is kept as id/paper."
    )
    title: Line = Field(description="What it is called.")
    source: OptionalUrl = Field("", description="Where the list comes from.")
    credit: Text = Field("", description="A sentence that says so.")
    released: Day | None = Field(None, description="The day of this state of it.")
    news: list[News] = Field(
        default=[], description="What was said of changes, the newest first."
    )
    area: list[Area] = Field(default=[], description="Its chapters, in reading order.")
    paper: dict[Key, Paper] = Field(
        default={},
        max_length=MOST_PAPERS,
        description="Papers by their permanent keys; progress is kept under them.",
    )
