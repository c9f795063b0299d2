"""Statistics, drawn: bars, a calendar, pace and forecasts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from rich.text import Text

from roadmap_cli.language.duration import spoken
from roadmap_cli.language.phrases import counted
from roadmap_cli.render.canvas import (
    STYLES,
    Canvas,
    fraction,
    time_left,
    time_left_in_brief,
)
from roadmap_cli.render.parts import (
    Parts,
    columns,
    done_and_left,
    indented,
    line,
    styled,
    whole,
)

if TYPE_CHECKING:
    from roadmap_cli.rows.ahead_types import DayRow, ForecastRow, PaceRow
    from roadmap_cli.rows.types import PlaceRow, TallyRow
    from roadmap_cli.rows.view import StatsView

_Counted = Literal["read", "known", "reading", "skipped", "todo"]
_SHAPES: Mapping[_Counted, tuple[str, str]] = {
    "read": ("█", "#"),
    "known": ("▓", "="),
    "reading": ("▸", ">"),
    "skipped": ("–", "-"),
    "todo": ("·", "."),
}
"""What the parts of a bar are drawn with, in their order, and the same in ASCII."""
_STYLES = {status.value: style for status, style in STYLES.items() if status}
_STEPS = (("·", "."), ("░", "1"), ("▒", "2"), ("▓", "3"), ("█", "4"))
"""A day without a paper, with one, two, three, and more."""
_MONTHS_SHOWN = 6
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NEAR = 60
"""Days up to which a forecast names the day; beyond, only the month."""


def stats(view: "StatsView", canvas: Canvas) -> Parts:
    """How far the reader is, what was read when, at which pace, and where it leads."""
    output = view.output
    everything, today = output["standing"], date.fromisoformat(output["today"])
    facts = done_and_left(everything, canvas)
    yield line(segments(everything, canvas, 30), "  ", facts)
    if not canvas.is_plain:
        yield _legend(canvas)
    for row in view.rows:
        yield from _place(row, canvas)
    yield Text()
    if not output["days"]:
        is_known = everything["done"] is not None
        none = "No paper has been read yet: your days and pace come later."
        yield styled(none if is_known else "Your days and pace are unknown.", "dim")
        return
    yield from _calendar(output["days"], today, canvas)
    yield Text()
    yield from _pace(output["pace"])
    if output["pace"]:
        yield from _forecasts(output["forecasts"], today, canvas)


def segments(counts: "TallyRow", canvas: Canvas, width: int) -> Text:
    """A bar whose parts are the statuses, each of a shape of its own."""
    if canvas.is_plain or counts["done"] is None or not counts["total"]:
        return Text()
    width = min(width, max(canvas.width - 26, 8))
    bar = Text()
    lengths = _shares([counts[status] or 0 for status in _SHAPES], width)
    for (status, shapes), length in zip(_SHAPES.items(), lengths, strict=True):
        bar.append(_drawn_with(shapes, canvas) * length, _STYLES[status])
    return bar


def _drawn_with(shapes: tuple[str, str], canvas: Canvas) -> str:
    return shapes[0 if canvas.has_unicode else 1]


def _shares(numbers: Sequence[int], width: int) -> list[int]:
    """The lengths of the parts: together the width, none that is there left out."""
    total = sum(numbers)
    lengths = [max(round(part * width / total), int(part > 0)) for part in numbers]
    while (over := sum(lengths) - width) != 0:
        longest = max(range(len(lengths)), key=lambda at: (lengths[at], -at))
        lengths[longest] -= 1 if over > 0 else -1
    return lengths


def _legend(canvas: Canvas) -> Text:
    parts = (
        f"{_drawn_with(shapes, canvas)} {status}" for status, shapes in _SHAPES.items()
    )
    return styled("  ".join(parts), "dim")


_BESIDE_A_NAME = 30
"""Columns for a place's bar and the beginning of its counts."""


