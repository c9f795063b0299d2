"""What a page says of the paper that it shows: `citation_*` tags, else its title.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing says which tags there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser

from roadmap_cli.exchange import fields
from roadmap_cli.exchange.decoding import decoded
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.people import people
from roadmap_cli.network.client import Client
from roadmap_cli.network.service import Found, Service, not_as_promised, record

_MOST = 512 * 1024
"""Bytes of a page that are looked at: its head is among the first."""
_TITLES = ("citation_title", "dc.title", "og:title")
_DATES = ("citation_publication_date", "citation_date", "citation_year", "dc.date")
_VENUES = (
    "citation_journal_title",
    "citation_conference_title",
    "citation_inbook_title",
)
_GONE = frozenset([404, 410])


def ask(client: Client, urls: Sequence[str]) -> Iterator[Found]:
    """What pages say of what they show; raises `NetworkError`.

    Their addresses come from files: none of them is followed into the own network.
    """
    for url in urls:
        answer = client.get(url, "text/html", is_foreign=True)
        if answer.status in _GONE:
            yield Found({}, frozenset([url]))
            continue
        if not answer.is_good or not answer.is_page:
            what = answer.media_type or "something"
            raise not_as_promised(answer, f"{what}, and not with a page")
        entry = read(decoded(answer.body[:_MOST]).text)
        yield Found({url: entry._replace(url=url)} if entry.title else {}, frozenset())


def read(text: str) -> Entry:
    """What the head of a page says; without a title if it says none."""
    head = _Head()
    head.feed(text)
    said = head.said

    def first(names: Sequence[str]) -> str:
        return next((said[name][0] for name in names if name in said), "")

    entry = Entry(
        0,
        title=first(_TITLES) or fields.plain(head.title),
        authors=people(said.get("citation_author", said.get("dc.creator", ()))),
        year=fields.year_in(first(_DATES)),
        venue=first(_VENUES),
    )
    named = fields.identified(
        entry,
        dois=said.get("citation_doi", ()),
        arxivs=said.get("citation_arxiv_id", ()),
    )
    return record(named)


class _Head(HTMLParser):
    """The `meta` tags of a page by their names in lower case, and its title."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: dict[str, list[str]] = {}
        self.title = ""
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and not self.title:
            self._is_title = True
        elif tag == "meta":
            self._add(dict(attrs))

    def _add(self, said: Mapping[str, str | None]) -> None:
        name = (said.get("name") or said.get("property") or "").lower()
        text = fields.from_html(said.get("content") or "")
        if name and text:
            self.said.setdefault(name, []).append(text)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._is_title = False

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.title += data


SERVICE = Service("its page", ask)
