"""The built map on disk: loading it whole, cutting a scenario's window out of it, and finding hexes by latitude and longitude."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.digest import digest_bytes
from game.core.errors import DataError, did_you_mean, fail
from game.core.files import read_limited
from game.core.hexgrid import opposite
from game.core.paths import data_folder
from game.model.hexmap import HexMap, Label, Line, Place
from game.scenario.mapbuild.frame import ROW_STEP, Frame
from game.scenario.mapbuild.projection import Albers

MAGIC = "ichigo-map"
FORMAT = 1
LIMIT = 32_000_000  # bytes of either file
MOST_HEXES = 400_000
COLUMNS: dict[str, tuple[str, int]] = {  # name -> dtype, columns (0 = one value a hex)
    "terrain": ("|u1", 0), "height": ("<i2", 0), "relief": ("<i2", 0), "water": ("|u1", 0), "region": ("|u1", 0),
    "river": ("|u1", 6), "road": ("|u1", 6), "rail": ("|u1", 6), "bridge": ("|u1", 6), "dry_bed": ("|u1", 6),
}  # fmt: skip
# what reading damaged data raises
UNUSABLE = (
    ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, OSError, TypeError, ValueError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def load_map(name_or_path: str | Path) -> HexMap:
    """Return the map of a name (`theatre_10km`: under assets/map) or of a path to its .json or .npz file."""
    path = _path_of(name_or_path)
    head_bytes = read_limited(path, LIMIT, "a map (JSON)")
    try:
        head = json.loads(head_bytes)
    except (ValueError, RecursionError) as error:
        raise _damaged(path, "it is not readable as JSON") from error
    if not isinstance(head, dict) or head.get("magic") != MAGIC:
        raise fail("map_foreign", "this is no map of the game", str(path), hint='a map begins with "magic": "ichigo-map"')
    if head.get("format") != FORMAT:
        what = f"the map has format {head.get('format')!r}; this version of the game reads {FORMAT}"
        raise fail("map_format", what, str(path), hint="build the map again")
    packed = read_limited(path.with_suffix(".npz"), LIMIT, "the arrays of a map (.npz)")
    if digest_bytes(packed) != head.get("arrays_digest"):
        raise _damaged(path.with_suffix(".npz"), "its arrays do not belong to the JSON file beside it")
    try:
        return _make(head, _unpack(packed), digest_bytes(packed, head_bytes))
    except DataError:
        raise
    except UNUSABLE as error:
        raise _damaged(path, f"its content is not what a map holds ({type(error).__name__}: {error})") from error


def _path_of(name_or_path: str | Path) -> Path:
    """Return the path of the JSON file."""
    text = str(name_or_path)
    if isinstance(name_or_path, str) and not text.endswith((".json", ".npz")) and "/" not in text and "\\" not in text:
        folder = data_folder("assets") / "map"
        path = folder / f"{text}.json"
        if not path.exists():
            known = sorted(p.stem for p in folder.glob("*.json"))
            raise fail("map_missing", f"there is no map {text!r}", str(path), hint=did_you_mean(text, known))
        return path
    return Path(name_or_path).with_suffix(".json")


def _damaged(path: Path, what: str) -> DataError:
    return fail("map_damaged", f"the map cannot be used: {what}", str(path), hint="install the game again, or build the map again")


def _unpack(packed: bytes) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays, each of its declared type and read-only."""
    found = {}
    with np.load(io.BytesIO(packed), allow_pickle=False) as z:
        for name, (dtype, width) in COLUMNS.items():
            array = z[name]
            if array.dtype.str != dtype or array.ndim != (2 if width else 1) or (width and array.shape[1] != width):
                raise ValueError(f"array {name} is {array.dtype} {array.shape}")
            array.setflags(write=False)
            found[name] = array
    return found


def _make(head: dict[str, Any], arrays: dict[str, npt.NDArray[Any]], digest: str) -> HexMap:
    """Return the map; raises ValueError and the like when something does not fit."""
    cols, rows, spacing = int(head["cols"]), int(head["rows"]), int(head["spacing_m"])
    size = cols * rows
    if cols < 1 or rows < 1 or size > MOST_HEXES or spacing < 100:
        raise ValueError(f"{cols} x {rows} hexes of {spacing} m")
    for name, array in arrays.items():
        if len(array) != size:
            raise ValueError(f"array {name} has {len(array)} rows for {size} hexes")
    x, y = (float(v) for v in head["origin_m"])
    p1, p2, p3, p4 = (float(v) for v in head["projection"])
    lines = tuple(Line(n[0], n[1], n[2], n[3], tuple(n[4]), tuple(n[5]), n[6]) for n in head["lines"])
    places = tuple(_place(*p) for p in head["places"])
    _check(size, places, lines)
    return HexMap(
        id=str(head["id"]), cols=cols, rows=rows, spacing_m=spacing, origin_m=(x, y), projection=(p1, p2, p3, p4),
        regions=tuple((str(a), str(b)) for a, b in head["regions"]), places=places, lines=lines,
        labels=tuple(Label(*n) for n in head["labels"]), digest=digest, **arrays,
    )  # fmt: skip


def _place(
    pid: str, en: str, zh: str, kind: str, lat: float, lon: float, at: int, rank: int, airfield: int, accuracy: str, province: str
) -> Place:
    """Return a place of the JSON file."""
    return Place(pid, en, zh, kind, float(lat), float(lon), int(at), int(rank), bool(airfield), accuracy, province)


