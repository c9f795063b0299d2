"""How a word that was typed is recognised in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from roadmap_cli.language.spelling import is_unspaced, runs, solid, words
from roadmap_cli.language.stems import are_forms, stem
from roadmap_cli.search.grammar import Term

# How sure a way of recognising is, of 1 for the very word.
THE_WORD, FORM, NEARLY, _BEGINNING = 1.0, 0.9, 0.62, 0.3
"""The word itself, also joined or apart; with another ending; with a much longer one, or
misspelt; the beginning of a longer word, of which `_BEGUN` tells more as it gets near to that."""
_BEGUN = 0.3
_MEANT = 0.8
"""What the English word for one of another language is worth, of that word itself."""
_SHORT = 4
"""Letters from which a word that some paper has as it is may be the beginning of others."""
_CHUNKS = re.compile(r"[^\W_]+(?:[-'.+&][^\W_]+)*")
_JOINTS = str.maketrans("‐‑‒–—―’", "------'")
"""What joins words as the hyphen and the apostrophe of ASCII do: a pattern of these is short."""
MOST_PARTS = 3
"""Parts of a word that stand for it joined; of scripts without blanks there may be more."""
_FIRST = 3
"""Letters by which texts are sorted out that can have no word of a query."""
_LONGEST = 64
"""Letters of a word that are looked at."""
_NOTHING = r"(?!)"

_FILLERS = """
a about after al also although among an and any anything are article articles arxiv as at be because been
before being below beside besides between but by can concerning could did do does doi during either et
etc except for from get give had has have having her him his how however i if in instead into is it
its like may me might my nor of on or other our ours own paper papers please published recent recently
regarding shall she should show since some somebody someone something such than that the their
theirs them then there these they this those though til till to toward towards until unto upon
us using versus via vs want was we were what whatever when where whereas whether which while who whom
whose why will with within without work works would yet you your yours
art inside only people play thing
one two three four five six seven eight nine ten
aber alle alles als am an andere anderen arbeit arbeiten artikel auch auf aus bei beim bis bitte braucht da dass das dem den
denn der des die dies diese diesem diesen dieser dieses doch durch ein eine einem einen einer eines
einige er es etwas fur funktioniert gegen gib gibt habe haben hat ich ihr ihre im in ins ist jede jeder
jedes kann keine man mein meine mich mir mit nach nicht noch nur ob oder ohne papier schon sehr sein
seine seit sich sie sind sollte sowie statt uber um und unser unsere unter vom von vor wann war
waren warum was weil welche welchem welchen welcher welches wenn wer werden wie wieso will wir wird wo
wurde wurden zeig zeige zu zum zur zwischen
eins zwei drei vier funf sechs sieben acht neun zehn
avec con de del des du el en et la las le les los par para partir por pour sur una une y
"""
UNASKED = frozenset(_FILLERS.split())
"""Words that people put between those they mean: nothing is left out for want of them."""


class Word(NamedTuple):
    """One word of a query, its hyphenated parts joined.

    In a script without blanks it is a run of letters, each of them a part.
    `is_exact` within quotes, where neither endings nor beginnings are forgiven. `columns`
    where it may stand; empty: anywhere.
    """

    text: str
    parts: tuple[str, ...] = ()
    is_exact: bool = False
    columns: tuple[str, ...] = ()


def words_of(term: Term, columns: tuple[str, ...] = ()) -> list[Word]:
    """The words of a term; what hyphens join is one word unless it is very long."""
    if term.is_phrase:
        return [
            Word(word[:_LONGEST], (word,), True, columns) for word in words(term.text)
        ]
    found: list[Word] = []
    for chunk in chunks_of(term.text) or [term.text]:
        parts = tuple(runs(chunk))
        if not parts:
            continue
        if len(parts) <= MOST_PARTS and not any(map(is_unspaced, parts)):
            text = "".join(parts)[:_LONGEST]
            found.append(Word(text, parts, columns=columns))
        else:
            found += [word_of(part, columns) for part in parts]
    return found


def chunks_of(text: str) -> list[str]:
    """The words of a text as they stand there, each with what hyphens join to it."""
    plain = solid(text).translate(_JOINTS)
    return [text[slice(*match.span())] for match in _CHUNKS.finditer(plain)]


def word_of(text: str, columns: tuple[str, ...] = ()) -> Word:
    """A folded word, or a run of letters of a script without blanks."""
    text = text[:_LONGEST]
    parts = tuple(words(text)) if is_unspaced(text) else (text,)
    return Word(text, parts, columns=columns)


_CITED = r"([^\W\d]{2,}?)(?:etal)?((?:19|20)\d\d|\d\d)([a-z]?|[a-z]{3,})"


def cited_by(text: str) -> Sequence[Word]:
    """The words of a folded key of citations: family name, year, and a word of the title.

    As `radford21`, `vaswani2017attention`, `devlin2019a`; nothing if it looks like none.
    """
    match = re.fullmatch(_CITED, text)
    if not match:
        return ()
    name, digits, rest = match.groups()
    year = digits if len(digits) > 2 else ("19" if digits > "50" else "20") + digits  # noqa: PLR2004 - two digits leave the century out
    found = [word_of(name, ("authors",)), word_of(year, ("venue",))]
    return [*found, word_of(rest)] if len(rest) > 1 else found


def joinings(
    query_words: Sequence[Word], run: Sequence[int]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What two or three words that follow each other are as one: `auto prompt`, `16 x 16`."""
    for length in range(2, MOST_PARTS + 1):
        for start in range(len(run) - length + 1):
            indices = tuple(run[start : start + length])
            joined = "".join(query_words[n].text for n in indices)
            if len(joined) <= _LONGEST:
                yield joined, indices


