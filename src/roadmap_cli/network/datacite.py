"""DataCite: works whose DOIs are not Crossref's, such as data sets and software.

https://support.datacite.org/docs/api-get-doi.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from roadmap_cli.network.client import Client
from roadmap_cli.network.json_records import entry_of, object_in, texts
from roadmap_cli.network.service import Found, Service, not_as_promised

_ADDRESS = "https://api.datacite.org/dois/"
_NOT_FOUND = 404
_CREATOR = {"givenName": "given", "familyName": "family"}


def ask(client: Client, dois: Sequence[str]) -> Iterator[Found]:
    """What DataCite knows of DOIs, one by one; raises `NetworkError`."""
    for doi in dois:
        answer = client.get(_ADDRESS + quote(doi, safe=""), "application/vnd.api+json")
        if answer.status == _NOT_FOUND and not answer.is_page:
            yield Found({}, frozenset([doi]))
            continue
        if not answer.is_good:
            raise not_as_promised(answer, f"status {answer.status}")
        attributes = object_in(answer, "data").get("attributes")
        entry = entry_of(_as_csl(attributes)) if isinstance(attributes, dict) else None
        yield Found({doi: entry._replace(doi=doi)} if entry else {})


def _as_csl(attributes: dict[str, Any]) -> dict[str, Any]:
    creators = attributes.get("creators")
    types = attributes.get("types")
    kind = types.get("resourceTypeGeneral") if isinstance(types, dict) else ""
    publisher = attributes.get("publisher")
    return {
        "title": next(iter(texts(attributes.get("titles"), "title")), ""),
        "author": [
            _author(creator)
            for creator in (creators if isinstance(creators, list) else [])
            if isinstance(creator, dict)
        ],
        "issued": {"raw": str(attributes.get("publicationYear") or "")},
        "publisher": publisher.get("name")
        if isinstance(publisher, dict)
        else publisher,
        "type": kind,
        "DOI": attributes.get("doi"),
        "URL": attributes.get("url"),
    }


def _author(creator: dict[str, Any]) -> dict[str, Any]:
    parts = {ours: creator.get(theirs) for theirs, ours in _CREATOR.items()}
    if parts["family"]:
        return parts
    if creator.get("nameType") == "Organizational":
        return {"literal": creator.get("name")}
    return {"name": creator.get("name")}


SERVICE = Service("DataCite", ask)
