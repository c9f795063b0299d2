"""What commands have to show, before anything is drawn: one class for each kind of view."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from roadmap_cli.rows import ahead_types as ahead
    from roadmap_cli.rows import file_types as files
    from roadmap_cli.rows import types
    from roadmap_cli.rows.changes import Aftermath


class View:
    """What a command has to show: its rows, and the `output` that `--json` prints.

    `columns` are the fields of the tab-separated form; without any, each row is shown as one
    field a line. `note` is said to a person before the rows, `if_empty` in their place and
    `comment` beside them. What `is_deed` tells what was done: it goes through no pager.
    """

    columns: tuple[str, ...] = ()
    is_deed: bool = False
    note: str = ""
    if_empty: str = ""
    comment: str = ""
    rows: Sequence[Mapping[str, object]]
    output: Mapping[str, object]


class TopicsView(View):
    """Areas, each followed by its topics."""

    columns = ("topic", "done", "total", "minutes_left", "title")

    def __init__(self, rows: "list[types.PlaceRow]") -> None:
        self.rows: list[types.PlaceRow] = rows
        self.output: types.TopicsOutput = {"version": 1, "topics": rows}


PAPER_COLUMNS = ("key", "status", "minutes", "level", "kind", "year", "title", "url")


class PapersView(View):
    """Papers in their sections, the topics; those that are sorted are drawn as one list.

    `has_years` asks for the years in every drawing.
    """

    columns = PAPER_COLUMNS
    if_empty = "No paper here is like that."

    def __init__(
        self,
        rows: "list[types.ListedPaperRow]",
        sections: "dict[str, types.PlaceRow]",
        *,
        is_sorted: bool = False,
        has_years: bool = False,
    ) -> None:
        self.rows: list[types.ListedPaperRow] = rows
        self.is_sorted, self.has_years = is_sorted, has_years
        self.output: types.PapersOutput = {
            "version": 1,
            "sections": sections,
            "papers": rows,
        }


class HitsView(View):
    """Papers that were found; the comment tells of the words that were not."""

    columns = PAPER_COLUMNS

    def __init__(self, output: "types.HitsOutput", comment: str) -> None:
        self.rows: list[types.HitRow] = output["hits"]
        self.output: types.HitsOutput = output
        self.comment = comment


class WholePaperView(View):
    """Everything about a paper."""

    def __init__(self, paper: "types.WholePaperRow") -> None:
        self.paper = paper
        self.rows = [paper]
        self.output: types.WholePaperOutput = {"version": 1, "papers": [paper]}


class WholeTopicView(View):
    """Everything about a topic."""

    def __init__(self, topic: "types.TopicRow", *, hints: bool) -> None:
        self.topic, self.hints = topic, hints
        self.rows = [topic]
        self.output: types.TopicOutput = {"version": 1, "topics": [topic]}
        if hints:
            self.output = {"version": 1, "hints": True, "topics": [topic]}


class WholeAreaView(View):
    """Everything about an area, or a whole catalogue."""

    def __init__(self, area: "types.AreaRow") -> None:
        self.area = area
        self.rows = [area]
        self.output: types.AreaOutput = {"version": 1, "topics": [area]}


class LinkView(View):
    """One of a paper's links."""

    columns = ("url",)

    def __init__(self, link: "files.OpenedRow") -> None:
        self.link = link
        self.rows = [link]
        self.output: files.LinksOutput = {"version": 1, "links": [link]}


class NotesView(View):
    """Where a paper's notes are, to which a line `is_added` or not."""

    columns = ("key", "path")

    def __init__(self, notes: "files.NotesRow", *, is_added: bool) -> None:
        self.notes, self.is_added = notes, is_added
        self.rows = [notes]
        self.output: files.NotesOutput = {"version": 1, "notes": [notes]}


class EventsView(View):
    """What was said and noted when.

    A drawing has the `tellings` instead of the rows, each with the time on its clock and the rows
    that one command has in common; it `has_devices` where there are several.
    """

    columns = ("at", "device", "key", "what", "undone", "title")

    def __init__(
        self,
        output: "types.EventsOutput",
        rows: "list[types.EventLine]",
        tellings: "list[tuple[str, list[types.EventLine]]]",
        if_empty: str,
        *,
        has_devices: bool,
    ) -> None:
        self.rows: list[types.EventLine] = rows
        self.output: types.EventsOutput = output
        self.tellings, self.has_devices = tellings, has_devices
        self.if_empty = if_empty


class ChangesView(View):
    """What a command did to papers, how far their topics are, and what comes next.

    `papers` are those of the output, each with the day since when it is what it is, where that
    is another day than before. Where nothing but tags changed, the columns are those. What
    else is shown is asked of `follow` when it is wanted: in lines for a program it is not.
    """

    columns = ("key", "from", "to", "title")
    is_deed = True

    def __init__(
        self,
        papers: "Sequence[tuple[types.ChangeRow, str]]",
        follow: "Callable[[], Aftermath]",
        *,
        is_of_tags: bool,
    ) -> None:
        self.papers = papers
        self.rows = [row for row, _ in papers]
        self._follow = follow
        if is_of_tags:
            self.columns = ("key", "tags_from", "tags", "title")

    @cached_property
    def aftermath(self) -> "Aftermath":
        """What the changes led to."""
        return self._follow()

    @cached_property
    def output(self) -> "types.ChangesOutput":  # type: ignore[override]  # others have it at once
        """What `--json` prints."""
        return self.aftermath.output


_SUGGESTION_COLUMNS = ("key", "minutes", "level", "kind", "year", "title", "url", "reasons")  # fmt: skip


