"""The tint of held ground, the front between the sides, and cut railways: what changes slowly and covers the whole map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from game.ui import style
from game.ui.camera import ROW, Camera
from game.ui.canvas import surface_of
from game.ui.fields import blur
from game.ui.frame import Frame
from game.ui.hexsides import Front
from game.ui.routes import lifted, lifted_curves
from game.ui.strokes import Curve, cover, dash, trace

if TYPE_CHECKING:
    import pygame

    from game.model.hexmap import HexMap

U8 = npt.NDArray[np.uint8]
F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
STEP = 6  # pixels of the tint a hex
SOFT = 24  # how far one hex's holder is felt in the tint [its pixels]
GRID = 8  # pixels of the map between two points at which the tint is worked out
REACH = 4.5  # the same, with the front's line [hexes]
TINTS = ((14, 58), (4, 42))  # opacity of a side's tint: far from the front, and at it

_last: dict[str, Any] = {}  # the cut hexsides that were worked out last


class Washes:
    """The tint of held ground and the front line, kept up to date for one state of control."""

    def __init__(self, camera: Camera) -> None:
        self.map = camera.map
        self._control: U8 | None = None  # that the tint shows
        self._tint: F32 = np.zeros((2, 0, 0), np.float32)
        self._line = Front()

    def tint(self, control: U8) -> F32:
        """Return (2, h, w) the opacity of each side's tint, STEP px a hex, from a whole hex above and left of hex (0, 0)."""
        m = self.map
        if self._control is None:
            self._tint = np.zeros((2, int(m.rows * STEP * ROW) + 2 * STEP, m.cols * STEP + 2 * STEP), np.float32)
            self._renew(control, (0, 0, self._tint.shape[1], self._tint.shape[2]))
        elif (changed := np.flatnonzero(self._control != control)).size:
            row, col = np.divmod(changed, m.cols)
            x, y = STEP * (col + 0.5 * (row & 1) + 1), STEP * (ROW * row + 1)
            far = SOFT + STEP
            box = (int(y.min()) - far, int(x.min()) - far, int(y.max()) + far, int(x.max()) + far)
            self._renew(control, box)
        self._control = control
        return self._tint

    def _renew(self, control: U8, box: tuple[int, int, int, int]) -> None:
        """Work a part of the tint out anew; box: first row and column, last row and column."""
        _, high, wide = self._tint.shape
        top, left, bottom, right = max(box[0], 0), max(box[1], 0), min(box[2], high), min(box[3], wide)
        y0, x0, y1, x1 = max(top - SOFT, 0), max(left - SOFT, 0), min(bottom + SOFT, high), min(right + SOFT, wide)
        found = _tint(self.map, control, (y0, x0, y1, x1))
        self._tint[:, top:bottom, left:right] = found[:, top - y0 : bottom - y0, left - x0 : right - x0]

    def draw(self, layer: pygame.Surface, camera: Camera, control: U8, tinted: bool) -> None:
        """Draw the front line and, unless another overlay tints the land, each side's tint."""
        if tinted:
            self._draw_tint(layer, camera, control)
        self._line.draw(layer, camera, control)

    def _draw_tint(self, layer: pygame.Surface, camera: Camera, control: U8) -> None:
        """Draw the tint: worked out every GRID pixels of the map, and enlarged in the same way wherever the camera stands."""
        import pygame

        tint, clip = self.tint(control), layer.get_clip()
        left, top = int(camera.left + clip.left) // GRID, int(camera.top + clip.top) // GRID
        wide, high = -(-int(camera.left + clip.right) // GRID) - left, -(-int(camera.top + clip.bottom) // GRID) - top
        factor = camera.hex / STEP
        x, y = (
            np.asarray(((low + np.arange(count + 1)) * GRID + camera.hex) / factor - 0.5, np.float64)
            for low, count in ((left, wide), (top, high))
        )
        shares = _between(_between(tint, y, 1), x, 2)
        alpha = shares[0] + shares[1]
        part = (shares / np.maximum(alpha, 1e-3))[..., None]
        colours = part[0] * np.array(style.WASH[0], np.float32) + part[1] * np.array(style.WASH[1], np.float32)
        small = surface_of(colours.transpose(1, 0, 2), alpha.T)
        # n + 1 points over n squares: every pixel lies exactly at its share of a square, so that neighbouring parts join
        large = pygame.transform.smoothscale(small, (wide * GRID, high * GRID))
        layer.blit(large, (left * GRID - round(camera.left), top * GRID - round(camera.top)))


def _between(values: F32, at: F64, axis: int) -> F32:
    """Return values (2, h, w) between their rows or columns, straight lines between; beyond the edge the last ones."""
    at = np.clip(at, 0, values.shape[axis] - 1.001)
    low = at.astype(np.int64)
    share = (at - low).astype(np.float32).reshape((-1, 1) if axis == 1 else (1, -1))
    return np.asarray(values.take(low, axis) * (1 - share) + values.take(low + 1, axis) * share, np.float32)


def _tint(map_: HexMap, control: U8, box: tuple[int, int, int, int]) -> F32:
    """Return (2, h, w) the opacity of both sides' tints in a part of the tint, strongest along the front."""
    y, x = np.mgrid[box[0] : box[2], box[1] : box[3]].astype(np.float32)
    row = np.clip(np.rint((y - STEP) / (STEP * ROW)), 0, map_.rows - 1).astype(np.int64)
    col = np.clip(np.rint((x - STEP) / STEP - 0.5 * (row & 1)), 0, map_.cols - 1).astype(np.int64)
    held = control[row * map_.cols + col]
    sides = [(held == s).astype(np.float32) for s in (0, 1)]
    shares = [blur(side, 1.5 * STEP) for side in sides]
    close = np.minimum(4 * shares[0] * shares[1], 1)
    fields = [blur(side * (least + (most - least) * close), 2.0) for side, (least, most) in zip(sides, TINTS, strict=True)]
    return np.stack(fields).astype(np.float32)


def _cut_sides(map_: HexMap, broken_rail: U8) -> U8:
    """Return (H, 6) 1 where a railway is cut, worked out once for a state of the tracks."""
    key = broken_rail.tobytes()
    if _last.get("key") != (id(map_), key):
        _last.update(key=(id(map_), key), sides=lifted(map_, broken_rail))
    found: U8 = _last["sides"]
    return found


def draw_cuts(layer: pygame.Surface, camera: Camera, broken_rail: U8) -> None:
    """Draw the railway where it is cut, over the working track of the ground: pale bed, bare sleepers. broken_rail: (H,)."""
    factor = style.road_factor(camera.hex)
    reach = (3.5 + 1.2) / 2 * factor if camera.hex > 20 else max(1.7 * factor, 0.7)
    clip = layer.get_clip()
    frame = Frame(camera.map, camera.hex, camera.left + clip.left, camera.top + clip.top, clip.width, clip.height)
    curves = lifted_curves(frame, _cut_sides(camera.map, broken_rail))
    seen = [c.points[((c.points > -40) & (c.points < (clip.width + 40, clip.height + 40))).all(axis=1)] for c in curves]
    if not any(len(points) for points in seen):
        return
    points = np.concatenate(seen)
    # only where there is something to draw: a little more than the points, which lie a few pixels apart
    left, top = (max(int(v) - 12, 0) for v in points.min(axis=0))
    right, bottom = (min(int(v) + 12, most) for v, most in zip(points.max(axis=0), clip.size, strict=True))
    shape = (bottom - top, right - left)
    if min(shape) <= 0:
        return
    lines = [Curve(c.points - (left, top), c.half) for c, some in zip(curves, seen, strict=True) if len(some)]
    found = trace(shape, lines, reach + 1.5)
    bed = cover(found.distance, reach + 0.4)
    sleepers = cover(found.distance, reach) * dash(found.along, max(1.3 * factor, 1.0), 3.6 * factor)
    rest = np.maximum(sleepers, cover(found.distance, max(0.55 * factor, 0.4)) * np.float32(0.85))[:, None]
    colours = np.zeros((shape[0] * shape[1], 3), np.float32)
    alpha = np.zeros(shape[0] * shape[1], np.float32)
    colours[found.where] = np.array(style.PAPER, np.float32) * (1 - rest) + np.array(style.LIFTED, np.float32) * rest
    alpha[found.where] = 255 * bed
    made = surface_of(colours.reshape(*shape, 3).transpose(1, 0, 2), alpha.reshape(shape).T)
    layer.blit(made, (clip.left + left, clip.top + top))


__all__ = ["REACH", "Washes", "draw_cuts"]
