"""Plain values for tests: defaults that a test overrides by keyword."""

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import (
    Area,
    Catalogue,
    Group,
    Kind,
    Level,
    Paper,
    Status,
    Topic,
)
from roadmap_cli.disk.places import Places
from roadmap_cli.progress.events import Event, Progress
from roadmap_cli.progress.replay import replay
from roadmap_cli.store.events.index import EventIndex
from roadmap_cli.store.events.standings import StoredProgress

TODAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SETPRIV = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
"""Runs a program as a user who owns nothing."""


def a_paper(key: str, **fields: Any) -> Paper:
    """A paper of the catalogue `test`, titled after its key."""
    defaults: dict[str, Any] = {
        "catalogue": "test",
        "title": f"The {key} paper",
        "kind": Kind.PAPER,
        "level": Level.CORE,
        "url": f"https://example.org/{key}",
        "minutes": 60,
    }
    return Paper(key=key, **{**defaults, **fields})


def a_topic(name: str, papers: Sequence[str] = (), **fields: Any) -> Topic:
    """A topic `area/id` with these papers, ungrouped."""
    area, _, own = name.partition("/")
    defaults: dict[str, Any] = {
        "catalogue": "test",
        "title": own.title(),
        "groups": (Group(tuple(papers)),),
    }
    return Topic(area=area, id=own, **{**defaults, **fields})


def a_catalogue(
    papers: Sequence[Paper] = (),
    topics: Sequence[Topic] = (),
    *,
    id: str = "test",  # noqa: A002 - as the field is called
) -> Catalogue:
    """A catalogue of these papers and topics; areas follow from the topics."""
    areas: dict[str, list[Topic]] = {}
    for topic in topics:
        areas.setdefault(topic.area, []).append(topic)
    return Catalogue(
        id=id,
        title=f"The {id} catalogue",
        areas=tuple(
            Area(catalogue=id, id=area, title=area.title(), topics=tuple(some))
            for area, some in areas.items()
        ),
        papers={paper.key: paper for paper in papers},
    )


def a_library(papers: Sequence[Paper] = (), topics: Sequence[Topic] = ()) -> Library:
    """A library of one catalogue."""
    return Library((a_catalogue(papers, topics),))


def an_event(
    paper: str, *, minute: int = 0, device: str = "desk", **fields: object
) -> Event:
    """An event about a paper's full name, so many minutes after noon."""
    return Event(NOON + timedelta(minutes=minute), device, minute, paper, fields)


def progress_of(library: Library, **statuses: str) -> Progress:
    """The progress in which these papers (keys; `_` stands for `-`) were marked in this order."""
    events = [
        an_event(f"test/{key.replace('_', '-')}", minute=minute, status=status)
        for minute, (key, status) in enumerate(statuses.items())
    ]
    return replay(events, library)


def needs_as_written(catalogue: Catalogue) -> dict[str, set[str]]:
    """What the papers and home topics of one catalogue require, by key: read off naively."""
    papers = catalogue.papers
    topics = {one.name: one for area in catalogue.areas for one in area.topics}
    home: dict[str, Topic] = {}
    for topic in topics.values():
        for key in topic.papers:
            if not papers[key].retired:
                home.setdefault(key, topic)
    needs = {}
    for key, paper in papers.items():
        names = [*paper.requires, *(home[key].requires if key in home else ())]
        found = {
            deep
            for name in names
            for deep in (topics[name].papers if name in topics else (name,))
        }
        needs[key] = {one for one in found - {key} if not papers[one].retired}
    return needs


