"""Records in JSON: an answer as an object, and what it says as an entry."""

import json
from collections.abc import Mapping
from typing import Any

from roadmap_cli.curriculum import identity
from roadmap_cli.exchange import csl
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.network.answers import Answer
from roadmap_cli.network.service import not_as_promised, record, text_of


def object_in(answer: Answer, name: str) -> dict[str, Any]:
    """The object of that name in an answer, or without a name the answer itself.

    Raises `NetworkError` where there is none.
    """
    try:
        value = json.loads(text_of(answer, "a record"))
    except (ValueError, RecursionError) as error:
        raise not_as_promised(answer, "something that is no JSON") from error
    if name:
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, dict):
        raise not_as_promised(answer, "no record")
    return value


def entry_of(item: Mapping[str, Any]) -> Entry | None:
    """The entry of a work in CSL's fields; nothing for one without a title, which says nothing.

    A link that only spells its DOI is left out.
    """
    found = next(csl.read(json.dumps(item)), None)
    if not isinstance(found, Entry) or not found.title:
        return None
    url = "" if identity.doi(found.url) else found.url
    return record(found._replace(url=url))


def texts(value: object, name: str) -> list[str]:
    """The texts of that name in a list of objects, whatever else is in it."""
    items = value if isinstance(value, list) else []
    found = (item.get(name) for item in items if isinstance(item, dict))
    return [text for text in found if isinstance(text, str) and text]
