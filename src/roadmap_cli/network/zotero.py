"""The library of a Zotero that runs on this machine, by its local API.

It answers as the web API does, to programs of this machine alone, once that is allowed in Zotero's
settings: https://www.zotero.org/support/dev/web_api/v3/basics. `Total-Results` is how many items
there are in all; `Last-Modified-Version` changes with the library.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from roadmap_cli.errors import (
    DataFileError,
    NetworkError,
    NotWelcomeError,
    UnreachableError,
    UselessAnswerError,
)
from roadmap_cli.network.answers import Answer, insist_on_answer
from roadmap_cli.network.client import Client, Reply, Request

PAGE = 100
"""Items of one request."""
_LIBRARY = "http://127.0.0.1:23119/api/users/0"
_WAY = (
    "start Zotero 7 or later, and in its settings under Advanced allow other applications on"
    " this computer to communicate with it"
)
_SWITCHED_OFF, _NO_SUCH_ADDRESS = 403, 404
_MOST_PAGE = 50_000_000
"""Bytes of a page: abstracts, and tags by the hundred."""


class Found(NamedTuple):
    """A library: its items as a JSON list of one a line, and its collections.

    Each collection is known by its key, and has the titles of those that it is in, the outermost
    first, and its own.
    """

    items: str
    collections: Mapping[str, tuple[str, ...]]


class _Page(NamedTuple):
    """Some objects of a list, how many it has in all, and of which version of the library."""

    objects: list[Any]
    total: int
    version: str


def fetched(client: Client, most: int) -> Found:
    """The library of the Zotero that runs, of at most so many bytes.

    Raises `NetworkError` where none runs, where it lets nobody in, or where the library changes
    meanwhile; `DataFileError` where it is too large.
    """
    collections = _paths(_all(client, "collections", most))
    items = _all(client, "items/top", most)
    lines = (json.dumps(item, ensure_ascii=False) for item in items)
    return Found("[" + ",\n".join(lines) + "]", collections)


def _all(client: Client, what: str, most: int) -> list[Any]:
    """All objects of a list of the library, page by page."""
    objects: list[Any] = []
    size, version = 0, ""
    while True:
        page, length = _page(client, what, len(objects))
        size += length
        if size > most:
            raise DataFileError(
                "the library of Zotero is too large to be taken in at once",
                hint="export a collection from Zotero, and import that file",
            )
        if objects and page.version != version:
            raise NetworkError(
                "the library of Zotero changed while it was read",
                hint="import it again when Zotero has finished",
            )
        version = page.version
        objects += page.objects
        if not page.objects or len(objects) >= page.total:
            return objects


def _page(client: Client, what: str, start: int) -> tuple[_Page, int]:
    """A page of a list from its object number `start` on, and its length in bytes."""
    asked = urlencode({"format": "json", "limit": PAGE, "start": start})
    request = Request(
        f"{_LIBRARY}/{what}?{asked}",
        "application/json",
        most=_MOST_PAGE,
        tries=1,
        work=f"asking Zotero for its {what.partition('/')[0]} from {start + 1} on",
    )
    try:
        headers, answer = client.ask(lambda: request, _with_headers)
    except UnreachableError as problem:
        raise UnreachableError(
            "Zotero does not run here, or listens to no other program", hint=_WAY
        ) from problem
    if answer.status in {_SWITCHED_OFF, _NO_SUCH_ADDRESS}:
        raise NotWelcomeError("Zotero lets no other program read it", hint=_WAY)
    insist_on_answer(answer)
    objects = _objects(answer)
    total = headers.get("total-results", "")
    number = int(total) if total.isascii() and total.isdigit() else start + len(objects)
    version = headers.get("last-modified-version", "")
    return _Page(objects, number, version), len(answer.body)


def _with_headers(reply: Reply) -> tuple[Mapping[str, str], Answer]:
    return reply.headers, reply.whole()


def _objects(answer: Answer) -> list[Any]:
    """The list that an answer is; raises `UselessAnswerError` for anything else."""
    try:
        found = json.loads(answer.body) if answer.is_good else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise UselessAnswerError(
            "something else than Zotero answers in its place", hint=_WAY
        )
    return found


def _paths(collections: list[Any]) -> Mapping[str, tuple[str, ...]]:
    """The titles of each collection and of those that it is in, by its key."""
    known = dict(_collections(collections))
    return {key: _path(known, key) for key in known}


def _collections(objects: list[Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The key of each collection, with its title and the key of the one that it is in."""
    for found in objects:
        data = found.get("data") if isinstance(found, dict) else None
        if isinstance(data, dict):
            name, parent = data.get("name"), data.get("parentCollection")
            key = str(data.get("key") or found.get("key") or "")
            yield key, (str(name or key), str(parent or ""))


def _path(known: Mapping[str, tuple[str, str]], key: str) -> tuple[str, ...]:
    titles: list[str] = []
    seen: set[str] = set()
    while key in known and key not in seen:  # in a circle it would not end
        seen.add(key)
        title, key = known[key]
        titles.insert(0, title)
    return tuple(titles)
