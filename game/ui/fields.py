"""Smooth fields from values per hex: heights, roughness and water spread over pixels without the seams of hexes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.model.hexmap import HexMap
from game.ui.frame import Frame

F32 = npt.NDArray[np.float32]
_ROW = 0.8660254037844386


def _bspline(t: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], ...]:
    """Return the four weights of a cubic B-spline at fractions t."""
    t2, t3 = t * t, t * t * t
    return (1 - 3 * t + 3 * t2 - t3) / 6, (4 - 6 * t2 + 3 * t3) / 6, (1 + 3 * t + 3 * t2 - 3 * t3) / 6, t3 / 6


def axial_table(map_: HexMap, values: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], int]:
    """Return (F, R + 4, Q) values by axial row and column, edges repeated, and the column of q = 0.

    Row i of the table is hex row i - 2. values: (F, H).
    """
    rows = np.clip(np.arange(-2, map_.rows + 2), 0, map_.rows - 1)
    first = -(map_.rows + 4) // 2 - 4
    q = np.arange(first, map_.cols + 8)
    real = np.arange(-2, map_.rows + 2)
    col = np.clip(q[None, :] + ((real - (real & 1)) // 2)[:, None], 0, map_.cols - 1)
    return values[:, rows[:, None] * map_.cols + col], -first


def spline(frame: Frame, values: npt.NDArray[np.float64], step: int = 1) -> F32:
    """Return (F, h, w) smooth fields for values (F, H) given per hex, on every `step`-th pixel of a frame.

    The hexes form a sheared square grid in axial coordinates, on which a cubic B-spline is separable.
    """
    table, zero = axial_table(frame.map, values)
    ys, xs = np.arange(0, frame.height, step), np.arange(0, frame.width, step)
    out = np.empty((len(values), len(ys), len(xs)), np.float32)
    across = (xs + 0.5 + frame.left) / frame.hex_px
    for j, y in enumerate((ys + 0.5 + frame.top) / (frame.hex_px * _ROW)):
        row = int(np.floor(y))
        weights = _bspline(np.array(y - row))
        lines = [np.clip(row + 1 + k, 0, table.shape[1] - 1) for k in range(4)]
        line = np.zeros((len(values), table.shape[2]))
        for weight, i in zip(weights, lines, strict=True):
            line += float(weight) * table[:, i]
        q = across - y / 2 + zero
        base = np.floor(q).astype(np.int64)
        taps = _bspline(q - base)
        base = np.clip(base, 1, table.shape[2] - 3)
        left = taps[0] * line[:, base - 1] + taps[1] * line[:, base]
        out[:, j] = left + taps[2] * line[:, base + 1] + taps[3] * line[:, base + 2]
    return out


def hex_below(frame: Frame, x: F32, y: F32) -> npt.NDArray[np.int32]:
    """Return the hex under each position, given as pixels from the map's first hex centre; off the map the nearest one."""
    row = y / np.float32(frame.hex_px * _ROW)
    q = x / np.float32(frame.hex_px) - row / 2
    rq, rr = np.rint(q), np.rint(row)
    dq, dr = np.abs(rq - q), np.abs(rr - row)
    rs = np.rint(-q - row)
    ds = np.abs(rs + q + row)
    fix_q = (dq > dr) & (dq > ds)
    fix_r = ~fix_q & (dr > ds)
    rq = np.where(fix_q, -rr - rs, rq)
    rr = np.where(fix_r, -rq - rs, rr)
    r = np.clip(rr.astype(np.int32), 0, frame.map.rows - 1)
    c = np.clip(rq.astype(np.int32) + (r - (r & 1)) // 2, 0, frame.map.cols - 1)
    return np.asarray(r * frame.map.cols + c, np.int32)


def blur(image: F32, radius: float) -> F32:
    """Return an image (h, w[, 3]) blurred by two box filters of about the given radius [px]; edges are repeated."""
    r = int(radius + 0.5)
    for axis in (0, 1) * (2 if r else 0):
        pad = [(r, r) if a == axis else (0, 0) for a in range(image.ndim)]
        wide = np.pad(image, pad, mode="edge")
        n = image.shape[axis]
        total = np.zeros_like(image)
        for k in range(2 * r + 1):
            total += wide[k : k + n] if axis == 0 else wide[:, k : k + n]
        total /= 2 * r + 1
        image = total
    return image


def enlarge(small: F32, step: int, height: int, width: int) -> F32:
    """Return a field computed on every `step`-th pixel, at every pixel (straight lines between)."""
    if step == 1:
        return small[:height, :width]
    y, x = np.arange(height) / step, np.arange(width) / step
    j = np.minimum(y.astype(np.int64), small.shape[0] - 2)
    i = np.minimum(x.astype(np.int64), small.shape[1] - 2)
    v, u = (y - j).astype(np.float32)[:, None], (x - i).astype(np.float32)[None, :]
    rows = small[j] * (1 - v) + small[j + 1] * v
    return np.asarray(rows[:, i] * (1 - u) + rows[:, i + 1] * u, np.float32)
