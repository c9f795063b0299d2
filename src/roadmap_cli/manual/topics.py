"""The pages that `roadmap help TOPIC` prints.

Plain ASCII of at most 78 columns that is also Markdown: paragraphs, and blocks set in by four
spaces. So the terminal, the site and the man page show the same words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from roadmap_cli.curriculum.model import Kind, Level
from roadmap_cli.errors import NotFoundError
from roadmap_cli.language.slips import did_you_mean, offered
from roadmap_cli.search import FIELDS

WIDTH = 78
"""Columns of the widest line."""


class Page(NamedTuple):
    """One page: what it is called, what it is about, what it says."""

    topic: str
    title: str
    text: str


def pages(statuses: Mapping[int, str]) -> Mapping[str, Page]:
    """All pages by topic; `statuses` are the exit statuses with their meanings."""
    made = (
        Page("names", "How to say which paper is meant", _NAMES),
        Page("search", "What can be searched for", _search()),
        Page("catalogue", "A catalogue of your own", _catalogue()),
        Page("files", "Your files, and what the environment decides", _FILES),
        Page("output", "For people, for pipes, for programs", _OUTPUT),
        Page("exit", "Exit statuses", _exit(statuses)),
    )
    return {page.topic: page for page in made}


def unknown(
    topic: str, among: Iterable[str], meant: Sequence[str] = ()
) -> NotFoundError:
    """That there is no such page, with what is `meant`, or the nearest of what there is."""
    hint = offered(meant) or did_you_mean(topic, among) or "roadmap help"
    return NotFoundError(f"no help on `{topic}`", hint=hint)


def contents(among: Iterable[Page], program: str) -> str:
    """The list of pages, and how to reach them."""
    listed = table((page.topic, page.title) for page in among)
    return f"""\
`{program} help TOPIC` tells about:

{listed}

`{program} COMMAND --help`, or `{program} help COMMAND`, tells what a command
does, with its options and examples. `{program} --help` lists the commands."""


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Rows of a name and its meaning, set in, the meanings below each other."""
    rows = list(rows)
    widest = max(len(name) for name, _ in rows)
    return "\n".join(f"    {name:<{widest}}  {meaning}" for name, meaning in rows)


def _listed(words: Iterable[str], lead: str) -> str:
    """Words after their lead, in lines that are not too long."""
    lines, indent = [lead], " " * len(lead)
    for word in words:
        if len(lines[-1]) + len(word) >= WIDTH:
            lines.append(indent)
        lines[-1] += f" {word}"
    return "\n".join(lines)


_NAMES = """\
A paper's name is the first of these to which a paper answers:

    lora                     its key; the full name is genai/lora
    LoRA                     an acronym, another name, the whole title
    2106.09685               its arXiv id, DOI or link
    transformer-ex           the beginning of a key or another name
    "low-rank adaptation"    a piece of its title

A topic is called by its area and its id (llm/agents), by its id or title
where no other has the same, or by the beginning of either. An area is llm.
A catalogue is called by its id or its title: genai. Where its id means
something else too, genai/ means the catalogue.

A name that could be several things is refused, with the first of them named
and the others counted; a command that writes then changes nothing. It also
refuses a beginning of up to four letters that may be a slip for another name.
Case, accents and punctuation do not matter.

The marks take several names, and - for those on standard input: one a line,
or several with blanks or commas between them. What follows a # or a tab is
left out. --where marks what a search would find, and --skip-unknown the rest
where nothing answers to some of the names."""


_MEANING_OF_FIELD: Mapping[str, Callable[[], str]] = {
    "author": lambda: "a name, or its beginning: author:vaswani",
    "year": lambda: "year:2021, year:2021..2023, year:2023.., year:..2020",
    "venue": lambda: "where it appeared: venue:iclr",
    "topic": lambda: "a topic or an area: topic:agents, topic:llm",
    "kind": lambda: "what it is; all kinds stand below",
    "level": lambda: ", ".join(Level),
    "status": lambda: "todo (or unread), reading; read, skipped, known (or done)",
    "title": lambda: "only the title: title:mamba",
    "area": lambda: "one area: area:diffusion",
    "note": lambda: "what to look for, and your own notes: note:softmax",
    "catalogue": lambda: "one catalogue of several: catalogue:genai",
    "rating": lambda: "yours, from 1 to 5: rating:5, rating:4..",
    "tag": lambda: "a word that you put on it: tag:thesis, -tag:later",
    "minutes": lambda: "reading time: minutes:..30, minutes:45..90",
    "has": lambda: "has:pdf: what you have a PDF of; -has:pdf: what not",
}


def _search() -> str:
    fields = table((f"{name}:", _MEANING_OF_FIELD[name]()) for name in FIELDS)
    return f"""\
`roadmap search WORDS...` finds papers for which all words (at most 250) hold:

    lora low-rank            each word, anywhere
    "in-context learning"    these words in this order
    -survey, NOT survey      not this word
    lora OR prefix tuning    either: OR joins runs of words, or conditions
    author:hu -kind:video    this word in that field, not in that field
    2106.09685, vaswani17    an id, a link, a key of citations, BibTeX

Words are looked for in names, titles, authors, venues, topics, notes (also
your own) and further words of a catalogue. Rare words count more, and good
places. Case, accents, tones and punctuation do not matter. Forgiven are slips
(one in a short word, two in a long one), endings, and words that are
unfinished, joined or apart: `pretraining`, `pre-training`. Where no paper has
all words, those come that have enough of their weight; else up to five that
are nearest, and the search says so. Common words of the field in German,
French, Spanish and Chinese find what is said in English. Of scripts without
blanks, as Thai or Chinese, any two letters are found.

A year is the printed one or that of the arXiv id (`list --year`: printed).
`list --where QUERY` and `next --where QUERY` take the same, without slips.

{fields}
{_listed(Kind, "    all kinds: ")}

Quote a phrase for the shell, too: `roadmap search '"in-context learning"'`.
`-n 5` (or `--count 5`) shows the best five. Options: `roadmap search --help`."""


