"""Every key of the table does what the table says of it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from conftest import Clock, Result
from roadmap_cli.curriculum.model import Status
from roadmap_cli.disk.environment import find_places
from roadmap_cli.program.deeds import Deeds, Outside
from roadmap_cli.program.desk import Desk
from roadmap_cli.program.fetching import Fetching
from roadmap_cli.program.roadmap import Roadmap
from roadmap_cli.program.spots import Depth, Sieve
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.tui import keys
from roadmap_cli.tui.app import FullScreen
from roadmap_cli.tui.browsing import Browsing
from roadmap_cli.tui.page import Page
from roadmap_cli.tui.reviewing import Review

pytestmark = pytest.mark.usefixtures("home")


class OnStage(FullScreen):
    """The app; on a screen that nobody sees there is no terminal to leave to others."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Nothing is left to anybody."""
        yield


class Stage:
    """The app on a screen that nobody sees, and what it asked of the outside."""

    def __init__(self, clock: Clock) -> None:
        self.visited: list[str] = []
        self.edited: list[Path] = []
        self.roadmap = Roadmap(find_places(os.environ, []), clock)
        self.desk = Desk(self.roadmap)
        outside = Outside(
            lambda _path: self.edited.append, self.visited.append, self._fetching
        )
        deeds = Deeds(self.desk, outside)
        self.app = OnStage(self.desk, deeds, Canvas(width=120))

    @staticmethod
    def _fetching(roadmap: Roadmap) -> Fetching:
        return Fetching.of(roadmap, os.environ, lambda _seconds: None)

    @property
    def said(self) -> str:
        """What stands above the keys."""
        return self.app.browsing.said

    def status(self, key: str) -> Status:
        """Where the reader is with a paper, as a program sees it that starts now."""
        roadmap = Roadmap(find_places(os.environ, []), self.roadmap.now)
        return roadmap.standing(roadmap.names.paper(key)).status

    @property
    def here(self) -> str | None:
        """The paper that the reader is at."""
        return self.desk.papers.current


Play = Callable[[Stage, Pilot[int]], Awaitable[None]]


def played(clock: Clock, play: Play, size: tuple[int, int] = (120, 40)) -> Stage:
    """A stage on which something was played."""
    stage = Stage(clock)

    async def run() -> None:
        async with stage.app.run_test(size=size) as pilot:
            await pilot.pause()
            await play(stage, pilot)
            await stage.app.workers.wait_for_complete()
            await pilot.pause()

    asyncio.run(run())
    return stage


async def until(pilot: Pilot[int], is_so: Callable[[], object]) -> None:
    """Let the app go on until something is so; fails if that takes very long."""
    for _ in range(400):
        if is_so():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came to that")


def pressed(clock: Clock, *some: str, size: tuple[int, int] = (120, 40)) -> Stage:
    """A stage on which keys were pressed."""

    async def play(_stage: Stage, pilot: Pilot[int]) -> None:
        for key in some:
            await pilot.press(key)

    return played(clock, play, size)


MOVES: Mapping[str, tuple[tuple[str, ...], Callable[[Desk], object], object]] = (
    MappingProxyType(
        {
            "down": (("l",), lambda desk: desk.papers.at, 1),
            "up": (("l", "j", "j"), lambda desk: desk.papers.at, 1),
            "in": ((), lambda desk: desk.depth, Depth.PAPERS),
            "out": (("l", "l"), lambda desk: desk.depth, Depth.PAPERS),
            "first": (("l", "j", "j"), lambda desk: desk.papers.at, 0),
            "last": (("l",), lambda desk: desk.papers.at, 5),
            "page_down": ((), lambda desk: desk.places.at > 1, True),
            "page_up": (
                ("G",),
                lambda desk: desk.places.at < len(desk.places.names) - 1,
                True,
            ),
            "depth(0)": (("l",), lambda desk: desk.depth, Depth.PLACES),
            "depth(1)": ((), lambda desk: desk.depth, Depth.PAPERS),
            "depth(2)": ((), lambda desk: desk.depth, Depth.PAPER),
            "sift": ((), lambda desk: desk.sieve, Sieve.TODO),
            "select": (("l", "j"), lambda desk: [*desk.selected], ["genai/cnn"]),
            "way": (
                ("l", "j"),
                lambda desk: desk.papers.names,
                ["genai/mlp", "genai/cnn"],
            ),
            "suggest": (("j",), lambda desk: desk.papers.current, "genai/mlp"),
        }
    )
)
"""What is pressed before a key that moves, and what is so after it."""

