"""What rows of papers, topics, changes and events hold, and the outputs that list them.

Each field is `Annotated` with its meaning; a pair such as `("minimum", 0)` is a keyword of JSON
Schema with its value. A row's docstring says what it is, its name what it is called there.
"""

from typing import Annotated, Literal, NotRequired, TypedDict

from roadmap_cli.curriculum.model import Kind, Level, Status
from roadmap_cli.rows.said_types import SaidRow

Count = Annotated[int, ("minimum", 0)]
Rating = Annotated[int, ("minimum", 1), ("maximum", 5)]
Day = Annotated[str, ("format", "date")]
Moment = Annotated[str, ("format", "date-time")]

Key = Annotated[
    str, "The name to type: the key, or the full name where that is shared."
]
Title = Annotated[str, "Its title."]
StatusKnown = Annotated[
    Status | None, "Where the reader is with it; null if a journal cannot be read."
]
Aliases = Annotated[list[str], "Other names that it answers to."]


class Output(TypedDict):
    """What a command prints with `--json`; its last field is its list."""

    version: Annotated[Literal[1], "Of this format."]


class LinkRow(TypedDict):
    """A titled link."""

    title: Annotated[str, "What it is."]
    url: Annotated[str, "Where it leads."]
    source: Annotated[str, "The page that a figure is from, or empty."]


class PaperHead(TypedDict):
    """The fields of a paper up to its minutes, which mean something else in a plan."""

    key: Key
    title: Title
    acronym: Annotated[str, "What people call it, or empty."]
    kind: Annotated[Kind, "What sort of thing it is."]
    authors: Annotated[list[str], "Who made it, in their order."]
    year: Annotated[int | None, "When it was published."]
    venue: Annotated[str, "Where it was published, or empty."]
    url: Annotated[str, "Its web page."]
    arxiv: Annotated[str, "Its arXiv id without version, or empty."]
    doi: Annotated[str, "Its DOI, or empty."]
    code: Annotated[str, "A link to the code that belongs to it, or empty."]
    language: Annotated[str, "The language that it is in: en, zh."]
    catalogue: Annotated[str, "The id of the catalogue that it is from."]
    topics: Annotated[list[str], "Topics that it stands in; the first is its home."]
    status: StatusKnown
    since: Annotated[Day | None, "The day of its status; null while it is todo."]
    rating: Annotated[Rating | None, "The reader's rating."]
    tags: Annotated[list[str], "The reader's tags, in alphabetical order."]


class _Minutes(TypedDict):
    minutes: Annotated[Count | None, "An estimate of its reading time."]


class PaperTail(TypedDict):
    """The fields of a paper after its minutes."""

    level: Annotated[Level, "How much it asks of its reader."]
    requires: Annotated[list[str], "Papers and topics to have read before it."]
    helps: Annotated[list[str], "Papers and topics that would also help: advice alone."]
    note: Annotated[str, "What to look for in it, or empty."]


class PaperRow(PaperHead, _Minutes, PaperTail):
    """A paper, or anything else to read, watch or try, and where the reader is with it."""


class BriefRow(TypedDict):
    """A paper in brief."""

    key: Key
    title: Title
    status: StatusKnown


class WholePaperRow(PaperRow):
    """Everything about a paper."""

    aliases: Aliases
    retired: Annotated[str, "Why it is no longer in the curriculum, or empty."]
    needs: Annotated[list[BriefRow], "What to have read before it."]
    helped_by: Annotated[list[BriefRow], "What would also help; nothing follows it."]
    leads_to: Annotated[list[BriefRow], "What builds on it."]
    credit: Annotated[str, "Where its catalogue comes from, or empty."]
    source: Annotated[str, "A link to that, or empty."]
    notes: Annotated[str, "The reader's own notes on it, or empty."]
    pdf: Annotated[str, "The file of the reader's PDF of it, or empty."]


class ListedPaperRow(PaperRow):
    """A paper of a topic."""

    section: Annotated[
        str, "The topic, as named in `sections`; empty outside all topics."
    ]


