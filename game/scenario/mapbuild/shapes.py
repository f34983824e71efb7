"""Points, lines and polygons on the sheet: distances, the course of a line, what lies inside."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from game.scenario.mapbuild.projection import F64

Bools = npt.NDArray[np.bool_]


def inside(points: F64, rings: list[F64]) -> Bools:
    """Return (N,) whether each point lies inside the rings taken together (even-odd rule: holes count)."""
    found = np.zeros(len(points), bool)
    every = np.concatenate(rings)
    low, high = every.min(axis=0), every.max(axis=0)
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    near = near[np.argsort(points[near, 1], kind="stable")]
    x, y = points[near, 0], points[near, 1]
    odd = np.zeros(len(near), bool)
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if y0 == y1:
                continue
            a, b = np.searchsorted(y, (min(y0, y1), max(y0, y1)))
            odd[a:b] ^= x[a:b] < x0 + (y[a:b] - y0) * (x1 - x0) / (y1 - y0)
    found[near] = odd
    return found


def densify(line: F64, step: float) -> F64:
    """Return a line (N, 2) with extra points so that none lie further apart than step."""
    parts = [line[:1]]
    for a, b in pairwise(line):
        count = max(1, int(np.ceil(np.hypot(*(b - a)) / step)))
        parts.append(a + (b - a) * (np.arange(1, count + 1) / count)[:, None])
    return np.concatenate(parts)


def lengths(line: F64) -> F64:
    """Return (N,) the distance along the line of each of its points."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def distance_to(points: F64, line: F64) -> tuple[F64, F64]:
    """Return for (N, 2) points the distance to a line and the signed side: > 0 left of its direction."""
    a, b = line[:-1], line[1:]
    d = b - a
    square = np.maximum((d * d).sum(axis=1), 1e-9)
    best = np.full(len(points), np.inf)
    side = np.zeros(len(points))
    for chunk in range(0, len(points), 256):
        p = points[chunk : chunk + 256, None, :]
        t = np.clip(((p - a) * d).sum(axis=2) / square, 0, 1)
        gap = p - (a + t[..., None] * d)
        dist = np.hypot(gap[..., 0], gap[..., 1])
        k = dist.argmin(axis=1)
        rows = np.arange(len(k))
        best[chunk : chunk + 256] = dist[rows, k]
        g = (p - a)[rows, k]
        side[chunk : chunk + 256] = d[k, 0] * g[:, 1] - d[k, 1] * g[:, 0]
    return best, side


def chain(pieces: list[F64], gap: float) -> list[F64]:
    """Join pieces (N, 2) end to end where their ends lie within gap; return the chains, the longest first.

    A piece that forks off stays a chain of its own.
    """
    left = sorted((p for p in pieces if lengths(p)[-1] > 1.0), key=lambda p: -lengths(p)[-1])
    chains: list[F64] = []
    while left:
        line = left.pop(0)
        joined = True
        while joined:
            joined = False
            for i, piece in enumerate(left):
                ends = _join(line, piece, gap)
                if ends is not None:
                    line = ends
                    left.pop(i)
                    joined = True
                    break
        chains.append(line)
    return sorted(chains, key=lambda p: -lengths(p)[-1])


def _join(line: F64, piece: F64, gap: float) -> F64 | None:
    """Return the line with a piece added at the end that fits, or None."""
    for forward in (piece, piece[::-1]):
        if np.hypot(*(line[-1] - forward[0])) <= gap:
            return np.concatenate([line, forward])
        if np.hypot(*(line[0] - forward[-1])) <= gap:
            return np.concatenate([forward, line])
    return None
