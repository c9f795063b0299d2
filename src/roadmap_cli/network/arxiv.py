"""arXiv's API: what it knows of papers by their ids, a hundred in one request.

https://info.arxiv.org/help/api/user-manual.html. The order of its answers is not that of the
question, and ids that it does not know are left out without a word.
"""

import re
from collections.abc import Iterator, Sequence

from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.model import Kind
from roadmap_cli.errors import DataFileError
from roadmap_cli.exchange import fields, latex
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.markup import Node, tree
from roadmap_cli.exchange.people import people
from roadmap_cli.network.answers import Answer
from roadmap_cli.network.client import Client
from roadmap_cli.network.service import Found, Service, not_as_promised, text_of

BATCH = 100
"""Ids in one request: longer addresses are cut on the way."""
_ADDRESS = "https://export.arxiv.org/api/query?max_results={count}&id_list={ids}"
_ERRORS = "api/errors"
_MALFORMED = re.compile(r"incorrect id format for (\S+)")
_WITHDRAWN = re.compile(
    r"(?i)\s*(?:this (?:paper|submission|manuscript|article|work) (?:has been|is|was) )?"
    r"(?:temporarily )?withdrawn\b"
)
WITHDRAWN = "arXiv says that it was withdrawn"


def ask(client: Client, ids: Sequence[str]) -> Iterator[Found]:
    """What arXiv knows of ids without version, batch by batch; raises `NetworkError`."""
    for start in range(0, len(ids), BATCH):
        yield _batch(client, ids[start : start + BATCH])


def _batch(client: Client, ids: Sequence[str]) -> Found:
    """What it knows of one batch.

    An id that it finds malformed spoils the whole answer: it is asked for again without that.
    """
    wanted, malformed = list(ids), set[str]()
    while wanted:
        answer = client.get(
            _ADDRESS.format(count=len(wanted), ids=",".join(wanted)),
            "application/atom+xml",
        )
        feed = _feed(answer)
        bad = _complaint(feed)
        if bad is None:
            if not answer.is_good:
                raise not_as_promised(answer, f"status {answer.status}")
            return _found(answer, feed, wanted, malformed)
        if bad not in wanted:
            raise not_as_promised(answer, f"an error: {bad}")
        wanted.remove(bad)
        malformed.add(bad)
    return Found({}, frozenset(malformed))


def _feed(answer: Answer) -> Node:
    """The feed of an answer; raises `NetworkError` for anything else, and for a cut one."""
    try:
        read = tree(text_of(answer, "a feed"))
    except DataFileError as problem:
        raise not_as_promised(answer, f"XML that is no feed: {problem}") from problem
    feed = read.root.first("feed")
    if feed is None or read.problem:
        raise not_as_promised(answer, "something that is no feed, or half of one")
    return feed


def _complaint(feed: Node) -> str | None:
    """What arXiv says is wrong: the id that it cannot read, or its words; nothing if nothing is."""
    for entry in feed.all("entry"):
        if _ERRORS in entry.says("id"):
            said = fields.plain(entry.says("summary"))
            match = _MALFORMED.search(said)
            return identity.arxiv_id(match[1]) or match[1] if match else said
    return None


def _found(
    answer: Answer, feed: Node, wanted: Sequence[str], malformed: set[str]
) -> Found:
    """The records of a feed by their ids; raises `NetworkError` if it lacks what it counts."""
    nodes = list(feed.all("entry"))
    total = feed.says("totalResults").strip()
    if not total.isdigit() or len(nodes) < min(int(total), len(wanted)):
        raise not_as_promised(answer, "a feed without what it says that it holds")
    records = {entry.arxiv: entry for entry in map(_entry, nodes) if entry.title}
    known = {number: records[number] for number in wanted if number in records}
    return Found(known, frozenset(wanted).difference(known) | malformed)


def _entry(node: Node) -> Entry:
    names = (latex.text(author.says("name")) for author in node.all("author"))
    withdrawn = any(map(_WITHDRAWN.match, [node.says("comment"), node.says("summary")]))
    return Entry(
        0,
        title=latex.text(node.says("title")),
        authors=people(names),
        year=fields.year_in(node.says("published")),
        kind=Kind.PAPER,
        arxiv=identity.arxiv_id(node.says("id")),
        doi=fields.doi_in(node.says("doi")),
        doubts=(WITHDRAWN,) if withdrawn else (),
    )


SERVICE = Service("arXiv", ask, BATCH)
