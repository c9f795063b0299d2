"""Draw the README's picture: the real program's output on a terminal, as SVG.

A reader a little way into the curriculum asks what is next, then looks at a topic. Nothing
is made up: the program runs on a pseudo-terminal with a home folder of its own.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

WIDTH = 88
BEFORE = (
    "mark-known background --yes",
    "mark-read bert gpt-3 flan rlhf decoder-only awesome-llm",
)
MIDDLE = (
    "mark-skipped gpt-3-video-zh",
    "mark-known llm/prompting llm/evaluation llm/long-context",
    "mark-read prompt-tuning",
)
SHOWN = ("next", "list efficient-finetuning", "mark-read prefix-tuning")


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


def main(target: str) -> None:
    """Write the picture to `target`."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
    with tempfile.TemporaryDirectory() as home:
        for call in (*BEFORE, *MIDDLE):
            run(call, home)
        for call in SHOWN:
            console.print(Text.assemble(("$ ", "green"), f"roadmap {call}"))
            console.print(Text.from_ansi(run(call, home)), soft_wrap=True)
            console.print()
    picture = console.export_svg(title="roadmap", unique_id="roadmap")
    # A picture that fetches a font from elsewhere would tell its maker who looks at it.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    # Without this, programs other than browsers drop the spaces between words of two styles.
    picture = picture.replace("<svg ", '<svg xml:space="preserve" ', 1)
    Path(target).write_text(picture.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
