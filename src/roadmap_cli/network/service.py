"""What all services share: what they are asked, what they found, what is no answer of theirs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from roadmap_cli.errors import UselessAnswerError
from roadmap_cli.exchange.entries import Entry
from roadmap_cli.network.answers import Answer
from roadmap_cli.network.client import Client


class Found(NamedTuple):
    """What a service said: records by the number that was asked for, and numbers it has not.

    Numbers of which it said nothing for sure are in neither.
    """

    records: Mapping[str, Entry]
    missing: frozenset[str] = frozenset()


Ask = Callable[[Client, Sequence[str]], Iterator[Found]]
"""Asks for numbers, in as many requests as it takes; gives what each of them found.

Raises `NetworkError`.
"""


class Service(NamedTuple):
    """A service for metadata: what it is called, how it is asked, for how many at once."""

    name: str
    ask: Ask
    batch: int = 1


def record(entry: Entry) -> Entry:
    """What a service may say of a work: none of what is the reader's, no place in a file."""
    return Entry(
        0,
        title=entry.title,
        authors=entry.authors,
        year=entry.year,
        venue=entry.venue,
        kind=entry.kind,
        arxiv=entry.arxiv,
        doi=entry.doi,
        url=entry.url,
        doubts=entry.doubts,
    )


def text_of(answer: Answer, what: str) -> str:
    """The text of an answer that is no page for people; raises `NetworkError` for one.

    `what` is what was to come: "a feed".
    """
    if answer.is_page:
        raise not_as_promised(answer, f"a web page instead of {what}")
    try:
        return answer.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_as_promised(answer, f"{what} that is no UTF-8") from error


def not_as_promised(answer: Answer, what: str) -> UselessAnswerError:
    """What to say of an answer that is none: `what` is what came."""
    host = answer.url.partition("//")[2].partition("/")[0]
    return UselessAnswerError(
        f"{host} answered with {what}",
        hint="try again later; nothing was taken from that answer",
    )
