"""Rows that are about files, not about papers."""

from collections.abc import Iterable

from roadmap_cli.rows.view import (
    CopiesView,
    FilesView,
    FindingsView,
    SchemasView,
    TakenView,
)


def files(found: Iterable[tuple[str, str, bool]]) -> FilesView:
    """Where files are, as (what, path, whether it is there)."""
    return FilesView(
        [{"what": what, "path": path, "exists": exists} for what, path, exists in found]
    )


def taken(found: Iterable[tuple[str, int]]) -> TakenView:
    """Files that were taken in, as (path, how many of its events were new)."""
    return TakenView([{"file": path, "events": events} for path, events in found])


def copies(
    found: Iterable[tuple[str, int | None, str, int | None, int | None]],
    did: str = "",
) -> CopiesView:
    """Copies as (name, events, path, notes, catalogues), numbers but for name and path.

    There are none where a copy is damaged, and none of events where a journal in it is. `did`
    says what was done with them: `restored`.
    """
    return CopiesView(
        [
            {
                "copy": name,
                "events": events,
                "path": path,
                "notes": notes,
                "catalogues": catalogues,
            }
            for name, events, path, notes, catalogues in found
        ],
        did,
    )


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
