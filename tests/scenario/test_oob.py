"""The order of battle as rows and as a printed tree."""

from __future__ import annotations

import json
from pathlib import Path

from game.scenario.load import load_scenario
from game.scenario.oob import men_below, oob_rows, oob_tree

MINI = Path(__file__).parent.parent / "fixtures" / "mini"


def test_every_formation_has_a_row_that_json_can_hold() -> None:
    scenario = load_scenario(MINI)
    rows = oob_rows(scenario)
    assert [r["id"] for r in rows] == [f.id for f in scenario.formations]
    assert json.loads(json.dumps(rows)) == rows
    keys = {"id", "side", "level", "type", "parent", "name", "men", "place", "date", "source"}
    assert all(set(r) == keys and set(r["name"]) == {"en", "zh"} and r["source"] for r in rows)


def test_rows_tell_parent_place_and_date() -> None:
    rows = {r["id"]: r for r in oob_rows(load_scenario(MINI))}
    assert (rows["jp_12_army"]["parent"], rows["jp_37_div"]["parent"]) == (None, "jp_12_army")
    assert (rows["cn_1_wz"]["place"], rows["cn_1_wz"]["date"]) == (None, None)
    assert (rows["jp_9_tank_regt"]["place"], rows["jp_9_tank_regt"]["date"]) == ("xinxiang", "1944-04-22")
    assert rows["cn_23_div"]["date"] == "1944-04-17"
    assert rows["jp_226_inf_regt_1bn"]["men"] == 900
    assert rows["cn_23_div"]["side"] == "china"


def test_the_men_of_a_formation_are_those_of_the_counters_below() -> None:
    scenario = load_scenario(MINI)
    total = men_below(scenario)
    for f in scenario.formations:
        assert total[f.id] == sum(scenario.units[u].men for u in scenario.below(f.id))
    assert total["jp_theatre"] == total["jp_226_inf_regt_1bn"] == 0


def test_the_printed_tree_names_every_formation_and_both_sums() -> None:
    scenario = load_scenario(MINI)
    text = oob_tree(scenario)
    assert all(f.name.en in text and f.name.zh in text for f in scenario.formations)
    men = sum(u.men for u in scenario.units if u.side == 0)
    assert f"{men:,} men in all" in text
    assert f"the documents say {scenario.sides[0].documented_men:,}" in text
    assert "xinxiang from 1944-04-22" in text
