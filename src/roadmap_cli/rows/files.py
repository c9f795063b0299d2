"""Rows that are about files, not about papers."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from roadmap_cli.progress.clocks import local, stamp
from roadmap_cli.rows.view import (
    CopiesView,
    FilesView,
    FindingsView,
    SchemasView,
    TakenView,
)

if TYPE_CHECKING:
    from roadmap_cli.rows.file_types import CopyRow, Reason


def files(found: Iterable[tuple[str, str, bool]]) -> FilesView:
    """Where files are, as (what, path, whether it is there)."""
    return FilesView(
        [{"what": what, "path": path, "exists": exists} for what, path, exists in found]
    )


def taken(found: Iterable[tuple[str, int]]) -> TakenView:
    """Files that were taken in, as (path, how many of its events were new)."""
    return TakenView([{"file": path, "events": events} for path, events in found])


class Kept(Protocol):
    """A copy as `journal.backups` knows it: no number is known of what is damaged."""

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> object: ...
    @property
    def made(self) -> datetime: ...
    @property
    def events(self) -> int | None: ...
    @property
    def notes(self) -> int | None: ...
    @property
    def catalogues(self) -> int | None: ...
    @property
    def why(self) -> "Reason": ...
    @property
    def size(self) -> int | None: ...


def copies(found: Iterable[Kept], did: str = "") -> CopiesView:
    """Copies; `did` says what was done with them: `restored`."""
    kept = list(found)
    rows: list[CopyRow] = [
        {
            "copy": copy.name,
            "events": copy.events,
            "path": str(copy.path),
            "notes": copy.notes,
            "catalogues": copy.catalogues,
            "made": stamp(copy.made),
            "why": copy.why,
            "bytes": copy.size,
        }
        for copy in kept
    ]
    return CopiesView(rows, [local(copy.made) for copy in kept], did)


def findings(found: Iterable[tuple[str, str, bool, str]]) -> FindingsView:
    """What is wrong or odd, as (problem, cure, whether it is harmless, what was done)."""
    return FindingsView(
        [
            {"problem": problem, "cure": cure, "harmless": harmless, "fixed": fixed}
            for problem, cure, harmless, fixed in found
        ]
    )


def schemas(found: Iterable[tuple[str, tuple[str, ...], str]]) -> SchemasView:
    """JSON Schemas as (name, what the list in such an output may be called, what it is)."""
    return SchemasView(
        [
            {"schema": name, "lists": list(lists), "about": about}
            for name, lists, about in found
        ]
    )