def _place(row: "PlaceRow", canvas: Canvas) -> Parts:
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
    grid = columns(32, 0 if canvas.is_plain else 20)
    grid.add_column()
    grid.add_row(name, segments(row, canvas, 20), styled(counts, "dim"))
    yield grid


def _counts(row: "PlaceRow", canvas: Canvas) -> str:
    """How much is done and left; where there are no shapes, the counts that are not zero."""
    if row["done"] is None:
        return "progress unknown"
    if canvas.is_plain:
        return ", ".join(f"{row[status]} {status}" for status in _SHAPES if row[status])
    return canvas.dot.join(filter(None, (fraction(row), time_left_in_brief(row))))


def _calendar(days: "Sequence[DayRow]", today: date, canvas: Canvas) -> Parts:
    """The papers read on each day of the last months."""
    read = {date.fromisoformat(day["day"]): day for day in days}
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
        for first in mondays:
            day = first + timedelta(days=weekday)
            row.append_text(_square(read.get(day), canvas) if day <= today else Text())
        yield row
    shapes = [_drawn_with(step, canvas) for step in _STEPS]
    counts = ("none", "1", "2", "3", "more")
    pairs = (f"{shape} {count}" for shape, count in zip(shapes, counts, strict=True))
    yield styled(f"     papers a day:  {'  '.join(pairs)}", "dim")


def _square(day: "DayRow | None", canvas: Canvas) -> Text:
    papers = min(day["papers"], len(_STEPS) - 1) if day else 0
    shape = _drawn_with(_STEPS[papers], canvas)
    return styled(f"{shape} ", "green" if papers else "dim")


def _month_names(mondays: Sequence[date]) -> str:
    """The names of the months above the weeks in which they begin."""
    labels = ""
    for number, monday in enumerate(mondays):
        is_new = number == 0 or monday.month != mondays[number - 1].month
        if is_new and len(labels) <= 2 * number:
            labels = f"{labels:<{2 * number}}{monday:%b} "
    return labels.rstrip()


def _by_month(read: "Mapping[date, DayRow]", today: date) -> Parts:
    """The same in words."""
    months: dict[tuple[int, int], list[DayRow]] = {}
    for day, row in read.items():
        if today - timedelta(days=31 * _MONTHS_SHOWN) < day <= today:
            months.setdefault((day.year, day.month), []).append(row)
    for (year, month), days in sorted(months.items()):
        papers = counted(sum(row["papers"] for row in days), "paper")
        time = spoken(sum(row["minutes"] for row in days))
        yield styled(f"{date(year, month, 1):%B %Y}: {papers}, {time}")


def _pace(pace: "PaceRow | None") -> Parts:
    """How fast the reader was; or that it cannot be said, and so no forecast either."""
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


def _forecasts(
    forecasts: "Sequence[ForecastRow]", today: date, canvas: Canvas
) -> Parts:
    """When the goal, and everything, may be done."""
    for row in forecasts:
        is_goal = row["of"] == "goal"
        yield line(
            styled("Goal  " if is_goal else "All   ", "bold"),
            f"{row['title']}{canvas.dot}" if is_goal else "",
            _forecast(row, today),
        )


def _forecast(row: "ForecastRow", today: date) -> str:
    if row["minutes_left"] is None:
        return "progress is not known"
    left = time_left(row)
    if not left:
        return "done"
    if row["likely"] is None or row["earliest"] is None:
        return f"{left}; at this pace it cannot be said when"
    likely, soonest = _roughly(row["likely"], today), _roughly(row["earliest"], today)
    when = f"{left}; likely around {likely}"
    if row["latest"] is None:
        return f"{when}, but your pace is too uneven to be sure"
    last = _roughly(row["latest"], today)
    return when if soonest == last else f"{when} ({soonest} to {last})"


def _roughly(text: str, today: date) -> str:
    """A day to come no more exactly than it can be known."""
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B}" if (day - today).days <= _NEAR else f"{day:%B %Y}"
