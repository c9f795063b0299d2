"""Write the frames of the full screen anew, from the real program: `make frames`."""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from conftest import CLEAN
from frames import FRAMES, SCENES, SIZES, drawn


def main() -> None:
    """Draw every scene at every size, each in a home of its own."""
    os.environ.update(CLEAN)
    FRAMES.mkdir(exist_ok=True)
    for old in FRAMES.iterdir():
        old.unlink()
    for scene in SCENES:
        for columns, lines in SIZES:
            with tempfile.TemporaryDirectory() as home:
                os.environ["ROADMAP_HOME"] = home
                frame = drawn(scene, (columns, lines))
            path = FRAMES / f"{scene}-{columns}x{lines}.txt"
            path.write_text(frame, encoding="utf-8")
            print(path)


if __name__ == "__main__":
    main()
