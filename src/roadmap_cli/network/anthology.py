"""The ACL Anthology: a BibTeX file beside each of its pages."""

import re
from collections.abc import Iterator, Sequence

from roadmap_cli.errors import DataFileError
from roadmap_cli.exchange import bibtex
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.network.client import Client
from roadmap_cli.network.service import Found, Service, not_as_promised, record, text_of

_PAGE = re.compile(
    r"(?i)https?://(?:www\.)?aclanthology\.org/([\w.-]+?)(?:\.pdf|\.bib)?/?"
)
_NOT_FOUND = 404


def is_there(url: str) -> bool:
    """Whether a link leads to a paper of the Anthology."""
    return bool(_PAGE.fullmatch(url))


def ask(client: Client, urls: Sequence[str]) -> Iterator[Found]:
    """What the Anthology knows of its pages; raises `NetworkError`."""
    for url in urls:
        match = _PAGE.fullmatch(url)
        if not match:
            continue
        answer = client.get(f"https://aclanthology.org/{match[1]}.bib")
        if answer.status == _NOT_FOUND:
            yield Found({}, frozenset([url]))
            continue
        if not answer.is_good:
            raise not_as_promised(answer, f"status {answer.status}")
        try:
            read = next(iter(bibtex.read(text_of(answer, "BibTeX"))), None)
        except DataFileError as problem:
            raise not_as_promised(answer, "something that is no BibTeX") from problem
        if not isinstance(read, Entry) or not read.title:
            raise not_as_promised(answer, "something that is no BibTeX")
        yield Found({url: record(read)._replace(url=url)})


SERVICE = Service("ACL Anthology", ask)
