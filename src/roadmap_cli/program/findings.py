"""A finding of the doctor's: what is wrong or odd, and its cure."""

from collections.abc import Iterable
from typing import NamedTuple


class Finding(NamedTuple):
    """Something wrong or odd; `fixed` names what was done about it, if anything was."""

    problem: str
    cure: str
    is_harmless: bool = False
    fixed: str = ""


def each_once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that tell of a problem again."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.problem, finding)
    return list(first.values())
