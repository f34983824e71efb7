"""Lines along hexsides with clean edges: each direction is drawn large and reduced once, and laid wherever it is needed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.ui import style
from game.ui.camera import ROW, Camera
from game.ui.canvas import Canvas, surface_of

if TYPE_CHECKING:
    import pygame

    from game.ui.style import Colour

U8 = npt.NDArray[np.uint8]
Piece = tuple["pygame.Surface", int, int]  # a picture, and where its corner lies from the hex's centre [px]


@lru_cache(maxsize=16)
def corners(hex_px: float) -> tuple[tuple[float, float], ...]:
    """Return the six corners of a hex around its centre [px]; side d joins corners d and d + 1."""
    from game.core.hexgrid import corner_offsets

    return tuple((float(x), float(y)) for x, y in corner_offsets(hex_px))


def _frame(points: Iterable[tuple[float, float]], pad: float) -> tuple[int, int, int, int]:
    """Return left, top, width and height of a whole-pixel box around points [px]."""
    xs, ys = zip(*points, strict=True)
    left, top = int(np.floor(min(xs) - pad)), int(np.floor(min(ys) - pad))
    return left, top, int(np.ceil(max(xs) + pad)) - left, int(np.ceil(max(ys) + pad)) - top


@lru_cache(maxsize=512)
def side_piece(hex_px: float, d: int, colour: Colour, width: float) -> Piece:
    """Return a line along side d of a hex."""
    shape = corners(hex_px)
    ends = [shape[d], shape[(d + 1) % 6]]
    left, top, w, h = _frame(ends, width / 2 + 1)
    canvas = Canvas(w, h)
    canvas.line([(x - left, y - top) for x, y in ends], colour, width)
    return canvas.finish(), left, top


@lru_cache(maxsize=256)
def edge_piece(hex_px: float, colour: Colour, width: float) -> Piece:
    """Return a line around a hex."""
    shape = corners(hex_px)
    left, top, w, h = _frame(shape, width / 2 + 1)
    canvas = Canvas(w, h)
    canvas.line([(x - left, y - top) for x, y in (*shape, shape[0])], colour, width)
    return canvas.finish(), left, top


@lru_cache(maxsize=256)
def band_piece(hex_px: float, d: int, colour: Colour, width: float, alpha: int) -> Piece:
    """Return a soft band inside a hex along its side d, strongest at the side."""
    import pygame

    shape, apothem = corners(hex_px), hex_px / 2
    a, b = shape[d], shape[(d + 1) % 6]
    inner = max(0.0, 1 - width / apothem)
    points = [a, b, (b[0] * inner, b[1] * inner), (a[0] * inner, a[1] * inner)]
    left, top, w, h = _frame(points, 1)
    canvas = Canvas(w, h)
    canvas.polygon([(x - left, y - top) for x, y in points], colour)
    made = canvas.finish()
    # distance of every pixel from the side, along the line from the centre to the side's middle
    mx, my = (a[0] + b[0]) / (2 * apothem), (a[1] + b[1]) / (2 * apothem)
    x, y = np.mgrid[0:w, 0:h] + 0.5
    far = np.clip((apothem - ((x + left) * mx + (y + top) * my)) / width, 0, 1)
    share = np.clip(1.15 * (1 - far), 0, 1) * alpha / 255
    return surface_of(pygame.surfarray.array3d(made), pygame.surfarray.array_alpha(made) * share), left, top


def lay(layer: pygame.Surface, camera: Camera, where: int, piece: Piece) -> None:
    """Lay a piece on a hex."""
    x, y = camera.point(where)
    layer.blit(piece[0], (round(x) + piece[1], round(y) + piece[2]))


def draw_sides(
    layer: pygame.Surface, camera: Camera, sides: Iterable[tuple[int, int]], colour: Colour, width: float, casing: Colour,
    grow: float,
) -> None:  # fmt: skip
    """Draw hexsides (hex, direction) as a line in a casing that is wider by `grow` [px]."""
    found = list(sides)
    for tone, wide in ((casing, width + grow), (colour, width)):
        for where, d in found:
            lay(layer, camera, where, side_piece(camera.hex, d, tone, wide))


class Front:
    """The front between the sides: the hexsides between ground that Japan holds and ground that China holds."""

    def __init__(self) -> None:
        self._key = b""
        self._sides = np.zeros((0, 2), np.int64)

    def sides(self, camera: Camera, control: U8) -> npt.NDArray[np.int64]:
        """Return (N, 2) hex and direction of every hexside of the front, from both of its hexes."""
        key = control.tobytes()
        if key != self._key:
            table = camera.map.neighbours
            other = control[table]
            differs = (table >= 0) & (control[:, None] < 2) & (other < 2) & (other != control[:, None])
            self._key, self._sides = key, np.argwhere(differs)
        return self._sides

    def draw(self, layer: pygame.Surface, camera: Camera, control: U8) -> None:
        """Draw the front: a dark line in a light one between a red band on Japan's side and a blue one on China's."""
        size, table = camera.hex, camera.map.neighbours
        sides = self.sides(camera, control)
        row, col = np.divmod(sides[:, 0], camera.map.cols)
        x, y = size * (col + 0.5 * (row & 1)) - camera.left, size * ROW * row - camera.top
        seen = sides[(x > -size) & (x < camera.width + size) & (y > -size) & (y < camera.height + size)].tolist()
        band, factor = max(0.22 * size, min(7.0, 0.5 * size)), style.road_factor(size)
        for where, d in seen:
            side = int(control[where])
            lay(layer, camera, where, band_piece(size, d, style.WASH[side], band, 165))
        once = [(where, d) for where, d in seen if table[where, d] > where]
        width = max(1.5, 2.0 * factor)
        draw_sides(layer, camera, once, style.FRONT, width, style.FRONT_CASING, max(1.8, 2.2 * factor))
