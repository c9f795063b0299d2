"""What a flow of the program came to, for whichever face shows it."""

from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.errors import RoadmapError

if TYPE_CHECKING:
    from roadmap_cli.rows.any_view import AnyView


class Result(NamedTuple):
    """What to show, and in which words to say before it what else there is to know.

    `warnings` are what could not be done on the way. `needs_progress` tells that the view says
    where the reader is, so that what could not be read of the journals has to be told. Where
    nothing happened, the result `is_idle`: to a person the remarks say all. A `failure` is what
    kept a part from being done: it is told at the end, and the run ends with its status.
    """

    view: "AnyView"
    remarks: tuple[str, ...] = ()
    warnings: tuple[RoadmapError, ...] = ()
    needs_progress: bool = False
    is_idle: bool = False
    failure: RoadmapError | None = None
