"""How the files begin that `roadmap export` writes, by which they are told from all others."""

import re

BIBTEX = "% Exported by roadmap\n"
MARKDOWN = "<!-- exported by roadmap -->\n"
JSON = '{\n  "version": 1,\n  "papers": ['
CSL_JSON = '[\n  {\n    "custom": {\n      "roadmap": {'
ANKI = (
    "#separator:tab\n#html:false\n#notetype:Basic\n#guid column:1\n#deck column:4\n"
    "# Exported by roadmap\n"
)
RIS = "DP  - roadmap\r\n"
COLUMNS = (
    *("key", "title", "kind", "authors", "year", "venue", "url", "arxiv", "doi"),
    *("code", "catalogue", "section", "group", "status", "since", "rating", "tags"),
    *("minutes", "level", "requires"),
)
"""The fields of an entry in tables and in JSON, as `--json` names them."""
HELPS = "helps"
NOTES = "notes"
"""Further fields: what would also help, and what the reader wrote, which is private."""
CSV = ",".join(COLUMNS)
_BEGINNINGS = (BIBTEX, MARKDOWN, JSON, CSL_JSON, CSV, ANKI)
_RIS = re.compile(rf"TY  - [A-Z]+\r\n{RIS}")
_NOTHING = "[]\n"
"""CSL JSON without an entry."""


def is_ours(head: bytes) -> bool:
    """Whether a file that begins so is a list that `roadmap export` wrote."""
    text = head.decode("utf-8", errors="replace")
    return text.startswith(_BEGINNINGS) or text == _NOTHING or bool(_RIS.match(text))
