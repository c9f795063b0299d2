"""Values and the services that they come from, as something to show."""

from typing import TYPE_CHECKING

from roadmap_cli.rows.view import View

if TYPE_CHECKING:
    from roadmap_cli.rows.sourced_types import (
        RefreshOutput,
        RefreshRow,
        SourceRow,
        SourcesOutput,
    )


class RefreshedView(View):
    """What services say now of papers that are there."""

    columns = ("action", "key", "field", "was", "now", "source", "why")
    is_deed = True

    def __init__(self, rows: "list[RefreshRow]") -> None:
        self.rows: list[RefreshRow] = rows
        self.output: RefreshOutput = {"version": 1, "changes": rows}


class SourcesView(View):
    """The values of a paper, and where they come from."""

    columns = ("field", "value", "sources", "at", "key")

    def __init__(self, rows: "list[SourceRow]") -> None:
        self.rows: list[SourceRow] = rows
        self.output: SourcesOutput = {"version": 1, "values": rows}


SourcedView = RefreshedView | SourcesView
