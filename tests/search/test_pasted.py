"""What people paste into a search, through the entry point."""

from collections.abc import Callable

import pytest

from conftest import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.quick
BIBTEX = """@inproceedings{hu2022lora,
  title = {{LoRA}: Low-Rank Adaptation of Large Language Models},
  author = {Hu, Edward J. and Shen, Yelong},
  year = 2022
}"""


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (BIBTEX, "lora"),
        ("title={{BERT}: Pre-training of Deep Bidirectional Transformers for Language Understanding},", "bert"),
        ('title = "Attention Is All You Need", year = 2017', "attention"),
        ("@misc{x, title={A title that nobody gave}, eprint={2106.09685}, archivePrefix={arXiv}}", "lora"),
        ("@inproceedings{vaswani2017attention,", "attention"),
        (r"\\cite{vaswani2017attention}", "attention"),
        (r"\\citep[see][]{rombach2022high}", "ldm"),
        ("@radford2021learning", "clip"),
    ],
)  # fmt: skip
def test_bibtex_finds_its_paper(roadmap: Run, text: str, key: str) -> None:
    """By its number, else by its title, else by its key; whole or only a line of it."""
    done = roadmap("search", text.replace("\\\\", "\\"))

    assert (done.code, done.err) == (0, "")
    assert done.rows[0][0] == key


def test_bibtex_of_what_is_not_there_finds_nothing_instead(roadmap: Run) -> None:
    """One paper is meant: neither one that says most of the title nor one that is near."""
    title = "Open and Efficient Foundation Language Models"
    done = roadmap("search", f"@misc{{touvron, title={{{title}}}}}")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"error: nothing matches `{title}`")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Radford21", "clip"),
        ("radford2021a", "clip"),
        ("Dosovitskiy2021", "vit"),
        ("[Hu et al. 2022]", "lora"),
        ("devlin-etal-2019-bert", "bert"),
    ],
)
def test_a_key_of_citations_is_a_name_and_a_year(
    roadmap: Run, text: str, key: str
) -> None:
    """And nothing is said to be missing."""
    done = roadmap("search", text)

    assert done.rows[0][0] == key
    assert "shown without" not in done.err or text.startswith("devlin")


@pytest.mark.parametrize("text", ["cifar10", "xqzt2021", "layer12"])
def test_a_word_with_digits_is_no_key_where_nobody_is_called_so(
    roadmap: Run, text: str
) -> None:
    """Nothing of that year is shown for it."""
    assert roadmap("search", text).code == 1


@pytest.mark.parametrize("call", ["search", "show"])
@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://aclanthology.org/N19-1423/", "bert"),
        ("https://aclanthology.org/N19-1423.pdf", "bert"),
        ("https://www.aclweb.org/anthology/2021.acl-long.353/", "prefix-tuning"),
        ("https://aclanthology.org/2023.findings-emnlp.936v2.pdf", "rwkv"),
        ("https://dl.acm.org/doi/pdf/10.1145/3528233.3530757?download=true", "palette"),
        ("https://openreview.net/pdf?id=NAQvF08TcyG&noteId=x", "textual-inversion"),
    ],
)
def test_a_page_of_proceedings_is_the_paper(
    roadmap: Run, call: str, link: str, key: str
) -> None:
    """The id of the ACL Anthology is the end of the DOI that a catalogue gives."""
    done = roadmap(call, link)

    assert done.code == 0
    assert key in done.out
    assert done.err == ""


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://github.com/microsoft/LoRA/tree/main/loralib", "lora"),
        ("https://github.com/microsoft/LoRA/blob/main/README.md#top", "lora"),
        ("https://papers.nips.cc/paper/7181-attention-is-all-you-need", "attention"),
        ("https://www.semanticscholar.org/paper/LoRA%3A-Low-Rank-Adaptation-of-Large-Language-Models-Hu-Shen/a8ca46", "lora"),
        ("https://paperswithcode.com/paper/lora-low-rank-adaptation-of-large-language", "lora"),
        ("https://proceedings.mlr.press/v202/sheng23a.html", "flexgen"),
    ],
)  # fmt: skip
def test_a_link_that_no_paper_has_is_read(roadmap: Run, link: str, key: str) -> None:
    """Its repository, the title or the key that its address spells; and that is said."""
    done = roadmap("search", link)

    assert done.rows[0][0] == key
    assert done.err == "no paper here has this link; by its address it may lead to:\n"


@pytest.mark.parametrize(
    "link",
    [
        "https://openaccess.thecvf.com/content/CVPR2023/html/Wang_Video_Diffusion_With_Magic_CVPR_2023_paper.html",
        "https://github.com/huggingface/nothing/tree/main/metrics/bleu",
        "https://example.org/blog/what-is-attention-and-how-does-it-work",
    ],
)
def test_a_link_that_spells_no_paper_finds_none(roadmap: Run, link: str) -> None:
    """It can be added."""
    done = roadmap("search", link)

    assert (done.code, done.out) == (1, "")
    assert "hint: to put it on a list of your own: roadmap add http" in done.err
