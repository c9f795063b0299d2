"""What a list has more of costs no more for each: read, matched, written, and given out again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from counting import LIMIT, SIZES, calls_of, growth

Run = Callable[..., Result]


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


@pytest.mark.parametrize("kind", ["bibtex", "markdown-in-sections"])
def test_each_further_entry_is_written_known_again_and_given_out_at_the_same_cost(
    kind: str, listed: Callable[[str, int], str], roadmap: Run
) -> None:
    """All in one topic, and each in one of its own."""
    taken = "import {} --as big --yes"
    calls = [taken, f"{taken} --read", "next", "export big --to bibtex"]

    assert max(growths(calls, kind, listed, roadmap)) < LIMIT
