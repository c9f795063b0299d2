"""The edges of a title: what stands before it, and what clings to its end."""

import re

from roadmap_cli.exchange.markdown import vocabulary
from roadmap_cli.exchange.markdown.phrases import (
    BOLD,
    BOLD_END,
    ITALIC,
    ITALIC_END,
    LABEL,
    MARKS,
    STRUCK,
    STRUCK_END,
    TITLED,
)

_FEW_WORDS = 3
_MOST_WORDS_OF_A_TAG = 8
_PAIR = 2

_OPENERS = "\"“”‘«「『《[({（【$.@#/\\_¿¡'’"
_STYLE = f"[{BOLD}{ITALIC}]*"
STYLE_END = f"[{BOLD_END}{ITALIC_END}]*"
_SHORT_CODE = re.compile(r":[a-z0-9_+-]{2,40}:")
_NUMBER = re.compile(
    rf"{_STYLE}[\[(（]?#?\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[\].)）:、]+{STYLE_END}[.:]?(?=[\s{BOLD}-\uf8ff]|[^\x00-\x7f])"
)
_DATE = re.compile(
    rf"{_STYLE}(?P<open>[\[(（【]?){_STYLE}(?:19|20)\d\d(?:\s*[./-]\s*\d{{1,2}}|年\d{{1,2}}月?){{0,2}}日?"
    rf"{STYLE_END}(?P<close>[\])）】]?){STYLE_END}\s*(?P<then>[:：|–—-]?)\s*{STYLE_END}"
)
_TAG = re.compile(
    rf"{_STYLE}(?P<open>[\[(（【]){_STYLE}(?P<tag>[^\[\]()（）【】\n\ue000-\uf8ff]{{1,48}}){STYLE_END}"
    rf"[\])）】]{STYLE_END}[:：]?"
)
_LABELS = re.compile(
    rf"{_STYLE}[\[(（【]*{LABEL}[\])）】]*{STYLE_END}(?!\s*[-–—:：]\s|\s+(?:by|for|in|of|with|from)\s)[,，/|\s]*"
)
_EMPTY_BRACKETS = re.compile(r"[\[(（【][\s*+!?.-]{0,3}[\])）】]")


def skipped(text: str) -> int:
    """How many characters stand before a title: numbers, dates, tags, emoji, badges, labels."""
    at = 0
    while at < len(text):
        step = _step(text, at)
        if not step:
            break
        at += step
    return at


def _step(text: str, at: int) -> int:
    character = text[at]
    if character == ":" and (match := _SHORT_CODE.match(text, at)):
        return len(match[0])
    if character in STRUCK + STRUCK_END or not (
        character.isalnum()
        or character in _OPENERS
        or "\ue000" <= character <= "\uf8ff"
    ):
        return 1
    if (field := vocabulary.TITLE_FIELD.match(text, at)) and text[
        field.end() :
    ].strip():
        return len(field[0])
    for pattern in (_NUMBER, _EMPTY_BRACKETS):
        if match := pattern.match(text, at):
            return len(match[0])
    return _date(text, at) or _tag(text, at) or _label(text, at)


def _date(text: str, at: int) -> int:
    match = _DATE.match(text, at)
    if not match or not text[match.end() :].strip():
        return 0
    is_whole = bool(match["open"]) == bool(match["close"])
    return len(match[0]) if is_whole and (match["open"] or match["then"]) else 0


def _tag(text: str, at: int) -> int:
    match = _TAG.match(text, at)
    if not match or not _words(text[match.end() :]):
        return 0
    is_tag = match["open"] in "[【" or vocabulary.is_venue(match["tag"])
    return len(match[0]) if is_tag else 0


def _label(text: str, at: int) -> int:
    match = _LABELS.match(text, at)
    if not match:
        return 0
    rest = text[match.end() :]
    named = MARKS.sub(
        " ", re.sub(r"[\[(（【][^\])）】]*[\])）】]", " ", rest.partition("\n")[0])
    )
    is_before = re.search(TITLED, rest) or len(named.split()) >= _FEW_WORDS
    return len(match[0]) if is_before else 0


