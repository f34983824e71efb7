"""Rivers as flowing lines: they follow the hexsides of the rules, pass each at its middle, and join where they meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from game.model.hexmap import LAKE, SEA
from game.ui import style
from game.ui.curves import catmull_rom, hexside_chains, offset, unit_hash
from game.ui.frame import Frame
from game.ui.keptlines import whole_map
from game.ui.land import PAD
from game.ui.strokes import Curve, cover, dash, paint, stroke, trace

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
VALLEY_KM = 2.6
Side = tuple[int, int]


@dataclass(frozen=True)
class Stream:
    """A stretch of river as drawn."""

    id: str  # of the course, "" = unnamed
    curve: Curve
    yellow: bool
    grade: int


def canonical(frame: Frame, side: Side) -> Side:
    """Return the name of a hexside that both its hexes share."""
    hex_, d = side
    other = int(frame.map.neighbours[hex_, d])
    return (hex_, d) if other < 0 or hex_ < other else (other, (d + 3) % 6)


class _Network:
    """Builds the streams: the largest first, so that smaller ones end on a line that is already there."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.ids = frame.corner_ids
        self.drawn: dict[int, F64] = {}  # corner -> where the drawn line passes it
        self.done: set[Side] = set()
        self.streams: list[Stream] = []
        water = np.isin(frame.map.terrain, (SEA, LAKE))
        self.wet = water
        self.water: dict[int, int] = {int(c): int(h) for h in np.flatnonzero(water) for c in self.ids[h]}

    def corner(self, side: Side, which: int) -> F64:
        """Return the first (0) or second (1) corner of a hexside [px]."""
        corner: F64 = self.frame.centres[side[0]] + self.frame.corners[(side[1] + which) % 6]
        return corner

    def ends(self, side: Side) -> tuple[int, int]:
        """Return the numbers of a hexside's two corners."""
        return int(self.ids[side[0], side[1]]), int(self.ids[side[0], (side[1] + 1) % 6])

    def add(self, course: str, sides: Sequence[Side]) -> None:
        """Draw the stretches of a course that are no part of an earlier one."""
        run: list[Side] = []
        before: Side | None = None
        sides = [s for s in sides if not self._drowned(s)]
        for side in [*sides, None]:
            fresh = side is not None and canonical(self.frame, side) not in self.done
            joined = not run or (side is not None and set(self.ends(run[-1])) & set(self.ends(side)))
            if run and not (fresh and joined):
                self._stretch(course, run, before)
                run = []
            if fresh and side is not None:
                if not run:
                    before = sides[sides.index(side) - 1] if sides.index(side) else None
                run.append(side)

    def _drowned(self, side: Side) -> bool:
        """Return whether a hexside lies in still water on both sides."""
        other = int(self.frame.map.neighbours[side])
        return bool(self.wet[side[0]] and (other < 0 or self.wet[other]))

    def _stretch(self, course: str, run: list[Side], before: Side | None) -> None:
        """Draw one unbroken stretch of hexsides."""
        nodes = self._nodes(run, before)
        where = {n: self.corner(s, k) for s in run for k, n in enumerate(self.ends(s))}
        factor = style.river_factor(self.frame.hex_px)
        half = [style.RIVER_WIDTH[int(self.frame.map.river[s])] * factor / 2 for s in run]
        points, width = [self._end(nodes[0], where[nodes[0]])], [half[0]]
        for i, (a, b) in enumerate(pairwise(nodes)):
            middle = (where[a] + where[b]) / 2
            if i:
                chord = (points[-1] + middle) / 2
                pull = 0.34 + 0.30 * unit_hash(a, 7)
                jitter = np.array([unit_hash(a, 8) - 0.5, unit_hash(a, 9) - 0.5]) * 0.06 * self.frame.hex_px
                bend = chord + pull * (where[a] - chord) + jitter
                self.drawn.setdefault(a, bend)
                points.append(bend)
                width.append((half[i - 1] + half[i]) / 2)
            points.append(middle)
            width.append(half[i])
        points.append(self._end(nodes[-1], where[nodes[-1]]))
        width.append(half[-1])
        self._keep(course, run, nodes, np.column_stack([np.array(points), self._taper(nodes[0], width)]))

    def _nodes(self, run: list[Side], before: Side | None) -> list[int]:
        """Return the corners along a stretch, from its first to its last."""
        first = self.ends(run[0])
        if len(run) > 1:
            start = first[0] if first[1] in self.ends(run[1]) else first[1]
        else:
            start = first[1] if before is not None and first[1] in self.ends(before) else first[0]
            if before is None and start in self.drawn and first[1] not in self.drawn:
                start = first[1]
        nodes = [start]
        for side in run:
            a, b = self.ends(side)
            nodes.append(b if a == nodes[-1] else a)
        return nodes

    def _end(self, node: int, at: F64) -> F64:
        """Return where a stretch begins or ends: on a drawn river, a little way into a lake, or at the corner."""
        if node in self.drawn:
            return self.drawn[node]
        if node in self.water:
            return np.asarray(at + (self.frame.centres[self.water[node]] - at) * 0.45, np.float64)
        return at

    def _taper(self, node: int, width: list[float]) -> F64:
        """Return the half widths, narrow at a source inside the map."""
        out = np.array(width)
        at_edge = self.frame.map.neighbours[[h for h, _ in self._touching(node)]].min() < 0 if self._touching(node) else True
        if node not in self.drawn and node not in self.water and not at_edge:
            n = min(6, len(out))
            out[:n] *= np.linspace(0.35, 1.0, n)
        return out

    def _touching(self, node: int) -> list[Side]:
        """Return the hexes (with their corner) that share a corner."""
        return [(int(h), int(d)) for h, d in np.argwhere(self.ids == node)]

    def _keep(self, course: str, run: list[Side], nodes: list[int], points: F64) -> None:
        """Record a finished stretch."""
        smooth = catmull_rom(points)
        grade = min(int(self.frame.map.river[s]) for s in run)
        self.streams.append(Stream(course, Curve(smooth[:, :2], np.maximum(smooth[:, 2], 0.3)), "yellow" in course, grade))
        self.drawn.setdefault(nodes[0], points[0, :2])
        self.drawn.setdefault(nodes[-1], points[-1, :2])
        self.done.update(canonical(self.frame, s) for s in run)


