"""Texts of catalogue files, and what is said of them."""

from pathlib import Path

import pytest

from roadmap_cli.catalogues import reading
from roadmap_cli.catalogues.reading import Document
from roadmap_cli.errors import DataFileError

TEXT = """\
format = "roadmap-catalogue"
version = 1
id = "mine"
title = "Mine"

[paper.lora]
title = "LoRA – Größe"
url = "https://example.org/lora"
note = '''
two
lines'''
"""
TOPIC = """\
[[area]]
id = "llm"
title = "LLM"
[[area.topic]]
id = "first"
title = "First"
"""
KEYS = ["attention", "mamba-2", "prompt-tuning", "longformer", "gpt-3-video"]


def read_bytes(folder: Path, contents: bytes) -> Document:
    """Read a file of these contents."""
    path = folder / "c.toml"
    path.write_bytes(contents)
    return reading.read(reading.source_at(path))


def complaint(folder: Path, contents: bytes) -> str:
    """What is said of a file of these contents."""
    with pytest.raises(DataFileError) as caught:
        read_bytes(folder, contents)
    return str(caught.value)
