"""Loading the mini scenario: ids become hexes and turns, values are inherited, control follows the rivers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from game.model.scenario import NOBODY, Scenario
from game.model.units import CHINA, JAPAN, QUALITIES, Mobility
from game.scenario.load import find_scenarios, load_scenario
from game.scenario.tree import short_of

Edit = Callable[[str, str, str], tuple[int, int]]
MINI = Path(__file__).parent.parent / "fixtures" / "mini"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario(MINI)


def test_it_loads_by_folder_and_by_file(scenario: Scenario) -> None:
    for path in (MINI, str(MINI), MINI / "scenario.yaml", str(MINI / "scenario.yaml")):
        assert load_scenario(path).digest == scenario.digest


def test_the_scenarios_of_the_game_are_found_and_load_by_id() -> None:
    found = find_scenarios()
    assert [name for name, _ in found] == sorted(name for name, _ in found)
    assert "henan" in dict(found)
    for name, path in found:
        assert path.is_file()
        assert load_scenario(name).id == name


def test_counters_are_numbered_in_tree_order_japan_first(scenario: Scenario) -> None:
    assert [u.index for u in scenario.units] == list(range(len(scenario.units)))
    assert [u.side for u in scenario.units] == sorted(u.side for u in scenario.units)
    assert [f.index for f in scenario.formations if f.index >= 0] == list(range(len(scenario.units)))
    parents: set[str] = {""}
    for f in scenario.formations:
        assert f.parent in parents
        parents.add(f.id)


def test_forces_files_may_come_in_any_order(mini: Path, edit: Edit, scenario: Scenario) -> None:
    edit("scenario.yaml", "[japan.yaml, china.yaml]", "[china.yaml, japan.yaml]")
    assert load_scenario(mini).units == scenario.units


@pytest.mark.parametrize("name", ["jp_226_inf_regt_1bn", "jp_theatre", "cn_1_wz"])
def test_parts_of_others_and_what_is_off_the_map_have_no_counter(scenario: Scenario, name: str) -> None:
    found = scenario.formation_by_id[name]
    assert (found.index, found.hex) == (-1, -1)


def test_values_are_inherited_and_nearer_ones_win(scenario: Scenario) -> None:
    f = scenario.formation_by_id
    assert QUALITIES[f["jp_225_inf_regt"].quality] == "A"  # from the division, not the army
    assert QUALITIES[f["jp_field_artillery"].quality] == "B"  # from the army
    assert QUALITIES[f["jp_110_inf_regt"].quality] == "C"  # its own
    assert f["jp_226_inf_regt"].stripe == f["jp_37_div"].stripe != f["jp_12_army"].stripe
    assert f["jp_225_inf_regt"].source == ("S0", "S2")
    assert (f["cn_23_div"].morale, f["cn_23_div"].food, f["cn_23_div"].ammunition) == (600, 50, 30)
    stores = scenario.rules.supply
    assert (f["jp_12_army"].food, f["jp_12_army"].ammunition) == (stores.food_store, stores.ammunition_store)
    assert f["jp_12_army"].strength_source == "round number for tests"
    assert f["jp_225_inf_regt"].guns == 0  # guns are not inherited from the division


def test_mobility_goes_by_type_unless_given(scenario: Scenario) -> None:
    f = scenario.formation_by_id
    assert f["jp_225_inf_regt"].mobility == Mobility.FOOT
    assert f["jp_9_tank_regt"].mobility == Mobility.ARMOUR
    assert f["jp_field_artillery"].mobility == Mobility.HORSE


def test_chinese_guns_go_by_pack_animals(mini: Path, edit: Edit) -> None:
    edit("china.yaml", "type: garrison", "type: artillery")
    assert load_scenario(mini).formation_by_id["cn_new_29_div"].mobility == Mobility.PACK


def test_dates_become_turns(scenario: Scenario) -> None:
    f = scenario.formation_by_id
    tanks = f["jp_9_tank_regt"]
    assert (tanks.arrives, tanks.leaves, tanks.arrives_on) == (3, 7, date(1944, 4, 22))
    assert f["cn_new_29_div"].arrives == 1
    assert f["jp_110_inf_regt"].held_until == 2
    assert f["jp_37_div"].crossing_until == 1
    assert [s.until_turn for s in scenario.sources] == [0, 0, 7]
    assert [s.stock_days for s in scenario.sources] == [-1, 30, 20]
    assert [b.from_turn for b in scenario.air] == [1, 4]
    assert scenario.pools[0].turn == 5
    assert scenario.countryside[0].from_turn == 3


def test_places_become_hexes(scenario: Scenario) -> None:
    places = scenario.map.place_by_id
    for u in scenario.units:
        assert u.hex == places[u.place].hex >= 0
    assert [b.hex for b in scenario.air] == [places["xinxiang"].hex, -1]
    assert scenario.forts[0].hex == places["zhengzhou"].hex
    assert places["mini_dyke"].hex >= 0
    assert scenario.map.regions[scenario.countryside[0].regions[0]][0] == "Henan"


def test_objectives_are_resolved(scenario: Scenario) -> None:
    goals = {g.id: g for g in scenario.objectives}
    places = scenario.map.place_by_id
    assert goals["mn_xc"].steps == ((4, 10), (7, 5))
    assert goals["mn_turn"].from_turn == 3
    chain = goals["mn_rail"].chain
    assert (chain[0], chain[-1]) == (places["zhengzhou"].hex, places["xuchang"].hex)
    assert all(scenario.map.distance(a, b) == 1 for a, b in pairwise(chain))
    corps = goals["mn_destroy"].groups[0]
    assert [scenario.units[u].id for u in corps] == ["cn_85_corps", "cn_110_div", "cn_23_div"]
    assert corps == scenario.below("cn_85_corps")
    assert [level.winner for level in scenario.levels] == [JAPAN, -1, CHINA]


def test_plans_reach_every_unit_below(scenario: Scenario) -> None:
    task = scenario.plans[0]
    assert [scenario.units[u].id for u in task.units] == ["jp_37_div", "jp_225_inf_regt", "jp_226_inf_regt"]
    assert task.hexes == tuple(scenario.map.place_by_id[p].hex for p in task.places)


def test_every_hex_of_land_has_a_holder_and_the_river_is_the_front(scenario: Scenario) -> None:
    places = scenario.map.place_by_id
    for u in scenario.units:
        if u.arrives == 1:
            assert scenario.control[u.hex] == u.side
    assert scenario.control[places["xinxiang_airfield"].hex] == JAPAN
    assert scenario.control[places["xinzheng"].hex] == CHINA
    water = scenario.map.terrain < 2
    assert np.array_equal(scenario.control == NOBODY, water)
    assert not scenario.control.flags.writeable


def test_the_cut_railway_holds_the_whole_stretch(scenario: Scenario) -> None:
    places, broken = scenario.map.place_by_id, scenario.broken_rail
    assert broken[places["guodian"].hex] == 1
    assert broken[places["xinzheng"].hex] == 1
    assert broken[places["zhengzhou"].hex] == 0
    assert broken.sum() == 3


def test_watched_places_are_those_named_or_all_of_note(mini: Path, edit: Edit, scenario: Scenario) -> None:
    assert "zhengzhou" in scenario.watched
    assert "bawangcheng" not in scenario.watched  # a hill
    edit("scenario.yaml", "format: 1", "format: 1\nwatched: [xuchang]")
    assert load_scenario(mini).watched == ("xuchang",)


def test_without_a_window_the_whole_map_is_played(mini: Path, edit: Edit, scenario: Scenario) -> None:
    edit("scenario.yaml", "  window: {west: 112.9, south: 34.0, east: 114.5, north: 35.5}\n", "")
    whole = load_scenario(mini)
    assert whole.map.size > scenario.map.size
    assert whole.map.place_by_id["luoyang"].hex >= 0


def test_overrides_of_scenario_and_player(mini: Path, edit: Edit, scenario: Scenario) -> None:
    edit("scenario.yaml", "overrides: {}", "overrides: {combat.noise: 111, movement.road_speed.foot: 3999}")
    assert load_scenario(mini).rules.combat.noise == 111
    changed = load_scenario(mini, {"combat.noise": 222})
    assert changed.rules.combat.noise == 222
    assert changed.rules.movement.road_speed[Mobility.FOOT] == 3999
    assert changed.rules.movement.road_speed[Mobility.MOTOR] == scenario.rules.movement.road_speed[Mobility.MOTOR]


def test_rules_beside_the_scenario_win_over_the_games_own(mini: Path, scenario: Scenario) -> None:
    from game.core.paths import data_folder

    own = mini.parent / "rules"
    own.mkdir()
    text = (data_folder("scenarios") / "rules" / "standard.yaml").read_text(encoding="utf-8")
    (own / "standard.yaml").write_text(text + "# changed\n", encoding="utf-8")
    assert load_scenario(mini).digest != scenario.digest


def test_the_digest_covers_every_file_and_override(mini: Path, scenario: Scenario) -> None:
    digests = {
        scenario.digest,
        load_scenario(mini, {"combat.noise": 201}).digest,
        load_scenario(mini, {"combat.noise": 202}).digest,
    }
    for path in sorted(mini.iterdir()):
        path.write_text(path.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")
        digests.add(load_scenario(mini).digest)
    assert len(digests) == 3 + len(list(mini.iterdir()))


def test_files_with_the_line_ends_and_marks_of_other_systems_read_the_same(mini: Path, scenario: Scenario) -> None:
    for path in mini.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    read = load_scenario(mini)
    assert (read.units, read.objectives, read.summary) == (scenario.units, scenario.objectives, scenario.summary)


def test_another_process_reads_exactly_the_same(scenario: Scenario) -> None:
    show = "print(s.digest, s.control.tobytes().hex(), s.units)"
    code = f"from game.scenario.load import load_scenario; s = load_scenario({str(MINI)!r}); {show}"
    root = Path(__file__).parent.parent.parent
    out = []
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, encoding="utf-8", check=True)
        out.append(done.stdout)
    assert out[0] == out[1]
    assert out[0].startswith(scenario.digest)


@pytest.mark.parametrize(
    ("name", "echelon", "short"),
    [
        ("jp_225_inf_regt", "regiment", "225R"),
        ("cn_new_38_div", "division", "N38D"),
        ("jp_12_army", "army", "12A"),
        ("cn_28_ga", "army_group", "28GA"),
        ("jp_field_repl", "detachment", "FR"),
        ("x", "air", "x"),
    ],
)
def test_designations_made_from_ids(name: str, echelon: str, short: str) -> None:
    assert short_of(name, echelon) == short