class SuggestionsView(View):
    """What to read next; `heading` is the way that `is_asked` for, or the goal that was set."""

    columns = _SUGGESTION_COLUMNS

    def __init__(
        self,
        output: "ahead.SuggestionsOutput",
        remark: str,
        heading: "ahead.GoalRow | None",
        *,
        is_asked: bool,
    ) -> None:
        self.rows: list[types.SuggestionRow] = output["suggestions"]
        self.output: ahead.SuggestionsOutput = output
        self.note = self.if_empty = remark
        self.heading, self.is_asked = heading, is_asked


class StandingView(View):
    """Where the reader stands as a whole, what is begun, the goal and the next step.

    `commands` are the names of the commands to tell of, by the titles of their groups; a drawing
    has the line of `news`, if there is one.
    """

    columns = _SUGGESTION_COLUMNS

    def __init__(self, output: "ahead.StandingOutput", commands: Mapping[str, Sequence[str]], news: str = "") -> None:  # fmt: skip
        self.rows: list[types.SuggestionRow] = output["suggestions"]
        self.output: ahead.StandingOutput = output
        self.commands, self.news = commands, news


class WayView(View):
    """The way to a goal, step by step."""

    columns: tuple[str, ...] = ("key", "status", "minutes", "so_far", "title", "url")

    def __init__(
        self, goal: "ahead.GoalRow", rows: "list[ahead.StepOnTheWayRow]", if_empty: str
    ) -> None:
        self.rows: list[ahead.StepOnTheWayRow] = rows
        self.output: ahead.WayOutput = {"version": 1, "goal": goal, "papers": rows}
        if any(row["helped_by"] for row in rows):
            self.columns = (*self.columns, "helped_by")
        self.if_empty = if_empty


class GoalsView(View):
    """The goal that was set, if there is one."""

    columns = ("goal", "kind", "left", "minutes_left", "title")

    def __init__(self, output: "ahead.GoalsOutput", if_empty: str, note: str) -> None:
        self.rows: list[ahead.GoalRow] = output["goals"]
        self.output: ahead.GoalsOutput = output
        self.if_empty, self.note = if_empty, note


class PlanView(View):
    """A plan, a row for each part of a paper that falls in a week.

    `rate` is minutes a `per`, `room` what is to be said where not everything fits; `is_asked`
    tells a goal that was named from the one that was set.
    """

    columns = ("week", "first", "last", "minutes", "key", "ends", "title", "url")

    def __init__(  # noqa: PLR0913 - what the drawing says beside the output
        self,
        output: "ahead.PlanOutput",
        if_empty: str,
        *,
        per: str,
        rate: int,
        room: str,
        is_asked: bool,
    ) -> None:
        self.rows: list[ahead.StepRow] = output["steps"]
        self.output: ahead.PlanOutput = output
        self.if_empty = if_empty
        self.per, self.rate, self.room, self.is_asked = per, rate, room, is_asked


class StatsView(View):
    """Progress by area and topic, what was read when, pace and forecasts.

    Where it `is_folded`, a drawing leaves out the areas and topics that are not begun.
    """

    columns = ("topic", "read", "known", "reading", "skipped", "todo", "minutes_left")

    def __init__(self, output: "ahead.StatsOutput", *, is_folded: bool) -> None:
        self.rows: list[types.PlaceRow] = output["topics"]
        self.output: ahead.StatsOutput = output
        self.is_folded = is_folded


class FilesView(View):
    """Where the reader's files are."""

    columns = ("what", "path", "exists")

    def __init__(self, rows: "list[files.FileRow]") -> None:
        self.rows: list[files.FileRow] = rows
        self.output: files.FilesOutput = {"version": 1, "files": rows}


class TakenView(View):
    """How many new events each file brought."""

    columns = ("file", "events")
    is_deed = True

    def __init__(self, rows: "list[files.TakenRow]") -> None:
        self.rows: list[files.TakenRow] = rows
        self.output: files.TakenOutput = {"version": 1, "files": rows}


class CopiesView(View):
    """Copies of the reader's files; of one that was put back, `did` says so.

    `when` is the reader's time at which each was made.
    """

    columns = ("copy", "events", "path", "notes", "catalogues")
    if_empty = "There are no copies yet."

    def __init__(
        self, rows: "list[files.CopyRow]", when: "Sequence[datetime]", did: str
    ) -> None:
        self.when = when
        self.rows: list[files.CopyRow] = rows
        self.output: files.CopiesOutput = {"version": 1, "copies": rows}
        self.did = did


class PdfsView(View):
    """PDFs that were fetched or not."""

    columns = ("action", "key", "path", "url", "why")
    is_deed = True

    def __init__(self, rows: "list[files.PdfRow]") -> None:
        self.rows: list[files.PdfRow] = rows
        self.output: files.PdfsOutput = {"version": 1, "pdfs": rows}


class FindingsView(View):
    """What is wrong or odd."""

    columns = ("problem", "cure", "harmless", "fixed")
    if_empty = "All is well."

    def __init__(self, rows: "list[files.FindingRow]") -> None:
        self.rows: list[files.FindingRow] = rows
        self.output: files.FindingsOutput = {"version": 1, "findings": rows}


class SchemasView(View):
    """The JSON Schemas that there are."""

    columns = ("schema", "lists", "about")

    def __init__(self, rows: "list[files.SchemaRow]") -> None:
        self.rows: list[files.SchemaRow] = rows
        self.output: files.SchemasOutput = {"version": 1, "schemas": rows}


WholeView = WholePaperView | WholeTopicView | WholeAreaView
AheadView = SuggestionsView | StandingView | WayView | GoalsView | PlanView
ListView = TopicsView | PapersView | HitsView | ChangesView | EventsView
PathView = FilesView | LinkView | NotesView | PdfsView
FileView = PathView | TakenView | CopiesView | FindingsView | SchemasView
