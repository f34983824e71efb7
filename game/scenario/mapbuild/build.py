"""The steps of building the map, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.errors import fail
from game.core.paths import data_folder
from game.model.hexmap import TERRAIN, U8, Line, Place
from game.scenario.mapbuild import geodata, labels, places, regions, rivers, roads, terrain, write
from game.scenario.mapbuild.frame import Frame, make_frame
from game.scenario.mapbuild.projection import ALBERS_CHINA
from game.scenario.mapbuild.source import load_source, load_yaml

Say = Callable[[str], None]
SMALLEST, LARGEST = 4.0, 60.0  # spacing that makes sense with this pack [km]


@dataclass
class Draft:
    """The map on the bench: what the steps have made so far."""

    frame: Frame
    source: dict[str, Any]
    land: terrain.Land
    net: rivers.Network
    courses: list[rivers.Course]
    dry_bed: U8  # (H, 6)


def build(geo: Path, history: Path | None, out: Path, spacing_km: float, say: Say) -> Path:
    """Build the map; see `build_map`."""
    if not SMALLEST <= spacing_km <= LARGEST:
        raise fail("spacing", f"hexes of {spacing_km:g} km cannot be built; expected {SMALLEST:g} to {LARGEST:g}")
    source = load_source(data_folder("assets") / "map" / "source")
    gazetteer = places.by_id(source["gazetteer"]["places"])
    if history is not None:
        compare(gazetteer, load_yaml(history / "places.yaml")["places"], say)
    frame = make_frame(spacing_km)
    say(f"frame: {frame.cols} x {frame.rows} = {frame.size:,} hexes of {spacing_km:g} km")
    draft = _land_and_rivers(geo, frame, source, say)
    region, names = regions.make_regions(frame, geodata.load_features(geo, "provinces.geojson"), source["edits"]["regions"])
    dry_land = terrain.open_ground(draft.land.terrain)
    regions.fill_land(frame, region, dry_land)
    hexes = places.place_hexes(frame, list(gazetteer.values()), draft.courses, dry_land)
    ways = _ways(draft, gazetteer, hexes)
    rail, road = int(ways.rail.sum()) // 2, int((ways.road > 0).sum()) // 2
    say(f"ways: {len(ways.lines)} lines, {rail:,} hexsides with a railway, {road:,} with a road")
    provinces = {h: names[region[h]][0] for h in hexes.values() if h >= 0}
    found = places.make_places(list(gazetteer.values()), hexes, provinces)
    return _write(out, draft, ways, region, names, found, say)


def compare(gazetteer: dict[str, dict[str, Any]], dossier: list[dict[str, Any]], say: Say) -> None:
    """Say where the gazetteer differs from the dossier's places."""
    for place in dossier:
        own = gazetteer.get(place["id"])
        if own is None:
            say(f"gazetteer lacks the dossier's place {place['id']} ({place['name_zh']})")
        elif abs(own["lat"] - place["lat"]) > 0.005 or abs(own["lon"] - place["lon"]) > 0.005:
            say(f"{place['id']}: gazetteer {own['lat']}, {own['lon']}; dossier {place['lat']}, {place['lon']}")
        elif own["zh"] != place["name_zh"]:
            say(f"{place['id']}: gazetteer {own['zh']}; dossier {place['name_zh']}")