class HitRow(PaperRow):
    """A paper that was found."""

    score: Annotated[
        float, "How well it matches: more is better, only the order counts."
    ]
    matched: Annotated[list[str], "The words by which it was found, in lower case."]


class UnmetRow(TypedDict):
    """A word that was asked for and that the best hit does not say."""

    word: Annotated[str, "The word, in lower case."]
    instead: Annotated[str, "What it was taken for, or empty: it was dropped."]
    is_known: Annotated[bool, "Whether some paper has it, but not with the rest."]


class ReasonRow(TypedDict):
    """Why a paper stands where it does."""

    term: Annotated[str, "The name of the term."]
    text: Annotated[str, "The reason in words."]


class TermRow(TypedDict):
    """One of the terms that decide the order, compared one after the other."""

    term: Annotated[str, "The name of the term."]
    rank: Annotated[int, "What is compared: less comes first."]
    text: Annotated[str, "What it says in words, or empty."]
    is_used: Annotated[bool, "Whether it counts for this paper."]


class SuggestionRow(PaperRow):
    """A paper to read next."""

    part: Annotated[
        Count | None, "Minutes of it to read now, where --within is less than it takes."
    ]
    reasons: Annotated[list[ReasonRow], "Why it comes now, the weightiest first."]
    terms: Annotated[list[TermRow], "Every term that decided its place."]


Following = Annotated[list[SuggestionRow], "At most one paper: what comes next."]


class TallyRow(TypedDict):
    """How far the reader is; null where a journal that cannot be read may say otherwise."""

    total: Annotated[Count, "Papers that count, the skipped ones included."]
    done: Annotated[Count | None, "Those that are read or were known."]
    share: Annotated[
        float | None, "The part that is done of what is not skipped, 0 to 1."
    ]
    read: Annotated[Count | None, "Those that are read."]
    known: Annotated[Count | None, "Those that were known before."]
    reading: Annotated[Count | None, "Those that are begun."]
    skipped: Annotated[Count | None, "Those left out on purpose."]
    todo: Annotated[Count | None, "Those not begun."]
    minutes_left: Annotated[
        Count | None, "Reading time of what is not done, as far as it is known."
    ]
    untimed_left: Annotated[
        Count | None, "Those not done that have no estimate of their time."
    ]


class _Place(TypedDict):
    topic: Annotated[str, "Its name: `area`, or `area/topic`."]
    title: Title
    is_area: Annotated[bool, "Whether it holds topics: an area or a catalogue."]
    catalogue: Annotated[str, "The id of the catalogue that it is from."]
    summary: Annotated[str, "What it is about, or empty."]
    requires: Annotated[list[str], "Topics and papers to have done before it."]
    enough: Annotated[
        Count | None, "How many of its papers complete it; null if all do."
    ]
    extra: Annotated[
        Count | None, "Papers in it that are more than enough, and not counted."
    ]


class PlaceRow(_Place, TallyRow):
    """A topic or an area, and how far the reader is in it."""


class MethodRow(TypedDict):
    """Something explained where it stands."""

    title: Title
    text: Annotated[str, "The explanation."]


class GroupRow(TypedDict):
    """Papers under a heading; the ungrouped ones stand under an empty one."""

    title: Annotated[str, "The heading, or empty."]
    summary: Annotated[str, "What they have in common, or empty."]
    papers: Annotated[list[PaperRow], "The papers in reading order."]
    methods: Annotated[list[MethodRow], "What has no page of its own."]


class QuestionRow(TypedDict):
    """A question to check oneself with."""

    id: Annotated[str, "Its permanent name."]
    ask: Annotated[str, "The question."]
    hint: Annotated[str, "Where the answer is found, or its gist."]
    answers: Annotated[Count | None, "How often it was answered."]
    due: Annotated[Day | None, "When it comes again; null if it was never answered."]
    aside: Annotated[bool, "Whether it is set aside."]


class TopicRow(PlaceRow):
    """Everything about a topic."""

    aliases: Aliases
    groups: Annotated[list[GroupRow], "Its papers in reading order."]
    questions: Annotated[list[QuestionRow], "Questions to check oneself with."]
    further: Annotated[list[LinkRow], "Further links."]


