"""The order of battle of Changsha and Hengyang against the documents: every formation is in the tree, and the totals come out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game.model.scenario import Scenario
from game.model.units import CHINA, JAPAN, SIDES, UnitSpec
from game.scenario.load import load_scenario

DATA = Path(__file__).resolve().parent.parent / "data" / "changheng_formations.json"
DOCUMENTED: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {row["id"]: row for row in DOCUMENTED["formations"]}
# a division whose regiments are counters of their own keeps its staff, guns and trains as a headquarters counter
REMAINDERS = {f"jp_{n}_div" for n in (3, 13, 27, 34, 37, 39, 40, 58, 64, 68, 116)}
# the documents' kind of a formation in the game's words
TYPES_HERE = {"jp_navy_yangzi": "hq", "jp_11_army_aa": "antiaircraft", "jp_11_army_loc": "services"}
# listed for the record; their men stand in the figure of the formation above
LISTED_ONLY = {
    "jp_93_ind_inf_bn", "jp_62_ind_inf_bn", "jp_104_ind_inf_bn", "cn_568_regt", "cn_28_regt", "cn_29_regt", "cn_30_regt",
}  # fmt: skip
# the Quzhou diversion and theatre commands, east of this map or without a staff on it
OFF_MAP = {"jp_70_div", "cn_26_div", "cn_79_div", "cn_105_div", "cn_145_div", "cn_146_div"}


@cache
def changheng() -> Scenario:
    return load_scenario("changheng")


def group_of(spec: UnitSpec) -> str:
    """Return the count group of a formation: its own in the documents, or that of the counted formation it is a part of."""
    while spec.id not in ROWS or ROWS[spec.id]["scope"] == "hq_only":
        spec = changheng().formation_by_id[spec.parent]
    return str(ROWS[spec.id]["group"])


def counted(side: int) -> list[UnitSpec]:
    """Return the counters inside the documented total of a side."""
    return [u for u in changheng().units if u.side == side and group_of(u) == "core"]


def with_parts(fid: str) -> int:
    """Return a formation's men with those parts that the documents include in its figure [men]."""
    scenario = changheng()
    total = 0 if fid in LISTED_ONLY else scenario.formation_by_id[fid].men
    for child in scenario.children.get(fid, ()):
        if child not in ROWS or ROWS[child]["scope"] in ("included_in_parent", "hq_only"):
            total += with_parts(child)
    return total


def test_every_documented_formation_is_in_the_tree() -> None:
    missing = [fid for fid in ROWS if fid not in changheng().formation_by_id]
    print(f"documented formations {len(ROWS)}, in the tree {len(ROWS) - len(missing)}")
    assert not missing


@pytest.mark.parametrize("fid", list(ROWS))
def test_formation_agrees_with_the_documents(fid: str) -> None:
    spec, row = changheng().formation_by_id[fid], ROWS[fid]
    assert (spec.name.en, spec.name.zh) == (row["name_en"], row["name_zh"])
    assert SIDES[spec.side] == row["side"]
    assert spec.echelon == row["level"]
    assert spec.type == ("hq" if fid in REMAINDERS else TYPES_HERE.get(fid, row["type"]))
    assert spec.parent == (row["parent"] or "")
    assert list(spec.source) == row["source"] and spec.source


@pytest.mark.parametrize("fid", [r["id"] for r in ROWS.values() if r["men"] is not None and r["id"] not in LISTED_ONLY])
def test_strength_agrees_with_the_documents(fid: str) -> None:
    assert with_parts(fid) == ROWS[fid]["men"]


@pytest.mark.parametrize("fid", sorted(LISTED_ONLY | OFF_MAP))
def test_what_is_listed_or_elsewhere_has_no_counter(fid: str) -> None:
    spec = changheng().formation_by_id[fid]
    assert spec.index == -1 and spec.men == ROWS[fid]["men"]


def test_phantom_is_not_deployed() -> None:
    assert "cn_70_corps" not in changheng().formation_by_id


@pytest.mark.parametrize("side", [0, 1])
def test_side_totals(side: int) -> None:
    units, expected = counted(side), DOCUMENTED["totals"][SIDES[side]]
    found = {
        "men": sum(u.men for u in units),
        "guns": sum(u.guns for u in units),
        "tanks": sum(u.tanks for u in units),
        "aircraft": sum(f.aircraft for f in changheng().formations if f.side == side),
    }
    for key, value in expected.items():
        print(f"{SIDES[side]} {key}: documented {value:,}, scenario {found[key]:,}")
    assert {key: found[key] for key in expected} == expected


def test_field_army_without_services_is_over_two_hundred_thousand() -> None:
    services = with_parts("jp_11_army_loc")
    field = sum(u.men for u in counted(JAPAN)) - services
    print(f"Japanese field army {field:,}, line of communication {services:,}")
    assert field == 239_925


def test_fifty_two_chinese_divisions() -> None:
    divisions = [u for u in counted(CHINA) if u.echelon == "division"]
    print(f"Chinese divisions {len(divisions)} with {sum(u.men for u in divisions):,} men")
    assert len(divisions) == 52 and sum(u.men for u in divisions) == 303_350


def test_nobody_starts_across_the_line() -> None:
    scenario = changheng()
    for unit in scenario.units:
        if unit.arrives <= 1:
            assert scenario.control[unit.hex] == unit.side, f"{unit.id} at {scenario.map.describe(unit.hex)}"


def test_record_holds_every_dated_capture_with_its_holdout() -> None:
    record = changheng().record
    assert len(record) == 31
    assert [r.holdout for r in record].count(True) == 10
    assert {r.place for r in record if not r.scored} == {"liling", "pingxiang", "feijiangkou"}
    assert len(changheng().events) == 88
