"""Which papers answer a query, told one by one, without an index."""

from collections.abc import Callable

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.model import Paper
from roadmap_cli.search.conditions import FACTS, Test, test_of
from roadmap_cli.search.grammar import Clause, Query, Term
from roadmap_cli.search.texts import NOBODY, Candidate, FactsOfPaper, Reader, candidate


def matcher(
    query: Query, library: Library, reader: Reader = NOBODY
) -> Callable[[Paper], bool]:
    """Tells whether a paper of a library answers a query; misspelt words are not understood.

    Facts are compared first, in the order of the query, and each is looked up only where those
    before it agree; texts are read last. Raises as the `reader` does where a status or rating
    is asked for that is not known.
    """
    of_facts = [clause for clause in query.clauses if _is_of_facts(clause)]
    agree = [_any_of(clause) for clause in of_facts]

    def has_facts(paper: FactsOfPaper) -> bool:
        asked = Candidate({}, paper)
        return all(test(asked) for test in agree)

    if len(of_facts) == len(query.clauses):
        return lambda paper: has_facts(FactsOfPaper(library, paper, reader))
    from roadmap_cli.search.ranking import Ranking  # conditions on facts do without

    ranking = Ranking(query)

    def answers(paper: Paper) -> bool:
        facts = FactsOfPaper(library, paper, reader)
        return has_facts(facts) and ranking.score(candidate(facts)) is not None

    return answers


def _is_of_facts(clause: Clause) -> bool:
    return all(term.field in FACTS for terms in clause for term in terms)


def _any_of(clause: Clause) -> Test:
    """Tells whether one of the alternatives holds: of facts, each is a single term."""
    tests = [_holds(term) for (term,) in clause]
    return tests[0] if len(tests) == 1 else lambda paper: any(t(paper) for t in tests)


def _holds(term: Term) -> Test:
    test = test_of(term)
    assert test  # noqa: S101 - narrows the type: every term of a clause of facts has one
    return (lambda paper: not test(paper)) if term.is_negated else test
