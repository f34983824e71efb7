"""The charts of the after-action report as inline SVG: curves by turn, losses stacked by kind, dates against the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from game.lab import svg
from game.lab.page import EARLY, INK, INK2, LATE, RULE, SIDE_COLOUR, SIDE_DARK, day, number, text
from game.model.scenario import Calendar

WIDTH, HEIGHT = 540, 250
LEFT, RIGHT, TOP, BOTTOM = 52, 66, 14, 34


@dataclass(frozen=True)
class Series:
    """A line of a chart: its name, colour, and a value for each turn from 0."""

    name: str
    colour: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Meeting:
    """A capture of the record and of the game. Days as dates; game None = it did not happen in the game."""

    place: str
    chinese: str
    side: int
    real: date
    game: date | None


class Axes:
    """Scales of a chart: turns from left to right, values upwards from zero."""

    def __init__(self, calendar: Calendar, turns: int, most: int, unit: str) -> None:
        self.calendar, self.turns, self.unit = calendar, max(1, turns), unit
        self.step = nice_step(max(1, most), 4)
        self.most = -(-max(1, most) // self.step) * self.step

    def x(self, turn: float) -> float:
        """Return the place of a turn [px]."""
        return LEFT + (WIDTH - LEFT - RIGHT) * turn / self.turns

    def y(self, value: float) -> float:
        """Return the place of a value [px]."""
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.most

    def frame(self) -> str:
        """Return rules, numbers and dates."""
        out = []
        for value in range(0, self.most + 1, self.step):
            y = self.y(value)
            out.append(svg.line(f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}", RULE if value else INK2, 0.7 if value else 1))
            shown = f"{value // 10} %" if self.unit == "permille" else number(value)
            out.append(svg.words(LEFT - 7, y + 4, shown, 11.5, "end", INK2))
        for turn in _ticks(self.turns):
            when = self.calendar.date_of(turn + 1) if turn < self.turns else self.calendar.end
            x = self.x(turn)
            out.append(svg.line(f"M{x:.1f} {HEIGHT - BOTTOM}v4", INK2, 1))
            out.append(svg.words(x, HEIGHT - BOTTOM + 18, day(when), 11.5, "middle", INK2))
        return "".join(out)


def nice_step(most: int, parts: int) -> int:
    """Return a round step (1, 2, 2.5 or 5 times a power of ten) that divides 0..most in about `parts`."""
    rough = max(1, most / parts)
    power = 1
    while power * 10 <= rough:
        power *= 10
    for factor in (1, 2, 2.5, 5, 10):
        if power * factor >= rough:
            return int(power * factor)
    return power * 10


def _ticks(turns: int) -> list[int]:
    step = max(1, -(-turns // 4))
    return [t for t in range(0, turns + 1, step) if turns - t >= step / 2 or t == turns] + ([turns] if turns % step else [])


def curves(calendar: Calendar, series: Sequence[Series], title: str, unit: str = "", most: int = 0) -> str:
    """Return a line chart with the lines named at their ends."""
    turns = len(series[0].values) - 1
    axes = Axes(calendar, turns, max(most, *(max(s.values) for s in series)), unit)
    out = [axes.frame()]
    ends: list[float] = []
    for s in sorted(series, key=lambda s: -s.values[-1]):
        path = "M" + "L".join(f"{axes.x(t):.1f} {axes.y(v):.1f}" for t, v in enumerate(s.values))
        out.append(svg.line(path, s.colour, 2.6))
        y = axes.y(s.values[-1])
        if ends and y - ends[-1] < 14:
            y = ends[-1] + 14
        ends.append(y)
        out.append(svg.words(WIDTH - RIGHT + 6, y + 4, text(s.name), 12, fill=s.colour, bold=True))
    return svg.drawing(WIDTH, HEIGHT, title, "".join(out))


def stacked(calendar: Calendar, layers: Sequence[Series], title: str, most: int) -> str:
    """Return areas stacked on each other, the first at the bottom; layers thick enough are named at the right."""
    turns = len(layers[0].values) - 1
    axes = Axes(calendar, turns, most, "")
    below = [0] * (turns + 1)
    out = []
    names = []
    for s in layers:
        above = [b + v for b, v in zip(below, s.values, strict=True)]
        up = " ".join(f"{axes.x(t):.1f},{axes.y(v):.1f}" for t, v in enumerate(above))
        down = " ".join(f"{axes.x(t):.1f},{axes.y(v):.1f}" for t, v in reversed(list(enumerate(below))))
        out.append(f'<polygon points="{up} {down}" fill="{s.colour}" stroke="#FAF5E8" stroke-width=".6"/>')
        if axes.y(below[-1]) - axes.y(above[-1]) > 12:
            y = (axes.y(below[-1]) + axes.y(above[-1])) / 2 + 4
            names.append(svg.words(WIDTH - RIGHT + 6, y, text(s.name), 11.5, fill=s.colour, bold=True))
        below = above
    return svg.drawing(WIDTH, HEIGHT, title, axes.frame() + "".join(out) + "".join(names))


def against_record(meetings: Sequence[Meeting], first: date, last: date) -> str:
    """Return a chart of dates: for each place the real day (open diamond) and the day of the game, joined by a bar."""
    wide, row, top, left, right = 1072, 25, 30, 210, 120
    tall = top + row * len(meetings) + 12
    first = min([first, *(m.real for m in meetings)])
    last = max([last, *(m.real for m in meetings)])
    span = max(1, (last - first).days)

    def x(when: date) -> float:
        return left + (wide - left - right) * (when - first).days / span

    out = []
    week = first
    while week <= last:
        out.append(svg.line(f"M{x(week):.1f} {top - 6}V{tall - 6}", RULE, 0.7))
        out.append(svg.words(x(week), top - 12, day(week), 12, "middle", INK2))
        week += timedelta(days=7)
    for n, m in enumerate(meetings):
        out.append(_meeting(m, x, top + row * n + row / 2 + 2, left, wide - right))
    return svg.drawing(wide, tall, "Dates of captures in the record and in the game", "".join(out))


def _meeting(m: Meeting, x: Callable[[date], float], y: float, left: int, right: int) -> str:
    name = f'{text(m.place)} <tspan class="zh" fill="{INK2}">{text(m.chinese)}</tspan>'
    out = [svg.words(left - 16, y + 4, name, 13, "end")]
    a = x(m.real)
    if m.game is None:
        out.append(_diamond(a, y))
        out.append(svg.words(right + 12, y + 4, "did not happen", 12.5, fill=INK2))
        return "".join(out)
    late = (m.game - m.real).days
    colour = LATE if late > 0 else EARLY if late < 0 else INK2
    b = x(m.game)
    if late:
        out.append(svg.line(f"M{a:.1f} {y:.1f}H{b:.1f}", colour, 3))
    out.append(_diamond(a, y))
    out.append(side_sign(m.side, b, y, 5))
    words = "same day" if not late else f"{abs(late)} day{'s' if abs(late) > 1 else ''} {'late' if late > 0 else 'early'}"
    out.append(svg.words(right + 12, y + 4, words, 12.5, fill=colour, bold=True))
    return "".join(out)


def _diamond(x: float, y: float) -> str:
    return f'<path d="M{x - 6:.1f} {y:.1f}l6-6l6 6l-6 6z" fill="#FAF5E8" stroke="{INK2}" stroke-width="1.6"/>'


def side_sign(side: int, x: float, y: float, radius: float) -> str:
    """Return a side's sign: a square for Japan, a disc for China."""
    if side == 0:
        return svg.box(x - radius, y - radius, 2 * radius, 2 * radius, SIDE_COLOUR[0], more=f' stroke="{SIDE_DARK[0]}"')
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius + 0.5}" fill="{SIDE_COLOUR[1]}" stroke="{SIDE_DARK[1]}"/>'


