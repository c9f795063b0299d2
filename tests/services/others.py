"""DataCite, OpenAlex, the ACL Anthology, and a few pages of the web."""

import json
from typing import Any
from urllib.parse import unquote

from services.server import Asked, Reply

DATA_CITE: dict[str, dict[str, Any]] = {
    "10.5281/zenodo.1": {
        "doi": "10.5281/ZENODO.1",
        "titles": [{"lang": "en", "title": "A data set of <i>things</i>"}, {"title": "Dinge", "titleType": "TranslatedTitle"}],
        "creators": [
            {"name": "Doe, Jane", "nameType": "Personal", "givenName": "Jane", "familyName": "Doe"},
            {"name": "The Lab, Inc.", "nameType": "Organizational"},
            {"name": "Roe, Rick", "nameType": "Personal"},
        ],
        "publicationYear": "2021",
        "publisher": "Zenodo",
        "types": {"resourceTypeGeneral": "Dataset"},
        "url": "https://zenodo.org/record/1",
        "registered": "2023-01-01T00:00:00Z",
    },
    "10.5281/untitled": {"doi": "10.5281/untitled", "titles": [], "creators": None, "publicationYear": None},
}  # fmt: skip
OPEN_ALEX: dict[str, dict[str, Any]] = {
    "10.5555/only-there": {
        "id": "https://openalex.org/W1",
        "doi": "https://doi.org/10.5555/only-there",
        "title": "Only there",
        "publication_year": 1998,
        "type": "article",
        "authorships": [{"author": {"id": "https://openalex.org/A1", "display_name": "Ann Other"}}, {"author": None}],
        "primary_location": {"landing_page_url": "https://x.example.org/", "source": {"display_name": "A Journal"}},
    },
}  # fmt: skip
BIB = """@inproceedings{doe-etal-2019-thing,
    title = "{THING}: A Thing for {NLP}",
    author = "Doe, Jane  and
      M{\\"u}ller, Max",
    booktitle = "Proceedings of Things",
    year = "2019",
    url = "https://aclanthology.org/N19-9999/",
    doi = "10.18653/v1/N19-9999",
}
"""
PAGES = {
    "/tags": """<!DOCTYPE html><html><head><title>Venue | Something else</title>
        <meta name="citation_title" content="A paper &amp; its tags">
        <meta name="citation_author" content="Doe, Jane"><meta NAME="Citation_Author" content="Max Muster">
        <meta name="citation_publication_date" content="2020/12/06">
        <meta name="citation_conference_title" content="A Conference">
        <meta name="citation_doi" content="10.5555/of-a-page"></head><body>…""",
    "/title": "<html><head><title>\n A plain   page &mdash; of somebody </title></head>",
    "/untitled": "<html><body>Nothing</body></html>",
}


def data_cite(asked: Asked) -> Reply:
    """What `/dois/DOI` answers."""
    found = DATA_CITE.get(unquote(asked.path.removeprefix("/dois/")))
    if found is None:
        missing = {
            "errors": [
                {
                    "status": "404",
                    "title": "The resource you are looking for doesn't exist.",
                }
            ]
        }
        return _json(missing, 404)
    return _json({"data": {"id": found["doi"], "type": "dois", "attributes": found}})


def open_alex(asked: Asked) -> Reply:
    """What `/works/doi:DOI` answers; 404 is a page."""
    found = OPEN_ALEX.get(unquote(asked.path.removeprefix("/works/doi:")))
    return (
        Reply(404, b"<!doctype html><title>404 Not Found</title>")
        if found is None
        else _json(found)
    )


def anthology(asked: Asked) -> Reply:
    """What `/ID.bib` answers."""
    if asked.path == "/N19-9999.bib":
        return Reply(200, BIB.encode(), "application/x-bibtex")
    return Reply(404, b"<!DOCTYPE html><title>404</title>")


def page(asked: Asked) -> Reply:
    """A page of the web."""
    found = PAGES.get(asked.path)
    return Reply(404 if found is None else 200, (found or "<html>gone</html>").encode())


def _json(value: dict[str, Any], status: int = 200) -> Reply:
    return Reply(status, json.dumps(value).encode(), "application/json; charset=utf-8")


README = b"""# A list of papers
## Lectures
- [Lecture 1](https://arxiv.org/abs/2303.00001)
- [Lecture 2](https://arxiv.org/abs/2303.00002)
"""


def raw(asked: Asked) -> Reply:
    """The README of whatever repository of GitHub is asked for."""
    if not asked.path.endswith("/HEAD/README.md"):
        return Reply(404, b"404: Not Found", "text/plain; charset=utf-8")
    return Reply(200, README, "text/plain; charset=utf-8")
