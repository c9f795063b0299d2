"""Pages of proceedings and publishers: the addresses that lead to one paper are one.

The big proceedings show a paper under two or three addresses (page, PDF, an older site);
publishers put the DOI into their links. Other hosts are not looked at.
"""

import re
from functools import cache

_PDF = r"(?:\.pdf|\.html?|\.bib)?/?$"
_ACL = r"((?:[A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+))(?:/[\w-]+)?(?:v\d)?"
_PMLR = r"(?:proceedings\.mlr\.press|jmlr\.org/proceedings/papers)"
_PROCEEDINGS = (
    (
        "openreview.net",
        r"openreview\.net/(?:forum|pdf|attachment|references/pdf)\?(?:.*&)?id=([\w-]+).*",
        "openreview.net/forum?id={}",
    ),
    (
        "aclanthology.org aclweb.org aclanthology.info aclanthology.coli.uni-saarland.de",
        r"[\w.-]+/(?:anthology/|papers/)*(?:[A-Z]/[A-Z]\d\d/)?" + _ACL + _PDF,
        "aclanthology.org/{}",
    ),
    (
        "papers.nips.cc papers.neurips.cc proceedings.neurips.cc",
        r"[\w.]+/paper(?:_files/paper)?/(\d{4})/(?:hash|file)/([0-9a-f]{32})-.*",
        "proceedings.neurips.cc/paper/{}/{}",
    ),
    (
        "papers.nips.cc papers.neurips.cc proceedings.neurips.cc",
        r"[\w.]+/paper/(\d{3,5})-[\w-]+" + _PDF,
        "proceedings.neurips.cc/paper/{}",
    ),
    (
        "proceedings.mlr.press jmlr.org",
        _PMLR + rf"/(v\d+)/([\w-]+?)(?:/\2(?:-supp)?)?{_PDF}",
        "proceedings.mlr.press/{}/{}",
    ),
    (
        "jmlr.org",
        rf"jmlr\.org/papers/v(?:olume)?(\d+)/([\w-]+?)(?:/\2)?{_PDF}",
        "jmlr.org/papers/v{}/{}",
    ),
    (
        "openaccess.thecvf.com",
        rf"openaccess\.thecvf\.com/(content[\w/]*?)/(?:papers|html)/([\w.-]+_paper){_PDF}",
        "openaccess.thecvf.com/{}/{}",
    ),
    (
        "github.com gitlab.com",
        r"(git(?:hub|lab)\.com/[^/]+/[^/]+?)(?:\.git)?(?:/tree/(?:main|master))?/?$",
        "{}",
    ),
)
"""Hosts, what a link to a paper looks like there, and the one link that stands for all."""
_PUBLISHERS = frozenset(
    [
        "dl.acm.org", "link.springer.com", "frontiersin.org", "onlinelibrary.wiley.com",
        "pnas.org", "science.org", "tandfonline.com", "journals.sagepub.com",
        "journals.aps.org", "iopscience.iop.org", "pubs.acs.org", "epubs.siam.org",
        "annualreviews.org", "royalsocietypublishing.org", "journals.plos.org",
        "biorxiv.org", "medrxiv.org", "direct.mit.edu", "ascopubs.org", "pubs.aip.org",
    ]
)  # fmt: skip
"""Hosts, without `www.`, whose links hold the DOI of what they lead to."""
_WITH_VERSIONS = frozenset(["biorxiv.org", "medrxiv.org"])
_DOI = r"(?a)(?:/|[?&](?:id|doi)=)(10\.\d{4,9}/[^?#&]+)"
_ENDING = (
    r"(?i)(?:(?:v\d+)?(?:\.full(?:\.pdf|-text)?|\.abstract|\.pdf)"
    r"|/(?:full|pdf|epdf|abstract|abs|meta|html|fulltext))$"
)
_NATURE = r"(?:www\.)?nature\.com/articles/([\w.-]+?)(?:\.pdf)?/?$"
_pattern = cache(re.compile)


def canonical(host: str, link: str) -> str:
    """The link, without its scheme, that stands for all to this paper; itself elsewhere.

    `host` is that of the link, in lower case and without `www.`.
    """
    for pattern, instead in _by_host().get(host, ()):
        if match := _pattern(pattern).fullmatch(link):
            return instead.format(*match.groups())
    return link


@cache
def _by_host() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for hosts, pattern, instead in _PROCEEDINGS:
        for host in hosts.split():
            found.setdefault(host, []).append((pattern, instead))
    return found


def doi_in(host: str, link: str) -> str:
    """The DOI that a publisher's link holds, as it stands there; nothing elsewhere."""
    if host == "nature.com" and (article := _pattern(_NATURE).fullmatch(link)):
        return f"10.1038/{article[1]}"
    if host not in _PUBLISHERS and not host.endswith(".onlinelibrary.wiley.com"):
        return ""
    match = _pattern(_DOI).search(link)
    found = _pattern(_ENDING).sub("", match[1].rstrip("/")) if match else ""
    return _pattern(r"v\d+$").sub("", found) if host in _WITH_VERSIONS else found
