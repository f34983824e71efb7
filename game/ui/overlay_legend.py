"""The key to the overlays that are switched on: small opaque panels, one for each, from the top right of the map downwards."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from game.model.rules import WEATHERS
from game.model.units import Mobility
from game.ui import overlay_air, overlay_goals, overlay_supply, style
from game.ui.overlay_fill import short_men
from game.ui.overlay_sight import UNSEEN
from game.ui.overlays import NAMES
from game.ui.survey import APART, BANDS, CUT, ENEMY, OWN, Survey
from game.ui.widgets import ACCENT, LINE, SECOND, TEXT, WINDOW, Box, Brush

if TYPE_CHECKING:
    import pygame

    from game.ui.texts import Texts

SWATCH = 26  # width of a sample [px]
Sample = Callable[["pygame.Surface", float, float], None]  # draws a sample around a point


@dataclass(frozen=True)
class Row:
    """One line of a key: a sample (None = none) and what it means."""

    text: str
    sample: Sample | None = None


def draw_legend(
    brush: Brush, texts: Texts, shown: Collection[str], survey: Survey | None, box: Box, folded: set[str] | None = None
) -> int:  # fmt: skip
    """Draw the keys of the overlays that are on, in the upper right of a part of the window.

    A key that would not leave room for the titles of those below it shows its title only.

    Args:
        brush: draws.
        texts: the language.
        shown: names of overlays that are on.
        survey: what they show; None = nothing.
        box: part of the window, usually that of the map.
        folded: overlays whose keys show their titles only; a click on a key changes it. None = keys cannot be folded.

    Returns:
        The height used [px].
    """
    if survey is None:
        return 0
    x, y, w, h = box
    keys = [(name, rows_of(name, texts, survey)) for name in NAMES if name in shown and name != "control"]
    step = round(18 * brush.scale) + (1 if texts.lang == "zh" else 0)
    head = round(22 * brush.scale) + 2
    width = round(max((_width(brush, texts, survey, name, rows) for name, rows in keys), default=0))
    left, top = x + w - 10 - width, y + 10
    for n, (name, rows) in enumerate(keys):
        high, later = head + 6 + step * len(rows), (len(keys) - n - 1) * (head + 5)
        closed = (folded is not None and name in folded) or top + high + later > y + h - 10
        high = head if closed else high
        _panel(brush, title_of(name, texts, survey), [] if closed else rows, (left, top, width, high), step)
        if folded is not None:
            brush.area((left, top, width, high), f"key_{name}", partial(folded.symmetric_difference_update, {name}))
        top += high + 5
    return top - y


def title_of(name: str, texts: Texts, survey: Survey) -> str:
    """Return the heading of an overlay's key."""
    return texts(f"legend.{name}", side=texts.name(survey.scenario.sides[survey.side].name))


def _width(brush: Brush, texts: Texts, survey: Survey, name: str, rows: list[Row]) -> float:
    from game.ui.fonts import text_width

    title = text_width(title_of(name, texts, survey), "sans_bold", 12.5 * brush.scale) + 24
    lines = [text_width(r.text, "sans", 12 * brush.scale) + (SWATCH + 32 if r.sample else 24) for r in rows]
    return max(title, *lines)


def _panel(brush: Brush, title: str, rows: list[Row], box: Box, step: int) -> None:
    import pygame

    x, y = box[:2]
    pygame.draw.rect(brush.target, WINDOW, box, border_radius=4)
    pygame.draw.rect(brush.target, LINE, box, 1, border_radius=4)
    brush.shield(box)
    brush.text(title, x + 12, y + 3, 12.5, ACCENT, True)
    y += round(22 * brush.scale) + 2
    for row in rows:
        if row.sample is not None:
            row.sample(brush.target, x + 12 + SWATCH / 2, y + step / 2)
        brush.text(row.text, x + (20 + SWATCH if row.sample else 12), y, 12, TEXT if row.sample else SECOND)
        y += step


