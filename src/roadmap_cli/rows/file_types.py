"""What rows about files hold, and the outputs that list them; the error object; a journal."""

from typing import Annotated, Literal, NotRequired, TypedDict

from roadmap_cli.curriculum.model import Status
from roadmap_cli.progress.reviews import Answer
from roadmap_cli.rows.types import Count, Day, Key, Moment, Output, Rating


class FileRow(TypedDict):
    """A file or folder of the reader's."""

    what: Annotated[str, "What it is for."]
    path: Annotated[str, "Where it is."]
    exists: Annotated[bool, "Whether it is there."]


class NotesRow(TypedDict):
    """A paper's notes."""

    key: Key
    path: Annotated[str, "The file that they are in."]


class TakenRow(TypedDict):
    """A file whose events were taken in."""

    file: Annotated[str, "The file, as it was named."]
    events: Annotated[Count, "How many of its events were new."]


Reason = Literal["backup", "daily", "restore", ""]


class CopyRow(TypedDict):
    """A copy of the reader's progress, notes and catalogues."""

    copy: Annotated[str, "Its name."]
    events: Annotated[
        Count | None, "Events in it; null if one of its journals is damaged."
    ]
    path: Annotated[str, "Where it is."]
    notes: Annotated[Count | None, "Notes in it; null if it is damaged."]
    catalogues: Annotated[
        Count | None, "The reader's own catalogues in it; null if it is damaged."
    ]
    made: Annotated[Moment, "When it was made, in UTC."]
    why: Annotated[
        Reason,
        "What made it: `backup`, the first mark of a day, or a `restore`; else empty.",
    ]
    bytes: Annotated[Count | None, "The size of its file; null if it cannot be read."]


class FindingRow(TypedDict):
    """Something that is wrong or odd."""

    problem: Annotated[str, "What it is."]
    cure: Annotated[str, "What to do about it."]
    harmless: Annotated[bool, "Whether it may stay as it is."]
    fixed: Annotated[str, "What was done about it, or empty."]


class PageRow(TypedDict):
    """A page of help."""

    topic: Annotated[str, "What `roadmap help` shows it for; empty for the list."]
    title: Annotated[str, "What it is about."]
    text: Annotated[str, "The page itself."]


class SchemaRow(TypedDict):
    """A JSON Schema that there is."""

    schema: Annotated[str, "Its name: `roadmap schema NAME` prints it."]
    lists: Annotated[list[str], "The names that the list may have in that output."]
    about: Annotated[str, "What it describes."]


class PdfRow(TypedDict):
    """The PDF of a paper, and what was done to have it."""

    key: Key
    title: Annotated[str, "The paper's title."]
    action: Annotated[
        Literal["fetched", "wanted", "there", "unknown", "failed", "left"],
        "`fetched` now; `wanted`, but only rehearsed; `there` before; `unknown` where it is;"
        " `failed`; or `left`, since its host was to be asked no more or you stopped it.",
    ]
    path: Annotated[str, "Its file; where there is none, the one that would be its."]
    url: Annotated[str, "Where it is on the web, or empty."]
    bytes: Annotated[Count | None, "Its size; null where there is no file."]
    why: Annotated[str, "Why there is none, or empty."]


class NotesOutput(Output):
    """What `note` prints."""

    notes: Annotated[list[NotesRow], "The notes."]


class FilesOutput(Output):
    """What `where` prints."""

    files: Annotated[list[FileRow], "The reader's files and folders."]


class TakenOutput(Output):
    """What `merge` and `import` print."""

    files: Annotated[list[TakenRow], "The files that were taken in."]


class PdfsOutput(Output):
    """What `get` prints."""

    pdfs: Annotated[list[PdfRow], "The PDFs, in the order of the curriculum."]


class CopiesOutput(Output):
    """What `backup` and `restore` print."""

    copies: Annotated[list[CopyRow], "Copies, the newest first."]


class FindingsOutput(Output):
    """What `doctor` prints."""

    findings: Annotated[list[FindingRow], "What is wrong or odd."]


class HelpOutput(Output):
    """What `help` prints."""

    help: Annotated[list[PageRow], "The page."]


class SchemasOutput(Output):
    """What `schema` prints without a name."""

    schemas: Annotated[list[SchemaRow], "Every schema there is."]


class ErrorRow(TypedDict):
    """What went wrong."""

    message: Annotated[str, "What is wrong and where."]
    hint: Annotated[str | None, "The way out, where there is one."]
    status: Annotated[int, ("minimum", 1), "The exit status."]


class ErrorOutput(Output):
    """What goes to standard output when a command with --json fails."""

    error: Annotated[ErrorRow, "What went wrong."]


class Event(TypedDict):
    """Something that the reader said. What another version of the program adds stays."""

    at: Annotated[
        Moment,
        "When, on the writer's clock with its offset from UTC; `Z` where only UTC is known. All events of one command share it.",
    ]
    paper: NotRequired[Annotated[str, "The paper's full name: catalogue/key."]]
    status: NotRequired[Annotated[Status, "The status given."]]
    on: NotRequired[Annotated[Day, "The day that it is said of."]]
    rating: NotRequired[Annotated[Rating, "The rating given."]]
    tags: NotRequired[
        Annotated[list[str], "Tags put on (`+thesis`) and taken off (`-later`)."]
    ]
    goal: NotRequired[Annotated[bool, "Sets the goal, or clears it."]]
    topic: NotRequired[
        Annotated[str, "The full name of a topic or area made the goal."]
    ]
    uses: NotRequired[
        Annotated[list[str], "The shipped catalogues chosen; empty for all of them."]
    ]
    seen: NotRequired[
        Annotated[list[str], "The states of catalogues whose news was read: id@digest."]
    ]
    wish: NotRequired[
        Annotated[str, "The query that suggestions have to match; empty for anything."]
    ]
    undoes: NotRequired[
        Annotated[str, "The command that this takes back: device@time."]
    ]
    catalogue: NotRequired[
        Annotated[str, "The catalogue of one's own that was edited."]
    ]
    edit: NotRequired[Annotated[str, "What was done to it, in a word."]]
    was: NotRequired[
        Annotated[
            str,
            "What tells its contents before, empty if new; or the former name of a question.",
        ]
    ]
    became: NotRequired[Annotated[str, "What tells its contents after."]]
    question: NotRequired[Annotated[str, "The question's full name: catalogue/id."]]
    answer: NotRequired[Annotated[Answer, "How well it was answered."]]
    aside: NotRequired[Annotated[bool, "Sets it aside, or takes it up again."]]
    ask: NotRequired[
        Annotated[str, "The words of a question of notes, so that it is known again."]
    ]
    distrusts: NotRequired[
        Annotated[str, "A command whose time cannot be: device@time."]
    ]


class Journal(TypedDict):
    """A journal of the reader's progress: a file to which events are only ever added."""

    format: Annotated[Literal["roadmap-journal"], "Always this."]
    version: Annotated[Literal[1], "Of this format."]
    device: Annotated[str, "The device that writes it."]
    event: NotRequired[Annotated[list[Event], "What was said."]]


class OpenedRow(TypedDict):
    """One of a paper's links."""

    key: Key
    url: Annotated[str, "The link."]


class LinksOutput(Output):
    """What `open` prints."""

    links: Annotated[list[OpenedRow], "The link."]
