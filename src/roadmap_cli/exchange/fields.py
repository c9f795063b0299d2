"""What all formats share: plain texts, years, links, identities, kinds and statuses."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from html import unescape
from itertools import chain

from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.model import Kind, Link, Status
from roadmap_cli.exchange.entries import Entry, Refused

_DROPPED = dict.fromkeys(
    [
        *range(0xD800, 0xE000),  # halves of pairs, which no text file can hold
        0x00AD,
        0x061C,
        0xFEFF,
        *range(0x200E, 0x2010),  # marks of direction
        *range(0x202A, 0x202F),  # embeddings and overrides of direction
        *range(0x2060, 0x2065),
        *range(0x2066, 0x2070),  # isolates
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),  # tags
    ]
)
_BLANKED = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x2028, 0x2029], " "
)
_HOSTILE = {**_DROPPED, **_BLANKED}
_INLINE = """i|b|u|s|em|strong|strike|del|ins|sub|sup|inf|sc|scp|small|big|tt|code|kbd|span|font|a
    |italic|bold|mark|nobr|wbr|abbr|cite|q|math|mrow|mi|mo|mn|ms|mtext|msub|msup|msubsup|mfrac
    |msqrt|mover|munder|munderover|mstyle|mspace|mfenced|semantics|jats:[a-z-]+|mml:[a-z-]+"""
_BLOCK = "br|p|div|li|ul|ol|h[1-6]|hr|td|tr|table|tbody|blockquote|title|sec|img"
_TAG = re.compile(rf"(?xi)</?(?:(?P<inline>{_INLINE})|{_BLOCK})(?:\s[^<>]*)?/?>")
_ANNOTATION = re.compile(r"(?i)<(mml:)?annotation\b[^<>]*>[^<>]*</(mml:)?annotation>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_LINK = re.compile(r"(?i)https?://[^\s<>\"\\^`{}|]+")
_BARE_LINK = re.compile(r"(?i)(?:www\.|(?:dx\.)?doi\.org/)[^\s/]+\S*")
_HOST = re.compile(r"(?i)https?://[^/?#]*\w")
_JOINED = re.compile(r"(?i)[;,|](?=https?://)")
_OPENINGS = {")": "(", "]": "[", "}": "{"}
_ENDS = ".,;:'\"*"
_ESCAPES = (
    (
        r"\\(?:texttildelow|textasciitilde|sim)(?:\{\}|\s)?|\\~(?:\{\}|\s)?|\$\s*~\s*\$",
        "~",
    ),
    (r"\$\s*<\s*\$|\\textless(?:\{\})?", "<"),
    (r"\$\s*>\s*\$|\\textgreater(?:\{\})?", ">"),
    (r"\\textunderscore(?:\{\}|\s)?|\\_", "_"),
    (r"\\([&%#$/])", r"\1"),
    (r"\\-|\\allowbreak(?:\s|\{\})?|[{}$]", ""),
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"|]+")
_MOST_STARS = 5
_DOI_ENDS = (
    r"(?i)(?:/(?:full|pdf|abstract|epdf|epub|meta|html|fulltext|summary)|\.pdf)+$"
)
_PREPRINT = re.compile(r"(10\.1101/[\d.]+)v\d+$")
"""The DOI of a preprint of biology as its server's links have it, with a version behind it."""
_ARXIV = re.compile(r"""(?aix)(?:arxiv [\s:.,\[({]* (?:(?:e-?)?prints?\b [\s:,]*)? (?:arxiv [\s:.]*)?
    (?:(?:org|abs|pdf)[\s:/]*)* | \b(?:abs|pdf)/ )
    (?P<id>\d{4}\.\d{4,5}(?!\d) | [a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{7}(?!\d))""")


def plain(text: str) -> str:
    """The text on one line: no control or direction characters, runs of blanks collapsed."""
    if not text.isprintable():
        text = text.translate(_HOSTILE)
    return " ".join(text.split())


def from_html(text: str) -> str:
    """The plain text of one with HTML, JATS or MathML tags and entities in it.

    Entities are decoded at most twice; of formulas the text stays, and a `<` that begins no
    known tag as well.
    """
    for _ in range(2):
        if "<" in text:
            text = _TAG.sub(_gap, _ANNOTATION.sub("", text))
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    if "<" in text:
        text = _TAG.sub(_gap, text)
    return plain(text)


