"""What a person may call a paper, a topic, an area or a catalogue, and what is meant by it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from roadmap_cli.curriculum.identity import named_in
from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Area, Catalogue, Paper, Place, Topic
from roadmap_cli.curriculum.places import catalogue_of
from roadmap_cli.errors import AmbiguousNameError, NotFoundError
from roadmap_cli.language.spelling import composed, fold, runs

Named = Paper | Place
_PLACES = (Topic, Area, Catalogue)
_BEGUN = 2
"""The rung, after that of keys, on which a name is only the beginning of what it means."""
_SHORT = 4
"""Letters up to which the beginning of one name is as likely a slip for another."""


class TypedName:
    """A name as a person typed it; it is folded and identified once, and only if need be."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        """As names are compared."""
        return fold(self.text)

    @cached_property
    def identity(self) -> str:
        """The arXiv id, DOI or link that it is, as `identity.named_in` tells it, or nothing."""
        return named_in(self.text)


def _nowhere(_: str) -> Sequence[Paper]:
    return ()


class Names:
    """Finds what a name means in a library.

    A name is tried as each of these, and the first that answers to it decides: a key or
    full name; an alias, acronym, title or a topic's short id; an arXiv id, DOI or link; the
    beginning of a key, alias or topic; a piece of a title.
    """

    def __init__(
        self, library: Library, mentioning: Callable[[str], Sequence[Paper]] = _nowhere
    ) -> None:
        """Names of a library; `mentioning` finds the papers that say a word somewhere."""
        self.library = library
        self._mentioning = mentioning

    def paper(self, name: str, *, to_write: bool = False) -> Paper:
        """The one paper of that name.

        Raises `NotFoundError`, or `AmbiguousNameError` with the candidates. Where something is
        to be written about it, a short beginning is not enough if it may be a slip for another.
        """
        exact = self._exactly(name)
        try:
            found = self._one(name, exact, (Paper,), to_write=to_write)
        except (NotFoundError, AmbiguousNameError):
            if exact and not any(isinstance(named, Paper) for named in exact):
                raise _no_paper(name, exact[0]) from None
            raise
        assert isinstance(found, Paper)  # noqa: S101 - narrows the type for the checker
        return found

    def topic(self, name: str, instead: str = "roadmap show") -> Place:
        """The one topic, area or catalogue of that name; raises as `paper` does.

        `instead` is the call that takes papers, for who names one.
        """
        exact = self._exactly(name)
        try:
            found = self._one(name, exact, _PLACES)
        except NotFoundError as problem:
            if any(isinstance(thing, Paper) for thing in exact):
                problem.hint = f"`{name}` is a paper: {instead} {name}"
            problem.hint = problem.hint or "`roadmap list` shows all topics"
            raise
        assert not isinstance(found, Paper)  # noqa: S101 - narrows the type
        return found

    def anything(
        self, name: str, *, to_write: bool = False, advise: bool = True
    ) -> Named:
        """The one paper, topic, area or catalogue of that name; raises as `paper` does.

        Unless it is to `advise`, nothing is looked for that is called nearly so.
        """
        exact = self._exactly(name)
        kinds = (Paper, *_PLACES)
        return self._one(name, exact, kinds, to_write=to_write, advise=advise)

    @cached_property
    def short_names(self) -> "ShortNames":
        """What to call each paper by its full name: the key, where that is enough."""
        return ShortNames(self.library)

    def called(self, name: str) -> str:
        """What to call what progress is kept under: full names that no catalogue has stay so."""
        paper = self.library.shown.get(name)
        return self.short_names[paper.name] if paper else name

    def short(self, named: Named) -> str:
        """The shortest name that still means this one: the key, where that is enough."""
        if isinstance(named, Paper):
            return self.short_names[named.name]
        exact = self._different(self._exactly(named.name))
        if isinstance(named, Catalogue):
            return named.id if len(exact) == 1 else f"{named.id}/"
        return named.name if len(_first(exact)) == 1 else named.full_name

    def _exactly(self, name: str) -> list[Named]:
        """What is called just so: by its key, or by its full name."""
        library, lower = self.library, name.strip().lower()
        calls = (
            lower,
            *(f"{catalogue.id}/{lower}" for catalogue in library.catalogues),
        )
        tables = (library.papers, library.areas_by_name, library.topics)
        found: list[Named] = [
            known[call] for known in tables for call in calls if call in known
        ]
        whole = catalogue_of(library, lower.removesuffix("/"))
        return [*found, whole] if whole else found

    def _one(
        self,
        name: str,
        exact: Iterable[Named],
        kinds: tuple[type[Named], ...],
        *,
        to_write: bool = False,
        advise: bool = True,
    ) -> Named:
        """The one thing of these kinds that a name means: of the first rung that has any."""
        fitting = (thing for thing in exact if isinstance(thing, kinds))
        if found := _first(self._different(fitting)):
            return self._only(name, found)
        typed = TypedName(name)
        ladders = [self._papers(typed)] if Paper in kinds else []
        ladders += [self._places(typed)] if Topic in kinds else []
        for number, rungs in enumerate(zip(*ladders, strict=True), 1):
            if found := self._different(chain(*rungs)):
                if to_write and number == _BEGUN and len(found) == 1:
                    self._insist_on_no_slip(typed, found[0], kinds)
                return self._only(name, found)
        raise self._nothing(typed, kinds, advise=advise)

    def _only(self, name: str, found: Sequence[Named]) -> Named:
        """What alone was found; raises `AmbiguousNameError` where there is more."""
        if len(found) > 1:
            raise AmbiguousNameError(name, [self.short(thing) for thing in found])
        return found[0]

    def _insist_on_no_slip(
        self, name: TypedName, found: Named, kinds: tuple[type[Named], ...]
    ) -> None:
        """Raise `NotFoundError` where a short name begins this and may be meant for another."""
        if len(name.folded) > _SHORT or name.identity:
            return
        from roadmap_cli.language.slips import one_slip_away  # few names may be slips

        slips = one_slip_away(name.folded)
        near: list[Named] = list(self.library.papers_called_any(slips))
        if Topic in kinds:
            near += self.library.places_called_any(slips)
        others = self._different([found, *near])[1:]
        if others and len(self._different(near)) == len(others):  # it is none of them
            meant = " or ".join(f"`{self.short(other)}`" for other in others)
            raise NotFoundError(
                f"nothing is called just `{name.text}`",
                hint=f"did you mean {meant}? `{self.short(found)}` only begins so",
            )

    def _papers(self, name: TypedName) -> Iterator[Iterable[Named]]:
        """The papers that a name may mean that is no key, rung by rung."""
        library, folded = self.library, name.folded
        yield library.papers_called(folded) if folded else ()
        if name.identity:
            yield library.papers_identified(name.identity)
        elif folded:
            yield library.papers_begun(folded)
            yield library.papers_titled(folded)

    def _places(self, name: TypedName) -> Iterator[Iterable[Named]]:
        """The same for topics, areas and catalogues, rung beside rung; links mean none of them.

        Of the title of a catalogue neither a beginning nor a piece is enough.
        """
        titled = (
            catalogue
            for catalogue in self.library.catalogues
            if fold(catalogue.title) == name.folded
        )
        yield chain(self.library.places_called(name.folded), titled)
        if name.identity:
            yield ()
        elif name.folded:
            yield self.library.places_begun(name.folded)
            yield self.library.places_titled(name.folded)

    def _nothing(
        self, name: TypedName, kinds: tuple[type[Named], ...], *, advise: bool
    ) -> NotFoundError:
        """That nothing is called so, and what is called nearly so."""
        from roadmap_cli.language.slips import comparable, nearest, offered

        library = self.library
        papers = Paper in kinds and bool(library.papers)
        places = Topic in kinds and bool(library.areas_by_name)
        what = " or ".join(["paper"] * papers + ["topic"] * places) or "topic"
        problem = NotFoundError(f"no {what} answers to `{name.text}`")
        if name.identity and Paper in kinds:
            problem.hint = offer_to_add([name.text])
        elif advise:
            word = comparable(name.folded)
            ids = (catalogue.id for catalogue in library.catalogues if Topic in kinds)
            calls = chain(library.spellings(word, papers=papers, places=places), ids)
            near = offered(nearest(word, calls))
            words = composed(" ".join(runs(name.text))) if Paper in kinds else ""
            if words and (len(name.folded) < _SHORT or not near):
                near = self._mentions(words) or near
            problem.hint = near or (f"roadmap search {words}" if words else None)
        return problem

    def _mentions(self, words: str) -> str:
        """The papers that say these words somewhere, for who took them for a name."""
        found = [f"`{self.short(paper)}`" for paper in self._mentioning(words)]
        if not found:
            return ""
        return f"none is named so; these mention it: {', '.join(found)} (roadmap search {words})"

    def _different(self, found: Iterable[Named]) -> list[Named]:
        """Each work once, and each topic, area and catalogue."""
        kept: dict[str, Named] = {}
        for thing in found:
            same = (
                self.library.work[thing.name]
                if isinstance(thing, Paper)
                else thing.full_name
            )
            kept.setdefault(same, thing)
        return list(kept.values())


def offer_to_add(typed: Sequence[str]) -> str:
    """The hint for arXiv ids, DOIs or links that no paper has, as they were typed."""
    import shlex  # only where something is not found

    them = "it" if len(typed) == 1 else "them"
    return f"to put {them} on a list of your own: roadmap add {shlex.join(typed)}"


def _first(found: Sequence[Named]) -> Sequence[Named]:
    """What is called just so: a catalogue only where nothing in one is, or with a slash."""
    inside = [thing for thing in found if not isinstance(thing, Catalogue)]
    return inside or found


def _no_paper(name: str, place: Named) -> NotFoundError:
    is_area = isinstance(place, Area)
    whole = "a catalogue" if isinstance(place, Catalogue) else "a topic"
    kind = "an area" if is_area else whole
    return NotFoundError(
        f"`{name}` is {kind}, not a paper", hint=f"roadmap show {name}"
    )


class ShortNames(dict[str, str]):
    """What to call each paper by its full name: the key, unless that means something else too.

    Another catalogue may have the same key, and an area may be called so. Each is found out
    when it is asked for.
    """

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    def __missing__(self, name: str) -> str:
        """The short name of a paper; raises `KeyError` for what is none."""
        key, work = self.library.papers[name].key, self.library.work
        calls = [f"{catalogue.id}/{key}" for catalogue in self.library.catalogues]
        works = {work[call] for call in calls if call in work}
        is_clear = len(works) == 1 and self._areas.isdisjoint(calls)
        self[name] = key if is_clear else name
        return self[name]

    @cached_property
    def _areas(self) -> frozenset[str]:
        return frozenset(self.library.areas_by_name)