def goes_in_a_circle(needs: Mapping[str, Iterable[str]]) -> bool:
    """Whether something requires itself in the end."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError:
        return True
    return False


@st.composite
def libraries(
    draw: st.DrawFn, *, circles: bool = False, enough: bool = False
) -> Library:
    """One catalogue: papers and topics that require one another, by default in no circle.

    With `enough`, some papers of most topics complete them.
    """
    keys = [f"p{number}" for number in range(draw(st.integers(1, 9)))]
    some = st.lists(st.sampled_from(keys), unique=True, max_size=5)
    homes = {f"a{n % 2}/t{n}": draw(some) for n in range(draw(st.integers(0, 4)))}
    retired = draw(st.sets(st.sampled_from(keys), max_size=1))
    levels = {key: draw(st.sampled_from(Level)) for key in keys}
    foreign = draw(st.sets(st.sampled_from(keys), max_size=3))
    advice = st.lists(st.sampled_from([*keys, *homes]), unique=True, max_size=3)
    helps = {key: draw(advice) for key in keys}
    wishes = st.tuples(*[st.sampled_from([*keys, *homes])] * 2)
    requires: dict[str, list[str]] = {name: [] for name in (*keys, *homes)}
    complete = {
        name: draw(st.none() | st.integers(1, len(listed)))
        if enough and listed
        else None
        for name, listed in homes.items()
    }

    def catalogue() -> Catalogue:
        return a_catalogue(
            [
                a_paper(
                    key,
                    requires=tuple(requires[key]),
                    helps=tuple(helps[key]),
                    retired="gone" if key in retired else "",
                    level=levels[key],
                    language="zh" if key in foreign else "en",
                )
                for key in keys
            ],
            [
                a_topic(
                    name, some, requires=tuple(requires[name]), enough=complete[name]
                )
                for name, some in homes.items()
            ],
        )

    for name, needed in draw(st.lists(wishes, unique=True, max_size=10)):
        requires[name].append(needed)
        if not circles and goes_in_a_circle(needs_as_written(catalogue())):
            requires[name].pop()
    return Library((catalogue(),))


def markings(library: Library) -> st.SearchStrategy[list[tuple[str, Status]]]:
    """Some marks on papers of a library, by full name, in the order in which they were made."""
    mark = st.tuples(st.sampled_from(sorted(library.papers)), st.sampled_from(Status))
    return st.lists(mark, max_size=12)


def after(library: Library, marks: Iterable[tuple[str, Status]]) -> Progress:
    """The progress after these marks, a minute apart."""
    events = (
        an_event(name, minute=minute, status=status.value)
        for minute, (name, status) in enumerate(marks)
    )
    return replay(events, library)


def progress_in(index: EventIndex, library: Library) -> Progress:
    """All that is told where progress is looked up in an index of events, as one value."""
    stored = StoredProgress(index, library, is_complete=not index.state.damages)
    standings = {**stored.standings}
    return Progress(standings, stored.trail, stored.is_complete, stored.aim)


HEAD = """\
format = "roadmap-catalogue"
version = 1
id = "test"
title = "Test"
"""


def paper_text(key: str, fields: str = "") -> str:
    """A paper as a catalogue file says it: title on its second line, link on its third."""
    return f'[paper.{key}]\ntitle = "T"\nurl = "https://example.org/{key}"\n{fields}\n'


FULL_TEXT = f"""{HEAD}
[[area]]
id = "llm"
title = "LLM"
aliases = ["Sprachmodelle"]
figure = [{{title = "F", url = "https://f.org", source = "https://s.org"}}]
[[area.topic]]
id = "first"
title = "First"
papers = ["lora"]
group = [{{title = "G", summary = "S", papers = ["vit"], method = [{{title = "M", text = "how"}}]}}]
question = [{{id = "q", ask = "Why?", hint = "So."}}]
further = [{{title = "More", url = "https://more.org"}}]
{paper_text("lora", 'arxiv = "2106.09685"')}
{paper_text("vit", 'requires = ["lora"]; kind = "blog"; level = "deep"'.replace("; ", chr(10)))}
authors = ["Ada", "Bob"]
minutes = 5
"""
"""A catalogue file that says something of every sort."""


def give_up_root() -> None:
    """Make permissions count for root too, from the next `exec` on: for `preexec_fn`.

    Drops CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH; without root there is nothing to drop.
    """
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def places_in(home: Path) -> Places:
    """The folders of a run of the desk in this home."""
    return Places(home, home / "cache", home / "state", "desk", home / "notes")
