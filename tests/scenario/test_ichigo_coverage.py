"""The order of battle of the whole campaign: every formation once, as it first appears, with one history from April to December."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game.model.scenario import Scenario
from game.model.units import CHINA, JAPAN, SIDES, UnitSpec
from game.scenario.load import load_scenario
from game.scenario.tree import parents_at, units_below

DATA = Path(__file__).resolve().parent.parent / "data" / "ichigo_formations.json"
DOCUMENTED: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {row["id"]: row for row in DOCUMENTED["formations"]}
BATTLES = ("henan", "changheng", "guiliu")
# the dossier's parent is that of the first battle; these stand elsewhere on 17 April 1944
OTHER_PARENT = {
    "jp_cea": "jp_ighq",  # the campaign frame puts the General Headquarters above it
    "jp_23_army": "jp_cea",  # under 6th Area Army only from 26 August, when that is set up
    "jp_southern_army": "jp_ighq",
    "jp_47_div": "jp_ighq",  # under 20th Army in 1945
}
PHANTOMS = ("cn_11_wz", "cn_70_corps")
# stands off the map in the battle where it first appears, and on it in the next
JOINS_LATER = {"jp_64_div"}


@cache
def scenario_of(name: str) -> Scenario:
    return load_scenario(name)


def ichigo() -> Scenario:
    return scenario_of("ichigo")


def first_battle(unit: UnitSpec) -> str:
    """Return the battle in whose order of battle a counter first appears."""
    return next(b for b in BATTLES if unit.id in scenario_of(b).formation_by_id and (unit.id not in JOINS_LATER or b != "henan"))


def men_first_in(battle: str, side: int) -> int:
    """Return the men of a side's counters that first appear in a battle [men]."""
    return sum(u.men for u in ichigo().units if u.side == side and first_battle(u) == battle)


def turn_of(day: date) -> int:
    return ichigo().calendar.turn_of(day)


def test_every_documented_formation_is_in_the_tree() -> None:
    missing = [fid for fid in ROWS if fid not in ichigo().formation_by_id]
    print(f"documented formations {len(ROWS)}, in the tree {len(ROWS) - len(missing)}")
    assert not missing


def test_formations_of_the_three_battles_are_all_here_once() -> None:
    ids = [f.id for f in ichigo().formations]
    assert len(ids) == len(set(ids))
    for battle in BATTLES:
        assert not [f.id for f in scenario_of(battle).formations if f.id not in ichigo().formation_by_id]


@pytest.mark.parametrize("fid", list(ROWS))
def test_formation_agrees_with_the_documents(fid: str) -> None:
    spec, row = ichigo().formation_by_id[fid], ROWS[fid]
    assert (spec.name.en, spec.name.zh) == (row["name_en"], row["name_zh"])
    assert SIDES[spec.side] == row["side"]
    assert spec.echelon == row["level"]
    parents = parents_at(ichigo().formations, ichigo().changes, 1)
    assert parents[fid] == OTHER_PARENT.get(fid, row["parent"] or "")
    assert spec.source


def test_phantoms_are_not_deployed() -> None:
    assert not [fid for fid in PHANTOMS if fid in ichigo().formation_by_id]


def test_each_counter_has_the_strength_of_its_first_battle() -> None:
    for unit in ichigo().units:
        there = scenario_of(first_battle(unit)).formation_by_id[unit.id]
        found = (unit.men, unit.paper, unit.guns, unit.tanks, unit.quality, unit.mobility, unit.echelon)
        assert found == (there.men, there.paper, there.guns, there.tanks, there.quality, there.mobility, there.echelon), unit.id


