"""Where in a phrase its title stands, and what stands before and after it."""

import re
from typing import Literal, NamedTuple

from roadmap_cli.exchange.markdown import edges, people, vocabulary
from roadmap_cli.exchange.markdown.phrases import (
    ANY_LINK,
    BOLD,
    BOLD_END,
    ITALIC,
    ITALIC_END,
    LABEL,
    TITLED,
    Phrase,
)

_FEW_WORDS = 2
_SHORT_WORD = 3
_WORDS_OF_A_LONG_TITLE = 4

How = Literal["link", "bold", "quoted", "text", "label", ""]


class Title(NamedTuple):
    """A title, how it was found, the marked text around it, and the mark of its own link."""

    text: str
    how: How
    before: str = ""
    after: str = ""
    mark: str = ""


_LINK_FIRST = re.compile(
    rf"[{BOLD}{ITALIC}\"“”'‘《「『\[(（【\s]*({TITLED})[\"”“’》」』]?{edges.STYLE_END}"
)
_QUOTED = re.compile(
    r"(?:[\"“”]|``|[「『《«])([^\"“”\n「『《«」』》»]{6,300})(?:[\"”“]|''|[」』》»])"
)
_BOLD = re.compile(rf"{BOLD}([^{BOLD_END}\n]+){BOLD_END}")


