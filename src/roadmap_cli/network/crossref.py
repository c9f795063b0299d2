"""Crossref: what publishers say of works by their DOIs.

https://api.crossref.org/swagger-ui/index.html. Fifty DOIs are asked for in one request; the
order of the answer is not that of the question.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from roadmap_cli.curriculum import identity
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.network.client import Client
from roadmap_cli.network.json_records import entry_of, object_in
from roadmap_cli.network.service import Found, Service, not_as_promised

BATCH = 50
_ADDRESS = "https://api.crossref.org/works"
_NOT_FOUND = 404


def ask(client: Client, dois: Sequence[str]) -> Iterator[Found]:
    """What Crossref knows of DOIs; raises `NetworkError`."""
    alone = [doi for doi in dois if "," in doi]  # which parts the values of a filter
    together = [doi for doi in dois if "," not in doi]
    if len(together) == 1:
        alone, together = [*alone, *together], []
    for start in range(0, len(together), BATCH):
        yield _batch(client, together[start : start + BATCH])
    for doi in alone:
        yield _single(client, doi)


def _batch(client: Client, dois: Sequence[str]) -> Found:
    asked = {"filter": ",".join(f"doi:{doi}" for doi in dois), "rows": str(len(dois))}
    answer = client.get(_address("", client, asked), "application/json")
    message = object_in(answer, "message")
    items = message.get("items")
    if not answer.is_good or not isinstance(items, list):
        raise not_as_promised(answer, "no list of works")
    records = {entry.doi: entry for item in items if (entry := _entry(item))}
    known = {doi: records[doi] for doi in dois if doi in records}
    total = message.get("total-results")
    is_sure = isinstance(total, int) and total <= len(items)
    return Found(known, frozenset(dois).difference(known) if is_sure else frozenset())


def _single(client: Client, doi: str) -> Found:
    address = _address(f"/{quote(doi, safe='')}", client, {})
    answer = client.get(address, "application/json")
    if answer.status == _NOT_FOUND and not answer.is_page:
        return Found({}, frozenset([doi]))
    if not answer.is_good:
        raise not_as_promised(answer, f"status {answer.status}")
    entry = _entry(object_in(answer, "message"))
    return Found({doi: entry}) if entry else Found({})


def _address(path: str, client: Client, asked: dict[str, str]) -> str:
    asked |= {"mailto": client.mailto} if client.mailto else {}
    return f"{_ADDRESS}{path}?{urlencode(asked)}" if asked else _ADDRESS + path


def _entry(item: Any) -> Entry | None:  # noqa: ANN401 - whatever JSON holds
    """The entry of a work; nothing for one without a title, which says nothing."""
    if not isinstance(item, dict):
        return None
    found = entry_of(item)
    return found and found._replace(arxiv=found.arxiv or _preprint(item))


def _preprint(item: dict[str, Any]) -> str:
    """The arXiv id of the preprint that a work names as its own."""
    relations = item.get("relation")
    named = relations.get("has-preprint") if isinstance(relations, dict) else None
    for other in named if isinstance(named, list) else []:
        if isinstance(other, dict) and (
            number := identity.arxiv_id(str(other.get("id", "")))
        ):
            return number
    return ""


SERVICE = Service("Crossref", ask, BATCH)
