"""Small worlds for the tests of the rules: a map drawn in code, a few units, the standard rules with single values pinned.

Chance is switched off unless a test asks for it: weather is clear and orders always arrive in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from game.model.hexmap import RIVER, ROAD, TERRAIN, HexMap, Place
from game.model.rules import MONTHS, WEATHERS, Rules
from game.model.scenario import Calendar, Level, Objective, Scenario, SideInfo, SupplySource
from game.model.units import CHINA, JAPAN, Commander, Mobility, Name, UnitSpec
from game.rules import engine
from game.rules.world import World
from game.scenario.rulesfile import find_rules, override

CERTAIN = {
    **{f"command.full.{grade}": 1000 for grade in "ABCDE"},
    **{f"weather.{zone}.{m}.{kind}": 1000 * (kind == "clear") for zone in ("north", "south") for m in MONTHS for kind in WEATHERS},
}
FULL = CERTAIN | {"morale.sick": 0}


@cache
def standard() -> Rules:
    """Return the standard rules as they stand in the file."""
    return find_rules("standard").rules


def rules(changes: dict[str, int] | None = None, certain: bool = True) -> Rules:
    """Return the standard rules with values pinned; `certain` takes weather, command and sickness out."""
    return override(standard(), (FULL if certain else {}) | (changes or {}))


class Land:
    """A map to draw on: `cols` x `rows` hexes of 10 km, flat unless said otherwise; (col, row) count from 0."""

    def __init__(self, cols: int = 9, rows: int = 7, terrain: str = "flat", latitude: float = 36.0) -> None:
        self.cols, self.rows, self.latitude = cols, rows, latitude
        size = cols * rows
        self.terrain = np.full(size, TERRAIN.index(terrain), np.uint8)
        self.river, self.road, self.rail, self.bridge = (np.zeros((size, 6), np.uint8) for _ in range(4))
        self.places: list[Place] = []
        self.broken: list[int] = []
        self._draft = self.build()

    def at(self, col: int, row: int) -> int:
        """Return the index of a hex."""
        return row * self.cols + col

    def paint(self, terrain: str, *hexes: tuple[int, int]) -> Land:
        """Give hexes a terrain."""
        for col, row in hexes:
            self.terrain[self.at(col, row)] = TERRAIN.index(terrain)
        return self

    def _both(self, array: np.ndarray[Any, Any], a: int, b: int, value: int) -> None:
        side = self._draft.neighbours[a].tolist().index(b)
        array[a, side] = array[b, (side + 3) % 6] = value

    def draw(self, kind: str, *hexes: tuple[int, int]) -> Land:
        """Draw a road, track, rail or bridge through hexes, or a river (great, large, small) on the sides between them."""
        path = [self.at(*h) for h in hexes]
        for a, b in pairwise(path):
            if kind in ("road", "track"):
                self._both(self.road, a, b, ROAD.index(kind))
            elif kind in RIVER:
                self._both(self.river, a, b, RIVER.index(kind))
            else:
                self._both(self.rail if kind == "rail" else self.bridge, a, b, 1)
        return self

    def place(self, pid: str, col: int, row: int, rank: int = 1) -> Land:
        """Name a hex."""
        self.places.append(Place(pid, pid.title(), pid, "town", 34.0, 113.0, self.at(col, row), rank, False, "town"))
        return self

    def build(self) -> HexMap:
        """Return the map."""
        size = self.cols * self.rows
        return HexMap(
            "test", self.cols, self.rows, 10_000, (0.0, 0.0), (24.0, 34.0, 112.0, self.latitude), self.terrain,
            np.full(size, 100, np.int16), np.zeros(size, np.int16), np.zeros(size, np.uint8),
            np.ones(size, np.uint8),
            self.river, self.road, self.rail, self.bridge, np.zeros((size, 6), np.uint8), (("", ""), ("Henan", "河南")),
            tuple(self.places), (), (), "test",
        )  # fmt: skip


def unit(uid: str, col: int, row: int, **given: Any) -> dict[str, Any]:
    """Describe a unit: `jp_...` is Japanese, `cn_...` Chinese; anything of UnitSpec may be given."""
    return {"id": uid, "at": (col, row), **given}


def _spec(land: Land, index: int, given: dict[str, Any]) -> UnitSpec:
    side = JAPAN if given["id"].startswith("jp") else CHINA
    men = given.get("men", 3000)
    col, row = given.get("at", (-1, 0))
    values: dict[str, Any] = {
        "index": index, "id": given["id"], "side": side, "echelon": "regiment" if side == JAPAN else "division", "type": "infantry",
        "name": Name(given["id"], given["id"]), "parent": "jp_div" if side == JAPAN else "cn_corps", "commander": None,
        "men": men, "establishment": men, "paper": men, "guns": 0, "tanks": 0, "aircraft": 0, "mobility": Mobility.FOOT,
        "quality": 2,
        "morale": 800, "hex": land.at(col, row) if col >= 0 else -1, "place": "", "arrives": 1, "leaves": 0, "held_until": 0,
        "crossing_until": 0, "entrenched": 0, "food": 60, "ammunition": 50, "source": ("K",), "strength_source": "",
        "certainty": "high", "stripe": 0, "short": given["id"][3:9],
    }  # fmt: skip
    return UnitSpec(**(values | {k: v for k, v in given.items() if k != "at"}))


def _node(fid: str, echelon: str, parent: str, rating: str = "") -> dict[str, Any]:
    commander = Commander(Name(fid, fid), rating, "high") if rating else None
    return {"id": fid, "echelon": echelon, "parent": parent, "commander": commander, "men": 0, "type": "hq"}


NODES = (
    _node("jp_army", "army", "", "B"), _node("jp_div", "division", "jp_army"), _node("jp_div2", "division", "jp_army"),
    _node("cn_army", "army", "", "D"), _node("cn_corps", "corps", "cn_army"), _node("cn_corps2", "corps", "cn_army"),
)  # fmt: skip


def scenario(
    land: Land, units: Sequence[dict[str, Any]], values: Rules | None = None, split: int | None = None, **given: Any
) -> Scenario:
    """Return a scenario: Japan holds the columns left of `split` (default: the middle), China the others.

    Each side has an endless base for 200,000 men, Japan in the west and China in the east, unless `sources` are given.
    """
    split = land.cols // 2 if split is None else split
    hexmap = land.build()
    control = np.where(np.arange(hexmap.size) % land.cols < split, JAPAN, CHINA).astype(np.uint8)
    control[np.isin(hexmap.terrain, (0, 1))] = 255
    broken = np.zeros(hexmap.size, np.uint8)
    broken[land.broken] = 1
    specs = [_spec(land, n, u) for n, u in enumerate(units)]
    nodes = [_spec(land, -1, n) for n in NODES if n["id"] not in {u["id"] for u in units}]
    middle = land.rows // 2
    side = SideInfo(Name("Japan", "日本"), Name("Army", "军"), Name("A", "甲"), Name("Go.", "去。"), ("K",), 1000, 0, "")
    china = SideInfo(Name("China", "中国"), Name("War Zone", "战区"), Name("B", "乙"), Name("Stay.", "守。"), ("K",), 1000, 0, "")
    parts: dict[str, Any] = {
        "id": "test", "title": Name("Test <&> field", "试验"), "summary": Name("A test.", "试验。"), "map": hexmap,
        "calendar": Calendar(date(1944, 4, 17), date(1944, 5, 6), 2, JAPAN), "rules": values or rules(), "sides": (side, china),
        "formations": (*nodes, *specs), "units": tuple(specs), "control": control, "broken_rail": broken,
        "sources": (source("west", JAPAN, land.at(0, middle)), source("east", CHINA, land.at(land.cols - 1, middle))),
        "forts": (), "air": (), "pools": (), "countryside": (), "plans": (), "objectives": (), "weights": (1000, -1000),
        "levels": (Level("jp", Name("Japanese victory", "日胜"), 10, JAPAN), Level("draw", Name("Draw", "平"), 0, -1),
                   Level("cn", Name("Chinese victory", "中胜"), -999, CHINA)),
        "historical": (5, Name("Five.", "五。")), "record": (), "events": (), "digest": "test",
        "watched": tuple(p.id for p in land.places),
    }  # fmt: skip
    return Scenario(**(parts | given))


def source(sid: str, side: int, where: int, men: int = 200_000, stock_days: int = -1) -> SupplySource:
    """Return a source of supply."""
    return SupplySource(sid, side, sid, where, "base", men, 1, 0, stock_days, ("K",))


def objective(oid: str, side: int, kind: str, land: Land, places: Sequence[str], points: int, **given: Any) -> Objective:
    """Return an objective over named places."""
    where = {p.id: p.hex for p in land.places}
    values: dict[str, Any] = {
        "id": oid, "side": side, "kind": kind, "title": Name(oid, oid), "places": tuple(places),
        "hexes": tuple(where[p] for p in places),
        "points": points, "limit": 0, "steps": (), "from_turn": 1, "formations": (), "groups": (), "chain": (), "source": ("K",),
    }  # fmt: skip
    return Objective(**(values | given))


def start(land: Land, units: Sequence[dict[str, Any]], values: Rules | None = None, seed: int = 1, **given: Any) -> World:
    """Begin a game: Japan's administration is done, Japan may give orders."""
    return engine.start(scenario(land, units, values, **given), seed)


def find(world: World, uid: str) -> int:
    """Return a unit's index."""
    return world.scenario.unit_by_id[uid]


def events(world: World, kind: str) -> list[dict[str, Any]]:
    """Return the data of all events of a kind."""
    return [e.data for e in world.events if e.kind == kind]
