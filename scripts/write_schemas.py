"""Write every JSON Schema that the program prints into a folder, as the documents have them."""

import sys
from pathlib import Path

from roadmap_cli.program import formats


def main(folder: Path) -> None:
    """Write the schemas that there are, and take away those that there were."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        formats.file_name(name): formats.text(name) for name, _, _ in formats.listing()
    }
    for old in folder.glob("*.json"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
