"""What the land is: heights and water of each hex, and the class of terrain that they make.

Flat, rolling, hill and mountain come from how much the heights inside a hex differ; the rest is by hand or by
place: rice country south of the Qinling and the Huai, karst, marsh beside lakes, the flood of 1938.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from game.model.hexmap import FLAT, FLOOD, HILL, KARST, LAKE, MARSH, MOUNTAIN, PADDY, ROLLING, SEA, TERRAIN, U8
from game.scenario.mapbuild.frame import Frame
from game.scenario.mapbuild.geodata import Feature, Heights
from game.scenario.mapbuild.projection import F64
from game.scenario.mapbuild.shapes import inside

I16 = npt.NDArray[np.int16]
LADDER = np.array([FLAT, ROLLING, HILL, MOUNTAIN], np.uint8)  # classes by ruggedness
LIMITS = (35.0, 90.0, 200.0)  # relief from which a hex is rolling, hill, mountain [m] at 10 km
HIGH = (150.0, 1500)  # a lower limit for mountain [m] above this median height [m]
# lakes of the pack that dams made after 1944 but that it does not flag (Suyahu 1958, Yahekou 1960)
NEW_LAKES = ((114.24, 33.01), (112.56, 33.33))
NOISY = (215, 295, 25)  # heights [m] between which the pack's relief is this many metres too large
SEA_LEVEL, LAKE_LEVEL = 50, 50  # share of water from which a hex is sea or lake [percent]
MARSH_LEVEL = 12
KARST_RELIEF = 290  # mountains steeper than this stay mountains in karst country [m]


@dataclass
class Land:
    """The land by hex while it is being built."""

    height: I16  # (H,) median [m]
    relief: I16  # (H,) 90th minus 10th percentile [m]
    sea: U8  # (H,) [percent]
    lake: U8  # (H,) [percent]
    terrain: U8  # (H,)


def rings_of(frame: Frame, entry: dict[str, Any]) -> list[F64]:
    """Return the ring (N, 2) of an edit ([lat, lon] pairs) on the sheet [m]."""
    pairs = np.array(entry["ring"], float)
    return [frame.project(pairs[:, 0], pairs[:, 1])]


def _lake_rings(frame: Frame, lakes: list[Feature], edits: dict[str, Any]) -> list[list[F64]]:
    """Return the lakes of 1944 as rings on the sheet: no reservoirs, plus the hand-made ones."""
    found = []
    for lake in lakes:
        ring = lake.parts[0]
        low, high = ring.min(axis=0), ring.max(axis=0)
        new = any(low[0] <= lon <= high[0] and low[1] <= lat <= high[1] for lon, lat in NEW_LAKES)
        if not lake.properties["modern_reservoir"] and not new:
            found.append([frame.project(part[:, 1], part[:, 0]) for part in lake.parts])
    return found + [rings_of(frame, entry) for entry in edits["lakes"]]


def survey(frame: Frame, heights: Heights, lakes: list[Feature], edits: dict[str, Any]) -> Land:
    """Return the statistics of every hex; the terrain is still empty."""
    lat, lon = np.meshgrid(heights.lat, heights.lon, indexing="ij")
    xy = frame.project(lat.ravel(), lon.ravel())
    cell_hex = frame.nearest(xy)
    keep = np.flatnonzero(cell_hex >= 0)
    keep = keep[np.argsort(cell_hex[keep], kind="stable")]
    owner = cell_hex[keep]
    wet = np.zeros(len(keep), bool)
    for rings in _lake_rings(frame, lakes, edits):
        wet |= inside(xy[keep], rings)
    starts = np.searchsorted(owner, np.arange(frame.size + 1))
    values, land = heights.elevation.ravel()[keep], heights.land.ravel()[keep]
    out = Land(*(np.zeros(frame.size, t) for t in (np.int16, np.int16, np.uint8, np.uint8, np.uint8)))  # type: ignore[arg-type]
    for h in range(frame.size):
        a, b = starts[h], starts[h + 1]
        if a == b:
            out.height[h] = -32768
            continue
        dry = land[a:b] >= 50
        out.sea[h] = 100 - round(float(land[a:b].mean()))
        out.lake[h] = round(100 * float(wet[a:b].mean()))
        if dry.any():
            low, middle, high = np.percentile(values[a:b][dry], (10, 50, 90))
            out.height[h], out.relief[h] = round(middle), round(high - low)
    _fill(frame, out)
    noisy = (out.height >= NOISY[0]) & (out.height <= NOISY[1])
    out.relief[noisy] = np.maximum(out.relief[noisy] - NOISY[2], 5)
    return out


def _fill(frame: Frame, land: Land) -> None:
    """Give hexes beyond the rim of the pack, or too small for a cell of it, the values of their nearest neighbour."""
    missing = land.height == -32768
    while missing.any() and not missing.all():
        for h in np.flatnonzero(missing):
            known = [n for n in frame.neighbours[h] if n >= 0 and not missing[n]]
            if known:
                for column in (land.height, land.relief, land.sea, land.lake):
                    column[h] = column[known[0]]
        missing = land.height == -32768


def classify(land: Land, spacing_km: float) -> U8:
    """Return (H,) the class of terrain by relief, height and water alone."""
    scale = (spacing_km / 10) ** 0.7
    level = np.zeros(len(land.relief), np.uint8)
    for limit in LIMITS:
        level += land.relief >= limit * scale
    level[(land.relief >= HIGH[0] * scale) & (land.height >= HIGH[1])] = 3
    terrain = LADDER[level]
    terrain[land.lake >= LAKE_LEVEL] = LAKE
    terrain[land.sea >= SEA_LEVEL] = SEA
    return terrain


def despeckle(frame: Frame, terrain: U8) -> U8:
    """Return the terrain (H,) without single hexes that differ from all around them by two classes or more."""
    level = np.full(len(terrain), -1)
    for i, kind in enumerate(LADDER):
        level[terrain == kind] = i
    result = terrain.copy()
    for h in np.flatnonzero(level >= 0):
        near = np.array([level[n] for n in frame.neighbours[h] if n >= 0 and level[n] >= 0])
        if len(near) < 4:
            continue
        middle = int(np.median(near))
        if near.min() >= level[h] + 2:
            result[h] = LADDER[max(middle - 1, 0)]
        elif near.max() <= level[h] - 2:
            result[h] = LADDER[min(middle + 1, 3)]
        elif level[h] == 0 and (near == 0).sum() <= 1 and ((near >= 2).sum() >= 3 or (near == 0).sum() == 0):
            result[h] = ROLLING  # a pale spot among hills
    return result


def _in_zone(frame: Frame, entry: dict[str, Any]) -> npt.NDArray[np.bool_]:
    """Return (H,) whether each hex's centre lies in an edit's ring."""
    return inside(frame.centres, rings_of(frame, entry))


def _rice(frame: Frame, line: list[list[float]]) -> npt.NDArray[np.bool_]:
    """Return (H,) whether each hex lies south of the rice line ([lat, lon] from west to east)."""
    lat, lon = frame.albers.inverse_many(frame.centres)
    points = np.array(line, float)
    return np.asarray(lat < np.interp(lon, points[:, 1], points[:, 0]))


def colour(frame: Frame, land: Land, edits: dict[str, Any], flood: list[F64]) -> None:
    """Set the final terrain: rice, karst, marsh, flood, then the edits of single hexes."""
    terrain = despeckle(frame, classify(land, frame.spacing / 1000))
    rice = _rice(frame, edits["rice_line"])
    for entry in edits["no_rice"]:
        rice &= ~_in_zone(frame, entry)
    terrain[(terrain == FLAT) & rice] = PADDY
    for entry in edits["karst"]:
        kinds = np.isin(terrain, (ROLLING, HILL))
        if entry.get("mountains"):
            kinds |= (terrain == MOUNTAIN) & (land.relief < KARST_RELIEF)
        terrain[_in_zone(frame, entry) & kinds] = KARST
    low = np.isin(terrain, (FLAT, PADDY))
    marsh = (land.lake >= MARSH_LEVEL) | (land.sea >= 35)
    for entry in edits["marsh"]:
        marsh |= _in_zone(frame, entry)
    terrain[low & marsh] = MARSH
    drowned = np.isin(terrain, (FLAT, PADDY, ROLLING, MARSH)) & inside(frame.centres, flood)
    for entry in edits["dry"]:
        drowned &= ~_in_zone(frame, entry)
    terrain[drowned] = FLOOD
    land.terrain = _close_karst(frame, terrain)
    _edit_hexes(frame, land, edits)


def _close_karst(frame: Frame, terrain: U8) -> U8:
    """Return the terrain with flat hexes that karst surrounds on four sides or more made karst."""
    result = terrain.copy()
    for h in np.flatnonzero(np.isin(terrain, (FLAT, PADDY))):
        near = [int(terrain[n]) for n in frame.neighbours[h] if n >= 0]
        if near.count(KARST) >= 4:
            result[h] = KARST
    return result


def _edit_hexes(frame: Frame, land: Land, edits: dict[str, Any]) -> None:
    """Apply the edits of single hexes and the summits, which the height grid flattens."""
    for entry in edits["summits"]:
        h = frame.hex_of(*entry["at"])
        if h >= 0:
            land.terrain[h] = MOUNTAIN
            rise = int(entry["height"]) - int(land.height[h])
            land.relief[h] = max(int(land.relief[h]), min(rise, 1200))
    for entry in edits["hexes"]:
        h = frame.hex_of(*entry["at"])
        if h >= 0:
            land.terrain[h] = TERRAIN.index(entry["to"])


def open_ground(terrain: U8) -> npt.NDArray[np.bool_]:
    """Return (H,) whether each hex is land."""
    return ~np.isin(terrain, (SEA, LAKE))