SAID: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], str]] = MappingProxyType(
    {
        "mark('read')": (("l",), (), "mlp: read; u takes it back"),
        "mark('reading')": (("l",), (), "mlp: reading; u takes it back"),
        "mark('known')": (("l",), (), "mlp: known; u takes it back"),
        "mark('skipped')": (("l",), (), "mlp: skipped; u takes it back"),
        "mark('todo')": (("l", "r"), (), "mlp: todo; u takes it back"),
        "rate": (("l",), ("4",), "mlp: read, rated 4 of 5; u takes it back"),
        "tag": (("l",), (*"b -c", "enter"), "mlp: +b; u takes it back"),
        "aim": (("l",), (), "your goal is "),
        "undo": (("l", "r"), (), "took back: mlp read"),
        "redo": (("l", "r", "u"), (), "again: mlp read"),
        "edit": (("l",), (), "your notes on mlp are as you saved them"),
        "note": (("l",), (*"word", "enter"), "noted on mlp; e opens your notes"),
        "visit('url')": (("l",), (), "opened mlp: https://www.tensorflow.org/"),
        "visit('pdf')": (("l", "G"), (), "opened resprop: https://"),
        "visit('code')": (("l", "j"), (), "opened cnn: https://github.com/"),
        "copy": (
            ("l",),
            (),
            "copied, if your terminal allows it: https://www.tensorflow.org/",
        ),
        "add": ((), (*"lora", "enter"), "known: genai/lora"),
        "find": ((), (*"lora", "enter"), ""),
        "review": (
            (),
            (),
            "no question is due today; R again: those of what you are at",
        ),
        "news": ((), (), "From now on, what changes in your lists is told here."),
        "history": ((), (), "Nothing has been said yet."),
    }
)
"""What is pressed before a key that does something, what it asks for, and what it then says."""

PAGES = {"stats": "how far you are", "help": "keys"}
ENDS = {"quit": 0}
ELSEWHERE = {"palette", "sleep", "scroll(1)", "scroll(-1)"}
"""Keys that have a test of their own below, or in `test_terminal`."""


def test_every_key_of_the_lists_is_tried() -> None:
    """A key that is added to the table without a test shows here."""
    tried = {*MOVES, *SAID, *PAGES, *ENDS, *ELSEWHERE}
    assert tried == {key.action for key in keys.FOR_LISTS}


def test_no_two_keys_of_a_place_are_the_same() -> None:
    """Of the lists, of a page and of questions."""
    for some in (keys.FOR_LISTS, *([*keys.keys_for(where)] for where in keys.Where)):
        names = [name for key in some for name in key.keys]
        assert len(names) == len({*names})


def _each(actions: Mapping[str, Any]) -> list[Any]:
    return [
        pytest.param(key.action, name, id=f"{key.action}-{name}")
        for key in keys.FOR_LISTS
        if key.action in actions
        for name in key.keys
    ]


@pytest.mark.parametrize(("action", "key"), _each(MOVES))
def test_a_key_that_moves(action: str, key: str, clock: Clock) -> None:
    """Under each of its names."""
    before, told, wanted = MOVES[action]
    assert told(pressed(clock, *before, key).desk) == wanted


@pytest.mark.parametrize(("action", "key"), _each(SAID))
def test_a_key_that_does_something(action: str, key: str, clock: Clock) -> None:
    """It says what came of it."""
    before, after, wanted = SAID[action]
    stage = pressed(clock, *before, key, *after)
    assert stage.said.startswith(wanted), stage.said


@pytest.mark.parametrize(("action", "key"), _each(PAGES))
def test_a_key_that_opens_a_page(action: str, key: str, clock: Clock) -> None:
    """And `q` leaves it."""

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        await pilot.press(key)
        assert isinstance(stage.app.screen, Page)
        assert stage.app.screen.name_of_page == PAGES[action]
        await pilot.press("q")
        assert isinstance(stage.app.screen, Browsing)

    played(clock, play)