def of_phrase(phrase: Phrase) -> Title:
    """The title of the phrase; without one, its first label or nothing."""
    text = phrase.text
    at = edges.skipped(text)
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
        return Title(
            edges.tidied(link.text), "label", text[: label.start()], after, label[0]
        )
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
    title, cut = _quoted_before_authors(link.text) or edges.parted(link.text)
    if (more := _subtitle(after)) and _PAPERS.search(link.url):
        return Title(
            f"{title}: {edges.tidied(more)}",
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


_BEFORE_AUTHORS = re.compile(
    r"[\"“”]([^\"“”\n]{6,300})[\"“”][.,]?\s+((?:by|(?:19|20)\d\d)\b.*)", re.IGNORECASE
)


def _quoted_before_authors(text: str) -> tuple[str, str] | None:
    """The parts of a link such as `"Designing Systems" by Ann Lake, 2020`."""
    match = _BEFORE_AUTHORS.fullmatch(text)
    return (edges.tidied(match[1]), match[2]) if match else None


_RUN_ON = re.compile(
    r"(?<=\s)(for|of|the|a|an|with|to|in|on|and|via|by|from|using|as|at|through|towards?|based)\n\s*(?=[\w])",
    re.IGNORECASE,
)


def _run_on(text: str) -> str:
    """The text with a title that goes on in the next line made one line."""
    return _RUN_ON.sub(r"\1 ", text) if "\n" in text else text


_PAPERS = re.compile(
    r"(?i)arxiv|openreview|aclanthology|doi\.org|\.pdf|acm\.org|ieee|neurips|mlr\.press|biorxiv|cvf"
)


_AFTER_COLON = re.compile(
    rf"{edges.STYLE_END}[:：]\s*([^\n|\[({BOLD}{ITALIC}\ue100-\uf8ff–—]+)"
)


def _subtitle(after: str) -> str:
    """What follows a linked name after a colon, where it reads like the rest of a title."""
    match = _AFTER_COLON.match(after)
    if not match:
        return ""
    words = [word for word in match[1].split() if len(word) > _SHORT_WORD]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return match[1].strip() if len(words) > 1 and capitals >= 0.6 * len(words) else ""


def _quoted_first(phrase: Phrase, rest: str) -> Title | None:
    match = _QUOTED.match(rest.lstrip(BOLD + ITALIC))
    start = len(rest) - len(rest.lstrip(BOLD + ITALIC))
    if not match or not _is_title(phrase.plain(match[1])):
        return None
    after = rest[start + match.end() :]
    if re.match(rf"{edges.STYLE_END}[:：]\s*\w", after):
        return None
    if re.match(rf"{edges.STYLE_END}\s*[A-Za-z]", after) and not re.match(
        rf"{edges.STYLE_END}\s*(?:by|in|at)\b", after
    ):
        return None  # "Attention" in Vision: a word in quotes begins the title
    return _made(phrase, match[1], "quoted", "", after)


def _bold_first(phrase: Phrase, rest: str) -> Title | None:
    match = _BOLD.match(rest)
    if not match:
        return None
    inside, after = match[1], rest[match.end() :]
    if follows := re.match(rf"\s*[:：,，-]?\s*[:：-]?\s*({TITLED})", after):
        short = len(
            phrase.plain(inside).split()
        ) < _WORDS_OF_A_LONG_TITLE or inside.rstrip().endswith((":", "："))
        if short and not re.search(ANY_LINK, inside):
            return _linked(phrase, after[follows.start(1) :])
    return _in_bold(phrase, inside, after)


def _in_bold(phrase: Phrase, inside: str, after: str) -> Title | None:
    """The title in a text in bold: what is quoted in it, what stands before its links, or all."""
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
    return _before_links(phrase, inside, after)


def _before_links(phrase: Phrase, inside: str, after: str) -> Title | None:
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
    before = phrase.plain(rest[: match.start()]).rstrip(' .,:"“”')
    if not (people.are_names(before) or _is_short_name(before, phrase.plain(match[1]))):
        return None
    found = _in_bold(phrase, match[1], rest[match.end() :])
    return found and found._replace(before=rest[: match.start()] + found.before)


def _is_short_name(before: str, title: str) -> bool:
    """Whether a title in bold comes after what its work is called for short: "GPT-2 **…**"."""
    words = before.split()
    return (
        len(words) == 1
        and any(map(str.isupper, before))
        and len(title.split()) >= _WORDS_OF_A_LONG_TITLE
    )


_LAST_FIRST = re.compile(r"[A-Z][\w'’-]+, [A-Z][\w.'’-]*[.,]?\s*$")
_STOP = re.compile(
    rf"(?=[\s|\[(（【「{BOLD}-\uf8ff])(?:[\n|\t]|\s\[\[|(?<=\w)\s\s+(?=[A-Z](?:\S+\s+){{15}})|[\[(（【「]{{0,3}}[{BOLD}{ITALIC}]{{0,3}}[\[(（【]{{0,3}}{ANY_LINK}|(?<=[\s,.;]){ITALIC})"
)
_DATED = re.compile(r"[(（](?:19|20)\d\d[a-z]?[)）][.,:]?\s*$")
_LONGEST_TITLE = 500
_MOST_WORDS_BEFORE_A_LINK = 12


def _in_text(phrase: Phrase, rest: str) -> Title | None:
    if (
        rest.startswith(ITALIC)
        and (match := re.match(rf"{ITALIC}([^{ITALIC_END}\n]+){ITALIC_END}", rest))
        and _is_title(phrase.plain(match[1]), words=2)
        and not re.search(ANY_LINK, match[1])
    ):
        return _made(phrase, match[1], "text", "", rest[match.end() :])
    stop = _STOP.search(rest)
    end = stop.start() if stop else len(rest)
    head, after = rest[:end], rest[end:]
    if after.startswith(ITALIC) and _DATED.search(head):
        found = _in_text(phrase, after)
        return found and found._replace(before=head + found.before)
    if stop and re.fullmatch(rf".*{TITLED}", stop[0]):
        is_apart = re.search(r"[\[(（【]", stop[0]) and len(head.split()) > _FEW_WORDS
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
    text, cut = edges.parted(title)
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
    at = edges.skipped(marked)
    text, cut = edges.parted(phrase.plain(marked[at:]) or phrase.plain(marked))
    if not text:
        return None
    return Title(
        text,
        how,
        before + marked[:at],
        f"{cut} {after}" if cut else after,
        mark[0] if mark else "",
    )
