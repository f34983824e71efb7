"""Railways and roads: through the middles of the hexsides they cross, and through the stations and towns on the way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from game.model.hexmap import HexMap
from game.ui import style
from game.ui.curves import catmull_rom, chain, unit_hash
from game.ui.frame import Frame
from game.ui.keptlines import whole_map
from game.ui.spots import on_line
from game.ui.strokes import Curve, cover, curve, dash, paint, stroke, trace

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
U8 = npt.NDArray[np.uint8]


def _links(frame: Frame, flags: U8) -> list[tuple[int, int]]:
    """Return the pairs of neighbouring hexes that a route joins, each once. flags: (H, 6), not 0 where it crosses."""
    table = frame.map.neighbours
    pairs = [(int(h), int(table[h, d])) for h, d in np.argwhere(flags > 0)]
    return sorted({(min(p), max(p)) for p in pairs if p[1] >= 0})


def _paths(frame: Frame, flags: U8, kinds: tuple[str, ...]) -> list[list[int]]:
    """Return the routes as paths of hexes: the named lines first, then what they leave."""
    left = dict.fromkeys(_links(frame, flags))
    paths: list[list[int]] = []
    for line in frame.map.lines:
        if line.kind not in kinds:
            continue
        run: list[int] = []
        for a, b in pairwise(line.hexes):
            key = (min(a, b), max(a, b))
            if key in left:
                del left[key]
                run = [*run, b] if run else [a, b]
            elif run:
                paths.append(run)
                run = []
        if run:
            paths.append(run)
    return paths + chain(list(left))


def _route(frame: Frame, path: Sequence[int], fixed: dict[int, tuple[float, float]], forks: set[int], aside: U8 | None) -> F64:
    """Return the smooth line of a path of hexes [px]. aside: (H, 6), where a railway takes the middle of the hexside."""
    points: list[F64] = []
    table, size = frame.map.neighbours, frame.hex_px
    for i, hex_ in enumerate(path):
        if hex_ in fixed:
            points.append(np.array(fixed[hex_]))
        elif i in (0, len(path) - 1) or hex_ in forks:
            points.append(frame.centres[hex_])
        if i + 1 < len(path):
            d = int(np.flatnonzero(table[hex_] == path[i + 1])[0])
            low, high = sorted((hex_, path[i + 1]))
            shift = (unit_hash(low, high) - 0.5) * 0.24
            if aside is not None and aside[hex_, d]:
                shift = 0.16 if shift > 0 else -0.16
            side = frame.corners[(d + 1) % 6] - frame.corners[d]
            sign = 1 if hex_ == low else -1
            points.append(frame.side_middle(hex_, d) + side / np.hypot(*side) * shift * size * sign)
    return catmull_rom(np.array(points), 2.5)


@whole_map
def route_curves(frame: Frame, flags: U8, kinds: tuple[str, ...], most_rank: int, aside: U8 | None = None) -> list[Curve]:
    """Return a kind of route as curves in a frame. flags: (H, 6)."""
    paths = _paths(frame, flags, kinds)
    count: dict[int, int] = {}
    for a, b in _links(frame, flags):
        count[a], count[b] = count.get(a, 0) + 1, count.get(b, 0) + 1
    forks = {h for h, n in count.items() if n > 2}
    fixed = on_line(frame, most_rank)
    return [curve(_route(frame, path, fixed, forks, aside)) for path in paths]


@whole_map
def path_curves(frame: Frame, paths: tuple[tuple[int, ...], ...]) -> list[Curve]:
    """Return the courses of railways along paths of hexes, as they are drawn on the land."""
    fixed = on_line(frame, 3)
    return [curve(_route(frame, path, fixed, set(), None)) for path in paths]


def draw_roads(image: F32, frame: Frame, zoom: style.Zoom) -> list[Curve]:
    """Draw tracks and roads; return their curves."""
    map_, factor = frame.map, style.road_factor(frame.hex_px)
    drawn: list[Curve] = []
    if zoom.tracks:
        tracks = route_curves(frame, (map_.road == 1).astype(np.uint8), ("track", "road"), 3, map_.rail)
        stroke(image, tracks, max(1.5 * factor, 0.8), style.TRACK, 0.75, (0.14 * frame.hex_px, 0.09 * frame.hex_px))
        drawn += tracks
    if zoom.roads:
        roads = route_curves(frame, (map_.road == 2).astype(np.uint8), ("road", "track"), 3, map_.rail)
        stroke(image, roads, (2.2 + 1.5) * factor, style.ROAD_CASING, 0.9)
        stroke(image, roads, 2.2 * factor, style.ROAD)
        drawn += roads
    return drawn


def _split(frame: Frame, flags: U8, broken: U8) -> tuple[U8, U8]:
    """Return the hexside flags of working and of lifted railway: lifted where either hex is broken."""
    table = frame.map.neighbours
    cut = (broken[:, None] > 0) | (np.where(table >= 0, broken[table], 0) > 0)
    return (flags * ~cut).astype(np.uint8), (flags * cut).astype(np.uint8)


def draw_rails(image: F32, frame: Frame, zoom: style.Zoom, broken: U8) -> list[Curve]:
    """Draw the railways: dark and cased with light dashes; lifted stretches as bare sleepers. Return their curves."""
    factor = style.road_factor(frame.hex_px)
    working, lifted = _split(frame, frame.map.rail, broken)
    lines = route_curves(frame, working, ("rail",), 3)
    dead = route_curves(frame, lifted, ("rail",), 3)
    if not zoom.rail_dashed:
        stroke(image, dead, max(1.6 * factor, 0.9), style.LIFTED, 0.8)
        stroke(image, lines, max(3.4 * factor, 1.4), style.RAIL)
        return lines + dead
    stroke(image, dead, 1.1 * factor, style.LIFTED, 0.85)
    stroke(image, dead, 4.6 * factor, style.LIFTED, 0.95, (max(1.3 * factor, 1.0), 3.6 * factor))
    found = trace((image.shape[0], image.shape[1]), lines, 3.5 * factor + 1)
    paint(image, found.where, cover(found.distance, (3.5 + 1.2) / 2 * factor), style.RAIL)
    period = 0.21 * frame.hex_px
    share = cover(found.distance, (3.5 - 1.3) / 2 * factor) * dash(found.along, period, period)
    paint(image, found.where, share, style.RAIL_DASH)
    return lines + dead


def lifted(map_: HexMap, broken: U8) -> U8:
    """Return (H, 6) 1 where a railway is cut. broken: (H,) 1 where the track is cut."""
    return _split(Frame(map_, 1.0, 0.0, 0.0, 1, 1), map_.rail, broken)[1]


def lifted_curves(frame: Frame, sides: U8) -> list[Curve]:
    """Return the railways that are cut, as curves in a frame. sides: (H, 6) of `lifted`."""
    return route_curves(frame, sides, ("rail",), 3)


def rail_curves(frame: Frame) -> list[Curve]:
    """Return every railway, working or not, as curves in a frame."""
    return route_curves(frame, frame.map.rail, ("rail",), 3)


def draw_bridges(image: F32, frame: Frame) -> None:
    """Draw bridges as two brackets beside the track or road, where it crosses the river's hexside."""
    size, table = frame.hex_px, frame.map.neighbours
    brackets: list[Curve] = []
    for h, d in np.argwhere(frame.map.bridge > 0):
        other = int(table[h, d])
        if other < h:
            continue
        low, high = sorted((int(h), other))
        side = frame.corners[(d + 1) % 6] - frame.corners[d]
        unit = side / np.hypot(*side)
        shift = (unit_hash(low, high) - 0.5) * 0.24 * size
        middle = frame.side_middle(int(h), int(d)) + unit * shift
        across = np.array([-unit[1], unit[0]])
        reach = (0.5 * style.RIVER_WIDTH[int(frame.map.river[h, d])] * style.river_factor(size)) + 2.0 * size / 40
        for s in (-1, 1):
            wing = [(-1.0, 3.4), (-0.86, 2.5), (0.86, 2.5), (1.0, 3.4)]
            line = np.array([middle + across * a * reach + unit * s * w * 1.15 * size / 40 for a, w in wing])
            brackets.append(curve(line))
    stroke(image, brackets, 2.6 * size / 40, style.RAIL_DASH, 0.9)
    stroke(image, brackets, 1.25 * size / 40, style.RAIL)
