"""Drawing lines: how far each pixel lies from a curve, from which smooth strokes, casings, dashes and bands follow.

No picture is drawn large and reduced: the distance gives the share of a pixel that a line covers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from game.core.jit import kernel, numba_wanted
from game.ui.style import Colour

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]


@kernel
def _trace(points: F64, starts: npt.NDArray[np.int64], reach: float, distance: F32, along: F32, turn: F32) -> None:
    """Lower `distance` (h, w) to the distance from curves, minus their half width, and note where they are nearest.

    points: (N, 4) x, y, length so far, half width. starts: first point of each curve, then N. along: the length so far at
    the nearest point [px]. turn: > 0 to the right of the curve, < 0 to the left.
    """
    height, width = distance.shape
    for c in range(len(starts) - 1):
        for i in range(starts[c], starts[c + 1] - 1):
            x0, y0, x1, y1 = points[i, 0], points[i, 1], points[i + 1, 0], points[i + 1, 1]
            dx, dy = x1 - x0, y1 - y0
            square = dx * dx + dy * dy
            if square <= 0.0:
                continue
            far = reach + max(points[i, 3], points[i + 1, 3])
            left, right = max(int(min(x0, x1) - far), 0), min(int(max(x0, x1) + far) + 1, width - 1)
            top, bottom = max(int(min(y0, y1) - far), 0), min(int(max(y0, y1) + far) + 1, height - 1)
            for y in range(top, bottom + 1):
                for x in range(left, right + 1):
                    px, py = x + 0.5 - x0, y + 0.5 - y0
                    t = min(max((px * dx + py * dy) / square, 0.0), 1.0)
                    ex, ey = px - t * dx, py - t * dy
                    d = (ex * ex + ey * ey) ** 0.5 - (points[i, 3] * (1 - t) + points[i + 1, 3] * t)
                    if d < distance[y, x]:
                        distance[y, x] = d
                        along[y, x] = points[i, 2] * (1 - t) + points[i + 1, 2] * t
                        turn[y, x] = dx * py - dy * px


def _trace_plain(points: F64, starts: npt.NDArray[np.int64], reach: float, distance: F32, along: F32, turn: F32) -> None:
    """Do what `_trace` does, one segment at a time with NumPy: for machines without numba."""
    height, width = distance.shape
    inner = np.ones(len(points), bool)
    inner[starts[1:] - 1] = False
    for i in np.flatnonzero(inner):
        (x0, y0, s0, h0), (x1, y1, s1, h1) = points[i].tolist(), points[i + 1].tolist()
        dx, dy = x1 - x0, y1 - y0
        square = dx * dx + dy * dy
        if square <= 0.0:
            continue
        far = reach + max(h0, h1)
        left, right = max(int(min(x0, x1) - far), 0), min(int(max(x0, x1) + far) + 1, width - 1)
        top, bottom = max(int(min(y0, y1) - far), 0), min(int(max(y0, y1) + far) + 1, height - 1)
        if right < left or bottom < top:
            continue
        px = np.arange(left, right + 1)[None, :] + (0.5 - x0)
        py = np.arange(top, bottom + 1)[:, None] + (0.5 - y0)
        t = np.clip((px * dx + py * dy) / square, 0.0, 1.0)
        d = (np.hypot(px - t * dx, py - t * dy) - (h0 + (h1 - h0) * t)).astype(np.float32)
        part = (slice(top, bottom + 1), slice(left, right + 1))
        near = d < distance[part]
        distance[part][near] = d[near]
        along[part][near] = (s0 + (s1 - s0) * t)[near]
        turn[part][near] = (dx * py - dy * px)[near]


@dataclass(frozen=True)
class Curve:
    """A line as drawn: points (N, 2) [px], half width at each point (N,) [px]; the width may be 0."""

    points: F64
    half: F64


@dataclass(frozen=True)
class Trace:
    """The pixels near some curves: indices into the flat picture, and what is known of each."""

    where: npt.NDArray[np.int64]
    distance: F32  # from the edge of the curve [px], < 0 inside
    along: F32  # length so far at the nearest point [px]
    turn: F32  # sign: > 0 right of the curve


def curve(points: F64, half: float | F64 = 0.0) -> Curve:
    """Return a curve through points with one half width, or one for each point."""
    return Curve(points, np.broadcast_to(np.asarray(half, np.float64), (len(points),)))


def trace(shape: tuple[int, int], curves: Sequence[Curve], reach: float) -> Trace:
    """Return the pixels of a picture (h, w) within `reach` of the curves [px]."""
    kept = [c for c in curves if len(c.points) > 1 and _meets(c.points, shape, reach + float(c.half.max()))]
    rows = [np.column_stack([c.points, lengths(c.points), c.half]) for c in kept]
    starts = np.concatenate([[0], np.cumsum([len(r) for r in rows])]).astype(np.int64)
    return _near(shape, np.concatenate(rows) if rows else np.zeros((0, 4)), starts, reach)


def trace_segments(shape: tuple[int, int], segments: F64, reach: float) -> Trace:
    """Return the pixels of a picture (h, w) within `reach` of straight segments (N, 2, 2) [px]."""
    points = np.zeros((2 * len(segments), 4))
    points[:, :2] = segments.reshape(-1, 2)
    return _near(shape, points, np.arange(0, 2 * len(segments) + 1, 2), reach)


def _near(shape: tuple[int, int], points: F64, starts: npt.NDArray[np.int64], reach: float) -> Trace:
    """Return the pixels near curves given as rows of x, y, length so far, half width."""
    distance = np.full(shape, 1e9, np.float32)
    along, turn = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    if len(points):
        run = _trace if numba_wanted() else _trace_plain
        run(np.ascontiguousarray(points, np.float64), starts.astype(np.int64), float(reach), distance, along, turn)
    where = np.flatnonzero(distance.ravel() < reach)
    return Trace(where, distance.ravel()[where], along.ravel()[where], turn.ravel()[where])


def _meets(points: F64, shape: tuple[int, int], margin: float) -> bool:
    """Return whether a curve comes near the picture."""
    low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
    return bool(low[0] < shape[1] and low[1] < shape[0] and high[0] > 0 and high[1] > 0)


def lengths(points: F64) -> F64:
    """Return (N,) the length of a curve up to each of its points [px]."""
    steps = np.sqrt((np.diff(points, axis=0) ** 2).sum(axis=1))
    return np.concatenate([[0.0], np.cumsum(steps)])


def cover(distance: F32, width: float = 0.0) -> F32:
    """Return the share 0..1 of each pixel that a line covers which reaches `width` beyond its edge [px]."""
    return np.asarray(np.clip(width + 0.5 - distance, 0, 1), np.float32)


def dash(along: F32, on: float, off: float) -> F32:
    """Return 1 on the dashes and 0 in the gaps of a line, softened over a pixel. on, off: lengths [px]."""
    place = np.mod(along, on + off)
    return np.asarray(np.clip(np.minimum(place, on - place) + 0.5, 0, 1), np.float32)


def paint(image: F32, where: npt.NDArray[np.int64], share: F32, colour: Colour | F32) -> None:
    """Mix a colour (or one for each pixel) into the flat pixels of an image (h, w, 3) by a share 0..1."""
    flat = image.reshape(-1, 3)
    some = share > 0.004
    place, part = where[some], share[some][:, None]
    tone = np.asarray(colour, np.float32)
    tone = tone[some] if tone.ndim == 2 else tone
    flat[place] += (tone - flat[place]) * part


def stroke(
    image: F32, curves: Sequence[Curve], width: float, colour: Colour, alpha: float = 1.0, dashes: tuple[float, float] | None = None
) -> None:
    """Draw curves `width` wide [px]; dashes: lengths on and off [px]."""
    found = trace((image.shape[0], image.shape[1]), curves, width / 2 + 1)
    share = cover(found.distance, width / 2) * np.float32(alpha)
    if dashes:
        share = share * dash(found.along, *dashes)
    paint(image, found.where, share, colour)
