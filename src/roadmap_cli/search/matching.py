"""Which papers answer a query, told one by one, without an index."""

from collections.abc import Callable

from roadmap_cli.search.conditions import FACTS
from roadmap_cli.search.grammar import Query
from roadmap_cli.search.ranking import Ranking
from roadmap_cli.search.texts import Candidate, Entry, candidate, facts_of


def matcher(query: Query) -> Callable[[Entry], bool]:
    """Tells whether an entry answers a query; without an index nothing misspelt is understood."""
    ranking = Ranking(query)
    needs_texts = any(one.field not in FACTS for one in query.terms)

    def answers(entry: Entry) -> bool:
        if needs_texts:
            return ranking.score(candidate(entry)) is not None
        return ranking.score(Candidate({}, facts_of(entry))) is not None

    return answers
