"""Which papers a mark is about: named, chosen, read from standard input, or found by a query."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import Paper, Status
from roadmap_cli.curriculum.names import Named, Names
from roadmap_cli.errors import (
    AmbiguousNameError,
    NotFoundError,
    RoadmapError,
    WrongUsageError,
)
from roadmap_cli.language.phrases import counted, listed

if TYPE_CHECKING:
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.roadmap import Roadmap

STANDARD_INPUT = "-"
"""The name that stands for those on standard input."""
_OFFERED = 5
"""Papers to choose from where none is being read."""
_ADVISED, _TOLD = 10, 50
"""Of how many names that are not clear it is told what is near, and how many are named at all."""
_NUMBERS = r"([0-9]{1,6})(?:-([0-9]{1,6}))?"


class Which(NamedTuple):
    """What was asked for: names as they were typed, a query, and what to do with unknown names."""

    names: Sequence[str] = ()
    where: str | None = None
    skips_unknown: bool = False

    @property
    def asks_of_status(self) -> bool:
        """Whether the query speaks of the status: then it means what is settled, too."""
        if self.where is None:
            return False
        from roadmap_cli.search import parse  # a mark by names does without

        return any(term.field == "status" for term in parse(self.where).terms)


class Meant(NamedTuple):
    """What the names mean, and what there is to say of those that mean nothing."""

    named: Sequence[Named]
    remarks: Sequence[str] = ()


class Meaning:
    """Finds out what a mark is about, and asks the person where that is not clear.

    `call` is the command to name in a hint.
    """

    def __init__(self, roadmap: "Roadmap", person: "Person", call: str) -> None:
        self.roadmap = roadmap
        self.person = person
        self.call = call

    def of(self, which: Which, status: Status | None) -> Meant:
        """What is to be marked; without names what a query looks through, or is being read.

        Raises `NotFoundError`, or `AmbiguousNameError`, for names that are not clear,
        `DeclinedError`, and `WrongUsageError` if no name is given and none is meant.
        """
        if not which.names and which.where is not None:
            return Meant(self.roadmap.library.catalogues)
        names = self._given(which.names) if which.names else self._chosen(status)
        if not names:
            return Meant((), ["standard input names nothing; nothing was marked"])
        found, unclear = self._resolved(names)
        return Meant(found, self._left_out(unclear, found, which) if unclear else ())

    def _given(self, names: Sequence[str]) -> list[str]:
        """The names, with those on standard input in the place of its own."""
        if STANDARD_INPUT not in names:
            return list(dict.fromkeys(names))
        from roadmap_cli.curriculum.several import names_in  # hardly ever needed

        given: list[str] = []
        for name in names:
            is_input = name == STANDARD_INPUT
            given += (
                names_in(self.person.read(), self.roadmap.names) if is_input else [name]
            )
        return list(dict.fromkeys(given))

    def _resolved(
        self, names: Sequence[str]
    ) -> tuple[list[Named], Mapping[str, RoadmapError]]:
        """What the names mean, and why each of the others means nothing."""
        found: list[Named] = []
        unclear: dict[str, RoadmapError] = {}
        # To look for what mentions a name is worth it for one alone.
        known = self.roadmap.names
        known = known if len(names) == 1 else Names(known.library)
        for name in names:
            advise = len(unclear) < _ADVISED
            try:
                found.append(known.anything(name, to_write=True, advise=advise))
            except (NotFoundError, AmbiguousNameError) as problem:
                unclear[name] = problem
        return found, unclear

    def _left_out(
        self, unclear: Mapping[str, RoadmapError], found: Sequence[Named], which: Which
    ) -> list[str]:
        """What to say of unknown names, if the others are to be marked; else raises.

        A name that may mean several things is never left out.
        """
        problems = [*unclear.values()]
        if not found or any(
            isinstance(problem, AmbiguousNameError) for problem in problems
        ):
            raise _together(problems, is_alone=not found and len(problems) == 1)
        if which.skips_unknown:
            some = listed([f"`{name}`" for name in unclear])
            return [f"{counted(len(unclear), 'unknown name')} left out: {some}"]
        dialogue = self.person.dialogue
        if not dialogue:
            problem = _together(problems, is_alone=False)
            ways = (problem.hint, "--skip-unknown marks the others")
            problem.hint = "; ".join(filter(None, ways))
            raise problem
        dialogue.say("\n".join(_each(problems)))
        dialogue.agree(
            f"mark the other {len(found)}" if len(found) > 1 else "mark the other one"
        )
        return []

    def _chosen(self, status: Status | None) -> list[str]:
        """The papers that are meant where none is named: the one being read, or a choice."""
        papers = self._being_read()
        if len(papers) == 1:
            return [papers[0].name]
        options, dialogue = papers, self.person.dialogue
        # What is next has no mark to take back.
        if dialogue and not papers and status is not Status.TODO:
            offers = self.roadmap.guide.first(_OFFERED).offers
            options = [suggestion.paper for suggestion in offers]
        if not dialogue or not options:
            raise self._nothing_named(papers)
        short = self.roadmap.names.short
        described = [(short(paper), paper.title) for paper in options]
        return dialogue.choose("Which ones?", described, self._understand(options))

    def _understand(self, options: Sequence[Paper]) -> Callable[[str], list[str]]:
        """Tells which names an answer means: numbers of options, ranges of them, and names."""
        names = self.roadmap.names

        def understood(answer: str) -> list[str]:
            words = re.split(r"[,\s]+", answer.strip(", "))
            if any(re.fullmatch(_NUMBERS, word) for word in words):
                found = [name for word in words for name in _numbered(word, options)]
            else:
                from roadmap_cli.curriculum.several import names_in  # as above

                found = names_in(answer, names)
            for name in found:
                names.anything(name, to_write=True)
            if not found:
                raise NotFoundError("that names nothing")
            return list(dict.fromkeys(found))

        return understood

    def _being_read(self) -> list[Paper]:
        """The papers that the reader has begun, in curriculum order.

        Raises `DataFileError` if a journal is damaged: it may tell of more.
        """
        self.roadmap.ledger.insist_on_all()
        library = self.roadmap.library
        begun = sorted(self.roadmap.progress.begun, key=library.positions.__getitem__)
        return [library.shown[work] for work in begun]

    def _nothing_named(self, papers: Sequence[Paper]) -> WrongUsageError:
        if not papers:
            why, hint = "you are reading none", f"name one: {self.call} lora"
        else:
            keys = ", ".join(f"`{self.roadmap.names.short(paper)}`" for paper in papers)
            why, hint = f"you are reading {len(papers)}", f"name one: {keys}"
        return WrongUsageError(f"no paper was named, and {why}", hint=hint)


def _numbered(word: str, options: Sequence[Paper]) -> Iterator[str]:
    """The options that a number or a range of numbers means; any other word means itself."""
    numbers = re.fullmatch(_NUMBERS, word)
    if not numbers:
        yield word
        return
    first = int(numbers[1])
    last = int(numbers[2] or first)
    if not 1 <= first <= last <= len(options):
        among = f"1-{len(options)}" if len(options) > 1 else "1"
        raise NotFoundError(f"that is not one of {among}")
    yield from (paper.name for paper in options[first - 1 : last])


def _together(unclear: Sequence[RoadmapError], *, is_alone: bool) -> RoadmapError:
    """What is not clear of several names, as one error: of one, in its own words."""
    if is_alone:
        return unclear[0]
    if len(unclear) == 1:
        return NotFoundError(f"{unclear[0]}; nothing was marked", hint=unclear[0].hint)
    said = [f"{len(unclear)} names are not clear; nothing was marked", *_each(unclear)]
    return NotFoundError("\n".join(said))


def _each(unclear: Sequence[RoadmapError]) -> Iterator[str]:
    """What is not clear, name by name, in lines that are set in."""
    for problem in unclear[:_TOLD]:
        yield f"  {problem} ({problem.hint})" if problem.hint else f"  {problem}"
    if len(unclear) > _TOLD:
        yield f"  and {len(unclear) - _TOLD} more"
