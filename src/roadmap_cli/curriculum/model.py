"""What the program speaks of: catalogues, areas, topics, papers and their states.

Plain values and their rules. Nothing here opens a file, reads a clock or asks a network.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from roadmap_cli.curriculum.identity import arxiv_id, arxiv_year, identities

SHORT_TITLE = 40
"""Characters up to which a title, less what stands behind a colon, can serve as a name."""

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


class Kind(StrEnum):
    """What sort of thing there is to read, watch or try."""

    PAPER = "paper"
    SURVEY = "survey"
    TUTORIAL = "tutorial"
    BLOG = "blog"
    BOOK = "book"
    DOCS = "docs"
    TOOL = "tool"
    DATASET = "dataset"
    METRIC = "metric"
    BENCHMARK = "benchmark"
    SIMULATOR = "simulator"
    VIDEO = "video"
    LIST = "list"


class Level(StrEnum):
    """How much a paper asks of its reader, the lightest first."""

    INTRO = "intro"
    CORE = "core"
    DEEP = "deep"


class Status(StrEnum):
    """What a reader has done with a paper."""

    TODO = "todo"
    READING = "reading"
    READ = "read"
    SKIPPED = "skipped"
    KNOWN = "known"

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do: read, known before, or skipped on purpose."""
        return self in (Status.READ, Status.KNOWN, Status.SKIPPED)


class StatusAsked(StrEnum):
    """What a reader may ask for: a status, its other name, or all that are settled."""

    TODO = "todo"
    READING = "reading"
    READ = "read"
    SKIPPED = "skipped"
    KNOWN = "known"
    UNREAD = "unread"
    DONE = "done"

    @property
    def statuses(self) -> frozenset[Status]:
        """The statuses that answer."""
        if self is StatusAsked.DONE:
            return frozenset(status for status in Status if status.is_settled)
        return frozenset(
            [Status.TODO if self is StatusAsked.UNREAD else Status(self.value)]
        )


class Sort(StrEnum):
    """What a reader may have a list of papers sorted by."""

    MINUTES = "minutes"
    YEAR = "year"
    TITLE = "title"
    ADDED = "added"
    STATUS = "status"


class Paper(NamedTuple):
    """Anything to read, watch or try; `minutes` is an honest estimate for one sitting."""

    catalogue: str
    key: str
    title: str
    kind: Kind
    url: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    arxiv: str = ""
    doi: str = ""
    code: str = ""
    acronym: str = ""
    language: str = "en"
    aliases: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    minutes: int | None = None
    level: Level = Level.CORE
    note: str = ""
    retired: str = ""

    @property
    def name(self) -> str:
        """The full name, unique among all catalogues: `genai/lora`."""
        return f"{self.catalogue}/{self.key}"

    @property
    def called(self) -> str:
        """What people call it in a sentence: a short title, the acronym, or the key."""
        head = self.title.partition(":")[0]
        return head if len(head) <= SHORT_TITLE else self.acronym or self.key

    @property
    def identities(self) -> frozenset[str]:
        """What tells it from all others: arXiv id, DOI, link."""
        return identities(arxiv=self.arxiv, doi=self.doi, url=self.url)

    @property
    def preprint_year(self) -> int | None:
        """The year of its arXiv id: often the one by which it is cited."""
        return arxiv_year(self.arxiv or arxiv_id(self.url))

    @property
    def answers(self) -> tuple[str, ...]:
        """What it answers to: key, title, acronym and aliases."""
        return (self.key, self.title, *filter(None, [self.acronym]), *self.aliases)


class Link(NamedTuple):
    """A titled link: a further list, or a figure with the page it is from."""

    title: str
    url: str
    source: str = ""


class Method(NamedTuple):
    """Something to know that has no page of its own: explained where it stands."""

    title: str
    text: str


class Question(NamedTuple):
    """A self-check question with its permanent id, and the ids that it had before.

    `papers` are those that answer it: keys, or full names of other catalogues' papers.
    """

    id: str
    ask: str
    hint: str = ""
    aliases: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


