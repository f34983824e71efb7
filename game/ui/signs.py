"""Signs on the map: towns by importance, fortified towns, airfields in the colour of their holder."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin
from typing import TYPE_CHECKING

from game.ui import style
from game.ui.canvas import Canvas

if TYPE_CHECKING:
    import pygame

RADII = (6.4, 5.2, 3.9, 2.8)  # half sizes of signs by rank [px at a hex of 40]


def sign_radius(rank: int, hex_px: float) -> float:
    """Return half the size of a town sign [px]."""
    factor = max((hex_px / 40) ** 0.5, 0.62)
    return float(RADII[min(rank, 3)] * factor)


@lru_cache(maxsize=64)
def town_sign(rank: int, hex_px: float) -> pygame.Surface:
    """Return the sign of a town: a walled city with its streets, a square, a ringed dot, a ring."""
    r = sign_radius(rank, hex_px)
    full = int(2 * r + 6)
    c, m = Canvas(full, full), full / 2
    if rank <= 1:
        c.box(m - r - 1, m - r - 1, 2 * r + 2, 2 * r + 2, style.HALO, 1)
        c.box(m - r, m - r, 2 * r, 2 * r, style.INK)
        e = r - max(0.18 * r, 1.0)
        c.box(m - e, m - e, 2 * e, 2 * e, style.TOWN if rank == 0 else style.TOWN_LIGHT)
        if rank == 0:
            for k in (-1, 1):
                c.box(m + k * e / 3 - 0.45, m - e, 0.9, 2 * e, style.PAPER)
                c.box(m - e, m + k * e / 3 - 0.45, 2 * e, 0.9, style.PAPER)
        else:
            c.disc(m, m, 0.30 * r, style.INK)
    else:
        c.disc(m, m, r + 0.9, style.HALO)
        c.disc(m, m, r, style.INK)
        c.disc(m, m, r * 0.68, style.PAPER)
        if rank == 2:
            c.disc(m, m, r * 0.32, style.INK)
    return c.finish()


@lru_cache(maxsize=16)
def peak_sign(hex_px: float) -> pygame.Surface:
    """Return the sign of a summit or pass: a small triangle."""
    r = sign_radius(3, hex_px) * 1.25
    full = int(2 * r + 6)
    c, m = Canvas(full, full), full / 2
    for grow, colour in ((1.35, style.HALO), (1.0, style.RANGE_INK)):
        far = r * grow
        c.polygon([(m, m - far), (m - 0.95 * far, m + 0.72 * far), (m + 0.95 * far, m + 0.72 * far)], colour)
    return c.finish()


@lru_cache(maxsize=16)
def fort_sign(hex_px: float, level: int) -> pygame.Surface:
    """Return the bastions around a fortified town; more of them for stronger works (level 1..4)."""
    r = RADII[0] * max((hex_px / 40) ** 0.5, 0.62) * 1.75
    full = int(2 * r + 8)
    c, m = Canvas(full, full), full / 2
    points = 8
    for colour, grow in ((style.HALO, 1.14), (style.INK, 1.0), ((233, 214, 168), 0.80)):
        outline = []
        for k in range(points):
            for shift, far in ((-0.34, 1.02), (0.34, 1.02), (0.5, 0.80)):
                angle = 2 * pi * (k + shift + 0.5) / points
                outline.append((m + r * grow * far * cos(angle), m + r * grow * far * sin(angle)))
        c.polygon(outline, colour)
    if level >= 3:
        c.disc(m, m, r * 0.66, style.INK, max(0.07 * r, 0.8))
    return c.finish()


@lru_cache(maxsize=16)
def airfield_sign(hex_px: float, side: int) -> pygame.Surface:
    """Return an airfield: a disc with an aeroplane. side: 0 or 1, else nobody's."""
    r = 5.2 * max((hex_px / 40) ** 0.5, 0.7)
    full = int(2 * r + 6)
    c, m = Canvas(full, full), full / 2
    c.disc(m, m, r + 0.8, style.HALO)
    c.disc(m, m, r, style.SIDES[side].outline if side < 2 else style.INK)
    c.disc(m, m, r * 0.86, style.SIDES[side].light if side < 2 else style.INK2)
    white = (252, 248, 238)
    c.line([(m, m - 0.62 * r), (m, m + 0.58 * r)], white, 0.20 * r)
    c.line([(m - 0.62 * r, m - 0.10 * r), (m + 0.62 * r, m - 0.10 * r)], white, 0.22 * r)
    c.line([(m - 0.28 * r, m + 0.50 * r), (m + 0.28 * r, m + 0.50 * r)], white, 0.16 * r)
    return c.finish()
