"""Copies of progress: made by hand, and listed."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from builders import NOON
from conftest import Result
from roadmap_cli.journal.text import header, stanza

Run = Callable[..., Result]
JOURNAL = header("desk") + stanza(NOON, "genai/lora", {"status": "read"})


def listed(roadmap: Run) -> list[dict[str, Any]]:
    """What `restore --list` tells."""
    return list(json.loads(roadmap("restore", "--list", "--json").out)["copies"])


def a_copy(home: Path, **files: str) -> Path:
    """A copy made by hand, of files by their names."""
    path = home / "backups" / "2026-02-01T000000.000000Z.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path
