"""Line charts of the replay viewer: what is drawn in one, from a tape, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from game.model.scenario import Calendar, Scenario
from game.model.state import LOSSES
from game.play.tape import Figures, Spot, Tape, record_places, recorded_places
from game.ui import style
from game.ui.scene import EVERYTHING
from game.ui.texts import Texts
from game.ui.widgets import ACCENT, FAINT, LINE, PANEL, SECOND, SIDE_TEXT, Box, Brush

if TYPE_CHECKING:
    from game.ui.style import Colour

KINDS = ("strength", "losses", "supply", "places", "rail")
NOW = style.rgb("#FFE066")
PAST = ACCENT  # what is drawn from the record


@dataclass(frozen=True)
class Curve:
    """A line: its name, colour, and (days since the start, value) in order. A dashed one comes from the record."""

    name: str
    colour: Colour
    points: tuple[tuple[float, float], ...]
    dashed: bool = False
    stepped: bool = False  # keeps its value until the next point


@dataclass(frozen=True)
class Mark:
    """What the record gives for one day: a value or a range of values, with a sentence."""

    day: float
    low: float
    high: float
    colour: Colour
    note: str


@dataclass(frozen=True)
class Chart:
    """Everything that one chart shows. Values are in units of `unit`."""

    kind: str
    title: str
    unit: str
    curves: tuple[Curve, ...]
    marks: tuple[Mark, ...] = ()
    most: float = 0.0  # the scale's end, 0 = as high as the values go
    whole: bool = True  # values are whole numbers


def span(calendar: Calendar) -> float:
    """Return the length of a scenario [days]."""
    return float((calendar.end - calendar.start).days + 1)


def day_of(calendar: Calendar, when: date) -> float:
    """Return the middle of a date [days since the start], kept within the scenario."""
    return min(max((when - calendar.start).days + 0.5, 0.0), span(calendar))


def day_at(tape: Tape, spot: Spot) -> float:
    """Return how far the calendar has come at a moment [days since the start]; the sides share a turn's days."""
    calendar, phases = tape.scenario.calendar, tape.replay.phases
    if not phases:
        return 0.0
    phase = phases[spot.phase]
    half = 0.0 if phase.side == calendar.first else 0.5
    share = half + 0.5 * spot.order / max(1, tape.orders(spot.phase))
    return min((phase.turn - 1 + share) * calendar.days_per_turn, span(calendar))


def kinds_of(tape: Tape) -> list[str]:
    """Return the charts that a game has something to show in."""
    has = {"places": bool(record_places(tape.scenario)), "rail": tape.opening.rail >= 0}
    return [k for k in KINDS if has.get(k, True)]


def chart_of(tape: Tape, kind: str, viewer: int, texts: Texts) -> Chart:
    """Return a chart as far as the tape has been wound, with what a viewer may know (EVERYTHING, or a side's own figures)."""
    sides = (0, 1) if viewer == EVERYTHING else (viewer,)
    names = [texts.name(s.name) for s in tape.scenario.sides]

    def line(side: int, value: Callable[[Figures], float]) -> Curve:
        return Curve(names[side], SIDE_TEXT[side], _points(tape, value))

    title = texts(f"replay.chart.{kind}")
    if kind == "strength":
        curves = tuple(line(s, lambda f, s=s: f.men[s] / 1000) for s in sides)  # type: ignore[misc]
        return Chart(kind, title, texts("replay.thousand"), curves, _documented_men(tape.scenario, sides, texts), whole=False)
    if kind == "losses":
        curves = tuple(line(s, lambda f, s=s: sum(f.losses[s]) / 1000) for s in sides)  # type: ignore[misc]
        return Chart(kind, title, texts("replay.thousand"), curves, _documented_losses(tape, sides, texts), whole=False)
    if kind == "supply":
        curves = tuple(line(s, lambda f, s=s: f.supply[s] / 10) for s in sides)  # type: ignore[misc]
        return Chart(kind, title, texts("replay.percent"), curves, most=100.0)
    if kind == "places":
        played = Curve(texts("replay.game"), SIDE_TEXT[0], _points(tape, lambda f: f.places[0]))
        return Chart(kind, title, texts("replay.places_unit"), (played, _history_places(tape.scenario, texts)))
    owner = next(o.side for o in tape.scenario.objectives if o.kind == "link" and o.chain)
    played = Curve(texts("replay.game"), SIDE_TEXT[owner], _points(tape, lambda f: f.rail / 10))
    return Chart(kind, title, texts("replay.percent"), (played,), most=100.0)


def _points(tape: Tape, value: Callable[[Figures], float]) -> tuple[tuple[float, float], ...]:
    ends = [(day_at(tape, tape.end_of(n)), value(c.figures)) for n, c in enumerate(tuple(tape.chapters))]
    return ((0.0, value(tape.opening)), *ends)


def _documented_men(scenario: Scenario, sides: Sequence[int], texts: Texts) -> tuple[Mark, ...]:
    found = []
    for side in sides:
        info = scenario.sides[side]
        if info.documented_men:
            men = info.documented_men
            note = texts("replay.documented_men", side=texts.name(info.name), men=f"{men:,}")
            found.append(Mark(0.0, men / 1000, men / 1000, SIDE_TEXT[side], note))
    return tuple(found)


