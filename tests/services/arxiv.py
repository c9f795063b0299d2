"""arXiv's API: Atom, in an order of its own, silent on what it does not have."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from services.papers import ON_ARXIV, SYLLABUS, Work
from services.server import Asked, Reply

_HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/x</id>
  <title>arXiv Query</title>
  <updated>2026-01-01T00:00:00Z</updated>
"""
_ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?")


def play(asked: Asked) -> Reply:
    """What `/api/query?id_list=` answers."""
    wanted = asked.query.get("id_list", "").split(",")
    for number in wanted:
        if not _ID.fullmatch(number) or "99/" in number or number.startswith("9999."):
            return feed([_error(number)], 1, status=400)
    bare = {re.sub(r"v\d+$", "", number) for number in wanted}
    found = [work for work in (*SYLLABUS, *ON_ARXIV) if work.arxiv in bare]
    most = int(asked.query.get("max_results", "10"))
    return feed(map(entry, reversed(found[:most])), len(found))


def feed(entries: Iterable[str], total: int, status: int = 200) -> Reply:
    """A feed that says that it has so many entries."""
    text = f"{_HEAD}  <opensearch:totalResults>{total}</opensearch:totalResults>\n{''.join(entries)}</feed>\n"
    return Reply(status, text.encode(), "application/atom+xml; charset=utf-8")


def entry(work: Work) -> str:
    """The entry of a work."""
    inside = (
        f"<arxiv:affiliation>{work.affiliation}</arxiv:affiliation>"
        if work.affiliation
        else ""
    )
    authors = "".join(
        f"<author><name>{escape(name)}</name>{inside}</author>" for name in work.authors
    )
    doi = f"<arxiv:doi>{work.doi}</arxiv:doi>" if work.doi else ""
    return f"""  <entry>
    <id>http://arxiv.org/abs/{work.arxiv}v2</id>
    <title>{escape(work.title)}</title>
    <updated>2026-01-01T00:00:00Z</updated>
    <link href="https://arxiv.org/abs/{work.arxiv}v2" rel="alternate" type="text/html"/>
    <summary>{escape(work.summary)}</summary>
    <published>{work.published}T17:57:34Z</published>
    <arxiv:comment>{escape(work.comment)}</arxiv:comment>{doi}
    {authors}
  </entry>
"""


def _error(number: str) -> str:
    """The entry by which arXiv says that an id is none, instead of all others."""
    return f"""  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_{number}</id>
    <title>Error</title>
    <summary>incorrect id format for {number}</summary>
    <author><name>arXiv api core</name></author>
  </entry>
"""
