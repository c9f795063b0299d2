"""The Internet Archive: whether it has a copy of a page.

https://archive.org/help/wayback_api.php. It says of many pages that have copies that there is
none, and whether it does depends on the scheme; so its index is asked then. That neither knows
a copy does not say that there is none.
"""

import json
from typing import Any
from urllib.parse import quote

from roadmap_cli.network.answers import Answer
from roadmap_cli.network.client import Client
from roadmap_cli.network.json_records import object_in
from roadmap_cli.network.service import not_as_promised, text_of

_AVAILABLE = "https://archive.org/wayback/available?url={url}"
_INDEX = (
    "https://web.archive.org/cdx/search/cdx?url={url}&output=json&fl=timestamp,original"
    "&filter=statuscode:200&limit=-1&fastLatest=true"
)
_COPY = "https://web.archive.org/web/{moment}/{url}"
_ROW = 2


def insist_on_archive(client: Client, url: str) -> None:
    """Ask the archive for a page, whatever it knows; raises `NetworkError`."""
    client.get(_AVAILABLE.format(url=_page(url)), "application/json")


def copy_of(client: Client, url: str) -> str:
    """The address of the archive's last copy of a page; empty if none was found.

    Raises `NetworkError` where it cannot be asked.
    """
    page = _page(url)
    answer = client.get(_AVAILABLE.format(url=page), "application/json")
    return _closest(answer) or _last(client.get(_INDEX.format(url=page)))


def _page(url: str) -> str:
    """A page as the archive takes it: without its scheme, which it would tell pages apart by."""
    return quote(url.partition("://")[2], safe="/:")


def _closest(answer: Answer) -> str:
    """The copy that an answer about availability names; raises `NetworkError`."""
    if not answer.is_good:
        raise not_as_promised(answer, f"status {answer.status}")
    found: Any = object_in(answer, "")
    for name in ("archived_snapshots", "closest"):
        found = found.get(name)
        if not isinstance(found, dict):
            return ""
    address = str(found.get("url") or "")
    is_page = found.get("available") and str(found.get("status", "200")) == "200"
    scheme, mark, rest = address.partition("://")
    is_copy = rest.startswith("web.archive.org/web/") and scheme in {"http", "https"}
    return f"https{mark}{rest}" if is_page and is_copy else ""


def _last(answer: Answer) -> str:
    """The copy that a list of the index names last; raises `NetworkError` for no list."""
    if not answer.is_good:
        raise not_as_promised(answer, f"status {answer.status}")
    text = text_of(answer, "a list").strip()
    try:
        rows = json.loads(text) if text else []
    except (ValueError, RecursionError) as error:
        raise not_as_promised(answer, "something that is no JSON") from error
    rows = rows if isinstance(rows, list) else []
    copies = [row for row in rows[1:] if isinstance(row, list) and len(row) == _ROW]
    if not copies:
        return ""
    moment, original = map(str, copies[-1])
    return _COPY.format(moment=moment, url=original) if moment.isdigit() else ""
