"""The West Hunan order of battle against the documents: every formation they name is in the tree, and the totals come out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game.ai.staff import StaffPlayer
from game.model.scenario import Scenario
from game.model.units import CHINA, JAPAN, SIDES
from game.play.session import Session
from game.rules import victory
from game.scenario.load import load_scenario

DATA = Path(__file__).resolve().parent.parent / "data" / "west_hunan_formations.json"
DOCUMENTED: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {row["id"]: row for row in DOCUMENTED["formations"]}
# a division or brigade whose regiments or battalions are counters of their own keeps its staff, guns and trains as a headquarters
REMAINDERS = {"jp_116_div", "jp_47_div", "jp_68_div", "jp_58_bde", "jp_64_div"}


@cache
def west_hunan() -> Scenario:
    return load_scenario("west_hunan")


def with_parts(fid: str) -> int:
    """Return a formation's men with those parts that the documents include in its figure [men]."""
    scenario = west_hunan()
    parts = [c for c in scenario.children.get(fid, ()) if ROWS[c]["scope"] == "included_in_parent"]
    return scenario.formation_by_id[fid].men + sum(with_parts(c) for c in parts)


def counted_below(fid: str) -> int:
    """Return the counted men of a formation and of all below it [men]."""
    own = with_parts(fid) if ROWS[fid]["counted"] else 0
    return own + sum(counted_below(c) for c in west_hunan().children.get(fid, ()))


def test_every_documented_formation_is_in_the_tree_and_no_other() -> None:
    found = {f.id for f in west_hunan().formations}
    print(f"documented formations {len(ROWS)}, in the tree {len(found)}")
    assert found == set(ROWS)


@pytest.mark.parametrize("fid", list(ROWS))
def test_formation_agrees_with_the_documents(fid: str) -> None:
    spec, row = west_hunan().formation_by_id[fid], ROWS[fid]
    assert (spec.name.en, spec.name.zh) == (row["name_en"], row["name_zh"])
    assert SIDES[spec.side] == row["side"]
    assert spec.echelon == row["level"]
    assert spec.type == ("hq" if fid in REMAINDERS else row["type"])
    assert spec.parent == (row["parent"] or "")
    assert list(spec.source) == row["source"] and spec.source


@pytest.mark.parametrize("fid", [r["id"] for r in ROWS.values() if r["men"] is not None])
def test_strength_agrees_with_the_documents(fid: str) -> None:
    assert with_parts(fid) == ROWS[fid]["men"]


@pytest.mark.parametrize("side", [JAPAN, CHINA])
def test_side_totals(side: int) -> None:
    expected = DOCUMENTED["totals"][SIDES[side]]["men"]
    found = sum(with_parts(fid) for fid, row in ROWS.items() if row["side"] == SIDES[side] and row["counted"])
    print(f"{SIDES[side]} men: documented {expected:,}, scenario {found:,}")
    assert found == expected == west_hunan().sides[side].documented_men


def test_front_line_total() -> None:
    for fid, men in DOCUMENTED["front_line"].items():
        assert counted_below(fid) == men


def test_reserves_that_were_not_used_stay_off_the_map() -> None:
    scenario = west_hunan()
    unused = [fid for fid, row in ROWS.items() if row["men"] and not row["counted"] and row["scope"] == "own" and fid != "cn_air"]
    assert len(unused) == 11 and all(scenario.formation_by_id[fid].index == -1 for fid in unused)
    assert sum(ROWS[fid]["men"] for fid in unused) == 66_800


def test_nobody_starts_across_the_line() -> None:
    scenario = west_hunan()
    for unit in scenario.units:
        if unit.arrives <= 1:
            assert scenario.control[unit.hex] == unit.side, f"{unit.id} at {scenario.map.describe(unit.hex)}"


def test_record_holds_every_dated_capture_with_its_holdout() -> None:
    record = west_hunan().record
    assert len(record) == 8
    assert [(r.place, r.side) for r in record if r.holdout] == [("shanmen", JAPAN), ("xinning", CHINA)]
    assert {r.place for r in record if not r.scored} == {"gaosha", "shanmen"}


def test_historical_score_follows_from_the_objectives() -> None:
    goals = {o.id: o for o in west_hunan().objectives}
    worth = {name: o.points * (len(o.formations) or (1 if o.kind == "keep" else len(o.places))) for name, o in goals.items()}
    japan = worth["wh_obj_rail"]
    china = worth["wh_obj_c_field"] + worth["wh_obj_c_return"] + worth["wh_obj_c_58"] + worth["wh_obj_c_217"]
    weights = west_hunan().weights
    assert (weights[JAPAN] * japan + weights[CHINA] * china) // 1000 == west_hunan().historical[0]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_zhijiang_is_not_japanese_at_the_end(seed: int) -> None:
    session = Session(west_hunan(), seed)
    session.play((StaffPlayer(), StaffPlayer()))
    field = session.scenario.map.place_by_id["zhijiang_airfield"].hex
    assert session.world.state.control[field] == CHINA
    assert victory.level(session.world).winner == CHINA