def rows_of(name: str, texts: Texts, survey: Survey) -> list[Row]:
    """Return the lines of an overlay's key."""
    return _ROWS[name](texts, survey)


def _swatch(colour: style.Colour, alpha: int = 110) -> Sample:
    """Return the sample of a tint as it looks on paper."""

    def draw(target: pygame.Surface, x: float, y: float) -> None:
        import pygame

        # tints lie on pale land: a sample on the dark panel has to show them mixed with it
        share = min(1.0, alpha / 255 + 0.25)
        mixed = tuple(round(p + (c - p) * share) for p, c in zip(style.PAPER, colour, strict=True))
        pygame.draw.rect(target, mixed, (round(x - SWATCH / 2), round(y - 6), SWATCH, 12), border_radius=2)

    return draw


def _ground(inner: Sample) -> Sample:
    """Return a sample that is drawn on a piece of paper."""

    def draw(target: pygame.Surface, x: float, y: float) -> None:
        import pygame

        pygame.draw.rect(target, style.PAPER, (round(x - SWATCH / 2), round(y - 7), SWATCH, 14), border_radius=2)
        inner(target, x, y)

    return draw


def _plate(text: str, ink: style.Colour, ground: style.Colour) -> Sample:
    from game.ui.overlay_fill import pill

    return lambda target, x, y: pill(target, text, x, y, 10, ink, ground, ink)


def _supply(texts: Texts, survey: Survey) -> list[Row]:
    rows = [Row(texts(f"legend.supply.{k}"), _swatch(style.SHARES[k])) for k in reversed(range(BANDS))]
    rows.append(Row(texts("legend.supply.source"), lambda t, x, y: overlay_supply.depot(t, x, y, 6)))
    rows.append(Row(texts("legend.supply.unit"), _plate("80%", style.SUPPLY_PATH, style.SUPPLY_CASING)))

    def line(target: pygame.Surface, x: float, y: float) -> None:
        target.fill(style.SUPPLY_CASING, (x - SWATCH / 2, y - 4, SWATCH, 8))
        target.fill(style.SUPPLY_PATH, (x - SWATCH / 2, y - 2, SWATCH, 4))

    return [*rows, Row(texts("legend.supply.line"), line)]


def _zones(texts: Texts, survey: Survey) -> list[Row]:
    def ticks(side: int) -> Sample:
        def draw(target: pygame.Surface, x: float, y: float) -> None:
            import pygame

            for s in (-1, 1):
                points = [(x + s * 9, y - 5), (x + s * 3, y - 5)], [(x + s * 9, y - 5), (x + s * 9, y + 4)]
                for a, b in points:
                    pygame.draw.line(target, style.SIDES[side].light, a, b, 2)

        return draw

    return [Row(texts(f"legend.zones.{n}"), _ground(ticks(s))) for s, n in enumerate(("japan", "china"))]


def _sight(texts: Texts, survey: Survey) -> list[Row]:
    if survey.scene.sighted is None:
        return [Row(texts("legend.sight.all"))]
    return [Row(texts("legend.sight.unseen"), _swatch((UNSEEN[0], UNSEEN[1], UNSEEN[2]), UNSEEN[3]))]


def _threat(texts: Texts, survey: Survey) -> list[Row]:
    rows = [Row(texts(f"legend.threat.{k}"), _swatch(style.THREATS[k])) for k in reversed(range(4))]
    return [*rows, Row(texts("legend.threat.exposed"), _plate(short_men(6_500, texts), style.WARN, style.OVERLAY_DARK))]


