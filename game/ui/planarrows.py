"""The plan of an attack on the map: arrows of those who take part, and the ways that the losers would go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui import style

if TYPE_CHECKING:
    import pygame

    from game.ui.camera import Camera
    from game.ui.planner import Planner

WHITE, DARK, AWAY = style.rgb("#FFFFFF"), style.rgb("#201A10"), style.rgb("#A9CBE6")


def draw_plan(layer: pygame.Surface, camera: Camera, planner: Planner) -> None:
    """Draw the attack over the map's counters: white arrows from those who take part, light blue where the losers would go."""
    state = planner.desk.world.state
    forecast = planner.forecast()
    there = camera.point(planner.target)
    for where, share in forecast.goes[:4] if forecast else ():
        _arrow(layer, there, camera.point(where), camera.hex, AWAY, 0.5 + share / 2000, (0.34, 0.86))
    for where in sorted({state.hex[u] for u in planner.chosen if state.hex[u] >= 0}):
        _arrow(layer, camera.point(where), there, camera.hex, WHITE, 1.0, (0.36, 0.68))


def _arrow(
    layer: pygame.Surface, start: tuple[float, float], end: tuple[float, float], size: float, colour: style.Colour, weight: float,
    part: tuple[float, float],
) -> None:  # fmt: skip
    """Draw an arrow over a part of the way between two points, in a dark casing. size: width of a hex [px]."""
    import pygame

    dx, dy = end[0] - start[0], end[1] - start[1]
    length = max(1.0, (dx * dx + dy * dy) ** 0.5)
    ux, uy = dx / length, dy / length
    a = (start[0] + dx * part[0], start[1] + dy * part[0])
    b = (start[0] + dx * part[1], start[1] + dy * part[1])
    half, head = max(2.0, 0.055 * size * weight), max(6.0, 0.2 * size)
    n = (b[0] - ux * head, b[1] - uy * head)
    shape = [(a, half), (n, half), (n, 0.62 * head), (b, 0.0)]
    left = [(p[0] - uy * o, p[1] + ux * o) for p, o in shape]
    right = [(p[0] + uy * o, p[1] - ux * o) for p, o in reversed(shape[:-1])]
    outline = [*left, *right]
    pygame.draw.polygon(layer, (*DARK, 255), outline, 4)
    pygame.draw.polygon(layer, (*colour, 255), outline)
