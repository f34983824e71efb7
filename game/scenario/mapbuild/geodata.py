"""Reading the geodata pack: heights, rivers, lakes and provinces as arrays in degrees (lon, lat)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.errors import fail
from game.core.files import read_limited
from game.scenario.mapbuild.projection import F64

LIMIT = 64_000_000  # bytes of one file of the pack


@dataclass(frozen=True)
class Heights:
    """The height grid. Arrays are (rows north to south, columns west to east)."""

    elevation: npt.NDArray[np.int16]  # [m], sea 0
    land: npt.NDArray[np.uint8]  # [percent]
    lat: F64
    lon: F64


@dataclass(frozen=True)
class Feature:
    """One feature: its properties and its lines or rings as (N, 2) lon, lat."""

    properties: dict[str, Any]
    parts: list[F64]


def load_heights(geo: Path) -> Heights:
    """Return the height grid of the pack."""
    path = geo / "elevation.npz"
    if not path.is_file():
        what = "no height grid; expected elevation.npz of the geodata pack"
        raise fail("geo_missing", what, str(path), hint="give --geo the pack's folder")
    try:
        with np.load(path, allow_pickle=False) as z:
            return Heights(z["elev"], z["land"], z["lat"].astype(float), z["lon"].astype(float))
    except (OSError, ValueError, KeyError) as error:
        raise fail("geo_damaged", f"the height grid cannot be read: {error}", str(path)) from error


def load_features(geo: Path, name: str) -> list[Feature]:
    """Return the features of a GeoJSON file of the pack, in its order."""
    path = geo / name
    data = read_limited(path, LIMIT, "a GeoJSON file of the geodata pack")
    try:
        return [Feature(f["properties"], _parts(f["geometry"])) for f in json.loads(data)["features"]]
    except (ValueError, KeyError, TypeError) as error:
        raise fail("geo_damaged", f"no GeoJSON that the map can be built from: {error!r}", str(path)) from error


def _parts(geometry: dict[str, Any]) -> list[F64]:
    """Return every coordinate list of a geometry as an (N, 2) array."""
    kind, c = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return [np.array([c], float)[:, :2]]
    if kind == "LineString":
        return [np.array(c, float)[:, :2]]
    if kind in ("MultiLineString", "Polygon"):
        return [np.array(ring, float)[:, :2] for ring in c]
    if kind == "MultiPolygon":
        return [np.array(ring, float)[:, :2] for polygon in c for ring in polygon]
    raise ValueError(f"unknown geometry {kind}")
