"""How soon a text stands on the full screen, beside the least that a Textual app takes for one."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

HELLO = """
from textual.app import App
from textual.widgets import Static

class Hello(App):
    def compose(self):
        yield Static("Hello, world")

Hello().run()
"""
BAR = 1.25
_LONGEST = 30.0
_SIZE = (24, 80)
Command = tuple[Sequence[str], str]
"""What to start, and the text that it shows first."""


def table(folder: Path, papers: int, runs: int) -> str:
    """Ratios for the shipped lists, and for so many papers in few and in as many topics."""
    rows = ["| papers | topics | × hello | bar |", "|---|--:|--:|--:|"]
    environment = {**os.environ, "ROADMAP_HOME": str(folder / "shipped")}
    rows.append(
        f"| shipped | 42 | {_ratio(environment, 'Networks', runs):.2f} | {BAR} |"
    )
    for topics in (2, papers // 50, papers):
        path = folder / f"{topics}.toml"
        path.write_text(catalogue(papers, topics), encoding="utf-8")
        home = {
            "ROADMAP_HOME": str(folder / str(topics)),
            "ROADMAP_CATALOGUE": str(path),
        }
        ratio = _ratio({**os.environ, **home}, "Topic", runs)
        rows.append(f"| {papers:,} | {topics:,} | {ratio:.2f} | {BAR} |")
    return "\n".join(rows)


def catalogue(papers: int, topics: int) -> str:
    """A catalogue of one area, its papers spread evenly over its topics."""
    each = papers // topics
    texts = ['[[area]]\nid = "a"\ntitle = "Area"\n']
    for topic in range(topics):
        keys = ", ".join(f'"p{topic * each + place}"' for place in range(each))
        texts.append(
            f'[[area.topic]]\nid = "t{topic}"\ntitle = "Topic {topic}"\npapers = [{keys}]\n'
        )
    texts += [
        f'[paper.p{number}]\ntitle = "Paper {number}"\nurl = "https://example.org/{number}"\n'
        for number in range(papers)
    ]
    head = 'format = "roadmap-catalogue"\nversion = 1\nid = "made"\ntitle = "Made"\n'
    return head + "".join(texts)


def _ratio(environment: Mapping[str, str], text: str, runs: int) -> float:
    """The median of the full screen's times over that of the least app's, taken in turns."""
    ours = ([sys.executable, "-m", "roadmap_cli", "tui"], text)
    least = ([sys.executable, "-c", HELLO], "Hello")
    first_text(ours, environment)  # lays the lists down
    times = [
        (first_text(ours, environment), first_text(least, environment))
        for _ in range(runs)
    ]
    return median(time for time, _ in times) / median(time for _, time in times)


def first_text(command: Command, environment: Mapping[str, str]) -> float:
    """Seconds from the start of a program to a text of its on a terminal; then it is ended."""
    arguments, text = command
    begun = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        environment = {**environment, "TERM": "xterm-256color"}
        os.execve(arguments[0], [*arguments], environment)  # noqa: S606 - our own
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *_SIZE, 0, 0))
    shown = b""
    while text.encode() not in shown:
        if not select.select([terminal], [], [], _LONGEST)[0]:
            raise RuntimeError(f"`{text}` was not shown: {shown!r}")
        shown += os.read(terminal, 65536)
    taken = time.perf_counter() - begun
    os.kill(process, signal.SIGKILL)
    os.close(terminal)
    os.waitpid(process, 0)
    return taken
