"""The languages that a reader reads, by the locale that the environment sets."""

from collections.abc import Collection, Mapping

ENGLISH = "en"
"""The language that every reader is taken to read."""
_CATEGORIES = ("LC_ALL", "LC_MESSAGES", "LANG")
_WITHOUT_LANGUAGE = frozenset(["C", "POSIX"])


def languages_of(environment: Mapping[str, str]) -> frozenset[str]:
    """The languages of a reader, as gettext finds them: `{"en", "zh"}`; English is always there.

    The first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is not empty is the locale; `LANGUAGE`,
    a list, replaces it unless the locale is `C` or `POSIX`.
    https://www.gnu.org/software/gettext/manual/html_node/Locale-Environment-Variables.html
    """
    each = (environment.get(variable, "") for variable in _CATEGORIES)
    locale = next(filter(None, each), "")
    wanted = environment.get("LANGUAGE", "")
    names = [locale] if locale in _WITHOUT_LANGUAGE or not wanted else wanted.split(":")
    return frozenset([ENGLISH, *map(primary, names)]) - {"", "c", "posix"}


def primary(name: str) -> str:
    """The language alone of a locale or a tag: `pt` of `pt_BR.UTF-8` and of `pt-BR`."""
    for end in ("@", ".", "_", "-"):
        name = name.partition(end)[0]
    return name.strip().lower()


def is_readable(language: str, languages: Collection[str]) -> bool:
    """Whether a reader of these languages reads what is written in this one."""
    return primary(language) in (ENGLISH, *languages)
