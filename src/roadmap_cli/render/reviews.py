"""Questions that are asked, drawn."""

from typing import TYPE_CHECKING

from roadmap_cli.render.parts import Parts, indented, line, styled, when_asked

if TYPE_CHECKING:
    from roadmap_cli.rows.review_view import PromptsView


def prompts(view: "PromptsView") -> Parts:
    """Each question with its name, its topic and when it comes."""
    for row in view.rows:
        yield line(styled(row["question"], "cyan"), styled(f"  {row['title']}", "dim"))
        yield indented(styled(row["ask"]))
        yield indented(styled(when_asked(row), "dim"))