@pytest.mark.parametrize("side", [JAPAN, CHINA])
def test_side_totals_reconcile_with_the_documents(side: int) -> None:
    totals, name = DOCUMENTED["totals"], SIDES[side]
    # beyond the documented total of the battle in Henan: 13th Army, the Miyashita Group, auxiliaries; other war zones and militia
    beyond_henan = (10400 + 6500 + 10000, 34800 + 8000 + 58300 + 15000)[side]
    beyond_hunan = (0, 15000)[side]
    from_the_north = sum(DOCUMENTED["hunan_men_of_northern_formations"].values()) if side == JAPAN else 0
    henan, hunan = men_first_in("henan", side) - beyond_henan, men_first_in("changheng", side) - beyond_hunan
    print(f"{name}: Henan {henan:,} of {totals['henan'][name]:,}; Hunan {hunan:,} and {from_the_north:,} from the north")
    assert henan == totals["henan"][name]
    assert hunan + from_the_north == totals["changheng"][name]


def test_a_division_has_one_counter_and_moves_by_transfer() -> None:
    moves = {t.units[0]: t for t in ichigo().transfers}
    unit = ichigo().unit_by_id
    to_hunan = moves[unit["jp_27_div"]]
    assert (to_hunan.turn, to_hunan.place) == (turn_of(date(1944, 5, 20)), "puqi")
    assert {ichigo().units[u].id for u in to_hunan.units} == {
        "jp_27_div",
        "jp_cg_1_inf_regt",
        "jp_cg_2_inf_regt",
        "jp_cg_3_inf_regt",
    }
    assert moves[unit["jp_37_div"]].arrives_turn == turn_of(date(1944, 8, 12))
    for corps in ("cn_13_corps", "cn_29_corps", "cn_9_corps", "cn_57_corps"):
        assert moves[unit[corps]].arrives_turn >= turn_of(date(1944, 11, 28))


def test_command_changes_hands_as_the_documents_say() -> None:
    scenario = ichigo()
    autumn = parents_at(scenario.formations, scenario.changes, turn_of(date(1944, 10, 10)))
    assert autumn["jp_11_army"] == autumn["jp_23_army"] == "jp_6_area_army"
    assert autumn["jp_27_div"] == autumn["jp_68_div"] == autumn["jp_116_div"] == "jp_20_army"
    assert autumn["cn_20_corps"] == autumn["cn_26_corps"] == autumn["cn_37_corps"] == "cn_27_ga"
    winter = parents_at(scenario.formations, scenario.changes, turn_of(scenario.calendar.end))
    guizhou = units_below(scenario.formations, winter)["cn_qgx"]
    assert {scenario.units[u].id for u in guizhou} >= {
        "cn_13_corps",
        "cn_4_div",
        "cn_29_corps",
        "cn_97_div",
        "cn_166_div",
        "cn_5_div",
    }


def test_nobody_starts_across_the_line() -> None:
    scenario = ichigo()
    for unit in scenario.units:
        if unit.arrives <= 1:
            assert scenario.control[unit.hex] == unit.side, f"{unit.id} at {scenario.map.describe(unit.hex)}"


def test_plans_name_only_what_is_on_the_map_at_that_time() -> None:
    for task in ichigo().plans:
        assert task.units, task.id
        assert any(ichigo().units[u].leaves == 0 or ichigo().units[u].leaves > task.from_turn for u in task.units), task.id


def test_record_joins_the_three_battles() -> None:
    record = ichigo().record
    rows = [(r.date, r.place, r.side) for r in record]
    assert len(rows) == len(set(rows))
    battles = {(r.date, r.place, r.side): r for b in BATTLES for r in scenario_of(b).record}
    assert set(rows) == set(battles)
    assert [r.holdout for r in record] == [battles[row].holdout for row in rows]
    assert not [r.place for r in record if r.place not in ichigo().watched]


def test_historical_score_is_a_japanese_marginal_victory() -> None:
    score, _ = ichigo().historical
    level = next(v for v in ichigo().levels if score >= v.least)
    assert level.id == "japan_marginal" and level.winner == JAPAN


def test_airfields_are_the_first_aim() -> None:
    fields = next(o for o in ichigo().objectives if o.id == "cp_obj_airbases")
    lost = {r.place for r in ichigo().record if r.side == JAPAN and r.place.endswith("_airfield")}
    assert lost <= set(fields.places)
