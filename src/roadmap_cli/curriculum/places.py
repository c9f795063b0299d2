"""What stands in a topic, an area or a catalogue, in reading order."""

from collections.abc import Iterator, Sequence

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Catalogue, Paper, Place, Topic


def called_just(library: Library, name: str) -> Iterator[Paper | Topic | Area]:
    """What any catalogue calls just so, by its key or id, or what has this full name."""
    calls = [name, *(f"{catalogue.id}/{name}" for catalogue in library.catalogues)]
    for table, parts in (
        (library.papers, 2),
        (library.areas_by_name, 2),
        (library.topics, 3),
    ):
        whole = (call for call in calls if call.count("/") + 1 == parts)
        yield from (table[call] for call in whole if call in table)


def catalogue_of(library: Library, name: str) -> Catalogue | None:
    """The catalogue of that id, if it is loaded."""
    return next((known for known in library.catalogues if known.id == name), None)


def areas_of(library: Library, catalogue: Catalogue) -> list[Area]:
    """The areas of a catalogue."""
    return [area for area in library.areas if area.catalogue == catalogue.id]


def topics_of(library: Library, place: Place) -> Sequence[Topic]:
    """The topics of a catalogue or an area, or the topic itself."""
    if isinstance(place, Topic):
        return (place,)
    areas = areas_of(library, place) if isinstance(place, Catalogue) else (place,)
    return tuple(topic for area in areas for topic in area.topics)


def papers_in(library: Library, place: Place) -> Iterator[Paper]:
    """The papers of a place, topic by topic; of a catalogue those outside them come last."""
    for topic in topics_of(library, place):
        yield from library.papers_of(topic)
    yield from papers_beside(library, place)


def papers_beside(library: Library, place: Place) -> Iterator[Paper]:
    """The papers of a catalogue that stand in none of its topics; elsewhere there are none.

    Retired ones are left out.
    """
    if not isinstance(place, Catalogue):
        return
    rest = library.works_in(place)
    for area in areas_of(library, place):
        rest -= library.works_in(area)
    for work in library.names_of(rest):
        entries = library.entries[work]
        yield next(
            paper
            for paper in entries
            if paper.catalogue == place.id and not paper.retired
        )


def papers_outside(library: Library) -> list[Paper]:
    """The papers that stand in no topic, in the order of the files, without retired ones."""
    found: list[Paper] = []
    for work in reversed(library.works):
        if library.topics_of[work]:
            break
        if work not in library.retired:
            found.append(library.shown[work])
    return found[::-1]
