"""No test reaches beyond this machine: the guard is tried, here and in processes of their own."""

import socket
import subprocess
import sys

import pytest

BEYOND = "192.0.2.1"  # which is nobody's, for documents


def test_this_process_reaches_nobody() -> None:
    """Neither by number nor by name."""
    with socket.socket() as far, pytest.raises(RuntimeError, match=f"reach {BEYOND}"):
        far.connect((BEYOND, 80))
    with pytest.raises(RuntimeError, match=r"reach example\.org"):
        socket.getaddrinfo("example.org", 443)


@pytest.mark.parametrize(
    "call",
    [
        f"socket.socket().connect(({BEYOND!r}, 80))",
        "socket.getaddrinfo('example.org', 1)",
    ],
)
def test_no_process_that_a_test_starts_reaches_anybody(call: str) -> None:
    """The guard is there before the first line of the program."""
    done = subprocess.run(
        [sys.executable, "-c", f"import socket; {call}"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, "a test tried to reach" in done.stderr) == (1, True)


def test_the_program_asks_nobody_unless_a_test_plays_the_services() -> None:
    """What it would ask goes to a port where nobody listens."""
    done = subprocess.run(
        [sys.executable, "-m", "roadmap_cli", "add", "2303.00001"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, "Connection refused" in done.stderr) == (5, True)
