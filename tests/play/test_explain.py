from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.core.errors import DataError
from game.model.hexmap import TERRAIN
from game.model.scenario import Scenario
from game.play import explain, inquest, stats
from game.play.replay import Replay, read_replay
from game.play.rerun import play_to
from game.play.session import Session
from game.rules import movement, power


@pytest.fixture
def replay(tmp_path: Path, recorded: str) -> Replay:
    path = tmp_path / "game.txt"
    path.write_text(recorded, encoding="utf-8")
    return read_replay(path)


def a_battle(finished: Session) -> dict[str, object]:
    return stats.battles(finished.world)[-1]


def test_a_unit_shows_the_power_and_readiness_of_the_rules(replay: Replay, mini: Scenario) -> None:
    unit = mini.unit_by_id["cn_23_div"]
    world = play_to(replay, mini, 2, 1).world
    text = "\n".join(inquest.ask_unit(replay, mini, 2, "cn_23_div"))
    assert re.search(rf"= {power.power(world, unit, world.state.hex[unit]):,}  power", text)
    assert re.search(rf"= {power.readiness(world, unit):,}  readiness", text)
    assert re.search(rf"= {world.state.minutes[unit]:,}  left now", text)
    assert f"= {world.state.supply[unit]:,}  share that arrives" in text


def test_a_supply_line_runs_from_the_unit_to_its_source(replay: Replay, mini: Scenario) -> None:
    unit = mini.unit_by_id["cn_23_div"]
    world = play_to(replay, mini, 1, 1).world
    path = world.lines[1].path(world, world.state.hex[unit])
    text = "\n".join(explain.explain_unit(world, unit))
    assert len(path) > 1
    assert f"line: {explain.path_text(world, path)}" in text
    assert world.map.describe(path[0]) in text
    assert path[-1] in [s.hex for s in mini.sources]


def test_morale_changes_add_up_and_give_reasons(finished: Session) -> None:
    world = finished.world
    morale = [u.morale for u in finished.scenario.units]
    changes = [e.data for e in world.events if e.kind == "morale"]
    assert changes
    for d in changes:
        assert morale[int(d["unit"])] == d["was"]  # type: ignore[arg-type]
        morale[int(d["unit"])] = int(d["now"])  # type: ignore[arg-type]
        assert d["why"]
    assert morale == world.state.morale


def test_a_unit_in_a_battle_has_the_battle_and_its_morale_in_the_answer(replay: Replay, finished: Session, mini: Scenario) -> None:
    battle = a_battle(finished)
    unit = battle["defenders"][0]  # type: ignore[index]
    text = "\n".join(inquest.ask_unit(replay, mini, int(str(battle["turn"])), str(unit)))
    assert "battle: hex" in text
    assert re.search(r"\d+ to \d+: (losses|driven off|victory|repulsed)", text)
    assert "lost from these orders to its next" in text


def test_a_unit_that_is_not_there_says_so(replay: Replay, mini: Scenario) -> None:
    before = inquest.ask_unit(replay, mini, 1, "jp_9_tank_regt")
    assert "not yet arrived" in before[1]
    assert "1944-04-21" in before[2]
    assert "transferred" in inquest.ask_unit(replay, mini, 7, "jp_9_tank_regt")[1]


def test_a_battle_shows_every_factor_of_the_event(replay: Replay, finished: Session, mini: Scenario) -> None:
    for row in stats.battles(finished.world):
        text = "\n".join(inquest.ask_battle(replay, mini, row["turn"], row["battle"]))
        event = [e for e in finished.world.events if e.kind == "battle" and e.turn == row["turn"]][row["battle"] - 1]
        assert event.factors
        for f in event.factors:
            assert explain.factor_line(f) in text
        assert f"throw {row['throw']}" in text
        for unit in (*row["attackers"], *row["defenders"]):
            assert unit in text


def test_a_turn_lists_its_battles_and_captures(replay: Replay, finished: Session, mini: Scenario) -> None:
    for turn in range(1, mini.calendar.turns + 1):
        text = "\n".join(inquest.ask_turn(replay, mini, turn))
        assert text.count("  battle ") == sum(b["turn"] == turn for b in stats.battles(finished.world))
        assert text.count(" taken by ") == sum(c.turn == turn for c in stats.captures(finished.world))


@pytest.mark.parametrize("name", ["zhengzhou", "Zhengzhou", "郑州"])
def test_a_hex_is_found_by_number_id_and_name(mini: Scenario, name: str) -> None:
    where = mini.map.place_by_id["zhengzhou"].hex
    assert inquest.find_hex(mini, name) == where
    assert inquest.find_hex(mini, mini.map.label(where)) == where


def test_a_hex_shows_costs_as_the_rules_have_them(replay: Replay, mini: Scenario) -> None:
    world = play_to(replay, mini, 1).world
    where = mini.map.place_by_id["mixian"].hex
    text = "\n".join(inquest.ask_hex(replay, mini, 1, "mixian"))
    unit = next(u for u in range(len(mini.units)) if world.mobility[u] == 0)
    neighbour = world.near[where][0]
    minutes = movement.step_minutes(world, unit, neighbour, 3)
    zone = world.control_zone[0]
    assert not zone[where]
    assert not zone[neighbour]
    assert re.search(rf"foot +E {minutes},", text)
    assert TERRAIN[world.terrain[where]] in text
    assert "supply of japan" in text
    assert "supply of china" in text
    assert "cn_85_corps" in text


def test_unknown_names_are_refused_with_a_hint(replay: Replay, mini: Scenario) -> None:
    with pytest.raises(DataError, match="did you mean cn_23_div"):
        inquest.ask_unit(replay, mini, 1, "cn_23_dvi")
    with pytest.raises(DataError, match=r"no counter of its own.*cn_85_corps"):
        inquest.ask_unit(replay, mini, 1, "cn_1_wz")
    with pytest.raises(DataError, match="did you mean zhengzhou"):
        inquest.ask_hex(replay, mini, 1, "zhengzhuo")
    with pytest.raises(DataError, match="no hex or place '9999'"):
        inquest.ask_hex(replay, mini, 1, "9999")
    with pytest.raises(DataError, match="no battle 99"):
        inquest.ask_battle(replay, mini, 1, 99)
    with pytest.raises(DataError, match=r"no turn 8 .*turn 1 to turn 7"):
        inquest.ask_turn(replay, mini, 8)
