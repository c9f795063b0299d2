"""Rows that are about files, not about papers."""

from collections.abc import Iterable

from roadmap_cli.views.view import View

PLACE_COLUMNS = ("what", "path", "exists")


def files(found: Iterable[tuple[str, str, bool]]) -> View:
    """Where files are, as (what, path, whether it is there)."""
    rows = [
        {"what": what, "path": path, "exists": exists} for what, path, exists in found
    ]
    return View("files", rows, PLACE_COLUMNS)


def copies(
    found: Iterable[tuple[str, int | None, str, int | None, int | None]],
) -> View:
    """Copies as (name, events, path, notes, catalogues), numbers but for name and path.

    There are none where a copy is damaged, and none of events where a journal in it is.
    """
    columns = ("copy", "events", "path", "notes", "catalogues")
    rows = [dict(zip(columns, one, strict=True)) for one in found]
    return View("copies", rows, columns, if_empty="There are no copies yet.")


def findings(found: Iterable[tuple[str, str, bool, str]]) -> View:
    """What is wrong or odd, as (problem, cure, whether it is harmless, what was done)."""
    columns = ("problem", "cure", "harmless", "fixed")
    rows = [dict(zip(columns, one, strict=True)) for one in found]
    return View("findings", rows, columns, if_empty="All is well.")


def schemas(found: Iterable[tuple[str, tuple[str, ...], str]]) -> View:
    """JSON Schemas as (name, what the list in such an output may be called, what it is)."""
    rows = [
        {"schema": name, "lists": list(lists), "about": about}
        for name, lists, about in found
    ]
    return View("schemas", rows, ("schema", "lists", "about"))
