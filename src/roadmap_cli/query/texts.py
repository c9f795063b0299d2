"""What a query can be asked about: the texts of a paper by column, and its facts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from roadmap_cli.identity import link
from roadmap_cli.library import Library
from roadmap_cli.model import Area, Paper, Status, Topic
from roadmap_cli.spelling import words

COLUMNS = (
    "names", "title", "synonyms", "authors", "venue", "topics", "elsewhere", "areas", "note",
)  # fmt: skip
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


class Entry(NamedTuple):
    """A paper, where it stands, its status, and the reader's notes and rating."""

    paper: Paper
    topics: Sequence[Topic]
    status: Status
    own_notes: str = ""
    areas: Sequence[Area] = ()
    rating: int | None = None


class Facts(NamedTuple):
    """What is not a text: each the condition of a field."""

    kind: str = ""
    level: str = ""
    status: str = ""
    year: int | None = None
    minutes: int | None = None
    catalogues: frozenset[str] = frozenset()
    identities: frozenset[str] = frozenset()
    preprint_year: int | None = None
    rating: int | None = None


class Candidate(NamedTuple):
    """What may answer a query: its words by column, and its facts."""

    lines: Lines
    facts: Facts = Facts()


def texts_of(
    paper: Paper, topics: Sequence[Topic], areas: Iterable[Area] = ()
) -> Texts:
    """The texts of a paper by column; its key comes first among its names."""
    names = (paper.key, paper.acronym, *paper.aliases)
    of_areas = [one.area for one in topics]
    of_areas += [call for one in areas for call in (one.title, *one.aliases)]
    return {
        "names": tuple(dict.fromkeys(one for one in names if one)),
        "title": (paper.title,),
        "synonyms": paper.synonyms,
        "authors": paper.authors,
        "venue": (
            *_appearances(paper),
            _KINDS.get(paper.kind, paper.kind),
        ),
        "topics": _calls(topics[:1]),
        "elsewhere": _calls(topics[1:]),
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
        call for one in topics for call in (one.title, one.name, one.id, *one.aliases)
    )


def facts_of(paper: Paper, status: str = "", rating: int | None = None) -> Facts:
    """The facts of a paper, with the reader's status and rating of it."""
    own = paper.identities
    code = link(paper.code)
    return Facts(
        kind=str(paper.kind),
        level=str(paper.level),
        catalogues=frozenset([paper.catalogue]),
        status=status,
        year=paper.year,
        minutes=paper.minutes,
        identities=own | {f"link:{code}"} if code else own,
        preprint_year=paper.preprint_year,
        rating=rating,
    )


def entry_of(library: Library, work: str, status: Status, own_notes: str = "") -> Entry:
    """A work of a library as an entry."""
    topics = library.topics_of[work]
    areas = (
        one for one in library.areas if any(topic in one.topics for topic in topics)
    )
    return Entry(library.shown[work], topics, status, own_notes, tuple(areas))


def candidate(entry: Entry) -> Candidate:
    """An entry as it is asked."""
    texts = texts_of(entry.paper, entry.topics, entry.areas)
    lines: dict[str, list[list[str]]] = {
        column: [words(one) for one in some] for column, some in texts.items()
    }
    lines[OWN_NOTES] = [words(entry.own_notes)]
    facts = facts_of(entry.paper, str(entry.status), entry.rating)
    return Candidate(lines, facts)


def compounds(text: str) -> Iterator[str]:
    """What the hyphenated words of a text are as one: `pretraining` of `Pre-training`."""
    has_joint = re.compile(_JOINT).search
    if not has_joint(text):  # most have none
        return
    for chunk in filter(has_joint, text.split()):
        for match in re.finditer(_COMPOUND, chunk):
            parts = words(match[0])
            if 1 < len(parts) <= _LONGEST_COMPOUND:
                yield "".join(parts)
