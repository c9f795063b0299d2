r"""BibTeX, for BibTeX itself and for biber, in UTF-8.

http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf; braces that no `\` can hide from BibTeX are
written as commands.
"""

import re
from collections.abc import Iterator, Sequence

from roadmap_cli.curriculum import identity
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.fields import plain
from roadmap_cli.exchange.own import bibtex as own
from roadmap_cli.exchange.own import marks
from roadmap_cli.exchange.own.records import cell_of, record_of
from roadmap_cli.exchange.people import stands_for_others
from roadmap_cli.exchange.writing.citing import (
    Keys,
    Publication,
    citation_keys,
    is_group,
    publication_of,
)

_TYPES = {
    Publication.CONFERENCE: ("inproceedings", "booktitle"),
    Publication.JOURNAL: ("article", "journal"),
    Publication.BOOK: ("book", "publisher"),
    Publication.PREPRINT: ("misc", ""),
    Publication.OTHER: ("misc", "howpublished"),
}
"""The type of an entry, and the field that its venue is in."""
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "@": "{@}",  # which begins an entry wherever it stands, for some programs
    "-": "-{}",  # two of them, and two quotation marks, would become one sign
    "`": "`{}",
    "'": "'{}",
    **{sign: f"\\{sign}" for sign in "&%#_$"},
}
_ESCAPED = re.compile(r"-(?=-)|`(?=`)|'(?=')|[\\{}~^@&%#_$]")
_WORD = re.compile(r"\S+")
_VERBATIM = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def written(
    entries: Sequence[Entry], keys: Keys = Keys.OURS, *, for_citing: bool = False
) -> str:
    """A file of BibTeX; what is written for citing alone has nothing that only we read."""
    named = zip(citation_keys(entries, keys), entries, strict=True)
    texts = [_entry(key, entry, for_citing=for_citing) for key, entry in named]
    return "\n".join(texts if for_citing else [marks.BIBTEX, *texts])


def _entry(key: str, entry: Entry, *, for_citing: bool) -> str:
    type_, venue = _TYPES[publication_of(entry)]
    fields = {
        "title": _title(entry.title),
        "author": " and ".join(_authors(entry.authors)),
        venue: escaped(entry.venue),
        "year": str(entry.year or ""),
        "doi": _verbatim(entry.doi),
        "eprint": _verbatim(entry.arxiv),
        "archiveprefix": "arXiv" if entry.arxiv else "",
        "url": _verbatim(_url(entry)),
        **({} if for_citing else dict(_own(entry))),
    }
    lines = (f"  {name} = {{{text}}}" for name, text in fields.items() if name and text)
    return f"@{type_}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _url(entry: Entry) -> str:
    """The link, unless the DOI or the arXiv id leads there as well."""
    is_told = entry.url == identity.page(arxiv=entry.arxiv, doi=entry.doi)
    return "" if is_told else entry.url


def _own(entry: Entry) -> Iterator[tuple[str, str]]:
    """What no field of BibTeX is for, and what is private, if that is to be written."""
    record = record_of(entry)
    yield "keywords", _listed(entry.tags)
    yield "annotation", own.LINE_END.join(map(escaped, entry.note.split("\n")))
    yield own.KEY, escaped(entry.key)
    yield from (
        (f"roadmap-{name}", escaped(cell_of(record[name]))) for name in own.EXTRA
    )
    yield "roadmap-section", _listed(entry.section)
    yield "roadmap-requires", _listed(entry.requires)
    yield "roadmap-helps", _listed(entry.helps)


def escaped(text: str) -> str:
    """A text on one line, with what has a meaning in LaTeX written as what it is."""
    return _ESCAPED.sub(_escape, plain(text))


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES[match[0]]


def _title(title: str) -> str:
    """A title whose names keep their capitals where a style writes all others small."""
    return _WORD.sub(_protected, plain(title))


def _protected(match: re.Match[str]) -> str:
    """A word, in braces if it has capitals inside, or capitals and digits."""
    word = match[0]
    name = word.strip("".join(sign for sign in set(word) if not sign.isalnum()))
    if name[1:].lower() == name[1:] and not (
        name != name.lower() and any(map(str.isdigit, name))
    ):
        return escaped(word)
    before, _, after = word.partition(name)
    return f"{escaped(before)}{{{escaped(name)}}}{escaped(after)}"


def _authors(authors: Sequence[str]) -> Iterator[str]:
    """The names; one at the end that stands for further ones is BibTeX's word for them."""
    for number, author in enumerate(authors, start=1):
        is_last_of_several = 1 < number == len(authors)
        if is_last_of_several and stands_for_others(author):
            yield "others"
        else:
            yield _author(author)


def _author(author: str) -> str:
    """A name; one that is no person's, and one that would be taken apart, is in braces."""
    name = escaped(author)
    is_parted = "," in name or re.search(r"(?i)(?:^|\s)(?:and|others)(?:\s|$)", name)
    return f"{{{name}}}" if is_parted or is_group(author) else name


def _listed(texts: Sequence[str]) -> str:
    """A list with commas between its texts; those that have some themselves are in braces."""
    parts = map(escaped, texts)
    return ", ".join(f"{{{part}}}" if "," in part else part for part in parts)


def _verbatim(text: str) -> str:
    """A link or number as it is, without what could end the field that it is in."""
    return "".join(_VERBATIM.get(character, character) for character in text)