class AreaRow(PlaceRow):
    """Everything about an area, or a whole catalogue."""

    aliases: Aliases
    topics: Annotated[
        list[PlaceRow],
        "Its topics in order; of a catalogue its areas, each before its topics.",
    ]
    figures: Annotated[list[LinkRow], "Pictures, with the page each is from."]
    further: Annotated[list[LinkRow], "Further links."]


_FromTo = TypedDict(
    "_FromTo",
    {
        "from": Annotated[Status, "Its status before."],
        "to": Annotated[Status, "Its status now."],
    },
)


class ChangeRow(PaperRow, _FromTo):
    """A paper that a command changed, as it is now."""

    rating_from: Annotated[Rating | None, "Its rating before."]
    tags_from: Annotated[list[str], "Its tags before."]


GoalChangeRow = TypedDict(
    "GoalChangeRow",
    {
        "from": Annotated[str | None, "The goal before; null if none was set."],
        "to": Annotated[str | None, "The goal now; null if none is set."],
    },
)
GoalChangeRow.__doc__ = "What the goal was and is, by full names."


class EventLine(TypedDict):
    """What a line of a history says: of a note, `at` is but a day, and no device is known."""

    at: Annotated[
        Moment,
        "When, on the writer's clock with its offset from UTC; `Z` where only UTC is known.",
    ]
    device: Annotated[str, "Where."]
    key: Annotated[str, "The paper: as for papers, or its full name if unknown."]
    what: Annotated[str, "All of it in a few words."]
    undone: Annotated[bool, "Whether it was taken back."]
    title: Annotated[str, "The paper's title, or empty."]


class EventRow(SaidRow, EventLine):
    """Something that was said."""


FURTHER: dict[type, object] = {
    EventRow: Annotated[str | float | bool, "What else the journal says of it."]
}
"""What fields that a type does not name may hold, where that is not left open."""


class SaidInBriefRow(TypedDict):
    """Something that a command said."""

    key: Annotated[str, "The paper, as in events; empty for a topic or no goal."]
    what: Annotated[str, "What was said, in a few words."]


class TopicsOutput(Output):
    """What `list` prints without a name."""

    topics: Annotated[list[PlaceRow], "Every area, each followed by its topics."]


class PapersOutput(Output):
    """What `list` prints of papers."""

    sections: Annotated[dict[str, PlaceRow], "The topics, by their full names."]
    papers: Annotated[
        list[ListedPaperRow], "Papers in reading order, topic by topic; or sorted."
    ]


class HitsOutput(Output):
    """What `search` prints."""

    unmet: Annotated[
        list[UnmetRow], "The words of the query that the best hit does not say."
    ]
    nearest: Annotated[
        bool, "Whether no paper answers: the hits, at most five, only come nearest."
    ]
    hits: Annotated[list[HitRow], "What was found, best first."]


class WholePaperOutput(Output):
    """What `show` prints of a paper."""

    papers: Annotated[list[WholePaperRow], "The paper."]


class TopicOutput(Output):
    """What `show` prints of a topic."""

    hints: NotRequired[Annotated[Literal[True], "Set by --hints."]]
    topics: Annotated[list[TopicRow], "The topic."]


class AreaOutput(Output):
    """What `show` prints of an area."""

    topics: Annotated[list[AreaRow], "The area."]


class NotedRow(TypedDict):
    """A dated line of the reader's notes."""

    on: Annotated[Day, "Its day; at which time it was written is not known."]
    key: Key
    text: Annotated[str, "What it says."]
    title: Title


class EventsOutput(Output):
    """What `history` prints."""

    notes: Annotated[list[NotedRow], "What was noted, the newest first."]
    events: Annotated[list[EventRow], "What was said, the newest first."]


class ChangesOutput(Output):
    """What the commands print that mark papers, or take marks back."""

    touched: Annotated[list[PlaceRow], "The topics that they stand in."]
    next: Following
    goal: Annotated[GoalChangeRow | None, "Where another goal is set now, or none."]
    said: Annotated[
        list[SaidInBriefRow],
        "What the command said that was taken back or given again.",
    ]
    changes: Annotated[list[ChangeRow], "The papers that were changed."]
