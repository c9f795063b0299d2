"""Papers of own lists brought up to date with what services say of them now."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap_cli.curriculum.identity import is_stand_in
from roadmap_cli.curriculum.model import Kind, Paper
from roadmap_cli.errors import RefusedError, WrongUsageError
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.match import fields_of
from roadmap_cli.language.phrases import counted, listed
from roadmap_cli.program.editing import Editing
from roadmap_cli.program.result import Result
from roadmap_cli.program.sources import SERVED, Sources, as_text, entry_of
from roadmap_cli.rows.sourced_view import RefreshedView

if TYPE_CHECKING:
    from roadmap_cli.catalogues.editing import Draft
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.fetching import Enriched, Fetching
    from roadmap_cli.program.ledger import Change
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.any_view import AnyView
    from roadmap_cli.rows.sourced_types import RefreshRow

_NUMBERS = ("arxiv", "doi")
"""Fields that are filled where they are empty, and never replaced: they say which work it is."""


class _Difference(NamedTuple):
    """A field of a paper, what the list says in it, what a service says, and why that stays."""

    paper: Paper
    field: str
    was: Any
    now: Any
    source: str
    why: str


class Refreshing:
    """Brings papers of one reader's own lists up to date."""

    def __init__(
        self,
        roadmap: "Roadmap",
        fetching: "Callable[[], Fetching]",
        preview: "Callable[[AnyView], None]",
    ) -> None:
        self.roadmap = roadmap
        self.editing = Editing(roadmap.places, roadmap.ledger)
        self._sources = Sources(roadmap.places.cache, roadmap.now)
        self._fetching, self._preview = fetching, preview

    def refresh(self, names: Sequence[str], person: "Person") -> Result:
        """Ask services anew for papers, and write what they changed, after one question.

        A value that no service ever gave is the reader's: it is shown and stays. Raises
        `WrongUsageError` without a name, `RefusedError` for a paper that services cannot know,
        `NetworkError` where none could be asked for, and as `Names.paper` and `Editing.change`.
        """
        papers = list(self._papers(names))
        entries = [
            Entry(0, arxiv=paper.arxiv, doi=paper.doi, url=paper.url)
            for paper in papers
        ]
        answers = self._fetching().enrich(entries, is_anew=True)
        is_asked = any(enriched.is_whole for enriched in answers.entries)
        failure = answers.failure(is_left=is_asked)
        if failure and not is_asked:
            raise failure
        compared = [
            (paper, enriched, list(self._differences(paper, enriched)))
            for paper, enriched in zip(papers, answers.entries, strict=True)
        ]
        short = self.roadmap.names.short
        rows = [row for each in compared for row in _rows(short(each[0]), *each)]
        doubts = (
            f"{short(paper)}: {doubt}"
            for paper, enriched, _ in compared
            for doubt in enriched.entry.doubts
        )
        view = RefreshedView(rows)
        shown = self._write([found for *_, found in compared], view, person)
        return Result(view, tuple(doubts), is_idle=shown, failure=failure)

    def _papers(self, names: Sequence[str]) -> Iterator[Paper]:
        """The entries of own lists for what is named, else the paper itself; each once."""
        if not names:
            raise WrongUsageError(
                "no paper is named to refresh", hint="roadmap add --refresh NAME"
            )
        library = self.roadmap.library
        told = set[str]()
        for name in names:
            paper = self.roadmap.names.paper(name, to_write=True)
            entries = library.entries[library.work[paper.name]]
            own = [entry for entry in entries if self.editing.is_own(entry.catalogue)]
            for entry in own or [paper]:
                if not entry.identities:
                    raise RefusedError(
                        f"{entry.name} has no arXiv id, DOI or link to ask for",
                        hint=f"roadmap edit {name} gives it one",
                    )
                if entry.name not in told:
                    told.add(entry.name)
                    yield entry

    def _write(
        self,
        found: Iterable[Sequence[_Difference]],
        view: RefreshedView,
        person: "Person",
    ) -> bool:
        """Write what is to be replaced, once the reader agrees; whether they were shown it."""
        written: dict[str, list[_Difference]] = {}
        for difference in (each for differences in found for each in differences):
            if not difference.why:
                written.setdefault(difference.paper.catalogue, []).append(difference)
        if not written:
            return False
        if shown := person.dialogue is not None:
            self._preview(view)
        count = counted(sum(map(len, written.values())), "field")
        person.agree(f"change {count} in {listed([*written])}")
        for catalogue, differences in written.items():
            self.editing.change(catalogue, "refresh", _writing(differences))
        return shown

    def _differences(self, paper: Paper, enriched: "Enriched") -> Iterator[_Difference]:
        """The fields of which services say something else than the paper has."""
        if not enriched.is_whole or not enriched.entry.title:
            return
        now, was = fields_of(enriched.entry), fields_of(entry_of(paper))
        given = self._sources.values(paper)
        for field, source in enriched.sources.items():
            old, new = was.get(field), now.get(field)
            if field in SERVED and new and as_text(old) != as_text(new):
                why = self._why_kept(paper, field, old, given.get(field, ()))
                yield _Difference(paper, field, old, new, source, why)

    def _why_kept(
        self, paper: Paper, field: str, value: object, given: Container[str]
    ) -> str:
        """Why a field keeps its value; nothing if it does not."""
        if not self.editing.is_own(paper.catalogue):
            return f"{paper.catalogue} is not yours to write"
        if field in _NUMBERS and value:
            return "a number says which work it is"
        if not _is_empty(field, value) and as_text(value) not in given:
            return "no service gave the value that your list has: it is yours"
        return ""


def _is_empty(field: str, value: object) -> bool:
    """Whether a list says nothing in a field, but what stands for that."""
    if field == "kind":
        return value == Kind.PAPER
    return not value or (field == "title" and is_stand_in(str(value)))


def _writing(
    differences: Sequence[_Difference],
) -> "Callable[[Draft], Sequence[Change]]":
    """What writes new values, where the file still says what was seen."""

    def edit(draft: "Draft") -> Sequence["Change"]:
        for difference in differences:
            key = difference.paper.key
            there = (
                draft.paper(key).get(difference.field) if key in draft.keys else None
            )
            if key in draft.keys and as_text(there) in {"", as_text(difference.was)}:
                draft.set_fields(key, {difference.field: difference.now})
        return []

    return edit


def _rows(
    key: str, paper: Paper, enriched: "Enriched", found: Sequence[_Difference]
) -> "Iterator[RefreshRow]":
    row: RefreshRow = {
        "action": "same",
        "key": key,
        "title": paper.title,
        "catalogue": paper.catalogue,
        "field": "",
        "was": "",
        "now": "",
        "source": "",
        "why": "",
    }
    if not enriched.is_whole:
        yield {**row, "action": "left", "why": "services could not be asked for it"}
    elif not enriched.entry.title:
        yield {**row, "action": "unknown"}
    elif not found:
        yield row
    for difference in found:
        yield {
            **row,
            "action": "kept" if difference.why else "changed",
            "field": difference.field,
            "was": as_text(difference.was),
            "now": as_text(difference.now),
            "source": difference.source,
            "why": difference.why,
        }