def _catalogue() -> str:
    return f"""\
A catalogue is one TOML file: areas, their topics, and papers. The smallest:

    format = "roadmap-catalogue"
    version = 1
    id = "mine"
    title = "My reading"

    [[area]]
    id = "methods"
    title = "Methods"

    [[area.topic]]
    id = "attention"
    title = "Attention"
    papers = ["bahdanau"]

    [paper.bahdanau]
    title = "Neural Machine Translation by Jointly Learning to Align"
    url = "https://arxiv.org/abs/1409.0473"

Put it into the folder `catalogues` (`roadmap where`), or use it alone:
`roadmap --catalogue FILE next`. A mistake is reported with its line.

    file   format version id title source credit released [[news]] [[area]]
           [paper.KEY]; news have a day, on, and a text
    area   id title aliases summary figure further [[area.topic]]
    topic  id title aliases summary requires papers enough group question
           further
    paper  title url kind authors year venue arxiv doi code acronym aliases
           synonyms language requires helps minutes level note retired

{_listed(Kind, "    kind: ")}
{_listed(Level, "    level:")}

A key (lower-case letters, digits, hyphens) is permanent: progress is kept
under it. Papers with the same arXiv id, DOI or link are one work, in however
many catalogues they stand."""


_FILES = """\
`roadmap where` prints where your files are.

    progress/DEVICE.toml  what you marked: only ever added to, one per device
    notes/KEY.md          your notes, one file a paper, also in folders below
    papers/*.pdf          what `roadmap get` fetched, or you put there
    catalogues/*.toml     catalogues of your own
    backups/edits/*       what your catalogues said before the last edits
    backups/*.zip         all but the PDFs, copied daily and before a restore
    cache/                an index; deleting it is always safe
    state/                reports of crashes; which lists you have seen

They stand in the folders that your system has for data, cache and state (XDG
on Linux). The environment may say otherwise:

    ROADMAP_HOME       one folder for all of it
    ROADMAP_CATALOGUE  catalogues to use instead, separated as in PATH
    ROADMAP_USE        the shipped catalogues to use, by id: see `roadmap use`
    ROADMAP_NOTES      a folder for the notes, a vault for instance
    ROADMAP_PAPERS     a folder for the PDFs
    ROADMAP_DEVICE     this machine's name among those that share the folder
    ROADMAP_MAILTO     your e-mail address, told to the services that `add`
                       asks; some of them answer who tells it faster
    ROADMAP_SERVICES   a server on this machine (http://127.0.0.1:PORT) that
                       is asked instead of all services, for trying
    VISUAL, EDITOR     what `roadmap note` opens; else an editor of the system
    BROWSER            what `roadmap open` opens links with: commands,
                       separated as in PATH, with `%s` for the link; then
                       the desktop's browser, and one in the terminal
    NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM, COLUMNS, ACCESSIBLE
                       how it looks: `roadmap help output`

The data folder may be shared through git, Syncthing or Dropbox: each device
writes only its own journal and reads all of them. The instant of a mark says
what came first, its clock the day (`at = 2026-01-05T08:00:00.123456+14:00`).
`roadmap doctor` finds what is wrong, `roadmap restore` brings back a copy.

Any folder or file may be a link. One that leads nowhere, because its drive is
not there for instance, is damage (status 3): nothing is made through it, and
what it leads to does not count as empty.

`plan --ics` and `export --output` make a new file, or renew one that they
wrote. Another file is replaced only with --force, and one of the above never."""


_OUTPUT = """\
Data goes to standard output, everything else to standard error.

On a terminal there are tables as wide as it is, in colour. NO_COLOR or
TERM=dumb takes the colour away; FORCE_COLOR or CLICOLOR_FORCE draws in a
pipe, too; COLUMNS is the width. --plain, or ACCESSIBLE=1, gives words only.
What is longer than the screen is shown by ROADMAP_PAGER, PAGER or less; an
empty value, or cat, means no pager.

In a pipe every record is one line of tab-separated fields, whole and without
colour. --header names the columns in a first line.

    roadmap list llm --status todo | cut -f1

With --json there is one object. `version` is 1 as long as nothing that it
has now goes away; one list bears the name of what it lists.

    roadmap next --json
    {"version": 1, "goal": null, "suggestions": [{"key": "mlp", ...}]}

A failure is an object, too, and the exit status says of which sort.

    {"version": 1, "error": {"message": "...", "hint": "...", "status": 1}}

`export` and `completion` have no --json: their text is the data itself."""


def _exit(statuses: Mapping[int, str]) -> str:
    rows = table((f"{status:>3}", meaning) for status, meaning in statuses.items())
    return f"""\
What the program tells the shell when it ends (`echo $?`):

{rows}

A signal ends it with 128 and its number: SIGTERM with 143. What is wrong is
said on standard error, `error: ...`, then the way out, `hint: ...`."""
