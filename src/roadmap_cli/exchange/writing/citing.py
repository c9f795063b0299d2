"""By which keys entries are cited, and what sort of publication each of them is."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum

from roadmap_cli.curriculum.model import Kind
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.keys import slug
from roadmap_cli.exchange.own.records import parted


class Keys(StrEnum):
    """What the keys are by which entries are cited."""

    OURS = "ours"
    AUTHOR_YEAR = "author-year"


class Publication(StrEnum):
    """What sort of publication an entry is."""

    CONFERENCE = "conference"
    JOURNAL = "journal"
    BOOK = "book"
    PREPRINT = "preprint"
    OTHER = "other"


_ARXIV = "arxiv"
_PAGES = frozenset([Kind.BLOG, Kind.DOCS, Kind.VIDEO, Kind.LIST])
"""What stands on a web page, whoever publishes that."""
_CONFERENCE_NAMES = """AAAI AAMAS ACCV ACL ACML AISTATS ALT ASPLOS ASRU BMVC CAV CCS CHI CIKM COLING
    COLM COLT CoNLL CoRL CVPR DAC EACL ECAI ECCV ECIR ECML EMNLP EuroSys FAccT FAT FOCS FSE HPCA ICASSP
    ICCV ICDE ICDM ICLR ICML ICRA ICSE ICWSM IJCAI IJCNLP INTERSPEECH Interspeech IROS ISCA ISMAR ISMIR
    IUI KDD LREC MICCAI MICRO MLSys MobiCom NAACL NDSS NeurIPS NIPS NSDI OOPSLA OSDI PLDI POPL PPoPP
    RECOMB RecSys RSS SC SIGGRAPH SIGIR SIGMOD SODA SOSP STOC TACAS TREC UAI UIST USENIX VLDB WACV WMT
    WSDM WWW"""
_CONFERENCE = re.compile(
    rf"\b(?:{'|'.join(_CONFERENCE_NAMES.split())})\b"
    r"|(?i:\b(?:conference|conf\.|workshops?|symposium|proceedings|proc\.|congress|colloquium)(?!\w))"
)
_NO_CONFERENCE = re.compile(
    r"(?i)\bproc(?:eedings|\.) (?:of )?(?:the )?"
    r"(?:national academy|natl|IEEE$|ACM on|VLDB endowment|royal society)"
)
_ACRONYM = re.compile(r"(?:(?:ACM|IEEE) )?[A-Z][A-Za-z-]*[A-Z][A-Za-z]*(?: [12]\d{3})?")
_JOURNAL = re.compile(
    r"\b(?:T[A-Z]{2,5}|J[A-Z]{2,5}|IJ[A-Z]{2}|PNAS|CACM|PLOS|PLoS|PeerJ|eLife|Neurocomputing)\b"
    r"|(?i:\b(?:journal|j\.|transactions|trans\.|letters|reviews?|magazine|annals|bulletin|nature"
    r"|sciences?|forum|surveys?|quarterly|communications|foundations and trends|frontiers|cell"
    r"|lancet|acta|archives?|neural networks|neural computation|pattern recognition"
    r"|artificial intelligence|machine learning|proceedings of)(?!\w))"
)
_SMALL = frozenset("a an and for from in is of on or the to towards via with".split())
_GROUP = re.compile(
    r"(?i)the\b.*|.*\b(?:team|group|consortium|collaboration|project|contributors|authors|labs?"
    r"|foundation|institute|university|community|committee|corporation|inc|ltd|llc|gmbh|research|ai"
    r"|developers|organi[sz]ation|association|company)\b\.?"
)


def publication_of(entry: Entry) -> Publication:
    """What sort of publication an entry is, by its kind and where it was published."""
    venue = entry.venue
    if entry.arxiv and venue.lower() in ("", _ARXIV):
        return Publication.PREPRINT
    if entry.kind is Kind.BOOK:
        return Publication.BOOK
    if entry.kind in _PAGES or not venue:
        return Publication.OTHER
    is_acronym = _ACRONYM.fullmatch(venue) and re.search(r"\d$", venue)
    if _CONFERENCE.search(venue) and not _NO_CONFERENCE.match(venue):
        return Publication.CONFERENCE
    if is_acronym and not _JOURNAL.search(venue):
        return Publication.CONFERENCE
    is_journal = entry.doi or _JOURNAL.search(venue)
    return Publication.JOURNAL if is_journal else Publication.OTHER


def is_group(author: str) -> bool:
    """Whether an author is likely no single person, but has a name that is kept whole."""
    return _GROUP.fullmatch(author) is not None


def citation_keys(entries: Sequence[Entry], keys: Keys) -> list[str]:
    """The key of each entry, all of them different, also where case does not count."""
    if keys is Keys.OURS:
        names = [parted(entry.key) for entry in entries]
        shared = Counter(key for _, key in names)
        wanted = [
            key if shared[key] == 1 or not catalogue else f"{catalogue}:{key}"
            for catalogue, key in names
        ]
    else:
        wanted = _told_apart(entries, map(_author_year, entries), _with_word)
    return list(_numbered(re.sub(r"[\s,{}()\"#%'=~\\]+", "-", key) for key in wanted))


def _told_apart(
    entries: Sequence[Entry],
    keys: Iterable[str],
    more: Callable[[Entry, str], str],
) -> list[str]:
    """The keys, each of those that several have with more in it."""
    found = list(keys)
    shared = Counter(found)
    return [
        more(entry, key) if shared[key] > 1 else key
        for entry, key in zip(entries, found, strict=True)
    ]


def _author_year(entry: Entry) -> str:
    author = entry.authors[0] if entry.authors else ""
    name = slug(author if is_group(author) else author.rpartition(" ")[2])
    name = name.replace("-", "") or slug(parted(entry.key)[1])
    return f"{name}{entry.year or ''}"


def _with_word(entry: Entry, key: str) -> str:
    words = (word for word in slug(entry.title).split("-") if word not in _SMALL)
    return key + next(words, "")


def _numbered(keys: Iterable[str]) -> Iterator[str]:
    """The keys, with a number behind each that was there before, and behind none at all."""
    taken: set[str] = set()
    for key in keys:
        number, own = 2, key or "entry"
        while own.casefold() in taken:
            own = f"{key or 'entry'}-{number}"
            number += 1
        taken.add(own.casefold())
        yield own