@pytest.mark.parametrize(
    ("key", "status"),
    [("r", "read"), ("b", "reading"), ("w", "known"), ("x", "skipped")],
)
def test_a_mark_is_what_the_command_writes(key: str, status: str, clock: Clock) -> None:
    """A program that starts afterwards sees it."""
    assert pressed(clock, "l", key).status("mlp") == Status(status)


def test_marks_go_to_all_that_is_selected(clock: Clock) -> None:
    """And nothing is selected any more."""
    stage = pressed(clock, "l", "space", "j", "space", "r")
    assert [stage.status(key) for key in ("mlp", "cnn", "rnn")] == [
        "read",
        "todo",
        "read",
    ]
    assert not stage.desk.selected


def test_a_whole_area_is_marked_once_the_reader_agrees(clock: Clock) -> None:
    """`n`, or any other key, changes nothing."""
    declined = pressed(clock, "k", "r", "n")
    assert (declined.said, declined.status("mlp")) == (
        "nothing was changed",
        Status.TODO,
    )
    stage = pressed(clock, "k", "r", "y")
    assert stage.said.startswith("26 papers: read")
    assert stage.status("mlp") is Status.READ


def test_a_topic_is_marked_without_a_question(clock: Clock) -> None:
    """As the command does; one `u` takes all of it back."""
    stage = pressed(clock, "r")
    assert stage.said.startswith("6 papers: read; R asks what you remember of it")
    assert pressed(clock, "u").status("mlp") is Status.TODO


def test_what_is_no_paper_is_refused(clock: Clock) -> None:
    """A topic has no page, no notes and no rating."""
    for key in ("o", "e", "y", "asterisk", "T", "a"):
        stage = pressed(clock, key)
        assert "l goes to the papers" in stage.said
        assert [*stage.visited, *stage.edited] == []


def test_a_search_shows_what_the_command_finds_and_escape_brings_back_list_and_cursor(
    clock: Clock, roadmap: Callable[..., Result]
) -> None:
    """Also while it is typed."""
    found = [row[0] for row in roadmap("search", "mixture").rows]

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        await pilot.press("l", "j", "j", "slash", *"mixture")
        await until(pilot, lambda: stage.desk.title == "found: mixture")
        short = stage.roadmap.names.short_names
        assert [short[name] for name in stage.desk.papers.names] == found
        await pilot.press("escape")
        await pilot.pause()
        assert stage.desk.papers.names[0] == "genai/mlp"
        assert (stage.here, stage.desk.depth) == ("genai/rnn", Depth.PAPERS)

    played(clock, play)


def test_what_was_found_stays_until_the_reader_leaves_it(clock: Clock) -> None:
    """Enter keeps it, `h` leaves."""
    stage = pressed(clock, "l", "j", "slash", *"lora", "enter")
    assert stage.desk.title == "found: lora"
    assert stage.here == "genai/lora"
    left = pressed(clock, "l", "j", "slash", *"lora", "enter", "l", "h", "h")
    assert (left.desk.listing, left.here) == (None, "genai/cnn")
    assert left.desk.depth is Depth.PAPERS


def test_arrows_move_in_what_is_found_while_it_is_typed(clock: Clock) -> None:
    """And Enter keeps the reader there."""

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        await pilot.press("slash", *"lora")
        await until(pilot, lambda: stage.desk.title == "found: lora")
        await pilot.press("down", "down", "up", "enter")
        await pilot.pause()
        assert stage.desk.papers.at == 1

    played(clock, play)


def test_the_way_is_left_as_a_search_is(clock: Clock) -> None:
    """Back to where the reader was."""
    stage = pressed(clock, "l", "j", "P", "h")
    assert (stage.here, stage.desk.depth) == ("genai/cnn", Depth.PAPERS)


def test_the_key_for_questions_forgets_when_the_reader_moves(clock: Clock) -> None:
    """It asks about what is here only if it is pressed twice here."""
    stage = pressed(clock, "R", "j", "R")
    assert stage.said.startswith("no question is due today")


