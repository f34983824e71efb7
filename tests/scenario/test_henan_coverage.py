"""The Henan order of battle against the documents: every formation they name is in the tree, and the totals come out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game.model.scenario import Scenario
from game.model.units import JAPAN, SIDES, UnitSpec
from game.scenario.load import load_scenario

DATA = Path(__file__).resolve().parent.parent / "data" / "henan_formations.json"
DOCUMENTED: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {row["id"]: row for row in DOCUMENTED["formations"]}
# a division whose regiments are counters of their own keeps its staff, guns and trains as a headquarters counter
REMAINDERS = {"jp_37_div", "jp_62_div", "jp_110_div", "jp_27_div", "jp_3_tank_div", "jp_69_div", "jp_65_div"}

# listed for the record; its men stand in its regiment's figure
LISTED_ONLY = {"jp_227_inf_regt_1bn"}


@cache
def henan() -> Scenario:
    return load_scenario("henan")


def group_of(spec: UnitSpec) -> str:
    """Return the count group of a formation: its own in the documents, or that of the formation it is a part of."""
    while spec.id not in ROWS:
        spec = henan().formation_by_id[spec.parent]
    return str(ROWS[spec.id]["group"])


def counted(side: int) -> list[UnitSpec]:
    """Return the counters inside the documented total of a side."""
    return [u for u in henan().units if u.side == side and group_of(u) == "core"]


def with_parts(fid: str) -> int:
    """Return a formation's men with those parts that the documents include in its figure [men]."""
    scenario = henan()
    own = scenario.formation_by_id[fid]
    total = 0 if fid in LISTED_ONLY else own.men
    for child in scenario.children.get(fid, ()):
        if child not in ROWS or ROWS[child]["scope"] == "included_in_parent":
            total += with_parts(child)
    return total


def test_every_documented_formation_is_in_the_tree() -> None:
    missing = [fid for fid in ROWS if fid not in henan().formation_by_id]
    print(f"documented formations {len(ROWS)}, in the tree {len(ROWS) - len(missing)}")
    assert not missing


@pytest.mark.parametrize("fid", list(ROWS))
def test_formation_agrees_with_the_documents(fid: str) -> None:
    spec, row = henan().formation_by_id[fid], ROWS[fid]
    assert (spec.name.en, spec.name.zh) == (row["name_en"], row["name_zh"])
    assert SIDES[spec.side] == row["side"]
    assert spec.echelon == row["level"]
    assert spec.type == row["type"] or (fid in REMAINDERS and spec.type == "hq")
    assert spec.parent == (row["parent"] or "")
    assert list(spec.source) == row["source"] and spec.source


@pytest.mark.parametrize("fid", [r["id"] for r in ROWS.values() if r["men"] is not None and r["id"] not in LISTED_ONLY])
def test_strength_agrees_with_the_documents(fid: str) -> None:
    # 6th Tank Brigade's 3,000 hold the two tank regiments that the documents list beside it
    beside = 1800 if fid == "jp_6_tank_bde" else 0
    assert with_parts(fid) + beside == ROWS[fid]["men"]
    if ROWS[fid]["paper"]:
        assert henan().formation_by_id[fid].paper == ROWS[fid]["paper"]


def test_a_part_listed_for_the_record_is_not_counted_twice() -> None:
    battalion = henan().formation_by_id["jp_227_inf_regt_1bn"]
    assert battalion.index == -1 and battalion.men == ROWS["jp_227_inf_regt_1bn"]["men"]


def test_phantom_is_not_deployed() -> None:
    assert "cn_11_wz" not in henan().formation_by_id


@pytest.mark.parametrize("side", [0, 1])
def test_side_totals(side: int) -> None:
    units, expected = counted(side), DOCUMENTED["totals"][SIDES[side]]
    found = {
        "men": sum(u.men for u in units),
        "paper": sum(u.paper for u in units),
        "guns": sum(u.guns for u in units),
        "tanks": sum(u.tanks for u in units),
        "aircraft": sum(f.aircraft for f in henan().formations if f.side == side),
    }
    for key, value in expected.items():
        print(f"{SIDES[side]} {key}: documented {value:,}, scenario {found[key]:,}")
    assert {key: found[key] for key in expected} == expected
    assert side == JAPAN or found["tanks"] == 0


def test_nobody_starts_across_the_line() -> None:
    scenario = henan()
    for unit in scenario.units:
        if unit.arrives <= 1:
            assert scenario.control[unit.hex] == unit.side, f"{unit.id} at {scenario.map.describe(unit.hex)}"


def test_record_holds_every_dated_capture_with_its_holdout() -> None:
    record = henan().record
    assert len(record) == 26
    assert [r.holdout for r in record].count(True) == 8
    assert {r.place for r in record if not r.scored} == {"luohe", "queshan"}
