"""Small signs of the top bar, drawn with lines: star, aircraft, weather, cogwheel. Each stands around a point."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from game.model.rules import WEATHERS
from game.ui import style
from game.ui.widgets import ACCENT, SECOND, WINDOW

if TYPE_CHECKING:
    import pygame


def draw_star(target: pygame.Surface, x: float, y: float) -> None:
    """Draw the star of victory points."""
    import pygame

    points = [(x + (7.5, 3.1)[k % 2] * sin(k * pi / 5), y - (7.5, 3.1)[k % 2] * cos(k * pi / 5)) for k in range(10)]
    pygame.draw.polygon(target, ACCENT, points)


def draw_plane(target: pygame.Surface, x: float, y: float) -> None:
    """Draw an aircraft seen from above."""
    import pygame

    for points in (
        [(x - 1, y - 8), (x + 1, y - 8), (x + 1.5, y + 7), (x - 1.5, y + 7)],
        [(x - 8, y + 1), (x - 1, y - 3), (x + 1, y - 3), (x + 8, y + 1), (x + 8, y + 2.5), (x - 8, y + 2.5)],
        [(x - 3.5, y + 7), (x, y + 4.5), (x + 3.5, y + 7)],
    ):
        pygame.draw.polygon(target, SECOND, points)


def draw_cog(target: pygame.Surface, x: float, y: float, colour: style.Colour) -> None:
    """Draw a cogwheel."""
    import pygame

    for k in range(8):
        a = k * pi / 4
        pygame.draw.line(target, colour, (x + 4 * cos(a), y + 4 * sin(a)), (x + 8 * cos(a), y + 8 * sin(a)), 3)
    pygame.draw.circle(target, colour, (x, y), 6)
    pygame.draw.circle(target, WINDOW, (x, y), 3)


def draw_sky(target: pygame.Surface, x: float, y: float, kind: int) -> None:
    """Draw the weather's sign: sun, sun over haze, cloud with rain, cloud over mud."""
    import pygame

    name = WEATHERS[kind]
    if name in ("clear", "dust"):
        pygame.draw.circle(target, ACCENT, (x, y), 4.5)
        for k in range(8):
            a = k * pi / 4
            pygame.draw.line(target, ACCENT, (x + 6 * cos(a), y + 6 * sin(a)), (x + 8 * cos(a), y + 8 * sin(a)), 2)
        if name == "dust":
            target.fill(SECOND, (round(x) - 8, round(y) + 5, 16, 2))
        return
    for dx, dy, r in ((-4, -1, 4), (1, -3, 5), (5, 0, 4)):
        pygame.draw.circle(target, style.rgb("#B9C4C9"), (x + dx, y + dy), r)
    if name == "rain":
        for dx in (-4, 1, 6):
            pygame.draw.line(target, style.rgb("#6FB7D6"), (x + dx, y + 4), (x + dx - 2, y + 8), 2)
    else:
        target.fill(style.rgb("#A07F45"), (round(x) - 8, round(y) + 5, 17, 3))