def _land_and_rivers(geo: Path, frame: Frame, source: dict[str, Any], say: Say) -> Draft:
    """Return the draft with terrain and rivers."""
    edits = source["edits"]
    land = terrain.survey(frame, geodata.load_heights(geo), geodata.load_features(geo, "lakes.geojson"), edits)
    overrides = geodata.load_features(geo, "overrides_1944.geojson")
    flood = [frame.project(p[:, 1], p[:, 0]) for f in overrides if f.properties["kind"] == "flood_zone_1944" for p in f.parts]
    terrain.colour(frame, land, edits, flood)
    counts = np.bincount(land.terrain, minlength=len(TERRAIN))
    say("terrain: " + ", ".join(f"{n} {c:,}" for n, c in zip(TERRAIN, counts.tolist(), strict=True)))
    water = (~terrain.open_ground(land.terrain)).astype(np.uint8)
    net = rivers.make_network(frame, water)
    features = geodata.load_features(geo, "rivers.geojson")
    courses = rivers.true_lines(frame, source["rivers"]["rivers"], features)
    for course in courses:
        rivers.snap(net, course)
    say(f"rivers: {len(courses)} courses on {len(net.used):,} hexsides")
    dry = rivers.true_lines(frame, source["rivers"]["dry_bed"], features)
    return Draft(frame, source, land, net, courses, _dry_bed(frame, water, dry))


def _ways(draft: Draft, gazetteer: dict[str, dict[str, Any]], hexes: dict[str, int]) -> roads.Ways:
    """Return railways and roads, railways first."""
    edits = draft.source["edits"]
    ways = roads.Ways(draft.frame, draft.land.terrain, rivers.river_array(draft.net))
    ways.crossings = {hexes[e["place"]] for e in edits["rail_crossings"]}
    ways.gaps = {hexes[e["place"]] for e in edits["rail_gaps"]}
    ways.road_bridges = {hexes[e["place"]] for e in edits["road_bridges"]}
    for entry in draft.source["railways"]["railways"]:
        roads.lay(ways, entry, "rail", gazetteer, hexes)
    for entry in draft.source["roads"]["roads"]:
        roads.lay(ways, entry, entry["grade"], gazetteer, hexes)
    return ways


def _dry_bed(frame: Frame, water: U8, courses: list[rivers.Course]) -> U8:
    """Return (H, 6) 1 along the dry bed, which is laid like a river on a network of its own."""
    net = rivers.make_network(frame, water)
    for course in courses:
        rivers.snap(net, course)
    return (rivers.river_array(net) > 0).astype(np.uint8)


def river_lines(draft: Draft) -> list[Line]:
    """Return the rivers as lines of hexsides, source first."""
    found = []
    for course in draft.courses:
        for i, part in enumerate(course.stretches):
            name = course.id if i == 0 else f"{course.id}~{i + 1}"
            table = draft.frame.side_table[part]
            hexes, sides = tuple(table[:, 0].tolist()), tuple(table[:, 1].tolist())
            found.append(Line(name, course.name_en, course.name_zh, "river", hexes, sides, course.grade))
    return found


def _write(
    out: Path, draft: Draft, ways: roads.Ways, region: U8, names: tuple[tuple[str, str], ...], found: tuple[Place, ...], say: Say
) -> Path:
    """Write the map."""
    frame, land = draft.frame, draft.land
    arrays: dict[str, npt.NDArray[Any]] = {
        "terrain": land.terrain, "height": land.height, "relief": land.relief,
        "water": np.maximum(land.sea, land.lake), "region": region, "river": ways.river, "road": ways.road,
        "rail": ways.rail, "bridge": ways.bridge, "dry_bed": draft.dry_bed,
    }  # fmt: skip
    lines = [*ways.lines, *river_lines(draft)]
    notes = labels.make_labels(frame, draft.source["labels"]["labels"], draft.courses)
    head = {
        "cols": frame.cols, "rows": frame.rows, "spacing_m": round(frame.spacing), "origin_m": list(frame.origin),
        "projection": list(ALBERS_CHINA), "regions": [list(n) for n in names],
        "places": [write.place_row(p) for p in found], "lines": [write.line_row(n) for n in lines],
        "labels": [write.label_row(n) for n in notes],
    }  # fmt: skip
    path = write.write_map(out, f"theatre_{frame.spacing / 1000:g}km", arrays, head)
    say(f"written: {path.name}, {len(found)} places, {len(lines)} lines, {len(notes)} labels")
    return path
