"""The text of a catalogue file while it is edited: what is not touched keeps every byte.

The home of tomlrt, which edits TOML and keeps comments, order and spacing. New papers are
written behind all others, as text: a list of thousands is then no slower than its text.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import starmap
from typing import Any, NamedTuple

from roadmap_cli.errors import DataFileError, NotFoundError

_BOM = "\ufeff"
_JSON = json.JSONEncoder(ensure_ascii=False)
_WIDTH = 88
"""Characters of a line up to which a list of papers stays on one."""


class TopicName(NamedTuple):
    """A topic by its ids, and the titles that it and its area get where they are made."""

    area: str
    topic: str
    area_title: str = ""
    topic_title: str = ""

    @property
    def name(self) -> str:
        """As it is addressed in its catalogue: `llm/agents`."""
        return f"{self.area}/{self.topic}"


class Spot(NamedTuple):
    """Where in a topic's list a paper is put: before or after another, else at the end."""

    before: str = ""
    after: str = ""


class Draft:
    """A catalogue file that is being edited; `contents` are its bytes as they are then.

    It says nothing of whether the result is a good catalogue: that is checked before it is
    written. Raises `DataFileError` for what is no TOML.
    """

    def __init__(self, contents: bytes, *, path: str) -> None:
        import tomlrt

        try:
            text = contents.decode("utf-8")
            self._document = tomlrt.loads(text.removeprefix(_BOM))
        except (UnicodeDecodeError, tomlrt.TOMLError, RecursionError) as error:
            raise DataFileError(f"{path}: cannot be edited: {error}") from None
        self.path = path
        self._mark = _BOM if text.startswith(_BOM) else ""
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        self._new: dict[str, Mapping[str, Any]] = {}

    @classmethod
    def begun(cls, name: str, title: str, *, path: str) -> "Draft":
        """A new catalogue without papers."""
        import tomli_w

        head = {"format": "roadmap-catalogue", "version": 1, "id": name, "title": title}
        return cls(tomli_w.dumps(head).encode(), path=path)

    @property
    def contents(self) -> bytes:
        """The bytes of the file as it is now."""
        import tomlrt

        text = tomlrt.dumps(self._document)
        if self._new:
            added = "\n".join(starmap(_written, self._new.items()))
            gap = "" if text.endswith(("\n\n", "\r\n\r\n")) else "\n"
            gap = gap if text.endswith("\n") else f"\n{gap}"
            text += f"{gap}{added}".replace("\n", self._line_end)
        return (self._mark + text).encode()

    @property
    def id(self) -> str:
        """The id of the catalogue, as far as it has one."""
        return str(self._document.get("id", ""))

    @cached_property
    def keys(self) -> dict[str, None]:
        """The keys of its papers, new ones included, in their order."""
        return dict.fromkeys(self._papers)

    @property
    def _papers(self) -> Mapping[str, Any]:
        papers = self._document.get("paper", {})
        return papers if isinstance(papers, Mapping) else {}

    def paper(self, key: str) -> Mapping[str, Any]:
        """The fields of a paper; raises `NotFoundError`."""
        found = self._new.get(key) or self._papers.get(key)
        if not isinstance(found, Mapping):
            raise NotFoundError(f"{self.path}: no paper has the key `{key}`")
        return found

    def add_paper(self, key: str, fields: Mapping[str, Any]) -> None:
        """Write a new paper behind all others; it stands in no topic yet."""
        self._new[key] = {name: value for name, value in fields.items() if value}
        self.keys[key] = None

    def set_fields(self, key: str, fields: Mapping[str, Any]) -> None:
        """Give fields of a paper new values; raises `NotFoundError`."""
        paper: Any = self.paper(key)
        if key in self._new:
            self._new[key] = {**paper, **fields}
            return
        for name, value in fields.items():
            paper[name] = value

    def replace_links(self, moved: Mapping[str, str]) -> frozenset[str]:
        """Give links that moved their new addresses, wherever the file has them.

        `moved` has the new address of each; links count as the same without blanks around them,
        and in whatever case of their scheme. Returns those that were there.
        """
        found = set[str]()
        for table, field in self._links():
            url = _as_link(table.get(field))
            if url in moved:
                table[field] = moved[url]
                found.add(url)
        return frozenset(found)

    def _links(self) -> Iterator[tuple[Any, str]]:
        """The tables that have links, each with the name of a field for one."""
        yield self._document, "source"
        for paper in self._papers.values():
            yield from ((paper, field) for field in ("url", "code"))
        for area in self._document.get("area", ()):
            tables = [*area.get("figure", ()), *area.get("further", ())]
            for topic in area.get("topic", ()):
                tables += topic.get("further", ())
            yield from (
                (table, field) for table in tables for field in ("url", "source")
            )

    def clear_field(self, key: str, name: str) -> None:
        """Take a field of a paper away, if it is there; raises `NotFoundError`."""
        paper: Any = self.paper(key)
        if name in paper:
            del paper[name]

    def drop_paper(self, key: str) -> None:
        """Take a paper out of the file, and out of its topics; raises `NotFoundError`."""
        self.paper(key)
        self.take_out(key)
        del self.keys[key]
        if self._new.pop(key, None) is None:
            del self._document["paper"][key]

    def put(self, name: str, topic: TopicName, spot: Spot | None = None) -> bool:
        """Put a paper into a topic's list; false if it is there already.

        `name` is a key, or the full name of another catalogue's paper. The area and the topic
        are made if they are missing. Raises `NotFoundError` if the paper of the spot is not in
        the topic.
        """
        table = self._made(topic)
        if any(name in papers for papers in _lists(table)):
            return False
        spot = spot or Spot()
        beside = spot.before or spot.after
        for papers in _lists(table) if beside else ():
            if beside in papers:
                papers.insert(papers.index(beside) + bool(spot.after), name)
                return True
        if beside:
            raise NotFoundError(f"`{beside}` is not in {topic.name}")
        self._append(table, name)
        return True

    def put_all(self, names: Sequence[str], topic: TopicName, group: str = "") -> None:
        """Put papers that are not there yet at the end of a topic, or of a group in it."""
        table = self._made(topic)
        there = {name for papers in _lists(table) for name in papers}
        new = [name for name in dict.fromkeys(names) if name not in there]
        if not new:
            return
        place = self._group(table, group) if group else table
        papers = place.get("papers")
        if papers is None:
            place["papers"] = _list_of(new)
            return
        papers.extend(new)
        _spread(papers)

    def take_out(self, name: str, topic: str = "") -> list[str]:
        """Take a paper out of a topic's list, or out of all; the topics that had it."""
        found = []
        for place, table in self._topics():
            if topic and place != topic:
                continue
            for papers in _lists(table):
                if name in papers:
                    papers.remove(name)
                    found.append(place)
            _keep_enough(table)
        return found

    def topics_of(self, name: str) -> list[str]:
        """The topics of the file that list a paper."""
        return [
            place
            for place, table in self._topics()
            if any(name in papers for papers in _lists(table))
        ]

    def listed(self) -> frozenset[str]:
        """What its topics list: keys, and full names of other catalogues' papers."""
        lists = (papers for _, table in self._topics() for papers in _lists(table))
        return frozenset(name for papers in lists for name in papers)

    def called(self) -> frozenset[str]:
        """What its papers answer to: keys and aliases, in lower case."""
        aliases = (
            str(alias).lower()
            for paper in self._papers.values()
            for alias in paper.get("aliases", ())
        )
        areas = (str(area.get("id")) for area in self._document.get("area", ()))
        return frozenset([*self.keys, *aliases, *areas])

    def titles(self) -> dict[tuple[str, ...], str]:
        """The ids of areas by their title, and of topics by both titles."""
        found: dict[tuple[str, ...], str] = {}
        for area in self._document.get("area", ()):
            above = str(area.get("title"))
            found.setdefault((above,), str(area.get("id")))
            for topic in area.get("topic", ()):
                place = (above, str(topic.get("title")))
                found.setdefault(place, str(topic.get("id")))
        return found

    def requirers(self, key: str) -> list[str]:
        """The keys of papers, and the topics, that name a paper in `requires` or `helps`."""
        calls = {key, f"{self.id}/{key}"}
        tables = [*self._papers.items(), *self._topics()]
        return [
            name
            for name, table in tables
            if calls & {*table.get("requires", ()), *table.get("helps", ())}
        ]

    def _topics(self) -> Iterator[tuple[str, Any]]:
        for area in self._document.get("area", ()):
            for topic in area.get("topic", ()):
                yield f"{area.get('id')}/{topic.get('id')}", topic

    def _made(self, topic: TopicName) -> Any:  # noqa: ANN401 - a table of tomlrt
        """The table of a topic, made where it is missing."""
        area = _found(self._document, "area", topic.area, topic.area_title)
        return _found(area, "topic", topic.topic, topic.topic_title)

    def _group(self, topic: Any, title: str) -> Any:  # noqa: ANN401 - tables of tomlrt
        import tomlrt

        groups = topic.get("group")
        for group in groups or ():
            if group.get("title") == title:
                return group
        made = tomlrt.Table.section({"title": title, "papers": []})
        if groups is None:
            topic["group"] = tomlrt.AoT([made])
        else:
            groups.append(made)
        return topic["group"][-1]

    def _append(self, table: Any, name: str) -> None:  # noqa: ANN401 - a table of tomlrt
        """Behind the last paper of a topic: into its last group, where it has any."""
        places = [table, *table.get("group", ())]
        place = places[-1]
        if "papers" not in place:
            place["papers"] = _list_of([name])
            return
        place["papers"].append(name)
        _spread(place["papers"])


