"""The commands of carrying over: progress taken in from elsewhere, and written for elsewhere."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from roadmap_cli.cli.framework.command import command
from roadmap_cli.cli.framework.options import Assured, Force, Where
from roadmap_cli.cli.framework.values import choice_option
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams
from roadmap_cli.curriculum.model import Status, StatusAsked
from roadmap_cli.errors import WrongUsageError
from roadmap_cli.exchange.writing.citing import Keys
from roadmap_cli.exchange.writing.formats import Written
from roadmap_cli.program.collecting import Collecting
from roadmap_cli.program.exporting import Export, Exporting
from roadmap_cli.program.importing import Import, Importing

app = typer.Typer()


@command(app, "merge", "dry_run", "json")
def merge(
    session: Session,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Journals, exports, or folders of them."
        ),
    ],
) -> None:
    """Take in progress from elsewhere. What is known already is not taken twice.

    Example: roadmap merge old-laptop.toml

    Example: roadmap merge phone.toml desk.toml
    """
    take_in = session.carrying.take_in
    session.present(take_in(files, streams.read_bytes))


List = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="A list of any format, or its link; zotero; - for stdin."
    ),
]
As = Annotated[
    str,
    typer.Option("--as", metavar="ID", help="Make or renew a catalogue of its own."),
]
OneTopic = Annotated[
    str, typer.Option("--to", metavar="TOPIC", help="Put all of it into one topic.")
]
AsRead = Annotated[bool, typer.Option("--read", help="Mark all that it has as read.")]
WithStatuses = Annotated[
    bool,
    typer.Option("--statuses", help="Take its own ticks, statuses and tags as yours."),
]
Rejected = Annotated[
    Path | None,
    typer.Option("--rejected", metavar="FILE", help="Keep what is refused there."),
]

Enriched = Annotated[
    bool,
    typer.Option("--enrich", help="Ask services for titles, authors and years."),
]


@command(app, "import", "dry_run", "json", "header")
def import_(
    session: Session,
    file: List,
    name: As = "",
    to: OneTopic = "",
    read: AsRead = False,
    statuses: WithStatuses = False,
    rejected: Rejected = None,
    enrich: Enriched = False,
    yes: Assured = False,
) -> None:
    """Take in a list of papers, or exported progress. It shows first what it will do.

    Lists are Markdown, BibTeX, RIS, CSL JSON, CSV, Zotero's, bookmarks, OPML, ids and links.
    A link to a file works too; of a repository on GitHub the README is read. `zotero` is the
    library of the Zotero that runs, with its collections as topics.

    Example: roadmap import library.bib --dry-run

    Example: roadmap import syllabus.md --as cs886 --yes
    """
    status = Status.READ if read else None
    wanted = Import(name, to, status, statuses, rejected, is_enriched=enrich)
    person = session.person(assured=yes)
    importing = Importing(
        Collecting(session.roadmap), streams.read_bytes, session.fetching
    )
    session.present(importing.take(file, wanted, person, session.show))


Picked = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]...",
        help="Papers, topics, areas or catalogues; all without one.",
        show_default=False,
    ),
]
Format = Annotated[
    Written | None, choice_option(Written, "--to", about="The format to write.")
]
Statuses = Annotated[
    list[StatusAsked] | None,
    choice_option(StatusAsked, "--status", about="Only with this status."),
]
WithNotes = Annotated[bool, typer.Option("--notes", help="With your private notes.")]
Keyed = Annotated[
    Keys,
    choice_option(
        Keys, "--keys", about="Cite by our keys, or by the first author and the year."
    ),
]
Progress = Annotated[bool, typer.Option("--progress", help="All that you have marked.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Instead of stdout."),
]


@command(app, "export")
def export(
    session: Session,
    names: Picked = None,
    to: Format = None,
    where: Where = None,
    status: Statuses = None,
    notes: WithNotes = False,
    keys: Keyed = Keys.OURS,
    progress: Progress = False,
    output: Output = None,
    force: Force = False,
) -> None:
    """Write papers for other programs, or all that you have marked.

    `anki` is for the questions on them; those of your notes come with --notes.

    Example: roadmap export llm --to bibtex --output llm.bib

    Example: roadmap export --to markdown --status reading

    Example: roadmap export --progress --output progress.toml
    """
    _insist_on_one(to, progress, others=[names, where, status, notes])
    wanted = Export(names or [], to or Written.JSON, keys, with_notes=notes)
    exported = (
        session.carrying.export()
        if progress
        else Exporting(session.roadmap).export(
            wanted, session.roadmap.filter(where, status=status)
        )
    )
    session.deliver(exported, output, force=force)
    session.warn()


def _insist_on_one(
    to: Written | None, progress: bool, others: Sequence[object]
) -> None:
    """Raise `WrongUsageError` unless either a format is named or the progress is meant."""
    if progress and (to or any(others)):
        raise WrongUsageError(
            "--progress is all that you have marked, in a format of its own",
            hint="leave out --progress, or all but --output and --force",
        )
    if not progress and not to:
        raise WrongUsageError(
            "no format to export in was named",
            hint=f"roadmap export --to {'|'.join(Written)}, or roadmap export --progress",
        )


@command(app, "cite")
def cite(
    session: Session,
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME...", help="Papers, topics, areas or catalogues."),
    ],
    keys: Keyed = Keys.OURS,
) -> None:
    """Print papers as BibTeX.

    Example: roadmap cite lora attention

    Example: roadmap cite efficient-finetuning --keys author-year
    """
    session.deliver(Exporting(session.roadmap).cite(names, keys), None, force=False)
    session.warn_of_catalogues()
