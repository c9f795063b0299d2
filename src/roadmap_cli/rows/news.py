"""What is new in catalogues as rows, in words."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from roadmap_cli.language.phrases import counted, listed
from roadmap_cli.progress.news import Change, Kind

if TYPE_CHECKING:
    from roadmap_cli.rows.catalogue_types import NewsRow

Concern = Literal["", "goal", "reading", "read", "known", "skipped"]
"""Why a change concerns the reader: it is on the way to the goal, or was marked so."""
_RANKS: Mapping[Concern, int] = {"reading": 0, "goal": 0, "": 2}


def row_of(
    change: Change,
    catalogue: str,
    name: str,
    topics: Mapping[str, str],
    concern: Concern,
) -> "NewsRow":
    """A change as a row: `name` is what it is called, `topics` has the titles of topics."""
    return {
        "kind": change.kind.value,
        "catalogue": catalogue,
        "key": name,
        "is_topic": change.is_topic,
        "title": change.title,
        "what": _WORDS[change.kind](change, topics),
        "concerns": concern,
        "consequence": _consequence(change, concern, name),
        "before": list(change.before),
        "after": list(change.after),
    }


def rank(row: "NewsRow") -> int:
    """What is being read or leads to the goal comes first, then what else was marked."""
    return _RANKS.get(row["concerns"], 1)


def count_in_words(counts: Mapping[str, int]) -> str:
    """How many changes of each kind there are, in half a line: `4 new, 1 moved`."""
    found: list[str] = []
    for kind, (single, several) in _COUNTED.items():
        count = counts.get(kind, 0)
        told = (single if count == 1 else several).format(count)
        if count and len(", ".join([*found, told])) > _HALF_A_LINE:
            return f"{', '.join(found)} and more"
        found += [told] if count else []
    return ", ".join(found)


_HALF_A_LINE = 30
_COUNTED: Mapping[Kind, tuple[str, str]] = {
    Kind.CAME: ("{} new", "{} new"),
    Kind.RETIRED: ("{} retired", "{} retired"),
    Kind.MOVED: ("{} moved", "{} moved"),
    Kind.RENAMED: ("{} renamed", "{} renamed"),
    Kind.LINK: ("{} new link", "{} new links"),
    Kind.PREREQUISITES: ("prerequisites of {}", "prerequisites of {}"),
    Kind.QUESTIONS: ("questions in {} topic", "questions in {} topics"),
    Kind.NEWS: ("{} message", "{} messages"),
}


Titles = Mapping[str, str]
"""The titles of topics, by name."""


def _news(change: Change, _: Titles) -> str:
    return ": ".join(filter(None, change.after))


def _came(change: Change, topics: Titles) -> str:
    if change.is_topic:
        return f"a new topic: {counted(len(change.after), 'paper')}"
    return f"new in {_titles(change.after, topics)}" if change.after else "new"


def _retired(change: Change, _: Titles) -> str:
    return ": ".join(("no longer in the list", *change.after))


def _moved(change: Change, topics: Titles) -> str:
    if change.before != change.after:
        before, after = _titles(change.before, topics), _titles(change.after, topics)
        return f"moved from {before} to {after}"
    within = f" in {_titles(change.after, topics)}" if change.after else ""
    return f"has another place{within}"


def _renamed(change: Change, _: Titles) -> str:
    return f"called {change.after[0]} now, {change.before[0]} before"


def _link(change: Change, _: Titles) -> str:
    (link,) = change.after
    return f"new link: {link}" if link else "has no link any more"


def _prerequisites(change: Change, _: Titles) -> str:
    parts = (("now needs", change.after), ("no longer needs", change.before))
    return "; ".join(f"{verb} {listed(names)}" for verb, names in parts if names)


def _questions(change: Change, _: Titles) -> str:
    parts = (
        (len(change.after), "new"),
        (len(change.changed), "changed"),
        (len(change.before), "gone"),
    )
    counts = (f"{count} {what}" for count, what in parts if count)
    return f"questions: {', '.join(counts)}"


_WORDS: Mapping[Kind, Callable[[Change, Titles], str]] = {
    Kind.NEWS: _news,
    Kind.CAME: _came,
    Kind.RETIRED: _retired,
    Kind.MOVED: _moved,
    Kind.RENAMED: _renamed,
    Kind.LINK: _link,
    Kind.PREREQUISITES: _prerequisites,
    Kind.QUESTIONS: _questions,
}


def _titles(names: Iterable[str], topics: Titles) -> str:
    return listed([topics.get(name, name) for name in names]) or "no topic"


def _consequence(change: Change, concern: Concern, name: str) -> str:
    """What a change means to the reader whom it concerns: nothing is ever to be read anew."""
    if not concern:
        return ""
    if concern == "goal":
        is_needing = change.kind is Kind.PREREQUISITES and change.after
        subject = "what it needs" if is_needing else "it"
        return f"{subject} is on the way to your goal"
    you = _YOU[concern]
    if change.is_topic:
        return f"{you} papers of it: your progress stays"
    return f"{you} it: {_STAYS.get(change.kind, 'your progress stays')}".format(name)


_YOU: Mapping[Concern, str] = {
    "reading": "you are reading",
    "read": "you have read",
    "known": "you know",
    "skipped": "you skipped",
}
_STAYS: Mapping[Kind, str] = {
    Kind.RENAMED: "your progress stays, under {}",
    Kind.RETIRED: "your progress and notes are kept",
    Kind.MOVED: "it counts where it stands now",
}