def _as_link(value: object) -> str:
    """A link as the program knows it: see `catalogues.document`."""
    scheme, mark, rest = str(value or "").strip().partition("://")
    return f"{scheme.lower()}{mark}{rest}" if mark else f"https://{scheme}"


def _written(key: str, fields: Mapping[str, Any]) -> str:
    """A paper as a table of TOML; each list on one line."""
    lines = [f"[paper.{key}]"]
    lines += [f"{name} = {_value(value)}" for name, value in fields.items()]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    """A text, a number, or a list of them, as TOML: JSON's are, but for one character."""
    return _JSON.encode(value).replace("\x7f", "\\u007f")


def _found(above: Any, kind: str, name: str, title: str) -> Any:  # noqa: ANN401 - tables
    """The table of this kind and id, made at the end of its list where it is missing."""
    import tomlrt

    tables = above.get(kind)
    for table in tables or ():
        if table.get("id") == name:
            return table
    made = tomlrt.Table.section({"id": name, "title": title or _title_of(name)})
    if tables is None:
        above[kind] = tomlrt.AoT([made])
    else:
        tables.append(made)
    return above[kind][-1]


def _title_of(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _lists(topic: Any) -> Iterator[Any]:  # noqa: ANN401 - a table of tomlrt
    """The lists of papers of a topic: its own, and those of its groups."""
    places = (topic, *topic.get("group", ()))
    yield from (place["papers"] for place in places if "papers" in place)


def _keep_enough(topic: Any) -> None:  # noqa: ANN401 - a table of tomlrt
    """Ask for no more papers to complete a topic than it lists."""
    count, enough = sum(map(len, _lists(topic))), topic.get("enough")
    if not isinstance(enough, int) or enough <= count:
        return
    if count:
        topic["enough"] = count
    else:
        del topic["enough"]


def _list_of(names: Sequence[str]) -> Any:  # noqa: ANN401 - an array of tomlrt
    import tomlrt

    return tomlrt.Array(list(names), multiline=_is_wide(names))


def _is_wide(names: Sequence[str]) -> bool:
    return sum(len(name) + len('"", ') for name in names) > _WIDTH


def _spread(papers: Any) -> None:  # noqa: ANN401 - an array of tomlrt
    """Give each paper a line of its own where one line gets too long."""
    if not papers.multiline and _is_wide(papers):
        papers.set_multiline(multiline=True)