def _check(size: int, places: tuple[Place, ...], lines: tuple[Line, ...]) -> None:
    """Raise ValueError when a place or line lies on a hex that the map does not have."""
    if any(not -1 <= p.hex < size for p in places):
        raise ValueError("a place lies on a hex that does not exist")
    for n in lines:
        if not n.hexes or any(type(h) is not int for h in n.hexes) or min(n.hexes) < 0 or max(n.hexes) >= size:
            raise ValueError(f"line {n.id} runs over hexes that do not exist")
        if (len(n.sides) != len(n.hexes) if n.kind == "river" else n.sides) or not set(n.sides) <= set(range(6)):
            raise ValueError(f"line {n.id} has hexsides that do not fit its hexes")


def frame_of(hexmap: HexMap) -> Frame:
    """Return the map's frame: where its hexes lie."""
    return Frame(hexmap.cols, hexmap.rows, float(hexmap.spacing_m), hexmap.origin_m, Albers(*hexmap.projection))


def project(hexmap: HexMap, lat: float, lon: float) -> tuple[float, float]:
    """Return (x east, y north) of a place on the projected sheet [m]."""
    return Albers(*hexmap.projection).forward(lat, lon)


def hex_at(hexmap: HexMap, lat: float, lon: float) -> int:
    """Return the hex that contains a place; -1 off the map."""
    return frame_of(hexmap).hex_of(lat, lon)


def centre_lat_lon(hexmap: HexMap, index: int) -> tuple[float, float]:
    """Return (lat, lon) of a hex's centre [degrees]."""
    col, row = index % hexmap.cols, index // hexmap.cols
    x = hexmap.origin_m[0] + hexmap.spacing_m * (col + 0.5 * (row & 1))
    y = hexmap.origin_m[1] - hexmap.spacing_m * ROW_STEP * row
    return Albers(*hexmap.projection).inverse(x, y)


def cut(hexmap: HexMap, west: float, south: float, east: float, north: float) -> HexMap:
    """Return the part of a map inside a window of degrees: the hexes whose centres lie in it, squared off.

    The first row has an even number, so that the same rows stay shifted. Places outside keep their coordinates and get
    hex -1; lines are clipped (`id#2` and so on for further stretches); labels outside are dropped.
    """
    frame = frame_of(hexmap)
    lat, lon = frame.albers.inverse_many(frame.centres)
    inside = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    if not len(inside):
        raise fail("window_empty", f"the window {west:g}-{east:g} E, {south:g}-{north:g} N holds no hex of the map {hexmap.id}")
    row, col = inside // hexmap.cols, inside % hexmap.cols
    row_0, col_0 = int(row.min()) & ~1, int(col.min())
    rows, cols = int(row.max()) - row_0 + 1, int(col.max()) - col_0 + 1
    keep = (np.arange(row_0, row_0 + rows)[:, None] * hexmap.cols + np.arange(col_0, col_0 + cols)).ravel()
    new = np.full(hexmap.size, -1, np.int32)
    new[keep] = np.arange(len(keep))
    origin = (hexmap.origin_m[0] + hexmap.spacing_m * col_0, hexmap.origin_m[1] - hexmap.spacing_m * ROW_STEP * row_0)
    arrays = {name: _kept(getattr(hexmap, name), keep) for name in COLUMNS}
    index = new.tolist()
    return HexMap(
        id=hexmap.id, cols=cols, rows=rows, spacing_m=hexmap.spacing_m, origin_m=origin, projection=hexmap.projection,
        regions=hexmap.regions, places=_moved_places(hexmap.places, index), lines=_clipped(hexmap, index),
        labels=tuple(n for n in hexmap.labels if west <= n.lon <= east and south <= n.lat <= north),
        digest=hexmap.digest, **arrays,
    )  # fmt: skip


def _kept(array: npt.NDArray[Any], keep: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the rows of an array that stay, read-only."""
    part: npt.NDArray[Any] = array[keep]
    part.setflags(write=False)
    return part


def _moved_places(places: tuple[Place, ...], index: list[int]) -> tuple[Place, ...]:
    """Return the places with their hexes on the new map."""
    return tuple(
        Place(p.id, p.name_en, p.name_zh, p.kind, p.lat, p.lon, at, p.rank, p.airfield, p.accuracy, p.province)
        for p, at in ((p, index[p.hex] if p.hex >= 0 else -1) for p in places)
    )


def _clipped(hexmap: HexMap, index: list[int]) -> tuple[Line, ...]:
    """Return the stretches of the lines on the new map; a hexside at the rim stays when either of its hexes does."""
    found = []
    for line in hexmap.lines:
        hexes = [index[h] for h in line.hexes]
        sides = list(line.sides)
        for i in (i for i in range(len(sides)) if hexes[i] < 0):
            other = int(hexmap.neighbours[line.hexes[i], sides[i]])
            if other >= 0 and index[other] >= 0:
                hexes[i], sides[i] = index[other], opposite(sides[i])
        number = 0
        for a, b in _runs(hexes):
            if line.kind != "river" and b - a < 2:
                continue
            number += 1
            name = line.id if number == 1 else f"{line.id}#{number}"
            found.append(Line(name, line.name_en, line.name_zh, line.kind, tuple(hexes[a:b]), tuple(sides[a:b]), line.grade))
    return tuple(found)


def _runs(kept: list[int]) -> list[tuple[int, int]]:
    """Return the [start, end) of each stretch of entries that are not -1."""
    found, start = [], -1
    for i, value in enumerate([*kept, -1]):
        if value >= 0 and start < 0:
            start = i
        elif value < 0 and start >= 0:
            found.append((start, i))
            start = -1
    return found
