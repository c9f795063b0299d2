"""Pages about the whole of a reader's progress, for a face that shows them beside its lists."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # each is loaded by who asks for it
    from roadmap_cli.program.roadmap import Roadmap
    from roadmap_cli.rows.any_view import AnyView


def news(roadmap: "Roadmap") -> "AnyView":
    """What is new in the lists; from then on it is not new. Raises as `Whatsnew.tell`."""
    from roadmap_cli.program.seen import Seen
    from roadmap_cli.program.whatsnew import Whatsnew

    return Whatsnew(roadmap, Seen(roadmap.places.state)).tell().view


def stats(roadmap: "Roadmap") -> "AnyView":
    """Progress by area and topic, what was read when, the pace and forecasts."""
    from roadmap_cli.program.questions import Questions
    from roadmap_cli.rows.ahead import Ahead

    held = Questions(roadmap).held()
    return Ahead(roadmap.rows, roadmap.guide).stats(held, whole=True)


def history(roadmap: "Roadmap") -> "AnyView":
    """What was said and noted when, the newest first; raises as `Reading.history`."""
    from roadmap_cli.program.reading import Reading
    from roadmap_cli.rows.events import events

    story = Reading(roadmap).history(None, None)
    return events(roadmap.rows, story, None, None, None)
