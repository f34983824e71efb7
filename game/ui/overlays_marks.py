"""Marks of what the hands do and what has just happened: reach, the way of a march, chosen hexes, arrows, the flash of a battle."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.ui import style
from game.ui.camera import Camera
from game.ui.canvas import Canvas
from game.ui.fonts import halo, write
from game.ui.hexsides import Piece, edge_piece, lay
from game.ui.overlay_fill import Ink, Point, fill, in_window, outline, pill

if TYPE_CHECKING:
    import pygame

LARGEST = 250_000  # area up to which an arrow is drawn with clean edges [px]
YELLOW, DARK = style.OVERLAY_LIGHT, style.OVERLAY_DARK
REACH: tuple[Ink, Ink] = ((*style.REACH, 66), (*style.REACH, 146))  # later, and within the first day


def draw_reach(layer: pygame.Surface, camera: Camera, minutes: npt.NDArray[np.int32], have: int, day: int) -> None:
    """Tint every hex a unit can march to, stronger within the first day, and write the hours it would have left.

    minutes: (H,) march to each hex, -1 = out of reach. have: that the unit has left. day: that are left of the first day.
    """
    fill(layer, camera, np.where(minutes < 0, -1, minutes <= day), REACH, lines=False)
    outline(layer, camera, minutes >= 0, YELLOW, 2)
    if camera.zoom < 4:
        return
    size = 11.0 if camera.zoom < 6 else 14.0
    for where in in_window(camera, minutes >= 0):
        x, y = camera.point(where)
        text = str((have - int(minutes[where])) // 60)
        made = _digits(text, size)
        # low in the hex: its number stands at the top, names and signs in the middle
        layer.blit(made, (x - made.get_width() / 2, y + 0.36 * camera.hex - made.get_height() / 2))


@lru_cache(maxsize=256)
def _digits(text: str, size: float) -> pygame.Surface:
    return halo(write(text, "sans_bold", size, style.RANGE_INK), style.REACH, 210, 1.6)


def draw_path(layer: pygame.Surface, camera: Camera, path: tuple[int, ...], label: str) -> None:
    """Draw the way of a march with its length in hours at the end."""
    points = [camera.point(h) for h in path]
    draw_arrow(layer, points, YELLOW, max(3.5, 0.1 * camera.hex))
    x, y = points[-1]
    size = 12.5 * style.ZOOMS[camera.zoom].text
    pill(layer, label, x + 12 + 0.3 * size * len(label), y - 0.9 * size, size, style.INK, style.HALO, DARK)


def draw_hex_edge(layer: pygame.Surface, camera: Camera, where: int, colour: style.Colour, width: int = 2) -> None:
    """Draw one hex's edge."""
    for tone, wide in ((DARK, width + 2), (colour, width)):
        lay(layer, camera, where, edge_piece(camera.hex, tone, wide))


class _Direct:
    """Draws like a Canvas, but straight onto a surface: for arrows across half the map, whose edges may be rougher."""

    def __init__(self, layer: pygame.Surface) -> None:
        self.layer = layer

    def line(self, points: list[Point], colour: style.Colour, width: float) -> None:
        """Draw a line with round joints."""
        import pygame

        pygame.draw.lines(self.layer, (*colour, 255), False, points, round(width))
        for p in points:
            pygame.draw.circle(self.layer, (*colour, 255), p, width / 2)

    def polygon(self, points: list[Point], colour: style.Colour) -> None:
        """Draw a filled polygon."""
        import pygame

        pygame.draw.polygon(self.layer, (*colour, 255), points)


def draw_arrow(layer: pygame.Surface, points: Sequence[Point], colour: style.Colour, width: float, back: float = 0.0) -> None:
    """Draw an arrow through points in a dark casing, its tip `back` before the last point [px]."""
    if len(points) < 2:
        return
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if (max(xs) - min(xs)) * (max(ys) - min(ys)) > LARGEST:
        _arrow(_Direct(layer), list(points), colour, width, back)
        return
    left, top = int(min(xs)), int(min(ys))
    piece, x, y = _arrow_piece(tuple((round(px - left, 1), round(py - top, 1)) for px, py in points), colour, width, back)
    layer.blit(piece, (left + x, top + y))


