"""The command of help: the manual's pages, and the help of every command."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.help_text import help_text, narrowed
from roadmap_cli.cli.framework.outcome import MEANING
from roadmap_cli.cli.framework.parsing import ALIASES
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams
from roadmap_cli.render import text

if TYPE_CHECKING:  # other commands start without the pages
    from roadmap_cli.manual.topics import Page
    from roadmap_cli.rows.file_types import HelpOutput

app = typer.Typer()


@command(app, "help", "json")
def help_(
    session: Session,
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]...", help="A topic, or a command.", show_default=False
        ),
    ] = None,
) -> None:
    """Show a page of the manual, or the help of a command.

    Example: roadmap help search

    Example: roadmap help goal set
    """
    _print(session, _wanted(session.context, topic or []))


def pages() -> Mapping[str, "Page"]:
    """The manual of this program, by topic."""
    from roadmap_cli.manual import topics

    return topics.pages({int(status): said for status, said in MEANING.items()})


def _wanted(context: typer.Context, words: Sequence[str]) -> "Page":
    """A page of the manual, else the help of a command; without words, the list of pages.

    Raises `NotFoundError`.
    """
    from roadmap_cli.manual import topics

    found: Any = context.find_root()
    written = pages()
    topic = " ".join(words)
    if not words:
        return topics.Page(
            "", "Help", topics.contents(written.values(), found.info_name)
        )
    if topic in written:
        return written[topic]
    for place, word in enumerate(words):
        known = getattr(found.command, "commands", {})
        name = word if word in known else ALIASES.get(word, word)
        if name not in known:
            near = (" ".join([*words[:place], other]) for other in known)
            meant = found.command.meanings.of(word) if known else ()
            raise topics.unknown(topic, [*written, *near], meant)
        found = typer.Context(known[name], info_name=name, parent=found)
    return topics.Page(topic, found.command.get_short_help_str(), help_text(found))


def _print(session: Session, page: "Page") -> None:
    if session.asked.as_json:
        output: HelpOutput = {
            "version": 1,
            "help": [{"topic": page.topic, "title": page.title, "text": page.text}],
        }
        streams.write(text.as_json(output))
    else:
        from roadmap_cli.manual.topics import WIDTH

        canvas = streams.canvas(os.environ, is_plain=session.asked.is_plain)
        is_written = not page.topic or page.topic in pages()
        if is_written and canvas and canvas.width < WIDTH:
            streams.write(narrowed(page.text, canvas.width))
        else:
            streams.write(page.text)
