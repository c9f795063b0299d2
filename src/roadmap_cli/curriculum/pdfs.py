"""Where the PDF of a paper is on the web, as far as its fields tell."""

import re
from urllib.parse import urlsplit

from roadmap_cli.curriculum.identity import arxiv_id, link
from roadmap_cli.curriculum.model import Paper

_PAGES = (
    (r"openreview\.net/forum\?id=([\w-]+)", r"https://openreview.net/pdf?id=\1"),
    (r"aclanthology\.org/([\w.-]+)", r"https://aclanthology.org/\1.pdf"),
    (
        r"proceedings\.mlr\.press/(v\d+)/([\w-]+)",
        r"https://proceedings.mlr.press/\1/\2/\2.pdf",
    ),
    (
        r"jmlr\.org/papers/v(\d+)/([\w-]+)",
        r"https://www.jmlr.org/papers/volume\1/\2/\2.pdf",
    ),
    (
        r"openaccess\.thecvf\.com/(content[\w/]*)/([\w.-]+_paper)",
        r"https://openaccess.thecvf.com/\1/papers/\2.pdf",
    ),
)
"""Pages of proceedings, as `identity.link` gives them, and where the PDF of each is."""


def pdf_link(paper: Paper) -> str:
    """The address of a paper's PDF: arXiv's, its own link, or that beside its page; or empty."""
    numbers = filter(None, map(arxiv_id, (paper.arxiv, paper.url, paper.doi)))
    if number := next(numbers, ""):
        return arxiv_pdf(number)
    if is_pdf(paper.url):
        return paper.url
    page = link(paper.url)
    for pattern, instead in _PAGES:
        if match := re.fullmatch(pattern, page):
            return match.expand(instead)
    return ""


def arxiv_pdf(number: str) -> str:
    """The address of the newest version of an arXiv paper."""
    return f"https://arxiv.org/pdf/{number}"


def is_pdf(url: str) -> bool:
    """Whether a web link says by its end that it leads to a PDF."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_web = parts.scheme.lower() in {"http", "https"}
    return is_web and parts.path.lower().endswith(".pdf")
