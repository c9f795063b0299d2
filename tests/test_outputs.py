"""Files that the reader asks for: whole, or as they were before."""

import resource
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from conftest import Result

Run = Callable[..., Result]
LIMIT = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (50, 50))


@pytest.mark.parametrize(
    "call", [("export", "--progress", "-o"), ("plan", "--hours", "4", "--ics")]
)
def test_what_cannot_be_written_leaves_the_old_file(
    roadmap: Run, process: Run, tmp_path: Path, call: tuple[str, ...]
) -> None:
    """A full disk does not take away the export of yesterday."""
    roadmap("mark-read", "lora", "mlp")
    output = tmp_path / "kept"
    output.write_text("of yesterday")
    done = process(*call, str(output), preexec_fn=LIMIT)

    assert done.code == 6
    assert "nothing was changed" in done.err
    assert output.read_text() == "of yesterday"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["kept"]


def test_a_link_stays_a_link_and_a_mode_is_kept(roadmap: Run, tmp_path: Path) -> None:
    """As if it had been written to."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("")
    real.chmod(0o600)
    link.symlink_to(real)

    assert roadmap("export", "--progress", "-o", str(link)).code == 0
    assert link.is_symlink()
    assert "roadmap" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o600
