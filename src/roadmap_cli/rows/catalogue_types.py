"""What rows about catalogues as a whole hold, and the outputs that list them."""

from typing import Annotated, TypedDict

from roadmap_cli.rows.types import Output


class UsedRow(TypedDict):
    """A catalogue that comes with the program."""

    catalogue: Annotated[str, "Its id."]
    used: Annotated[bool, "Whether it is used."]
    title: Annotated[str, "What it is called."]
    path: Annotated[str, "Where it is."]


class UsedOutput(Output):
    """What `use` prints."""

    catalogues: Annotated[
        list[UsedRow], "The catalogues that come with the program, in reading order."
    ]
