"""Whole lists taken in, of whatever format: flows, for any face."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.busy import Busy, Tell, silently
from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.model import Status
from roadmap_cli.disk import probe
from roadmap_cli.errors import (
    DataFileError,
    NotFoundError,
    WrongUsageError,
)
from roadmap_cli.exchange.entries import Entry, Record, Refused
from roadmap_cli.exchange.keys import slug
from roadmap_cli.exchange.match import identities_of
from roadmap_cli.exchange.sections import INBOX
from roadmap_cli.program import elsewhere
from roadmap_cli.program.carrying import Carrying
from roadmap_cli.program.collecting import Collecting, Wishes
from roadmap_cli.program.destinations import Goes
from roadmap_cli.program.result import Result

if TYPE_CHECKING:
    from roadmap_cli.exchange.recognition import Format
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.carrying import Input
    from roadmap_cli.program.fetching import Fetching
    from roadmap_cli.rows.any_view import AnyView

MAX_BYTES = 64 * 1024 * 1024
"""Of a list: more than a hundred thousand entries of BibTeX."""
_JOURNAL = re.compile(
    rb"format\s*=\s*[\"']roadmap-(?:journal|progress)|\A\s*\[\[event\]\]\s*\w+\s*="
)
"""How a journal begins, also one that lost its head, and what `export --progress` wrote."""
_LINK = re.compile(r"(?i)https?://")
_HEAD = 400
STANDARD_INPUT = "standard input"
"""What it is called in messages."""
ZOTERO = "zotero"
"""The name of the library of the Zotero that runs; a file of that name is `./zotero`."""
_LONGEST_TITLE = 200
"""Characters of what a list calls itself."""
_TOLD = 20
"""Refusals that are told one by one."""


class Import(NamedTuple):
    """How a list is to be taken in: into which catalogue or topic, and what it marks.

    `marked_as` is a status for all that it has; `with_statuses` takes its own. `rejected` is a
    file for the entries that cannot be taken. If it `is_enriched`, services are asked for what the
    entries lack.
    """

    catalogue: str = ""
    to: str = ""
    marked_as: Status | None = None
    with_statuses: bool = False
    rejected: Path | None = None
    is_enriched: bool = False


class _Listed(NamedTuple):
    """A list that was read: what messages call it, its records, and what it calls itself."""

    name: str
    records: list[Record]
    title: str = ""


class Importing:
    """Takes lists into the catalogues of one reader."""

    def __init__(
        self,
        collecting: Collecting,
        standard_input: "Input",
        fetching: "Callable[[], Fetching]",
    ) -> None:
        self.collecting = collecting
        self._fetching = fetching
        self._standard_input = standard_input

    def take(
        self,
        name: str,
        wanted: Import,
        person: "Person",
        preview: "Callable[[AnyView], None]",
    ) -> Result:
        """Take in a list, also one behind a link or Zotero's, or the progress of a journal.

        Raises `DataFileError` for what is neither, and as `Fetching.fill`,
        `Fetching.list_at` and `Collecting.take`.
        """
        if name == ZOTERO:
            found = _Listed(ZOTERO.title(), self._of_zotero())
            return self._take_records(found, wanted, person, preview)
        if _LINK.match(name):
            return self._take_list(*self._behind(name), wanted, person, preview)
        called = STANDARD_INPUT if name == "-" else name
        carrying = Carrying(self.collecting.roadmap)
        if os.path.isdir(name):  # noqa: PTH112 - says no where it may not look
            return carrying.take_in([Path(name)], self._standard_input)
        contents = contents_of(name, self._standard_input)
        if _JOURNAL.search(contents[:_HEAD]):
            return carrying.take_in_texts([(name, contents)])
        return self._take_list(called, contents, wanted, person, preview)

    def _behind(self, url: str) -> tuple[str, bytes]:
        """Where the list behind a link stands, and its bytes.

        Raises `DataFileError` for progress, which nobody takes from somebody else unseen.
        """
        answer = self._fetching().list_at(url, MAX_BYTES)
        if _JOURNAL.search(answer.body[:_HEAD]):
            raise DataFileError(
                f"{url} is somebody's progress, and no list of papers",
                hint="if it is yours, save the file and import that",
            )
        return answer.url, answer.body

    def _take_list(
        self,
        called: str,
        contents: bytes,
        wanted: Import,
        person: "Person",
        preview: "Callable[[AnyView], None]",
    ) -> Result:
        """Take in the list that the contents are."""
        text, form = _recognised(contents, called)
        records = _records(text, form, called, self.collecting.roadmap.busy)
        title = _title(text, form) if wanted.catalogue else ""
        found = _Listed(called, records, title)
        return self._take_records(found, wanted, person, preview)

    def _of_zotero(self) -> list[Record]:
        """The items of the Zotero that runs, in each of their collections."""
        from roadmap_cli.exchange import zotero

        found = self._fetching().zotero(MAX_BYTES)
        return list(zotero.read(found.items, found.collections))

    def _take_records(
        self,
        found: _Listed,
        wanted: Import,
        person: "Person",
        preview: "Callable[[AnyView], None]",
    ) -> Result:
        """Take in the records of a list."""
        called, records = found.name, found.records
        wishes = self._wishes(wanted, found.title)
        failure = None
        if wanted.is_enriched:
            records, failure = self._fetching().fill(records, self._is_lacking)
        result = self.collecting.take(records, wishes, person, preview)
        refused = [record for record in records if isinstance(record, Refused)]
        said = [
            *self._about_untitled(records, wanted),
            *_about_statuses(records, wanted),
            *_about_refused(refused, called),
        ]
        if wanted.rejected and refused:
            said.append(self._keep(refused, wanted.rejected))
        return result._replace(remarks=(*said, *result.remarks), failure=failure)

    def _is_lacking(self, entry: Entry) -> bool:
        """Whether a service may say what an entry lacks, and nothing that is loaded is it."""
        if entry.title and ((entry.authors and entry.year) or not _is_numbered(entry)):
            return False
        library = self.collecting.roadmap.library
        return not any(map(library.papers_identified, identities_of(entry)))

    def _about_untitled(
        self, records: Sequence[Record], wanted: Import
    ) -> Iterator[str]:
        """How many entries have a number alone, of which services were not asked."""
        entries = [record for record in records if isinstance(record, Entry)]
        count = sum(not entry.title and self._is_lacking(entry) for entry in entries)
        if count and not wanted.is_enriched:
            has = "entry has" if count == 1 else "entries have"
            yield f"{count} {has} no title: --enrich asks services for it"

    def _wishes(self, wanted: Import, title: str) -> Wishes:
        """Where its entries go: a catalogue of their own, a topic, or the inbox."""
        if wanted.catalogue and wanted.to:
            raise WrongUsageError(
                "--as makes a catalogue with topics of its own; --to names one topic",
                hint="use one of the two",
            )
        if not wanted.catalogue:
            goes = self.collecting.destinations.of(wanted.to)
            return _wishes(goes, wanted)
        if slug(wanted.catalogue) != wanted.catalogue:
            raise WrongUsageError(
                f"`{wanted.catalogue}` is no id of a catalogue",
                hint=f"--as {slug(wanted.catalogue) or 'course'}",
            )
        self.collecting.editing.insist_on_own(wanted.catalogue)
        goes = Goes(wanted.catalogue, INBOX, title)
        return _wishes(goes, wanted)

    def _keep(self, refused: Sequence[Refused], path: Path) -> str:
        """Write what was refused to a file, each with the reason as a comment."""
        text = "\n".join(
            f"% line {record.line}: {record.reason}\n{record.text}\n"
            for record in refused
        )
        places = self.collecting.roadmap.places
        if not self.collecting.roadmap.ledger.is_rehearsal:
            elsewhere.write(path, text.encode(), places, _is_rejected, force=False)
        return f"what was refused is in {path}"


def _is_numbered(entry: Entry) -> bool:
    """Whether it has a number by which services know it: for a link alone nobody is asked."""
    return bool(entry.arxiv or entry.doi)


def _wishes(goes: Goes, wanted: Import) -> Wishes:
    return Wishes(
        goes,
        by_sections=bool(wanted.catalogue),
        marked_as=wanted.marked_as,
        with_statuses=wanted.with_statuses,
    )


def contents_of(name: str, standard_input: "Input") -> bytes:
    """The bytes of a file; `-` is standard input.

    Raises `NotFoundError`, and `DataFileError` for what cannot be read or is too large.
    """
    if name == "-":
        contents = standard_input(MAX_BYTES + 1)
        if len(contents) > MAX_BYTES:
            raise DataFileError(f"{STANDARD_INPUT}: too large for a list")
        return contents
    found = probe.read(Path(name), what="list", most=MAX_BYTES)
    if found is None:
        is_link = identity.named_in(name).startswith("link:")
        raise NotFoundError(
            f"{name}: there is no such file",
            hint=f"roadmap import https://{name}" if is_link else None,
        )
    return found


def read(contents: bytes, name: str, busy: Busy = silently) -> list[Record]:
    """The records of a list; raises `DataFileError` for what is none, naming it."""
    text, form = _recognised(contents, name)
    return _records(text, form, name, busy)


def _recognised(contents: bytes, name: str) -> "tuple[str, Format]":
    """The text of a list and its format; raises as `read`."""
    from roadmap_cli.exchange.decoding import decoded
    from roadmap_cli.exchange.recognition import recognised

    with _naming(name):
        text = decoded(contents).text
        return text, recognised(text, name)


def _records(text: str, form: "Format", name: str, busy: Busy) -> list[Record]:
    """The records of a text in a format; raises as `read`."""
    from roadmap_cli.exchange.recognition import reader

    with _naming(name), busy(f"reading {name}") as tell:
        return list(_told(reader(form)(text), text.count("\n") + 1, tell))


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Put the name of a list before what is wrong with it."""
    try:
        yield
    except DataFileError as problem:
        raise DataFileError(f"{name}: {problem}", hint=problem.hint) from None