class Target(NamedTuple):
    """A string that stands for one word of a query, or for several typed apart."""

    text: str
    indices: tuple[int, ...]
    is_exact: bool
    sureness: float = 1.0


class Forms(dict[str, tuple[tuple[int, float], ...]]):
    """For each token of a text, which words of the query it is, and how surely.

    Filled as tokens are met; what only the index can know (misspellings) it has to `learn`.
    `begun` are the beginnings of what is spelled by more than three tokens, `reach` how many
    may spell one word.
    """

    def __init__(
        self,
        query_words: Sequence[Word],
        runs: Iterable[Sequence[int]] = (),
    ) -> None:
        super().__init__()
        self.targets: list[Target] = []
        for index, word in enumerate(query_words):
            self._add(word.text, (index,), is_exact=word.is_exact)
        for run in runs:
            for joined, indices in joinings(query_words, run):
                self._add(joined, indices)
        self.known: dict[str, tuple[tuple[int, float], ...]] = {}
        self.begun = {
            target.text[:n]
            for target in self.targets
            if is_unspaced(target.text)
            for n in range(1, len(target.text))
        }
        self.reach = max(
            MOST_PARTS, *(len(beginning) + 1 for beginning in self.begun), 0
        )
        self.complete: set[int] = set()
        # What no token that is of interest begins without: a quick way past all others.
        self.beginnings = {target.text[:n] for target in self.targets for n in (1, 2)}

    def take_as_complete(self, index: int) -> None:
        """Know that a word stands in some paper as it is: hardly the beginning of another."""
        self.complete.add(index)

    def learn(self, token: str, index: int, quality: float) -> None:
        """Take a token for a word of the query, as surely as said."""
        self.known[token] = (*self.known.get(token, ()), (index, quality))
        self.beginnings |= {token[:1], token[:2]}

    def learn_beginning(self, text: str, index: int) -> None:
        """Take what begins so for a word of the query."""
        self._add(text, (index,))
        self.beginnings |= {text[:1], text[:2]}

    def learn_meaning(self, text: str, index: int) -> None:
        """Take forms of a word for a word of the query that means it in another language."""
        self.clear()  # what tokens were before
        self._add(text, (index,), sureness=_MEANT)
        self.beginnings |= {text[:1], text[:2]}

    def _add(
        self,
        text: str,
        indices: tuple[int, ...],
        *,
        is_exact: bool = False,
        sureness: float = 1.0,
    ) -> None:
        self.targets.append(Target(text, indices, is_exact, sureness))

    @property
    def pattern(self) -> re.Pattern[str]:
        """What a folded text has behind a space if any word of the query may stand in it.

        The first letters that all forms of a word have, no more of them than make most other
        texts fall out, or a word of fewer, as `im` in front of `age`. A space in front of the
        text spares the search a second look at every letter.
        """
        starts = {form[:_FIRST] for form in self.known}
        for target in self.targets:
            shared = max(2, len(stem(target.text)) - 2)
            starts.add(
                target.text[: _FIRST if target.is_exact else min(shared, _FIRST)]
            )
        wholes = {start[:n] for start in starts for n in range(1, len(start))}
        either = [
            *map(re.escape, sorted(starts)),
            *(f"{re.escape(whole)}(?= |$)" for whole in sorted(wholes)),
        ]
        return re.compile(rf" (?:{'|'.join(either)})" if either else _NOTHING)

    def __missing__(self, token: str) -> tuple[tuple[int, float], ...]:
        best: dict[int, float] = dict(self.known.get(token, ()))
        for target in self.targets:
            is_whole = self.complete.issuperset(target.indices)
            quality = target.sureness * _likeness(token, target, is_whole=is_whole)
            if quality:
                for index in target.indices:
                    best[index] = max(best.get(index, 0.0), quality)
        found = tuple(best.items())
        self[token] = found
        return found


def are_about_as_long(word: str, other: str) -> bool:
    """Whether two forms of a word differ by no more than a usual ending."""
    return abs(len(word) - len(other)) <= len("es")


def follow_each_other(inside: Sequence[int], places: Mapping[int, set[int]]) -> bool:
    """Whether at least two words of a query follow each other here as they were typed."""
    return len(inside) > 1 and all(
        any(place + 1 in places[second] for place in places[first])
        for first, second in pairwise(inside)
    )


def _likeness(token: str, target: Target, *, is_whole: bool) -> float:
    """How surely a token is a word; a short one that `is_whole` is no beginning of another."""
    if token == target.text:
        return THE_WORD
    if target.is_exact or token[:2] != target.text[:2]:
        return 0.0
    if are_forms(token, target.text):
        return FORM if are_about_as_long(token, target.text) else NEARLY
    can_begin = len(target.text) >= _SHORT or not is_whole
    if can_begin and token.startswith(target.text):
        return _BEGINNING + _BEGUN * len(target.text) / len(token)
    return 0.0
