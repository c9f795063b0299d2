"""Statistics, drawn: bars, a calendar, pace and forecasts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from rich.table import Table
from rich.text import Text

from roadmap_cli.language.duration import spoken
from roadmap_cli.language.spelling import counted
from roadmap_cli.render.canvas import (
    STYLES,
    Canvas,
    fraction,
    progress_text,
    time_left,
    time_left_in_brief,
)
from roadmap_cli.render.parts import Parts, indented, line, styled, whole
from roadmap_cli.views import Row, View

_ORDER = ("read", "known", "reading", "skipped", "todo")
_SHAPES: Mapping[str, str] = {
    "read": "█",
    "known": "▓",
    "reading": "▸",
    "skipped": "–",
    "todo": "·",
}
_LETTERS: Mapping[str, str] = {
    "read": "#",
    "known": "=",
    "reading": ">",
    "skipped": "-",
    "todo": ".",
}
_STEPS = (("·", "."), ("░", "1"), ("▒", "2"), ("▓", "3"), ("█", "4"))
"""A day without a paper, with one, two, three, and more."""
_MONTHS_SHOWN = 6
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NEAR = 60
"""Days up to which a forecast names the day; beyond, only the month."""


def stats(view: View, canvas: Canvas) -> Parts:
    """How far the reader is, what was read when, at which pace, and where it leads."""
    whole_ = view.also["standing"]
    facts = canvas.dot.join(filter(None, (progress_text(whole_), time_left(whole_))))
    yield line(segments(whole_, canvas, 30), "  ", facts)
    if not canvas.is_plain:
        yield _legend(canvas)
    for row in view.rows:
        yield from _place(row, canvas)
    yield Text()
    if not view.also["days"]:
        is_known = whole_["done"] is not None
        none = "No paper has been read yet: your days and pace come later."
        yield styled(none if is_known else "Your days and pace are unknown.", "dim")
        return
    yield from _calendar(view, canvas)
    yield Text()
    yield from _pace(view, canvas)


def segments(counts: Row, canvas: Canvas, width: int) -> Text:
    """A bar whose parts are the statuses, each of a shape of its own."""
    if canvas.is_plain or counts["done"] is None or not counts["total"]:
        return Text()
    width = min(width, max(canvas.width - 26, 8))
    shapes = _SHAPES if canvas.has_unicode else _LETTERS
    bar = Text()
    for status, length in zip(_ORDER, _shares(counts, width), strict=True):
        bar.append(shapes[status] * length, STYLES.get(status, ""))
    return bar


def _shares(counts: Row, width: int) -> list[int]:
    """The lengths of the parts: together the width, none that is there left out."""
    numbers = [counts[status] for status in _ORDER]
    total = sum(numbers)
    lengths = [max(round(one * width / total), int(one > 0)) for one in numbers]
    while (over := sum(lengths) - width) != 0:
        longest = max(range(len(lengths)), key=lambda at: (lengths[at], -at))
        lengths[longest] -= 1 if over > 0 else -1
    return lengths


def _legend(canvas: Canvas) -> Text:
    shapes = _SHAPES if canvas.has_unicode else _LETTERS
    parts = (f"{shapes[one]} {one}" for one in _ORDER)
    return styled("  ".join(parts), "dim")


_BESIDE_A_NAME = 30
"""Columns for a place's bar and the beginning of its counts."""


def _place(row: Row, canvas: Canvas) -> Parts:
    """An area's or topic's bar, with its counts in words where they are not all zero."""
    if row["is_area"]:
        yield Text()
    name = styled(row["topic"] if row["is_area"] else f"  {row['topic']}", "cyan")
    name.stylize("bold" if row["is_area"] else "")
    counts = _counts(row, canvas)
    if canvas.is_narrow or len(name.plain) + _BESIDE_A_NAME > canvas.width:
        yield whole(name.plain, "cyan")
        yield indented(line(segments(row, canvas, 12), "  ", styled(counts, "dim")), 4)
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    for width in (32, 0 if canvas.is_plain else 20):
        grid.add_column(no_wrap=True, min_width=width)
    grid.add_column()
    grid.add_row(name, segments(row, canvas, 20), styled(counts, "dim"))
    yield grid


def _counts(row: Row, canvas: Canvas) -> str:
    """How much is done and left; where there are no shapes, the counts that are not zero."""
    if row["done"] is None:
        return "progress unknown"
    if canvas.is_plain:
        return ", ".join(f"{row[one]} {one}" for one in _ORDER if row[one])
    return canvas.dot.join(filter(None, (fraction(row), time_left_in_brief(row))))


