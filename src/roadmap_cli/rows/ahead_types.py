"""What rows of goals, ways, plans and statistics hold, and the outputs that list them."""

from typing import Annotated, Literal, NotRequired, TypedDict

from roadmap_cli.rows.types import (
    BriefRow,
    Count,
    Day,
    Following,
    Output,
    PaperHead,
    PaperRow,
    PaperTail,
    PlaceRow,
    SuggestionRow,
    TallyRow,
)


class _Goal(TypedDict):
    goal: Annotated[str, "The name to type."]
    title: Annotated[str, "What it is called."]
    kind: Annotated[Literal["paper", "topic", "area", "catalogue"], "What it is."]


class GoalRow(_Goal, TallyRow):
    """A goal and how far it is; what is counted is the whole way to it."""

    left: Annotated[Count | None, "Papers left on the way."]
    is_reached: Annotated[
        bool, "Whether nothing is left on the way; not so if it is skipped."
    ]
    is_skipped: Annotated[bool, "Whether all of it is skipped: nothing leads there."]


GoalSet = Annotated[
    GoalRow | None,
    "The goal that was set; null without one that a loaded catalogue has.",
]
Due = Annotated[
    Count | None,
    "How many questions `review` would ask again today; null if that is not known.",
]
Wish = Annotated[
    str | None, "The query that suggestions have to match; null without one."
]
Standing = Annotated[TallyRow, "How far the reader is in everything."]


class StepOnTheWayRow(PaperRow):
    """A paper on the way to a goal."""

    so_far: Annotated[Count, "Minutes of what is left, up to and with this."]
    helped_by: Annotated[
        list[BriefRow],
        "With --wide: what would also help and is not on the way; else empty.",
    ]


class _MinutesOfWeek(TypedDict):
    minutes: Annotated[Count, "Minutes of it in this week."]


class StepRow(PaperHead, _MinutesOfWeek, PaperTail):
    """What of a paper falls in a week of a plan."""

    week: Annotated[int, ("minimum", 1), "The week, counted from 1."]
    week_first: Annotated[Day, "The first day of that week."]
    week_last: Annotated[Day, "The last day of that week."]
    first: Annotated[Day, "The day on which this begins."]
    last: Annotated[Day, "The day on which this ends."]
    minutes_of: Annotated[Count, "Minutes of the whole paper."]
    minutes_before: Annotated[Count, "Minutes of it in the weeks before."]
    ends: Annotated[bool, "Whether the paper is done with this."]


class DayRow(TypedDict):
    """What was read on a day."""

    day: Annotated[Day, "The day."]
    papers: Annotated[Count, "Papers read."]
    minutes: Annotated[
        Count, "Their reading time, an hour for one without an estimate."
    ]


class PaceRow(TypedDict):
    """How fast the reader was in the last weeks."""

    weeks: Annotated[Count, "Weeks that were counted."]
    papers_a_week: Annotated[float, "Papers a week."]
    minutes_a_week: Annotated[float, "Minutes a week."]


class ForecastRow(TypedDict):
    """When something may be done at the reader's pace; null where that cannot be said."""

    of: Annotated[Literal["goal", "all"], "Of the goal, or of everything."]
    title: Annotated[str, "What that is called."]
    minutes_left: Annotated[
        Count | None, "Reading time of what is left, as far as it is known."
    ]
    untimed_left: Annotated[
        Count | None, "Papers left without an estimate, each taken for an hour."
    ]
    likely: Annotated[Day | None, "The likeliest day."]
    earliest: Annotated[Day | None, "The earliest that can be expected."]
    latest: Annotated[Day | None, "The latest that can be expected."]
    is_rough: Annotated[
        bool, "Whether that is too far ahead for a day: only the span means anything."
    ]


class StandingOutput(Output):
    """What `roadmap` alone prints."""

    title: Annotated[str, "What the catalogues are called."]
    standing: Standing
    reading: Annotated[list[PaperRow], "What is being read."]
    goal: GoalSet
    due: Due
    wish: Wish
    suggestions: Annotated[
        list[SuggestionRow], "The next step; empty if nothing is left."
    ]


class BesideSuggestions(Output):
    """What `next` prints beside its list."""

    goal: GoalSet
    due: Due
    wish: Wish
    remark: NotRequired[
        Annotated[str, "Why there is nothing, or nothing on the way to the goal."]
    ]
    nearest: NotRequired[
        Annotated[SuggestionRow | None, "Where there is nothing: what comes nearest."]
    ]
    why: NotRequired[Annotated[Literal[True], "Set by --why."]]


class SuggestionsOutput(BesideSuggestions):
    """What `next` prints."""

    suggestions: Annotated[list[SuggestionRow], "What to read next, best first."]


class WayOutput(Output):
    """What `path` prints."""

    goal: Annotated[GoalRow, "Where the way leads."]
    papers: Annotated[
        list[StepOnTheWayRow],
        "What is left on the way, in order; with --all also what is done.",
    ]


class GoalsOutput(Output):
    """What `goal` prints."""

    next: Following
    wish: Wish
    set: Annotated[str | None, "Its full name, whoever has it; null if none is set."]
    goals: Annotated[
        list[GoalRow], "The goal that is set, if a loaded catalogue has it."
    ]


class PlanOutput(Output):
    """What `plan` prints."""

    goal: Annotated[GoalRow | None, "What it is for; null for everything."]
    wish: Wish
    start: Annotated[Day, "Its first day."]
    until: Annotated[Day | None, "The last day that was given."]
    end: Annotated[Day | None, "The day on which its last paper is done."]
    weekly: Annotated[Count, "Minutes a week that it was made with."]
    enough: Annotated[
        Count, "Minutes a week with which all would fit, if anybody had them."
    ]
    minutes: Annotated[Count, "Reading time of all its steps."]
    assumed: Annotated[Count, "Papers whose time is not known."]
    unfit: Annotated[list[PaperRow], "Papers that have no room."]
    remark: Annotated[str, "How it was made, or empty."]
    steps: Annotated[list[StepRow], "What to read when, in order."]


class HeldRow(TypedDict):
    """How many questions there are, and how much of them is remembered."""

    total: Annotated[Count, "Questions of catalogues and of your notes."]
    answered: Annotated[Count, "Those that you answered."]
    aside: Annotated[Count, "Those that you set aside."]
    due: Annotated[Count, "Those that are due by today, however many a day takes."]
    held: Annotated[Count, "How many of the answered you would likely know today."]


class StatsOutput(Output):
    """What `stats` prints."""

    today: Annotated[Day, "The day of these figures."]
    standing: Standing
    goal: GoalSet
    current: Annotated[
        PlaceRow | None,
        "The topic that the reader is in; null before anything was read.",
    ]
    days: Annotated[list[DayRow], "What was read on which day."]
    questions: Annotated[
        HeldRow | None, "How much is remembered; null if that is not known."
    ]
    pace: Annotated[PaceRow | None, "The pace; null if too little is known."]
    forecasts: Annotated[list[ForecastRow], "When things may be done."]
    topics: Annotated[list[PlaceRow], "Every area, each followed by its topics."]
