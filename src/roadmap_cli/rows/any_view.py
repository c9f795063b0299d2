"""Every kind of view there is, for the type checker: at run time nobody needs them all at once."""

from roadmap_cli.rows.catalogue_view import NewsView, UsedView
from roadmap_cli.rows.checked_view import CheckedView
from roadmap_cli.rows.entry_view import CollectView
from roadmap_cli.rows.review_view import AnsweredView, AsideView, PromptsView
from roadmap_cli.rows.sourced_view import SourcedView
from roadmap_cli.rows.view import (
    AheadView,
    FileView,
    ListView,
    StatsView,
    WholeView,
)

AnyView = (
    CollectView
    | WholeView
    | AheadView
    | ListView
    | FileView
    | StatsView
    | CheckedView
    | UsedView
    | NewsView
    | PromptsView
    | AnsweredView
    | AsideView
    | SourcedView
)
"""Each has its drawing, and the type checker sees one that has none."""
