"""Named places: each finds its hex, on land and on its own bank of the rivers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.errors import fail
from game.model.hexmap import Place
from game.scenario.mapbuild.frame import Frame
from game.scenario.mapbuild.rivers import Course
from game.scenario.mapbuild.shapes import distance_to

KINDS = ("city", "town", "rail_station", "airfield", "river_crossing", "river", "pass", "hill", "region")
NEAR = 0.9  # a river's bank matters to places within this many spacings of it
SURE = 1200.0  # but only when the place is further from the true line than the line's error [m]


def by_id(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the gazetteer by id; raises DataError for a doubled id or an unknown kind."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if entry["id"] in found:
            raise fail("double_id", f"the place {entry['id']!r} stands twice", "gazetteer.yaml")
        if entry["kind"] not in KINDS:
            what = f"the place {entry['id']!r} has the kind {entry['kind']!r}; expected one of {', '.join(KINDS)}"
            raise fail("unknown_kind", what, "gazetteer.yaml")
        found[entry["id"]] = entry
    return found


def place_hexes(frame: Frame, entries: list[dict[str, Any]], courses: list[Course], land: npt.NDArray[np.bool_]) -> dict[str, int]:
    """Return the hex of every place by id; -1 off the map. land: (H,)."""
    banks = [_Bank(frame, c) for c in courses if c.grade <= 2 and len(c.corners) > 2]
    return {entry["id"]: _hex_of(frame, entry, banks, land) for entry in entries}


def _hex_of(frame: Frame, entry: dict[str, Any], banks: list[_Bank], land: npt.NDArray[np.bool_]) -> int:
    """Return the hex of a place: the nearest of its own hex and the neighbours that is land and on the right bank."""
    point = np.array(frame.albers.forward(entry["lat"], entry["lon"]))
    home = int(frame.nearest(point[None])[0])
    if home < 0:
        return -1
    near = [home] + [int(n) for n in frame.neighbours[home] if n >= 0]
    near = sorted((h for h in near if land[h]), key=lambda h: float(np.hypot(*(frame.centres[h] - point))))
    if not near:
        return home
    wanted = [(b, side) for b in banks if (side := b.wanted(entry, point)) != 0]
    fits = [h for h in near if all(b.side_of(h) in (side, 0) for b, side in wanted)]
    return fits[0] if fits else near[0]


class _Bank:
    """Tells left from right of one course, both on its true line and on its hexsides."""

    def __init__(self, frame: Frame, course: Course) -> None:
        self.frame = frame
        self.name = course.id.split("#")[0]
        self.line = course.line
        self.chain = frame.corners[course.corners]
        self.low, self.high = self.line.min(axis=0) - frame.spacing * 2, self.line.max(axis=0) + frame.spacing * 2
        self.known: dict[int, int] = {}

    def wanted(self, entry: dict[str, Any], point: npt.NDArray[np.float64]) -> int:
        """Return on which bank a place at a point (x, y) lies: 1 left, -1 right, 0 when it does not matter here."""
        if (point < self.low).any() or (point > self.high).any():
            return 0
        told = entry.get("bank", {}).get(self.name)
        if told:
            return 1 if told == "left" else -1
        away, side = distance_to(point[None], self.line)
        if away[0] > NEAR * self.frame.spacing or away[0] < SURE:
            return 0
        return 1 if side[0] > 0 else -1

    def side_of(self, h: int) -> int:
        """Return on which side of the hexside chain a hex lies; 0 when it is far from it."""
        if h not in self.known:
            away, side = distance_to(self.frame.centres[h][None], self.chain)
            self.known[h] = 0 if away[0] > 2 * self.frame.spacing else (1 if side[0] > 0 else -1)
        return self.known[h]


def make_places(entries: list[dict[str, Any]], hexes: dict[str, int], provinces: dict[int, str]) -> tuple[Place, ...]:
    """Return the places in the order of their ids. provinces: names by hex for entries without one."""
    found = []
    for e in sorted(entries, key=lambda e: e["id"]):
        h = hexes[e["id"]]
        airfield = bool(e.get("airfield")) or e["kind"] == "airfield"
        province = e.get("province") or provinces.get(h, "")
        at = (float(e["lat"]), float(e["lon"]))
        found.append(Place(e["id"], e["en"], e["zh"], e["kind"], *at, h, int(e["rank"]), airfield, e["accuracy"], province))
    return tuple(found)
