"""What the reader wants of a suggestion."""

from collections.abc import Callable, Collection
from typing import Literal, NamedTuple

from roadmap_cli.curriculum.model import Paper, Status
from roadmap_cli.language.duration import SLIVER
from roadmap_cli.language.locales import ENGLISH
from roadmap_cli.progress.events import Progress


class Syllabus(NamedTuple):
    """The catalogue whose order is kept, with no needs but its own.

    With `prerequisites` what its papers need as other catalogues say counts too.
    """

    catalogue: str
    prerequisites: bool = False


class Goal(NamedTuple):
    """Where the reader wants to get: a paper, or all works of a topic or an area.

    `kind` says which of the three; `syllabus` is that of a place. `name` is what to type,
    `called` what to say.
    """

    name: str
    called: str
    works: Collection[str]
    kind: Literal["paper", "topic", "area", "catalogue"] = "paper"
    syllabus: Syllabus | None = None

    def with_needs(self, *, prerequisites: bool) -> "Goal":
        """The same; with `prerequisites`, what other catalogues say that it needs counts too."""
        syllabus = self.syllabus and self.syllabus._replace(prerequisites=prerequisites)
        return self._replace(syllabus=syllabus)

    def is_skipped(self, progress: Progress) -> bool:
        """Whether all of it is left out on purpose, which is not to have reached it."""
        return (
            progress.is_complete
            and bool(self.works)
            and all(progress.status(work) is Status.SKIPPED for work in self.works)
        )

    @property
    def way_back(self) -> str:
        """What to say where it is skipped."""
        return f"skipped: roadmap mark-unread {self.name} takes it back in"


class Remembered(NamedTuple):
    """The wish that was set: its query, and which papers answer that.

    Where it cannot be followed, because it names what is not loaded for instance, `problem` says
    why and everything answers.
    """

    query: str = ""
    lets_through: Callable[[Paper], bool] | None = None
    problem: str = ""


NO_WISH = Remembered()


class Wishes(NamedTuple):
    """What to suggest; empty means anything.

    `goal` and `among` (works) choose what to get at, and what that needs comes along; with both
    it is what of the way to the goal is among them. `place` is what to call those, `place_topics`
    are the full names of its topics, and `place_syllabus` says whose order they keep. `filter`,
    which is `asked` for in these words, and `within` (minutes) are about the paper that is offered
    itself. `seed` asks for a draw by lot among what can be begun. What is in none of the
    `languages`, nor in English, comes last in its topic. `reached` is the goal that was set and is
    reached: what builds on it comes first.
    What the `remembered` wish does not let through is left out as if it were skipped.
    """

    goal: Goal | None = None
    among: Collection[str] | None = None
    within: int | None = None
    seed: str | None = None
    filter: Callable[[Paper], bool] | None = None
    place: str = ""
    languages: Collection[str] = (ENGLISH,)
    place_syllabus: Syllabus | None = None
    asked: str = ""
    place_topics: Collection[str] = ()
    reached: Goal | None = None
    remembered: Remembered = NO_WISH

    @property
    def syllabus(self) -> Syllabus | None:
        """That of the goal or, without one, of the place."""
        return self.goal.syllabus if self.goal else self.place_syllabus

    def are_like(self, paper: Paper) -> bool:
        """Whether the filter lets a paper through; raises as the filter does."""
        return self.filter is None or self.filter(paper)

    def have_time_for(self, paper: Paper) -> bool:
        """Whether a paper fits in the time; one without an estimate is not claimed to."""
        return self.within is None or (
            paper.minutes is not None and paper.minutes <= self.within
        )

    @property
    def have_time_to_begin(self) -> bool:
        """Whether the time is enough to begin with what takes longer."""
        return self.within is not None and self.within >= SLIVER
