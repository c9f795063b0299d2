"""What every command shares: the roadmap, how to show a view, how to ask."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, NamedTuple

import typer

from roadmap_cli.cli.terminal import streams, waiting
from roadmap_cli.disk.environment import find_places
from roadmap_cli.errors import DeclinedError, RoadmapError, WrongUsageError
from roadmap_cli.language.locales import languages_of
from roadmap_cli.program.roadmap import Roadmap
from roadmap_cli.progress.clocks import believable, local_day
from roadmap_cli.render import text
from roadmap_cli.rows.papers import Rows

if TYPE_CHECKING:
    from roadmap_cli.program.asking import Person
    from roadmap_cli.program.carrying import Carrying, Outgoing
    from roadmap_cli.program.checking import Checking
    from roadmap_cli.program.choosing import Choosing
    from roadmap_cli.program.fetching import Fetching
    from roadmap_cli.program.getting import Getting
    from roadmap_cli.program.keeping import Keeping
    from roadmap_cli.program.reading import Reading
    from roadmap_cli.program.result import Result
    from roadmap_cli.program.reviewing import Reviewing
    from roadmap_cli.program.whatsnew import Whatsnew
    from roadmap_cli.rows.ahead import Ahead
    from roadmap_cli.rows.any_view import AnyView


def _now() -> datetime:
    return datetime.now(UTC)


class Asked(NamedTuple):
    """What was asked for by options that are the same for every command."""

    catalogues: Sequence[Path] = ()
    as_json: bool = False
    with_header: bool = False
    is_plain: bool = False
    colour: streams.Colour = streams.Colour.AUTO
    no_pager: bool = False
    no_input: bool = False
    is_quiet: bool = False
    is_verbose: bool = False
    is_rehearsal: bool = False


class Session:
    """One run of the program: the clock, and what was asked for whatever the command."""

    asked = Asked()
    context: typer.Context
    """What the framework knows of the command that runs."""
    has_warned = False
    failure: RoadmapError | None = None
    """What kept a part of what was asked for from being done."""

    def __init__(
        self,
        now: Callable[[], datetime] = _now,
        sleep: Callable[[float], None] = sleep,
    ) -> None:
        self.now: Callable[[], datetime] = lambda: believable(now())
        self._sleep = sleep

    @staticmethod
    def of(context: typer.Context) -> "Session":
        """The session that a command belongs to."""
        session = context.find_object(Session)
        assert session is not None  # noqa: S101 - the root callback always sets it
        return session

    @cached_property
    def roadmap(self) -> Roadmap:
        """The reader's roadmap."""
        asked = self.asked
        busy = waiting.watched(
            os.environ, is_quiet=asked.is_quiet, is_plain=asked.is_plain
        )
        if asked.is_rehearsal:
            self.tell("only a rehearsal: nothing is written")
        places = find_places(os.environ, asked.catalogues)
        languages = languages_of(os.environ)
        return Roadmap(
            places, self.now, busy, languages, is_rehearsal=asked.is_rehearsal
        )

    def called(self, word: str) -> str:
        """The short name of what a word means, if that is clear, else nothing."""
        try:
            names = self.roadmap.names
            return names.short(names.anything(word))
        except RoadmapError:
            return ""

    def close(self) -> None:
        """Close what was opened; with `--verbose`, say which files were read."""
        if "roadmap" not in self.__dict__:
            return
        if self.asked.is_verbose:
            for path in self.roadmap.read:
                self.tell(f"read {path}")
        self.roadmap.close()

    @property
    def today(self) -> date:
        """The reader's day."""
        return local_day(self.now())

    @property
    def rows(self) -> Rows:
        """Makes rows of what the roadmap gives, and says once what could not be read."""
        self.warn()
        return self.roadmap.rows

    @property
    def ahead(self) -> "Ahead":
        """Makes rows of what the guide says."""
        from roadmap_cli.rows.ahead import Ahead  # looking around does without

        return Ahead(self.rows, self.roadmap.guide)

    def present(self, result: "Result") -> None:
        """Say what a flow of the program came to, and show its view.

        Where a part of it failed, the run ends with that.
        """
        for remark in result.remarks:
            self.tell(remark)
        if result.needs_progress:
            self.warn()
        self.warn_of(result.warnings)
        if self.asked.as_json or not result.is_idle:
            self.show(result.view)
        self.failure = result.failure

    @property
    def reading(self) -> "Reading":
        """The flows of marks, which say less if the reader wants it quiet."""
        from roadmap_cli.program.reading import Reading

        is_brief = self.asked.is_quiet and not self.asked.as_json
        return Reading(self.roadmap, is_brief=is_brief)

    @property
    def keeping(self) -> "Keeping":
        """The flows of copies and notes."""
        from roadmap_cli.program.keeping import Keeping

        return Keeping(self.roadmap)

    @property
    def due(self) -> int | None:
        """How many questions are asked again today; nothing if it is not known."""
        from roadmap_cli.program.headline import due

        return due(self.roadmap)

    def headline(self) -> str:
        """What is new in the catalogues, in a line; only for who looks at a screen."""
        if self.asked.as_json or not streams.has_screen():
            return ""
        from roadmap_cli.program.headline import headline  # most commands do without

        return headline(self.roadmap)

    @property
    def news(self) -> "Whatsnew":
        """What is new in the catalogues."""
        from roadmap_cli.program.seen import Seen
        from roadmap_cli.program.whatsnew import Whatsnew

        return Whatsnew(self.roadmap, Seen(self.roadmap.places.state))

    @property
    def choosing(self) -> "Choosing":
        """The choice among the catalogues that come with the program."""
        from roadmap_cli.program.choosing import Choosing

        return Choosing(self.roadmap)

    @property
    def carrying(self) -> "Carrying":
        """The flows of what comes from elsewhere, and goes there."""
        from roadmap_cli.program.carrying import Carrying

        return Carrying(self.roadmap)

    def fetching(self, roadmap: Roadmap | None = None) -> "Fetching":
        """What asks the services for what they know of papers."""
        from roadmap_cli.program.fetching import Fetching

        return Fetching.of(roadmap or self.roadmap, os.environ, self._sleep)

    @property
    def getting(self) -> "Getting":
        """What fetches PDFs."""
        from roadmap_cli.program.getting import Getting

        return Getting.of(self.roadmap, os.environ, self._sleep, self.tell)

    @property
    def checking(self) -> "Checking":
        """What checks the links of the reader's lists."""
        from roadmap_cli.program.checking import Checking

        return Checking.of(self.roadmap, os.environ, self._sleep)

    @property
    def reviewing(self) -> "Reviewing":
        """What asks questions, and keeps what is answered."""
        from roadmap_cli.program.reviewing import Reviewing

        return Reviewing(self.roadmap)

    def person(self, *, assured: bool) -> "Person":
        """Whom a flow can ask."""
        from roadmap_cli.program.asking import (  # looking around does without
            Dialogue,
            Person,
        )

        agree = partial(self.confirm, assured=assured)
        if not self.can_ask:
            return Person(agree, streams.read_text, None)
        from roadmap_cli.cli.terminal import dialogue

        ask = partial(self.confirm, assured=False)
        there = Dialogue(
            streams.say, ask, dialogue.answer, dialogue.choose, dialogue.pressed
        )
        return Person(agree, streams.read_text, there)

    def deliver(
        self, outgoing: "Outgoing", output: Path | None, *, force: bool
    ) -> None:
        """Write to a file, or to standard output where that is meant.

        Raises as `Carrying.write`.
        """
        if outgoing.remark:
            self.tell(outgoing.remark)
        if output is None or streams.is_standard_output(output):
            streams.write_bytes(outgoing.data)
        else:
            self.carrying.write(outgoing, output, force=force)

    @staticmethod
    def visit(link: str, *, is_own_file: bool) -> None:
        """Open a link in the reader's browser; raises as `browser.visit`."""
        from roadmap_cli.cli.terminal import browser  # most commands show and end

        browser.visit(link, is_own_file=is_own_file)

    def warn(self) -> None:
        """Say once what could not be read."""
        if not self.has_warned:
            self.has_warned = True
            self.warn_of(self.roadmap.warnings)

    def warn_of_catalogues(self) -> None:
        """Say what was left out where something is not found: it may be there."""
        if not self.has_warned and "roadmap" in self.__dict__:
            self.has_warned = True
            self.warn_of(self.roadmap.left_out)

    @staticmethod
    def warn_of(warnings: Iterable[RoadmapError]) -> None:
        """Say what is not as it should be."""
        for warning in warnings:
            streams.report(warning, label="warning")

    def show(self, view: "AnyView") -> None:
        """Print a view as was asked: JSON, lines for a pipe, or drawn for a person."""
        if self.asked.as_json:
            streams.write(text.as_json(view.output))
            return
        canvas = streams.canvas(
            os.environ, is_plain=self.asked.is_plain, colour=self.asked.colour
        )
        if said := view.note if view.rows else view.if_empty:
            self.tell(said)
        if view.comment:
            self.tell(view.comment)
        if not view.rows and view.if_empty and (canvas or not self.asked.with_header):
            return
        if canvas is not None:
            from roadmap_cli.render.draw import drawn

            is_paged = not (self.asked.no_pager or canvas.is_plain or view.is_deed)
            self._show_drawn(drawn(view, canvas), is_paged=is_paged)
        elif view.columns:
            for line in text.lines(view, header=self.asked.with_header):
                streams.write(line)
        else:
            for line in text.fields(view):
                streams.write(line)

    def _show_drawn(self, text: str, *, is_paged: bool) -> None:
        from roadmap_cli.cli.terminal import pager

        command = pager.wanted(text, os.environ) if is_paged else None
        if command is None or not pager.page(text, command, os.environ):
            streams.write(text)

    def tell(self, text: str) -> None:
        """Print a message to standard error, unless `--quiet` was given."""
        if not self.asked.is_quiet:
            streams.say(text)

    @property
    def can_ask(self) -> bool:
        """Whether there is a person to ask."""
        return (
            not self.asked.no_input
            and sys.stdin is not None
            and sys.stdin.isatty()
            and streams.hears_messages()
        )

    def asks_again(self, problem: str) -> bool:
        """Tell what is wrong with a file that was edited; whether to go on editing it."""
        streams.say(problem)
        from roadmap_cli.cli.terminal import dialogue  # few commands ask

        return self.can_ask and dialogue.agreed("Edit it again?")

    def confirm(self, deed: str, *, assured: bool) -> None:
        """Go on only if the person agrees; without one, only with `--yes`.

        The deed begins with its verb: `mark all papers`.
        Raises `DeclinedError` if the person does not, `WrongUsageError` if nobody is there.
        """
        if assured or self.asked.is_rehearsal:
            return
        if not self.can_ask:
            verb, _, rest = deed.partition(" ")
            raise WrongUsageError(
                f"{verb.removesuffix('e')}ing {rest} has to be confirmed",
                hint="pass --yes; nothing was changed",
            )
        from roadmap_cli.cli.terminal import dialogue  # few commands ask

        if not dialogue.agreed(f"{deed[:1].upper()}{deed[1:]}?"):
            raise DeclinedError
