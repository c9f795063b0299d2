"""Write the reference from the real program: the site's pages, and the man page.

Each folder's files are written below the folder that is named, which is the checkout unless
a test wants to compare.
"""

import re
import sys
from pathlib import Path

from command_tree import Entry, entries
from man_page import man_page
from roadmap_cli.cli.commands.helping import pages
from roadmap_cli.cli.framework.outcome import MEANING
from roadmap_cli.tui.keys import Where, keys_for

PAGES = pages()
MADE = (
    "<!-- Made by scripts/write_reference.py from the program: edit that instead. -->\n"
)


def commands_page(found: list[Entry]) -> str:
    """All commands on one page of the site."""
    return f"""{MADE}
# Commands

Every command also takes `--help`, which prints what stands here.

{"".join(map(_section, found)).rstrip()}
"""


def _section(entry: Entry) -> str:
    parts = [f"## {entry.words}", *entry.about, f"```text\n{entry.usage}\n```"]
    parts += [_bullets(one) for one in (entry.arguments, entry.options) if one]
    if entry.calls:
        calls = "\n".join(f"$ {call}" for call in entry.calls)
        parts.append(f"```console\n{calls}\n```")
    return "\n\n".join(parts) + "\n\n"


def _bullets(records: list[tuple[str, str]]) -> str:
    return "\n".join(f"- `{name}`: {said}" for name, said in records)


def exit_page() -> str:
    """The exit statuses as a table; the rest of that page of help below it."""
    rows = "\n".join(f"| {int(one)} | {said} |" for one, said in MEANING.items())
    lead, _, rest = re.split(r"\n\n(?=\S|    )", PAGES["exit"].text)
    table = f"| status | meaning |\n|---|---|\n{rows}"
    return f"{MADE}\n# Exit statuses\n\n{lead}\n\n{table}\n\n{rest}\n"


def keys_page() -> str:
    """The keys of the full screen, place by place."""
    parts = [
        f"{MADE}\n# Keys of the full screen\n\n`roadmap tui` has these keys; `?` lists them there.\n"
    ]
    for where in Where:
        rows = "\n".join(
            f"| {' '.join(f'`{name}`' for name in key.typed)} | {key.meaning} |"
            for key in keys_for(where)
        )
        parts.append(f"## {where}\n\n| key | meaning |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def files() -> dict[str, str]:
    """All that is written, by its path."""
    found = list(entries())
    made = {
        "docs/reference/commands.md": commands_page(found),
        "docs/reference/exit.md": exit_page(),
        "docs/reference/keys.md": keys_page(),
        "data/roadmap.1": man_page(found, PAGES.values()),
        "data/genai-roadmap.1": ".so man1/roadmap.1\n",  # the program's other name
    }
    for topic in ("names", "search", "files", "output"):
        page = PAGES[topic]
        text = f"{MADE}\n# {page.title}\n\n{page.text}\n"
        made[f"docs/reference/{topic}.md"] = text
    return made


if __name__ == "__main__":
    base = Path(sys.argv[1])
    for path, contents in files().items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_text(contents, encoding="utf-8")
