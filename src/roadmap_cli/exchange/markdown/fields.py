"""The fields of an entry, from the phrases in which it is written."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.model import Link, Status
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.markdown import people, vocabulary
from roadmap_cli.exchange.markdown.phrases import (
    MARKS,
    STRUCK,
    STRUCK_END,
    Phrase,
    PhraseLink,
    is_label_mark,
)
from roadmap_cli.exchange.markdown.titles import Title

_CENTURY_ENDS = 50
_LONGEST_HEAD = 300
_LONGEST_TEXT = 5_000
_LONGEST_VENUE = 80
_MOST_WORDS_BEFORE_A_YEAR = 30
_MOST_WORDS_OF_A_VENUE = 9
_NEAR = 40


class Place(NamedTuple):
    """Where an entry stands: its line, the headings above it, and the label of its group."""

    line: int
    section: tuple[str, ...]
    group: str

    def year(self, venue: str) -> int | None:
        """The year in a heading that is nothing but that of a venue: "CVPR 2019".

        A heading that is a year alone counts for an entry with a `venue`: without one it may
        be the year in which somebody read it.
        """
        heading = self.group or (self.section[-1] if self.section else "")
        if venue and heading.isdecimal():
            return year_in(heading)
        is_venue = vocabulary.is_venue(heading) and vocabulary.VENUE.search(heading)
        return year_in(heading) if is_venue else None


def entry(
    place: Place, phrase: Phrase, title: Title, more: Sequence[Phrase] = ()
) -> Entry:
    """The entry that a phrase and the phrases of its fields below it tell."""
    links = _links(phrase, title)
    below = [link for field in more for link in field.links.values()]
    url = _work(title, links, below)
    text, tags = _tags(title.text) if title.how == "text" else (title.text, ())
    after = phrase_after(phrase, title)
    arxiv = _first(_arxiv, url, links, below) or _stated_arxiv(phrase, more)
    segments = [*_segments(title, more)]
    venue = _venue(segments, phrase)
    return Entry(
        line=place.line,
        title=text or title.text,
        authors=_authors(segments),
        year=year(title.before, after, phrase, more)
        or (identity.arxiv_year(arxiv) if arxiv else place.year(venue)),
        venue=venue,
        arxiv=arxiv,
        doi=_first(identity.doi, url, links, below),
        url=url,
        links=tuple(
            dict.fromkeys(
                Link(link.text or link.url, link.url)
                for link in links + below
                if link.url
            )
        ),
        code=next(
            (link.url for link in links + below if link.url != url and is_code(link)),
            "",
        ),
        key=phrase.key,
        section=place.section,
        group=place.group,
        status=status(phrase.text, title),
        tags=tags,
    )


def phrase_after(phrase: Phrase, title: Title) -> str:
    """What follows the title, the texts of its labels in it and titled links left out."""

    def shown(match: re.Match[str]) -> str:
        if not is_label_mark(match[0]):
            return " "
        link = phrase.links[match[0]]
        return "  \n" if link.is_bare or link.is_badge else f" {link.text} \n"

    return MARKS.sub(shown, title.after)


def _links(phrase: Phrase, title: Title) -> list[PhraseLink]:
    """The links of the phrase that belong to the entry, its own first, then in their order."""
    own = [phrase.links[title.mark]] if title.mark else []
    return own + [link for mark, link in phrase.links.items() if mark != title.mark]


_PAPER = re.compile(
    r"(?i)\b(?:paper|papers|pdf|arxiv|abs|openreview|doi|link|论文|preprint|html|article|publication|acl\w*|cvf|ieee|acm|springer|full text)\b|论文|链接|原文"
)
_CODE = re.compile(
    r"(?i)\b(?:code|codes|github|gitlab|repo|repository|implementation|implementations|pytorch|tensorflow|torch|tf|keras|jax|source)\b|代码|源码|仓库"
)
_CODE_HOST = re.compile(
    r"(?i)https?://(?:www\.)?(?:github\.com|gitlab\.com|gitee\.com|bitbucket\.org)/"
)
_ASIDE = re.compile(
    r"(?i)\b(?:slides?|video|youtube|talk|poster|bibtex|bib|demo|colab|tweet|twitter|notes?|summary|dataset|data|model|models|supp\w*|review|bilibili|zhihu)\b|视频|解读|笔记|数据|模型"
)


def is_code(link: PhraseLink) -> bool:
    """Whether a link leads to the code of a work."""
    return bool(
        _CODE.search(link.text)
        or (_CODE_HOST.match(link.url) and vocabulary.is_label(link.text))
    )


def _work(title: Title, links: list[PhraseLink], below: list[PhraseLink]) -> str:
    """The address of the work itself: that of its title, else of the label that says most."""
    everything = [link for link in links + below if "://" in link.url]
    if title.mark and links and "://" in links[0].url:
        return links[0].url
    ranked = sorted(everything, key=_rank)
    return ranked[0].url if ranked else ""


def _rank(link: PhraseLink) -> int:
    if _PAPER.search(link.text) and not is_code(link):
        return 0
    if identity.arxiv_id(link.url) or identity.doi(link.url):
        return 1
    if is_code(link):
        return 4
    return 3 if _ASIDE.search(link.text) else 2


def _first(
    number: Callable[[str], str],
    url: str,
    links: list[PhraseLink],
    below: list[PhraseLink],
) -> str:
    """The first number that the address of the work names, else that of a label or a field."""
    labels = (
        link.url for link in links if link.is_bare or vocabulary.is_label(link.text)
    )
    addresses = (url, *labels, *(link.url for link in below))
    return next(
        (found for address in addresses if address and (found := number(address))),
        "",
    )


def _arxiv(url: str) -> str:
    """The arXiv id of a link; also of one to which something clings that does not belong."""
    if found := identity.arxiv_id(url):
        return found
    match = _ARXIV_LINK.search(url)
    return identity.arxiv_id(match[1]) if match else ""


_ARXIV_LINK = re.compile(r"(?i)arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5})")
_ARXIV = re.compile(r"(?i)arxiv\s*(?:preprint)?\s*(?:arxiv)?[:\s]\s*(\d{4}\.\d{4,5})")


def _stated_arxiv(phrase: Phrase, more: Sequence[Phrase]) -> str:
    found = (_ARXIV.search(MARKS.sub("", part.text)) for part in (phrase, *more))
    return next((identity.arxiv_id(match[1]) for match in found if match), "")


_SHORT_YEAR = re.compile(r"(?<=[A-Za-z])\s?['’‘`]\s?(\d\d)(?!\d)")
_ARXIV_MONTH = re.compile(r"(?i)arxiv['\s,:-]*(\d\d)[./](?:0[1-9]|1[0-2])(?!\d)")
_SLASHED = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}/(\d\d)(?!\d)")
_DASHED = re.compile(r"(?<![\d-])(\d\d)-(?:0[1-9]|1[0-2])-\d\d(?![\d-])")
_IN_BRACKETS = re.compile(r"[\[(（【]([^\[\]()（）【】]{0,60})[\])）】]")
_SHORT = 6
"""Words after a title and a dash that are no description, in which a year may be of anything."""


def year(
    before: str, after: str, phrase: Phrase, more: Sequence[Phrase] = ()
) -> int | None:
    """The year that stands around a title: before it, in brackets, in its venue, on a badge."""
    before, after = MARKS.sub("", before), MARKS.sub("", after)
    fields = (
        field.without_addresses()
        for field in more
        if not _DESCRIBES.match(MARKS.sub("", field.text))
    )
    telling = chain.from_iterable(map(_telling, chain([after], fields)))
    texts = chain([before], telling, phrase.badges)
    return next((found for text in texts if (found := year_in(text))), None)


_DESCRIBES = re.compile(
    r"(?i)\W{0,3}(?:简介|介绍|描述|摘要|description|abstract|summary|tl;?dr|notes?|comments?|key\s?words?|datasets?|数据集?)\b"
)


_TWO_DIGITS = re.compile(r"\d\d")
_DASHED_OFF = re.compile(r"[\s\])）】]*[-–—:：]\s")


def _telling(after: str) -> Iterator[str]:
    """The parts of what follows a title whose year is that of the work, line by line."""
    for line in filter(_TWO_DIGITS.search, after.split("\n")):
        describes = _DASHED_OFF.match(line) or "。" in line or "，" in line
        if describes and (len(line.split()) > _SHORT or not line.isascii()):
            yield from _telling_of_description(line)
        else:
            yield line if len(line) < _LONGEST_HEAD else line[:60]
            yield from (match[1] for match in _IN_BRACKETS.finditer(line))


def _telling_of_description(line: str) -> Iterator[str]:
    """The year at its end, brackets near its ends, and what stands behind venues."""
    last = re.search(r"(?:19|20)\d\d\W*$", line)
    if last and len(line.split()) <= _MOST_WORDS_BEFORE_A_YEAR:
        yield last[0]
    near = (
        match
        for match in _IN_BRACKETS.finditer(line)
        if match.start() < _NEAR or match.end() > len(line) - 15
    )
    yield from (match[1] for match in near)
    yield from (
        line[match.start() : match.end() + 8]
        for match in vocabulary.VENUE.finditer(line)
    )


def year_in(text: str) -> int | None:
    """The first year that a short text names, also as `'23`, `arXiv 20.09` or `11/14/22`."""
    if not _TWO_DIGITS.search(text):
        return None  # most texts: none of the patterns need be tried
    if match := vocabulary.YEAR.search(text):
        return int(match[1])
    for pattern in (_SHORT_YEAR, _ARXIV_MONTH, _SLASHED, _DASHED):
        if match := pattern.search(text):
            number = int(match[1])
            return number + (1900 if number > _CENTURY_ENDS else 2000)
    return None


_SEGMENT = re.compile(
    r"[\n|\[\](){}（）【】\ue000-\ue005\ue100-\uf8ff]|[.。](?<=[a-z\d)*]{2}.)\s|\s[-–—]\s"
)
"""What parts the text around a title: marks, brackets, lines, the ends of sentences, dashes."""


def _segments(title: Title, more: Iterable[Phrase]) -> Iterator[str]:
    """The parts between marks, brackets and sentences around a title."""
    for text in (title.before, title.after, *(field.text for field in more)):
        if text and len(text) < _LONGEST_TEXT:
            yield from filter(
                None, (part.strip(" .,;:：，*\t") for part in _SEGMENT.split(text))
            )


_LISTS = re.compile(r"[,，、;&]|\band\b|\bal\b|^(?i:by|authors?)\b|作者")


def _authors(segments: Sequence[str]) -> tuple[str, ...]:
    """The first list of names around the title."""
    for segment in segments:
        if not _LISTS.search(segment):
            continue
        found = people.names(segment)
        if len(found) > 1 or (
            found and re.search(r"(?i)\bet\.? al|^(?:by|authors?)\b", segment)
        ):
            return found
        head = segment.rsplit(",", 1)[0]
        if (
            "," in head
            and people.are_names(head)
            and vocabulary.VENUE.search(segment[len(head) :])
        ):
            return people.names(head)
    return ()


def _venue(segments: Sequence[str], phrase: Phrase) -> str:
    """The first short part around the title that names a journal, a conference or a server."""
    for plain in (*segments, *phrase.badges):
        if (
            len(plain) <= _LONGEST_VENUE
            and len(plain.split()) <= _MOST_WORDS_OF_A_VENUE
            and vocabulary.VENUE.search(plain)
        ):
            short = re.sub(
                r"[\s,'’`]*(?:(?:19|20)\d\d|['’`]\d\d)(?:[./-]\d+)*\W*$", "", plain
            )
            return short.strip(" .,;:：*") or plain
    return ""


_TAG = re.compile(r"(?<!\S)#([^\W\d][\w/-]*)")
_TAGS = re.compile(r"(?:\s+#[^\W\d][\w/-]*)+$")


def _tags(title: str) -> tuple[str, tuple[str, ...]]:
    """A title without the tags of Obsidian at its end, and these."""
    match = _TAGS.search(title) if "#" in title else None
    return (
        (title[: match.start()], tuple(_TAG.findall(match[0])))
        if match
        else (title, ())
    )


_TASK = re.compile(r"\s*\[([ xX/\-~>])\]\s+")
_TASKS = {" ": Status.TODO, "x": Status.READ, "/": Status.READING, "-": Status.SKIPPED}
_TICKS = (
    (
        Status.READ,
        re.compile(
            r"✅|☑|✔|:white_check_mark:|:heavy_check_mark:|:ballot_box_with_check:|✓"
        ),
    ),
    (Status.TODO, re.compile(r"❌|⬜|☐|🔲|:x:|:white_large_square:|✗|✘|✖")),
    (Status.READING, re.compile(r"🚧|⏳|:construction:|:hourglass|🔄|📖")),
)


def status(text: str, title: Title | None = None) -> Status | None:
    """The status that an item begins with: a task's box, a tick, or its title struck out."""
    if match := _TASK.match(text):
        return _TASKS.get(match[1].lower())
    before = title.before if title else text
    for found, pattern in _TICKS:
        if pattern.search(before):
            return found
    if (
        title
        and STRUCK in text
        and text.index(STRUCK) <= len(title.before) + 1
        and STRUCK_END in text
    ):
        return Status.READ
    return None
