"""Charts of many games as inline SVG: shares of outcomes, histograms, date bars, fans of losses, luck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np

from game.lab import svg
from game.lab.history import EventFit
from game.lab.page import EARLY, INK, INK2, LATE, RULE, SIDE_COLOUR, SIDE_DARK, day, number, text
from game.lab.report_charts import Axes, nice_step, side_sign
from game.model.scenario import Calendar, Scenario

WIDE = 660
NOBODY = "#B8AD94"
XOfDate = Callable[[date], float]
BAND = "#E4D7B6"


def shares(parts: Sequence[tuple[str, int, int]]) -> str:
    """Return bars of (name, winner, games), from the highest level of victory down."""
    total, tall = max(1, sum(n for _, _, n in parts)), 30 * len(parts) + 10
    most = max(1, *(n for _, _, n in parts))
    out = []
    for k, (name, winner, games) in enumerate(parts):
        y = 8 + 30 * k
        out.append(svg.words(238, y + 15, text(name), 13, "end"))
        colour = SIDE_COLOUR[winner] if winner in (0, 1) else NOBODY
        out.append(svg.box(250, y + 2, max(1.0, 300 * games / most), 17, colour, f"{games} games"))
        out.append(svg.words(258 + 300 * games / most, y + 15, f"{games} ({games / total:.0%})", 12.5, fill=INK2))
    return svg.drawing(WIDE, tall, "Games by level of victory", "".join(out))


def histogram(values: Sequence[int], title: str, landmark: int, word: str) -> str:
    """Return a histogram with a dashed line at a landmark."""
    tall, left, right, base = 210, 44, 20, 170
    low, high = min([*values, landmark]), max([*values, landmark])
    step = nice_step(max(1, high - low), 14)
    first = low // step * step
    bins = (high - first) // step + 1
    counts = [0] * bins
    for v in values:
        counts[(v - first) // step] += 1
    k, most = (WIDE - left - right) / bins, max(counts)
    out = [svg.line(f"M{left} {base}H{WIDE - right}", INK2, 1)]
    every = max(1, -(-bins // 12))
    for n, count in enumerate(counts):
        high_px = 140 * count / most
        if count:
            out.append(
                svg.box(
                    left + n * k + 1,
                    base - high_px,
                    k - 2,
                    high_px,
                    "#A98B4E",
                    f"{first + n * step} to {first + (n + 1) * step - 1}: {count}",
                )
            )
        if n % every == 0:
            out.append(svg.words(left + n * k, base + 17, number(first + n * step), 11.5, "middle", INK2))
    out.append(svg.words(left - 6, base - 136, str(most), 11.5, "end", INK2))
    x = left + (landmark - first) / step * k
    out += [
        svg.line(f"M{x:.1f} 16V{base}", INK, 1.6, dash="4 3"),
        svg.words(x + 5, 20, f"{word} {number(landmark)}", 12, bold=True),
    ]
    out.append(svg.words(WIDE / 2, tall - 6, text(title), 12, "middle", INK2))
    return svg.drawing(WIDE, tall, title, "".join(out))


def date_bars(scenario: Scenario, events: Sequence[EventFit]) -> str:
    """Return for each event of the record its day, its tolerance, and the days of the games."""
    wide, step, top, left, right = 1072, 23, 30, 226, 150
    calendar = scenario.calendar
    first, last = calendar.start, calendar.end
    span = max(1, (last - first).days)

    def x(when: date) -> float:
        days = min(max((when - first).days, 0), span)
        return left + (wide - left - right) * days / span

    tall = top + step * len(events) + 10
    every = max(7, 7 * round(span / 7 / 12))
    out, when = [], first
    while when <= last:
        out.append(svg.line(f"M{x(when):.1f} {top - 6}V{tall - 6}", RULE, 0.7))
        out.append(svg.words(x(when), top - 12, day(when), 12, "middle", INK2))
        when += timedelta(days=every)
    for n, e in enumerate(events):
        out.append(_event(scenario, e, x, top + step * n + step / 2))
    return svg.drawing(wide, tall, "Dates in the record and in the games", "".join(out))


def _event(scenario: Scenario, e: EventFit, x: XOfDate, y: float) -> str:
    place, r = scenario.map.place_by_id[e.recorded.place], e.recorded
    ink = INK if e.counts else "#8E8473"
    star = " *" if r.holdout else ""
    name = f'{text(place.name_en)} <tspan class="zh">{text(place.name_zh)}</tspan>{star}'
    out = [svg.words(212, y + 4, name, 12.5, "end", ink), side_sign(r.side, 219, y, 3.6)]
    within = timedelta(days=round(e.tolerance))
    out.append(svg.box(x(r.date - within), y - 8, x(r.date + within) - x(r.date - within), 16, BAND))
    low, middle, high = (e.date_at(s) for s in (e.low, e.median, e.high))
    if low and middle and high and e.median is not None:
        colour = "#8E8473" if not e.counts else LATE if e.median > e.tolerance else EARLY if e.median < -e.tolerance else "#6B5B3E"
        out.append(svg.line(f"M{x(low):.1f} {y:.1f}H{x(high) + 0.1:.1f}", colour, 5, 0.55))
        out.append(svg.line(f"M{x(middle):.1f} {y - 7:.1f}v14", colour, 3))
    a = x(r.date)
    out.append(f'<path d="M{a - 5:.1f} {y:.1f}l5-5l5 5l-5 5z" fill="#FAF5E8" stroke="{INK2}" stroke-width="1.5"/>')
    shift = "" if e.median is None else f"{e.median:+.0f} d".replace("-", "−")
    out.append(svg.words(1072 - 142, y + 4, f"{e.share:.0%}", 12.5, fill=ink))
    out.append(
        svg.words(
            1072 - 92, y + 4, f"{shift}{'' if e.hit or not e.counts else '  miss'}", 12.5, fill=ink, bold=e.counts and not e.hit
        )
    )
    return "".join(out)


def fan(calendar: Calendar, curves: Sequence[Sequence[int]], side: int, title: str) -> str:
    """Return the losses by turn: median as a line, 10 to 90 % of the games as a band. curves: (N, T) totals [men]."""
    values = np.zeros((len(curves), len(curves[0]) + 1))
    values[:, 1:] = curves
    low, middle, high = np.percentile(values, [10, 50, 90], axis=0)
    axes = Axes(calendar, len(middle) - 1, int(high.max()), "")
    up = " ".join(f"{axes.x(t):.1f},{axes.y(v):.1f}" for t, v in enumerate(high))
    down = " ".join(f"{axes.x(t):.1f},{axes.y(v):.1f}" for t, v in reversed(list(enumerate(low))))
    band = f'<polygon points="{up} {down}" fill="{SIDE_COLOUR[side]}" fill-opacity=".28"/>'
    path = "M" + "L".join(f"{axes.x(t):.1f} {axes.y(v):.1f}" for t, v in enumerate(middle))
    end = svg.words(
        axes.x(len(middle) - 1) + 6, axes.y(middle[-1]) + 4, number(round(middle[-1])), 12, fill=SIDE_DARK[side], bold=True
    )
    return svg.drawing(540, 250, title, axes.frame() + band + svg.line(path, SIDE_DARK[side], 2.4) + end)


def scatter(points: Sequence[tuple[float, float, int]], across: str, upwards: str) -> str:
    """Return a chart of (x, y, seed) with the line on which both are equal."""
    tall, left, base = 330, 56, 290
    low = min(min(p[0], p[1]) for p in points)
    high = max(max(p[0], p[1]) for p in points)
    pad = max(1.0, (high - low) * 0.06)
    low, high = low - pad, high + pad

    def at(x: float, y: float) -> tuple[float, float]:
        return left + (WIDE - left - 20) * (x - low) / (high - low), base - (base - 14) * (y - low) / (high - low)

    (ax, ay), (bx, by) = at(low, low), at(high, high)
    out = [
        svg.line(f"M{left} 14V{base}H{WIDE - 20}", INK2, 1),
        svg.line(f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}", INK2, 1, dash="5 4"),
    ]
    step = nice_step(max(1, int(high - low)), 6)
    value = -(-int(low) // step) * step
    while value <= high:
        px, py = at(value, value)
        out.append(svg.words(px, base + 16, number(value), 11.5, "middle", INK2))
        out.append(svg.words(left - 7, py + 4, number(value), 11.5, "end", INK2))
        value += step
    for x, y, seed in points:
        px, py = at(x, y)
        dot = f'<circle cx="{px:.1f}" cy="{py:.1f}" r="4" fill="#8A6A26" fill-opacity=".55">'
        out.append(f"{dot}<title>seed {seed}: {y:.0f} of {x:.1f}</title></circle>")
    out.append(svg.words((left + WIDE) / 2, tall - 6, text(across), 12, "middle", INK2))
    out.append(svg.words(left + 8, 22, text(upwards), 12, fill=INK2))
    return svg.drawing(WIDE, tall, f"{upwards} against {across}", "".join(out))