def _gap(match: re.Match[str]) -> str:
    return "" if match["inline"] else " "


def year_in(*texts: str) -> int | None:
    """The first year, from 1500 on, in the first of the texts that holds one."""
    for text in texts:
        if match := _YEAR.search(text):
            return int(match[0])
    return None


def unescaped(text: str) -> str:
    r"""A link or DOI as LaTeX spells it, without its escapes: `\_`, `\&`, `{\textasciitilde}`."""
    if "\\" in text or "{" in text or "$" in text:
        for pattern, character in _ESCAPES:
            text = re.sub(pattern, character, text)
    return text


def links_in(text: str) -> list[str]:
    """The links in a text, in its order, without the punctuation that ends a sentence."""
    if "://" not in text:
        bare = text.strip()
        return [f"https://{bare}"] if _BARE_LINK.fullmatch(bare) else []
    found = map(trimmed, _LINK.findall(_JOINED.sub(" ", text)))
    return [link for link in found if _HOST.match(link)]


def trimmed(text: str) -> str:
    """A link or DOI without what stands behind it in a sentence: `.`, `,`, an unopened `)`."""
    end, unopened = len(text), {}
    while end and not text[end - 1].isalnum():
        last = text[end - 1]
        if opening := _OPENINGS.get(last):
            if last not in unopened:
                unopened[last] = text.count(last, 0, end) - text.count(opening, 0, end)
            if unopened[last] <= 0:
                break
            unopened[last] -= 1
        elif last not in _ENDS:
            break
        end -= 1
    return text[:end]


def doi_in(text: str) -> str:
    """The DOI in lower case that a text is, links to, or has in it; else nothing."""
    if "10." not in text:
        return ""
    text = unescaped(text).strip()
    known = identity.doi(text)
    if known and "doi.org" not in known:
        return trimmed(known)
    text = text.replace("%2F", "/").replace("%2f", "/")
    match = _DOI.search(text)
    if not match:
        return ""
    found = match[0]
    if "://" in text[: match.start()]:
        found = re.sub(_DOI_ENDS, "", re.split(r"[?&#]", found)[0].rstrip("/"))
        found = _PREPRINT.sub(r"\1", found)
    return trimmed(identity.doi(found))


def arxiv_in(text: str) -> str:
    """The arXiv id that a text names beside the word arXiv, or as `abs/…`; else nothing."""
    lowered = text.lower()
    if not any(word in lowered for word in ("arxiv", "abs/", "pdf/")):
        return ""
    match = _ARXIV.search(text)
    return identity.arxiv_id(match["id"]) if match else ""


def identified(
    entry: Entry, *, dois: Iterable[str] = (), arxivs: Iterable[str] = ()
) -> Entry:
    """The entry with the arXiv id, the DOI and the link that it names.

    `dois` and `arxivs` are texts that may name them, the surest first: `arxivs` are ids, links
    or free text that says arXiv. The links of the entry are asked last; the first of them is
    the one that leads to it.
    """
    links = tuple(dict.fromkeys(entry.links))
    places = [link.url for link in links]
    doi = entry.doi or next(filter(None, map(doi_in, chain(dois, places))), "")
    ids = (identity.arxiv_id(text) or arxiv_in(text) for text in arxivs if text)
    linked = map(identity.arxiv_id, [doi, *places])
    arxiv = entry.arxiv or next(filter(None, chain(ids, linked)), "")
    url = entry.url or next(iter(places), "")
    kind = entry.kind or (Kind.PAPER if arxiv or doi else None)
    return entry._replace(arxiv=arxiv, doi=doi, url=url, links=links, kind=kind)


def taken(entry: Entry, text: str) -> Entry | Refused:
    """The entry, or a refusal of one that has neither title nor anything that identifies it."""
    if entry.title or entry.arxiv or entry.doi or entry.url:
        return entry
    reason = "it has no title, and no DOI, arXiv id or link either"
    return Refused(entry.line, reason, entry.key, text, entry.section)