def _documented_losses(tape: Tape, sides: Sequence[int], texts: Texts) -> tuple[Mark, ...]:
    """Return the record's ranges of losses in the whole operation, with the same kinds of loss in this game beside them."""
    scenario, last = tape.scenario, (tape.chapters[-1].figures if tape.chapters else tape.opening)
    found = []
    for row in scenario.recorded_losses:
        if row.side not in sides or not row.scored:
            continue
        kinds = row.kinds or LOSSES
        here = sum(last.losses[row.side][LOSSES.index(k)] for k in kinds)
        note = texts(
            "replay.documented_losses", side=texts.name(scenario.sides[row.side].name), low=f"{row.low:,}", high=f"{row.high:,}",
            kinds=texts("replay.and").join(texts(f"replay.loss.{k}") for k in kinds), men=f"{here:,}",
        )  # fmt: skip
        found.append(Mark(span(scenario.calendar), row.low / 1000, row.high / 1000, SIDE_TEXT[row.side], note))
    return tuple(found)


def _history_places(scenario: Scenario, texts: Texts) -> Curve:
    calendar = scenario.calendar
    points = [(day_of(calendar, when) - 0.5, float(held)) for when, held in recorded_places(scenario) if when <= calendar.end]
    return Curve(texts("replay.history"), PAST, (*points, (span(calendar), points[-1][1])), True, True)


# -- drawing -----------------------------------------------------------------------------------------------------------
def value_at(curve: Curve, day: float) -> float | None:
    """Return a curve's value on a day, None before its first and after its last point."""
    if not curve.points or not curve.points[0][0] <= day <= curve.points[-1][0]:
        return None
    for (d0, v0), (d1, v1) in pairwise(curve.points):
        if d0 <= day <= d1:
            if curve.stepped and day < d1:
                return v0
            return v1 if d1 == d0 else v0 + (v1 - v0) * (day - d0) / (d1 - d0)
    return curve.points[-1][1]


def nice_most(value: float) -> tuple[float, float]:
    """Return the end of a scale and its step for values up to `value`: four or five round steps."""
    rough = max(value, 1e-9) / 4
    power = 10.0 ** _digits(rough)
    step = next(power * f for f in (1, 2, 2.5, 5, 10) if power * f >= rough * 0.999)
    parts = int(value / step - 1e-9) + 1
    return max(1, parts) * step, step


def _digits(value: float) -> int:
    count = 0
    while value >= 10:
        value, count = value / 10, count + 1
    while value < 1:
        value, count = value * 10, count - 1
    return count


class Plot:
    """A chart laid into a box of the window: where a day and a value lie."""

    def __init__(self, chart: Chart, calendar: Calendar, box: Box, brush: Brush) -> None:
        self.chart, self.calendar, self.brush = chart, calendar, brush
        x, y, w, h = box
        self.left, self.right = x + brush.px(40), x + w - brush.px(74)
        self.top, self.bottom = y + brush.px(24), y + h - brush.px(18)
        highest = max([v for c in chart.curves for _, v in c.points] + [m.high for m in chart.marks] + [0.0])
        self.most, self.step = (chart.most, chart.most / 4) if chart.most else nice_most(highest)
        if self.bottom - self.top < brush.px(64):
            self.step *= 2
        self.box = box

    def x(self, day: float) -> float:
        """Return where a day lies [px]."""
        return self.left + (self.right - self.left) * day / span(self.calendar)

    def y(self, value: float) -> float:
        """Return where a value lies [px]."""
        return self.bottom - (self.bottom - self.top) * min(value, self.most) / self.most

    def day(self, x: float) -> float:
        """Return the day at a place of the window [days since the start]."""
        return min(max((x - self.left) / max(1, self.right - self.left), 0.0), 1.0) * span(self.calendar)


def draw_chart(brush: Brush, texts: Texts, chart: Chart, calendar: Calendar, box: Box, now: float) -> None:
    """Draw a chart. now: days since the start; what comes later is drawn faintly."""
    plot = Plot(chart, calendar, box, brush)
    wide = brush.text(chart.title, box[0], box[1], 13, ACCENT, True)
    brush.text(chart.unit, box[0] + wide + brush.px(8), box[1] + brush.px(1), 12, SECOND, room=box[2] - wide - brush.px(10))
    _frame(plot, texts)
    ends: list[float] = []
    for curve in chart.curves:
        _line(plot, curve, now)
    brush.target.fill(NOW, (round(plot.x(now)), plot.top, 1, plot.bottom - plot.top))
    for mark in chart.marks:
        _mark(plot, mark)
    for curve in sorted(chart.curves, key=lambda c: -(_end(c, now) or 0)):
        _name(plot, curve, now, ends)


