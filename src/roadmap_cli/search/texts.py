"""What a query can be asked about: the texts of a paper by column, and its facts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from roadmap_cli.curriculum.identity import link
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Paper, Topic
from roadmap_cli.language.spelling import solid, words

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
    """A work: the papers that are it, where it stands, and what the reader said of it.

    The first of the papers is the one that is shown.
    """

    papers: Sequence[Paper]
    topics: Sequence[Topic] = ()
    status: str = ""
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


def entry_of(
    library: Library, work: str, status: str = "", own_notes: str = ""
) -> Entry:
    """A work of a library as an entry."""
    shown = library.shown[work]
    # Of one catalogue each work is one paper: a large library need not look for others.
    same = library.entries[work] if len(library.catalogues) > 1 else ()
    papers = (shown, *(one for one in same if one.name != shown.name))
    topics = library.topics_of[work]
    areas = dict.fromkeys(one.area_name for one in topics)
    return Entry(
        papers,
        topics,
        status,
        own_notes,
        tuple(library.areas_by_name[name] for name in areas),
    )


def texts_of(entry: Entry) -> Texts:
    """What all papers of a work say by column, each text once; a key comes first among names."""
    if len(entry.papers) == 1:
        return _texts(entry.papers[0], entry)
    texts = [_texts(paper, entry) for paper in entry.papers]
    return {
        column: tuple(dict.fromkeys(one for some in texts for one in some[column]))
        for column in COLUMNS
    }


def _texts(paper: Paper, entry: Entry) -> Texts:
    names = (paper.key, paper.acronym, *paper.aliases)
    of_areas = [one.area for one in entry.topics]
    of_areas += [call for one in entry.areas for call in (one.title, *one.aliases)]
    return {
        "names": tuple(dict.fromkeys(one for one in names if one)),
        "title": (paper.title,),
        "synonyms": paper.synonyms,
        "authors": paper.authors,
        "venue": (
            *_appearances(paper),
            _KINDS.get(paper.kind, paper.kind),
        ),
        "topics": _calls(entry.topics[:1]),
        "elsewhere": _calls(entry.topics[1:]),
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


def facts_of(entry: Entry) -> Facts:
    """The facts of a work: those of the paper that is shown, under all its identities."""
    shown = entry.papers[0]
    codes = (f"link:{code}" for one in entry.papers if (code := link(one.code)))
    return Facts(
        kind=str(shown.kind),
        level=str(shown.level),
        catalogues=frozenset(one.catalogue for one in entry.papers),
        status=entry.status,
        year=shown.year,
        minutes=shown.minutes,
        identities=frozenset(codes).union(*(one.identities for one in entry.papers)),
        preprint_year=shown.preprint_year,
        rating=entry.rating,
    )


def candidate(entry: Entry) -> Candidate:
    """An entry as it is asked."""
    lines: dict[str, list[list[str]]] = {
        column: [words(one) for one in some] for column, some in texts_of(entry).items()
    }
    lines[OWN_NOTES] = [words(entry.own_notes)]
    return Candidate(lines, facts_of(entry))


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
