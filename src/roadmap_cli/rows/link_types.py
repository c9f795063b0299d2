"""What rows of links that were checked hold."""

from typing import Annotated, TypedDict

from roadmap_cli.curriculum.linked import Field
from roadmap_cli.curriculum.liveness import Verdict
from roadmap_cli.rows.types import Count, Moment, Output


class CheckedLinkRow(TypedDict):
    """A link, and what is known of where it leads."""

    verdict: Annotated[
        Verdict,
        "`alive`; `moved` for good; `missing`: not there, to be asked again after a day; "
        "`dead`: not there twice, a day apart; `unsure`: no answer that tells.",
    ]
    key: Annotated[
        str,
        "The name to type of the paper, topic, area or catalogue that has the link.",
    ]
    title: Annotated[str, "The title of that."]
    catalogue: Annotated[str, "The id of the catalogue that has it."]
    field: Annotated[Field, "The field of it that has the link."]
    url: Annotated[str, "The link; of a number, the page that it stands for."]
    why: Annotated[str, "What was answered, where that is no plain yes; else empty."]
    moved_to: Annotated[str, "Where it has moved to for good, or empty."]
    archived: Annotated[
        str | None,
        "The archive's last copy of a dead link; empty if none was found, null if not asked.",
    ]
    checked: Annotated[Moment, "When it was asked."]
    missing_since: Annotated[
        Moment | None, "When it was first not there; null while it is."
    ]
    written: Annotated[
        bool, "Whether the catalogue was given the address that it has moved to."
    ]


class CheckedCountsRow(TypedDict):
    """How many links there are of each sort."""

    found: Annotated[Count, "All."]
    alive: Annotated[Count, "Links that lead where they did."]
    moved: Annotated[Count, "Links that have moved for good."]
    missing: Annotated[Count, "Links that were not there once."]
    dead: Annotated[Count, "Links that were not there twice, a day apart."]
    unsure: Annotated[Count, "Links of which no answer tells."]


class CheckedOutput(Output):
    """What `check-links` prints."""

    counts: Annotated[CheckedCountsRow, "How many there are."]
    links: Annotated[list[CheckedLinkRow], "The links, in the order of the lists."]
