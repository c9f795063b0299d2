"""What events set for all that follows: goal, wish, the catalogues in use, the news that was read.

Sequences of them are of those that count, the newest first, as `EventIndex.settings` gives them.
"""

from collections.abc import Iterable

from roadmap_cli.progress.events import (
    Aim,
    Event,
    aim_of,
    edited_catalogue,
    speaks_of_goal,
)

GOAL, WISH, USES, SEEN = "goal", "wish", "uses", "seen"
"""What an event may set; all but the first are the fields that hold it."""


def setting_of(event: Event) -> str | None:
    """What an event sets; nothing if it says something of a paper or a command."""
    if speaks_of_goal(event):
        return GOAL
    if speaks_of_wish(event):
        return WISH
    return next(
        (name for name in (USES, SEEN) if _names(event, name) is not None), None
    )


def is_setting(event: Event) -> bool:
    """Whether an event sets anything."""
    return setting_of(event) is not None


def last_aim(settings: Iterable[Event]) -> Aim | None:
    """The goal, if one is set."""
    return next(map(aim_of, filter(speaks_of_goal, settings)), None)


def speaks_of_wish(event: Event) -> bool:
    """Whether an event sets the wish, or clears it."""
    return not event.paper and isinstance(event.fields.get(WISH), str)


def wish_of(event: Event) -> str:
    """The query that an event makes the wish; empty if it clears it."""
    return str(event.fields.get(WISH, ""))


def last_wish(settings: Iterable[Event]) -> str:
    """The query that suggestions have to match; empty for anything."""
    return next(map(wish_of, filter(speaks_of_wish, settings)), "")


def uses_of(event: Event) -> tuple[str, ...] | None:
    """The ids of the shipped catalogues that an event chooses, none of them where it takes all.

    Nothing if it says nothing of that.
    """
    return _names(event, USES)


def last_uses(settings: Iterable[Event]) -> tuple[str, ...]:
    """The shipped catalogues that are chosen; none where all are."""
    chosen = (uses for event in settings if (uses := uses_of(event)) is not None)
    return next(chosen, ())


def seen_of(event: Event) -> tuple[str, ...]:
    """The states of catalogues (`id@digest`) whose news was read, as an event says."""
    return _names(event, SEEN) or ()


def is_about_catalogues(event: Event) -> bool:
    """Whether other papers may be there after an event: an edit, or a choice of catalogues."""
    return bool(edited_catalogue(event)) or uses_of(event) is not None


def _names(event: Event, field: str) -> tuple[str, ...] | None:
    """The list of names in a field of an event about no paper; nothing if there is none."""
    said = event.fields.get(field)
    if event.paper or not isinstance(said, list | tuple):
        return None
    return tuple(map(str, said))
