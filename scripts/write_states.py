"""Write the states of the shipped catalogues that a test compares the next ones with.

To be run when they are released: `make states`. Papers and questions of a state that was
released once never vanish.
"""

import json
import sys
from pathlib import Path

from roadmap_cli.catalogues.reading import load
from roadmap_cli.disk.places import SHIPPED, shipped
from roadmap_cli.progress.news import line_of, lines_of


def main(folder: Path) -> None:
    """A file for each catalogue, a line of JSON for each line of its state."""
    folder.mkdir(parents=True, exist_ok=True)
    for catalogue in load(map(shipped, SHIPPED)).library.catalogues:
        lines = [*lines_of(catalogue), *map(line_of, catalogue.papers.values())]
        texts = (json.dumps(line, ensure_ascii=False) for line in lines)
        path = folder / f"{catalogue.id}.jsonl"
        path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
