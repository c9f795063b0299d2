"""Where in a phrase its title stands, and what stands before and after it."""

import re
from typing import Literal, NamedTuple

from roadmap_cli.exchange.markdown import people, vocabulary
from roadmap_cli.exchange.markdown.phrases import (
    ANY_LINK,
    BOLD,
    BOLD_END,
    ITALIC,
    ITALIC_END,
    LABEL,
    MARKS,
    STRUCK,
    STRUCK_END,
    TITLED,
    Phrase,
)

How = Literal["link", "bold", "quoted", "text", "label", ""]


class Title(NamedTuple):
    """A title, how it was found, the marked text around it, and the mark of its own link."""

    text: str
    how: How
    before: str = ""
    after: str = ""
    mark: str = ""


_OPENERS = "\"“”‘«「『《[({（【$.@#/\\_¿¡'’"
_STYLE = f"[{BOLD}{ITALIC}]*"
_STYLE_END = f"[{BOLD_END}{ITALIC_END}]*"
_SHORT_CODE = re.compile(r":[a-z0-9_+-]{2,40}:")
_NUMBER = re.compile(
    rf"{_STYLE}[\[(（]?#?\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[\].)）:、]+{_STYLE_END}[.:]?(?=[\s{BOLD}-\uf8ff]|[^\x00-\x7f])"
)
_DATE = re.compile(
    rf"{_STYLE}(?P<open>[\[(（【]?){_STYLE}(?:19|20)\d\d(?:\s*[./-]\s*\d{{1,2}}|年\d{{1,2}}月?){{0,2}}日?"
    rf"{_STYLE_END}(?P<close>[\])）】]?){_STYLE_END}\s*(?P<then>[:：|–—-]?)\s*{_STYLE_END}"
)
_TAG = re.compile(
    rf"{_STYLE}(?P<open>[\[(（【]){_STYLE}(?P<tag>[^\[\]()（）【】\n\ue000-\uf8ff]{{1,48}}){_STYLE_END}"
    rf"[\])）】]{_STYLE_END}[:：]?"
)
_LABELS = re.compile(
    rf"{_STYLE}[\[(（【]*{LABEL}[\])）】]*{_STYLE_END}(?!\s*[-–—:：]\s|\s+(?:by|for|in|of|with|from)\s)[,，/|\s]*"
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
    is_before = re.search(TITLED, rest) or len(named.split()) >= 3
    return len(match[0]) if is_before else 0


def _words(text: str) -> int:
    return len(
        re.findall(
            r"\w+|[\uf000-\uf8ff]",
            MARKS.sub(lambda m: m[0] if m[0] >= "\uf000" else " ", text),
        )
    )


_LINK_FIRST = re.compile(
    rf"[{BOLD}{ITALIC}\"“”'‘《「『\[(（【\s]*({TITLED})[\"”“’》」』]?{_STYLE_END}"
)
_QUOTED = re.compile(
    r"(?:[\"“”]|``|[「『《«])([^\"“”\n「『《«」』》»]{6,300})(?:[\"”“]|''|[」』》»])"
)
_BOLD = re.compile(rf"{BOLD}([^{BOLD_END}\n]+){BOLD_END}")


def of_phrase(phrase: Phrase) -> Title:
    """The title of the phrase; without one, its first label or nothing."""
    text = phrase.text
    at = skipped(text)
    before, rest = text[:at], _run_on(text[at:])
    finders = (
        _linked,
        _quoted_first,
        _bold_first,
        _quoted_later,
        _bold_later,
        _in_text,
    )
    for find in finders:
        if title := find(phrase, rest):
            return title._replace(before=before + title.before)
    if label := re.search(LABEL, text):
        link = phrase.links[label[0]]
        if link.is_badge:
            return Title("", "")
        after = text[label.end() :]
        return Title(tidied(link.text), "label", text[: label.start()], after, label[0])
    return Title("", "")


def _linked(phrase: Phrase, rest: str) -> Title | None:
    match = _LINK_FIRST.match(rest)
    if not match:
        return None
    link = phrase.links[match[1]]
    after = (
        rest[match.end() :].removeprefix("]")
        if "[" in match[0]
        else rest[match.end() :]
    )
    title, cut = _tidied(link.text)
    if _PAPERS.search(link.url) and (more := _subtitle(after)):
        return Title(
            f"{title}: {tidied(more)}",
            "link",
            "",
            cut + after[after.index(more) + len(more) :],
            match[1],
        )
    return (
        Title(title, "link", "", f"{cut} {after}" if cut else after, match[1])
        if title
        else None
    )


_RUN_ON = re.compile(
    r"(?<=\s)(for|of|the|a|an|with|to|in|on|and|via|by|from|using|as|at|through|towards?|based)\n\s*(?=[\w])",
    re.IGNORECASE,
)


def _run_on(text: str) -> str:
    """The text with a title that goes on in the next line made one line."""
    return _RUN_ON.sub(r"\1 ", text)


_PAPERS = re.compile(
    r"(?i)arxiv|openreview|aclanthology|doi\.org|\.pdf|acm\.org|ieee|neurips|mlr\.press|biorxiv|cvf"
)


def _subtitle(after: str) -> str:
    """What follows a linked name after a colon, where it reads like the rest of a title."""
    match = re.match(
        rf"{_STYLE_END}[:：]\s*([^\n|\[({BOLD}{ITALIC}\ue100-\uf8ff–—]+)", after
    )
    if not match:
        return ""
    words = [word for word in match[1].split() if len(word) > 3]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return match[1].strip() if len(words) > 1 and capitals >= 0.6 * len(words) else ""


def _quoted_first(phrase: Phrase, rest: str) -> Title | None:
    match = _QUOTED.match(rest.lstrip(BOLD + ITALIC))
    start = len(rest) - len(rest.lstrip(BOLD + ITALIC))
    if not match or not _is_title(phrase.plain(match[1])):
        return None
    after = rest[start + match.end() :]
    if re.match(rf"{_STYLE_END}[:：]\s*\w", after):
        return None
    if re.match(rf"{_STYLE_END}\s*[A-Za-z]", after) and not re.match(
        rf"{_STYLE_END}\s*(?:by|in|at)\b", after
    ):
        return None  # "Attention" in Vision: a word in quotes begins the title
    return _made(phrase, match[1], "quoted", "", after)


def _bold_first(phrase: Phrase, rest: str) -> Title | None:
    match = _BOLD.match(rest)
    if not match:
        return None
    inside, after = match[1], rest[match.end() :]
    if follows := re.match(rf"\s*[:：,，-]?\s*[:：-]?\s*({TITLED})", after):
        short = len(phrase.plain(inside).split()) < 4 or inside.rstrip().endswith(
            (":", "：")
        )
        if short and not re.search(ANY_LINK, inside):
            return _linked(phrase, after[follows.start(1) :])
    quoted = _QUOTED.search(inside)
    if quoted and (
        len(quoted[0]) > 0.7 * len(inside)
        or people.are_names(phrase.plain(inside[: quoted.start()]))
    ):
        return _made(
            phrase,
            quoted[1],
            "quoted",
            inside[: quoted.start()],
            inside[quoted.end() :] + after,
        )
    if inside.rstrip().endswith(":") or re.match(r"\s*[:：]", after):
        more = _subtitle(":" + after.lstrip(" :："))
        if more and phrase.has_links:
            rest_after = after[after.index(more) + len(more) :]
            return _made(
                phrase, f"{inside.rstrip(' :')}: {more}", "bold", "", rest_after
            )
    if re.match(
        r"[\w(]|[-'’](?=\w)|\s+(?:[a-z]+\s)+[A-Z]", after
    ) and _LABELS_LATER.search(after):
        return None  # only a part of the title is bold
    stop = re.search(rf"[\[(（【]*{ANY_LINK}", inside)
    if stop and stop.start():
        return _made(
            phrase, inside[: stop.start()], "bold", "", inside[stop.start() :] + after
        )
    if stop and (linked := _linked(phrase, inside)):
        return linked._replace(after=linked.after + after)
    return _made(phrase, inside, "bold", "", after)


_LABELS_LATER = re.compile(LABEL)


def _quoted_later(phrase: Phrase, rest: str) -> Title | None:
    head = rest.partition("\n")[0]
    match = _QUOTED.search(head)
    if not match:
        return None
    before = phrase.plain(head[: match.start()])
    by_names = people.are_names(before)
    by_names = by_names or _LAST_FIRST.match(before) is not None
    if not _is_title(phrase.plain(match[1]), words=1 if by_names else 3) or re.search(
        TITLED, head[: match.start()]
    ):
        return None
    if not (by_names or before.rstrip().endswith((",", ".", ":", "，"))):
        return None
    return _made(phrase, match[1], "quoted", head[: match.start()], rest[match.end() :])


def _bold_later(phrase: Phrase, rest: str) -> Title | None:
    match = _BOLD.search(rest.partition("\n")[0])
    if not match or re.search(ANY_LINK, rest[: match.start()]):
        return None
    if not people.are_names(phrase.plain(rest[: match.start()]).rstrip(' .,:"“”')):
        return None
    return _made(phrase, match[1], "bold", rest[: match.start()], rest[match.end() :])


_LAST_FIRST = re.compile(r"[A-Z][\w'’-]+, [A-Z][\w.'’-]*[.,]?\s*$")
_STOP = re.compile(
    rf"[\n|\t]|\s\[\[|(?<=\w)\s\s+(?=[A-Z](?:\S+\s+){{15}})|[\[(（【「]{{0,3}}[{BOLD}{ITALIC}]{{0,3}}[\[(（【]{{0,3}}{ANY_LINK}|(?<=[\s,.;]){ITALIC}"
)
_LONGEST_TITLE = 500
_MOST_WORDS_BEFORE_A_LINK = 12


def _in_text(phrase: Phrase, rest: str) -> Title | None:
    if rest.startswith(ITALIC) and (
        match := re.match(rf"{ITALIC}([^{ITALIC_END}\n]+){ITALIC_END}", rest)
    ) and _is_title(phrase.plain(match[1]), words=2) and not re.search(
        ANY_LINK, match[1]
    ):
        return _made(phrase, match[1], "text", "", rest[match.end() :])
    stop = _STOP.search(rest)
    end = stop.start() if stop else len(rest)
    head, after = rest[:end], rest[end:]
    if stop and re.fullmatch(rf".*{TITLED}", stop[0]):
        is_apart = re.search(r"[\[(（【]", stop[0]) and len(head.split()) > 2
        if not is_apart and len(head.split()) <= _MOST_WORDS_BEFORE_A_LINK:
            linked = _linked(phrase, after)
            if linked:
                return linked._replace(before=head)
    before, title, between = people.divided(phrase.plain(head[:_LONGEST_TITLE]))
    if not any(map(str.isalpha, title)) or vocabulary.is_venue(title):
        return None
    link = phrase.links.get(stop[0][-1]) if stop and stop[0] else None
    if link and len(link.text.split()) > 1 and vocabulary.is_label(title):
        return None  # "Authors' [implementation]": the label says more
    text, cut = _tidied(title)
    return (
        Title(text, "text", before, f"{cut} {between} {after}".strip(" "))
        if text
        else None
    )


def _is_title(text: str, words: int = 1) -> bool:
    return len(text.split()) >= words or (not text.isascii() and len(text) >= 2 * words)


def _made(
    phrase: Phrase, marked: str, how: How, before: str, after: str
) -> Title | None:
    mark = re.search(TITLED, marked)
    at = skipped(marked)
    text, cut = _tidied(phrase.plain(marked[at:]) or phrase.plain(marked))
    if not text:
        return None
    return Title(
        text,
        how,
        before + marked[:at],
        f"{cut} {after}" if cut else after,
        mark[0] if mark else "",
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
    return _tidied(text)[0]


def _tidied(text: str) -> tuple[str, str]:
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
        and len(tag.split()) <= 8
        and not _SEASON.search(tag)
    ):
        return True
    if vocabulary.VENUE.search(tag):
        return vocabulary.is_venue(tag)
    return (
        closing in "]】"
        and tag.isascii()
        and not any(map(str.isdigit, tag))
        and vocabulary.is_label(tag)
    )


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
    for opening, closing in _QUOTES.items():
        inside = text[len(opening) : -len(closing)]
        if (
            text.startswith(opening)
            and text.endswith(closing)
            and len(text) > 2
            and closing not in inside
        ):
            return inside.strip()
    return text
