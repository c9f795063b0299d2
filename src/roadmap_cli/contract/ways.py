"""Goals, ways, plans and statistics: what `views.ways` makes, field by field."""

from roadmap_cli.contract.rows import PAPER, TALLY
from roadmap_cli.contract.shape import (
    COUNT,
    DAY,
    FLAG,
    NUMBER,
    TEXT,
    Field,
    Shape,
    one_of,
    or_null,
)

GOAL = Shape(
    "goal",
    "A goal and how far it is; what is counted is the whole way to it.",
    {
        "goal": Field(TEXT, "The name to type."),
        "title": Field(TEXT, "What it is called."),
        "kind": Field(one_of(("paper", "topic", "area")), "What it is."),
        **TALLY.fields,
        "left": Field(or_null(COUNT), "Papers left on the way."),
        "is_reached": Field(
            FLAG, "Whether nothing is left on the way; not so if it is skipped."
        ),
        "is_skipped": Field(FLAG, "Whether all of it is skipped: nothing leads there."),
    },
)
GOAL_CHANGE = Shape(
    "goal-change",
    "What the goal was and is, by full names.",
    {
        "from": Field(or_null(TEXT), "The goal before; null if none was set."),
        "to": Field(or_null(TEXT), "The goal now; null if none is set."),
    },
)
STEP_ON_THE_WAY = PAPER.plus(
    "step-on-the-way",
    "A paper on the way to a goal.",
    {"so_far": Field(COUNT, "Minutes of what is left, up to and with this.")},
)
STEP = PAPER.plus(
    "step",
    "What of a paper falls in a week of a plan.",
    {
        "week": Field({"type": "integer", "minimum": 1}, "The week, counted from 1."),
        "week_first": Field(DAY, "The first day of that week."),
        "week_last": Field(DAY, "The last day of that week."),
        "first": Field(DAY, "The day on which this begins."),
        "last": Field(DAY, "The day on which this ends."),
        "minutes": Field(COUNT, "Minutes of it in this week."),
        "minutes_of": Field(COUNT, "Minutes of the whole paper."),
        "minutes_before": Field(COUNT, "Minutes of it in the weeks before."),
        "ends": Field(FLAG, "Whether the paper is done with this."),
    },
)
DAY_OF_READING = Shape(
    "day",
    "What was read on a day.",
    {
        "day": Field(DAY, "The day."),
        "papers": Field(COUNT, "Papers read."),
        "minutes": Field(
            COUNT, "Their reading time, an hour for one without an estimate."
        ),
    },
)
PACE = Shape(
    "pace",
    "How fast the reader was in the last weeks.",
    {
        "weeks": Field(COUNT, "Weeks that were counted."),
        "papers_a_week": Field(NUMBER, "Papers a week."),
        "minutes_a_week": Field(NUMBER, "Minutes a week."),
    },
)
FORECAST = Shape(
    "forecast",
    "When something may be done at the reader's pace; null where that cannot be said.",
    {
        "of": Field(one_of(("goal", "all")), "Of the goal, or of everything."),
        "title": Field(TEXT, "What that is called."),
        "minutes_left": Field(
            or_null(COUNT), "Reading time of what is left, as far as it is known."
        ),
        "untimed_left": Field(
            or_null(COUNT), "Papers left without an estimate, each taken for an hour."
        ),
        "likely": Field(or_null(DAY), "The likeliest day."),
        "earliest": Field(or_null(DAY), "The earliest that can be expected."),
        "latest": Field(or_null(DAY), "The latest that can be expected."),
    },
)
