"""What lies ahead, drawn: the next step, where the reader stands, goals, ways and plans."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from roadmap_cli.curriculum.model import Status
from roadmap_cli.language.duration import spoken
from roadmap_cli.language.phrases import counted
from roadmap_cli.render.canvas import (
    Canvas,
    is_settled,
    progress_text,
    untimed,
)
from roadmap_cli.render.parts import (
    Parts,
    as_many_as_fit,
    bar_of,
    columns,
    done_and_left,
    due_line,
    facts_of,
    indented,
    line,
    longest_key,
    next_line,
    side_by_side,
    stacked,
    status_of,
    styled,
    titled,
    whole,
)
from roadmap_cli.render.text import safe_text

if TYPE_CHECKING:
    from roadmap_cli.rows.ahead_types import GoalRow, StepOnTheWayRow, StepRow
    from roadmap_cli.rows.types import SuggestionRow
    from roadmap_cli.rows.view import (
        GoalsView,
        PlanView,
        StandingView,
        SuggestionsView,
        WayView,
    )


def suggestions(view: "SuggestionsView", canvas: Canvas) -> Parts:
    """The next paper with its link and why, then the alternatives."""
    yield from _towards(view.heading, canvas, is_asked=view.is_asked)
    is_why = "why" in view.output
    for number, row in enumerate(view.rows):
        if number == 0:
            yield from _next_step(row, canvas)
            yield from _terms(row, canvas) if is_why else _why(row)
            continue
        if number == 1:
            yield Text()
            yield styled("Or", "bold")
        yield indented(line(styled(row["key"], "cyan"), "  ", titled(row, canvas)))
        if is_why:
            yield from _terms(row, canvas, by=4)
            continue
        yield indented(styled(_in_brief(row, canvas), "dim"), 4)
    if is_why and view.rows:
        yield Text()
        yield styled(_LEGEND, "dim")
    yield from due_line(view.output["due"])


def _in_brief(row: "SuggestionRow", canvas: Canvas) -> str:
    """How long it takes and the weightiest reason, or which part of it to read now and why."""
    minutes = [spoken(row["minutes"])] if row["minutes"] else []
    texts = {reason["term"]: reason["text"] for reason in row["reasons"]}
    part = [texts.pop("part")] if "part" in texts else []
    return canvas.dot.join([*(part or minutes), *list(texts.values())[:1]])


_LEGEND = "The lower rank comes first, by the first term in which two papers differ."


def _next_step(row: "SuggestionRow", canvas: Canvas) -> Parts:
    yield line(styled("Next", "bold green"), "  ", styled(row["title"], "bold"))
    key = line(styled(row["key"], "cyan"), styled(canvas.dot, "dim"))
    yield indented(line(key, facts_of(row, canvas)))
    if row["url"]:
        yield whole(row["url"], "blue", by=2)
    if row["note"]:
        yield indented(styled(row["note"]))


_REASONS = 2
"""How many reasons a person sees, however wide the terminal; programs and `--why` get all."""


def _why(row: "SuggestionRow") -> Parts:
    """The weightiest reasons, on as many lines as they take: none is lost to the width."""
    yield indented(line(styled("Why: ", "bold"), _reasons(row, _REASONS)))


def _reasons(row: "SuggestionRow", most: int) -> str:
    """So many reasons; before them that the reader was away for long, if that was so."""
    reasons = row["reasons"]
    away = [reason["text"] for reason in reasons if reason["term"] == "break"]
    others = [reason["text"] for reason in reasons if reason["term"] != "break"]
    return "; ".join([*away, *others[:most]])


def _terms(row: "SuggestionRow", canvas: Canvas, by: int = 2) -> Parts:
    """Every term with its rank, if it counts here."""
    speaking = {reason["term"] for reason in row["reasons"]}
    for term in row["terms"]:
        style = "" if term["term"] in speaking else "dim"
        rank = str(term["rank"]) if term["is_used"] else "not used"
        if canvas.is_narrow:
            name = f"{term['term']} {rank if term['is_used'] else f'({rank})'}"
            yield indented(styled(f"{name}: {term['text']}", style), by)
            continue
        grid = columns(8, 8, None)
        grid.add_row(
            styled(term["term"], "bold" if style == "" else style),
            styled(f"{rank:>8}", "dim"),
            styled(term["text"], style),
        )
        yield indented(grid, by)


def standing(view: "StandingView", canvas: Canvas) -> Parts:
    """Where the reader stands as a whole, what is begun, the goal and the next step.

    Never more than a screen of 24 lines, whatever the catalogue says: a text of one line's
    length never takes more than three, however its words break.
    """
    counts, goal = view.output["standing"], view.output["goal"]
    yield styled(_fitting(view.output["title"], canvas.width), "bold")
    facts = done_and_left(counts, canvas)
    yield line(bar_of(counts, canvas, 10 if canvas.is_narrow else 30), facts)
    yield from _towards(goal, canvas)
    first = {row["key"] for row in view.rows[:1]}
    begun = [row["key"] for row in view.output["reading"] if row["key"] not in first]
    yield from _begun(begun, canvas)
    yield from due_line(view.output["due"])
    yield Text()
    for row in view.rows[:1]:
        yield from _brief_step(row, canvas)
        yield Text()
    if not view.rows:
        yield styled("Nothing left to read.")
    if view.news:
        yield styled(_in_a_line(view.news, canvas.width), "yellow")
    yield styled(_footer(view.commands), "dim")


def _in_a_line(news: str, width: int) -> str:
    """What is new: all of it, that something is, or only which command tells it."""
    what = news.partition(":")[0]
    texts = (news, f"{what}: {_WHATSNEW}", f"News: {_WHATSNEW}")
    return next((text for text in texts if len(text) <= width), texts[-1])


_WHATSNEW = "roadmap whatsnew"


def _footer(commands: "Mapping[str, Sequence[str]]") -> str:
    """The commands of each group behind its title, and where the others are."""
    groups = (f"{title}: {', '.join(names)}" for title, names in commands.items())
    return "; ".join([*groups, "roadmap --help"])


_LINES = 2
"""About as many lines as a title or a reason may take."""


def _brief_step(row: "SuggestionRow", canvas: Canvas) -> Parts:
    """The next step without what takes room: the key and the link alone stay whole."""
    title = _fitting(row["title"], canvas.width * _LINES)
    yield line(styled("Next", "bold green"), "  ", styled(title, "bold"))
    facts = _fitting(facts_of(row, canvas).plain, canvas.width * 2 - 8)
    if len(row["key"]) + len(facts) + len(canvas.dot) > canvas.width:
        yield whole(row["key"], "cyan", by=2)
        yield indented(styled(facts, "dim"))
    else:
        key = styled(row["key"], "cyan")
        yield indented(line(key, styled(f"{canvas.dot}{facts}", "dim")))
    if row["url"]:
        yield whole(row["url"], "blue", by=2)
    why = _fitting(_reasons(row, 1), canvas.width * _LINES)
    yield indented(line(styled("Why: ", "bold"), why))


def _begun(keys: list[str], canvas: Canvas) -> Parts:
    """As many whole keys as one line holds, and how many more there are."""
    label = "Reading  "
    if keys:
        yield whole(f"{label}{as_many_as_fit(keys, canvas.width - len(label))}")


def _towards(
    goal: "GoalRow | None",
    canvas: Canvas,
    *,
    is_asked: bool = False,
    says_rest: bool = True,
) -> Parts:
    """The goal, or the way that was asked for, in one line; nothing if there is none."""
    if goal is None:
        return
    title = _fitting(goal["title"], max(canvas.width - 40, 20))
    if goal["is_skipped"]:
        way_back = f"; roadmap mark-unread {goal['goal']} takes it back in"
        left = f"skipped{way_back if says_rest else ''}"
    elif goal["is_reached"]:
        left = (
            "nothing left"
            if is_asked
            else "reached; roadmap goal clear, or set another"
        )
    else:
        left = _left(goal, "" if is_asked else " to go") if says_rest else ""
    head = styled("Way to " if is_asked else "Goal  ", "magenta")
    yield line(head, title, styled(f"  {left}" if left else "", "dim"))


def _left(goal: "GoalRow", to_go: str = "") -> str:
    if goal["left"] is None:
        return "progress unknown"
    papers = f"{counted(goal['left'], 'paper')}{to_go}"
    time = spoken(goal["minutes_left"]) if goal["minutes_left"] else ""
    return ", ".join(filter(None, (papers, time, untimed(goal))))


def goals(view: "GoalsView", canvas: Canvas) -> Parts:
    """A goal, how far it is, and the next step there."""
    for row in view.rows:
        yield from _towards(row, canvas, says_rest=not view.note)
        if row["left"] != 0:  # else what is not done on the way is not needed
            facts = progress_text(row)
            yield line(bar_of(row, canvas, 20), styled(facts, "dim"))
    yield from map(next_line, view.output["next"])


def way(view: "WayView", canvas: Canvas) -> Parts:
    """The way to a goal, step by step, with the time that it takes up to each."""
    yield from _towards(view.output["goal"], canvas, is_asked=True)
    sums = _sums(view.rows)
    if not side_by_side(view.rows, canvas):
        for number, (row, so_far) in enumerate(zip(view.rows, sums, strict=True), 1):
            labelled = f"{so_far} so far" if so_far else ""
            more = [f"step {number}", labelled, _beside(row)]
            yield from stacked(row, canvas, more)
        return
    width = longest_key(view.rows)
    numbers = len(str(len(view.rows)))
    has_status = any(row["status"] != "todo" for row in view.rows)
    grid = columns(numbers + (11 if has_status else 0), width, None, 6, 10)
    time, so_far = f"{'time':>6}", f"{'so far':>10}"
    grid.add_row("", "", "", styled(time, "dim"), styled(so_far, "dim"))
    for number, (row, so_far) in enumerate(zip(view.rows, sums, strict=True), 1):
        is_left = not is_settled(row)
        minutes = spoken(row["minutes"]) if row["minutes"] and is_left else ""
        status = status_of(row, canvas) if has_status else ""
        grid.add_row(
            line(styled(f"{number:>{numbers}}  ", "dim"), status),
            styled(row["key"], "cyan"),
            styled(titled(row, canvas), "" if is_left else "dim"),
            styled(f"{minutes:>6}", "dim"),
            styled(f"{f'= {so_far}':>10}" if so_far else "", "dim"),
        )
        if beside := _beside(row):
            grid.add_row("", "", styled(beside, "dim"), "", "")
    yield grid


def _beside(row: "StepOnTheWayRow") -> str:
    """What would also help with a step, with its status unless it is still to do."""
    named = (
        helping["key"]
        + (
            f" ({helping['status']})"
            if helping["status"] not in (None, Status.TODO)
            else ""
        )
        for helping in row["helped_by"]
    )
    text = ", ".join(named)
    return f"also helps: {text}" if text else ""


def _sums(rows: "Sequence[StepOnTheWayRow]") -> list[str]:
    """The running sum of the time up to each row, empty for one that adds nothing to it."""
    before = [0, *(row["so_far"] for row in rows)]
    return [
        spoken(row["so_far"]) if row["so_far"] > so_far else ""
        for row, so_far in zip(rows, before, strict=False)
    ]


def plan(view: "PlanView", canvas: Canvas) -> Parts:
    """A plan, week by week."""
    output = view.output
    yield from _towards(output["goal"], canvas, is_asked=view.is_asked, says_rest=False)
    yield styled(" ".join(filter(None, (_summary(view), output["remark"]))))
    if output["assumed"]:
        some = counted(output["assumed"], "paper")
        yield styled(f"{some} without an estimate counted as 1 h each.", "dim")
    days = (day for row in view.rows for day in (row["week_first"], row["week_last"]))
    has_years = len({day[:4] for day in days}) > 1
    for _, steps in groupby(view.rows, key=lambda row: row["week"]):
        yield Text()
        yield from _week(list(steps), canvas, year=has_years)
    if output["unfit"] and output["until"]:
        yield Text()
        yield from _unfit(view, output["until"])


def _summary(view: "PlanView") -> str:
    end, rate = view.output["end"], _rate(view.rate, view)
    if not end:
        return f"At {rate} no paper fits."
    papers = counted(len({row["key"] for row in view.rows if row["ends"]}), "paper")
    return f"{papers}, {spoken(view.output['minutes'])} at {rate}: done by {_day(end)}."


def _rate(minutes: int, view: "PlanView") -> str:
    return f"{spoken(minutes)} a {view.per}"


def _week(steps: "Sequence[StepRow]", canvas: Canvas, *, year: bool) -> Parts:
    first, last = _days(steps[0]["week_first"], steps[0]["week_last"], year=year)
    minutes = spoken(sum(row["minutes"] for row in steps))
    dash = "–" if canvas.has_unicode else "-"
    yield line(
        styled(f"Week {steps[0]['week']}", "bold"),
        styled(f"  {first} {dash} {last}{canvas.dot}{minutes}", "dim"),
    )
    if not side_by_side(steps, canvas):
        for row in steps:
            yield whole(row["key"], "cyan", by=2)
            minutes = f"{canvas.dot}{spoken(row['minutes'])}"
            yield indented(
                line(f"{titled(row, canvas)}{_part(row)}", styled(minutes, "dim")), 4
            )
        return
    grid = columns(longest_key(steps), None, 9)
    for row in steps:
        grid.add_row(
            styled(row["key"], "cyan"),
            line(titled(row, canvas), styled(_part(row), "dim")),
            styled(f"{spoken(row['minutes']):>9}", "dim"),
        )
    yield indented(grid)


def _part(row: "StepRow") -> str:
    """Which part of a paper falls in a week, if it is not all of it."""
    if row["ends"] and not row["minutes_before"]:
        return ""
    if row["ends"]:
        return "  (finish)"
    return "  (go on)" if row["minutes_before"] else "  (begin)"


def _unfit(view: "PlanView", until: str) -> Parts:
    """The papers that have no room before the last day, and what would make room."""
    keys = [row["key"] for row in view.output["unfit"]]
    some = counted(len(keys), "paper")
    yield styled(f"{some} will not fit before {_day(until)}:", "yellow")
    more = " …" if len(keys) > _UNFIT_SHOWN else ""
    yield indented(styled(", ".join(keys[:_UNFIT_SHOWN]) + more))
    yield styled(view.room, "dim")


_UNFIT_SHOWN = 12


def _days(first: str, last: str, *, year: bool) -> tuple[str, str]:
    """Two days as a person says them: `2 Mar`, `8 Mar`; or the last, or both, with the year."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    since, until = f"{begin.day} {begin:%b}", f"{end.day} {end:%b}"
    if begin.year != end.year:
        since += f" {begin.year}"
    return since, f"{until} {end.year}" if year else until


def _day(text: str) -> str:
    """A day as a person says it: `2 March 2026`."""
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _fitting(text: str, room: int) -> str:
    """The text as far as there is room for it; a single word may be a key, and stays whole."""
    safe = safe_text(text)
    if len(safe) <= room or " " not in safe:
        return safe
    return f"{safe[: max(room - 1, 1)]}…"
