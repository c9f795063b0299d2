"""Rows about files (what `views.files` makes), the error object, and a journal itself."""

from roadmap_cli.contract.shape import (
    COUNT,
    DAY,
    FLAG,
    MOMENT,
    TEXT,
    VERSION,
    Field,
    Shape,
    many,
    one_of,
    or_null,
)
from roadmap_cli.curriculum.model import Status

FILE = Shape(
    "file",
    "A file or folder of the reader's.",
    {
        "what": Field(TEXT, "What it is for."),
        "path": Field(TEXT, "Where it is."),
        "exists": Field(FLAG, "Whether it is there."),
    },
)
TAKEN = Shape(
    "taken",
    "A file whose events were taken in.",
    {
        "file": Field(TEXT, "The file, as it was named."),
        "events": Field(COUNT, "How many of its events were new."),
    },
)
COPY = Shape(
    "copy",
    "A copy of the reader's progress, notes and catalogues.",
    {
        "copy": Field(TEXT, "Its name."),
        "events": Field(
            or_null(COUNT), "Events in it; null if one of its journals is damaged."
        ),
        "path": Field(TEXT, "Where it is."),
        "notes": Field(or_null(COUNT), "Notes in it; null if it is damaged."),
        "catalogues": Field(
            or_null(COUNT), "The reader's own catalogues in it; null if it is damaged."
        ),
    },
)
FINDING = Shape(
    "finding",
    "Something that is wrong or odd.",
    {
        "problem": Field(TEXT, "What it is."),
        "cure": Field(TEXT, "What to do about it."),
        "harmless": Field(FLAG, "Whether it may stay as it is."),
        "fixed": Field(TEXT, "What was done about it, or empty."),
    },
)
PAGE = Shape(
    "page",
    "A page of help.",
    {
        "topic": Field(TEXT, "What `roadmap help` shows it for; empty for the list."),
        "title": Field(TEXT, "What it is about."),
        "text": Field(TEXT, "The page itself."),
    },
)
SCHEMA = Shape(
    "schema",
    "A JSON Schema that there is.",
    {
        "schema": Field(TEXT, "Its name: `roadmap schema NAME` prints it."),
        "lists": Field(many(TEXT), "The names that the list may have in that output."),
        "about": Field(TEXT, "What it describes."),
    },
)
ERROR = Shape(
    "output",
    "What goes to standard output when a command with --json fails.",
    {
        "version": Field({"const": VERSION}, "Of this format."),
        "error": Field(
            Shape(
                "error",
                "What went wrong.",
                {
                    "message": Field(TEXT, "What is wrong and where."),
                    "hint": Field(or_null(TEXT), "The way out, where there is one."),
                    "status": Field(
                        {"type": "integer", "minimum": 1}, "The exit status."
                    ),
                },
            ).type,
            "What went wrong.",
        ),
    },
)
_JOURNAL_EVENT = Shape(
    "event",
    "Something that the reader said. What another version of the program adds stays.",
    {
        "at": Field(MOMENT, "When, in UTC; all events of one command share it."),
        "paper": Field(TEXT, "The paper's full name: catalogue/key.", is_optional=True),
        "status": Field(one_of(Status), "The status given.", is_optional=True),
        "on": Field(DAY, "The day that it is said of.", is_optional=True),
        "rating": Field(
            {"type": "integer", "minimum": 1, "maximum": 5},
            "The rating given.",
            is_optional=True,
        ),
        "goal": Field(FLAG, "Sets the goal, or clears it.", is_optional=True),
        "topic": Field(
            TEXT, "The full name of a topic or area made the goal.", is_optional=True
        ),
        "undoes": Field(
            TEXT, "The command that this takes back: device@time.", is_optional=True
        ),
        "distrusts": Field(
            TEXT, "A command whose time cannot be: device@time.", is_optional=True
        ),
    },
)
JOURNAL = Shape(
    "journal",
    "A journal of the reader's progress: a file to which events are only ever added.",
    {
        "format": Field({"const": "roadmap-journal"}, "Always this."),
        "version": Field({"const": 1}, "Of this format."),
        "device": Field(TEXT, "The device that writes it."),
        "event": Field(many(_JOURNAL_EVENT.type), "What was said.", is_optional=True),
    },
)
