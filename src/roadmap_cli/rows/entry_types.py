"""What rows about catalogues hold: entries that come from elsewhere, and edits."""

from typing import Annotated, Literal, TypedDict

from roadmap_cli.curriculum.model import Status
from roadmap_cli.rows.types import Count, Output


class EntryLinkRow(TypedDict):
    """A link of an entry."""

    title: Annotated[str, "Its label."]
    url: Annotated[str, "Where it leads."]


class EntryRow(TypedDict):
    """Something that was found in a file, and what becomes of it."""

    line: Annotated[
        Count, "Where it stands, counted from 1; 0 where there are no lines."
    ]
    section: Annotated[list[str], "The headings above it, the outermost first."]
    group: Annotated[str, "A label that divides its section."]
    title: Annotated[str, "Its title, or the words that are no entry."]
    url: Annotated[str, "The link that leads to it."]
    links: Annotated[list[EntryLinkRow], "All links that it has."]
    arxiv: Annotated[str, "Its arXiv id, without version."]
    doi: Annotated[str, "Its DOI."]
    authors: Annotated[list[str], "Who made it."]
    year: Annotated[int | None, "When it was published."]
    venue: Annotated[str, "Where it was published."]
    status: Annotated[Status | None, "The status that its source gives it."]
    tags: Annotated[list[str], "Words that its source puts on it."]
    action: Annotated[
        Literal["new", "known", "twice", "refused", "left"], "What becomes of it."
    ]
    why: Annotated[str, "Why, where that does not follow from the rest."]
    key: Annotated[str, "What the paper is called here; empty if it is none."]


class CountsRow(TypedDict):
    """How many of each there are."""

    found: Annotated[Count, "All."]
    new: Annotated[Count, "Papers that were not there."]
    known: Annotated[Count, "Papers that are there."]
    twice: Annotated[Count, "New papers that are likely there under another number."]
    refused: Annotated[Count, "Entries that cannot be taken."]
    left: Annotated[Count, "What is no entry."]


class EditRow(TypedDict):
    """What was done to a paper, or to a whole catalogue, of one's own."""

    action: Annotated[
        Literal["made", "moved", "removed", "retired", "edited"], "What was done."
    ]
    catalogue: Annotated[str, "The id of the catalogue."]
    key: Annotated[str, "The paper; empty for a whole catalogue."]
    topics: Annotated[list[str], "The topics of the catalogue that list it now."]
    title: Annotated[str, "The title of the paper, or of the catalogue."]
    path: Annotated[str, "The file."]


class EntriesOutput(Output):
    """What `add` and `import` print."""

    catalogue: Annotated[str, "The id of the catalogue that they are taken into."]
    counts: Annotated[CountsRow, "How many there are."]
    entries: Annotated[list[EntryRow], "What was found, in the order of the file."]


class EditsOutput(Output):
    """What `new`, `edit`, `move` and `remove` print."""

    edits: Annotated[list[EditRow], "What was done."]


class TagRow(TypedDict):
    """One of the reader's tags."""

    tag: Annotated[str, "The tag, in lower case."]
    papers: Annotated[Count, "How many papers have it, of those that were named."]


class TagsOutput(Output):
    """What `tag` prints where it changes nothing."""

    tags: Annotated[list[TagRow], "Tags in alphabetical order."]
