"""What makes two entries the same work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_cli.curriculum.identity import (
    arxiv_id,
    arxiv_year,
    doi,
    identities,
    link,
    of_text,
)

NEW_IDS = st.from_regex(r"[0-9]{4}\.[0-9]{4,5}", fullmatch=True)
OLD_IDS = st.from_regex(r"(hep-th|cs|math|q-bio)/[0-9]{7}", fullmatch=True)
SITES = st.sampled_from(
    [
        "arxiv.org",
        "www.arxiv.org",
        "export.arxiv.org",
        "ar5iv.org",
        "ar5iv.labs.arxiv.org",
    ]
)
PAGES = st.sampled_from(["abs", "pdf", "html", "format", "src", "e-print"])
VERSIONS = st.sampled_from(["", "v1", "v2", "v12"])
TAILS = st.sampled_from(["", "/", "?context=cs", "#page=3", ".pdf", ".pdf#page=3"])
HOSTS = st.from_regex(r"(?!www\.)[a-z]{2,5}\.(org|com)", fullmatch=True)
PATHS = st.from_regex(r"(/[A-Za-z0-9.-]{1,6}){0,3}", fullmatch=True)


@given(NEW_IDS | OLD_IDS, SITES, PAGES, VERSIONS, TAILS)
def test_every_link_to_an_arxiv_paper_names_its_id(
    number: str, site: str, page: str, version: str, tail: str
) -> None:
    """Whatever site, page, version and place on the page."""
    address = f"{site}/{page}/{number}{version}{tail}"

    assert arxiv_id(f"https://{address}") == number
    assert arxiv_id(f"http://{address}") == number
    assert arxiv_id(address) == number
    assert arxiv_id(address.upper()) == number
    assert of_text(f"  https://{address}\n") == f"arxiv:{number}"


@given(NEW_IDS | OLD_IDS, VERSIONS)
def test_an_arxiv_id_may_stand_alone_or_in_its_doi(number: str, version: str) -> None:
    """As people cite it, with `arXiv:`, and as DataCite registers it."""
    for spelling in (
        f"{number}{version}",
        f"arXiv:{number}{version}",
        f"arxiv: {number}{version}",
        f"10.48550/arXiv.{number}{version}",
        f"https://doi.org/10.48550/arXiv.{number}{version}",
    ):
        assert of_text(spelling) == f"arxiv:{number}", spelling


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lora",
        "llm/agents",
        "2106",
        "2106.968",
        "2106.096851",
        "12106.09685",
        "see 2106.09685",
        "2106.09685 and more",
        "https://example.org/abs/2106.09685",
        "https://huggingface.co/2106.09685",
        "https://huggingface.co/papers",
        "https://huggingface.co/datasets/2106.09685",
        "https://alphaxiv.org/2106.09685",
        "https://example.org/huggingface.co/papers/2106.09685",
        "https://myarxiv.org/abs/2106.09685",
        "https://arxiv.org.example.org/abs/2106.09685",
        "youtu.be/1234567",
        "llm/1234567",
        "٢١٠٦.٠٩٦٨٥",
        "2106.09685 [cs.CL] and more",
        "https://notarxiv.org/abs/2106.09685",
        "https://arxiv.org/list/cs.CL/2106",
        "https://arxiv.org/",
        "10.1145/2106.09685",
    ],
)
def test_what_only_looks_like_an_arxiv_id_is_none(text: str) -> None:
    """An id is the whole text, of the right length, on the right site."""
    assert arxiv_id(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "10.1145/3586183.3606763",
        "doi:10.1145/3586183.3606763",
        "DOI: 10.1145/3586183.3606763",
        "https://doi.org/10.1145/3586183.3606763",
        "http://dx.doi.org/10.1145/3586183.3606763",
        "doi.org/10.1145/3586183.3606763 ",
    ],
)
def test_a_doi_has_many_spellings(text: str) -> None:
    """Bare, with `doi:`, or as a link to the resolver."""
    assert doi(text) == "10.1145/3586183.3606763"
    assert of_text(text) == "doi:10.1145/3586183.3606763"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("cond-mat.mes-hall/0211022", "cond-mat/0211022"),
        ("math.GT/0309136", "math/0309136"),
        ("arXiv:math.GT/0309136v2", "math/0309136"),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("https://arxiv.org/abs/hep-th%2F9901001", "hep-th/9901001"),
        ("hep-th/9901001v2", "hep-th/9901001"),
        ("cs/0112017", "cs/0112017"),
        ("arXiv:1706.03762v7 [cs.CL]", "1706.03762"),
        ("arXiv:1706.03762v7  [cs.CL]  2 Aug 2023", "1706.03762"),
        ("arXiv:0706.0001v1 [q-bio.CB] 1 Jun 2007", "0706.0001"),
        ("arXiv:hep-th/9901001v2 5 Jan 1999", "hep-th/9901001"),
        ("https://arxiv.org/ftp/arxiv/papers/1206/1206.4614.pdf", "1206.4614"),
        ("https://arxiv.org/abs/2106.09685?context=cs", "2106.09685"),
        ("https://arxiv.org/pdf/2106.09685.pdf#page=3", "2106.09685"),
        ("https://arxiv.org/html/2106.09685v2", "2106.09685"),
        ("https://browse.arxiv.org/abs/2106.09685", "2106.09685"),
        ("https://export.arxiv.org/abs/2106.09685v2", "2106.09685"),
        ("https://de.arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://xxx.lanl.gov/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/arXiv:2106.09685", "2106.09685"),
        ("https://ar5iv.org/html/2106.09685", "2106.09685"),
        ("https://ar5iv.labs.arxiv.org/html/2106.09685", "2106.09685"),
        ("https://huggingface.co/papers/2106.09685", "2106.09685"),
        ("https://www.huggingface.co/papers/2106.09685/", "2106.09685"),
        ("https://huggingface.co/papers/2106.09685#comment", "2106.09685"),
        ("https://HuggingFace.co/papers/2106.09685?ref=x", "2106.09685"),
        ("http://hf.co/papers/2106.09685", "2106.09685"),
        ("https://alphaxiv.org/abs/2106.09685", "2106.09685"),
        ("https://www.alphaxiv.org/pdf/2106.09685v2", "2106.09685"),
        ("https://www.alphaxiv.org/overview/2106.09685", "2106.09685"),
        ("https://www.alphaxiv.org/abs/hep-th/9901001v2", "hep-th/9901001"),
        ("https://www.arxiv-vanity.com/papers/2106.09685/", "2106.09685"),
        ("https://scirate.com/arxiv/2106.09685", "2106.09685"),
        ("https://api.semanticscholar.org/arXiv:2106.09685", "2106.09685"),
        (
            "https://api.semanticscholar.org/graph/v1/paper/ARXIV:2106.09685?fields=title",
            "2106.09685",
        ),
        ("https://www.doi.org/10.48550/arXiv.2106.09685", "2106.09685"),
        ("https://doi.org/10.48550%2FarXiv.2106.09685", "2106.09685"),
        ("https://doi.org/10.48550/arXiv.math.GT/0309136", "math/0309136"),
    ],
)
def test_whatever_shows_an_arxiv_paper_is_that_paper(text: str, number: str) -> None:
    """Subject classes, stamps, mirrors, and pages of others, as they are found in the wild."""
    assert of_text(text) == f"arxiv:{number}"
    assert identities(arxiv="", doi="", url=text) == {f"arxiv:{number}"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("https://doi.org/10.1145%2F3586183.3606763", "10.1145/3586183.3606763"),
        ("https://doi.org/10.1145/3586183.3606763?ref=x#y", "10.1145/3586183.3606763"),
        (
            "https://doi.org/10.1002/(SICI)9:1%3C1::AID%3E3",
            "10.1002/(sici)9:1<1::aid>3",
        ),
    ],
)
def test_a_link_to_a_doi_may_spell_it_otherwise(text: str, number: str) -> None:
    """With `%2F`, and with what a page that linked to it hung on."""
    assert doi(text) == number


def test_dois_are_compared_without_case() -> None:
    """As the DOI handbook says."""
    assert doi("10.1000/ABC") == doi("10.1000/abc")


@pytest.mark.parametrize("text", ["", "10.1145", "10.1/x", "11.1145/x", "10.1145/a b"])
def test_what_only_looks_like_a_doi_is_none(text: str) -> None:
    """It needs a registrant, a slash, and no blank."""
    assert doi(text) == ""


@given(HOSTS, PATHS)
def test_the_scheme_www_and_a_last_slash_make_no_other_link(
    host: str, path: str
) -> None:
    """Nor does the case of the host."""
    plain = link(f"https://{host}{path}")

    assert plain == host + path
    for same in (
        f"http://{host}{path}",
        f"https://www.{host}{path}/",
        f"HTTPS://{host.upper()}{path}",
        f" https://{host}{path} ",
    ):
        assert link(same) == plain


def test_path_query_and_part_of_a_page_make_another_link() -> None:
    """Also the case of a path counts."""
    links = {
        link(f"https://example.org/{rest}")
        for rest in ("", "a", "A", "a?b=1", "a?b=2", "a#c", "a#d")
    }

    assert len(links) == 7


@pytest.mark.parametrize("text", ["", "lora", "example.org/a", "ftp://example.org/a"])
def test_what_is_no_web_link_names_nothing(text: str) -> None:
    """A link starts with its scheme."""
    assert link(text) == ""
    assert of_text(text) == ""


def test_an_entry_has_the_identities_of_all_its_fields() -> None:
    """Empty fields give none; two fields that say the same give one."""
    url = "https://arxiv.org/abs/2106.09685"

    assert identities(arxiv="", doi="", url="") == frozenset()
    assert identities(arxiv="2106.09685", doi="", url=url) == {"arxiv:2106.09685"}
    assert identities(
        arxiv="2106.09685", doi="10.1000/AB", url="https://example.org/a/"
    ) == {"arxiv:2106.09685", "doi:10.1000/ab", "link:example.org/a"}


@pytest.mark.parametrize(
    ("number", "year"),
    [("2106.09685", 2021), ("0704.0001", 2007), ("hep-th/9901001", 1999), ("", None)],
)
def test_an_arxiv_id_tells_its_year(number: str, year: int | None) -> None:
    """By its first two digits; the oldest are of 1991."""
    assert arxiv_year(number) == year


def test_case_makes_no_other_link_where_the_host_does_not_mind() -> None:
    """Elsewhere it does."""
    assert link("https://github.com/A/B") == link("https://github.com/a/b")
    assert link("https://youtu.be/A") != link("https://youtu.be/a")
