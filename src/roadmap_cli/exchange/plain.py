"""Lists without a format: ids and links, and references as papers print them at their end.

Ids and links stand one a line, or with blanks and commas between them; text behind one is its
title, and behind a `#` a remark. Of a reference, title, authors and year are told by the
customs of print: what is quoted, what stands behind the year in brackets, or the sentence
behind the names.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from roadmap_cli.curriculum import identity
from roadmap_cli.curriculum.model import Kind
from roadmap_cli.exchange import fields
from roadmap_cli.exchange.entries import Entry, Left, Record
from roadmap_cli.exchange.people import people_in

_LABEL = re.compile(
    r"\s*(?:\[(\d{1,4}|[A-Za-z+]{1,12}\d{2,4}[a-z]?)\]|(\d{1,4})[.)](?=\s)|[•‣◦·*-](?=\s))\s*"
)
_REMARK = re.compile(r"(?:^|\s)#(?=\s|$)\s*(.*)$")
_BETWEEN = re.compile(r"[\s,;]+")
_IDS = re.compile(
    r"(?i)https?://\S+|\bdoi:?\s*10\.\d{4,9}/\S+|\b10\.\d{4,9}/\S+|\barxiv(?: preprint)?:?\s*arxiv:\S+"
    r"|\b(?:arxiv|corr)[\s:,]*(?:abs/)?[a-z-]*/?\d[\d.]{6,}(?:v\d+)?(?:\s*\[[\w.-]+\])?"
)
_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]{6,400}?)[,.]?[”\"»“]")
_BY_YEAR = re.compile(
    r"(?P<authors>[^()]{3,3000}?)[\s,.]*\((?P<year>(?:1[5-9]|20)\d\d)[a-z]?(?:,[^()]*)?\)[\s.:,]*(?P<rest>\S.*)"
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[\"“'(\w])")
_UNFINISHED = re.compile(
    r"(?:^|[\s.(-])(?:[A-Z]|Jr|Sr|St|vs|Dr|Prof|No|Vol|pp|eds?|Proc|Int|Conf|Symp|Trans|Adv|Ann"
    r"|Mach|Learn|Inf|Syst|Comput|Sci|Phys|Rev|Lett|Nat|Natl|Acad|Am|Math|Stat|[A-Z]\.-[A-Z])\.$"
)
_NAME = re.compile(
    r"\s*(?:(?:and|&)\s+)?[^\W\d_][\w'’-]*(?: [\w'’-]+){0,3}, (?:[A-Z]\.[ -]?){1,5}"
    r"(?P<more>,? ?(?:and|&)(?= )|,(?= )|)\s*(?P<others>et al\.)?"
)
"""One of the names in `Kingma, D. P. and Ba, J. Adam: A method`."""
_CITED = re.compile(r"\s*\([^()]{0,200}\b((?:1[5-9]|20)\d\d)[a-z]?\)\W*$")
_YEAR_ONLY = re.compile(r"\(?((?:1[5-9]|20)\d\d)[a-z]?\)?\.?")
_NAMES = re.compile(r"et al|\b[A-Z]\.|,|\band\b|&")
_YEARS = re.compile(r"(?<![\d.:])(?:1[5-9]|20)\d\d(?![\d.]\d)")
_LONGEST = 4_000
"""Characters of a reference that are looked at."""
_LEAST_TITLE = 3


class Unit(NamedTuple):
    """What belongs together: a line, or a reference that goes on over several."""

    line: int
    label: str
    text: str


def read(text: str) -> Iterator[Record]:
    """The ids, links and references of a text in its order; other lines are left out."""
    for unit in units(text):
        yield from _records(unit)


def begins_with_place(unit: Unit) -> bool:
    """Whether it is an id or link, or a reference: with a number before it, and a year or id."""
    if is_place(unit.text):
        return True
    is_numbered = any(map(str.isalnum, unit.label))
    return is_numbered and bool(_YEARS.search(unit.text) or _IDS.search(unit.text))


def is_place(line: str) -> bool:
    """Whether a line begins with an id or a link."""
    words = line.split(None, 1)
    return bool(words and identity.named_in(words[0].rstrip(",;")))


def units(text: str) -> Iterator[Unit]:
    """The lines of a text that are no remarks, those of one reference together."""
    unit: Unit | None = None
    for number, row in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not row.strip() or row.lstrip().startswith("#"):
            if unit is not None:
                yield unit
            unit = None
            continue
        label = _LABEL.match(row)
        is_new = unit is None or label or len(unit.text) > _LONGEST or is_place(row)
        if unit is not None and not is_new and (unit.label or row[0].isspace()):
            unit = unit._replace(text=_joined(unit.text, row.strip()))
            continue
        if unit is not None:
            yield unit
        begun = row[label.end() :] if label else row
        unit = Unit(number, label[0].strip() if label else "", begun.strip())
    if unit is not None:
        yield unit


def _joined(text: str, more: str) -> str:
    """Two lines as one; a word that was divided between them is whole again."""
    if re.search(r"[a-z]-$", text) and more[:1].islower():
        return text[:-1] + more
    return f"{text}{'' if re.search(r'https?://[^ ]*[/_-]$', text) else ' '}{more}"


def _records(unit: Unit) -> Iterator[Record]:
    remark = _REMARK.search(unit.text)
    text = unit.text[: remark.start()].strip() if remark else unit.text
    note = fields.plain(remark[1]) if remark else ""
    words = [word for word in _BETWEEN.split(text) if word]
    if words and all(map(identity.named_in, words)):
        for word in words:
            yield _found(Entry(unit.line, note=note), word)
    elif words and identity.named_in(words[0]):
        rest = text[text.find(words[0]) + len(words[0]) :]
        yield _found(Entry(unit.line, title=_title(rest), note=note), words[0])
    elif _IDS.search(text) or unit.label or _YEARS.search(text):
        yield _reference(unit.line, text[:_LONGEST], note)
    else:
        yield Left(
            unit.line, "it has no id, no link and no year", fields.plain(unit.text)
        )


def _found(entry: Entry, word: str) -> Entry:
    word = word.strip("<>()[]{},;'\"`")
    links = fields.links(word)
    if not links and identity.named_in(word).startswith("link:"):
        links = fields.links(f"https://{word}")
    entry = entry._replace(links=links)
    return fields.identified(entry, dois=[word], arxivs=[word])


def _title(text: str) -> str:
    return fields.from_html(text).strip(' -–—:|,;\t"“”')


def _reference(line: int, text: str, note: str) -> Record:
    """A reference as it is printed; what is told by custom alone is said to be a guess."""
    ids = " ".join(_IDS.findall(text))
    body = fields.from_html(_IDS.sub(" ", text))
    authors, title, rest = _divided(body)
    years = _YEARS.findall(rest) or _YEARS.findall(authors)
    entry = Entry(
        line,
        title=title,
        authors=people_in(_YEARS.sub("", authors).strip(" .,()")) if authors else (),
        year=int(years[-1]) if years else None,
        venue=_venue(rest),
        kind=Kind.PAPER if authors else None,
        links=fields.links(ids),
        note=note,
        doubts=("title and authors are told by the customs of print",)
        if authors
        else (),
    )
    entry = fields.identified(entry, dois=[ids], arxivs=[ids])
    return fields.taken(entry, text)


def _divided(body: str) -> tuple[str, str, str]:
    """The authors, the title, and what follows it."""
    if quoted := _QUOTED.search(body):
        return body[: quoted.start()], quoted[1].strip(), body[quoted.end() :]
    if by_year := _BY_YEAR.match(body):
        title, rest = _cut(_sentences(by_year["rest"]))
        return by_year["authors"], title, f"{by_year['year']} {rest}"
    if end := _end_of_names(body):
        title, rest = _cut(_sentences(body[end:]))
        return body[:end], title, rest
    if cited := _CITED.search(body):
        return "", body[: cited.start()].strip(), cited[1]
    return _by_sentences(_sentences(body))


def _by_sentences(sentences: list[str]) -> tuple[str, str, str]:
    """Authors, title and rest, where the title is the sentence behind the year or the names."""
    for place, sentence in enumerate(sentences[:-1]):
        if place and _YEAR_ONLY.fullmatch(sentence):
            title, rest = _cut(sentences[place + 1 :])
            return " ".join(sentences[:place]), title, f"{sentence} {rest}"
    head, *others = sentences or [""]
    has_names = bool(others) and _NAMES.search(head) and not _YEARS.search(head)
    title, rest = _cut(others if has_names else sentences)
    return head if has_names else "", title, rest


def _end_of_names(body: str) -> int:
    """Where names with initials behind them end; 0 where there are none, or a year follows."""
    end = 0
    while name := _NAME.match(body, end):
        end = name.end()
        if not name["more"] or name["others"]:
            break
    return 0 if _YEARS.match(body[end:].lstrip(" .(")) else end


def _cut(sentences: list[str]) -> tuple[str, str]:
    """The title that sentences begin with, and what follows it."""
    title = sentences[0] if sentences else ""
    title = title.strip(' .,;:-–—|"“”')
    is_open = title.count("(") > title.count(")")
    return title.rstrip("( ") if is_open else title, " ".join(sentences[1:])


def _sentences(text: str) -> list[str]:
    """The sentences of a text; a full stop behind initials and the like ends none."""
    found: list[str] = []
    for part in _SENTENCE.split(text.strip()):
        if found and _UNFINISHED.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return [part for part in found if len(part.strip(" .,;:()")) >= _LEAST_TITLE]


def _venue(rest: str) -> str:
    first = next(iter(_sentences(_YEARS.sub(" ", rest))), "")
    first = re.sub(
        r"(?i)^[\s.,;]*in:?\s+", "", re.split(r",\s|\s\d+\s*\(|,?\s+pp?\.", first)[0]
    )
    return fields.plain(first).strip(" .,;:()[]")
