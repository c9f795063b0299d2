"""What words mean that are no commands: loaded only where a command is not known."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from roadmap_cli.language.slips import distance, edits_allowed
from roadmap_cli.language.spelling import fold

Calls = Sequence[str]
"""What to type after `roadmap`: a command, perhaps with its words and options."""
_ENOUGH = 5
"""Letters from which on a slip in a word that means a command is looked for."""


def _table(calls_by_words: Mapping[str, Calls]) -> Mapping[str, Calls]:
    """The calls for each of the words that stand together before them."""
    return MappingProxyType(
        {
            word: calls
            for words, calls in calls_by_words.items()
            for word in words.split()
        }
    )


COMMANDS: Mapping[str, Calls] = _table(
    {
        "complete completed end ended did passed check-off checkoff tick mark": (
            "mark-read",
        ),
        "mark-done mark-finished mark-complete mark-as-read": ("mark-read",),
        "bookmark in-progress doing continue resume pick": ("mark-reading",),
        "remember later": ("mark-reading", "goal"),
        "learned learnt understood mastered familiar": ("mark-known",),
        "placement assess onboard": ("mark-known --ask",),
        "ignore hide dismiss drop avoid exclude": ("mark-skipped",),
        "delete remove rm del erase unlist": ("remove", "mark-skipped", "mark-unread"),
        "unmark reset clear forget reopen": ("mark-unread", "undo"),
        "tags label labels untag keyword keywords": ("tag",),
        "rate rating stars": ("mark-read --rating",),
        "recommend recommendation suggest suggestion suggestions now today what whats-next"
        " what-next up": ("next",),
        "random lucky surprise shuffle dice any": ("next --random",),
        "why explain reason reasons": ("next --why",),
        "ls dir ll index toc contents browse papers topics areas all catalog overview": (
            "list",
        ),
        "queue pending backlog left remaining unfinished todos to-do": (
            "list --status todo",
        ),
        "current": ("list --status reading", "next"),
        "info information about details detail describe view cat print display paper": (
            "show",
        ),
        "question questions quiz": ("review", "show"),
        "find grep query lookup look filter locate ask f": ("search",),
        "browser url link links web pdf launch visit goto read-online": ("open",),
        "download get fetch": ("get", "open --pdf"),
        "notes annotate comment write memo jot": ("note",),
        "target aim objective wish": ("goal",),
        "way route prerequisites prereqs requires needs dependencies deps tree how": (
            "path",
        ),
        "schedule calendar timetable agenda week ics": ("plan",),
        "progress statistics summary report dashboard streak pace track count counts": (
            "stats",
        ),
        "status": ("stats", "list --status reading"),
        "log journal activity timeline events recent": ("history",),
        "back revert rollback unset oops": ("undo",),
        "again repeat": ("redo",),
        "save snapshot copy archive": ("backup",),
        "recover rescue": ("restore",),
        "sync join combine pull push": ("merge",),
        "load upload": ("import",),
        "citation bibtex bib bibliography reference references": ("cite",),
        "dump share": ("export --progress",),
        "fix diagnose diagnostics health repair verify validate test check": (
            "doctor",
        ),
        "files folder folders paths location locations config configuration settings"
        " preferences options": ("where",),
        "complete-shell completions tab autocomplete install-completion": (
            "completion",
        ),
        "json-schema schemas": ("schema",),
        "manual man usage commands tutorial docs documentation faq ?": ("help",),
        "version about-version": ("--version",),
    }
)
"""The calls that people mean by words that are no command; those that exist are offered."""
COMMANDS_OF_GOALS: Mapping[str, Calls] = _table(
    {
        "delete remove rm unset reset drop forget none off stop no": ("clear",),
        "get view print list current status": ("show",),
        "new make add change": ("set",),
    }
)
"""The same for the commands of the goal."""
LEAVING = frozenset(("quit", "exit", "q", "bye", "close", "logout", ":q", ":wq"))
"""What is typed to leave a program that waits for commands."""


class Meanings:
    """What unknown commands mean, where these `commands` are known.

    `tables` are the calls by what means them; of calls with a command that there is not, none is
    given.
    """

    def __init__(self, commands: Collection[str], *tables: Mapping[str, Calls]) -> None:
        self._commands = commands
        self._calls: dict[str, Calls] = {name: (name,) for name in commands}
        for table in tables:
            for word, calls in table.items():
                found = [call for call in calls if _begins_with(call, commands)]
                self._calls.setdefault(word, found)

    def of(self, word: str) -> Calls:
        """The calls that mean what this word means; none if it is in no table."""
        return self._calls.get(_spelt(word), ())

    def near(self, word: str) -> Calls:
        """The calls for the word that this is a slip for, or else for a part: `next-paper`."""
        spelt = _spelt(word)
        most = edits_allowed(spelt) if len(spelt) >= _ENOUGH else 0
        for edits in range(1, most + 1):
            for known, calls in self._calls.items():
                if calls and distance(spelt, known, edits) <= edits:
                    return calls
        parts = spelt.split("-")
        parts.sort(key=lambda part: part not in self._commands)
        return next((calls for part in parts if (calls := self.of(part))), ())


def _spelt(word: str) -> str:
    return fold(word).strip().replace("_", "-").replace(" ", "-")


def _begins_with(call: str, commands: Collection[str]) -> bool:
    name = call.partition(" ")[0]
    return name in commands or name.startswith("-")
