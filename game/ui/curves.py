"""Curves for the map: from hexes and hexsides in order to lines that flow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from game.ui.frame import Frame

F64 = npt.NDArray[np.float64]


def unit_hash(a: int, b: int) -> float:
    """Return a number 0..1 fixed by two whole numbers: jitter that never changes."""
    h = (a * 374761393 + b * 668265263) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((h ^ (h >> 16)) & 0xFFFF) / 65535.0


def catmull_rom(points: F64, step: float = 3.0) -> F64:
    """Return a smooth curve through points, with a point about every `step` [px]."""
    if len(points) < 3:
        return points
    padded = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    p0, p1, p2, p3 = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    count = np.maximum((np.hypot(*(p2 - p1)[:, :2].T) / step).astype(np.int64), 1)  # points on each stretch
    at = np.repeat(np.arange(len(count)), count)
    t = ((np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)) / count[at])[:, None]
    linear, square, cube = p2 - p0, 2 * p0 - 5 * p1 + 4 * p2 - p3, 3 * p1 - p0 - 3 * p2 + p3
    smooth = 0.5 * (2 * p1[at] + linear[at] * t + square[at] * t**2 + cube[at] * t**3)
    return np.concatenate([smooth, points[-1:]])


def cut_corners(points: F64, rounds: int = 2) -> F64:
    """Return a line with its corners cut (Chaikin); closed lines stay closed."""
    closed = bool(np.allclose(points[0], points[-1])) and len(points) > 3
    for _ in range(rounds):
        a, b = points[:-1], points[1:]
        middle = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)
        points = np.concatenate([middle, middle[:1]]) if closed else np.concatenate([points[:1], middle, points[-1:]])
    return points


def offset(points: F64, by: float | F64) -> F64:
    """Return a line moved sideways, to the right for positive numbers [px]."""
    along = np.gradient(points, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    return np.asarray(points + np.stack([-along[:, 1], along[:, 0]], axis=1) * np.asarray(by).reshape(-1, 1), np.float64)


def chain(links: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return paths of nodes that together use every link once; they meet only at forks and ends.

    Paths run from fork or end to fork or end; rings come last and end where they began.
    """
    near: dict[int, list[int]] = {}
    for number, (a, b) in enumerate(links):
        near.setdefault(a, []).append(number)
        near.setdefault(b, []).append(number)
    used = [False] * len(links)
    paths: list[list[int]] = []
    for start in [n for n in near if len(near[n]) != 2] + list(near):
        for first in near[start]:
            if not used[first]:
                paths.append(_follow(links, near, used, start, first))
    return paths


def _follow(links: Sequence[tuple[int, int]], near: dict[int, list[int]], used: list[bool], start: int, first: int) -> list[int]:
    """Return the path that leaves a node by a link and goes on to the next fork or end."""
    path, node, link = [start], start, first
    while True:
        used[link] = True
        a, b = links[link]
        node = b if node == a else a
        path.append(node)
        onward = [n for n in near[node] if not used[n]]
        if len(near[node]) != 2 or not onward:
            return path
        link = onward[0]


def hexside_chains(frame: Frame, sides: Sequence[tuple[int, int]]) -> list[tuple[list[tuple[int, int]], F64]]:
    """Return chains of hexsides: each as its sides in order and the corners (N + 1, 2) between them [px].

    sides: (hex, direction), each hexside once.
    """
    ids, where = frame.corner_ids, {}
    by_link: dict[tuple[int, int], tuple[int, int]] = {}
    links: list[tuple[int, int]] = []
    for hex_, d in sides:
        a, b = int(ids[hex_, d]), int(ids[hex_, (d + 1) % 6])
        where[a], where[b] = frame.centres[hex_] + frame.corners[d], frame.centres[hex_] + frame.corners[(d + 1) % 6]
        links.append((a, b))
        by_link[min(a, b), max(a, b)] = (hex_, d)
    out = []
    for path in chain(links):
        order = [by_link[min(a, b), max(a, b)] for a, b in pairwise(path)]
        out.append((order, np.array([where[n] for n in path])))
    return out


def middles(corners: F64) -> F64:
    """Return a line through the middles of hexsides, from its first corner to its last."""
    between = (corners[:-1] + corners[1:]) / 2
    if np.allclose(corners[0], corners[-1]):
        return np.concatenate([between, between[:1]])
    return np.concatenate([corners[:1], between, corners[-1:]])
