"""Railways and roads: from station to station over the hexes that an engineer of the time would have taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core import hexgrid
from game.core.errors import fail
from game.model.hexmap import FLAT, FLOOD, HILL, KARST, MARSH, MOUNTAIN, PADDY, ROLLING, U8, Line
from game.scenario.mapbuild.frame import Frame
from game.scenario.mapbuild.source import point_of

# cost of a hex; water cannot be entered
COST = {FLAT: 10, PADDY: 10, ROLLING: 12, HILL: 17, MOUNTAIN: 27, KARST: 15, MARSH: 18, FLOOD: 16}
RIVER_COST = (0, 60, 12, 4)  # by class
SHARED = 0.6  # a way that runs where one of its kind runs already costs this share
STRAY = 2.5  # cost of straying one spacing from the straight line, squared
GRADES = {"track": 1, "road": 2}


@dataclass
class Ways:
    """The net of railways and roads while it is being built."""

    frame: Frame
    terrain: U8
    river: U8
    rail: U8 = field(init=False)
    road: U8 = field(init=False)
    bridge: U8 = field(init=False)
    lines: list[Line] = field(default_factory=list)
    crossings: set[int] = field(default_factory=set)  # hexes from which a railway may cross a great river
    gaps: set[int] = field(default_factory=set)  # hexes where it runs up to the river and is not bridged
    road_bridges: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.rail, self.road, self.bridge = (np.zeros((self.frame.size, 6), np.uint8) for _ in range(3))
        self.cost = np.array([COST.get(k, -1) for k in range(10)])[self.terrain]


def lay(ways: Ways, entry: dict[str, Any], kind: str, places: dict[str, dict[str, Any]], hexes: dict[str, int]) -> None:
    """Lay one railway, road or track through its points, in as many lines as the map's edge cuts it into."""
    points = [point_of(p, places, f"{kind} {entry['id']}") for p in entry["points"]]
    stops = [hexes[pid] if pid else ways.frame.hex_of(lat, lon) for lat, lon, pid in points]
    runs: list[list[int]] = [[]]
    for stop in stops:
        if stop < 0:
            runs.append([])
        elif not runs[-1] or runs[-1][-1] != stop:
            runs[-1].append(stop)
    number = 0
    for run in runs:
        if len(run) < 2:
            continue
        path = _tidy(ways, _route(ways, run, kind, entry["id"]), set(run))
        number += 1
        name = entry["id"] if number == 1 else f"{entry['id']}#{number}"
        ways.lines.append(Line(name, entry["en"], entry["zh"], kind, tuple(path)))
        _enter(ways, path, kind)


def _route(ways: Ways, stops: list[int], kind: str, name: str) -> list[int]:
    """Return the hexes through all stops."""
    path = [stops[0]]
    for goal in stops[1:]:
        leg = _leg(ways, path[-1], goal, kind)
        if not leg:
            a, b = (ways.frame.albers.inverse(*ways.frame.centres[h]) for h in (path[-1], goal))
            what = f"no way on land for {kind} {name} between {a[0]:.2f} N {a[1]:.2f} E and {b[0]:.2f} N {b[1]:.2f} E"
            raise fail("no_way", what, hint="add a point, or an edit of the hexes")
        path.extend(leg[1:])
    return path


def _leg(ways: Ways, start: int, goal: int, kind: str) -> list[int]:
    """Return the cheapest hexes from start to goal; empty when there is no way."""
    centres, spacing = ways.frame.centres, ways.frame.spacing
    a, b = centres[start], centres[goal]
    along = (b - a) / max(float(np.hypot(*(b - a))), 1.0)
    best, came, queue = {start: 0.0}, {start: -1}, [(0.0, start)]
    while queue:
        cost, h = heappop(queue)
        if h == goal:
            break
        if cost > best[h]:
            continue
        for d in range(6):
            n = int(ways.frame.neighbours[h, d])
            if n < 0 or (step := _step(ways, h, n, d, kind)) < 0:
                continue
            gap = centres[n] - a
            stray = float(along[0] * gap[1] - along[1] * gap[0]) / spacing
            total = cost + step + STRAY * stray * stray
            if total < best.get(n, np.inf):
                best[n], came[n] = total, h
                heappush(queue, (total, n))
    if goal not in came:
        return []
    path = [goal]
    while came[path[-1]] >= 0:
        path.append(came[path[-1]])
    return path[::-1]


def _step(ways: Ways, h: int, n: int, d: int, kind: str) -> float:
    """Return the cost of one step; -1 when the way cannot go there."""
    base = float(ways.cost[n])
    if base < 0:
        return -1.0
    river = int(ways.river[h, d])
    if kind == "rail":
        if river == 1 and not {h, n} & (ways.crossings | ways.gaps):
            return -1.0
        if ways.rail[h, d]:
            base *= SHARED
    elif ways.road[h, d]:
        base *= SHARED
    return base + RIVER_COST[river]


def _tidy(ways: Ways, path: list[int], stops: set[int]) -> list[int]:
    """Return the path without hexes that only make a kink, and without doubling back."""
    result = list(path)
    changed = True
    while changed:
        changed = False
        for i in range(1, len(result) - 1):
            before, after = result[i - 1], result[i + 1]
            if before == after and result[i] not in stops:
                del result[i : i + 2]
                changed = True
                break
            d = _direction(ways.frame, before, after)
            if result[i] not in stops and d >= 0 and ways.river[before, d] != 1:
                del result[i]
                changed = True
                break
    return result


def _direction(frame: Frame, a: int, b: int) -> int:
    """Return the direction from a hex to its neighbour, or -1."""
    found: npt.NDArray[np.int64] = np.flatnonzero(frame.neighbours[a] == b)
    return int(found[0]) if len(found) else -1


def _enter(ways: Ways, path: list[int], kind: str) -> None:
    """Enter a path into the arrays, with the bridges that it has."""
    for a, b in pairwise(path):
        d = _direction(ways.frame, a, b)
        river = int(ways.river[a, d])
        if kind == "rail":
            bridged = river > 0 and not (river == 1 and not {a, b} & ways.crossings)
        else:
            bridged = river == 3 or (river > 0 and bool({a, b} & ways.road_bridges))
        for h, k in ((a, d), (b, hexgrid.opposite(d))):
            if kind == "rail":
                ways.rail[h, k] = 1
            else:
                ways.road[h, k] = max(int(ways.road[h, k]), GRADES[kind])
            ways.bridge[h, k] |= bridged
