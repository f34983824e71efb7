"""Rivers onto hexsides: each course becomes a chain of sides from its source down to its mouth."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any

import numpy as np

from game.core import hexgrid
from game.core.errors import did_you_mean, fail
from game.model.hexmap import U8
from game.scenario.mapbuild.frame import Frame
from game.scenario.mapbuild.geodata import Feature
from game.scenario.mapbuild.projection import F64
from game.scenario.mapbuild.shapes import chain, densify, distance_to, lengths

REACH = 1.2  # sides up to this many spacings from the true line may carry the river
CHECK = 6.0  # spacings between the points that the chain must pass
TAKEN = 3.0  # a side that another river already uses costs this many times as much
BESIDE = 1.6  # and one that meets another river this many times
MOUTH = 3.0  # spacings from the mouth within which a river may end on another
SCRAP = 3  # fewer sides of a river between lakes are not drawn
EXTEND = 6  # sides by which a mouth is drawn out to the next river, lake or sea


@dataclass
class Course:
    """One stretch of a river, source first."""

    id: str
    name_en: str
    name_zh: str
    grade: int
    line: F64  # (N, 2) the true course on the sheet [m]
    extend: bool = True  # draw the mouth out to the next water
    corners: list[int] = field(default_factory=list)
    stretches: list[list[int]] = field(default_factory=list)  # rows of Frame.side_table, split at lakes


@dataclass
class Network:
    """Hexsides as a graph of corners, and which rivers use them."""

    frame: Frame
    wet: U8  # (E,) 1 where both hexes of a side are sea or lake
    shore: set[int]  # corners of sea and lake hexes
    links: list[list[tuple[int, int]]] = field(default_factory=list)  # corner -> (corner, side)
    used: dict[int, int] = field(default_factory=dict)  # side -> grade
    touched: set[int] = field(default_factory=set)  # corners on a river


def make_network(frame: Frame, water: U8) -> Network:
    """Return the empty network; water: (H,) 1 for sea and lakes."""
    table = frame.side_table
    far = frame.neighbours[table[:, 0], table[:, 1]]
    wet = (water[table[:, 0]] & water[far]).astype(np.uint8)
    shore = set(frame.corner_ids[water.astype(bool)].ravel().tolist())
    net = Network(frame, wet, shore)
    net.links = [[] for _ in range(len(frame.corners))]
    for i, (a, b) in enumerate(table[:, 2:].tolist()):
        net.links[a].append((b, i))
        net.links[b].append((a, i))
    return net


def true_lines(frame: Frame, entries: list[dict[str, Any]], features: list[Feature]) -> list[Course]:
    """Return the courses on the sheet, clipped to the map, in the order of the source file."""
    by_name: dict[str, list[F64]] = {}
    for f in features:
        if f.properties["name"]:
            by_name.setdefault(f.properties["name"], []).extend(frame.project(p[:, 1], p[:, 0]) for p in f.parts)
    lines: dict[str, F64] = {}
    courses = []
    for entry in entries:
        line = lines[entry["id"]] = _true_line(frame, entry, by_name, lines)
        for i, part in enumerate(_clip(frame, line)):
            name = entry["id"] if i == 0 else f"{entry['id']}#{i + 1}"
            courses.append(Course(name, entry["en"], entry["zh"], entry["grade"], part, entry.get("extend", True)))
    return courses


def _true_line(frame: Frame, entry: dict[str, Any], by_name: dict[str, list[F64]], lines: dict[str, F64]) -> F64:
    """Return one course on the sheet, source first."""
    parts = []
    for piece in entry["course"]:
        if isinstance(piece, list):
            pairs = np.array(piece, float)
            parts.append(frame.project(pairs[:, 0], pairs[:, 1]))
            continue
        if "geo" in piece:
            if piece["geo"] not in by_name:
                hint = did_you_mean(piece["geo"], list(by_name))
                what = f"river {entry['id']}: the pack has no course {piece['geo']!r}"
                raise fail("unknown_river", what, "rivers.yaml", hint=hint)
            chains = chain(by_name[piece["geo"]], 2500.0)
            line = chains[piece.get("part", 0)]
        else:
            line = lines[piece["river"]]
        parts.append(_between(frame, line, piece))
    return np.concatenate(parts)


def _between(frame: Frame, line: F64, piece: dict[str, Any]) -> F64:
    """Return the part of a line from `from` to `to` ([lat, lon]), turned so that it runs that way.

    Without `from` the line runs to its end nearest `to`.
    """
    ends = {k: frame.albers.forward(*piece[k]) for k in ("from", "to") if k in piece}
    at = {k: int(np.hypot(*(line - np.array(p)).T).argmin()) for k, p in ends.items()}
    if "from" in at and "to" in at:
        a, b = at["from"], at["to"]
        return line[a : b + 1] if a <= b else line[b : a + 1][::-1]
    if "from" in at:
        raise ValueError("a river's piece has from without to")
    if at["to"] < len(line) - 1 - at["to"]:
        line, at["to"] = line[::-1], len(line) - 1 - at["to"]
    return line[: at["to"] + 1]


def _clip(frame: Frame, line: F64) -> list[F64]:
    """Return the stretches of a line that lie on the map and are longer than a hex and a half."""
    fine = densify(line, frame.spacing / 8)
    on = frame.nearest(fine) >= 0
    cuts = np.flatnonzero(np.diff(on.astype(int))) + 1
    parts = [p for p, o in zip(np.split(fine, cuts), np.split(on, cuts), strict=True) if o[0]]
    return [p for p in parts if len(p) > 1 and lengths(p)[-1] > 1.5 * frame.spacing]


def snap(net: Network, course: Course) -> None:
    """Find the chain of sides of a course, and enter it into the network."""
    table = net.frame.side_table
    middle = (net.frame.corners[table[:, 2]] + net.frame.corners[table[:, 3]]) / 2
    low = course.line.min(axis=0) - REACH * net.frame.spacing
    high = course.line.max(axis=0) + REACH * net.frame.spacing
    near = np.flatnonzero(((middle >= low) & (middle <= high)).all(axis=1))
    away = distance_to(middle[near], course.line)[0]
    keep = away <= REACH * net.frame.spacing
    cost = 0.12 + (away[keep] / (net.frame.spacing / 2)) ** 2
    price = dict(zip(near[keep].tolist(), cost.tolist(), strict=True))
    for side in price:
        if side in net.used:
            price[side] *= TAKEN
        elif not net.touched.isdisjoint(table[side, 2:].tolist()):
            price[side] *= BESIDE
    course.corners = _simplify(_through(net, price, _checkpoints(net, course.line)))
    _end_at_river(net, course)
    _extend(net, course)
    _enter(net, course)


def _checkpoints(net: Network, line: F64) -> list[int]:
    """Return the corners nearest to points along the line, each once."""
    along = lengths(line)
    count = max(1, round(along[-1] / (CHECK * net.frame.spacing)))
    found: list[int] = []
    for wanted in np.linspace(0, along[-1], count + 1):
        point = line[min(int(np.searchsorted(along, wanted)), len(line) - 1)]
        corner = int(((net.frame.corners - point) ** 2).sum(axis=1).argmin())
        if not found or found[-1] != corner:
            found.append(corner)
    return found


def _through(net: Network, price: dict[int, float], points: list[int]) -> list[int]:
    """Return the cheapest corners from point to point; points that cannot be reached are passed over."""
    path = [points[0]]
    for goal in points[1:]:
        leg = cheapest(net, price, path[-1], goal)
        if len(path) == 1 and len(leg) == 1:
            path = [goal]  # the first point hangs on the rim, where no side leads inwards
        path.extend(leg[1:])
    return path


def cheapest(net: Network, price: dict[int, float], start: int, goal: int) -> list[int]:
    """Return the corners of the cheapest way between two corners over priced sides; only the start when there is none."""
    best = {start: 0.0}
    came: dict[int, int] = {}
    queue = [(0.0, start)]
    while queue:
        cost, corner = heappop(queue)
        if corner == goal:
            break
        if cost > best[corner]:
            continue
        for other, side in net.links[corner]:
            if side in price and cost + price[side] < best.get(other, np.inf):
                best[other] = cost + price[side]
                came[other] = corner
                heappush(queue, (best[other], other))
    if goal not in came:
        return [start]
    path = [goal]
    while path[-1] != start:
        path.append(came[path[-1]])
    return path[::-1]


def _simplify(path: list[int]) -> list[int]:
    """Return the path without the loops and spurs that come back to a corner."""
    result: list[int] = []
    place: dict[int, int] = {}
    for corner in path:
        if corner in place:
            for gone in result[place[corner] + 1 :]:
                del place[gone]
            del result[place[corner] + 1 :]
        else:
            place[corner] = len(result)
            result.append(corner)
    return result


def _end_at_river(net: Network, course: Course) -> None:
    """Cut the course where, near its mouth, it first meets another river."""
    start = max(1, len(course.corners) - int(MOUTH * 2))
    for i in range(start, len(course.corners)):
        if course.corners[i] in net.touched:
            del course.corners[i + 1 :]
            return


def _extend(net: Network, course: Course) -> None:
    """Draw the mouth out to the nearest river, lake or sea, if there is one close by."""
    if len(course.corners) < 2 or not course.extend:
        return
    start, own = course.corners[-1], set(course.corners)
    if start in net.touched or start in net.shore:
        return
    ways = [[start]]
    seen = own.copy()
    for _ in range(EXTEND):
        longer = []
        for way in ways:
            for other, _side in net.links[way[-1]]:
                if other in net.touched or other in net.shore:
                    if other not in own:
                        course.corners.extend([*way[1:], other])
                        return
                elif other not in seen:
                    seen.add(other)
                    longer.append([*way, other])
        ways = longer


def _enter(net: Network, course: Course) -> None:
    """Enter the sides of a course into the network; a side keeps the widest river on it."""
    sides = [next(s for other, s in net.links[a] if other == b) for a, b in pairwise(course.corners)]
    course.stretches = _stretches(net, sides)
    for side in (s for part in course.stretches for s in part):
        net.used[side] = min(net.used.get(side, 9), course.grade)
        net.touched.update(net.frame.side_table[side, 2:].tolist())


def _stretches(net: Network, sides: list[int]) -> list[list[int]]:
    """Return the sides without those inside lakes and the sea, split there; scraps between lakes are left out."""
    found: list[list[int]] = [[]]
    for side in sides:
        if net.wet[side]:
            found.append([])
        else:
            found[-1].append(side)
    return [part for part in found if part and (len(part) >= SCRAP or len(found) == 1)]


def river_array(net: Network) -> U8:
    """Return (H, 6) uint8, the class of the river on each hexside."""
    river = np.zeros((net.frame.size, 6), np.uint8)
    for side, grade in net.used.items():
        h, d = (int(v) for v in net.frame.side_table[side, :2])
        river[h, d] = grade
        river[int(net.frame.neighbours[h, d]), hexgrid.opposite(d)] = grade
    return river
