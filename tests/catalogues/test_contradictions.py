"""Which links, numbers and DOIs of one entry are understood, and which contradict each other."""

import tomllib
from typing import Any

import pytest

from builders import HEAD, paper_text
from roadmap_cli.catalogues import check
from roadmap_cli.errors import DataFileError


def document(text: str) -> dict[str, Any]:
    """The checked document of this file."""
    return check.check(tomllib.loads(text), path="my.toml", text=text)


def problems(text: str) -> list[str]:
    """What is said of a file that must be refused, without the first line, that counts."""
    with pytest.raises(DataFileError) as caught:
        document(text)
    return [line.strip() for line in str(caught.value).splitlines()[1:]]


@pytest.mark.parametrize(
    "link",
    [
        "https://arxiv.org/pdf/2106.09685v7.pdf",
        "https://arxiv.org/abs/2106.09685v2",
        "http://arxiv.org/abs/2106.09685",
        "https://doi.org/10.48550/arXiv.2106.09685",
        "https://huggingface.co/papers/2106.09685",
        "https://www.alphaxiv.org/abs/2106.09685v2",
    ],
)
def test_every_link_to_an_arxiv_paper_is_understood(link: str) -> None:
    """It names the paper, agrees with its number, and stays as it was written."""
    entry = f"arxiv = '2106.09685'\ndoi = '10.1000/published'\nurl = '{link}'"
    checked = document(f"{HEAD}[paper.a]\ntitle = 'T'\n{entry}\n")

    assert checked["paper"]["a"]["url"] == link


def test_an_old_arxiv_id_is_kept_without_its_subject_class() -> None:
    """As arXiv itself calls it."""
    fields = "arxiv = 'math.GT/0309136'"
    checked = document(f"{HEAD}{paper_text('a', fields)}")

    assert checked["paper"]["a"]["arxiv"] == "math/0309136"


CONTRADICTIONS = [
    (
        "url = 'https://arxiv.org/abs/1706.03762'\narxiv = '2106.09685'",
        ["line 7: paper.a.url means 1706.03762, but `arxiv` means 2106.09685"],
    ),
    (
        "url = 'https://huggingface.co/papers/1706.03762'\narxiv = '2106.09685'",
        ["line 7: paper.a.url means 1706.03762, but `arxiv` means 2106.09685"],
    ),
    (
        "url = 'https://example.org'\narxiv = '2106.09685'\ndoi = '10.48550/arXiv.1706.03762'",
        ["line 9: paper.a.doi means 1706.03762, but `arxiv` means 2106.09685"],
    ),
    (
        "url = 'https://arxiv.org/abs/1706.03762'\ndoi = '10.48550/arXiv.2106.09685'",
        ["line 7: paper.a.url means 1706.03762, but `doi` means 2106.09685"],
    ),
    (
        "url = 'https://doi.org/10.1145/1'\ndoi = '10.1145/2'",
        ["line 7: paper.a.url means 10.1145/1, but `doi` means 10.1145/2"],
    ),
    (
        (
            "url = 'https://arxiv.org/abs/1706.03762'\ndoi = '10.48550/arXiv.1810.04805'"
            "\narxiv = '2106.09685'"
        ),
        [
            "line 7: paper.a.url means 1706.03762, but `arxiv` means 2106.09685",
            "line 8: paper.a.doi means 1810.04805, but `arxiv` means 2106.09685",
        ],
    ),
]


@pytest.mark.parametrize(("fields", "said"), CONTRADICTIONS)
def test_an_entry_whose_fields_name_two_works_is_refused(
    fields: str, said: list[str]
) -> None:
    """Every contradiction with both numbers, beside all else that does not fit."""
    other = paper_text("b", "requires = ['gone']")
    found = problems(f"{HEAD}[paper.a]\ntitle = 'T'\n{fields}\n{other}")

    assert found[:-1] == [f"{one}: those are two works" for one in said]
    assert found[-1].endswith("paper.b.requires names `gone`, which is not there")


@pytest.mark.parametrize(
    "fields",
    [
        "url = 'https://arxiv.org/abs/2106.09685'\ndoi = '10.1145/1'",
        "url = 'https://doi.org/10.1145/1'\narxiv = '2106.09685'",
        "url = 'https://doi.org/10.1145%2FAB?x=1'\ndoi = '10.1145/aB'",
        "url = 'https://doi.org/10.1101/2020.01.01.123456'\ndoi = '10.1038/s1'",
        "url = 'https://arxiv.org/abs/2106.09685v3'\ndoi = '10.48550/arXiv.2106.09685v1'",
        "url = 'https://arxiv.org/abs/math.GT/0309136'\narxiv = 'math/0309136'",
        "url = 'https://example.org/1706.03762'\narxiv = '2106.09685'",
    ],
)
def test_what_a_preprint_and_its_publication_are_known_by_does_not_contradict(
    fields: str,
) -> None:
    """An arXiv id and a DOI, two spellings, two versions, the DOI of a preprint server."""
    document(f"{HEAD}[paper.a]\ntitle = 'T'\n{fields}\n")
