"""Which topics pose which questions, as a table of a library's database."""

import json
from collections.abc import Collection, Iterator

from roadmap_cli.curriculum.library import Library
from roadmap_cli.store.library.columns import Ask

SCHEMA = "CREATE TABLE question (name TEXT, topic INTEGER)"
INDEXES = "CREATE INDEX question_name ON question (name)"


def rows(library: Library) -> Iterator[tuple[str, int]]:
    """The full names of all questions, former ones too, with the numbers of their topics."""
    for number, topic in enumerate(library.topics.values()):
        for question in topic.questions:
            yield from ((name, number) for name in topic.names_of(question))


def topics_asking(ask: Ask, questions: Collection[str] | None) -> list[str]:
    """The full names of the topics that pose any of these questions, or any at all, in order."""
    named = "WHERE name IN (SELECT value FROM json_each(?))"
    asking = f"SELECT topic FROM question {'' if questions is None else named}"
    values = () if questions is None else (json.dumps([*questions]),)
    query = f"SELECT name FROM topic WHERE number IN ({asking}) ORDER BY number"
    return [name for (name,) in ask(query, *values)]
