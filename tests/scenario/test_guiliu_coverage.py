"""The Guilin-Liuzhou order of battle against the documents: every formation they name is in the tree, and the totals come out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game.model.hexmap import TERRAIN
from game.model.scenario import Scenario
from game.model.units import CHINA, JAPAN, SIDES, UnitSpec
from game.scenario.load import load_scenario

DATA = Path(__file__).resolve().parent.parent / "data" / "guiliu_formations.json"
DOCUMENTED: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {row["id"]: row for row in DOCUMENTED["formations"]}
# a division whose regiments are counters of their own keeps its staff, guns and trains as a headquarters counter
REMAINDERS = {
    "jp_3_div", "jp_13_div", "jp_34_div", "jp_37_div", "jp_40_div", "jp_58_div", "jp_116_div", "jp_22_div", "jp_104_div",
}  # fmt: skip
# no ships in the game: the fleet's landing parties stand as river guards
OTHER_TYPE = {"jp_2cef": "garrison"}
# listed for the record; their men stand in the figure of the formation above
LISTED_ONLY = {"jp_161_inf_regt_3bn", "jp_62_ind_inf_bn", "cn_392_regt"}
# stands under the garrison of Guilin, but its men come out of 98th Division
COMPOSITE, DIVISION = "cn_98_div_comp_regt", "cn_98_div"
KARST = TERRAIN.index("karst")


@cache
def guiliu() -> Scenario:
    return load_scenario("guiliu")


def group_of(spec: UnitSpec) -> str:
    """Return the count group of a formation: its own in the documents, or that of the formation it is a part of."""
    if spec.id == COMPOSITE:
        spec = guiliu().formation_by_id[DIVISION]
    while spec.id not in ROWS:
        spec = guiliu().formation_by_id[spec.parent]
    return str(ROWS[spec.id]["group"])


def counted(side: int, *groups: str) -> int:
    """Return the men of a side's counters that belong to some count groups [men]."""
    return sum(u.men for u in guiliu().units if u.side == side and group_of(u) in groups)


def with_parts(fid: str) -> int:
    """Return a formation's men with those parts that the documents include in its figure [men]."""
    scenario = guiliu()
    total = 0 if fid in LISTED_ONLY else scenario.formation_by_id[fid].men
    for child in scenario.children.get(fid, ()):
        if child not in ROWS or ROWS[child]["scope"] == "included_in_parent":
            total += with_parts(child)
    return total + (with_parts(COMPOSITE) if fid == DIVISION else 0)


def test_every_documented_formation_is_in_the_tree() -> None:
    missing = [fid for fid in ROWS if fid not in guiliu().formation_by_id]
    print(f"documented formations {len(ROWS)}, in the tree {len(ROWS) - len(missing)}")
    assert len(ROWS) == 156
    assert not missing


@pytest.mark.parametrize("fid", list(ROWS))
def test_formation_agrees_with_the_documents(fid: str) -> None:
    spec, row = guiliu().formation_by_id[fid], ROWS[fid]
    assert (spec.name.en, spec.name.zh) == (row["name_en"], row["name_zh"])
    assert SIDES[spec.side] == row["side"]
    assert spec.echelon == row["level"]
    assert spec.type == OTHER_TYPE.get(fid, row["type"]) or (fid in REMAINDERS and spec.type == "hq")
    assert spec.parent == (row["parent"] or "")
    assert list(spec.source) == row["source"] and spec.source


@pytest.mark.parametrize("fid", [r["id"] for r in ROWS.values() if r["men"] is not None])
def test_strength_agrees_with_the_documents(fid: str) -> None:
    assert with_parts(fid) == ROWS[fid]["men"]


def test_a_part_listed_for_the_record_is_not_counted_twice() -> None:
    for fid in sorted(LISTED_ONLY):
        spec = guiliu().formation_by_id[fid]
        assert spec.index == -1 and 0 < spec.men < guiliu().formation_by_id[spec.parent].men


def test_headquarters_without_men_are_names() -> None:
    for fid, row in ROWS.items():
        if row["scope"] == "hq_only":
            assert guiliu().formation_by_id[fid].index == -1, fid


def test_phantom_is_not_deployed() -> None:
    assert "cn_31_ga" not in guiliu().formation_by_id


def test_side_totals() -> None:
    expected = DOCUMENTED["totals"]
    japan, zone = counted(JAPAN, "core"), counted(CHINA, "core")
    gross = counted(CHINA, "core", "theatre")
    print(f"japan: documented {expected['japan']['men']:,}, scenario {japan:,}")
    print(
        f"china: documented {expected['china']['men']:,} and {expected['china']['theatre_men']:,}, scenario {zone:,} and {gross:,}"
    )
    assert japan == expected["japan"]["men"]
    assert (zone, gross) == (expected["china"]["men"], expected["china"]["theatre_men"])
    assert counted(CHINA, "reinforcement") == 97_500


@pytest.mark.parametrize("side", [JAPAN, CHINA])
def test_aircraft(side: int) -> None:
    found = sum(f.aircraft for f in guiliu().formations if f.side == side)
    assert found == DOCUMENTED["totals"][SIDES[side]]["aircraft"]


def test_garrison_of_guilin_is_what_the_documents_give() -> None:
    scenario = guiliu()
    garrison = ["cn_31_corps", "cn_131_div", "cn_391_regt", "cn_170_div", COMPOSITE, "cn_guilin_special_troops"]
    assert sum(scenario.formation_by_id[f].men for f in garrison) == 19_500  # about 20,000 (S0)


def test_twenty_four_divisions() -> None:
    divisions = [u for u in guiliu().units if u.side == CHINA and u.echelon == "division" and group_of(u) == "core"]
    assert len(divisions) == 24


def test_nobody_starts_across_the_line() -> None:
    scenario = guiliu()
    for unit in scenario.units:
        if unit.arrives <= 1:
            assert scenario.control[unit.hex] == unit.side, f"{unit.id} at {scenario.map.describe(unit.hex)}"


def test_guilin_lies_among_karst() -> None:
    scenario = guiliu()
    city = scenario.map.place_by_id["guilin"].hex
    karst = [int(h) for h in scenario.map.neighbours[city] if scenario.map.terrain[int(h)] == KARST]
    assert scenario.map.place_by_id["qixingyan"].hex in karst


def test_a_lost_airfield_sends_its_aircraft_to_a_base_of_its_own_side() -> None:
    bases = {b.id: b for b in guiliu().air}
    moving = [b for b in guiliu().air if b.moves_to]
    assert {b.id for b in moving} >= {"af_lingling", "af_danzhu", "af_erdang", "af_yangtang", "af_liuzhou", "af_nanning"}
    for base in moving:
        assert bases[base.moves_to].side == base.side


def test_record_holds_every_dated_capture_with_its_holdout() -> None:
    record = guiliu().record
    assert len(record) == 35
    assert [r.holdout for r in record].count(True) == 12
    assert {r.place for r in record if not r.scored} == {"bijiashan", "mopanshan"}
    assert len(guiliu().events) == 61
