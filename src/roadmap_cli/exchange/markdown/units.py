"""What one item, paragraph or line of a list is by itself: an entry, a field, prose."""

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from roadmap_cli.exchange.markdown import (
    asides,
    fields,
    people,
    phrases,
    titles,
    vocabulary,
)
from roadmap_cli.exchange.markdown.blocks import Item, Text
from roadmap_cli.exchange.markdown.phrases import (
    ANY_LINK,
    BOLD,
    LABEL,
    MARKS,
    TITLED,
    Phrase,
)
from roadmap_cli.exchange.markdown.pieces import Piece, Pieces
from roadmap_cli.exchange.markdown.titles import Title

_FEW_WORDS = 3
_LONGEST_AROUND = 300
_MOST_WORDS_AFTER_A_CAPTION = 12
_MOST_WORDS_AFTER_A_TITLE = 40
_MOST_WORDS_OF_A_TITLE = 30
_WORDS_OF_A_LONG_TITLE = 4


class Unit:
    """A phrase that may be an entry, the line where it begins, and the phrases below it."""

    def __init__(self, line: int, phrase: Phrase, more: Sequence[Phrase] = ()) -> None:
        self.line = line
        self.phrase = phrase
        self.more = tuple(more)

    @cached_property
    def title(self) -> Title:
        """The title, and how it was found."""
        return titles.of_phrase(self.phrase)

    @cached_property
    def plain(self) -> str:
        """The text as a reader sees it."""
        return self.phrase.plain(self.phrase.text)

    @property
    def has_links(self) -> bool:
        """Whether it or anything below it leads out of the page."""
        return self.phrase.has_links or any(phrase.has_links for phrase in self.more)

    @property
    def is_contents(self) -> bool:
        """Whether it leads only to other places of the page."""
        return self.phrase.anchors > 0 and not self.has_links

    @cached_property
    def is_named_field(self) -> bool:
        """Whether it begins as a field of an entry does: "Code:"."""
        return vocabulary.FIELD.match(MARKS.sub("", self.phrase.text)) is not None

    @cached_property
    def is_linked_entry(self) -> bool:
        """Whether it has a title with a link, or a title and labels that lead to the work."""
        if not self.has_links:  # first, since a title is long looked for in prose
            return False
        how = self.title.how
        if how == "link":
            return True
        if how not in ("bold", "quoted", "text"):
            return False
        if how == "text" and (
            vocabulary.is_venue(self.title.text)
            or len(people.names(self.title.text)) > 1
        ):
            return False
        if how in ("text", "bold") and _breaks_off(self.title.text):
            return False
        return how != "text" or self._is_labelled

    @cached_property
    def is_own(self) -> bool:
        """Whether it is an entry even below another one."""
        if self.is_named_field or not self.is_linked_entry:
            return False
        if self.title.how == "link":
            before = self.phrase.plain(self.title.before)
            return (
                not before[:1].islower() and len(before.split()) <= _MOST_WORDS_BEFORE
            )
        return (
            len(self.title.text.split()) >= _FEW_WORDS or not self.title.text.isascii()
        )

    @cached_property
    def is_labels(self) -> bool:
        """Whether it consists of labels, badges and images alone."""
        is_labels = (
            not any(map(str.isalpha, self.phrase.text))  # links are marks, no letters
            or self.is_named_field
            or _NAMED_LINKS.fullmatch(self.phrase.text) is not None
        )
        return is_labels and self.title.how != "link"

    @property
    def _is_labelled(self) -> bool:
        """Whether a label follows, or a link in brackets, or a field has one."""
        text = self.phrase.text
        if _LINK_IN_BRACKETS.search(text) or any(
            phrase.has_links for phrase in self.more
        ):
            return True
        label = re.search(LABEL, text)
        if not label:
            return False
        if self.phrase.links[label[0]].text.startswith("["):
            return True
        after = _LINKS.sub(" ", text[label.end() :]).partition("\n")[0]
        return len(
            MARKS.sub("", after).split()
        ) <= _MOST_WORDS_AFTER_A_LABEL or people.are_names(after)

    @property
    def is_news(self) -> bool:
        """Whether it tells what became of the list or of its authors' own work."""
        return _NEWS.match(self.plain) is not None

    @property
    def leads_elsewhere(self) -> bool:
        """Whether it only leads to more of the list, to a person, or invites its reader."""
        return asides.leads_elsewhere(self.title.text)

    @cached_property
    def is_prose(self) -> bool:
        """Whether a paragraph speaks to its reader instead of naming a work."""
        if self.title.how == "link":
            return (
                self._is_run_in
                or _GOES_ON.match(MARKS.sub("", self.title.after).lstrip(" *"))
                is not None
            )
        if self.title.how in ("bold", "quoted"):
            label = self.phrase.plain(self.title.after.partition("\n")[0]).lstrip(
                " .:,"
            )
            return (
                len(self.title.text.split()) < _WORDS_OF_A_LONG_TITLE
                and len(label.split()) > _MOST_WORDS_AFTER_A_CAPTION
            )
        return self.is_sentence or self.title.text[:1].islower()

    @cached_property
    def is_sentence(self) -> bool:
        """Whether what was taken for a title in running text is a sentence about something."""
        if self.title.how == "label":
            return len(self.phrase.plain(self.title.before).split()) > _FEW_WORDS
        if self.title.how != "text":
            return False
        after = self.phrase.plain(self.title.after.partition("\n")[0])
        return (
            len(self.title.text.split()) > _MOST_WORDS_OF_A_TITLE
            or bool(_ADDRESSED.search(self.title.text))
            or len(after.split()) > _MOST_WORDS_AFTER_A_TITLE
        )

    @property
    def _is_run_in(self) -> bool:
        """Whether a linked title stands in the middle of a sentence."""
        before = self.phrase.plain(
            re.sub(r"[\[(（【][^\])）】\n]*[\])）】]", "", self.title.before)
        ).strip()
        if (
            not any(map(str.isalpha, before))
            or vocabulary.is_venue(before)
            or people.are_names(before.rstrip(" ,:"))
        ):
            return False
        return not (
            before.endswith((":", "：", "-", "–", "—"))
            and vocabulary.is_label(before.rstrip(" -–—"))
        )

    @property
    def is_reference(self) -> bool:
        """Whether it names a work without a link: by a year, a venue, or authors beside a title."""
        return self.evidence > 0

    @cached_property
    def evidence(self) -> int:
        """How many kinds of signs speak for a work: year, venue, authors, a title set apart."""
        title = self.title
        if (
            not title.text
            or self.plain.endswith((":", "："))
            or _ADDRESSED.search(self.plain)
        ):
            return 0
        around = self.phrase.plain(f"{title.before} {title.after}")
        return sum(
            (
                fields.year(
                    title.before, fields.phrase_after(self.phrase, title), self.phrase
                )
                is not None,
                len(around) < _LONGEST_AROUND
                and vocabulary.VENUE.search(around) is not None,
                people.are_names(around.strip(" .,()"))
                or bool(re.search(r"\bet al\b|\bby [A-Z]", around)),
                title.how in ("bold", "quoted")
                and len(title.text.split()) >= _FEW_WORDS,
            )
        )


