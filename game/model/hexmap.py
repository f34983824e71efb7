"""The hex map: terrain, heights, rivers, roads and railways by hex and hexside, and named places.

Letters: H hexes. A hex is its index `row * cols + col`; directions are those of `core.hexgrid`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from game.core import hexgrid

TERRAIN = ("sea", "lake", "flat", "paddy", "rolling", "hill", "mountain", "karst", "marsh", "flood")
SEA, LAKE, FLAT, PADDY, ROLLING, HILL, MOUNTAIN, KARST, MARSH, FLOOD = range(10)
RIVER = ("none", "great", "large", "small")  # class per hexside; 1 is the widest (Yellow River, Yangtze)
ROAD = ("none", "track", "road")
U8 = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Place:
    """A named place. Coordinates are WGS84 degrees; `hex` is -1 when the place lies off this map."""

    id: str
    name_en: str
    name_zh: str
    kind: str  # city, town, rail_station, airfield, river_crossing, river, pass, hill, region
    lat: float
    lon: float
    hex: int
    rank: int  # 0 great city, 1 city, 2 county seat or station, 3 village: which zoom shows it
    airfield: bool
    accuracy: str  # coord_accuracy of the dossier: town about 2 km, approx_Nkm, ...
    province: str = ""


@dataclass(frozen=True)
class Line:
    """A named course: a railway or road as hexes in order, or a river as (hex, direction) sides in order."""

    id: str
    name_en: str
    name_zh: str
    kind: str  # rail, road, track, river
    hexes: tuple[int, ...]  # rail, road, track: the hexes passed; river: hexes of the sides
    sides: tuple[int, ...] = ()  # river only: direction of each side, parallel to hexes
    grade: int = 0  # river: class 1..3


@dataclass(frozen=True)
class Label:
    """A name written on the land: a range, river, lake or province. Degrees; angle clockwise from east."""

    text_en: str
    text_zh: str
    kind: str  # range, river, lake, province, zone
    lat: float
    lon: float
    angle: float
    rank: int


@dataclass(frozen=True, eq=False)
class HexMap:
    """A rectangle of hexes. Arrays are read-only; see the fields for shape, unit and meaning."""

    id: str
    cols: int
    rows: int
    spacing_m: int  # between hex centres [m]
    origin_m: tuple[float, float]  # projected x (east), y (north) of the centre of hex (0, 0) [m]
    projection: tuple[float, float, float, float]  # Albers: parallels 1 and 2, centre longitude, centre latitude
    terrain: U8  # (H,) index into TERRAIN
    height: npt.NDArray[np.int16]  # (H,) median height [m]
    relief: npt.NDArray[np.int16]  # (H,) 90th minus 10th percentile of height [m]
    water: U8  # (H,) share of sea and lake [percent]
    region: U8  # (H,) index into regions; 0 = none
    river: U8  # (H, 6) index into RIVER
    road: U8  # (H, 6) index into ROAD
    rail: U8  # (H, 6) 1 where a railway crosses the hexside
    bridge: U8  # (H, 6) 1 where a road or railway bridges the river on that hexside
    dry_bed: U8  # (H, 6) 1 where the old, dry bed of the Yellow River runs along the hexside (drawing only)
    regions: tuple[tuple[str, str], ...]  # (english, chinese) province names; [0] is ("", "")
    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    digest: str  # of the built map file

    @property
    def size(self) -> int:
        """Return H, the number of hexes."""
        return self.cols * self.rows

    @cached_property
    def neighbours(self) -> npt.NDArray[np.int32]:
        """Return (H, 6) int32 indices; -1 off the map."""
        return hexgrid.neighbour_table(self.cols, self.rows)

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Return the places by id."""
        return {p.id: p for p in self.places}

    @cached_property
    def places_by_hex(self) -> dict[int, tuple[Place, ...]]:
        """Return the places of each hex that has any, the most important first."""
        found: dict[int, list[Place]] = {}
        for p in self.places:
            if p.hex >= 0:
                found.setdefault(p.hex, []).append(p)
        return {h: tuple(sorted(ps, key=lambda p: (p.rank, p.id))) for h, ps in found.items()}

    def label(self, index: int) -> str:
        """Return the printed number of a hex, CCRR."""
        return hexgrid.label(index, self.cols, hexgrid.label_digits(self.cols, self.rows))

    def index(self, label: str) -> int:
        """Return the hex of a printed number, or -1 when it is none of this map."""
        digits = hexgrid.label_digits(self.cols, self.rows)
        if len(label) != 2 * digits or not label.isdigit():
            return -1
        col, row = int(label[:digits]) - 1, int(label[digits:]) - 1
        return row * self.cols + col if 0 <= col < self.cols and 0 <= row < self.rows else -1

    def describe(self, index: int) -> str:
        """Return the hex's best name: its main place and number, or the number and terrain."""
        found = self.places_by_hex.get(index)
        name = found[0].name_en if found else TERRAIN[int(self.terrain[index])]
        return f"{name} ({self.label(index)})"

    def distance(self, a: int, b: int) -> int:
        """Return the hexes between two hexes."""
        return hexgrid.distance(a, b, self.cols)