def _frame(plot: Plot, texts: Texts) -> None:
    import pygame

    brush, value = plot.brush, 0.0
    while value <= plot.most + 1e-9:
        y = plot.y(value)
        pygame.draw.line(brush.target, LINE, (plot.left, y), (plot.right, y))
        shown = f"{value:,.0f}" if plot.step >= 1 else f"{value:g}"
        brush.text(shown, plot.left - 6, y - brush.px(8), 11, SECOND, place=1)
        value += plot.step
    last = -1e9
    for day, label in months(plot.calendar, texts):
        x = plot.x(day)
        if x - last > brush.measure(label, 11) + 12 and x < plot.right - 8:
            brush.text(label, x, plot.bottom + 1, 11, SECOND)
            last = x


def months(calendar: Calendar, texts: Texts) -> list[tuple[float, str]]:
    """Return where each month of a scenario begins [days since the start], with its short name."""
    found = [(0.0, texts(f"month.{calendar.start.month}"))]
    year, month = calendar.start.year, calendar.start.month + 1
    while (first := date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)) <= calendar.end:
        found.append((float((first - calendar.start).days), texts(f"month.{first.month}")))
        month += 1
    return found


def _line(plot: Plot, curve: Curve, now: float) -> None:
    points = [(plot.x(d), plot.y(v)) for d, v in _steps(curve)]
    if curve.dashed:
        _dashes(plot, points, curve.colour)
        return
    here = plot.x(now)
    faint = mixed(curve.colour, 0.36)
    for a, b in pairwise(points):
        _stroke(plot, a, b, curve.colour if b[0] <= here + 0.5 else faint, 2 if b[0] <= here + 0.5 else 1)


def _steps(curve: Curve) -> list[tuple[float, float]]:
    if not curve.stepped:
        return list(curve.points)
    out = [curve.points[0]]
    for before, after in pairwise(curve.points):
        out += [(after[0], before[1]), after]
    return out


def mixed(colour: Colour, share: float) -> Colour:
    """Return a colour mixed into the panel's."""
    r, g, b = (round(p + (c - p) * share) for p, c in zip(PANEL, colour, strict=True))
    return r, g, b


def _stroke(plot: Plot, a: tuple[float, float], b: tuple[float, float], colour: Colour, width: int) -> None:
    import pygame

    for shift in range(width):
        pygame.draw.aaline(plot.brush.target, colour, (a[0], a[1] + shift), (b[0], b[1] + shift))


def _dashes(plot: Plot, points: Sequence[tuple[float, float]], colour: Colour) -> None:
    """Draw a broken line; the pattern runs on over its corners."""
    run = 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        at = 0.0
        while at < length:
            on = run % 8 < 5
            step = min((5 - run % 8) if on else (8 - run % 8), length - at)
            if on and length:
                a, b = at / length, (at + step) / length
                _stroke(plot, (x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b), colour, 1)
            at, run = at + step, run + step


def _mark(plot: Plot, mark: Mark) -> None:
    import pygame

    x, high, low = plot.x(mark.day), plot.y(mark.high), plot.y(mark.low)
    target = plot.brush.target
    if low - high > 3:
        pygame.draw.line(target, mark.colour, (x, high), (x, low), 2)
        for y in (high, low):
            pygame.draw.line(target, mark.colour, (x - 4, y), (x + 4, y), 2)
    middle = (low + high) / 2
    diamond = [(x - 4, middle), (x, middle - 4), (x + 4, middle), (x, middle + 4)]
    pygame.draw.polygon(target, PANEL, diamond)
    pygame.draw.polygon(target, PAST, diamond, 2)


def _end(curve: Curve, now: float) -> float | None:
    return curve.points[-1][1] if curve.dashed else value_at(curve, min(now, curve.points[-1][0]))


def _name(plot: Plot, curve: Curve, now: float, ends: list[float]) -> None:
    """Write a curve's name and present value at the right edge, below the names already there."""
    value, brush = _end(curve, now), plot.brush
    if value is None:
        return
    step = brush.px(15)
    y = plot.y(value) - brush.px(8)
    if ends and y < ends[-1] + step:
        y = ends[-1] + step
    y = min(y, plot.bottom - brush.px(4))
    ends.append(y)
    brush.text(curve.name, plot.right + 9, y, 12, curve.colour, not curve.dashed, room=brush.px(66))


def told_by(brush: Brush, texts: Texts, chart: Chart, calendar: Calendar, box: Box) -> list[str]:
    """Draw a line at the cursor over a chart and return what it tells, line by line, empty when it is elsewhere."""
    plot, x = Plot(chart, calendar, box, brush), brush.mouse[0]
    if not brush.over((plot.left, box[1], plot.right - plot.left + 8, box[3])):
        return []
    near = [m.note for m in chart.marks if abs(plot.x(m.day) - x) < 9]
    if near:
        return near
    day = plot.day(x)
    when = calendar.start + timedelta(days=min(int(day), int(span(calendar)) - 1))
    brush.target.fill(FAINT, (x, plot.top, 1, plot.bottom - plot.top))
    lines = [texts.day(when)]
    for curve in chart.curves:
        value = value_at(curve, day)
        if value is not None:
            shown = f"{value:,.0f}" if chart.whole else f"{value:,.1f}"
            lines.append(f"{curve.name}: {shown} {chart.unit}")
    return lines
