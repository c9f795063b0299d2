"""What a list has more of costs no more for each: read, matched, written, and given out again."""

from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from counting import LIMIT, SIZES, calls_of, growth
from roadmap_cli.exchange import markdown

Run = Callable[..., Result]
NO_MORE = 2.4
"""What the second doubling may add to reading, where nothing but the entries is in the count."""


def in_bibtex(number: int) -> str:
    """An entry with braces, accents, and a name that many others have too."""
    return (
        f"@article{{k{number},\n  title = {{A {{Study}} of {{\\'E}}tudes, Part {number}}},\n"
        f'  author = "M{{\\"u}}ller, J. and Doe, Jane",\n  year = 1999,\n'
        f"  doi = {{10.1000/x.{number}}}\n}}\n"
    )


ENTRIES: dict[str, tuple[str, Callable[[int], str]]] = {
    "bibtex": ("", in_bibtex),
    "bibtex-broken": ("", lambda number: f"@misc{{k{number}, title = {{A {{ b}}\n"),
    "bibtex-on-one-line": ("", lambda number: f"@misc{{k{number}, title={{T{number}}}}} "),
    "ris": (
        "",
        lambda number: f"TY  - JOUR\nTI  - Part {number}\nAU  - Doe, J.\nUR  - https://e.org/{number}\nER  -\n",
    ),
    "csv": (
        "title,author,year,url\n",
        lambda number: f'"On {number}",Doe,1999,https://e.org/{number}\n',
    ),
    "csv-without-names": (
        "title,url\n",
        lambda number: f"注意力,https://e.org/{number}\n",
    ),
    "markdown": ("# L\n", lambda number: f"- [On {number}](https://e.org/{number}) (ICLR 1999)\n"),
    "markdown-in-sections": (
        "# L\n",
        lambda number: f"## S{number}\n\n- [On {number}](https://e.org/{number})\n\n",
    ),
    "markdown-in-a-table": (
        "| Paper | Link |\n|---|---|\n",
        lambda number: f"| On {number} | [pdf](https://e.org/{number}) |\n",
    ),
    "markdown-in-html": (
        "# L\n",
        lambda number: f'<details><summary>S{number}</summary>\n<a href="https://e.org/{number}">On {number}</a>\n</details>\n\n',
    ),
    "markdown-in-paragraphs": (
        "# L\n",
        lambda number: f"**The Theory of Part {number}**<br>\nAnn Lee, Bo Ek. [[Paper](https://e.org/{number})]\n\n",
    ),
    "markdown-under-headings": (
        "# L\n",
        lambda number: f"## Theory of Part {number}\n\n- Paper: https://e.org/{number}\n\nWe show it.\n\n",
    ),
    "markdown-with-fields": (
        "# L\n",
        lambda number: f"- A Theory of Part {number}, Ann Lee (1999)\n  - Code: <https://github.com/a/{number}>\n  - [pdf](https://e.org/{number})\n",
    ),
    "markdown-below-an-entry": (
        "# L\n- [A Survey of All](https://e.org/all)\n",
        lambda number: f"  - [Theory of Part {number}](https://e.org/{number})\n",
    ),
    "markdown-in-one-paragraph": (
        "# L\n",
        lambda number: f"[Theory of Part {number}](https://e.org/{number}), *1999*\n",
    ),
    "markdown-of-fields": (
        "# L\n",
        lambda number: f"- Paper: [Theory of Part {number}](https://e.org/{number})\n- Code: <https://github.com/a/{number}>\n",
    ),
    "links": ("", lambda number: f"https://arxiv.org/abs/2401.{number:05d}\n"),
}  # fmt: skip


@pytest.fixture
def listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, int], str]:
    """A list in some format with so many entries, and a home of its own for its reader."""

    def made(kind: str, size: int) -> str:
        head, entry = ENTRIES[kind]
        place = tmp_path / f"{kind}-{size}"
        place.mkdir()
        monkeypatch.setenv("ROADMAP_HOME", str(place / "home"))
        suffix = ".md" if kind.startswith("markdown") else ".txt"
        path = place / f"list{suffix}"
        path.write_text(head + "".join(map(entry, range(size))))
        return str(path)

    return made


def growths(
    calls: list[str], kind: str, listed: Callable[[str, int], str], roadmap: Run
) -> list[float]:
    """How much more the second doubling of a list adds to each call, run one after the other."""
    measured: dict[str, list[int]] = {call: [] for call in calls}
    for size in (3, *SIZES):  # the first loads what is loaded once
        path = listed(kind, size)
        roadmap("next")
        for call, counts in measured.items():
            counts.append(calls_of(roadmap, *call.format(path).split()))
    return [growth(counts[1:]) for counts in measured.values()]


@pytest.mark.parametrize("kind", ENTRIES)
def test_each_further_entry_of_a_list_is_read_at_the_same_cost(
    kind: str, listed: Callable[[str, int], str], roadmap: Run
) -> None:
    """Of every format, also where none is in order, or none has a name to make a key of."""
    looked_at = ["import {} --as big --dry-run"]

    assert max(growths(looked_at, kind, listed, roadmap)) < LIMIT


@pytest.mark.parametrize(
    "kind", [kind for kind in ENTRIES if kind.startswith("markdown")]
)
def test_what_an_entry_of_markdown_stands_among_does_not_slow_it_down(
    kind: str,
) -> None:
    """Reading alone, of longer lists: what is looked at again and again is then most of it."""
    head, entry = ENTRIES[kind]

    def read(size: int) -> None:
        deque(markdown.read(head + "".join(map(entry, range(size)))), maxlen=0)

    read(3)  # loads what is loaded once
    assert growth([calls_of(read, size) for size in (200, 400, 800)]) < NO_MORE


@pytest.mark.parametrize("kind", ["bibtex", "markdown-in-sections"])
def test_each_further_entry_is_written_known_again_and_given_out_at_the_same_cost(
    kind: str, listed: Callable[[str, int], str], roadmap: Run
) -> None:
    """All in one topic, and each in one of its own."""
    taken = "import {} --as big --yes"
    calls = [taken, f"{taken} --read", "next", "export big --to bibtex"]

    assert max(growths(calls, kind, listed, roadmap)) < LIMIT
