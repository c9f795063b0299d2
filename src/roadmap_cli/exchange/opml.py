"""OPML: outlines with links, one in the other (http://opml.org/spec2.opml)."""

from collections.abc import Iterator

from roadmap_cli.curriculum.model import Link
from roadmap_cli.exchange import fields, markup
from roadmap_cli.exchange.entries import Entry, Left, Record, Refused

_LINKS = ("url", "htmlUrl", "href", "link")
_TEXTS = ("text", "title")


def read(text: str) -> Iterator[Record]:
    """The outlines with links of a file in its order; those above them are their section.

    A feed is no paper, and is left out with a word. Raises `DataFileError` for entities, and
    for outlines nested too deep.
    """
    tree = markup.tree(text)
    for opml in tree.root.all("opml"):
        for body in opml.all("body"):
            yield from _outlines(body, ())
    if tree.problem and text.strip():
        yield Refused(tree.line, f"the file cannot be read on: {tree.problem}")


def _outlines(node: markup.Node, section: tuple[str, ...]) -> Iterator[Record]:
    for outline in node.all("outline"):
        said = outline.attributes
        title = next(
            filter(None, (fields.from_html(said.get(name, "")) for name in _TEXTS)), ""
        )
        links = fields.links(*(said.get(name, "") for name in _LINKS))
        feed = said.get("xmlUrl", "")
        if feed and "arxiv.org/abs" not in feed:
            yield Left(outline.line, "it is a feed, no paper", feed, section)
        elif links or not outline.children:
            yield _record(outline, title, links, section)
        below = (*section, title) if title and not links else section
        yield from _outlines(outline, below)


def _record(
    outline: markup.Node,
    title: str,
    links: tuple[Link, ...],
    section: tuple[str, ...],
) -> Record:
    if not links and not fields.arxiv_in(title):
        return Left(outline.line, "it has no link", title, section)
    said = outline.attributes
    entry = Entry(
        outline.line,
        title="" if fields.links_in(title) else title,
        links=links,
        section=section,
        tags=fields.tags_in(said.get("category", ""), ","),
        note=fields.plain(said.get("_note", "")),
        status=fields.status_of(said.get("_status", "")),
    )
    return fields.taken(fields.identified(entry, arxivs=[title]), title)
