"""The formats that lists are exported in, and what writes each of them."""

from collections.abc import Sequence
from enum import StrEnum
from importlib import import_module

from roadmap_cli.exchange.entries import Entry
from roadmap_cli.exchange.writing.citing import Keys


class Written(StrEnum):
    """A format that is written; its value is how it is asked for by name.

    Anki's has no papers but the questions on them; `anki` writes it.
    """

    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    RIS = "ris"
    CSV = "csv"
    MARKDOWN = "markdown"
    JSON = "json"
    ANKI = "anki"


_CITED = {Written.BIBTEX: "bibtex", Written.CSL_JSON: "csl", Written.RIS: "ris"}
"""The modules of formats whose entries have keys to be cited by."""


def written(entries: Sequence[Entry], format_: Written, keys: Keys = Keys.OURS) -> str:
    """The text of a file with these entries; `keys` are those to cite them by."""
    if name := _CITED.get(format_):
        module = import_module(f"roadmap_cli.exchange.writing.{name}")
        text: str = module.written(entries, keys)
        return text
    if format_ is Written.MARKDOWN:
        from roadmap_cli.exchange.writing import checklist

        return checklist.written(entries)
    from roadmap_cli.exchange.writing import papers

    return papers.as_csv(entries) if format_ is Written.CSV else papers.as_json(entries)
