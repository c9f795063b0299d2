"""Crossref: JSON of works, with all that publishers put into titles and leave out of dates."""

import json
from typing import Any
from urllib.parse import unquote

from services.server import Asked, Reply

WORKS: dict[str, dict[str, Any]] = {
    "10.1109/cvpr.2016.90": {
        "title": ["Deep Residual Learning for Image Recognition"],
        "author": [
            {"given": "Kaiming", "family": "He", "sequence": "first", "affiliation": []},
            {"given": "Xiangyu", "family": "Zhang"},
        ],
        "issued": {"date-parts": [[2016, 6]]},
        "created": {"date-parts": [[2016, 12, 13]]},
        "container-title": ["2016 IEEE Conference on Computer  Vision and Pattern Recognition (CVPR)"],
        "type": "proceedings-article",
        "URL": "http://dx.doi.org/10.1109/cvpr.2016.90",
    },
    "10.5555/tags": {
        "title": ["On <i>E. coli</i> &amp;amp;\n   <mml:math><mml:mi>x</mml:mi></mml:math><sub>2</sub>"],
        "author": [{"family": "Plato"}, {"name": "The Group of Seven"}, {"given": "Jo", "family": "Doe", "suffix": "Jr."}],
        "issued": {"date-parts": [[None]]},
        "published-online": {"date-parts": [[2019, 5, 1]]},
        "created": {"date-parts": [[2021, 1, 1]]},
        "container-title": ["Journal of  Things", "J. Things"],
        "type": "journal-article",
    },
    "10.5555/undated": {
        "title": ["Undated"], "author": [], "issued": {"date-parts": [[None]]},
        "created": {"date-parts": [[2020]]}, "container-title": [], "type": "book",
    },
    "10.5555/untitled": {"title": [], "issued": {"date-parts": [[2001]]}, "type": "journal-article"},
    "10.5555/preprinted": {
        "title": ["With a preprint"], "author": [{"given": "A", "family": "B"}],
        "issued": {"date-parts": [["2022"]]}, "type": "journal-article",
        "relation": {"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.2110.00001", "asserted-by": "subject"}]},
    },
    "10.1000/with,comma": {"title": ["A comma in its number"], "type": "journal-article"},
}  # fmt: skip


def play(asked: Asked) -> Reply:
    """What `/works/DOI` and `/works?filter=doi:…` answer."""
    if asked.path == "/works":
        parts = asked.query["filter"].split(",")
        wanted = [part.removeprefix("doi:") for part in parts]
        items = [work(doi) for doi in reversed(wanted) if doi in WORKS]
        rows = items[: int(asked.query.get("rows", "20"))]
        return _json({"total-results": len(items), "items": rows}, "work-list")
    doi = unquote(asked.path.removeprefix("/works/")).lower()
    if doi not in WORKS:
        return Reply(404, b"Resource not found.", "text/plain")
    return _json(work(doi), "work")


def work(doi: str) -> dict[str, Any]:
    """A work as it is answered."""
    return {
        "publisher": "A Publisher",
        **WORKS[doi],
        "DOI": doi.upper(),
        "source": "Crossref",
    }


def _json(message: dict[str, Any], kind: str) -> Reply:
    value = {
        "status": "ok",
        "message-type": kind,
        "message-version": "1.0.0",
        "message": message,
    }
    return Reply(200, json.dumps(value).encode(), "application/json")
