"""Provinces of 1944 by hex."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.model.hexmap import U8
from game.scenario.mapbuild.frame import Frame
from game.scenario.mapbuild.geodata import Feature
from game.scenario.mapbuild.shapes import inside
from game.scenario.mapbuild.terrain import rings_of

# names that the pack gives otherwise, and provinces that did not exist in 1944
NAMES_1944 = {
    "Chongqing": ("Sichuan", "四川"),
    "VN": ("Indochina", "印度支那"),
    "LA": ("Indochina", "印度支那"),
    "Xianggang (Hong Kong)": ("Hong Kong", "香港"),
    "Aomen (Macao)": ("Macao", "澳门"),
}


def make_regions(frame: Frame, features: list[Feature], edits: list[dict[str, Any]]) -> tuple[U8, tuple[tuple[str, str], ...]]:
    """Return (H,) indices and the names; index 0 is no province (the open sea)."""
    named: dict[tuple[str, str], list[Feature]] = {}
    for f in features:
        name = f.properties["name"]
        named.setdefault(NAMES_1944.get(name, (name, f.properties["name_zh"])), []).append(f)
    names = (("", ""), *sorted(named))
    region = np.zeros(frame.size, np.uint8)
    for i, name in enumerate(names[1:], 1):
        for f in named[name]:
            region[inside(frame.centres, [frame.project(p[:, 1], p[:, 0]) for p in f.parts])] = i
    english = [n[0] for n in names]
    for entry in edits:
        zone = inside(frame.centres, rings_of(frame, entry))
        region[zone & (region == english.index(entry["from"]))] = english.index(entry["to"])
    return region, names


def fill_land(frame: Frame, region: U8, land: np.ndarray[Any, Any]) -> None:
    """Give land hexes that no outline covers (coast, gaps between outlines) the province of a neighbour."""
    for _ in range(4):
        for h in np.flatnonzero((region == 0) & land):
            near = [int(region[n]) for n in frame.neighbours[h] if n >= 0 and region[n]]
            if near:
                region[h] = max(near, key=near.count)
