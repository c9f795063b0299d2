"""Papers added one by one: by a number, a link, a name, or a record typed."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.model import Kind, Level, Link, Paper, Status
from roadmap_cli.errors import (
    NotFoundError,
    RefusedError,
    RoadmapError,
    WrongUsageError,
)
from roadmap_cli.exchange.entries import Entry, Record
from roadmap_cli.program.collecting import Collecting, Wishes
from roadmap_cli.program.destinations import Goes
from roadmap_cli.program.importing import STANDARD_INPUT, contents_of, read
from roadmap_cli.program.result import Result

if TYPE_CHECKING:
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.carrying import Input
    from roadmap_cli.program.fetching import Fetching
    from roadmap_cli.rows.any_view import AnyView

UNASKED = 20
"""New papers up to which nobody is asked whether to add them."""


class Given(NamedTuple):
    """What the reader says of a paper that is added; empty is not said."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    kind: Kind | None = None
    minutes: int | None = None
    level: Level | None = None
    requires: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()

    def said_of(self, entry: Entry) -> Entry:
        """The entry with what the reader says of it."""
        said = {name: value for name, value in self._asdict().items() if value}
        return entry._replace(**said)


class Add(NamedTuple):
    """Where papers are to go, as `--to` says it, and what else is to be written of them.

    With `is_refresh` papers that are there are brought up to date, and nothing else is said.
    """

    to: str = ""
    status: Status | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    is_offline: bool = False
    is_refresh: bool = False