def links(*texts: str, title: str = "") -> tuple[Link, ...]:
    """The links in some texts, each with the same label."""
    return tuple(Link(title, link) for text in texts for link in links_in(text))


def whole_link(text: str, title: str = "") -> tuple[Link, ...]:
    """The link that a text is, whatever characters it has; nothing where it is none."""
    text = plain(text).replace(" ", "%20")
    return (Link(title, text),) if _HOST.match(text) else ()


def tags_in(text: str, separators: str = ",;|") -> tuple[str, ...]:
    """The tags of a list of them, in its order, each once."""
    parts = re.split(f"[{re.escape(separators)}\n]", text)
    return tuple(dict.fromkeys(filter(None, map(plain, parts))))


_KINDS = {
    Kind.PAPER: """article inproceedings conference incollection inbook chapter bookchapter
        techreport report thesis phdthesis mastersthesis bachelorsthesis unpublished preprint
        suppbook suppcollection bookinbook inreference patent jour jfull mgzn conf cpaper chap
        rprt thes unpb ejour inpr pat articlejournal articlemagazine articlenewspaper paper
        paperconference manuscript proceedingsarticle journalarticle postedcontent dissertation
        bookpart bookletsection magazinearticle newspaperarticle conferencepaper booksection
        review articlewithdrawn earlyaccess meetingabstract letter proceedingspaper j c s
        journal reportcomponent working workingpaper conferenceproceeding""",
    Kind.BOOK: """book mvbook collection mvcollection proceedings mvproceedings booklet
        edbook editedbook monograph referencebook ebook bookset bookseries b""",
    Kind.BLOG: "blog blogpost postweblog post",
    Kind.DOCS: "manual documentation standard stand",
    Kind.TOOL: "software computerprogram comp tool",
    Kind.DATASET: "dataset data dbase",
    Kind.VIDEO: """video motionpicture movie vide mpct film videorecording tvbroadcast
        broadcast podcast""",
    Kind.SURVEY: "survey",
    Kind.TUTORIAL: "tutorial course",
    Kind.BENCHMARK: "benchmark",
    Kind.METRIC: "metric",
    Kind.SIMULATOR: "simulator",
    Kind.LIST: "list",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def kind_of(word: str) -> Kind | None:
    """What sort of thing a type of BibTeX, RIS, CSL, Crossref or Zotero is, if it says so."""
    return _KIND_OF.get(re.sub(r"[\W_]", "", word.lower()))


_STATUSES = {
    Status.READ: """read|done|finished|completed|complete|archive|archived|yes|y|true|1|x|✓|✔
        |✔️|✅|☑|☑️|gelesen|lu|leído|已读|100%""",
    Status.TODO: """to read|toread|todo|to do|unread|want to read|new|later|not started|no|n
        |false|0|☐|⬜|❌|planned|queue|queued|backlog|未读|0%""",
    Status.READING: """reading|currently reading|in progress|started|skimmed|partial|partially
        |ongoing|doing|在读""",
    Status.SKIPPED: """did not finish|dnf|skipped|skip|abandoned|not reading|dropped|wont read
        |rejected|cancelled""",
    Status.KNOWN: "known|known before",
}
_STATUS_OF = {
    word.strip(): status
    for status, words in _STATUSES.items()
    for word in words.split("|")
}


def status_of(text: str) -> Status | None:
    """The status that a word or tick says: `to-read`, `Read`, `x`, `In Progress`."""
    return _STATUS_OF.get(
        plain(re.sub(r"[-_’']", " ", text.lower()).replace("won t", "wont"))
    )


def day_in(text: str) -> str:
    """The day that a date begins with, as `2024-05-31`; nothing where none is whole."""
    match = re.match(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", text)
    if not match:
        return ""
    with suppress(ValueError):
        return date(*map(int, match.groups())).isoformat()
    return ""


def rating_in(text: str) -> int | None:
    """Stars from 1 to 5, rounded; nothing for 0 and for what is no number."""
    match = re.fullmatch(r"\s*(?:rank)?([0-5](?:\.\d+)?)(?:\s*/\s*5)?\s*", text)
    stars = int(float(match[1]) + 0.5) if match else 0
    return stars if 1 <= stars <= _MOST_STARS else None
