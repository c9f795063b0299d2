"""The browser of the reader's choice, the desktop's, or one in the terminal."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial

from roadmap_cli.cli.terminal.pager import interrupts_left_to
from roadmap_cli.errors import RefusedError

_DESKTOP = (["xdg-open"], ["gio", "open", "--"], ["x-www-browser"], ["firefox"], ["chromium"], ["google-chrome"])  # fmt: skip
_IN_TERMINAL = ("www-browser", "w3m", "links", "elinks", "lynx")
_PATIENCE = 1.0
"""Seconds in which a browser that cannot start says so; one that runs on has started."""
_BARE = "/:@?&=+,"
"""What stands in a link as it is, beside letters, digits and `-._~`: RFC 3986 allows more, but
no shell may take it for its own, and `[]` only around an address."""
_PARTS = r"(?P<scheme>https?://)(?P<host>[^/?#]*)(?P<rest>[^#]*)(?:#(?P<part>.*))?"
_SHELLS_OWN = r"[\s;&|<>()`$\"'\\]"
_LETTERS_OF_2008 = "ßς\u200c\u200d"
"""Letters that the standard library turns into others in the name of a host."""


def visit(link: str, *, is_own_file: bool = False) -> None:
    """Open a link in the first browser that can: of `$BROWSER`, the desktop, the terminal.

    Raises `RefusedError` if there is no browser, and for anything but a web link, unless it is
    that of a file of the reader's, as `Path.as_uri` spells it.
    """
    address = link if is_own_file else addressed(link)
    if not any(start() for start in _ways(address)):
        raise RefusedError(
            "there is no browser to open it with", hint="set BROWSER, or use --print"
        )


def addressed(link: str) -> str:
    """A link as RFC 3986 has it: ASCII, what means something to a shell percent-encoded.

    Of all that, only `&` is left, which parts what a page is asked. What is encoded stays so.
    Raises `RefusedError` for anything but a web link.
    """
    match = re.fullmatch(_PARTS, link, re.DOTALL)
    if not match or not match["host"]:
        raise RefusedError(f"`{link}` is no link to a web page")
    part = "" if match["part"] is None else f"#{_encoded(match['part'], _BARE)}"
    return (
        match["scheme"] + _host(match["host"]) + _encoded(match["rest"], _BARE) + part
    )


def _host(host: str) -> str:
    """A host in ASCII by IDNA, with its port; percent-encoded where the library knows better."""
    if not host.isascii() and not set(host) & set(_LETTERS_OF_2008):
        with suppress(UnicodeError):
            host = host.encode("idna").decode("ascii")
    return _encoded(host, ":[]")


def _encoded(text: str, bare: str) -> str:
    """A text percent-encoded but for what is bare, or encoded already."""
    from urllib.parse import quote  # nothing else of this module's commands needs it

    encoded = quote(text, safe=f"{bare}%", errors="surrogateescape")
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", encoded)


def _ways(address: str) -> Iterator[Callable[[], bool]]:
    """What may be tried to open an address, one after the other; each tells if it did."""
    for named in filter(str.strip, os.environ.get("BROWSER", "").split(os.pathsep)):
        yield partial(_start_named, named, address)
    if os.name == "nt" or sys.platform == "darwin":
        import webbrowser

        yield partial(webbrowser.open, address)
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        for command in _DESKTOP:
            yield partial(_start_beside, [*command, address])
    if all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)
    ):
        for name in _IN_TERMINAL:
            yield partial(_run_to_its_end, [name, address])


def _start_named(named: str, address: str) -> bool:
    """Start what stands in `$BROWSER`: a browser, or a command with `%s` for the link."""
    try:
        words = shlex.split(named)
    except ValueError:  # a quotation without its end
        return False
    if "%s" in named:
        start = _start_beside if words[-1] == "&" else _run_to_its_end
        return start([pasted(word, address) for word in words if word != "&"])
    import webbrowser

    try:  # it knows which do not end before their window is closed
        return webbrowser.get(named).open(address)
    except webbrowser.Error:
        return _run_to_its_end([*words, address])


def pasted(word: str, address: str) -> str:
    """A word of a command with an address in place of each `%s`.

    What is a command line itself, as behind `sh -c`, gets it within quotes, unless it stands
    within such already: there is nothing in an address that would end them.
    """
    if word == "%s" or not re.search(_SHELLS_OWN, word):
        return word.replace("%s", address)
    made, *rest = word.split("%s")
    for text in rest:
        made += (address if _is_quoted(made) else shlex.quote(address)) + text
    return made


def _is_quoted(before: str) -> bool:
    """Whether a shell that has read so much is within quotes."""
    outside = re.sub(r"\\.|'[^']*'|\"(?:\\.|[^\"\\])*\"", "", before, flags=re.DOTALL)
    return "'" in outside or '"' in outside


def _start_beside(command: Sequence[str]) -> bool:
    """Start a browser that has its own window; tell if it did not fail at once."""
    try:
        browser = subprocess.Popen(  # noqa: S603 - the reader's own browser
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return browser.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True
    except (OSError, ValueError):
        return False


def _run_to_its_end(command: Sequence[str]) -> bool:
    """Leave the terminal to a browser until the reader leaves it; tell if it did not fail."""
    try:
        browser = subprocess.Popen(command)  # noqa: S603 - as above
    except (OSError, ValueError):
        return False
    with interrupts_left_to(browser):
        return browser.wait() == 0
