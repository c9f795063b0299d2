"""Entries whose own fields name two works."""

from collections.abc import Mapping
from typing import NamedTuple


class Contradiction(NamedTuple):
    """Two fields of one entry that name two works, and the numbers by which they do."""

    field: str
    number: str
    other_field: str
    other_number: str


def contradictions(named: Mapping[str, str]) -> list[Contradiction]:
    """The fields of an entry that name another work than a field before them.

    `named` is what `by_field` tells of it. A work has one arXiv id and one DOI, and may well
    have both; besides, what was published first by a server of preprints may have a DOI from
    there.
    """
    if len(named) <= 1:
        return []
    first: dict[str, tuple[str, str]] = {}
    found = []
    for field, identity in named.items():
        kind, _, number = identity.partition(":")
        if kind == "doi" and number.startswith(_PREPRINT_DOIS):
            continue
        other_field, other = first.setdefault(kind, (field, number))
        if kind != "link" and other != number:
            found.append(Contradiction(field, number, other_field, other))
    return found


_PREPRINT_DOIS = (
    "10.1101/",
    "10.2139/ssrn.",
    "10.5281/zenodo.",
    "10.20944/preprints",
    "10.21203/rs.",
    "10.26434/chemrxiv",
    "10.31219/osf.io/",
    "10.31234/osf.io/",
    "10.36227/techrxiv.",
)
"""How the DOIs of bioRxiv and medRxiv, SSRN, Zenodo, and other such servers begin."""
