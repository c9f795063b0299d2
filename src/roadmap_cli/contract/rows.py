"""Papers, topics, changes and events: what `views.rows` makes, field by field."""

from roadmap_cli.contract.shape import (
    COUNT,
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    Field,
    Shape,
    many,
    one_of,
    or_null,
)
from roadmap_cli.curriculum.model import Kind, Level, Status

STATUS = one_of(Status)
RATING = {"type": "integer", "minimum": 1, "maximum": 5}
_KEY = Field(TEXT, "The name to type: the key, or the full name where that is shared.")
_TITLE = Field(TEXT, "Its title.")
_STATUS = Field(
    or_null(STATUS), "Where the reader is with it; null if a journal cannot be read."
)
_ALIASES = Field(many(TEXT), "Other names that it answers to.")

LINK = Shape(
    "link",
    "A titled link.",
    {
        "title": Field(TEXT, "What it is."),
        "url": Field(TEXT, "Where it leads."),
        "source": Field(TEXT, "The page that a figure is from, or empty."),
    },
)
PAPER = Shape(
    "paper",
    "A paper, or anything else to read, watch or try, and where the reader is with it.",
    {
        "key": _KEY,
        "title": _TITLE,
        "acronym": Field(TEXT, "What people call it, or empty."),
        "kind": Field(one_of(Kind), "What sort of thing it is."),
        "authors": Field(many(TEXT), "Who made it, in their order."),
        "year": Field(or_null({"type": "integer"}), "When it was published."),
        "venue": Field(TEXT, "Where it was published, or empty."),
        "url": Field(TEXT, "Its web page."),
        "arxiv": Field(TEXT, "Its arXiv id without version, or empty."),
        "doi": Field(TEXT, "Its DOI, or empty."),
        "code": Field(TEXT, "A link to the code that belongs to it, or empty."),
        "language": Field(TEXT, "The language that it is in: en, zh."),
        "catalogue": Field(TEXT, "The id of the catalogue that it is from."),
        "topics": Field(many(TEXT), "Topics that it stands in; the first is its home."),
        "status": _STATUS,
        "since": Field(or_null(DAY), "The day of its status; null while it is todo."),
        "rating": Field(or_null(RATING), "The reader's rating."),
        "minutes": Field(or_null(COUNT), "An estimate of its reading time."),
        "level": Field(one_of(Level), "How much it asks of its reader."),
        "requires": Field(many(TEXT), "Papers and topics to have read before it."),
        "note": Field(TEXT, "What to look for in it, or empty."),
    },
)
BRIEF = Shape(
    "brief",
    "A paper in brief.",
    {"key": _KEY, "title": _TITLE, "status": _STATUS},
)
WHOLE_PAPER = PAPER.plus(
    "whole-paper",
    "Everything about a paper.",
    {
        "aliases": _ALIASES,
        "retired": Field(TEXT, "Why it is no longer in the curriculum, or empty."),
        "needs": Field(many(BRIEF.type), "What to have read before it."),
        "leads_to": Field(many(BRIEF.type), "What builds on it."),
        "credit": Field(TEXT, "Where its catalogue comes from, or empty."),
        "source": Field(TEXT, "A link to that, or empty."),
        "notes": Field(TEXT, "The reader's own notes on it, or empty."),
    },
)
LISTED_PAPER = PAPER.plus(
    "listed-paper",
    "A paper of a topic.",
    {
        "section": Field(
            TEXT, "The topic, as named in `sections`; empty outside all topics."
        )
    },
)
HIT = PAPER.plus(
    "hit",
    "A paper that was found.",
    {
        "score": Field(
            NUMBER, "How well it matches: more is better, only the order counts."
        ),
        "matched": Field(many(TEXT), "The words by which it was found, in lower case."),
    },
)
UNMET = Shape(
    "unmet",
    "A word that was asked for and that the best hit does not say.",
    {
        "word": Field(TEXT, "The word, in lower case."),
        "instead": Field(TEXT, "What it was taken for, or empty: it was dropped."),
        "is_known": Field(FLAG, "Whether some paper has it, but not with the rest."),
    },
)
REASON = Shape(
    "reason",
    "Why a paper stands where it does.",
    {
        "term": Field(TEXT, "The name of the term."),
        "text": Field(TEXT, "The reason in words."),
    },
)
TERM = Shape(
    "term",
    "One of the terms that decide the order, compared one after the other.",
    {
        "term": Field(TEXT, "The name of the term."),
        "rank": Field({"type": "integer"}, "What is compared: less comes first."),
        "text": Field(TEXT, "What it says in words, or empty."),
        "is_used": Field(FLAG, "Whether it counts for this paper."),
    },
)
SUGGESTION = PAPER.plus(
    "suggestion",
    "A paper to read next.",
    {
        "reasons": Field(many(REASON.type), "Why it comes now, the weightiest first."),
        "terms": Field(many(TERM.type), "Every term that decided its place."),
    },
)
TALLY = Shape(
    "tally",
    "How far the reader is; null where a journal that cannot be read may say otherwise.",
    {
        "total": Field(COUNT, "Papers in it, the skipped ones included."),
        "done": Field(or_null(COUNT), "Those that are read or were known."),
        "share": Field(
            or_null(NUMBER), "The part that is done of what is not skipped, 0 to 1."
        ),
        "read": Field(or_null(COUNT), "Those that are read."),
        "known": Field(or_null(COUNT), "Those that were known before."),
        "reading": Field(or_null(COUNT), "Those that are begun."),
        "skipped": Field(or_null(COUNT), "Those left out on purpose."),
        "todo": Field(or_null(COUNT), "Those not begun."),
        "minutes_left": Field(
            or_null(COUNT), "Reading time of what is not done, as far as it is known."
        ),
        "untimed_left": Field(
            or_null(COUNT), "Those not done that have no estimate of their time."
        ),
    },
)
PLACE = Shape(
    "place",
    "A topic or an area, and how far the reader is in it.",
    {
        "topic": Field(TEXT, "Its name: `area`, or `area/topic`."),
        "title": _TITLE,
        "is_area": Field(FLAG, "Whether it is an area, which holds topics."),
        "catalogue": Field(TEXT, "The id of the catalogue that it is from."),
        "summary": Field(TEXT, "What it is about, or empty."),
        "requires": Field(many(TEXT), "Topics and papers to have done before it."),
        **TALLY.fields,
    },
)
METHOD = Shape(
    "method",
    "Something explained where it stands.",
    {"title": _TITLE, "text": Field(TEXT, "The explanation.")},
)
GROUP = Shape(
    "group",
    "Papers under a heading; the ungrouped ones stand under an empty one.",
    {
        "title": Field(TEXT, "The heading, or empty."),
        "summary": Field(TEXT, "What they have in common, or empty."),
        "papers": Field(many(PAPER.type), "The papers in reading order."),
        "methods": Field(many(METHOD.type), "What has no page of its own."),
    },
)
QUESTION = Shape(
    "question",
    "A question to check oneself with.",
    {
        "id": Field(TEXT, "Its permanent name."),
        "ask": Field(TEXT, "The question."),
        "hint": Field(TEXT, "Where the answer is found, or its gist."),
    },
)
TOPIC = PLACE.plus(
    "topic",
    "Everything about a topic.",
    {
        "aliases": _ALIASES,
        "groups": Field(many(GROUP.type), "Its papers in reading order."),
        "questions": Field(many(QUESTION.type), "Questions to check oneself with."),
        "further": Field(many(LINK.type), "Further links."),
    },
)
AREA = PLACE.plus(
    "area",
    "Everything about an area.",
    {
        "aliases": _ALIASES,
        "topics": Field(many(PLACE.type), "Its topics in order."),
        "figures": Field(many(LINK.type), "Pictures, with the page each is from."),
        "further": Field(many(LINK.type), "Further links."),
    },
)
CHANGE = PAPER.plus(
    "change",
    "A paper that a command changed, as it is now.",
    {
        "from": Field(STATUS, "Its status before."),
        "to": Field(STATUS, "Its status now."),
        "rating_from": Field(or_null(RATING), "Its rating before."),
    },
)
SAID = {
    "status": Field(TEXT, "The status that was given.", is_optional=True),
    "rating": Field({"type": "integer"}, "The rating given.", is_optional=True),
    "on": Field(TEXT, "The day that it was said of, if told.", is_optional=True),
    "goal": Field(FLAG, "Whether a goal was set or cleared.", is_optional=True),
    "topic": Field(TEXT, "The topic or area made the goal.", is_optional=True),
    "undoes": Field(TEXT, "The command taken back: device@time.", is_optional=True),
}
"""What an event may say; each only if the journal says it."""
EVENT = Shape(
    "event",
    "Something that was said.",
    {
        **SAID,
        "at": Field(MOMENT, "When, in UTC."),
        "device": Field(TEXT, "Where."),
        "key": Field(TEXT, "The paper: as for papers, or its full name if unknown."),
        "what": Field(TEXT, "All of it in a few words."),
        "undone": Field(FLAG, "Whether it was taken back."),
        "title": Field(TEXT, "The paper's title, or empty."),
    },
    rest={
        "type": ["string", "number", "boolean"],
        "description": "What else the journal says of it.",
    },
)
SAID_IN_BRIEF = Shape(
    "said-in-brief",
    "Something that a command said.",
    {
        "key": Field(TEXT, "The paper, as in events; empty for a topic or no goal."),
        "what": Field(TEXT, "What was said, in a few words."),
    },
)
NOTES = Shape(
    "notes",
    "A paper's notes.",
    {"key": _KEY, "path": Field(TEXT, "The file that they are in.")},
)
OPENED = Shape(
    "opened",
    "One of a paper's links.",
    {"key": _KEY, "url": Field(TEXT, "The link.")},
)
