"""A catalogue of few huge topics, as a long list without sections looks when it is imported.

Fifty topics, whatever the size; each paper stands in up to three of them, and has no more than
a title, a link, authors and a year. The same size gives the same bytes.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks import catalogues

PREFIX = "hub-"
"""How the name of such a reader begins; the number of papers follows."""
TOPICS = 50
_READ_OF_TWENTY = 3
"""15 % of the papers are read."""


def is_read(number: int) -> bool:
    """Whether the reader has read the paper of this number."""
    return number % 20 < _READ_OF_TWENTY


def topics_of(number: int, size: int) -> set[int]:
    """The topics, by number, that a paper stands in."""
    return {number * TOPICS // size, number * 7 % TOPICS, (number * 13 + 1) % TOPICS}


def topic(number: int, size: int) -> str:
    """The name of the topic in whose reading order the paper of this number comes first."""
    return f"all/topic-{number * TOPICS // size}"


def write_catalogue(path: Path, size: int) -> None:
    """Write a catalogue of so many papers."""
    members: list[list[str]] = [[] for _ in range(TOPICS)]
    for number in range(size):
        for place in sorted(topics_of(number, size)):
            members[place].append(catalogues.key(number, size))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('format = "roadmap-catalogue"\nversion = 1\n')
        file.write(f'id = "{catalogues.ID}"\ntitle = "{size} papers in few topics"\n')
        file.write(catalogues.table("[area]", id="all", title="All"))
        for place, keys in enumerate(members):
            title = f"Topic {place}"
            file.write(
                catalogues.table(
                    "[area.topic]", id=f"topic-{place}", title=title, papers=keys
                )
            )
        file.writelines(_papers(size))


def write_journal(path: Path, size: int) -> None:
    """Write what a reader of that catalogue has read."""
    read = filter(is_read, range(size))
    names = (f"{catalogues.ID}/{catalogues.key(number, size)}" for number in read)
    catalogues.write_events(path, names)


def _papers(size: int) -> Iterator[str]:
    random = Random(f"papers of {size} in few topics")
    for number in range(size):
        yield catalogues.table(
            f"paper.{catalogues.key(number, size)}",
            title=f"{catalogues.method(number, size).title()}: {catalogues.phrase(random)}",
            url=f"https://example.org/{number}",
            authors=[catalogues.author(random), catalogues.author(random)],
            year=2000 + number % 25,
        )
