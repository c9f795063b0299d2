"""Statistics, drawn: bars, a calendar, pace and forecasts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil, floor
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
    from roadmap_cli.rows.ahead_types import (
        DayRow,
        ForecastRow,
        HeldRow,
        PaceRow,
        StatsOutput,
    )
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
_MONTH = 30.4
"""Days of a month, on average."""
_MONTHS_TOLD = 18
"""Months up to which a rough forecast counts months; beyond, years."""
_NEAR = 60
"""Days up to which a forecast names the day; beyond, only the month."""


def stats(view: "StatsView", canvas: Canvas) -> Parts:
    """This month, the pace and where it leads; then how far all is, and what was read when."""
    output = view.output
    everything, today = output["standing"], date.fromisoformat(output["today"])
    yield from _now(output, today, canvas)
    yield Text()
    facts = done_and_left(everything, canvas)
    yield line(segments(everything, canvas, 30), "  ", facts)
    if not canvas.is_plain:
        yield _legend(canvas)
    yield from _places(view, canvas)
    if output["days"]:
        yield Text()
        yield from _calendar(output["days"], today, canvas)


def _now(output: "StatsOutput", today: date, canvas: Canvas) -> Parts:
    """What was read this month, the pace, the topic that the reader is in, and forecasts."""
    is_known = output["standing"]["done"] is not None
    if output["days"]:
        yield from _month(output["days"], today, is_known=is_known)
        yield from _pace(output["pace"])
    else:
        none = "No paper has been read yet: your days and pace come later."
        yield styled(none if is_known else "Your days and pace are unknown.", "dim")
    yield from _held(output["questions"])
    if here := output["current"]:
        name = styled(f"  {here['topic']}", "cyan")
        facts = styled(f"  {_counts(here, canvas)}", "dim")
        yield line(_label("Topic"), here["title"], name, facts)
    if output["pace"]:
        yield from _forecasts(output["forecasts"], today, canvas)


def _held(row: "HeldRow | None") -> Parts:
    """How much is remembered; nothing before anything was answered."""
    if row and row["answered"]:
        answered = f"{row['answered']} of {counted(row['total'], 'question')} answered"
        due = f"; {row['due']} due: roadmap review" if row["due"] else ""
        yield line(_label("Memory"), f"{answered}, about {row['held']} held{due}")


def _label(word: str) -> Text:
    return styled(f"{word:<7}", "bold")


def _month(days: "Sequence[DayRow]", today: date, *, is_known: bool) -> Parts:
    """What was read this month; nothing where that is not known and may be more than nothing."""
    month = today.isoformat()[:7]
    this = [day for day in days if day["day"][:7] == month]
    if this:
        yield line(_label("Month"), f"{_read(this)} in {today:%B}")
    elif is_known:
        yield line(_label("Month"), f"no paper in {today:%B} yet")


def _read(days: "Sequence[DayRow]") -> str:
    """The papers of these days and their time, in words."""
    papers = counted(sum(day["papers"] for day in days), "paper")
    return f"{papers}, {spoken(sum(day['minutes'] for day in days))}"


def _places(view: "StatsView", canvas: Canvas) -> Parts:
    """Areas and topics; where it is folded those that are begun, and how many are not."""
    folded: list[PlaceRow] = []
    for row in view.rows:
        if view.is_folded and _is_not_begun(row):
            folded.append(row)
        else:
            yield from _place(row, canvas)
    if folded:
        areas = sum(row["is_area"] for row in folded)
        counts = [(areas, "area"), (len(folded) - areas, "topic")]
        some = " and ".join(counted(count, noun) for count, noun in counts if count)
        yield Text()
        yield styled(f"{some} not begun, folded: roadmap stats --all", "dim")


def _is_not_begun(row: "PlaceRow") -> bool:
    """Whether none of its papers was marked; not so where that is unknown."""
    return row["todo"] == row["total"]


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
        yield styled(f"{date(year, month, 1):%B %Y}: {_read(days)}")


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
        _label("Pace"),
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
            _label("Goal" if is_goal else "All"),
            f"{row['title']}{canvas.dot}" if is_goal else "",
            _forecast(row, today),
        )


def _forecast(row: "ForecastRow", today: date) -> str:
    if row["minutes_left"] is None:
        return "progress is not known"
    left = time_left(row)
    return f"{left}; {_when(row, today)}" if left else "done"


def _when(row: "ForecastRow", today: date) -> str:
    """When it may be done, no more exactly than that is known."""
    if row["likely"] is None or row["earliest"] is None:
        return "at this pace it cannot be said when"
    if row["is_rough"] and row["latest"] is None:
        return "it is too early to say when"
    if row["is_rough"] and row["latest"]:
        return f"very roughly {_span(row['earliest'], row['latest'], today)}"
    likely, soonest = _roughly(row["likely"], today), _roughly(row["earliest"], today)
    when = f"likely around {likely}"
    if row["latest"] is None:
        return f"{when}, but your pace is too uneven to be sure"
    last = _roughly(row["latest"], today)
    return when if soonest == last else f"{when} ({soonest} to {last})"


def _span(earliest: str, latest: str, today: date) -> str:
    """The time from today to two days, in whole months or years: `1 to 3 years`."""
    first, last = (
        (date.fromisoformat(text) - today).days / _MONTH for text in (earliest, latest)
    )
    unit, length = ("month", 1) if last <= _MONTHS_TOLD else ("year", 12)
    least, most = floor(first / length), ceil(last / length)
    return (
        f"{least} to {counted(most, unit)}" if least else f"up to {counted(most, unit)}"
    )


def _roughly(text: str, today: date) -> str:
    """A day to come no more exactly than it can be known."""
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B}" if (day - today).days <= _NEAR else f"{day:%B %Y}"