def _title(text: str, form: "Format") -> str:
    """What a list calls itself, in its heading or its front matter; else nothing."""
    from roadmap_cli.exchange import fields, markdown
    from roadmap_cli.exchange.recognition import Format
    from roadmap_cli.notes import frontmatter

    if form not in {Format.MARKDOWN, Format.PLAIN}:
        return ""
    title = markdown.title(text) or frontmatter.read(text, key="").fields.get("title")
    return fields.plain(title or "")[:_LONGEST_TITLE].rstrip()


def _told(records: Iterable[Record], lines: int, tell: Tell) -> Iterator[Record]:
    """The same records; of each it is told how far down it stands."""
    for record in records:
        tell(min(record.line / lines, 1.0))
        yield record


def _is_rejected(head: bytes) -> bool:
    return head.startswith(b"% line ")


def _about_statuses(records: Sequence[Record], wanted: Import) -> Iterator[str]:
    """How many entries have a status of their own, where it is not taken."""
    count = sum(isinstance(record, Entry) and bool(record.status) for record in records)
    if count and not wanted.with_statuses:
        if count == 1:
            yield "1 entry has a status of its own: --statuses takes it"
        else:
            yield f"{count} entries have statuses of their own: --statuses takes them"


def _about_refused(refused: Sequence[Refused], name: str) -> Iterator[str]:
    """Each refusal with file, line, key and reason."""
    for record in refused[:_TOLD]:
        key = f" {record.key}:" if record.key else ""
        yield f"{name}:{record.line}:{key} {record.reason}"
    if len(refused) > _TOLD:
        yield f"and {len(refused) - _TOLD} more are refused: --rejected FILE keeps them"
