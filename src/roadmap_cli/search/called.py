"""What a query names has to be there: areas, topics, catalogues, and papers by id or link."""

from collections.abc import Mapping, Sequence

from roadmap_cli.curriculum.library import Library
from roadmap_cli.curriculum.names import offer_to_add
from roadmap_cli.errors import NotFoundError
from roadmap_cli.language.slips import did_you_mean
from roadmap_cli.language.spelling import words
from roadmap_cli.search.conditions import test_of
from roadmap_cli.search.grammar import IDENTITY, Query, place_of
from roadmap_cli.search.texts import Candidate, Facts


def require_called(query: Query, library: Library) -> None:
    """Raise `NotFoundError` for a field's value that nothing in the library is called."""
    named = [term for term in query.terms if term.field in _ELSE]
    if not named:
        return
    calls = _calls(library)
    lines = {
        column: [words(call) for call in calls[field]]
        for field, column in (("area", "areas"), ("topic", "topics"))
    }
    everything = Candidate(lines, Facts(catalogues=frozenset(calls["catalogue"])))
    for term in named:
        is_called = test_of(term)
        if is_called and not is_called(everything):
            raise NotFoundError(
                f"no {term.field} is called `{term.text}`{place_of(term)}",
                hint=did_you_mean(term.text, calls[term.field]) or _ELSE[term.field],
            )


_ELSE = {
    "area": "`roadmap list` shows all areas",
    "topic": "`roadmap list` shows all topics",
    "catalogue": "`roadmap where` shows all catalogues",
}
"""The fields, and where it is told what there is."""


def require_known(query: Query, library: Library) -> None:
    """Raise as `require_called`, and as `require_identified` for what has no alternative."""
    require_called(query, library)
    alone = tuple(clause for clause in query.clauses if len(clause) == 1)
    require_identified(query._replace(clauses=alone), library)


def require_identified(query: Query, library: Library) -> None:
    """Raise `NotFoundError` for arXiv ids, DOIs and links of a query that no paper has."""
    typed = {
        term.text: query.text[term.at - 1 :].split()[0]
        for term in query.terms
        if term.field == IDENTITY
        and not term.is_negated
        and not library.papers_identified(term.text)
    }
    if typed:
        named = " or ".join(
            f"the {_KINDS[identity.partition(':')[0]]} `{word}`"
            for identity, word in typed.items()
        )
        raise NotFoundError(
            f"no paper here has {named}", hint=offer_to_add([*typed.values()])
        )


_KINDS = {"arxiv": "arXiv id", "doi": "DOI", "link": "link"}


def _calls(library: Library) -> Mapping[str, Sequence[str]]:
    """What the areas, topics and catalogues are called, by field; a topic also by its area."""
    areas = [call for area in library.areas for call in area.answers]
    topics = [
        call
        for topic in library.topics.values()
        for call in (topic.name, *topic.answers)
    ]
    return {
        "area": areas,
        "topic": [*topics, *areas],
        "catalogue": [catalogue.id for catalogue in library.catalogues],
    }
