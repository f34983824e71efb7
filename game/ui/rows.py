"""Parts that several panels share: rows with a bar and factors under them, readiness colours, where a hex lies in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import atan2, pi

from game.core.hexgrid import centre_km
from game.model.events import Factor
from game.model.hexmap import HexMap, Place
from game.ui import style
from game.ui.planner import factor_text
from game.ui.texts import Texts
from game.ui.widgets import ACCENT, BAD, GOOD, LINE, SECOND, TEXT, WARN, Box, Brush

WINDS = ("E", "NE", "N", "NW", "W", "SW", "S", "SE")
NEAR = 4  # farthest place by which a hex is named [hexes]


@dataclass(frozen=True)
class Row:
    """A value of a panel. share: length of its bar [permille], -1 = none; factors: shown when the row is open."""

    key: str
    label: str
    value: str
    share: int = -1
    colour: style.Colour = GOOD
    factors: tuple[Factor, ...] = ()
    note: str = ""  # a sentence under the factors


def row_height(brush: Brush, texts: Texts, height: int = 22) -> int:
    """Return the height of a row: it grows with the text, and Chinese has 2 px more [px]."""
    return brush.px(height) + (2 if texts.lang == "zh" else 0)


def signed(value: int) -> str:
    """Return a number with its sign and thousands commas."""
    return f"{value:+,}".replace("-", "−") if value else "0"


def plain(value: int) -> str:
    """Return a number with thousands commas."""
    return f"{value:,}".replace("-", "−")


def tone(ready: int) -> style.Colour:
    """Return the colour of a bar of readiness [permille]: ivory, amber, red."""
    return style.BAR[0] if ready > 666 else WARN if ready > 333 else BAD


def draw_rows(
    brush: Brush, texts: Texts, rows: Sequence[Row], box: Box, opened: set[str], name: str = "row", indent: int = 0
) -> int:
    """Draw rows that open on a click. box: left, top, width, (not used); return the height used [px].

    Args:
        brush: draws.
        texts: words.
        rows: what is shown.
        box: where; the height is as long as it needs to be.
        opened: keys of the rows that show their factors; clicks change it.
        name: rows answer to `name_key`.
        indent: how far labels stand in [px].
    """
    x, y, w, _ = box
    step, top = row_height(brush, texts), y
    value_left = x + w - brush.px(12)
    barred = [brush.measure(r.label, 13) for r in rows if r.share >= 0]
    values = max((brush.measure(r.value, 13, True) for r in rows if r.share >= 0), default=0)
    bar = round(value_left - values - 10 - (x + brush.px(26) + indent + max(barred) + 12)) if barred else 0
    bar = min(max(bar, 24), brush.px(84))
    for row in rows:
        more = bool(row.factors or row.note)
        if more:
            area = (x, top, w, step)
            if brush.over(area):
                brush.target.fill(style.rgb("#31373C"), area)
            brush.text("▼" if row.key in opened else "▶", x + brush.px(12) + indent, top + brush.px(6), 7.5, ACCENT)
            brush.area(area, f"{name}_{row.key}", lambda k=row.key: opened.symmetric_difference_update({k}))  # type: ignore[misc]
        wide = brush.measure(row.value, 13, True)
        label = x + brush.px(26) + indent
        room = value_left - wide - label - 8
        if row.share >= 0:
            brush.bar((round(value_left - values) - 10 - bar, top + step // 2 - 2, bar, 6), row.share, row.colour)
            room = value_left - values - 10 - bar - label - 6
        brush.text(row.label, label, top + 1, 13, room=max(room, 40))
        brush.text(row.value, value_left, top + 1, 13, bold=True, place=1, room=w * 0.7)
        top += step
        if row.key in opened:
            top += draw_factors(brush, texts, row.factors, (x + indent, top, w - indent, 0))
            if row.note:
                top += brush.paragraph(row.note, x + brush.px(40) + indent, top, w - brush.px(52) - indent, 12, SECOND)
            top += 3 if more else 0
    return top - y


def draw_factors(brush: Brush, texts: Texts, factors: Sequence[Factor], box: Box, name: Callable[[str], str] | None = None) -> int:
    """Draw factors under a value, the result under a line; return the height used [px]."""
    x, y, w, _ = box
    step, top, right = row_height(brush, texts, 17), y, x + w - brush.px(12)
    for n, factor in enumerate(factors):
        shown, colour = factor_text(factor.value, factor.act)
        shown = shown.replace("-", "−")
        total = factor.act == "=" and n == len(factors) - 1 and any(f.act != "=" for f in factors[:n])
        if total:
            brush.target.fill(LINE, (x + brush.px(40), top, w - brush.px(52), 1))
        wide = brush.measure(shown, 12)
        brush.text(shown, right, top, 12, colour, total, 1)
        room = right - wide - 10 - x - brush.px(40)
        lines = brush.wrap((name or texts.factor)(factor.name), 12, room)
        for line in lines[:3]:
            brush.text(line, x + brush.px(40), top, 12, TEXT if total else SECOND, room=room)
            top += step
    return top - y


def short_day(texts: Texts, day: date) -> str:
    """Return a date without its year."""
    return texts("day.short", day=day.day, month=texts(f"month.{day.month}"))


@lru_cache(maxsize=8192)
def nearest(map_: HexMap, where: int) -> tuple[Place, str] | None:
    """Return the best known place near a hex and the wind from it to the hex ("" = there), None when none is near."""
    here = map_.places_by_hex.get(where)
    if here:
        return here[0], ""
    known = [p for p in map_.places if p.hex >= 0 and p.rank <= 2]
    near = [(far + p.rank, p.rank, p.id, p) for p in known if (far := map_.distance(where, p.hex)) <= NEAR]
    if not near:
        return None
    place = min(near)[3]
    (x, y), (px, py) = (centre_km(h % map_.cols, h // map_.cols, 1.0) for h in (where, place.hex))
    turn = atan2(py - y, x - px)  # rows count southwards
    return place, WINDS[round(turn / (pi / 4)) % 8]


def where_text(texts: Texts, map_: HexMap, where: int) -> str:
    """Return where a hex lies in words: a place, "north of" a place, or its terrain."""
    found = nearest(map_, where)
    if found is None:
        from game.model.hexmap import TERRAIN

        return f"{texts.word('terrain', TERRAIN[int(map_.terrain[where])])} {map_.label(where)}"
    place, wind = found
    town = place.name_zh if texts.lang == "zh" else place.name_en
    return texts("wind.of", wind=texts(f"wind.{wind}"), place=town) if wind else town
