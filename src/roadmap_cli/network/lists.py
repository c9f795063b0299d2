"""Lists that stand behind links: files of the web, and the READMEs of repositories on GitHub."""

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from roadmap_cli.errors import DataFileError, NotFoundError
from roadmap_cli.network.answers import Answer, insist_on_answer
from roadmap_cli.network.client import Client, Reply, Request

_GITHUB = frozenset(["github.com", "www.github.com"])
_RAW = "https://raw.githubusercontent.com"
_READMES = ("README.md", "readme.md", "Readme.md", "README.markdown", "README")
_FILE_OF_REPOSITORY, _FOLDER_OF_REPOSITORY = ("blob", "raw"), "tree"
_BOOKMARKS = re.compile(rb"(?i)<!doctype\s+netscape-bookmark")
_HEAD = 4096


def fetched(client: Client, url: str, most: int) -> Answer:
    """The list behind a link, of at most so many bytes; `url` of the answer says where it stood.

    Raises `NetworkError`, `NotFoundError` where nothing is there, and `DataFileError` for a page
    for people.
    """
    for address in addresses_of(url):
        request = Request(address, is_foreign=True, most=most)
        answer = client.ask(partial(_same, request), Reply.whole)
        insist_on_answer(answer)
        if answer.is_good:
            _insist_on_list(answer, url)
            return answer
    raise NotFoundError(
        f"there is no list at {url}", hint="open the link in a browser, and correct it"
    )


def addresses_of(url: str) -> Iterator[str]:
    """Where the list behind a link may stand, the likeliest first."""
    parts = urlsplit(url)
    names = [name for name in parts.path.split("/") if name]
    if (parts.hostname or "") not in _GITHUB or len(names) < 2:  # noqa: PLR2004 - owner, name
        yield url
        return
    owner, name, *rest = names
    repository = f"{_RAW}/{owner}/{name.removesuffix('.git')}"
    if not rest or (rest[0] == _FOLDER_OF_REPOSITORY and rest[1:]):
        folder = "/".join(rest[1:]) or "HEAD"
        yield from (f"{repository}/{folder}/{readme}" for readme in _READMES)
    elif rest[0] in _FILE_OF_REPOSITORY and rest[1:]:
        yield f"{repository}/{'/'.join(rest[1:])}"
    else:
        yield url


def _same(request: Request) -> Request:
    return request


def _insist_on_list(answer: Answer, url: str) -> None:
    """Raise `DataFileError` for a page for people, unless it is what a browser exports."""
    if answer.is_page and not _BOOKMARKS.search(answer.body[:_HEAD]):
        raise DataFileError(
            f"{url} is a web page, no list that roadmap reads",
            hint=f"give the link of the file itself, or add what the page shows: roadmap add {url}",
        )
