"""What is on the screen, whole: a reader of a change sees it before a user does.

`python scripts/write_frames.py` writes the frames anew, from the real program.
"""

from pathlib import Path

import pytest

from frames import FRAMES, SCENES, SIZES, drawn

pytestmark = pytest.mark.usefixtures("home")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
def test_a_screen_is_as_it_was_looked_at(scene: str, size: tuple[int, int]) -> None:
    """Of every scene at every size; a frame that changes on purpose is written anew."""
    path = Path(FRAMES) / f"{scene}-{size[0]}x{size[1]}.txt"
    assert drawn(scene, size) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
def test_no_line_is_wider_than_the_screen_and_the_last_says_the_way_out(
    scene: str, size: tuple[int, int]
) -> None:
    """In what is kept of every scene."""
    text = (FRAMES / f"{scene}-{size[0]}x{size[1]}.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert len(lines) <= size[1]
    assert all(len(line) <= size[0] for line in lines)
    assert "quit" in lines[-1] or "back" in lines[-1] or scene == "found"