_LINKS = re.compile(ANY_LINK)
_LINK_IN_BRACKETS = re.compile(rf"[\[(（【][\ue000-\ue005]*{ANY_LINK}")
_BESIDE = r"[\s\[\](),\ue000-\ue005]*"
_NAMED_LINKS = re.compile(
    rf"[\s\ue000-\ue005]*\w+(?:[ /]\w+){{0,2}}\s?[:：]{_BESIDE}(?:{LABEL}{_BESIDE})+"
)
_MOST_WORDS_AFTER_A_LABEL = 10
_MOST_WORDS_BEFORE = 6
_NEWS = re.compile(
    r"""(?xi)\W{0,9}(?:(?:new|news|update[sd]?)\W{1,9})?[\[(（【]?\s*(?:(?:19|20)\d\d\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}日?)?|
    [a-z]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?)\s*[\])）】]?\W{0,9}
    (?:(?:we|our|i|the\ (?:survey|paper|repo|list|code|first)|this|add(?:ed)?|update[sd]?|releas\w+|new|first|
    initial|create[sd]?|upload\w*|support\w*|check\ out|thanks|welcome)\b|发布|更新|新增|添加|我们|增加|上传)
    | \W{0,9}news?\b\W{0,9}[:：\[]"""
)
_GOES_ON = re.compile(
    r"(?:(?!by|in|from|at|et|and|with|for|on|of|code|paper|pdf|arxiv)[a-z]{2,}\b[^\n]{30,}|(?:is|are|was|has|have|provides|for more|page|repo)\b)"
)
_TO_THE_READER = (
    "please; feel free; list of; check out; see also; pull request; is maintained; a curated; "
    "curated list; inspired by; star this; these (?:papers|lists); "
    r"this (?:repo\w*|list|page|document|readme|project|section); "
    "if you (?:want|have|find|are|would)"
).split("; ")
_ADDRESSED = re.compile(
    rf"(?i)\b(?:{vocabulary.by_first_letter(_TO_THE_READER)})\b|^(?:we|our|you can|add your|read our)\b|"
    r"欢迎|请|我们|本项目|本仓库|如果|感谢|维护"
)
_WORDS_THAT_GO_ON = frozenset(
    """
    the a an of to from with by via see and or on in at is are for as visit check our my
    your this these using use follow read join than that which e.g
    """.split()
)
_GOING_ON = tuple("参考 详见 参见 查看 见 请 关于 例如 相关 推荐".split())


