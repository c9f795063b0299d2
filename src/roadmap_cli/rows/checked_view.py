"""Links that were checked, as something to show."""

from typing import TYPE_CHECKING

from roadmap_cli.rows.view import View

if TYPE_CHECKING:
    from roadmap_cli.rows.link_types import CheckedLinkRow, CheckedOutput


class CheckedView(View):
    """Links, and where they lead."""

    columns = ("verdict", "key", "url", "moved_to", "archived", "why")
    if_empty = "There are no links here."

    def __init__(self, output: "CheckedOutput") -> None:
        self.rows: list[CheckedLinkRow] = output["links"]
        self.output: CheckedOutput = output
