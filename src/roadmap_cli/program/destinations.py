"""Where papers go: `--to` as a catalogue of the reader's own, and a topic in it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Paper, Topic
from roadmap_cli.curriculum.places import called_just
from roadmap_cli.errors import RefusedError, WrongUsageError
from roadmap_cli.exchange.keys import slug
from roadmap_cli.exchange.sections import INBOX, Place
from roadmap_cli.language.spelling import fold
from roadmap_cli.program.editing import OWN, OWN_TITLE, Editing

if TYPE_CHECKING:
    from roadmap_cli.catalogues.editing import TopicName

_PARTS = 3
"""Of the full name of a topic: catalogue, area, topic."""


class Goes(NamedTuple):
    """Where papers go: a catalogue of one's own, by its id, and a topic in it.

    `called` is what its list calls itself, if it is made of one.
    """

    catalogue: str
    place: Place
    called: str = ""

    @property
    def title(self) -> str:
        """What the catalogue is called where it has to be made."""
        if self.catalogue == OWN:
            return OWN_TITLE
        return self.called or title_of(self.catalogue)


class Destinations:
    """What the names of topics mean to which papers are to go."""

    def __init__(self, library: Library, editing: Editing) -> None:
        self._library = library
        self._editing = editing

    def of(self, to: str) -> Goes:
        """Where `--to` leads: a catalogue, a topic of one, or a topic that is to be made.

        Raises `RefusedError` for a topic of a catalogue that is not the reader's.
        """
        own = self._editing.own_ids()
        parts = [part.strip() for part in to.split("/")]
        if not to:
            return Goes(OWN, INBOX)
        if not all(map(slug, parts)) or len(parts) > _PARTS:
            raise WrongUsageError(
                f"`{to}` is no topic", hint="write AREA/TOPIC, or CATALOGUE/AREA/TOPIC"
            )
        if to in own:
            return Goes(to, INBOX)
        if known := self._known_topic(to, own):
            return known
        if parts[0] in own and len(parts) > 1:
            return Goes(parts[0], self._insist_on_free(_made_of(parts[1:])))
        if len(parts) == _PARTS:
            return Goes(slug(parts[0]), self._insist_on_free(_made_of(parts[1:])))
        return Goes(OWN, self._insist_on_free(_made_of(parts)))

    def _known_topic(self, to: str, own: Sequence[str]) -> Goes | None:
        """The own topic that is called just so; raises `RefusedError` for a foreign one."""
        found = called_just(self._library, to.lower())
        exact = [named for named in found if not isinstance(named, Paper)]
        called = self._library.places_called(fold(to))
        for named in (*exact, *called):
            if named.catalogue in own:
                return Goes(named.catalogue, _place(named))
        for named in exact:
            raise not_own(to, named.catalogue)
        return None

    def _insist_on_free(self, place: Place) -> Place:
        """A place whose area is not called as a paper is: its name would not be clear."""
        found = called_just(self._library, place.area)
        if any(isinstance(named, Paper) for named in found):
            raise RefusedError(
                f"`{place.area}` is a paper, so no area can be called so",
                hint=f"for instance: --to {place.area}-papers",
            )
        return place


def _place(named: Topic | Area) -> Place:
    """The place of a topic, or of the first topic of an area."""
    if isinstance(named, Topic):
        return Place(named.area, named.id, named.area, named.title)
    first = named.topics[0].id if named.topics else named.id
    return Place(named.id, first, named.title, named.title)


def _made_of(parts: Sequence[str]) -> Place:
    """The place that is to be made of an area and a topic, or of one name for both."""
    area, topic = parts[0], parts[-1]
    return Place(slug(area), slug(topic), titled(area), titled(topic))


def titled(name: str) -> str:
    """What is called so when it was typed so: an id gets a title made of it."""
    return name.replace("-", " ").capitalize() if slug(name) == name else name


def title_of(catalogue: str) -> str:
    """The title that is made of an id: that of a course, as `cs886`, is written in capitals."""
    is_course = re.fullmatch(r"[a-z]+\d+", catalogue) is not None
    return catalogue.upper() if is_course else titled(catalogue)


def topic_name(place: Place) -> "TopicName":
    """A place as a draft takes it."""
    from roadmap_cli.catalogues.editing import TopicName

    return TopicName(place.area, place.topic, place.area_title, place.topic_title)


def not_own(name: str, catalogue: str) -> RefusedError:
    """That something belongs to a catalogue which is not written, and what to do instead."""
    return RefusedError(
        f"`{name}` is of the catalogue `{catalogue}`, which is not yours to write",
        hint=f"to have it in a list of yours: roadmap add {name} --to TOPIC",
    )