@whole_map
def river_streams(frame: Frame) -> list[Stream]:
    """Return every river of the map as curves in a frame."""
    map_ = frame.map
    network = _Network(frame)
    for line in sorted((x for x in map_.lines if x.kind == "river"), key=lambda x: (x.grade, -len(x.hexes), x.id)):
        sides = [(h, d) for h, d in zip(line.hexes, line.sides, strict=True) if map_.river[h, d]]
        network.add(line.id, sides)
    rest = sorted({canonical(frame, (int(h), int(d))) for h, d in np.argwhere(map_.river > 0)} - network.done)
    for order, _ in hexside_chains(frame, rest):
        network.add("", order)
    return network.streams


def valley(frame: Frame, streams: Sequence[Stream], step: int = 4) -> F32:
    """Return the nearness of rivers, 1 on them, falling to 0 some 5 km away, on every `step`-th pixel of the grown frame."""
    big = frame.grown(PAD)
    shape = (-(-big.height // step) + 1, -(-big.width // step) + 1)
    curves = [Curve((s.curve.points + PAD) / step, np.zeros(len(s.curve.points))) for s in streams]
    scale = VALLEY_KM * frame.px_per_km / step
    found = trace(shape, curves, 2.2 * scale + 1)
    out = np.zeros(shape, np.float32)
    out.ravel()[found.where] = np.exp(-((found.distance / scale) ** 2))
    return out


def draw_banks(image: F32, frame: Frame, streams: Sequence[Stream]) -> None:
    """Draw the sand banks of the Yellow River as a soft glow."""
    reach = 9 * style.river_factor(frame.hex_px)
    glow = trace((image.shape[0], image.shape[1]), [s.curve for s in streams if s.yellow], reach + 1)
    fade = np.clip(1 - glow.distance / reach, 0, 1) ** 1.3
    paint(image, glow.where, (0.75 * fade).astype(np.float32), style.SAND)


def draw_rivers(image: F32, frame: Frame, streams: Sequence[Stream]) -> None:
    """Draw the rivers: casing, water, glint."""
    factor = style.river_factor(frame.hex_px)
    shape = (image.shape[0], image.shape[1])
    yellow = [s.curve for s in streams if s.yellow]
    blue = [s.curve for s in streams if not s.yellow]
    found = [trace(shape, group, 1.5 * factor + 1) for group in (blue, yellow)]
    tones = ((style.RIVER_CASING, style.RIVER, style.RIVER_GLINT), (style.YELLOW_CASING, style.YELLOW, style.YELLOW_GLINT))
    for near, tone in zip(found, tones, strict=True):
        paint(image, near.where, cover(near.distance, max(0.75 * factor, 0.45)) * np.float32(0.95), tone[0])
    for near, tone in zip(found, tones, strict=True):
        paint(image, near.where, cover(near.distance, -0.1), tone[1])
    for group, tone in zip((blue, yellow), tones, strict=True):
        bright = [Curve(offset(c.points, -0.18 * c.half), c.half * 0.24) for c in group if float(c.half.max()) > 1.1]
        near = trace(shape, bright, 2)
        paint(image, near.where, cover(near.distance) * np.float32(0.8), tone[2])


def draw_dry_bed(image: F32, frame: Frame) -> None:
    """Draw the old bed of the Yellow River, dry since 1938: sand between dashed banks."""
    sides = sorted({canonical(frame, (int(h), int(d))) for h, d in np.argwhere(frame.map.dry_bed > 0)})
    factor = style.river_factor(frame.hex_px)
    curves = []
    for _, corners in hexside_chains(frame, sides):
        middle = (corners[:-1] + corners[1:]) / 2
        curves.append(Curve(catmull_rom(np.concatenate([corners[:1], middle, corners[-1:]])), np.zeros(1)))
    curves = [Curve(c.points, np.zeros(len(c.points))) for c in curves]
    width = 6.5 * factor
    found = trace((image.shape[0], image.shape[1]), curves, width + 3)
    share = np.clip((width + 2 - found.distance) / 4, 0, 1) * 0.8
    paint(image, found.where, share.astype(np.float32), style.DRY_SAND)
    banks = [Curve(offset(c.points, s * width * 0.62), c.half) for c in curves for s in (-1, 1) if len(c.points) > 2]
    stroke(image, banks, max(0.9 * factor, 0.7), style.DRY_BANK, 0.8, (6 * factor, 4 * factor))


__all__ = ["Stream", "canonical", "dash", "draw_dry_bed", "draw_rivers", "river_streams", "valley"]
