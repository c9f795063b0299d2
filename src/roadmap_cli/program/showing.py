"""Everything about one paper, topic, area or catalogue, for any face."""

from typing import TYPE_CHECKING

from roadmap_cli.curriculum.model import Topic
from roadmap_cli.curriculum.names import Named
from roadmap_cli.rows.whole import Own, whole

if TYPE_CHECKING:
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.view import WholeView


def everything(roadmap: "Roadmap", named: Named, *, hints: bool = False) -> "WholeView":
    """All there is about what is named, the reader's own notes and PDF included.

    `hints` are those to a topic's questions. What could not be read of the notes is among the
    warnings of the roadmap.
    """
    own = Own(roadmap.notes_on(named), str(roadmap.pdf_of(named) or ""))
    if isinstance(named, Topic) and named.questions:
        from roadmap_cli.program.questions import Questions  # papers have none

        own = own._replace(recalls=Questions(roadmap).recalls_of(named))
    return whole(roadmap.rows, named, hints=hints, own=own)