@lru_cache(maxsize=64)
def _arrow_piece(points: tuple[Point, ...], colour: style.Colour, width: float, back: float) -> Piece:
    """Return an arrow with clean edges, and where its corner lies from the origin of its points [px]."""
    pad = int(3 * width) + 4
    wide, high = (int(max(p[k] for p in points)) + 2 * pad + 1 for k in (0, 1))
    canvas = Canvas(wide, high)
    _arrow(canvas, [(x + pad, y + pad) for x, y in points], colour, width, back)
    return canvas.finish(), -pad, -pad


def _arrow(on: Canvas | _Direct, points: list[Point], colour: style.Colour, width: float, back: float) -> None:
    """Draw shaft and head of an arrow."""
    (ax, ay), (bx, by) = points[-2], points[-1]
    far = float(np.hypot(bx - ax, by - ay)) or 1.0
    ux, uy = (bx - ax) / far, (by - ay) / far
    cut = min(back + 1.5 * width, 0.9 * far)
    shaft = [*points[:-1], (bx - ux * cut, by - uy * cut)]
    size = 1.5 * width
    for tone, grow in ((DARK, 1.6), (colour, 0.0)):
        on.line(shaft, tone, width + 2 * grow)
    for tone, grow in ((DARK, 1.6), (colour, 0.0)):
        tip = back - 1.7 * grow
        wide, long = 0.85 * size + grow, 1.6 * size + 1.2 * grow
        x, y = bx - ux * tip, by - uy * tip
        foot = (x - ux * long, y - uy * long)
        wings = [(foot[0] - s * uy * wide, foot[1] + s * ux * wide) for s in (1, -1)]
        on.polygon([(x, y), *wings], tone)
    on.line([shaft[-2], shaft[-1]], colour, width)  # over the dark foot of the head


def draw_move_arrow(layer: pygame.Surface, camera: Camera, path: Sequence[int], side: int) -> None:
    """Draw the way that a unit has just marched, in its side's colour."""
    draw_arrow(layer, [camera.point(h) for h in path], style.SIDES[side].light, max(3.0, 0.11 * camera.hex))


def draw_attack_arrow(layer: pygame.Surface, camera: Camera, start: int, target: int) -> None:
    """Draw a white arrow over the hexside between an attacker and his target."""
    a, b = camera.point(start), camera.point(target)
    begin = (a[0] + 0.12 * (b[0] - a[0]), a[1] + 0.12 * (b[1] - a[1]))
    draw_arrow(layer, [begin, b], style.ATTACK, max(3.0, 0.12 * camera.hex), 0.40 * camera.hex)


def draw_retreat(layer: pygame.Surface, camera: Camera, path: Sequence[int]) -> None:
    """Draw where the loser of a battle went."""
    draw_arrow(layer, [camera.point(h) for h in path], style.RETREAT, max(3.0, 0.10 * camera.hex))


def draw_battle_flash(layer: pygame.Surface, camera: Camera, where: int, attackers_from: Sequence[int], won: bool) -> None:
    """Draw a battle: arrows from the attackers' hexes, and a burst over the target.

    The burst of an attack that took the hex is full; that of one that was beaten off is open, with a bar across.
    """
    import pygame

    for start in attackers_from:
        draw_attack_arrow(layer, camera, start, where)
    x, y = camera.point(where)
    big = max(9.0, 0.42 * camera.hex)

    def star(radius: float) -> list[Point]:
        angles = np.arange(18) * np.pi / 9 - np.pi / 2
        reach = np.where(np.arange(18) % 2 == 0, radius, 0.62 * radius)
        return [(x + r * np.cos(t), y + r * np.sin(t)) for t, r in zip(angles, reach, strict=True)]

    pygame.draw.polygon(layer, (*DARK, 255), star(big + 3))
    pygame.draw.polygon(layer, (*style.ATTACK, 255), star(big))
    pygame.draw.polygon(layer, (*YELLOW, 255) if won else (*style.RETREAT, 255), star(0.78 * big))
    if not won:
        arm = 0.5 * big
        pygame.draw.line(layer, (*DARK, 255), (x - arm, y), (x + arm, y), max(3, round(0.22 * big)))