def test_what_could_not_be_added_need_not_be_typed_again(clock: Clock) -> None:
    """It stands there at the next try."""

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        await pilot.press("A", *"nosuch", "enter")
        await stage.app.workers.wait_for_complete()
        await pilot.pause()
        assert stage.said.startswith("error: `nosuch`")
        await pilot.press("A")
        await pilot.pause()
        assert stage.app.screen.query_one("Words").value == "nosuch"  # type: ignore[attr-defined]
        await pilot.press("escape")

    played(clock, play)


def test_a_search_that_finds_nothing_says_so(clock: Clock) -> None:
    """And shows an empty list, no error."""
    stage = pressed(clock, "slash", *"qqqqq", "enter")
    assert stage.said.startswith("nothing matches `qqqqq`")
    assert stage.here is None


def test_suggestions_are_gone_through(
    clock: Clock, roadmap: Callable[..., Result]
) -> None:
    """In the order of the command, and then anew."""
    offers = [row[0] for row in roadmap("next", "-n", "5").rows]
    for count, offer in enumerate([*offers, offers[0]], start=1):
        stage = pressed(clock, *["n"] * count)
        assert stage.said.startswith(f"next: {offer}: ")
        assert stage.here == f"genai/{offer}"


def test_sieves_let_through_what_they_say(clock: Clock) -> None:
    """One after the other; the goal's only where one is set."""
    wanted = {
        1: ["genai/mlp", "genai/aggarwal-nndl", "genai/meprop", "genai/resprop"],
        2: [],
        3: ["genai/cnn"],
        4: ["genai/rnn"],
    }
    pressed(clock, "l", "j", "r", "j", "x")
    for count, names in wanted.items():
        stage = pressed(clock, *["f"] * count)
        assert list(stage.desk.papers.names) == names
    assert pressed(clock, *["f"] * 5).desk.sieve is Sieve.ALL
    pressed(clock, "l", "j", "s")
    assert pressed(clock, *["f"] * 5).desk.sieve is Sieve.GOAL


def test_a_mark_leaves_the_paper_in_a_list_that_is_sifted(clock: Clock) -> None:
    """The order under the cursor never changes by itself."""
    stage = pressed(clock, "l", "f", "r")
    assert stage.here == "genai/mlp"
    assert stage.status("mlp") is Status.READ


def test_the_page_scrolls(clock: Clock) -> None:
    """With `J` and `K`, wherever the reader is."""

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        await pilot.press("l", "J", "J", "K")
        await pilot.pause()
        assert stage.app.browsing.pane("paper").top == 1

    played(clock, play, (120, 24))


def test_what_others_wrote_right_before_a_key_is_not_lost(
    clock: Clock,
) -> None:
    """A list of one's own that came in the same second is there."""
    call = ["add", "https://example.org/new", "--title", "New", "--offline"]

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        program = [sys.executable, "-m", "roadmap_cli", *call]
        subprocess.run(program, check=True, capture_output=True)  # noqa: ASYNC221 - before the screen looks again
        await pilot.press("l", "r")
        await pilot.pause()
        assert "mine/inbox" in " ".join(stage.desk.places.names)

    played(clock, play)


@pytest.mark.parametrize("key", ["ctrl+p", "colon"])
def test_the_palette_goes_to_papers_and_does_what_keys_do(
    key: str, clock: Clock
) -> None:
    """A paper by the beginning of its name, an action by a word."""

    def is_first(stage: Stage, text: str) -> bool:
        """Whether the palette offers this first."""
        offered = stage.app.screen.query(OptionList)
        if not offered or not offered.first().option_count:
            return False
        return text in str(offered.first().get_option_at_index(0).prompt)

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        await pilot.press(key, *"lora")
        await until(pilot, lambda: is_first(stage, "lora  LoRA"))
        await pilot.press("enter")
        await until(pilot, lambda: stage.here == "genai/lora")
        await pilot.press(key, *"mark as begun")
        await until(pilot, lambda: is_first(stage, "mark as begun"))
        await pilot.press("enter")
        await until(pilot, lambda: stage.said.startswith("lora: reading"))

    played(clock, play)