class Adding:
    """Adds papers to the catalogues of one reader."""

    def __init__(
        self,
        collecting: Collecting,
        standard_input: "Input",
        preview: "Callable[[AnyView], None]",
        fetching: "Callable[[], Fetching]",
    ) -> None:
        self._preview = preview
        self._fetching = fetching
        self.collecting = collecting
        self.roadmap = collecting.roadmap
        self._standard_input = standard_input

    def add(
        self,
        words: Sequence[str],
        given: Given,
        wanted: Add,
        person: "Person",
    ) -> Result:
        """Add what the words name.

        Services are asked for what has no title, unless it is loaded. Raises `WrongUsageError`
        where more than one paper is to get the same title, `NotFoundError` for what is neither a
        number nor a link nor a name, `RefusedError` for one that no service knows, and as
        `Fetching.fill` and `Collecting.take`.
        """
        if wanted.is_refresh:
            return self._refresh(words, given, wanted, person)
        records = [record for word in words for record in self._named(word)]
        records = records if words else [Entry(0)]
        if given != Given() and len(records) > 1:
            raise WrongUsageError(
                "what is said of a paper needs one paper", hint="add them one by one"
            )
        if wanted.note:
            _insist_on_text(wanted.note)
        goes = self.collecting.destinations.of(wanted.to)
        given = given._replace(
            requires=self._called(given.requires, goes),
            helps=self._called(given.helps, goes),
        )
        records = [
            given.said_of(record) if isinstance(record, Entry) else record
            for record in records
        ]
        known, failure = self._completed(records, is_offline=wanted.is_offline)
        wishes = _wishes(goes, wanted)
        result = self.collecting.take(known, wishes, person, self._preview)
        return result._replace(failure=failure)

    def _refresh(
        self, words: Sequence[str], given: Given, wanted: Add, person: "Person"
    ) -> Result:
        """What services say now; raises `WrongUsageError` beside what else adds a paper."""
        from roadmap_cli.program.refreshing import Refreshing  # most calls do without

        if given != Given() or wanted != Add(is_refresh=True):
            raise WrongUsageError(
                "--refresh asks what services say, and takes nothing else",
                hint="roadmap add --refresh NAME; roadmap edit NAME for the rest",
            )
        refreshing = Refreshing(self.roadmap, self._fetching, self._preview)
        return refreshing.refresh(words, person)

    def _called(self, names: Sequence[str], goes: Goes) -> tuple[str, ...]:
        """What papers are called in the catalogue that refers to them."""
        papers = [self.roadmap.names.paper(name, to_write=True) for name in names]
        return tuple(
            paper.key if paper.catalogue == goes.catalogue else paper.name
            for paper in papers
        )

    def _named(self, word: str) -> Iterator[Record]:
        """The entries that a word names."""
        if word == "-":
            contents = contents_of(word, self._standard_input)
            yield from read(contents, STANDARD_INPUT)
        elif "\n" in word or word.lstrip().startswith(("@", "{", "[", "TY  -")):
            yield from read(word.encode(), "what was typed")
        elif named := identity.named_in(word):
            yield _identified(named, word)
        else:
            yield _as_entry(self._paper(word))

    def _paper(self, name: str) -> Paper:
        try:
            return self.roadmap.names.paper(name, to_write=True)
        except NotFoundError as problem:
            raise NotFoundError(
                f"`{name}` is no arXiv id, DOI or link, and no paper is called so",
                hint=f'to add what has neither: roadmap add --title "{name}"',
            ) from problem

    def _completed(
        self, records: Sequence[Record], *, is_offline: bool
    ) -> tuple[list[Record], RoadmapError | None]:
        """The records with titles: their own, or what services say, or offline their numbers.

        With them comes why some could not be asked for.
        """
        if is_offline:
            return [self._or_stub(record) for record in records], None
        if not any(map(self._is_unknown, records)):
            return list(records), None
        known, failure = self._fetching().fill(records, self._lacks_title)
        for record in known:
            if self._is_unknown(record):
                raise RefusedError(
                    f"no service that was asked knows {_called(record)}",
                    hint='say what it is with --title "…", or add it as it is with --offline',
                )
        return known, failure

    def _or_stub(self, record: Record) -> Record:
        """The record, or a stub of one of which nothing but its number is known."""
        if not self._is_unknown(record):
            return record
        return record._replace(title=_called(record))

    def _is_unknown(self, record: Record) -> TypeGuard[Entry]:
        return isinstance(record, Entry) and self._lacks_title(record)

    def _lacks_title(self, entry: Entry) -> bool:
        """Whether neither the entry nor what is loaded says what it is called.

        Raises `WrongUsageError` for one that names nothing.
        """
        if entry.title:
            return False
        named = identity.by_field(arxiv=entry.arxiv, doi=entry.doi, url=entry.url)
        if not named:
            raise WrongUsageError(
                "nothing was named to add",
                hint='roadmap add 1706.03762, or --title "…"',
            )
        library = self.roadmap.library
        return not any(library.papers_identified(each) for each in named.values())


def _wishes(goes: Goes, wanted: Add) -> Wishes:
    return Wishes(
        goes,
        marked_as=wanted.status,
        note=wanted.note,
        tags=wanted.tags,
        lists_known=bool(wanted.to),
        unasked=UNASKED,
    )


def _insist_on_text(note: str) -> None:
    """Raise `WrongUsageError` for a note that a catalogue cannot hold."""
    from roadmap_cli.catalogues.check import wrong_in_paper

    if wrong := wrong_in_paper({"title": "-", "note": note}):
        raise WrongUsageError(wrong)


def _called(entry: Entry) -> str:
    """What an entry without a title is called: its number or link."""
    return identity.stand_in(arxiv=entry.arxiv, doi=entry.doi, url=entry.url)


def _identified(named: str, word: str) -> Entry:
    kind, _, number = named.partition(":")
    if kind == "link":
        word = word.strip(identity.AROUND)
        url = word if "://" in word else f"https://{word}"
        return Entry(0, url=url, links=(Link("", url),))
    return Entry(0, arxiv=number) if kind == "arxiv" else Entry(0, doi=number)


def _as_entry(paper: Paper) -> Entry:
    """A paper that is loaded, as something to be found again by what identifies it."""
    return Entry(
        0, paper.title, url=paper.url, arxiv=paper.arxiv, doi=paper.doi, year=paper.year
    )
