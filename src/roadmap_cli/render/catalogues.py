"""What is about catalogues as a whole, drawn: which are used."""

from typing import TYPE_CHECKING

from roadmap_cli.render.canvas import Canvas
from roadmap_cli.render.parts import Parts, indented, line, styled

if TYPE_CHECKING:
    from roadmap_cli.rows.catalogue_view import UsedView


def used(view: "UsedView", canvas: Canvas) -> Parts:
    """The catalogues that come with the program, each with whether it is used."""
    width = max(len(row["catalogue"]) for row in view.rows)
    for row in view.rows:
        state = "used" if row["used"] else "not used"
        name = styled(f"{row['catalogue']:<{width}}", "cyan")
        if canvas.is_narrow:
            yield line(name, f"  {state}")
            yield indented(styled(row["title"]))
        else:
            yield line(name, f"  {state:<8}  {row['title']}")
