"""What a person may call a paper, a topic or an area, and what is meant by it."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from roadmap_cli.errors import AmbiguousNameError, NotFoundError
from roadmap_cli.identity import identities, of_text
from roadmap_cli.library import Library
from roadmap_cli.model import Area, Paper, Topic
from roadmap_cli.spelling import did_you_mean, fold

Named = Paper | Topic | Area


class Names:
    """Finds what a name means in a library.

    A name is tried as each of these, and the first that answers to it decides: a key or
    full name; an alias, acronym, title or a topic's short id; an arXiv id, DOI or link; the
    beginning of a key, alias or topic; a piece of a title.
    """

    def __init__(self, library: Library) -> None:
        self.library = library

    def paper(self, name: str) -> Paper:
        """The one paper of that name.

        Raises `NotFoundError`, or `AmbiguousNameError` with the candidates.
        """
        found = self._one(name, (Paper,))
        assert isinstance(found, Paper)  # noqa: S101 - narrows the type for the checker
        return found

    def topic(self, name: str) -> Topic | Area:
        """The one topic or area of that name; raises as `paper` does."""
        try:
            found = self._one(name, (Topic, Area))
        except NotFoundError as problem:
            if any(isinstance(one, Paper) for one in self._exactly(name)):
                problem.hint = f"`{name}` is a paper: roadmap show {name}"
            raise
        assert not isinstance(found, Paper)  # noqa: S101 - narrows the type
        return found

    def anything(self, name: str) -> Named:
        """The one paper, topic or area of that name; raises as `paper` does."""
        return self._one(name, (Paper, Topic, Area))

    def short(self, named: Named) -> str:
        """The shortest name that still means this one: the key, where that is enough."""
        brief = named.key if isinstance(named, Paper) else named.name
        whole = named.name if isinstance(named, Paper) else named.full_name
        return brief if len(self._different(self._exactly(brief))) == 1 else whole

    @cached_property
    def _everything(self) -> tuple[Named, ...]:
        library = self.library
        return (*library.papers.values(), *library.areas, *library.topics.values())

    def _exactly(self, name: str) -> Iterator[Named]:
        """What is called just so: by its key, or by its full name."""
        library, lower = self.library, name.strip().lower()
        calls = (lower, *(f"{one.id}/{lower}" for one in library.catalogues))
        for known in (library.papers, library.areas_by_name, library.topics):
            yield from (known[call] for call in calls if call in known)

    def _one(self, name: str, kinds: tuple[type[Named], ...]) -> Named:
        for rung in self._ladder(name):
            found = self._different(one for one in rung if isinstance(one, kinds))
            if len(found) == 1:
                return found[0]
            if found:
                raise AmbiguousNameError(name, [self.short(one) for one in found])
        among = [one for one in self._everything if isinstance(one, kinds)]
        are_papers = {isinstance(one, Paper) for one in among}
        what = (
            "paper or topic"
            if len(are_papers) > 1
            else "paper"
            if True in are_papers
            else "topic"
        )
        options = (call for one in among for call in (_brief(one), *self._calls(one)))
        raise NotFoundError(
            f"no {what} answers to `{name}`", hint=did_you_mean(name, options)
        )

    def _ladder(self, name: str) -> Iterator[Iterable[Named]]:
        yield self._exactly(name)
        for answers in self._looser(name):  # all there is, one by one
            yield filter(answers, self._everything)

    def _looser(self, name: str) -> Iterator[Callable[[Named], bool]]:
        folded = fold(name)
        identity = of_text(name)
        if folded:
            yield lambda one: any(fold(call) == folded for call in self._calls(one))
        if identity:
            yield lambda one: isinstance(one, Paper) and identity in _identities(one)
        elif folded:
            yield lambda one: any(
                fold(call).startswith(folded) for call in (_brief(one), *_aliases(one))
            )
            yield lambda one: f" {folded}" in f" {fold(one.title)}"

    def _different(self, found: Iterable[Named]) -> list[Named]:
        """Each work once, and each topic."""
        kept: dict[str, Named] = {}
        for one in found:
            same = (
                self.library.work[one.name] if isinstance(one, Paper) else one.full_name
            )
            kept.setdefault(same, one)
        return list(kept.values())

    @staticmethod
    def _calls(one: Named) -> tuple[str, ...]:
        if isinstance(one, Paper):
            return (one.key, one.title, *filter(None, [one.acronym]), *one.aliases)
        return (one.id, one.title, *one.aliases)


class ShortNames(dict[str, str]):
    """What to call each paper by its full name: the key, unless two catalogues have it.

    Each is found out when it is asked for.
    """

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    def __missing__(self, name: str) -> str:
        """The short name of a paper; raises `KeyError` for what is none."""
        key, work = self.library.papers[name].key, self.library.work
        calls = (f"{one.id}/{key}" for one in self.library.catalogues)
        works = {work[call] for call in calls if call in work}
        self[name] = key if len(works) == 1 else name
        return self[name]


def _brief(one: Named) -> str:
    return one.key if isinstance(one, Paper) else one.name


def _aliases(one: Named) -> tuple[str, ...]:
    own = () if isinstance(one, Paper) else (one.id,)
    return (*own, *one.aliases)


def _identities(paper: Paper) -> frozenset[str]:
    return identities(arxiv=paper.arxiv, doi=paper.doi, url=paper.url)
