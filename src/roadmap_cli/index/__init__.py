"""The SQLite cache: what catalogues and journals say, ready to be asked.

Never the truth: it is found by the contents of the files themselves, so it cannot be stale;
deleting it is always safe, and where there is no place to write one, answers are only slower.
"""

from roadmap_cli.index.documents import DocumentIndex
from roadmap_cli.index.events import EventIndex

__all__ = ["DocumentIndex", "EventIndex"]
