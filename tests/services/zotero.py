"""Zotero's local API, as a running Zotero answers: a library of collections, page by page."""

import json
from typing import Any

from services.server import Asked, Play, Reply

HOST = "127.0.0.1:23119"
TOP = "READING1"
INNER = "READING2"
COLLECTIONS = [
    {"key": INNER, "data": {"key": INNER, "name": "Adapters", "parentCollection": TOP}},
    {"key": TOP, "data": {"key": TOP, "name": "Reading", "parentCollection": False}},
]
LORA = {
    "itemType": "preprint",
    "title": "LoRA: Low-Rank Adaptation of Large Language Models",
    "creators": [{"creatorType": "author", "firstName": "Edward J.", "lastName": "Hu"}],
    "date": "2021",
    "repository": "arXiv",
    "archiveID": "arXiv:2106.09685",
    "extra": "Read_Status: Read\nRead_Status_Date: 2025-12-01T08:00:00.000Z",
    "collections": [INNER],
}


def item(number: int, **fields: Any) -> dict[str, Any]:
    """An item of the library, an article unless it is said otherwise."""
    data = {
        "key": f"ITEM{number:04}",
        "itemType": "journalArticle",
        "title": f"Article {number} of a library",
        "creators": [{"creatorType": "author", "name": "A group of people"}],
        "date": "2020-05-01",
        "DOI": f"10.5555/zotero.{number}",
        "collections": [],
        "tags": [],
    }
    data |= fields
    return {"key": data["key"], "version": number, "data": data}


ITEMS = [
    item(0, **LORA),
    item(1, collections=[TOP, INNER]),
    item(2, itemType="attachment", title="Full Text PDF"),
    *(item(number) for number in range(3, 230)),
]


def library(items: list[dict[str, Any]], version: str = "7") -> Play:
    """What Zotero answers whose library has these items."""

    def play(asked: Asked) -> Reply:
        lists = {
            "/api/users/0/items/top": items,
            "/api/users/0/collections": COLLECTIONS,
        }
        found = lists.get(asked.path)
        if found is None:
            return Reply(404, b"No endpoint found", "text/plain")
        start, limit = int(asked.query["start"]), int(asked.query["limit"])
        headers = {"Total-Results": str(len(found)), "Last-Modified-Version": version}
        body = json.dumps(found[start : start + limit], indent=4).encode()
        return Reply(200, body, "application/json", headers)

    return play


play = library(ITEMS)
