"""A map of a few hexes with something of everything, made by hand, and a scenario on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from game.core import hexgrid
from game.model.hexmap import FLAT, FLOOD, HILL, KARST, LAKE, MOUNTAIN, PADDY, HexMap, Label, Line, Place
from game.model.scenario import Calendar, Fort, Scenario, SideInfo
from game.model.units import Mobility, Name, UnitSpec
from game.ui.app import App
from game.ui.ground import Ground

COLS, ROWS = 8, 6
PROJECTION = (24.0, 34.0, 112.0, 29.0)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """Return an open window at its start screen, without the second process that draws the ground."""
    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    made = App("en", (1280, 760), tmp_path / "saves", tmp_path, config=tmp_path / "config")
    made.open()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings and keys of whoever runs the tests out of them."""
    monkeypatch.setenv("ICHIGO_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("ICHIGO_LOGS", str(tmp_path / "logs"))


def both(table: np.ndarray[Any, Any], flags: np.ndarray[Any, Any], hex_: int, direction: int, value: int) -> None:
    """Set a hexside from both of its hexes."""
    flags[hex_, direction] = value
    flags[table[hex_, direction], (direction + 3) % 6] = value


def tiny_map() -> HexMap:
    """Return 8 x 6 hexes: mountains in the west, a plain with a river, road and railway, a lake in the east."""
    size = COLS * ROWS
    table = hexgrid.neighbour_table(COLS, ROWS)
    col = np.arange(size) % COLS
    terrain = np.select([col < 2, col < 3, col == 6], [MOUNTAIN, HILL, FLOOD], FLAT).astype(np.uint8)
    terrain[[2 * COLS + 7, 3 * COLS + 7]] = LAKE
    terrain[5 * COLS + 4], terrain[5 * COLS + 3] = KARST, PADDY
    river, road, rail, bridge, dry = (np.zeros((size, 6), np.uint8) for _ in range(5))
    course = [(2 * COLS + c, d) for c in range(1, 6) for d in (2, 1)]  # the upper sides of row 2
    for hex_, d in course:
        both(table, river, hex_, d, 2)
    for c in range(COLS - 1):
        both(table, road, 4 * COLS + c, 0, 2 if c > 2 else 1)
    track = [5 * COLS + 4, 4 * COLS + 5, 3 * COLS + 4, 2 * COLS + 5, 1 * COLS + 4, 5]  # up a column, in zigzag
    for a, b in pairwise(track):
        both(table, rail, a, int(np.flatnonzero(table[a] == b)[0]), 1)
    cross = int(np.flatnonzero(table[2 * COLS + 5] == 1 * COLS + 4)[0])
    both(table, bridge, 2 * COLS + 5, cross, 1)
    both(table, dry, 1 * COLS + 6, 4, 1)
    region = np.where(col < 4, 1, 2).astype(np.uint8)
    lat, lon = 33.9, 112.4
    return HexMap(
        "tiny", COLS, ROWS, 10_000, _origin(lat, lon), PROJECTION, terrain, np.where(col < 3, 700, 60).astype(np.int16),
        np.where(col < 3, 320, 12).astype(np.int16), np.where(terrain == LAKE, 90, 0).astype(np.uint8), region, river, road, rail,
        bridge, dry, (("", ""), ("Henan", "河南"), ("Anhui", "安徽")), tiny_places(),
        (Line("ru", "Ru River", "汝河", "river", tuple(h for h, _ in course), tuple(d for _, d in course), 2),
         Line("pinghan", "Pinghan", "平汉", "rail", tuple(track))),
        (Label("Song Shan", "嵩山", "range", 33.75, 112.45, 10.0, 1), Label("Ru River", "汝河", "river", 33.75, 112.7, 0.0, 1)),
        "x",
    )  # fmt: skip


def _origin(lat: float, lon: float) -> tuple[float, float]:
    """Return where hex (0, 0) lies on the projected sheet [m]."""
    from game.scenario.mapbuild.projection import Albers

    return Albers(*PROJECTION).forward(lat, lon)


def tiny_places() -> tuple[Place, ...]:
    """Return a city, a town and an airfield."""
    from game.scenario.mapbuild.projection import Albers

    x0, y0 = _origin(33.9, 112.4)

    def at(hex_: int) -> tuple[float, float]:
        x, y = hexgrid.centre_km(hex_ % COLS, hex_ // COLS, 10.0)
        return Albers(*PROJECTION).inverse(x0 + x * 1000, y0 - y * 1000)

    rows = [
        ("luohe", "Luohe", "漯河", "city", 3 * COLS + 4, 1, False),
        ("yexian", "Yexian", "叶县", "town", 4 * COLS + 3, 2, True),
    ]
    return tuple(Place(i, en, zh, kind, *at(h), h, rank, air, "town") for i, en, zh, kind, h, rank, air in rows)


def unit(index: int, side: int, hex_: int, men: int) -> UnitSpec:
    """Return a division of a side."""
    name = Name(f"{index + 1}th Division", f"第{index + 1}师")
    return UnitSpec(
        index, f"u{index}", side, "division", "infantry", name, "", None, men, men, men, 12, 0, 0, Mobility.FOOT, 1, 800, hex_, "",
        1, 0, 0, 0, 1000, 60, 50, ("K",), "", "high", index, f"{index + 1}D",
    )  # fmt: skip


def tiny_scenario() -> Scenario:
    """Return a scenario with two divisions of each side on the tiny map. Its rules are never asked for anything here."""
    map_ = tiny_map()
    japan = (unit(0, 0, 1 * COLS + 5, 12_000), unit(1, 0, 1 * COLS + 5, 9_000))
    units = (*japan, unit(2, 1, 4 * COLS + 2, 6_000), unit(3, 1, 3 * COLS + 4, 5_000))
    name = Name("Tiny", "小")
    side = SideInfo(name, name, name, name, ("K",), 1000, 0, "")
    control = np.where(np.arange(map_.size) < 2 * COLS, 0, 1).astype(np.uint8)
    control[map_.terrain == LAKE] = 255
    return Scenario(
        "tiny", name, name, map_, Calendar(date(1944, 4, 17), date(1944, 6, 12), 2, 0), cast(Any, None), (side, side), units,
        units, control, np.zeros(map_.size, np.uint8), (), (Fort("luohe", 3 * COLS + 4, 2000, ("K",)),), (), (), (), (), (),
        (1000, -200), (), (0, name), (), (), (), "x",
    )  # fmt: skip


@pytest.fixture(scope="session")
def tiny() -> Scenario:
    """Return the scenario on the tiny map."""
    return tiny_scenario()
