"""What is new in a catalogue: two states of it compared.

A state is what a reader may have relied on: which papers there are, where they stand, their
titles, links and prerequisites, and the questions. Notes, minutes and spelling are not.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from typing import Any, NamedTuple
from zlib import crc32

from roadmap_cli.curriculum.model import Catalogue, Paper, Topic

Line = Sequence[Any]
"""A part of a state as values that JSON can hold; its first tells what it is."""


class PaperState(NamedTuple):
    """What a state says of a paper; of one of another catalogue it is only listed."""

    title: str = ""
    url: str = ""
    requires: frozenset[str] = frozenset()
    retired: str = ""
    aliases: tuple[str, ...] = ()


class TopicState(NamedTuple):
    """What a state says of a topic: of its questions by id what tells their words."""

    title: str
    papers: tuple[str, ...]
    requires: frozenset[str]
    questions: Mapping[str, "Words"]


class Words(NamedTuple):
    """The checksum of the words of a question, and the ids that it had before."""

    checksum: int
    aliases: tuple[str, ...] = ()


class State(NamedTuple):
    """What a catalogue said on the day on which it was `released`; empty if it tells no day."""

    catalogue: str
    title: str
    released: str
    news: tuple[tuple[str, str], ...]
    topics: Mapping[str, TopicState]
    papers: Mapping[str, PaperState]


class Kind(StrEnum):
    """What may change in a catalogue."""

    NEWS = "news"
    CAME = "came"
    RETIRED = "retired"
    MOVED = "moved"
    RENAMED = "renamed"
    LINK = "link"
    PREREQUISITES = "prerequisites"
    QUESTIONS = "questions"


class Change(NamedTuple):
    """Something that changed for a paper, a topic or the whole catalogue.

    `name` is the paper's key as it is now, the topic's name or the catalogue's id. What
    `before` and `after` hold follows from the kind: the topics that a paper stands in (came,
    moved), names or titles (renamed), why it is retired, links, and of prerequisites and
    questions those that went and those that came. `changed` are questions of other words.
    """

    kind: Kind
    name: str
    title: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    is_topic: bool = False
    changed: tuple[str, ...] = ()


def lines_of(catalogue: Catalogue) -> Iterator[Line]:
    """The state of a catalogue but for its papers, line by line."""
    yield "catalogue", catalogue.id, catalogue.title, catalogue.released
    for news in catalogue.news:
        yield "news", news.on, news.text
    for area in catalogue.areas:
        yield from map(_line_of_topic, area.topics)


def _line_of_topic(topic: Topic) -> Line:
    words = {
        question.id: Words(
            crc32(f"{question.ask}\n{question.hint}".encode()), question.aliases
        )
        for question in topic.questions
    }
    return "topic", topic.name, topic.title, topic.papers, topic.requires, words


def line_of(paper: Paper) -> Line:
    """The state of a paper."""
    own = f"{paper.catalogue}/"
    requires = [name.removeprefix(own) for name in paper.requires]
    names = (requires, paper.retired, paper.aliases)
    return "paper", paper.key, paper.title, paper.url, *names


def state_of(lines: Iterable[Line]) -> State:
    """The state of these lines; raises `ValueError` for lines that are no state."""
    head: tuple[str, str, str] | None = None
    news: list[tuple[str, str]] = []
    topics: dict[str, TopicState] = {}
    papers: dict[str, PaperState] = {}
    for line in lines:
        match [*line]:
            case ["catalogue", str(name), str(title), str(released)]:
                head = name, title, released
            case ["news", str(on), str(text)]:
                news.append((on, text))
            case ["topic", str(name), str(title), listed, requires, dict(words)]:
                asked = {key: Words(int(n), tuple(a)) for key, (n, a) in words.items()}
                said = tuple(listed), frozenset(requires), asked
                topics[name] = TopicState(title, *said)
            case ["paper", str(key), str(title), str(url), requires, str(why), aliases]:
                also = frozenset(requires), why, tuple(aliases)
                papers[key] = PaperState(title, url, *also)
            case _:
                raise ValueError("this is no line of a state")
    if head is None:
        raise ValueError("a state names its catalogue")
    return State(*head, tuple(news), topics, papers)


def between(old: State, new: State) -> list[Change]:
    """What changed from one state of a catalogue to another: news, topics, then papers."""
    return [*_Comparison(old, new).changes()]


class _Comparison:
    """Two states of a catalogue, with the names that papers and topics have had before."""

    def __init__(self, old: State, new: State) -> None:
        self.old, self.new = old, new
        self.old_papers, self.new_papers = _with_others(old), _with_others(new)
        self.former = _former_keys(self.old_papers, self.new_papers)
        self.now = {was: key for key, was in self.former.items()}
        self.former_topics = self._topics_by_their_former_names()
        self.topics_now = {was: name for name, was in self.former_topics.items()}
        self.old_places, self.new_places = _places(old), _places(new)

    def changes(self) -> Iterator[Change]:
        for on, text in self.new.news:
            if (on, text) not in self.old.news:
                title = self.new.title
                yield Change(Kind.NEWS, self.new.catalogue, title, (), (on, text))
        yield from self._of_topics()
        replaced = self._replaced()
        for key in _in_order(self.new, self.new_papers):
            yield from self._of_paper(key, replaced)
        for key, paper in self.old_papers.items():
            is_there = key in self.new_papers or key in self.now
            if not is_there and not paper.retired:
                yield Change(Kind.RETIRED, key, paper.title)

    def _of_topics(self) -> Iterator[Change]:
        was_in_order = [self.topics_now.get(name, name) for name in self.old.topics]
        elsewhere = {*_out_of_order(was_in_order, [*self.new.topics])}
        for name, topic in self.new.topics.items():
            if name in elsewhere:
                yield Change(Kind.MOVED, name, topic.title, is_topic=True)
            was = self.former_topics.get(name, name)
            before = self.old.topics.get(was)
            if before is None:
                title, papers = topic.title, topic.papers
                yield Change(Kind.CAME, name, title, (), papers, is_topic=True)
                continue
            yield from self._of_topic(name, was, before)
        for name, topic in self.old.topics.items():
            if name not in self.new.topics and name not in self.topics_now:
                yield Change(Kind.RETIRED, name, topic.title, is_topic=True)

    def _of_topic(self, name: str, was: str, before: TopicState) -> Iterator[Change]:
        topic = self.new.topics[name]
        old, new = _questions(before, topic), _questions(topic, topic)
        changed = tuple(sorted(k for k in old.keys() & new.keys() if old[k] != new[k]))
        found = [
            *_renamed(name, was, topic.title, before.title),
            *self._prerequisites(name, topic, before),
        ]
        if changed or old.keys() != new.keys():
            names = _differences(old.keys(), new.keys())
            found.append(Change(Kind.QUESTIONS, name, topic.title, *names))
        for change in found:
            is_of_questions = change.kind is Kind.QUESTIONS
            yield change._replace(
                is_topic=True, changed=changed if is_of_questions else ()
            )

    def _of_paper(self, key: str, replaced: Mapping[str, str]) -> Iterator[Change]:
        paper, was = self.new_papers[key], self.former.get(key, key)
        before, title = self.old_papers.get(was), paper.title
        if before is None or (before.retired and not paper.retired):
            if not paper.retired:
                yield Change(
                    Kind.CAME, key, title, (), tuple(self.new_places.get(key, ()))
                )
            return
        yield from _renamed(key, was, title, before.title)
        if not paper.retired:
            yield from self._moved(key, was, replaced.get(key, ""))
            if before.url != paper.url:
                yield Change(Kind.LINK, key, title, (before.url,), (paper.url,))
            yield from self._prerequisites(key, paper, before)
        elif not before.retired:
            yield Change(Kind.RETIRED, key, title, (), (paper.retired,))

    def _moved(self, key: str, was: str, topic: str) -> Iterator[Change]:
        """Whether a paper stands in other topics, or elsewhere in the `topic`, if one is named."""
        title, now = self.new_papers[key].title, self.new_places.get(key, ())
        stood = self.old_places.get(was, ())
        stood = tuple(self.topics_now.get(name, name) for name in stood)
        if {*stood} != {*now}:
            yield Change(Kind.MOVED, key, title, stood, now)
        elif topic:
            yield Change(Kind.MOVED, key, title, (topic,), (topic,))

    def _prerequisites(
        self,
        name: str,
        now: PaperState | TopicState,
        before: PaperState | TopicState,
    ) -> Iterator[Change]:
        required = self._as_now(before.requires)
        if required != now.requires:
            names = _differences(required, now.requires)
            yield Change(Kind.PREREQUISITES, name, now.title, *names)

    def _as_now(self, names: Iterable[str]) -> frozenset[str]:
        """Names of papers and topics as they are called now."""
        papers = (self.now.get(name, name) for name in names)
        return frozenset(self.topics_now.get(name, name) for name in papers)

    def _replaced(self) -> dict[str, str]:
        """The papers that have another place within a topic, each with the topic."""
        found: dict[str, str] = {}
        for name, topic in self.new.topics.items():
            before = self.old.topics.get(self.former_topics.get(name, name))
            if before is None:
                continue
            was = [self.now.get(key, key) for key in before.papers]
            if was != [*topic.papers]:
                for key in _out_of_order(was, topic.papers):
                    found.setdefault(key, name)
        return found

    def _topics_by_their_former_names(self) -> dict[str, str]:
        """The topics that were called otherwise: they have the papers, id or title of one."""
        new, old = self.new.topics, self.old.topics
        left = {name: topic for name, topic in old.items() if name not in new}
        found: dict[str, str] = {}
        for name, topic in new.items():
            if name in old or not left:
                continue
            own = name.partition("/")[2]
            was = next(
                (
                    before
                    for before, state in left.items()
                    if before.partition("/")[2] == own
                    or state.title == topic.title
                    or _are_mostly_the_same(state.papers, topic.papers)
                ),
                None,
            )
            if was is not None:
                found[name] = was
                del left[was]
        return found


def _questions(before: TopicState, now: TopicState) -> dict[str, int]:
    """The checksums of the questions of a topic, by the ids that they have now."""
    asked = now.questions.items()
    ids = {alias: name for name, words in asked for alias in words.aliases}
    return {
        ids.get(name, name): words.checksum for name, words in before.questions.items()
    }


def _renamed(name: str, was: str, title: str, before: str) -> Iterator[Change]:
    """Whether what has a name and a title now had others before."""
    if name != was:
        yield Change(Kind.RENAMED, name, title, (was,), (name,))
    if title != before:
        yield Change(Kind.RENAMED, name, title, (before,), (title,))


def _with_others(state: State) -> Mapping[str, PaperState]:
    """The papers of a state, with those of other catalogues that its topics list."""
    listed = chain.from_iterable(topic.papers for topic in state.topics.values())
    others = {name: PaperState(name) for name in listed if "/" in name}
    return {**state.papers, **others}


def _former_keys(
    old: Mapping[str, PaperState], new: Mapping[str, PaperState]
) -> dict[str, str]:
    """The papers that had another key, with that: it is among their aliases."""
    found: dict[str, str] = {}
    for key, paper in new.items():
        if key not in old:
            former = (name for name in paper.aliases if name in old and name not in new)
            if (was := next(former, None)) is not None:
                found[key] = was
    return found


def _places(state: State) -> dict[str, tuple[str, ...]]:
    """The topics that each paper stands in, in their order."""
    found: dict[str, list[str]] = {}
    for name, topic in state.topics.items():
        for key in topic.papers:
            found.setdefault(key, []).append(name)
    return {key: tuple(names) for key, names in found.items()}


def _in_order(state: State, papers: Iterable[str]) -> Iterable[str]:
    """All papers in reading order; those that stand in no topic come last."""
    listed = chain.from_iterable(topic.papers for topic in state.topics.values())
    return dict.fromkeys((*listed, *papers))


def _differences(
    old: Iterable[str], new: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What went and what came."""
    before, after = {*old}, {*new}
    return tuple(sorted(before - after)), tuple(sorted(after - before))


def _are_mostly_the_same(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether more than half of the papers of either list are in both."""
    return 2 * len({*old} & {*new}) > max(len(old), len(new))


def _out_of_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The fewest of the names in both lists without which the rest is in the old order.

    They are those outside the longest increasing run of old places.
    """
    place = {name: number for number, name in enumerate(old)}
    common = [name for name in new if name in place]
    ends: list[int] = []
    ending: list[int] = []
    before: list[int] = []
    for number, name in enumerate(common):
        length = bisect_left(ends, place[name])
        before.append(ending[length - 1] if length else -1)
        ends[length : length + 1] = [place[name]]
        ending[length : length + 1] = [number]
    kept: set[int] = set()
    last = ending[-1] if ending else -1
    while last >= 0:
        kept.add(last)
        last = before[last]
    return [name for number, name in enumerate(common) if number not in kept]