class Group(NamedTuple):
    """Papers of a topic under a heading; the ungrouped ones stand in one without title.

    Those of the topic's catalogue stand there by their keys, others by their full names.
    """

    papers: Sequence[str]
    title: str = ""
    summary: str = ""
    methods: tuple[Method, ...] = ()


class Topic(NamedTuple):
    """A section of an area: papers in reading order, prerequisites and questions.

    `enough` is how many of its papers complete it; without it, all of them do.
    """

    catalogue: str
    area: str
    id: str
    title: str
    summary: str = ""
    aliases: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    questions: tuple[Question, ...] = ()
    further: tuple[Link, ...] = ()
    enough: int | None = None

    @property
    def name(self) -> str:
        """How the topic is addressed within its catalogue: `llm/efficient-finetuning`."""
        return f"{self.area}/{self.id}"

    @property
    def full_name(self) -> str:
        """How the topic is addressed among all catalogues: `genai/llm/agents`."""
        return f"{self.catalogue}/{self.name}"

    @property
    def answers(self) -> tuple[str, ...]:
        """What it answers to: id, title and aliases."""
        return (self.id, self.title, *self.aliases)

    @property
    def area_name(self) -> str:
        """The full name of its area: `genai/llm`."""
        return f"{self.catalogue}/{self.area}"

    @property
    def papers(self) -> tuple[str, ...]:
        """Its papers, as its groups name them, in reading order."""
        return tuple(name for group in self.groups for name in group.papers)

    def names_of(self, question: Question) -> list[str]:
        """The full name of one of its questions, then those that it had before."""
        return [f"{self.catalogue}/{name}" for name in (question.id, *question.aliases)]

    def poses(self, names: Collection[str] | None) -> bool:
        """Whether one of its questions has, or had, any of these full names, or it has any."""
        if names is None:
            return bool(self.questions)
        each = (name for some in map(self.names_of, self.questions) for name in some)
        return any(name in names for name in each)

    def in_full(self, name: str) -> str:
        """The full name of a paper that one of its groups names."""
        return name if "/" in name else f"{self.catalogue}/{name}"


class Area(NamedTuple):
    """A chapter of a catalogue."""

    catalogue: str
    id: str
    title: str
    summary: str = ""
    aliases: tuple[str, ...] = ()
    topics: Sequence[Topic] = ()
    figures: tuple[Link, ...] = ()
    further: tuple[Link, ...] = ()

    @property
    def name(self) -> str:
        """How the area is addressed within its catalogue: `llm`."""
        return self.id

    @property
    def full_name(self) -> str:
        """How the area is addressed among all catalogues: `genai/llm`."""
        return f"{self.catalogue}/{self.id}"

    @property
    def answers(self) -> tuple[str, ...]:
        """What it answers to: id, title and aliases."""
        return (self.id, self.title, *self.aliases)


class News(NamedTuple):
    """What the makers of a catalogue say of a change, and the day on which they did."""

    on: str
    text: str


class Catalogue(NamedTuple):
    """One catalogue file: areas with their topics, and the papers they name.

    `released` is the day of this state of it, if it tells one; `digest` tells the contents of
    its file from all others.
    """

    id: str
    title: str
    areas: tuple[Area, ...]
    papers: Mapping[str, Paper]
    source: str = ""
    credit: str = ""
    released: str = ""
    news: tuple[News, ...] = ()
    digest: str = ""

    @property
    def name(self) -> str:
        """How the catalogue is addressed: `mine`."""
        return self.id

    @property
    def full_name(self) -> str:
        """The same: no catalogue stands in another."""
        return self.id

    @property
    def catalogue(self) -> str:
        """The catalogue that it is, as of what stands in one."""
        return self.id

    @property
    def summary(self) -> str:
        """What is said of it before its areas: nothing."""
        return ""


Place = Topic | Area | Catalogue
"""What holds papers, and may be named where they all are meant."""