def _breaks_off(title: str) -> bool:
    """Whether a title ends with a word that something has to follow."""
    last = title.rpartition(" ")[2].lower()
    return last in _WORDS_THAT_GO_ON or title.endswith(_GOING_ON)


class Units:
    """The units of a file's blocks, each made once though it is looked at from several sides."""

    def __init__(self) -> None:
        self._items: dict[int, Unit] = {}
        self._paragraphs: dict[int, list[Unit]] = {}

    def of_item(self, item: Item) -> Unit:
        """The unit of an item: its first paragraph, its other ones below it."""
        found = self._items.get(id(item))
        if found is None:
            first, *others = [
                phrases.of_pieces(text.pieces) for text in item.texts
            ] or [phrases.of_pieces(())]
            found = self._items[id(item)] = Unit(item.line, first, others)
        return found

    def of_paragraph(self, text: Text) -> list[Unit]:
        """The units of a paragraph: as many as lines in it begin an entry, else one."""
        found = self._paragraphs.get(id(text))
        if found is None:
            found = self._paragraphs[id(text)] = _of_paragraph(text)
        return found


_NUMBERED = re.compile(r"\s*\[\d{1,3}\]\s")


def _of_paragraph(text: Text) -> list[Unit]:
    lines = list(_lines(text))
    numbered = [
        at
        for at, (_, pieces) in enumerate(lines)
        if _NUMBERED.match("".join(piece.text for piece in pieces[:4]))
    ]
    if len(numbered) > 1:
        return [_joined(part) for part in _parts(lines, numbered)]
    if len(lines) > 1 and _may_be_parted(lines):
        found = [Unit(line, phrases.of_pieces(pieces)) for line, pieces in lines]
        is_headed = found[0].title.how == "bold" or not found[0].has_links
        starts = [
            at for at, unit in enumerate(found) if _begins(unit, in_bold=is_headed)
        ]
        if len(starts) > 1:
            return [_joined(part) for part in _parts(lines, starts)]
    return [Unit(lines[0][0], phrases.of_pieces(text.pieces))] if lines else []


def _may_be_parted(lines: list[tuple[int, Pieces]]) -> bool:
    """Whether two lines may begin entries, by the first piece of each: a cheap question."""
    firsts = [
        next(
            (
                piece
                for piece in pieces
                if piece.kind in ("text", "link") and piece.text.strip()
            ),
            None,
        )
        for _, pieces in lines
    ]
    is_headed = firsts[0] is not None and (
        firsts[0].bold or not any(piece.kind == "link" for piece in lines[0][1])
    )
    able = [
        piece
        for piece in firsts
        if piece
        and (
            piece.kind == "link"
            or piece.bold
            or not (is_headed or piece.italic or piece.text.lstrip().startswith("["))
        )
    ]
    return len(able) > 1


def _begins(unit: Unit, *, in_bold: bool) -> bool:
    """Whether a line begins an entry: with its title, linked, labelled or set in bold.

    Where the first line is a title in bold, or has no link, the lines below it tell of it.
    """
    text = unit.phrase.text.lstrip()
    if in_bold and not text.startswith((BOLD, "-", "*")) and not re.match(TITLED, text):
        return False
    if unit.is_own and not re.match(rf"[\[(]{TITLED}[\])]", text):
        return unit.title.how != "link" or not unit.is_prose
    return (
        unit.title.how == "bold"
        and len(unit.title.text.split()) >= _FEW_WORDS
        and not unit.title.after.strip(" .\\")
    )


def _lines(text: Text) -> Iterable[tuple[int, Pieces]]:
    line, pieces = text.line, list[Piece]()
    for piece in text.pieces:
        if piece.kind != "break":
            pieces.append(piece)
            continue
        if pieces:
            yield line, tuple(pieces)
        pieces = []
        line += piece.text.count("\n")
    if pieces:
        yield line, tuple(pieces)


def _parts(
    lines: list[tuple[int, Pieces]], starts: list[int]
) -> Iterable[list[tuple[int, Pieces]]]:
    bounds = [*starts, len(lines)]
    if starts[0]:
        yield lines[: starts[0]]
    for start, end in itertools.pairwise(bounds):
        yield lines[start:end]


def _joined(lines: list[tuple[int, Pieces]]) -> Unit:
    """The lines as one unit."""
    pieces = list[Piece]()
    for at, (_, more) in enumerate(lines):
        if at:
            pieces.append(Piece("break", "\n"))
        pieces.extend(more)
    return Unit(lines[0][0], phrases.of_pieces(tuple(pieces)))