def test_a_theme_is_remembered(clock: Clock) -> None:
    """By the next start."""

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        stage.app.theme = "nord"
        await pilot.pause()

    assert Stage(clock).app.theme == "ansi-dark"
    played(clock, play)
    assert Stage(clock).app.theme == "nord"


def test_clicks_go_where_they_are_made(clock: Clock) -> None:
    """Once to be there, twice to go in; on the footer they do what the key does."""

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        await pilot.click("#papers", offset=(5, 2))
        assert (stage.here, stage.desk.depth) == ("genai/rnn", Depth.PAPERS)
        await pilot.click("#papers", offset=(5, 2))
        assert stage.desk.depth is Depth.PAPER
        await pilot.click("#foot", offset=(2, 1))
        assert isinstance(stage.app.screen, Page)

    played(clock, play)


REVIEWED: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "hint": ((), "almost right counts as missed"),
        "grade('missed')": ((), "comes again in 1 day"),
        "grade('hard')": ((), "comes again in"),
        "grade('knew')": ((), "comes again in"),
        "take_back": (("3",), "taken back"),
        "aside": ((), "set aside; u takes it back"),
    }
)


def test_every_key_of_questions_is_tried() -> None:
    """As of the lists."""
    tried = {*REVIEWED, "back", "scroll(1)", "scroll(-1)"}
    assert tried == {key.action for key in keys.keys_for(keys.Where.REVIEW)}


@pytest.mark.parametrize(
    ("action", "name"),
    [
        (key.action, name)
        for key in keys.keys_for(keys.Where.REVIEW)
        if key.action in REVIEWED
        for name in key.keys
    ],
)
def test_a_key_of_questions(action: str, name: str, clock: Clock) -> None:
    """It says what came of it."""
    before, wanted = REVIEWED[action]

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        await pilot.press("R", "R", *before, name)
        await pilot.pause()
        review = stage.app.screen
        assert isinstance(review, Review)
        assert any(wanted in line.text for line in review.lines)

    played(clock, play)


@pytest.mark.parametrize("key", ["q", "escape"])
def test_a_sitting_that_is_left_keeps_what_was_answered(
    key: str, clock: Clock, roadmap: Callable[..., Result]
) -> None:
    """As the command sees it."""
    stage = pressed(clock, "R", "R", "3", key)
    assert stage.said.startswith("1 of 6 questions answered; u takes the last back")
    assert "knew" in roadmap("history").out


def test_a_page_is_read_with_its_keys(clock: Clock) -> None:
    """Every key of the table, under each of its names."""
    wanted = {
        "scroll(1)": ((), 1),
        "scroll(-1)": (("j", "j"), 1),
        "turn(1)": ((), 9),
        "turn(-1)": (("space", "j"), 1),
        "turn(-9999)": (("j", "j"), 0),
    }
    offered = keys.keys_for(keys.Where.PAGE)
    assert {key.action for key in offered} == {*wanted, "turn(9999)", "back", "filter"}
    for key in offered:
        for name in key.keys:
            if key.action not in wanted:
                continue
            before, top = wanted[key.action]

            async def play(
                stage: Stage,
                pilot: Pilot[int],
                typed: tuple[str, ...] = (*before, name),
                wanted_top: int = top,
            ) -> None:
                await pilot.press("question_mark", *typed)
                await pilot.pause()
                page = stage.app.screen
                assert isinstance(page, Page)
                assert page.pane.top == wanted_top

            played(clock, play, (80, 12))


def test_a_page_shows_only_lines_that_say_something(clock: Clock) -> None:
    """Behind `/`, as long as that is typed."""

    async def play(stage: Stage, pilot: Pilot[int]) -> None:
        await pilot.press("question_mark")
        page = stage.app.screen
        assert isinstance(page, Page)
        whole = len(page.lines)
        await pilot.press("slash", *"goal")
        await until(pilot, lambda: 0 < len(page.lines) < whole)
        await pilot.press("enter")
        assert page.lines
        assert all("goal" in line.text for line in page.lines)

    played(clock, play)