def _words(text: str) -> int:
    return len(
        re.findall(
            r"\w+|[\uf000-\uf8ff]",
            MARKS.sub(lambda m: m[0] if m[0] >= "\uf000" else " ", text),
        )
    )


_TRAILING_TAG = re.compile(
    r"\s*[\[(（【]{1,2}([^\[\]()（）【】]{1,60})[\])）】]{1,2}\s*[.,;:]?$"
)
_ENDS = " \t\n.,;:：，。、；|–—-*_~`·•&/\\"
_QUOTES = {
    '"': '"',
    "“": "”",
    "”": "”",
    "'": "'",
    "‘": "’",
    "«": "»",
    "「": "」",
    "『": "』",
    "《": "》",
    "``": "''",
}


def tidied(text: str) -> str:
    """A title without numbering, quotes, emoji, tags and punctuation around it."""
    return parted(text)[0]


def parted(text: str) -> tuple[str, str]:
    """The tidied title, and what was cut off that may tell the year and the venue."""
    text = " ".join(text.split())
    at = skipped(text)
    cut, text = text[:at], text[at:]
    while text:
        before = text
        text = _SHORT_CODE.sub(" ", text).strip() if text.count(":") > 1 else text
        text = _unquoted(_without_symbols(text.strip(" \t|*_~`")))
        match = _TRAILING_TAG.search(text)
        if match and match.start() and _says_where(match[1], text[match.end(1)]):
            cut, text = f"{cut} ({match[1]})", text[: match.start()]
        elif match and vocabulary.YEAR.search(match[1]) and match[1] not in cut:
            cut = f"{cut} ({match[1]})"  # "(Spring 2016)" is of the title and tells the year
        if text == before:
            break
    return text, cut.strip()


_SEASON = re.compile(
    r"(?i)spring|summer|fall|autumn|winter|semester|part\b|edition|version|[-–]\d"
)


def _says_where(tag: str, closing: str) -> bool:
    """Whether brackets at the end of a title hold a year, a venue with its year, or a label."""
    if (
        vocabulary.YEAR.search(tag)
        and len(tag.split()) <= _MOST_WORDS_OF_A_TAG
        and not _SEASON.search(tag)
    ):
        return True
    if vocabulary.VENUE.search(tag):
        return vocabulary.is_venue(tag)
    return (
        closing in "]】"
        and tag.isascii()
        and not any(map(str.isdigit, tag))
        and (vocabulary.is_label(tag) or _SHORT_FORMS.fullmatch(tag) is not None)
    )


_SHORT_FORMS = re.compile(r"(?:[a-z]{1,6}\.[\s,;/]*)+")
"""Words cut short, by which a list classes its entries: "[cls. seg.]"."""


def _without_symbols(text: str) -> str:
    """The text without punctuation and symbols at its end."""
    end = len(text)
    while end and (
        text[end - 1] in _ENDS
        or not (text[end - 1].isprintable() and _ends_a_title(text[end - 1]))
    ):
        end -= 1
    text = text[:end]
    if text.endswith(("[", "(", "（", "【")):
        return _without_symbols(text[:-1])
    for opening, closing in ("()", "[]", "（）", "【】"):
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            return _without_symbols(text[:-1])
    return text


def _ends_a_title(character: str) -> bool:
    return (
        character.isalnum()
        or character in "?!？！)]）】}\"”’'»」』》%+#$^°™®²³⁺*@"
        or "\u0300" <= character <= "\u036f"
    )


def _unquoted(text: str) -> str:
    opening = "``" if text.startswith("``") else text[:1]
    closing = _QUOTES.get(opening)
    if closing is None or not text.endswith(closing) or len(text) <= _PAIR:
        return text
    inside = text[len(opening) : -len(closing)]
    return text if closing in inside else inside.strip()
