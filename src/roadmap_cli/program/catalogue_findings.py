"""What is odd about catalogues that can be read, and its cure."""

from collections.abc import Iterator

from roadmap_cli.curriculum.identity import is_stand_in
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.curriculum.places import papers_outside
from roadmap_cli.language.phrases import counted, listed
from roadmap_cli.program.findings import Finding

_NAMED = 5
"""Papers that a finding names; of the others it tells how many they are."""


def examine(library: Library) -> Iterator[Finding]:
    """Every finding about the catalogues of a library."""
    yield from _missing(library)
    yield from _in_no_topic(library)
    yield from _without_title(library)


def _in_no_topic(library: Library) -> Iterator[Finding]:
    """The papers of a catalogue that none of its topics, and no other's, lists."""
    found: dict[str, list[Paper]] = {}
    for paper in papers_outside(library):
        found.setdefault(paper.catalogue, []).append(paper)
    for catalogue, papers in found.items():
        stand = "stands" if len(papers) == 1 else "stand"
        yield Finding(
            f"{catalogue}: {counted(len(papers), 'paper')} {stand} in no topic: {_some(papers)}",
            "roadmap move NAME --to TOPIC, in a catalogue of your own; they count, and come last",
            is_harmless=True,
        )


def _without_title(library: Library) -> Iterator[Finding]:
    """The papers of which only a number or link is known."""
    papers = [
        paper
        for work, paper in library.shown.items()
        if is_stand_in(paper.title) and work not in library.retired
    ]
    if papers:
        have = "has" if len(papers) == 1 else "have"
        yield Finding(
            f"{counted(len(papers), 'paper')} {have} no title yet: {_some(papers)}",
            "roadmap add --refresh NAME asks services for it",
            is_harmless=True,
        )


def _some(papers: list[Paper]) -> str:
    """The first of some papers, and how many more there are."""
    names = [paper.name for paper in papers[:_NAMED]]
    more = len(papers) - _NAMED
    return listed([*names, f"{more} more"] if more > 0 else names)


def _missing(library: Library) -> Iterator[Finding]:
    """What topics and papers refer to in other catalogues that is not there."""
    loaded = {catalogue.id for catalogue in library.catalogues}
    found: dict[tuple[str, str], list[str]] = {}
    for by, name in library.missing:
        pair = by.partition("/")[0], name.partition("/")[0]
        found.setdefault(pair, []).append(f"{name} (in {by})")
    for (catalogue, other), names in found.items():
        is_loaded = other in loaded
        lacks = f"{other} does not have" if is_loaded else "is not loaded"
        cure = f"load the catalogue {other}"
        yield Finding(
            f"{catalogue} refers to what {lacks}: {listed(names)}",
            f"correct the names{'' if is_loaded else ', or ' + cure}; until then they are left out",
            is_harmless=True,
        )