def _calendar(view: View, canvas: Canvas) -> Parts:
    """The papers read on each day of the last months."""
    read = {date.fromisoformat(one["day"]): one for one in view.also["days"]}
    today = date.fromisoformat(view.also["today"])
    if canvas.is_plain:
        yield from _by_month(read, today)
        return
    weeks = min((min(canvas.width, 120) - 6) // 2, 53, 4 * _MONTHS_SHOWN + 2)
    monday = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    mondays = [monday + timedelta(weeks=number) for number in range(weeks)]
    yield styled(f"     {_month_names(mondays)}", "dim")
    for weekday in range(7):
        label = _WEEKDAYS[weekday] if weekday % 2 == 0 else ""
        row = line(styled(f"{label:<5}", "dim"))
        for one in mondays:
            day = one + timedelta(days=weekday)
            row.append_text(_square(read.get(day), canvas) if day <= today else Text())
        yield row
    shapes = [step[0 if canvas.has_unicode else 1] for step in _STEPS]
    counts = ("none", "1", "2", "3", "more")
    pairs = (f"{shape} {count}" for shape, count in zip(shapes, counts, strict=True))
    yield styled(f"     papers a day:  {'  '.join(pairs)}", "dim")


def _square(day: Row | None, canvas: Canvas) -> Text:
    papers = min(day["papers"], len(_STEPS) - 1) if day else 0
    shape = _STEPS[papers][0 if canvas.has_unicode else 1]
    return styled(f"{shape} ", "green" if papers else "dim")


def _month_names(mondays: Sequence[date]) -> str:
    """The names of the months above the weeks in which they begin."""
    labels = ""
    for number, monday in enumerate(mondays):
        is_new = number == 0 or monday.month != mondays[number - 1].month
        if is_new and len(labels) <= 2 * number:
            labels = f"{labels:<{2 * number}}{monday:%b} "
    return labels.rstrip()


def _by_month(read: Mapping[date, Row], today: date) -> Parts:
    """The same in words."""
    months: dict[tuple[int, int], list[Row]] = {}
    for day, one in read.items():
        if today - timedelta(days=31 * _MONTHS_SHOWN) < day <= today:
            months.setdefault((day.year, day.month), []).append(one)
    for (year, month), days in sorted(months.items()):
        papers = counted(sum(one["papers"] for one in days), "paper")
        time = spoken(sum(one["minutes"] for one in days))
        yield styled(f"{date(year, month, 1):%B %Y}: {papers}, {time}")


def _pace(view: View, canvas: Canvas) -> Parts:
    """How fast, and when it may be done; or why that cannot be said."""
    pace = view.also["pace"]
    if pace is None:
        yield styled(
            "Too little was read in the last weeks to tell a pace, "
            "let alone when you will be done.",
            "dim",
        )
        return
    papers, minutes = pace["papers_a_week"], round(pace["minutes_a_week"])
    yield line(
        styled("Pace  ", "bold"),
        f"{papers:.1f} papers, {spoken(minutes)} a week",
        styled(f"  (the last {pace['weeks']} weeks)", "dim"),
    )
    today = date.fromisoformat(view.also["today"])
    for one in view.also["forecasts"]:
        yield line(
            styled("Goal  " if one["of"] == "goal" else "All   ", "bold"),
            f"{one['title']}{canvas.dot}" if one["of"] == "goal" else "",
            _forecast(one, today),
        )


def _forecast(row: Row, today: date) -> str:
    if row["minutes_left"] is None:
        return "progress is not known"
    left = time_left(row)
    if not left:
        return "done"
    if row["likely"] is None:
        return f"{left}; at this pace it cannot be said when"
    likely, earliest = (date.fromisoformat(row[one]) for one in ("likely", "earliest"))
    when = f"{left}; likely around {_roughly(likely, today)}"
    if row["latest"] is None:
        return f"{when}, but your pace is too uneven to be sure"
    latest = date.fromisoformat(row["latest"])
    soonest, last = _roughly(earliest, today), _roughly(latest, today)
    return when if soonest == last else f"{when} ({soonest} to {last})"


def _roughly(day: date, today: date) -> str:
    """A day to come no more exactly than it can be known."""
    return f"{day.day} {day:%B}" if (day - today).days <= _NEAR else f"{day:%B %Y}"
