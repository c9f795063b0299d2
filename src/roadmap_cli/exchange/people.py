"""Names of people and groups, as formats write them, made "Given Family"."""

import re
from collections.abc import Iterable

from roadmap_cli.exchange.fields import plain

_SUFFIX = re.compile(
    r"(?i)(?:jr|sr|i{2,3}|iv|vi{0,3}|\d(?:nd|rd|th)|esq|ph\.?d|m\.?d)\.?"
)
_COMPANY = re.compile(
    r"(?i)(?:inc|ltd|llc|gmbh|corp|co|s\.?a|plc|ag|b\.?v|ltd\.? co)\.?"
)
_OTHERS = re.compile(r"(?i)\W*(?:and\s+)?(?:others|et\.? ?al\.?|u\. ?a\.|\.{3}|…)\W*")
_AND_OTHERS = re.compile(r"(?i)[,\s]+et\.? al\.?$")
_NUMBER = re.compile(r" 0\d{3}$")
"""With which DBLP tells people of one name from each other."""
_INITIALS = r"(?:[^\W\d_a-z]{1,3}\.?[-\s]*){1,4}|(?:[^\W\d_]\.[-\s]*)+"
_PAIR = 2
_LIST = 10_000
"""Characters up to which a list of names in Python's way is taken for one."""


def stands_for_others(name: str) -> bool:
    """Whether a name in a list is nobody's and says that there are further ones."""
    return _OTHERS.fullmatch(name) is not None


def person(text: str) -> str:
    """One name in reading order: `Family, Given`, `Family, Jr., Given`, or as it stands.

    Nothing for what stands for further authors: `others`, `et al.`
    """
    text = _NUMBER.sub("", plain(text).strip(" ,;"))
    if stands_for_others(text):
        return ""
    text = _AND_OTHERS.sub("", text)
    if "," not in text:
        return text
    family, *rest = [part for part in map(str.strip, text.split(",")) if part]
    return _ordered(family, rest)


def _ordered(family: str, rest: list[str]) -> str:
    if any(map(_COMPANY.fullmatch, rest)):
        return ", ".join([family, *rest])
    suffixes = [part for part in rest if _SUFFIX.fullmatch(part)]
    given = [part for part in rest if part not in suffixes]
    return " ".join([*given, family, *suffixes])


def people(names: Iterable[str]) -> tuple[str, ...]:
    """Names in reading order, those of nobody left out."""
    return tuple(filter(None, map(person, names)))


def people_in(text: str) -> tuple[str, ...]:
    """The names in one text, whatever parts them: `;`, `and`, `|`, line ends, commas."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and len(text) <= _LIST:
        return people(_listed(text))
    for separator in (r"[;\n]+", r"\s*\|\s*"):
        if re.search(separator, text):
            return people(
                re.sub(r"(?i)^\s*(?:and|&)\s+", "", part)
                for part in re.split(separator, text)
            )
    parts = [part for part in re.split(r"(?i)\s*,?\s+(?:and|&)\s+", text) if part]
    if len(parts) > 1 and all("," not in part for part in parts[1:]):
        return people([*_by_commas(parts[0]), *parts[1:]])
    if len(parts) > 1:
        whole = ([part] if part.count(",") == 1 else _by_commas(part) for part in parts)
        return people(name for names in whole for name in names)
    return people(_by_commas(text))


def _listed(text: str) -> list[str]:
    """The texts of a list as Python or JSON writes it; the text itself if it is none."""
    quoted = re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", text)
    if quoted:
        return [single or double for single, double in quoted]
    return text.strip("[]").split(";" if ";" in text else ",")


def _by_commas(text: str) -> list[str]:
    """Names of a list with commas between them, which also stand inside of names."""
    parts = [part.strip() for part in text.split(",")]
    parts = [part for part in parts if part]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if len(parts) % 2 == 0 and all(
        re.fullmatch(_INITIALS, given) for _, given in pairs
    ):
        return [f"{family}, {given}" for family, given in pairs]
    if len(parts) > 1 and all(" " in part for part in parts):
        return parts
    return [text] if len(parts) == _PAIR else parts
