"""Opening links: as RFC 3986 has them, out of reach of every shell, in the first browser that can."""

import os
import re
import shutil
import subprocess
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import HEAD, paper_text
from conftest import Result
from roadmap_cli.cli.terminal.browser import addressed, pasted
from roadmap_cli.errors import RefusedError

Run = Callable[..., Result]

ALLOWED = r"https?://[A-Za-z0-9._~%:\[\]-]+[A-Za-z0-9._~%/:@?&=+,-]*(#[A-Za-z0-9._~%/:@?&=+,-]*)?"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://arxiv.org/abs/2106.09685v2", "https://arxiv.org/abs/2106.09685v2"),
        ("https://e.org/a?b=c&d=1+2#part", "https://e.org/a?b=c&d=1+2#part"),
        ("https://e.org/already%20so%2F", "https://e.org/already%20so%2F"),
        ("https://e.org/100%/%zz", "https://e.org/100%25/%25zz"),
        ("https://e.org/';touch x;'", "https://e.org/%27%3Btouch%20x%3B%27"),
        ("https://e.org/$(id)`id`", "https://e.org/%24%28id%29%60id%60"),
        ('https://e.org/"<a>|{b}\\^[1]', "https://e.org/%22%3Ca%3E%7C%7Bb%7D%5C%5E%5B1%5D"),
        ("https://e.org/~me/a!b*c", "https://e.org/~me/a%21b%2Ac"),
        ("https://e.org/Überblick?q=論文", "https://e.org/%C3%9Cberblick?q=%E8%AB%96%E6%96%87"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://bücher.example:8080", "https://xn--bcher-kva.example:8080"),
        ("https://straße.example/", "https://stra%C3%9Fe.example/"),
        ("http://[::1]:80/x#a#b", "http://[::1]:80/x#a%23b"),
    ],
)  # fmt: skip
def test_a_link_is_encoded_without_leading_elsewhere(link: str, address: str) -> None:
    """What is legal stays, what is encoded stays, what a shell would read is encoded."""
    assert addressed(link) == address
    assert addressed(address) == address


@given(st.text(), st.text(max_size=20))
@example("';$(reboot)&`\n\udcff", "a b")
def test_whatever_a_link_says_its_address_is_plain(rest: str, host: str) -> None:
    """And decodes to what it said."""
    link = f"https://e{re.sub('[/?#]', '', host)}/{rest}"
    try:
        address = addressed(link)
    except UnicodeEncodeError:  # half a character, as no file can say it
        return

    assert re.fullmatch(ALLOWED, address)
    path = re.match("https://[^/]*(/[^#]*)", address)
    said = re.match("https://[^/]*(/[^#]*)", link)
    assert path
    assert said
    if "%" not in link:
        assert urllib.parse.unquote(path[1], errors="surrogateescape") == said[1]


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "javascript:x", "-x", "https://", ""]
)
def test_what_is_no_web_link_is_refused(link: str) -> None:
    """Whatever it would start."""
    with pytest.raises(RefusedError):
        addressed(link)


EVIL = "https://e.org/a;touch$IFS$(touch)x?q=1&touch=hacked&r='`touch`\"|x"


@pytest.mark.parametrize(
    "line",
    [
        "echo %s >out",
        "echo '%s' >out",
        'echo "%s" >out',
        "true 'it is' && echo \"%s\" >out",
        "x=\\' ; echo %s >out",
    ],
)
def test_a_shell_gets_the_whole_link_and_runs_nothing_of_it(
    line: str, tmp_path: Path
) -> None:
    """However it is pasted into a command line: an `&` in it parts no commands."""
    folder = tmp_path / "here"
    folder.mkdir()
    command = ["sh", "-c", pasted(line, addressed(EVIL))]
    subprocess.run(command, cwd=folder, check=True, timeout=30)

    assert (folder / "out").read_text() == f"{addressed(EVIL)}\n"
    assert [path.name for path in folder.iterdir()] == ["out"]


@pytest.fixture
def opened(process: Run, tmp_path: Path) -> Callable[..., Result]:
    """Open the evil link with the browsers that are named; `bin` is all that can be found."""
    (tmp_path / "bin").mkdir()
    file = tmp_path / "own.toml"
    url = EVIL.replace('"', '\\"')
    file.write_text(HEAD + paper_text("x").replace("https://example.org/x", url))

    def call(browsers: str, run: Run = process, **env: str) -> Result:
        around = {"BROWSER": browsers, "PATH": f"{tmp_path}/bin", "DISPLAY": ""}
        around |= {"WAYLAND_DISPLAY": "", **env}
        return run("--catalogue", str(file), "open", "x", env=around)

    return call


def a_browser(folder: Path, name: str, status: int = 0) -> Path:
    """A program that writes down what it is called with, and ends so."""
    path = folder / "bin" / name
    path.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "{name}" "$@" >>{folder}/visited\nexit {status}\n'
    )
    path.chmod(0o755)
    return path


def test_the_first_browser_that_does_not_fail_is_enough(
    opened: Run, tmp_path: Path
) -> None:
    """Of several in BROWSER, whatever is wrong with those before it."""
    bad, good = a_browser(tmp_path, "bad", 1), a_browser(tmp_path, "good")
    later = a_browser(tmp_path, "later")
    done = opened(
        os.pathsep.join(
            ["/no/such", "'no end", f"{bad}", f"{bad} --new %s", f"{good} --new %s x=%s", f"{later}"]
        )
    )  # fmt: skip

    address = addressed(EVIL)
    assert (done.code, done.err) == (0, "")
    visited = (tmp_path / "visited").read_text().split("\n")
    assert visited == [
        *["bad", address],
        *["bad", "--new", address],
        *["good", "--new", address, f"x={address}"],
        "",
    ]


def test_a_shell_in_browser_runs_nothing_of_a_link(opened: Run, tmp_path: Path) -> None:
    """Through the real program, with a link that has all that a shell obeys."""
    a_browser(tmp_path, "good")
    shell = shutil.which("sh")
    done = opened(f"{shell} -c '{tmp_path}/bin/good %s'")

    assert done.code == 0
    assert (tmp_path / "visited").read_text() == f"good\n{addressed(EVIL)}\n"


def test_a_failing_browser_gives_way_to_the_desktop_and_then_to_the_terminal(
    opened: Run, terminal: Run, tmp_path: Path
) -> None:
    """The last are those in text mode, and only where there is a terminal."""
    bad = a_browser(tmp_path, "bad", 1)
    a_browser(tmp_path, "xdg-open", 3)
    a_browser(tmp_path, "w3m")
    in_pipe = opened(str(bad), DISPLAY=":9")
    before = (tmp_path / "visited").read_text().split("\n")[::2]
    in_terminal = opened(str(bad), terminal, DISPLAY=":9")
    after = (tmp_path / "visited").read_text().split("\n")[::2]

    assert (in_pipe.code, in_terminal.code) == (1, 0)
    assert before == ["bad", "xdg-open", ""]
    assert after == ["bad", "xdg-open", "bad", "xdg-open", "w3m", ""]


def test_without_any_browser_the_link_is_printed(opened: Run) -> None:
    """It can be copied then."""
    done = opened("")

    assert (done.code, done.out) == (1, f"{EVIL}\n")
    assert done.err == (
        "error: there is no browser to open it with\n"
        "hint: set BROWSER, or use --print\n"
    )
