"""The siege's order of battle against the documents: every formation they name is in the tree, and the totals come out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game.model.hexmap import FLAT, HILL
from game.model.scenario import Scenario
from game.model.units import CHINA, JAPAN, SIDES, UnitSpec
from game.scenario.load import load_scenario

DATA = Path(__file__).resolve().parent.parent / "data" / "hengyang_formations.json"
DOCUMENTED: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {row["id"]: row for row in DOCUMENTED["formations"]}
# listed for the record; their men stand in the figure of the formation above
LISTED_ONLY = {"jp_62_ind_inf_bn_2co", "jp_68_div_hq", "cn_9_regt_5co", "cn_9_regt_6co", "cn_10_corps_hq"}


@cache
def hengyang() -> Scenario:
    return load_scenario("hengyang")


def group_of(spec: UnitSpec) -> str:
    """Return the count group of a formation: its own in the documents, or that of the formation it is a part of."""
    while spec.id not in ROWS:
        spec = hengyang().formation_by_id[spec.parent]
    return str(ROWS[spec.id]["group"])


def counted(side: int) -> list[UnitSpec]:
    """Return the counters inside the documented total of a side."""
    return [u for u in hengyang().units if u.side == side and group_of(u) == "core"]


def with_parts(fid: str) -> int:
    """Return a formation's men with those parts that the documents include in its figure [men]."""
    scenario = hengyang()
    total = 0 if fid in LISTED_ONLY else scenario.formation_by_id[fid].men
    for child in scenario.children.get(fid, ()):
        if child not in ROWS or ROWS[child]["scope"] == "included_in_parent":
            total += with_parts(child)
    return total


def test_every_documented_formation_is_in_the_tree() -> None:
    missing = [fid for fid in ROWS if fid not in hengyang().formation_by_id]
    print(f"documented formations {len(ROWS)}, in the tree {len(ROWS) - len(missing)}")
    assert not missing


@pytest.mark.parametrize("fid", list(ROWS))
def test_formation_agrees_with_the_documents(fid: str) -> None:
    spec, row = hengyang().formation_by_id[fid], ROWS[fid]
    assert (spec.name.en, spec.name.zh) == (row["name_en"], row["name_zh"])
    assert SIDES[spec.side] == row["side"]
    assert spec.echelon == row["level"]
    # a formation whose parts are counters of their own keeps its staff, guns and trains as a headquarters counter
    assert spec.type == row["type"] or (spec.type == "hq" and hengyang().children.get(fid))
    assert spec.parent == (row["parent"] or "")
    assert list(spec.source) == row["source"] and spec.source


@pytest.mark.parametrize("fid", [r["id"] for r in ROWS.values() if r["men"] is not None and r["id"] not in LISTED_ONLY])
def test_strength_agrees_with_the_documents(fid: str) -> None:
    assert with_parts(fid) == ROWS[fid]["men"]


@pytest.mark.parametrize("fid", sorted(LISTED_ONLY))
def test_a_part_listed_for_the_record_is_not_counted_twice(fid: str) -> None:
    part = hengyang().formation_by_id[fid]
    assert part.index == -1 and part.men == ROWS[fid]["men"]


@pytest.mark.parametrize("side", [JAPAN, CHINA])
def test_side_totals(side: int) -> None:
    units, expected = counted(side), DOCUMENTED["totals"][SIDES[side]]
    found = {"men": sum(u.men for u in units), "guns": sum(u.guns for u in units)}
    for key, value in expected.items():
        print(f"{SIDES[side]} {key}: documented {value:,}, scenario {found[key]:,}")
    assert {key: found[key] for key in expected} == expected
    assert sum(u.tanks for u in hengyang().units) == 0


def battalions(turn: int) -> int:
    """Return the Japanese infantry battalions of the siege on the map by a turn; the screen is not counted."""
    return sum(1 for u in counted(JAPAN) if u.echelon == "battalion" and u.type == "infantry" and u.arrives <= turn)


def test_battalions_of_the_assaults() -> None:
    calendar = hengyang().calendar
    screen = 1  # 61st Independent Infantry Battalion stands at Ertang from 10 July
    first = battalions(7)
    third = battalions(calendar.turns)
    print(f"battalions: first assault {first}, third {third}")
    assert first == 20 - screen
    assert third == 28


def test_every_battalion_finds_room_on_a_hill() -> None:
    scenario = hengyang()
    room = scenario.rules.stacking.men_per_km[HILL] * scenario.map.spacing_m // 1000
    assert [u.id for u in scenario.units if u.echelon == "battalion" and u.type == "infantry" and u.men > room] == []
    assert room < scenario.rules.stacking.men_per_km[FLAT] * scenario.map.spacing_m // 1000


def test_nobody_starts_across_the_line() -> None:
    scenario = hengyang()
    for unit in scenario.units:
        if unit.arrives <= 1:
            assert scenario.control[unit.hex] == unit.side, f"{unit.id} at {scenario.map.describe(unit.hex)}"


def test_record_holds_every_dated_capture_with_its_holdout() -> None:
    record = hengyang().record
    assert len(record) == 9
    assert [r.place for r in record if r.holdout] == ["wazipin", "xinghua_village"]
    assert {r.place for r in record if not r.scored} == {"hengyang_civic_hospital"}


def test_historical_score_is_the_sum_in_the_notes() -> None:
    scenario = hengyang()
    japan = sum(o.points * len(o.places) for o in scenario.objectives if o.side == JAPAN and o.kind == "hold")
    china = 41 + 4 + 4 + 3 + 2
    assert japan == 93
    assert japan * scenario.weights[0] // 1000 + china * scenario.weights[1] // 1000 == scenario.historical[0] == 66
