"""Tags put on papers, taken off and listed: whole flows, for any face."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from roadmap_cli.errors import NotFoundError, WrongUsageError
from roadmap_cli.language.tags import LONGEST, signed, tag_of
from roadmap_cli.program.meant import STANDARD_INPUT, Meaning, Which
from roadmap_cli.program.reading import Reading
from roadmap_cli.program.result import Result
from roadmap_cli.progress.marks import Marking
from roadmap_cli.rows.entries import tags

if TYPE_CHECKING:
    from roadmap_cli.program.asking import Person

_CALL = "roadmap tag"
_WAY = f"a tag is letters, digits, - _ and ., at most {LONGEST}: +thesis"


class Words(NamedTuple):
    """What was typed behind `tag`: names, and tags to put on (true) or take off (false)."""

    names: Sequence[str]
    tags: Mapping[str, bool]


def read(words: Iterable[str]) -> Words:
    """Names and signed tags, in whatever order they stand.

    Raises `WrongUsageError` for what has a sign and is no tag, and for a tag with both signs.
    """
    names: list[str] = []
    found: dict[str, bool] = {}
    for word in words:
        if word == STANDARD_INPUT or not word.startswith(("+", "-")):
            names.append(word)
            continue
        said = signed(word)
        if not said:
            raise _no_tag(word)
        tag, is_on = said
        if found.setdefault(tag, is_on) is not is_on:
            raise WrongUsageError(
                f"`{tag}` is to be put on and taken off", hint="say one of the two"
            )
    return Words(names, found)


def read_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """The tags of texts such as `thesis` or `a,b`; raises `WrongUsageError` for what is none."""
    words = (word.strip() for text in texts for word in text.split(","))
    found: dict[str, None] = {}
    for word in filter(None, words):
        tag = tag_of(word.removeprefix("+"))
        if not tag:
            raise _no_tag(word)
        found[tag] = None
    return tuple(found)


def _no_tag(word: str) -> WrongUsageError:
    return WrongUsageError(f"`{word}` is no tag", hint=_WAY)


class Tagging:
    """What one reader says with tags."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.roadmap = reading.roadmap

    def tag(self, words: Words, which: Which, person: "Person") -> Result:
        """Put tags on papers and take them off; without any, list those that there are.

        Without a name and a query these are all tags of the reader. Raises as `Reading.mark`,
        and `DataFileError` where tags are listed and a journal cannot be read.
        """
        if words.tags:
            return self.reading.mark(
                which, Marking(None, tags=words.tags), _CALL, person
            )
        self.roadmap.ledger.insist_on_all()
        if not which.names and which.where is None:
            return Result(tags(self.roadmap.progress.tag_counts))
        among = self.roadmap.filter(which.where)
        try:
            meant = Meaning(self.roadmap, person, _CALL).of(which, None)
        except NotFoundError as problem:
            *names, last = which.names
            if names and tag_of(last):
                problem.hint = f"a tag begins with + or -: {_CALL} {names[0]} +{last}"
            raise
        prepared = self.roadmap.record.prepare(meant.named, Marking(None), among)
        works = [target.work for target in prepared.targets]
        counts = Counter(
            tag for work in works for tag in self.roadmap.progress.of(work).tags
        )
        return Result(tags(counts), tuple(meant.remarks))
