"""Reading times in minutes, as people write and say them: `30m`, `1h30`, `45`, `2 h`."""

import re

from roadmap_cli.errors import WrongUsageError

ASSUMED = 60
"""Minutes that something without an estimate counts as where time is dealt out or measured."""
SLIVER = 15
"""Minutes of a paper that are too few to begin with or to leave over."""
_HOUR = 60
_LONGEST = 100_000
_WRITTEN = r"""(?ix)
        (?: (?P<hours>\d{1,5}(?:[.,]\d{1,2})?) \s* (?:h|hours?|hrs?) \s*
            (?: (?P<rest>\d{1,5}) \s* (?:m|min|minutes?)? )?
          | (?P<clock>\d{1,4}):(?P<past>[0-5]\d)
          | (?P<minutes>\d{1,6}) \s* (?:m|min|minutes?)? )"""


def parse(text: str) -> int:
    """The minutes that a text means; a bare number is minutes.

    Raises `WrongUsageError` for what is no length of time, or none at all.
    """
    match = re.fullmatch(_WRITTEN, text.strip())
    minutes = _minutes(match) if match else 0
    if not 0 < minutes <= _LONGEST:
        raise WrongUsageError(
            f"`{text}` is no length of time", hint="write 45, 30m, 2h or 1h30"
        )
    return minutes


def hours(text: str) -> float:
    """The hours that a text means; a bare number is hours, whatever it is.

    Raises `WrongUsageError` for what is neither.
    """
    bare = text.strip().replace(",", ".")
    if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?(nan|inf)", bare):
        return float(bare)
    try:
        return parse(text) / _HOUR
    except WrongUsageError as problem:
        raise WrongUsageError(str(problem), hint="write 4, 1h30 or 45m") from None


def _minutes(match: re.Match[str]) -> int:
    if match["minutes"]:
        return int(match["minutes"])
    if match["clock"]:
        return int(match["clock"]) * _HOUR + int(match["past"])
    hours = float(match["hours"].replace(",", "."))
    return round(hours * _HOUR) + int(match["rest"] or 0)


def spoken(minutes: int) -> str:
    """A length of time as a person says it: `45 min`, `1 h 30`, `12 h 05`.

    Every minute is said, so that the same time is the same text on every page.
    """
    if minutes < _HOUR:
        return f"{minutes} min"
    whole, rest = divmod(minutes, _HOUR)
    return f"{whole} h {rest:02}" if rest else f"{whole} h"
