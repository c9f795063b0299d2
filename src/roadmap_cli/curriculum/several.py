"""Several names in one line, as people and programs write them."""

import re
from collections.abc import Iterator

from roadmap_cli.curriculum.names import Names
from roadmap_cli.errors import AmbiguousNameError, NotFoundError

_COMMENT = re.compile(r"(^|\s)#.*")


def names_in(text: str, names: Names) -> list[str]:
    """The names in a text of many lines, each once.

    What stands behind a tab does not belong to a name, so that lists of this program are read
    too; nor does a comment, from `#` on.
    """
    found = dict[str, None]()
    for line in text.splitlines():
        first = _COMMENT.sub("", line.partition("\t")[0]).strip()
        found.update(dict.fromkeys(_parts(first, names) if first else ()))
    return list(found)


def _parts(text: str, names: Names) -> Iterator[str]:
    """A text that means something is one name; else its parts between commas, or blanks, are."""
    parts = [part.strip() for part in text.split(",")]
    parts = parts if len(parts) > 1 else text.split()
    if len(parts) == 1 or _means_something(text, names):
        yield text
        return
    for part in filter(None, parts):
        yield from _parts(part, names)


def _means_something(text: str, names: Names) -> bool:
    try:
        names.anything(text, advise=False)
    except NotFoundError:
        return False
    except AmbiguousNameError:
        return True
    return True
