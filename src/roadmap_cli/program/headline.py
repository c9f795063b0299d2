"""What is new and what is due, for a home screen: it costs nothing where nothing is."""

from typing import TYPE_CHECKING

from roadmap_cli.program.seen import Seen

if TYPE_CHECKING:
    from roadmap_cli.program.roadmap import Roadmap


def headline(roadmap: "Roadmap") -> str:
    """How much is new in the catalogues, in one line; nothing if all of it was seen."""
    seen = Seen(roadmap.places.state)
    catalogues = roadmap.library.catalogues
    unseen = [catalogue for catalogue in catalogues if not seen.has(catalogue)]
    if not unseen:
        return ""
    from roadmap_cli.program.whatsnew import Whatsnew  # hardly ever needed

    return Whatsnew(roadmap, seen).headline(unseen)


def due(roadmap: "Roadmap") -> int | None:
    """How many questions `review` would ask again today; nothing if it is not known."""
    if roadmap.ledger.damages:
        return None
    names = roadmap.ledger.index.due(roadmap.today)
    if not names:
        return 0
    from roadmap_cli.program.questions import Questions

    return Questions(roadmap).due_among(names)
