"""Which command prints what with `--json`: the list, its rows, and what stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from roadmap_cli.contract import files, rows, ways
from roadmap_cli.contract.shape import (
    COUNT,
    DAY,
    TEXT,
    VERSION,
    Field,
    Shape,
    by_name,
    many,
    or_null,
)


@dataclass(frozen=True)
class Output:
    """One form that a command's output has: `what` names its list, `beside` the rest."""

    what: str
    meaning: str
    row: Shape
    beside: Mapping[str, Field] = field(default_factory=dict)

    @property
    def shape(self) -> Shape:
        """The whole object."""
        return Shape(
            f"{self.what}-output",
            f"An object whose list is `{self.what}`.",
            {
                "version": Field({"const": VERSION}, "Of this format."),
                **self.beside,
                self.what: Field(many(self.row.type), self.meaning),
            },
        )


_GOAL = Field(
    or_null(ways.GOAL.type),
    "The goal that was set; null without one that a loaded catalogue has.",
)
_STANDING = Field(rows.TALLY.type, "How far the reader is in everything.")
_NEXT = Field(many(rows.SUGGESTION.type), "At most one paper: what comes next.")

_TOPICS = Output("topics", "Every area, each followed by its topics.", rows.PLACE)
_PAPERS = Output(
    "papers",
    "Papers in reading order, topic by topic.",
    rows.LISTED_PAPER,
    {"sections": Field(by_name(rows.PLACE.type), "The topics, by their full names.")},
)
_CHANGES = Output(
    "changes",
    "The papers that were changed.",
    rows.CHANGE,
    {
        "touched": Field(many(rows.PLACE.type), "The topics that they stand in."),
        "next": _NEXT,
        "goal": Field(
            or_null(ways.GOAL_CHANGE.type), "Where another goal is set now, or none."
        ),
        "said": Field(
            many(rows.SAID_IN_BRIEF.type),
            "What the command said that was taken back or given again.",
        ),
    },
)
_GOALS = Output(
    "goals",
    "The goal that is set, if a loaded catalogue has it.",
    ways.GOAL,
    {
        "next": _NEXT,
        "set": Field(
            or_null(TEXT), "Its full name, whoever has it; null if none is set."
        ),
    },
)
_COPIES = Output("copies", "Copies, the newest first.", files.COPY)
_TAKEN = Output("files", "The files that were taken in.", files.TAKEN)

OUTPUTS: Mapping[str, tuple[Output, ...]] = {
    "roadmap": (
        Output(
            "suggestions",
            "The next step; empty if nothing is left.",
            rows.SUGGESTION,
            {
                "title": Field(TEXT, "What the catalogues are called."),
                "standing": _STANDING,
                "reading": Field(many(rows.PAPER.type), "What is being read."),
                "goal": _GOAL,
            },
        ),
    ),
    "list": (_TOPICS, _PAPERS),
    "next": (
        Output(
            "suggestions",
            "What to read next, best first.",
            rows.SUGGESTION,
            {
                "goal": _GOAL,
                "remark": Field(
                    TEXT,
                    "Why there is nothing, or nothing on the way to the goal.",
                    is_optional=True,
                ),
                "nearest": Field(
                    or_null(rows.SUGGESTION.type),
                    "Where there is nothing: what comes nearest.",
                    is_optional=True,
                ),
                "why": Field({"const": True}, "Set by --why.", is_optional=True),
            },
        ),
    ),
    "search": (
        Output(
            "hits",
            "What was found, best first.",
            rows.HIT,
            {
                "unmet": Field(
                    many(rows.UNMET.type),
                    "The words of the query that the best hit does not say.",
                )
            },
        ),
    ),
    "show": (
        Output("papers", "The paper.", rows.WHOLE_PAPER),
        Output(
            "topics",
            "The topic.",
            rows.TOPIC,
            {"hints": Field({"const": True}, "Set by --hints.", is_optional=True)},
        ),
        Output("topics", "The area.", rows.AREA),
    ),
    "open": (Output("links", "The link.", rows.OPENED),),
    **{
        f"mark-{word}": (_CHANGES,)
        for word in ("read", "reading", "known", "skipped", "unread")
    },
    "undo": (_CHANGES,),
    "redo": (_CHANGES,),
    "history": (Output("events", "What was said, the newest first.", rows.EVENT),),
    "note": (Output("notes", "The notes.", rows.NOTES),),
    "path": (
        Output(
            "papers",
            "What is left on the way, in order; with --all also what is done.",
            ways.STEP_ON_THE_WAY,
            {"goal": Field(ways.GOAL.type, "Where the way leads.")},
        ),
    ),
    "goal": (_GOALS,),
    "goal set": (_GOALS,),
    "goal show": (_GOALS,),
    "goal clear": (_GOALS,),
    "plan": (
        Output(
            "steps",
            "What to read when, in order.",
            ways.STEP,
            {
                "goal": Field(
                    or_null(ways.GOAL.type), "What it is for; null for everything."
                ),
                "start": Field(DAY, "Its first day."),
                "until": Field(or_null(DAY), "The last day that was given."),
                "end": Field(or_null(DAY), "The day on which its last paper is done."),
                "weekly": Field(COUNT, "Minutes a week that it was made with."),
                "enough": Field(COUNT, "Minutes a week with which all would fit."),
                "minutes": Field(COUNT, "Reading time of all its steps."),
                "assumed": Field(COUNT, "Papers whose time is not known."),
                "unfit": Field(many(rows.PAPER.type), "Papers that have no room."),
                "remark": Field(TEXT, "How it was made, or empty."),
            },
        ),
    ),
    "stats": (
        Output(
            "topics",
            "Every area, each followed by its topics.",
            rows.PLACE,
            {
                "today": Field(DAY, "The day of these figures."),
                "standing": _STANDING,
                "goal": _GOAL,
                "days": Field(
                    many(ways.DAY_OF_READING.type), "What was read on which day."
                ),
                "pace": Field(
                    or_null(ways.PACE.type), "The pace; null if too little is known."
                ),
                "forecasts": Field(
                    many(ways.FORECAST.type), "When things may be done."
                ),
            },
        ),
    ),
    "where": (Output("files", "The reader's files and folders.", files.FILE),),
    "backup": (_COPIES,),
    "restore": (_COPIES,),
    "doctor": (Output("findings", "What is wrong or odd.", files.FINDING),),
    "merge": (_TAKEN,),
    "import": (_TAKEN,),
    "help": (Output("help", "The page.", files.PAGE),),
    "schema": (Output("schemas", "Every schema there is.", files.SCHEMA),),
}
"""What each command prints; `roadmap` is the program alone."""
