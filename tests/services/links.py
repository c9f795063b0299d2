"""The handle service of DOIs, and the Internet Archive: its availability, its index."""

import json

from services.crossref import WORKS
from services.others import DATA_CITE, OPEN_ALEX
from services.server import Asked, Reply

AVAILABLE = {"pages.example.org/closest": "20190203040506"}
"""Pages of which the archive says at once that it has a copy, and of when."""
INDEXED = {
    "pages.example.org/indexed": ("20180102030405", "http://pages.example.org/indexed")
}
"""Pages of which only its index knows a copy."""


def doi(asked: Asked) -> Reply:
    """What `/api/handles/DOI` answers: a code for what is found, and for what is not."""
    name = asked.path.removeprefix("/api/handles/").lower()
    is_known = name in {*WORKS, *DATA_CITE, *OPEN_ALEX}
    code, status = (1, 200) if is_known else (100, 404)
    return _json({"responseCode": code, "handle": name}, status)


def available(asked: Asked) -> Reply:
    """What `/wayback/available` answers; an empty object also for much that it has."""
    url = asked.query["url"]
    if url not in AVAILABLE:
        return _json({"url": url, "archived_snapshots": {}})
    moment = AVAILABLE[url]
    copy = f"http://web.archive.org/web/{moment}/http://{url}"
    closest = {"status": "200", "available": True, "url": copy, "timestamp": moment}
    return _json({"url": url, "archived_snapshots": {"closest": closest}})


def index(asked: Asked) -> Reply:
    """What `/cdx/search/cdx` answers: rows under their names, or none at all."""
    found = INDEXED.get(asked.query["url"])
    return _json([["timestamp", "original"], list(found)] if found else [])


def _json(value: object, status: int = 200) -> Reply:
    return Reply(status, json.dumps(value).encode(), "application/json")
