"""The works that the played services know: public facts of real ones, and some of nobody."""

from typing import NamedTuple


class Work(NamedTuple):
    """A work as arXiv has it, a publisher, or both; `withdrawn` stands in arXiv's comment."""

    title: str
    authors: tuple[str, ...]
    published: str = ""
    arxiv: str = ""
    doi: str = ""
    venue: str = ""
    year: int = 0
    comment: str = ""
    summary: str = "What it says in a few words."
    affiliation: str = ""


ON_ARXIV = (
    Work("Attention Is All You Need", ("Ashish Vaswani", "Noam Shazeer"), "2017-06-12", "1706.03762"),
    Work(
        "Deep Residual Learning for Image\n  Recognition",
        ("Kaiming He", "Xiangyu Zhang", "Shaoqing Ren", "Jian Sun"),
        "2015-12-10", "1512.03385", doi="10.1109/CVPR.2016.90",
    ),
    Work(
        r"Schr\"odinger costs $\mathcal{O}(n^2)$ for p<0.05 & more",
        (r"Erwin Schr\"odinger", "ATLAS Collaboration"), "2024-01-31", "2401.00001",
        summary="  A summary that begins with blanks.",
    ),
    Work(
        "On planets that were counted", ("A. Gould", "S. Dorsher"), "2006-01-02", "astro-ph/0601001",
        affiliation="Ohio State University",
    ),
    Work("A proof with a hole", ("Ada Example",), "2024-02-01", "2402.00002", comment="Withdrawn: Lemma 3 is wrong"),
    Work(
        "Another proof with a hole", ("Bob Example",), "2024-02-02", "2402.00003",
        summary="This paper has been withdrawn by the author.",
    ),
    Work("Withdrawn funds and their effects", ("Cy Example",), "2024-02-03", "2402.00004", summary="Withdrawing funds is studied."),
    Work("Just a moment", ("Di Example",), "2024-02-04", "2402.00005"),
)  # fmt: skip
SYLLABUS = tuple(
    Work(f"Lecture {number}: what is read", (f"Teacher {number}",), f"2023-03-{number:02}", f"2303.{number:05}")
    for number in range(1, 26)
)  # fmt: skip
