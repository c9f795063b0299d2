"""The browser of the reader's choice."""

import os

from roadmap_cli.errors import RefusedError


def visit(link: str) -> None:
    """Open a link in the browser (`$BROWSER`, or the desktop's).

    Raises `RefusedError` for anything but a web link, and if there is no browser.
    """
    is_web = link.startswith(("https://", "http://")) and link.isprintable()
    if not is_web or " " in link:
        raise RefusedError(f"`{link}` is no link to a web page")
    import webbrowser

    if not _has_display() or not webbrowser.open(link):
        raise RefusedError(
            "there is no browser to open it with", hint="set BROWSER, or use --print"
        )


def _has_display() -> bool:
    """Whether a browser can be shown: without, one in text mode would take the terminal."""
    if os.environ.get("BROWSER") or os.name == "nt" or os.uname().sysname == "Darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
