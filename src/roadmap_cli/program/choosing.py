"""Which of the catalogues that come with the program are used: told, and chosen."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from roadmap_cli.disk.places import SHIPPED, in_use, shipped
from roadmap_cli.errors import NotFoundError, WrongUsageError
from roadmap_cli.language.phrases import listed
from roadmap_cli.program.result import Result
from roadmap_cli.progress.settings import last_uses
from roadmap_cli.rows.catalogue_view import used

if TYPE_CHECKING:
    from roadmap_cli.program.ledger import Change
    from roadmap_cli.program.roadmap import Roadmap


def unused(roadmap: "Roadmap") -> Iterator[str]:
    """That shipped catalogues are not used, if that is so, and how to use them again."""
    if roadmap.places.catalogues:
        return
    names = _names_but(roadmap.used)
    if names and roadmap.places.uses:
        yield f"ROADMAP_USE leaves out {listed(names)}"
    elif names:
        is_ = "is" if len(names) == 1 else "are"
        yield f"{listed(names)} {is_} not used; roadmap use --all takes all"


def _names_but(chosen: Collection[str]) -> list[str]:
    """The shipped catalogues that are not used."""
    used = in_use(chosen)
    return [f"`{catalogue.id}`" for catalogue in SHIPPED if catalogue not in used]


class Choosing:
    """The choice of one reader among the catalogues that come with the program."""

    def __init__(self, roadmap: "Roadmap") -> None:
        self.roadmap = roadmap

    def choose(self, names: Sequence[str], *, everything: bool) -> Result:
        """Use the shipped catalogues of these ids only, or everything; without names, tell.

        It is an event of the journal, so that `undo` takes it back and the other devices
        follow. Raises `NotFoundError` for a catalogue that does not come with the program,
        `WrongUsageError` for names beside `everything`, and as `Ledger.say`.
        """
        if names and everything:
            raise WrongUsageError(
                "--all uses every catalogue that comes with roadmap",
                hint="leave out --all, or the names",
            )
        remarks: list[str] = []
        if names or everything:
            remarks = [*self._say(self._wanted(names))]
        roadmap = self.roadmap
        found = in_use(roadmap.used)
        rows = (
            (catalogue.id, catalogue.title, str(shipped(catalogue)), catalogue in found)
            for catalogue in SHIPPED
        )
        return Result(used(rows), (*remarks, *self._is_overruled()))

    def _wanted(self, names: Sequence[str]) -> list[str]:
        """These ids in the order of the catalogues; raises `NotFoundError` for another."""
        known = [catalogue.id for catalogue in SHIPPED]
        for name in names:
            if name not in known:
                raise NotFoundError(
                    f"no catalogue that comes with roadmap is called `{name}`",
                    hint=f"these come with it: {', '.join(known)}; your own are always used",
                )
        return [name for name in known if name in names]

    def _say(self, wanted: list[str]) -> Iterator[str]:
        """Write the choice, if it is another than so far; say so else."""
        ledger = self.roadmap.ledger

        def decide() -> "list[Change]":
            is_so = last_uses(ledger.settings) == tuple(wanted)
            return [] if is_so else [("", {"uses": wanted})]

        is_new = ledger.say(decide) is not None
        self.roadmap.renew()
        if not is_new:
            yield "that is so already"
        elif names := _names_but(wanted):
            yield f"the progress on papers of {listed(names)} is kept"

    def _is_overruled(self) -> Iterator[str]:
        """What keeps the choice from counting in this run."""
        places = self.roadmap.places
        if places.catalogues:
            yield "--catalogue or ROADMAP_CATALOGUE names what is used instead"
        elif places.uses:
            yield f"ROADMAP_USE says what is used: {', '.join(places.uses)}"