def scale(value: int, levels: Sequence[tuple[int, str, int]], historical: int) -> str:
    """Return the scale of victory levels with the result and the historical score. levels: (least, name, winner), highest first."""
    wide, tall, y = 660, 112, 50
    bounds = [v for v, _, _ in levels[:-1]]
    low, high = min([value, historical, *bounds]) - 15, max([value, historical, *bounds]) + 15

    def x(v: float) -> float:
        return 10 + (wide - 20) * (v - low) / (high - low)

    out = []
    edges = [high, *bounds, low]
    for (_, name, winner), above, below in zip(levels, edges[:-1], edges[1:], strict=True):
        colour = SIDE_COLOUR[winner] if winner in (0, 1) else "#B8AD94"
        shade = 0.35 + 0.65 * abs((above + below) / 2 - (edges[-2] + 5)) / max(1, high - low) if winner in (0, 1) else 0.8
        more = f' fill-opacity="{min(1, shade):.2f}" stroke="#FAF5E8"'
        out.append(svg.box(x(below), y, x(above) - x(below), 16, colour, name, more))
        if above != high:
            out.append(svg.words(x(above), y + 31, number(above), 11.5, "middle", INK2))
    for v, words, up in ((value, f"this game {number(value)}", True), (historical, f"history {number(historical)}", False)):
        anchor = "start" if x(v) < 60 else "end" if x(v) > wide - 60 else "middle"
        base, stem = (y - 18, f"M{x(v):.1f} {y - 12}V{y + 18}") if up else (y + 54, f"M{x(v):.1f} {y - 2}V{y + 40}")
        out.append(svg.line(stem, INK, 2.6 if up else 1.4, dash="" if up else "3 2"))
        out.append(svg.words(x(v), base, words, 15 if up else 12.5, anchor, bold=up))
    return svg.drawing(wide, tall, "Net points and the levels of victory", "".join(out))
