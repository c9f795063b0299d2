"""Draw the documents' pictures: the real program's output on a terminal, as SVG.

Readers at their beginning, a little way into the curriculum, and some months later. Nothing
is made up: the program runs with a home folder of its own for each scene.
"""

import asyncio
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from roadmap_cli.disk.environment import find_places
from roadmap_cli.program.deeds import Deeds, Outside
from roadmap_cli.program.desk import Desk
from roadmap_cli.program.fetching import Fetching
from roadmap_cli.program.roadmap import Roadmap
from roadmap_cli.render.canvas import Canvas
from roadmap_cli.tui.app import FullScreen

WIDTH = 88
AT_THE_START = (
    "mark-known background --yes",
    "mark-read bert gpt-3 flan rlhf decoder-only awesome-llm",
    "mark-skipped gpt-3-video-zh",
    "mark-known llm/prompting llm/evaluation llm/long-context",
    "mark-read prompt-tuning",
)
READ = (
    "rnn attention transformer-explainer vit mqa gqa rope rotary-blog teacher-forcing "
    "clip dino mae bert gpt-3 flan rlhf prompt-guide bleu rouge lora vae gan"
)


def some_months() -> list[str]:
    """Calls of a reader who reads a paper every few days and knew the basics."""
    today = datetime.now().astimezone().date()
    ago = [7 * week + day for week in range(14, 0, -1) for day in (5, 2)][
        : len(READ.split())
    ]
    marks = (
        f"mark-read {key} --on {today - timedelta(days=days)}"
        for key, days in zip(READ.split(), ago, strict=True)
    )
    others = ["mark-known mlp cnn", "mark-skipped resprop", "mark-reading ldm"]
    return [*others, *marks, "goal set llm/agents"]


SCENES: dict[str, tuple[Callable[[], Sequence[str]], Sequence[str]]] = {
    "next.svg": (
        lambda: AT_THE_START,
        ("next", "mark-read prefix-tuning", "show efficient-finetuning --hints"),
    ),
    "ahead.svg": (some_months, ("", "path llm/agents", "stats")),
    "tutorial/begin.svg": (lambda: (), ("", "list")),
    "tutorial/known.svg": (lambda: (), ("mark-known mlp cnn", "next")),
    "tutorial/done.svg": (
        lambda: ("mark-known mlp cnn", "mark-reading rnn"),
        ("mark-read --rating 4", "goal set lora", "path lora"),
    ),
}


def run(call: str, home: str) -> str:
    """What the program shows for this call, with its colours."""
    done = subprocess.run(
        [sys.executable, "-m", "roadmap_cli", *shlex.split(call)],
        env={
            **os.environ,
            "ROADMAP_HOME": home,
            "COLUMNS": str(WIDTH),
            "FORCE_COLOR": "1",
        },
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def draw(scene: str, target: Path) -> None:
    """Draw the scene of this name."""
    before, shown = SCENES[scene]
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
    with tempfile.TemporaryDirectory() as home:
        for call in before():
            run(call, home)
        for call in shown:
            console.print(Text.assemble(("$ ", "green"), f"roadmap {call}".strip()))
            console.print(Text.from_ansi(run(call, home)), soft_wrap=True)
            console.print()
    _write(console.export_svg(title="roadmap", unique_id="roadmap"), target)


def draw_screen(target: Path) -> None:
    """Draw the full screen: at a paper of which there are notes, a little way into a topic."""
    with tempfile.TemporaryDirectory() as home:
        for call in (*AT_THE_START, 'note lora "which weights get the update?"'):
            run(call, home)
        os.environ["ROADMAP_HOME"] = home
        places = find_places(os.environ, [])
        desk = Desk(Roadmap(places, lambda: datetime.now(UTC)))
        desk.go_to("lora")
        outside = Outside(lambda _path: print, print, _nobody)
        canvas = Canvas(has_colour=True)
        app = FullScreen(desk, Deeds(desk, outside), canvas)
        _write(asyncio.run(_screenshot(app)), target)


async def _screenshot(app: FullScreen) -> str:
    async with app.run_test(size=(110, 34)) as pilot:
        app.theme = "textual-dark"
        await pilot.pause(0.2)
        return app.export_screenshot(title="roadmap tui")


def _nobody(_roadmap: Roadmap) -> Fetching:
    raise AssertionError("a picture asks no service")


def _write(picture: str, target: Path) -> None:
    # A picture that fetches a font from elsewhere would tell its maker who looks at it.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    # Without this, programs other than browsers drop the spaces between words of two styles.
    picture = picture.replace("<svg ", '<svg xml:space="preserve" ', 1)
    target.write_text(picture.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    for scene in SCENES:
        draw(scene, Path(sys.argv[1]) / scene)
    draw_screen(Path(sys.argv[1]) / "howto" / "screen.svg")