def _air(texts: Texts, survey: Survey) -> list[Row]:
    def circle(target: pygame.Surface, x: float, y: float) -> None:
        from game.ui.overlay_fill import dashes

        dashes(target, ((x - SWATCH / 2, y), (x + SWATCH / 2, y)), (*style.SIDES[survey.side].light, 255), 2, 4, 4)

    def struck(target: pygame.Surface, x: float, y: float) -> None:
        import pygame

        for k in range(3):
            for side, lean in ((0, 1), (1, -1)):
                left = x - 12 + 13 * side + 4 * k
                ends = (left, y + 5 * lean), (left + 5, y - 5 * lean)
                pygame.draw.line(target, style.SIDES[side].body, *ends, 2)

    return [
        Row(texts("legend.air.base"), lambda t, x, y: overlay_air.base_sign(t, x, y, 7, survey.side)),
        Row(texts("legend.air.range"), _ground(circle)),
        Row(texts("legend.air.struck"), _ground(struck)),
    ]


def _weather(texts: Texts, survey: Survey) -> list[Row]:
    rows, rule = [], survey.scenario.rules.weather
    for zone in survey.zones_seen:
        now = survey.weather[zone]
        key = "legend.weather.south" if zone else "legend.weather.north"
        rows.append(Row(texts(key, weather=texts.word("weather", WEATHERS[now])), _sky(WEATHERS[now])))
        for mobility in (Mobility.FOOT, Mobility.MOTOR):
            kind, factor = texts.word("mobility", mobility.name.lower()), rule.speed[now][mobility]
            rows.append(Row(texts("legend.weather.march", kind=kind, factor=f"{factor / 1000:.2f}")))
        rows.append(Row(texts("legend.weather.air", factor=f"{rule.air[now] / 1000:.2f}")))
    return rows


def _sky(weather: str) -> Sample:
    colours = {"dust": style.DUST, "rain": style.RAIN, "mud": style.MUD}
    if weather not in colours:
        return _ground(lambda target, x, y: None)

    def strokes(target: pygame.Surface, x: float, y: float) -> None:
        import pygame

        for k in range(4):
            left = x - 12 + 6 * k
            ends = ((left, y + 5), (left + 5, y - 5)) if weather == "rain" else ((x - 11, y - 4 + 3 * k), (x + 11, y - 4 + 3 * k))
            pygame.draw.line(target, colours[weather], *ends, 1 if weather == "dust" else 2)

    return _ground(strokes)


def _objectives(texts: Texts, survey: Survey) -> list[Row]:
    def flags(held: bool) -> Sample:
        def draw(target: pygame.Surface, x: float, y: float) -> None:
            overlay_goals.flag(target, x - 7, y, 5, 0, held)
            overlay_goals.flag(target, x + 7, y, 5, 1, held)

        return draw

    def link(target: pygame.Surface, x: float, y: float) -> None:
        from game.ui.overlay_fill import dashes

        ends = ((x - SWATCH / 2, y), (x + SWATCH / 2, y))
        dashes(target, ends, (*style.OVERLAY_DARK, 255), 6, 7, 4)
        dashes(target, ends, (*overlay_goals.GOLD, 255), 4, 7, 4)

    rows = [Row(texts("legend.objectives.held"), _ground(flags(True))), Row(texts("legend.objectives.open"), _ground(flags(False)))]
    rows += [Row(texts("legend.objectives.link"), _ground(link))] if survey.links else []
    return [*rows, Row(texts("legend.objectives.worth")), Row(texts("legend.objectives.edge"))]


def _rail(texts: Texts, survey: Survey) -> list[Row]:
    def track(state: int) -> Sample:
        half = SWATCH / 2 - 2
        return lambda target, x, y: overlay_goals.track(target, ((x - half, y), (x, y), (x + half, y)), state, survey.side, 5)

    names = (("own", OWN), ("enemy", ENEMY), ("cut", CUT), ("apart", APART))
    rows = [Row(texts(f"legend.rail.{n}"), _ground(track(state))) for n, state in names]
    return [*rows, Row(texts("legend.rail.works"), _ground(lambda t, x, y: overlay_goals.works(t, x, y + 1, 2000, True)))]


_ROWS: dict[str, Callable[[Texts, Survey], list[Row]]] = {
    "supply": _supply, "zones": _zones, "sight": _sight, "threat": _threat, "air": _air, "weather": _weather,
    "objectives": _objectives, "rail": _rail,
}  # fmt: skip
