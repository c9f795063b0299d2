"""Views drawn for people on a terminal."""

from io import StringIO
from typing import TYPE_CHECKING, TextIO, assert_never

from rich.console import Console
from rich.segment import Segment

from roadmap_cli.render.canvas import WIDEST, Canvas
from roadmap_cli.render.parts import Parts, indented, together
from roadmap_cli.rows.view import (
    AheadView,
    ChangesView,
    CopiesView,
    EventsView,
    FilesView,
    FileView,
    FindingsView,
    GoalsView,
    HitsView,
    LinkView,
    ListView,
    NotesView,
    PapersView,
    PdfsView,
    PlanView,
    SchemasView,
    StandingView,
    StatsView,
    SuggestionsView,
    TakenView,
    TopicsView,
    WayView,
    WholeAreaView,
    WholePaperView,
    WholeTopicView,
    WholeView,
)

if TYPE_CHECKING:
    from roadmap_cli.rows.any_view import AnyView
    from roadmap_cli.rows.catalogue_view import NewsView, UsedView
    from roadmap_cli.rows.checked_view import CheckedView
    from roadmap_cli.rows.entry_view import CollectView
    from roadmap_cli.rows.review_view import PromptsView
    from roadmap_cli.rows.sourced_view import SourcedView


def drawn(view: "AnyView", canvas: Canvas) -> str:
    """The view as terminal text, ready to be written."""
    buffer = StringIO()
    console = _console(buffer, canvas)
    console.print(together(_parts(view, canvas)), end="", crop=False)
    text = "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())
    return text if canvas.has_unicode else text.translate(_TO_ASCII)


def drawn_lines(view: "AnyView", canvas: Canvas) -> list[list[Segment]]:
    """The view as lines of styled text, for a face that puts them on a screen itself.

    What may not be broken, such as a link, may be longer than the canvas is wide.
    """
    console = _console(StringIO(), canvas)
    lines: list[list[Segment]] = []
    for part in _parts(view, canvas):
        drawn = console.render(indented(part, 0))
        lines += Segment.split_lines(drawn)
    if canvas.has_unicode:
        return lines
    return [
        [segment._replace(text=_in_ascii(segment.text)) for segment in line]
        for line in lines
    ]


def _console(file: TextIO, canvas: Canvas) -> Console:
    return Console(
        file=file,
        width=min(max(canvas.width, 20), WIDEST),
        height=1,  # of no use here; else it is read from the environment, whatever that says
        force_terminal=canvas.has_colour,
        color_system="standard" if canvas.has_colour else None,
        no_color=not canvas.has_colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _in_ascii(text: str) -> str:
    return text.translate(_TO_ASCII).encode("ascii", "replace").decode()


_TO_ASCII = str.maketrans({"…": ".", "’": "'", "–": "-", "—": "-", "“": '"', "”": '"'})


def _parts(view: "AnyView", canvas: Canvas) -> Parts:
    """What draws a view: this function and those below are the table of all drawings.

    Each loads what it needs. The type checker sees a kind that has no drawing.
    """
    if isinstance(view, ListView):
        return _list(view, canvas)
    if isinstance(view, AheadView):
        return _ahead(view, canvas)
    if isinstance(view, WholeView):
        return _whole(view, canvas)
    if isinstance(view, FileView):
        return _file(view, canvas)
    if isinstance(view, StatsView):
        return _stats(view, canvas)
    return _rare(view, canvas)


def _stats(view: StatsView, canvas: Canvas) -> Parts:
    from roadmap_cli.render import stats

    yield from stats.stats(view, canvas)


def _list(view: ListView, canvas: Canvas) -> Parts:
    from roadmap_cli.render import tables

    match view:
        case TopicsView():
            yield from tables.topics(view, canvas)
        case PapersView():
            yield from tables.papers(view, canvas)
        case HitsView():
            yield from tables.hits(view, canvas)
        case ChangesView():
            yield from tables.changes(view, canvas)
        case EventsView():
            yield from tables.events(view, canvas)
        case _:
            assert_never(view)


def _ahead(view: AheadView, canvas: Canvas) -> Parts:
    from roadmap_cli.render import ahead

    match view:
        case SuggestionsView():
            yield from ahead.suggestions(view, canvas)
        case StandingView():
            yield from ahead.standing(view, canvas)
        case WayView():
            yield from ahead.way(view, canvas)
        case GoalsView():
            yield from ahead.goals(view, canvas)
        case PlanView():
            yield from ahead.plan(view, canvas)
        case _:
            assert_never(view)


def _whole(view: WholeView, canvas: Canvas) -> Parts:
    from roadmap_cli.render import pages

    match view:
        case WholePaperView():
            yield from pages.paper(view, canvas)
        case WholeTopicView():
            yield from pages.topic(view, canvas)
        case WholeAreaView():
            yield from pages.area(view, canvas)
        case _:
            assert_never(view)


def _file(view: FileView, canvas: Canvas) -> Parts:
    from roadmap_cli.render import files

    match view:
        case FilesView():
            yield from files.files(view, canvas)
        case LinkView():
            yield from files.link(view)
        case NotesView():
            yield from files.notes(view)
        case PdfsView():
            yield from files.pdfs(view)
        case TakenView():
            yield from files.taken(view)
        case CopiesView():
            yield from files.copies(view, canvas)
        case FindingsView():
            yield from files.findings(view, canvas)
        case SchemasView():
            yield from files.schemas(view)
        case _:
            assert_never(view)


def _rare(
    view: "CollectView | CheckedView | SourcedView | PromptsView | UsedView | NewsView",
    canvas: Canvas,
) -> Parts:
    """What is seldom looked at: even the kinds of these views are loaded where one is drawn."""
    from roadmap_cli.render import catalogues, entries, links, reviews, sourced
    from roadmap_cli.rows.catalogue_view import NewsView, UsedView
    from roadmap_cli.rows.checked_view import CheckedView
    from roadmap_cli.rows.entry_view import EditsView, EntriesView, TagsView
    from roadmap_cli.rows.review_view import PromptsView
    from roadmap_cli.rows.sourced_view import RefreshedView, SourcesView

    match view:
        case EntriesView():
            yield from entries.entries(view, canvas)
        case EditsView():
            yield from entries.edits(view)
        case TagsView():
            yield from entries.tags(view)
        case CheckedView():
            yield from links.checked(view)
        case PromptsView():
            yield from reviews.prompts(view)
        case RefreshedView():
            yield from sourced.refreshed(view)
        case SourcesView():
            yield from sourced.sources(view)
        case UsedView():
            yield from catalogues.used(view, canvas)
        case NewsView():
            yield from catalogues.news(view)
        case _:
            assert_never(view)
