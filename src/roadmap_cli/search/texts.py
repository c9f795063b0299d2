"""What a query can be asked about: the texts of a paper by column, and its facts."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from roadmap_cli.curriculum.identity import link
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Paper, Topic
from roadmap_cli.language.spelling import solid, words

COLUMNS = (
    "names", "title", "synonyms", "authors", "venue", "topics", "areas", "note",
)  # fmt: skip
OF_TOPICS = ("topics", "areas")
"""The columns that say the same of all papers of a topic: its names, and those of its area."""
OWN_NOTES = "own_notes"
"""The column of what the reader wrote; it is not indexed with the others."""
# Compiled when a paper is first asked for them: the index keeps what they find.
_COMPOUND = r"[^\W_]+(?:[-‐-―'’._+&][^\W_]+)+"
_JOINT = r"[-‐-―'’._+&]"
_LONGEST_COMPOUND = 4

_KINDS: Mapping[str, str] = {
    "survey": "survey, overview, review, Übersicht, Überblick",
    "tutorial": "tutorial, introduction, Einführung, Anleitung",
    "blog": "blog post",
    "book": "book, textbook, Buch, Lehrbuch",
    "tool": "tool, software, library, code, Werkzeug",
    "dataset": "dataset, data set, Datensatz",
    "metric": "metric, measure, score, Metrik",
    "benchmark": "benchmark",
    "simulator": "simulator, simulation, environment, Simulator",
    "video": "video, lecture, talk",
    "list": "list, collection, Liste, Sammlung",
}
"""What people call the kinds, in English and German."""
_OTHER_VENUE_NAMES = {"NeurIPS": "NIPS", "NIPS": "NeurIPS"}
"""A conference that changed its name is asked for by either."""

Texts = Mapping[str, Sequence[str]]
"""Several texts in each column: every alias, author and topic by itself."""
Lines = Mapping[str, Sequence[Sequence[str]]]
"""The same as folded words."""


class Facts(NamedTuple):
    """What is not a text, as the index has it: each the condition of a field."""

    kind: str = ""
    level: str = ""
    status: str = ""
    year: int | None = None
    minutes: int | None = None
    catalogues: frozenset[str] = frozenset()
    identities: frozenset[str] = frozenset()
    preprint_year: int | None = None
    rating: int | None = None
    tags: Sequence[str] = ()
    has_pdf: bool = False


class Reader(NamedTuple):
    """What only the reader's own files know.

    Status, rating and tags of a work, notes by work, and the works of which there is a PDF.
    """

    status: Callable[[str], str] = lambda _: ""
    rating: Callable[[str], int | None] = lambda _: None
    notes: Callable[[], Mapping[str, str]] = dict
    tags: Callable[[str], Sequence[str]] = lambda _: ()
    pdfs: Callable[[], Collection[str]] = frozenset


NOBODY = Reader()
"""A reader without marks, ratings or notes."""


class FactsOfPaper(NamedTuple):
    """The facts of a paper in a library, each looked up when it is asked for.

    The identities and catalogues are those of all papers that are the same work.
    """

    library: Library
    paper: Paper
    reader: Reader = NOBODY

    @property
    def work(self) -> str:
        """The work that it is."""
        return self.library.work[self.paper.name]

    @property
    def kind(self) -> str:
        """What it is."""
        return self.paper.kind

    @property
    def level(self) -> str:
        """How much it asks."""
        return self.paper.level

    @property
    def status(self) -> str:
        """Where the reader is with it; raises as the `reader` does where that is not known."""
        return self.reader.status(self.work)

    @property
    def rating(self) -> int | None:
        """What the reader thinks of it; raises as `status`."""
        return self.reader.rating(self.work)

    @property
    def tags(self) -> Sequence[str]:
        """The reader's words on it; raises as `status`."""
        return self.reader.tags(self.work)

    @property
    def has_pdf(self) -> bool:
        """Whether the reader has a PDF of it."""
        return self.work in self.reader.pdfs()

    @property
    def year(self) -> int | None:
        """The year that is printed on it."""
        return self.paper.year

    @property
    def preprint_year(self) -> int | None:
        """The year of its arXiv id."""
        return self.paper.preprint_year

    @property
    def minutes(self) -> int | None:
        """How long it takes."""
        return self.paper.minutes

    @property
    def catalogues(self) -> frozenset[str]:
        """The ids of the catalogues that have it."""
        return frozenset(paper.catalogue for paper in self.papers)

    @property
    def identities(self) -> frozenset[str]:
        """By which links and numbers it is known, that of its code among them."""
        codes = (link(paper.code) for paper in self.papers)
        found = frozenset(f"link:{code}" for code in codes if code)
        return found.union(*(paper.identities for paper in self.papers))

    @property
    def papers(self) -> Sequence[Paper]:
        """All papers that are the same work, this one first."""
        # Of one catalogue each work is one paper: a large library need not look for others.
        if len(self.library.catalogues) == 1:
            return (self.paper,)
        others = self.library.entries[self.work]
        return (
            self.paper,
            *(paper for paper in others if paper.name != self.paper.name),
        )


