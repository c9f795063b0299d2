"""Draws cost against size: a panel for the terminal, one for the pipe, as one SVG."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import log

WIDTH, HEIGHT = 460, 400
LEFT, RIGHT, TOP, BOTTOM = 52, 158, 56, 48
_LINE_HEIGHT = 14
_TICKS = (0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#b5589b", "#56409c", "#8c6d1f")
_DASHES = ("", "7 2", "2 2")
"""Of the first lines, as many as there are colours; of the next ones; of the last."""
_INK, _FAINT, _BAR = "#222222", "#dddddd", "#c00000"
_STYLE = """
text { font: 11px sans-serif; fill: #222222; paint-order: stroke; stroke: white; stroke-width: 3px }
.title { font: bold 13px sans-serif }
"""

Points = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines by name, each of (papers, ratio); and bars: what they are for, and their height."""

    title: str
    lines: Mapping[str, Points]
    bars: Mapping[str, float] = field(default_factory=dict)


def svg(panels: Sequence[Panel]) -> str:
    """The picture; all panels have the same scales."""
    points = [
        point for panel in panels for line in panel.lines.values() for point in line
    ]
    heights = [ratio for _, ratio in points] + [1.0]
    heights += [bar for panel in panels for bar in panel.bars.values()]
    scale = _Scale(
        sizes=sorted({size for size, _ in points}),
        low=min(heights) / 1.15,
        high=max(heights) * 1.15,
    )
    drawn = "".join(
        f'<g transform="translate({place * WIDTH} 0)">{"".join(_panel(one, scale))}</g>\n'
        for place, one in enumerate(panels)
    )
    box = f"0 0 {WIDTH * len(panels)} {HEIGHT}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img">\n'
        f"<title>What a call costs, by the number of papers</title>\n<style>{_STYLE}</style>\n"
        f'<rect width="100%" height="100%" fill="white"/>\n{drawn}</svg>\n'
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a size and a ratio are in a panel, both on logarithmic scales."""

    sizes: Sequence[int]
    low: float
    high: float

    def x(self, size: int) -> float:
        """How far to the right."""
        first, last = log(self.sizes[0]), log(self.sizes[-1])
        share = (log(size) - first) / (last - first) if last > first else 0.5
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, ratio: float) -> float:
        """How far down."""
        share = log(ratio / self.low) / log(self.high / self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _panel(panel: Panel, scale: _Scale) -> Iterator[str]:
    yield _text(LEFT, 20, panel.title, 'class="title"')
    yield _text(LEFT, 36, "times the floor (a bare Typer program with one table)")
    yield from _axes(scale)
    for bar in panel.bars.values():
        at = scale.y(bar)
        yield _path([(LEFT, at), (WIDTH - RIGHT, at)], _BAR, 'stroke-dasharray="5 4"')
    ends = {}
    for place, (name, line) in enumerate(panel.lines.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        dashes = _DASHES[place // len(_COLOURS) % len(_DASHES)]
        places = [(scale.x(size), scale.y(ratio)) for size, ratio in line]
        yield _path(places, colour, f'stroke-width="2" stroke-dasharray="{dashes}"')
        yield from (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>\n'
            for x, y in places
        )
        ends[f"{name}  {line[-1][1]:.2f}"] = (places[-1], colour)
    yield from _labels(ends)
    for name, bar in panel.bars.items():
        label = f"bar, {name}: {bar:g}"
        yield _text(LEFT + 4, scale.y(bar) - 4, label, f'style="fill: {_BAR}"')


def _axes(scale: _Scale) -> Iterator[str]:
    foot = HEIGHT - BOTTOM
    for tick in _TICKS:
        if scale.low <= tick <= scale.high:
            at = scale.y(tick)
            yield _path(
                [(LEFT, at), (WIDTH - RIGHT, at)], _INK if tick == 1 else _FAINT
            )
            yield _text(LEFT - 6, at + 4, f"{tick:g}", 'text-anchor="end"')
    yield _path([(LEFT, foot), (WIDTH - RIGHT, foot)], _INK)
    for size in scale.sizes:
        yield _path([(scale.x(size), foot), (scale.x(size), foot + 4)], _INK)
        yield _text(scale.x(size), foot + 17, f"{size:,}", 'text-anchor="middle"')
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield _text(middle, foot + 34, "papers in the catalogue", 'text-anchor="middle"')


def _labels(ends: Mapping[str, tuple[tuple[float, float], str]]) -> Iterator[str]:
    """The lines' names at their ends, pushed apart so that none covers another."""
    room = HEIGHT - BOTTOM - _LINE_HEIGHT * len(ends)
    last = float(TOP - _LINE_HEIGHT)
    for name, ((x, y), colour) in sorted(ends.items(), key=lambda one: one[1][0][1]):
        room += _LINE_HEIGHT
        last = max(min(y, room), last + _LINE_HEIGHT)
        yield _path(
            [(x + 5, y), (WIDTH - RIGHT + 12, last)], colour, 'stroke-width="0.5"'
        )
        yield _text(WIDTH - RIGHT + 15, last + 4, name, f'style="fill: {colour}"')


def _path(places: Sequence[tuple[float, float]], colour: str, more: str = "") -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polyline points="{points}" fill="none" stroke="{colour}" {more}/>\n'


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(text)}</text>\n'
