"""What was said when as rows, and in words."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from roadmap_cli.language.phrases import listed
from roadmap_cli.progress.clocks import local, written
from roadmap_cli.progress.events import (
    Event,
    aim_of,
    edited_catalogue,
    former_question,
    question_of,
    speaks_of_goal,
)
from roadmap_cli.progress.marks import Noted, Story, Told
from roadmap_cli.progress.settings import speaks_of_wish, uses_of, wish_of
from roadmap_cli.rows.papers import Rows
from roadmap_cli.rows.view import EventsView

if TYPE_CHECKING:
    from roadmap_cli.rows.said_types import SaidRow
    from roadmap_cli.rows.types import EventLine, EventRow, NotedRow, SaidInBriefRow

_NAMED = 3
"""Marks that are told one by one where a whole command is taken back."""
_MINUTES = len("2026-01-05 08:00")


class _Record(NamedTuple):
    """A line of a history, and the row that it is to programs: of an event or of a note."""

    line: "EventLine"
    clock_time: str
    event: "EventRow | None" = None
    note: "NotedRow | None" = None

    @property
    def telling(self) -> tuple[object, ...]:
        """What it has in common with others that are told together with it."""
        line = self.line
        alone = id(self) if not line["key"] else None
        return line["at"], line["device"], line["what"], line["undone"], alone


def events(
    rows: Rows,
    story: Story,
    name: str | None = None,
    since: date | None = None,
    count: int | None = None,
) -> EventsView:
    """What was said and noted when: of all, or of a paper, and since a day.

    `count` is how many rows there are to be at most, and how many tellings in a drawing.
    """
    about = f" about {name}" if name else ""
    empty = f"Nothing has been said{about} {f'since {since}' if since else 'yet'}."
    together = groupby(_records(rows, story), lambda record: record.telling)
    tellings = [list(records) for _, records in islice(together, count)]
    records = [record for telling in tellings for record in telling][:count]
    return EventsView(
        {
            "version": 1,
            "notes": [record.note for record in records if record.note],
            "events": [record.event for record in records if record.event],
        },
        [record.line for record in records],
        [
            (telling[0].clock_time, [record.line for record in telling])
            for telling in tellings
        ],
        empty,
        has_devices=len({told.event.device for told in story.told}) > 1,
    )


def _records(rows: Rows, story: Story) -> "Iterator[_Record]":
    """Events and notes, the newest first: the notes of a day before what was said on it."""
    noted = deque(story.noted)
    for told in story.told:
        event = _event(rows, told)
        while noted and noted[0].on >= told.event.day:
            yield _note(rows, noted.popleft())
        clock_time = told.event.clock_time.isoformat(" ")[:_MINUTES]
        yield _Record(event, clock_time, event=event)
    yield from (_note(rows, line) for line in noted)


def _note(rows: Rows, noted: Noted) -> _Record:
    key, on, title = (
        rows.short[noted.paper.name],
        noted.on.isoformat(),
        noted.paper.title,
    )
    return _Record(
        {
            "at": on,
            "device": "",
            "key": key,
            "what": f"note: {noted.text}",
            "undone": False,
            "title": title,
        },
        on,
        note={"on": on, "key": key, "text": noted.text, "title": title},
    )


def said(rows: Rows, told: Iterable[Told]) -> "list[SaidInBriefRow]":
    """What a command said, in brief: the name of each paper and the words on it."""
    return [{"key": _key(rows, event), "what": _said(event.event)} for event in told]


def in_words(said: "Sequence[SaidInBriefRow]", of_all: int = 0) -> str:
    """What a command said in a sentence: its first parts, and how many more there are.

    `said` may be the beginning alone of so many.
    """
    named = [f"{event['key']} {event['what']}".lstrip() for event in said[:_NAMED]]
    more = max(len(said), of_all) - _NAMED
    return "; ".join([*named, *([f"{more} more"] if more > 0 else [])])


def _event(rows: Rows, told: Told) -> "EventRow":
    return {
        **_fields(told.event.fields),
        "at": written(told.event.at, told.event.offset),
        "device": told.event.device,
        "key": _key(rows, told),
        "what": _taken_back(rows, told) or _said(told.event),
        "undone": told.is_undone,
        "title": told.paper.title if told.paper else "",
    }


def _taken_back(rows: Rows, told: Told) -> str:
    """What an undo took back or a redo gave again; empty for all else, and if unknown."""
    if not told.target:
        return ""
    words = in_words(said(rows, told.target[:_NAMED]), len(told.target))
    return f"{'redid' if told.is_redo else 'took back'}: {words}"


def _key(rows: Rows, told: Told) -> str:
    return rows.short[told.paper.name] if told.paper else told.event.paper


def _said(event: Event) -> str:
    """An event in a few words."""
    if event.undoes:
        device, at = event.undoes
        return f"took back what {device} said at {local(at).isoformat(' ')[:_MINUTES]}"
    if setting := _of_setting(event):
        return setting
    if catalogue := edited_catalogue(event):
        deed = str(event.fields.get("edit"))
        return f"{_DEEDS.get(deed, 'changed')} {catalogue}"
    if question := question_of(event):
        return _of_question(question, event)
    words = [
        _in_words(name, value)
        for name, value in event.fields.items()
        if name != "status"
    ]
    return ", ".join(
        [str(event.fields["status"]), *words] if "status" in event.fields else words
    )


def _of_setting(event: Event) -> str:
    """What an event sets for all that follows; empty if it sets nothing that is told."""
    if speaks_of_goal(event):
        aim = aim_of(event)
        topic = f": {aim.topic}" if aim and aim.topic else ""
        return f"goal set{topic}" if aim else "goal cleared"
    if speaks_of_wish(event):
        query = wish_of(event)
        return f"wish set: only what matches `{query}`" if query else "wish cleared"
    uses = uses_of(event)
    if uses is not None:
        return f"shipped catalogues in use: {listed(uses) or 'all'}"
    return ""


def _of_question(question: str, event: Event) -> str:
    """What an event says of a question."""
    from roadmap_cli.progress.reviews import puts_aside, reply_of  # hardly ever needed

    aside = puts_aside(event)
    if aside is not None:
        return f"{'set aside' if aside else 'took up again'} {question}"
    if former := former_question(event):
        return f"renamed {former} to {question}"
    reply = reply_of(event)
    return f"{reply.answer.value}: {question}" if reply else f"about {question}"


_DEEDS = {
    "new": "made the catalogue",
    "add": "added papers to",
    "move": "moved a paper in",
    "remove": "removed papers from",
    "edit": "edited",
    "links": "gave links new addresses in",
}
"""What was done to a catalogue, in words."""


def _in_words(name: str, value: object) -> str:
    if name == "tags" and _are_texts(value):
        return " ".join(value)
    return f"{name} {_plain(value)}"


def _are_texts(value: object) -> "TypeGuard[list[str]]":
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_TYPE_OF = {
    "status": str,
    "rating": int,
    "tags": list,
    "uses": list,
    "on": date,
    "goal": bool,
    "topic": str,
    "wish": str,
    "undoes": str,
    "catalogue": str,
    "edit": str,
    "was": str,
    "became": str,
    "question": str,
    "answer": str,
    "aside": bool,
    "ask": str,
}
"""What a journal may say, with its type there."""
_TEXTS = ("tags", "uses")
"""The lists of texts among it."""


def _fields(fields: Mapping[str, object]) -> "SaidRow":
    """What an event says, field by field; where ours hold anything else `what` tells it."""
    plain = {
        name: value if name in _TEXTS else _plain(value)
        for name, value in fields.items()
        if type(value) is _TYPE_OF.get(name, type(value))
        and (name not in _TEXTS or _are_texts(value))
    }
    assert _is_said(plain)  # noqa: S101 - narrows the type, and was just made so
    return plain


def _is_said(fields: Mapping[str, object]) -> "TypeGuard[SaidRow]":
    """Whether each field that we know has its type in JSON, where a day is a text."""
    return all(
        isinstance(fields[name], str if type_ is date else type_)
        for name, type_ in _TYPE_OF.items()
        if name in fields
    )


def _plain(value: object) -> object:
    """A value of an event as JSON can hold it: it knows no infinity, for instance."""
    is_known = isinstance(value, str | int) or (
        isinstance(value, float) and isfinite(value)
    )
    return value if is_known else str(value)
