"""What a person may call a paper, a topic or an area, and what is meant by it."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from roadmap_cli.errors import AmbiguousNameError, NotFoundError
from roadmap_cli.identity import identities, of_text
from roadmap_cli.model import Area, Library, Paper, Topic
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
        found = self._one(name, self._papers)
        assert isinstance(found, Paper)  # noqa: S101 - narrows the type for the checker
        return found

    def topic(self, name: str) -> Topic | Area:
        """The one topic or area of that name; raises as `paper` does."""
        try:
            found = self._one(name, self._topics)
        except NotFoundError as problem:
            if any(self._exact(paper, name) for paper in self._papers):
                problem.hint = f"`{name}` is a paper: roadmap show {name}"
            raise
        assert not isinstance(found, Paper)  # noqa: S101 - narrows the type
        return found

    def anything(self, name: str) -> Named:
        """The one paper, topic or area of that name; raises as `paper` does."""
        return self._one(name, (*self._papers, *self._topics))

    def short(self, named: Named) -> str:
        """The shortest name that still means this one: the key, where that is enough."""
        brief = named.key if isinstance(named, Paper) else named.name
        same = [one for one in self._everything if self._exact(one, brief)]
        whole = named.name if isinstance(named, Paper) else named.full_name
        return brief if len(self._different(same)) == 1 else whole

    @cached_property
    def _papers(self) -> tuple[Paper, ...]:
        return tuple(self.library.papers.values())

    @cached_property
    def _topics(self) -> tuple[Topic | Area, ...]:
        return (*self.library.areas, *self.library.topics.values())

    @cached_property
    def _everything(self) -> tuple[Named, ...]:
        return (*self._papers, *self._topics)

    def _one(self, name: str, among: Iterable[Named]) -> Named:
        among = tuple(among)
        for answers in self._ladder(name):
            found = self._different(one for one in among if answers(one))
            if len(found) == 1:
                return found[0]
            if found:
                raise AmbiguousNameError(name, [self.short(one) for one in found])
        kinds = {isinstance(one, Paper) for one in among}
        what = (
            "paper or topic"
            if len(kinds) > 1
            else "paper"
            if True in kinds
            else "topic"
        )
        options = (call for one in among for call in (_brief(one), *self._calls(one)))
        raise NotFoundError(
            f"no {what} answers to `{name}`", hint=did_you_mean(name, options)
        )

    def _ladder(self, name: str) -> Iterator[Callable[[Named], bool]]:
        folded = fold(name)
        identity = of_text(name)
        yield lambda one: self._exact(one, name.strip())
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
    def _exact(one: Named, name: str) -> bool:
        lower = name.lower()
        if isinstance(one, Paper):
            return lower in (one.key, one.name)
        return lower in (one.name, one.full_name)

    @staticmethod
    def _calls(one: Named) -> tuple[str, ...]:
        if isinstance(one, Paper):
            return (one.key, one.title, *filter(None, [one.acronym]), *one.aliases)
        return (one.id, one.title, *one.aliases)


def short_names(library: Library) -> dict[str, str]:
    """What to call each paper by its full name: the key, unless two catalogues have it."""
    works: dict[str, set[str]] = {}
    for name, paper in library.papers.items():
        works.setdefault(paper.key, set()).add(library.work[name])
    papers = library.papers.items()
    return {name: one.key if len(works[one.key]) == 1 else name for name, one in papers}


def _brief(one: Named) -> str:
    return one.key if isinstance(one, Paper) else one.name


def _aliases(one: Named) -> tuple[str, ...]:
    own = () if isinstance(one, Paper) else (one.id,)
    return (*own, *one.aliases)


def _identities(paper: Paper) -> frozenset[str]:
    return identities(arxiv=paper.arxiv, doi=paper.doi, url=paper.url)
