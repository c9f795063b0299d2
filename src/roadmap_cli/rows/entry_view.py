"""What is shown of lists that come from elsewhere, and of what was done to catalogues."""

from typing import TYPE_CHECKING

from roadmap_cli.rows.view import View

if TYPE_CHECKING:
    from roadmap_cli.rows import entry_types as collect


class EntriesView(View):
    """What was found elsewhere, and what becomes of it; a question may follow right below."""

    columns = ("action", "key", "title", "line", "why")
    is_deed = True

    def __init__(self, output: "collect.EntriesOutput") -> None:
        self.rows: list[collect.EntryRow] = output["entries"]
        self.output: collect.EntriesOutput = output


class EditsView(View):
    """What was done to catalogues and their papers."""

    columns = ("action", "catalogue", "key", "topics", "title", "path")
    is_deed = True

    def __init__(self, rows: "list[collect.EditRow]") -> None:
        self.rows: list[collect.EditRow] = rows
        self.output: collect.EditsOutput = {"version": 1, "edits": rows}


class TagsView(View):
    """The reader's tags."""

    columns = ("tag", "papers")
    if_empty = "There are no tags here."

    def __init__(self, rows: "list[collect.TagRow]") -> None:
        self.rows: list[collect.TagRow] = rows
        self.output: collect.TagsOutput = {"version": 1, "tags": rows}


CollectView = EntriesView | EditsView | TagsView