class Candidate(NamedTuple):
    """What may answer a query: its words by column, and its facts."""

    lines: Lines
    facts: Facts | FactsOfPaper = Facts()


def texts_of(library: Library, papers: Sequence[Paper]) -> Texts:
    """What all papers of a work say by column, each text once; a key comes first among names."""
    topics = library.topics_of[library.work[papers[0].name]]
    areas = dict.fromkeys(topic.area_name for topic in topics)
    stands = (topics, [library.areas_by_name[name] for name in areas])
    texts = [_texts(paper, *stands) for paper in papers]
    if len(texts) == 1:
        return texts[0]
    return {
        column: tuple(dict.fromkeys(text for some in texts for text in some[column]))
        for column in COLUMNS
    }


def _texts(paper: Paper, topics: Sequence[Topic], areas: Sequence[Area]) -> Texts:
    names = (paper.key, paper.acronym, *paper.aliases)
    of_areas = [topic.area for topic in topics]
    of_areas += [call for area in areas for call in (area.title, *area.aliases)]
    return {
        "names": tuple(dict.fromkeys(name for name in names if name)),
        "title": (paper.title,),
        "synonyms": paper.synonyms,
        "authors": paper.authors,
        "venue": (
            *_appearances(paper),
            _KINDS.get(paper.kind, paper.kind),
        ),
        "topics": _calls(topics),
        "areas": tuple(dict.fromkeys(of_areas)),
        "note": (paper.note,),
    }


def _appearances(paper: Paper) -> Iterator[str]:
    """Where and when it appeared, and that by the venue's other name."""
    years = dict.fromkeys(filter(None, (paper.year, paper.preprint_year)))
    yield (said := " ".join([paper.venue, *map(str, years)]))
    for name, other in _OTHER_VENUE_NAMES.items():
        if name in said:
            yield said.replace(name, other)


def _calls(topics: Iterable[Topic]) -> tuple[str, ...]:
    return tuple(
        call
        for topic in topics
        for call in (topic.title, topic.name, topic.id, *topic.aliases)
    )


def candidate(paper: FactsOfPaper) -> Candidate:
    """A paper of a library with all that it says, the reader's notes on it included."""
    lines: dict[str, list[list[str]]] = {
        column: [words(text) for text in texts]
        for column, texts in texts_of(paper.library, paper.papers).items()
    }
    lines[OWN_NOTES] = [words(paper.reader.notes().get(paper.work, ""))]
    return Candidate(lines, paper)


def compounds(text: str) -> Iterator[str]:
    """What the hyphenated words of a text are as one: `pretraining` of `Pre-training`."""
    has_joint = re.compile(_JOINT).search
    if not has_joint(text):  # most have none
        return
    for chunk in filter(has_joint, text.split()):
        for match in re.finditer(_COMPOUND, solid(chunk)):
            parts = words(chunk[slice(*match.span())])
            if 1 < len(parts) <= _LONGEST_COMPOUND:
                yield "".join(parts)
