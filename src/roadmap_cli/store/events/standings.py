"""Progress that is asked of the events as it is needed: what a long journal takes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, overload

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Status
from roadmap_cli.progress.events import Progress, Standing
from roadmap_cli.store.events.index import EventIndex

_AT_ONCE = 40


class Asked(NamedTuple):
    """Whom to ask: the events, the library that says which works they are about, and `told`.

    `told` gives the progress on some works, or on all.
    """

    events: Callable[[], EventIndex]
    library: Library
    told: Callable[[Sequence[str] | None], Progress]


class AskedProgress(Progress):
    """Where the reader is with everything, looked up when it is asked for."""

    standings: "_Standings"
    trail: "_Trail"

    @property
    def begun(self) -> list[str]:
        """As in `Progress`."""
        return self.trail.begun()

    def look_up(self, works: Iterable[str]) -> None:
        """As in `Progress`: many at once take less than one by one."""
        self.standings.look_up(works)


def as_asked(asked: Asked, of_none: Progress) -> Progress:
    """The progress that the events tell; `of_none` knows the goal, and of no work."""
    standings = _Standings(asked)
    trail = _Trail(asked, standings)
    return AskedProgress(
        standings, trail, is_complete=of_none.is_complete, aim=of_none.aim
    )


class _Standings(Mapping[str, Standing]):
    """Standings one by one; all at once when somebody wants to go through them."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._known: dict[str, Standing | None] = {}
        self._whole: Mapping[str, Standing] | None = None

    def __getitem__(self, work: str) -> Standing:
        """The standing of a work; raises `KeyError` for one that nothing was said of."""
        if self._whole is not None:
            return self._whole[work]
        self.look_up([work])
        standing = self._known[work]
        if standing is None:
            raise KeyError(work)
        return standing

    def look_up(self, works: Iterable[str]) -> None:
        """Ask for those that are not known yet."""
        unknown = [work for work in works if work not in self._known]
        if unknown and self._whole is None:
            found = self._asked.told(unknown).standings
            self._known |= {work: found.get(work) for work in unknown}

    def __iter__(self) -> Iterator[str]:
        """The works that anything was said of."""
        return iter(self._all())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all())

    def _all(self) -> Mapping[str, Standing]:
        if self._whole is None:
            self._whole = self._asked.told(None).standings
        return self._whole


class _Trail(Sequence[str]):
    """The works being read or read; from the end on, no more than is asked for is looked up."""

    def __init__(self, asked: Asked, standings: _Standings) -> None:
        self._asked = asked
        self._standings = standings
        self._whole: Sequence[str] | None = None

    def __reversed__(self) -> Iterator[str]:
        """The works that were spoken of last first."""
        seen: set[str] = set()
        before: str | None = None
        answers_to = self._asked.library.answers_to
        while found := self._asked.events().spoken_of(_AT_ONCE, before):
            before = found[-1][1]
            papers = (paper for paper, _, is_undone in found if not is_undone)
            works = dict.fromkeys(filter(None, map(answers_to, papers)))
            new = [work for work in works if work not in seen]
            seen.update(new)
            self._standings.look_up(new)
            for work in new:
                if self._status(work) in (Status.READING, Status.READ):
                    yield work

    def begun(self) -> list[str]:
        """The works being read."""
        library = self._asked.library
        works = map(library.answers_to, self._asked.events().begun())
        each = dict.fromkeys(work for work in works if work)
        return [work for work in each if self._status(work) is Status.READING]

    def _status(self, work: str) -> Status:
        standing = self._standings.get(work)
        return standing.status if standing else Status.TODO

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        """The work at a place of the whole trail."""
        return self._all()[number]

    def __len__(self) -> int:
        """How many works there are."""
        return len(self._all())

    def _all(self) -> Sequence[str]:
        if self._whole is None:
            self._whole = self._asked.told(None).trail
        return self._whole
