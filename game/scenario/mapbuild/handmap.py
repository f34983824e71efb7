"""A small map drawn by hand: a YAML of shapes in degrees becomes the same files as the theatre map.

For a siege the height grid of the theatre is too coarse: every hill that was fought for is a few hundred metres wide. So the
land is painted, the later shape over the earlier: rings and circles of ground, hills by the names of places, rivers along
hexsides, railways and roads from point to point.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.errors import did_you_mean, fail
from game.model.hexmap import LAKE, SEA, TERRAIN, U8, Place
from game.scenario.mapbuild import labels, places, rivers, roads, write
from game.scenario.mapbuild.build import Draft, river_lines
from game.scenario.mapbuild.frame import Frame, make_frame
from game.scenario.mapbuild.projection import ALBERS_CHINA, F64
from game.scenario.mapbuild.rivers import Course
from game.scenario.mapbuild.shapes import distance_to, inside
from game.scenario.mapbuild.source import load_yaml, point_of
from game.scenario.mapbuild.terrain import Land, open_ground

FORMAT = 1
FINEST, COARSEST = 200, 5000  # spacing that makes sense for a map drawn by hand [m]
BY_THE_WATER = 40.0  # nearer to a river's line than this no bank is meant [m]
KEYS = (
    "format", "id", "spacing_m", "window", "region", "ground", "paint", "hills", "rivers", "railways", "roads", "bridges",
    "places", "labels",
)  # fmt: skip


def build_hand_map(source: Path, out: Path) -> Path:
    """Build the map that a YAML file draws into the folder `out`; return the path of the JSON file.

    Raises DataError when the file is no such drawing.
    """
    drawing = _read(source)
    frame = _frame(drawing, source)
    gazetteer = places.by_id(drawing["places"])
    land = _paint(frame, drawing, gazetteer)
    dry = open_ground(land.terrain)
    net = rivers.make_network(frame, (~dry).astype(np.uint8))
    courses = rivers.true_lines(frame, drawing["rivers"], [])
    for course in courses:
        rivers.snap(net, course)
    _tell_banks(frame, drawing["places"], courses)
    hexes = places.place_hexes(frame, drawing["places"], courses, dry)
    _raise_hills(land, drawing, gazetteer, hexes)
    draft = Draft(frame, drawing, land, net, courses, np.zeros((frame.size, 6), np.uint8))
    ways = _ways(draft, gazetteer, hexes)
    region = np.ones(frame.size, np.uint8)
    province = drawing["region"]["en"]
    found = places.make_places(drawing["places"], hexes, {h: province for h in hexes.values() if h >= 0})
    return _write(out, _Sheet(draft, ways, region, found))


@dataclass(frozen=True)
class _Sheet:
    """Everything that goes into the files."""

    draft: Draft
    ways: roads.Ways
    region: U8
    places: tuple[Place, ...]


def _read(source: Path) -> dict[str, Any]:
    """Return the drawing with every list present; raises DataError for a file that is none."""
    drawing = load_yaml(source)
    if not isinstance(drawing, dict) or drawing.get("format") != FORMAT:
        raise fail("hand_map", "this is no drawing of a map", str(source), hint=f"begin with format: {FORMAT}")
    for key in drawing:
        if key not in KEYS:
            hint = did_you_mean(str(key), list(KEYS))
            raise fail("unknown_key", f"unknown key {key!r} in the drawing of a map", str(source), hint=hint)
    for key in ("id", "spacing_m", "window", "region", "ground", "places"):
        if key not in drawing:
            raise fail("missing_key", f"the drawing of a map lacks the key {key!r}", str(source))
    for key in ("paint", "hills", "rivers", "railways", "roads", "labels"):
        drawing.setdefault(key, [])
    drawing.setdefault("bridges", {})
    return drawing


def _frame(drawing: dict[str, Any], source: Path) -> Frame:
    """Return the rectangle of hexes."""
    spacing = drawing["spacing_m"]
    if type(spacing) is not int or not FINEST <= spacing <= COARSEST:
        raise fail("spacing", f"hexes of {spacing!r} m cannot be drawn; expected {FINEST} to {COARSEST}", str(source))
    window = drawing["window"]
    return make_frame(spacing / 1000, (window["west"], window["south"], window["east"], window["north"]))


def _kind(name: str, where: str) -> int:
    """Return the terrain of a name."""
    if name not in TERRAIN:
        raise fail("unknown_terrain", f"{where} has the terrain {name!r}", hint=did_you_mean(name, list(TERRAIN)))
    return TERRAIN.index(name)


def _paint(frame: Frame, drawing: dict[str, Any], gazetteer: dict[str, dict[str, Any]]) -> Land:
    """Return the land after all shapes, the later over the earlier."""
    ground = drawing["ground"]
    size = frame.size
    land = Land(
        np.full(size, ground["height"], np.int16), np.full(size, ground["relief"], np.int16), np.zeros(size, np.uint8),
        np.zeros(size, np.uint8), np.full(size, _kind(ground["terrain"], "the ground"), np.uint8),
    )  # fmt: skip
    for number, entry in enumerate(drawing["paint"], 1):
        where = f"shape {number} of the drawing"
        covered = _covered(frame, entry, gazetteer, where)
        land.terrain[covered] = _kind(entry["to"], where)
        for key, column in (("height", land.height), ("relief", land.relief)):
            if key in entry:
                column[covered] = entry[key]
    land.lake[land.terrain == LAKE] = 100
    land.sea[land.terrain == SEA] = 100
    return land


def _covered(frame: Frame, entry: dict[str, Any], gazetteer: dict[str, dict[str, Any]], where: str) -> npt.NDArray[np.bool_]:
    """Return (H,) which hexes a shape covers: those whose centres lie in its ring, or within its radius of a point."""
    if "ring" in entry:
        pairs = np.array([point_of(p, gazetteer, where)[:2] for p in entry["ring"]], float)
        return inside(frame.centres, [frame.project(pairs[:, 0], pairs[:, 1])])
    if "around" not in entry or "radius_m" not in entry:
        raise fail("bad_shape", f"{where} has neither a ring nor a point (around) with a radius_m")
    lat, lon, _ = point_of(entry["around"], gazetteer, where)
    away: F64 = np.hypot(*(frame.centres - np.array(frame.albers.forward(lat, lon))).T)
    return np.asarray(away <= float(entry["radius_m"]))


def _tell_banks(frame: Frame, entries: list[dict[str, Any]], courses: list[Course]) -> None:
    """Give each place the bank on which it lies of every river nearby, as far as the drawing does not say it itself."""
    for entry in entries:
        point = np.array([frame.albers.forward(entry["lat"], entry["lon"])])
        banks = entry.setdefault("bank", {})
        for course in (c for c in courses if c.grade <= 2):
            name = course.id.split("#")[0]
            away, side = distance_to(point, course.line)
            if name not in banks and BY_THE_WATER < away[0] < 2 * frame.spacing:
                banks[name] = "left" if side[0] > 0 else "right"


def _raise_hills(land: Land, drawing: dict[str, Any], gazetteer: dict[str, dict[str, Any]], hexes: dict[str, int]) -> None:
    """Set the hexes of the named hills, wherever their places have come to lie."""
    for entry in drawing["hills"]:
        point_of(entry["place"], gazetteer, "a hill of the drawing")
        h = hexes[entry["place"]]
        if h >= 0:
            land.terrain[h] = _kind(entry.get("to", "hill"), f"the hill {entry['place']}")
            land.height[h], land.relief[h] = entry["height"], entry["relief"]


def _ways(draft: Draft, gazetteer: dict[str, dict[str, Any]], hexes: dict[str, int]) -> roads.Ways:
    """Return railways and roads, railways first; what the drawing does not name as bridged ends at the water's edge."""
    bridges = draft.source["bridges"]
    ways = roads.Ways(draft.frame, draft.land.terrain, rivers.river_array(draft.net))
    ways.crossings = {hexes[pid] for pid in bridges.get("rail", [])}
    ways.gaps = {hexes[pid] for pid in bridges.get("rail_blown", [])}
    ways.road_bridges = {hexes[pid] for pid in bridges.get("road", [])}
    for entry in draft.source["railways"]:
        roads.lay(ways, entry, "rail", gazetteer, hexes)
    for entry in draft.source["roads"]:
        roads.lay(ways, entry, entry["grade"], gazetteer, hexes)
    return ways


def _write(out: Path, sheet: _Sheet) -> Path:
    """Write the map."""
    draft, ways = sheet.draft, sheet.ways
    frame, land, source = draft.frame, draft.land, draft.source
    arrays: dict[str, npt.NDArray[Any]] = {
        "terrain": land.terrain, "height": land.height, "relief": land.relief, "water": np.maximum(land.sea, land.lake),
        "region": sheet.region, "river": ways.river, "road": ways.road, "rail": ways.rail, "bridge": ways.bridge,
        "dry_bed": draft.dry_bed,
    }  # fmt: skip
    lines = [*ways.lines, *river_lines(draft)]
    head = {
        "cols": frame.cols, "rows": frame.rows, "spacing_m": round(frame.spacing), "origin_m": list(frame.origin),
        "projection": list(ALBERS_CHINA), "regions": [["", ""], [source["region"]["en"], source["region"]["zh"]]],
        "places": [write.place_row(p) for p in sheet.places], "lines": [write.line_row(n) for n in lines],
        "labels": [write.label_row(n) for n in labels.make_labels(frame, source["labels"], [])],
    }  # fmt: skip
    return write.write_map(out, source["id"], arrays, head)
