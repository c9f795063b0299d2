"""OpenAlex: works that neither Crossref nor DataCite know; single works are free there.

https://developers.openalex.org. Its names of people are its own, so it is asked last.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from roadmap_cli.network.client import Client
from roadmap_cli.network.json_records import entry_of, object_in
from roadmap_cli.network.service import Found, Service, not_as_promised

_ADDRESS = "https://api.openalex.org/works/doi:{doi}?select={fields}"
_FIELDS = "id,doi,title,publication_year,type,authorships,primary_location"
_NOT_FOUND = 404


def ask(client: Client, dois: Sequence[str]) -> Iterator[Found]:
    """What OpenAlex knows of DOIs, one by one; raises `NetworkError`."""
    for doi in dois:
        address = _ADDRESS.format(doi=quote(doi, safe="/"), fields=_FIELDS)
        answer = client.get(address, "application/json")
        if answer.status == _NOT_FOUND:
            yield Found({}, frozenset([doi]))
            continue
        if not answer.is_good:
            raise not_as_promised(answer, f"status {answer.status}")
        entry = entry_of(_as_csl(object_in(answer, "")))
        yield Found({doi: entry._replace(doi=doi, url="")} if entry else {})


def _as_csl(work: dict[str, Any]) -> dict[str, Any]:
    authorships = work.get("authorships")
    people = [
        inner
        for authorship in (authorships if isinstance(authorships, list) else [])
        if isinstance(authorship, dict)
        and isinstance(inner := authorship.get("author"), dict)
    ]
    location = work.get("primary_location")
    source = location.get("source") if isinstance(location, dict) else None
    venue = source.get("display_name") if isinstance(source, dict) else ""
    return {
        "title": work.get("title"),
        "author": [{"name": person.get("display_name")} for person in people],
        "issued": {"raw": str(work.get("publication_year") or "")},
        "container-title": venue,
        "type": work.get("type"),
        "DOI": work.get("doi"),
    }


SERVICE = Service("OpenAlex", ask)
