"""Everything about one paper, topic or area as a row."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.curriculum.model import (
    Area,
    Catalogue,
    Group,
    Link,
    Paper,
    Place,
    Topic,
)
from roadmap_cli.curriculum.places import areas_of
from roadmap_cli.rows.papers import Rows
from roadmap_cli.rows.view import WholeAreaView, WholePaperView, WholeTopicView

if TYPE_CHECKING:
    from roadmap_cli.progress.reviews import Recall
    from roadmap_cli.rows.types import (
        AreaRow,
        GroupRow,
        LinkRow,
        TopicRow,
        WholePaperRow,
    )
    from roadmap_cli.rows.view import WholeView


class Own(NamedTuple):
    """What only the reader's files say of a paper or a topic.

    `notes` are those on a paper, `pdf` is the path of a PDF of it; `recalls` are what is
    remembered of a topic's questions, by their ids, or nothing where that is not known.
    """

    notes: str = ""
    pdf: str = ""
    recalls: "Mapping[str, Recall] | None" = None


def whole(
    rows: Rows,
    named: Paper | Place,
    *,
    hints: bool = False,
    own: "Own | None" = None,
) -> "WholeView":
    """Everything about what is named; `hints` are those to a topic's questions."""
    own = own or Own()
    if isinstance(named, Paper):
        return WholePaperView(
            {**_paper(rows, named), "notes": own.notes, "pdf": own.pdf}
        )
    if isinstance(named, Topic):
        return WholeTopicView(_topic(rows, named, own.recalls), hints=hints)
    if isinstance(named, Area):
        return WholeAreaView(_area(rows, named))
    return WholeAreaView(_catalogue(rows, named))


def _paper(rows: Rows, paper: Paper) -> "WholePaperRow":
    """A paper with what it needs and leads to, by work, and where its catalogue is from."""
    library = rows.library
    work = library.work[paper.name]
    source = next(
        catalogue for catalogue in library.catalogues if catalogue.id == paper.catalogue
    )
    return {
        **rows.paper(paper),
        "aliases": list(paper.aliases),
        "retired": paper.retired,
        "needs": [rows.brief(needed) for needed in library.needs[work]],
        "helped_by": [rows.brief(helping) for helping in library.helps[work]],
        "leads_to": [rows.brief(later) for later in library.needed_by[work]],
        "credit": source.credit,
        "source": source.source,
        "notes": "",
        "pdf": "",
    }


def _topic(
    rows: Rows, topic: Topic, recalls: "Mapping[str, Recall] | None"
) -> "TopicRow":
    """A topic with its papers in their groups, its questions and further links."""
    from roadmap_cli.rows.reviews import questions  # papers and areas have none

    return {
        **rows.place(topic),
        "aliases": list(topic.aliases),
        "groups": [_group(rows, topic, group) for group in topic.groups],
        "questions": questions(topic, recalls),
        "further": _links(topic.further),
    }


def _group(rows: Rows, topic: Topic, group: Group) -> "GroupRow":
    papers = (rows.library.papers[topic.in_full(name)] for name in group.papers)
    return {
        "title": group.title,
        "summary": group.summary,
        "papers": [rows.paper(paper) for paper in papers if not paper.retired],
        "methods": [
            {"title": method.title, "text": method.text} for method in group.methods
        ],
    }


def _area(rows: Rows, area: Area) -> "AreaRow":
    """An area with its topics, figures and further links."""
    return {
        **rows.place(area),
        "aliases": list(area.aliases),
        "topics": [rows.place(topic) for topic in area.topics],
        "figures": _links(area.figures),
        "further": _links(area.further),
    }


def _catalogue(rows: Rows, catalogue: Catalogue) -> "AreaRow":
    """A catalogue with its areas, each followed by its topics, and the list that it is from."""
    source = Link(catalogue.credit or catalogue.source, catalogue.source)
    return {
        **rows.place(catalogue),
        "aliases": [],
        "topics": rows.places(areas_of(rows.library, catalogue)),
        "figures": [],
        "further": _links([source] if catalogue.source else []),
    }


def _links(links: Iterable[Link]) -> "list[LinkRow]":
    return [
        {"title": link.title, "url": link.url, "source": link.source} for link in links
    ]
