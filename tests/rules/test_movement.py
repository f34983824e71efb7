"""Marching: hours for hexes, roads, rivers, zones of control, full hexes, hidden enemies, trains."""

from __future__ import annotations

import pytest

from game.core.errors import IllegalOrder
from game.model.orders import End, Move
from game.model.units import Mobility
from game.rules import engine, movement
from game.rules.movement import reach, step_minutes
from tests.rules.worlds import Land, events, find, rules, start, unit

PINNED = {
    "movement.road_speed.foot": 4000, "movement.country_speed.foot.flat": 3000, "movement.country_speed.foot.mountain": 1000,
    "movement.day_minutes": 600, "movement.zoc_leave": 90, "movement.zoc_enter": 150, "movement.crossing.foot.large": 240,
    "movement.bridge": 10, "movement.prepared_crossing": 500, "movement.readiness_floor": 500, "movement.fatigue_per_hour": 4,
    "movement.rail_speed": 20000, "movement.rail_loading": 300,
}  # fmt: skip


def test_a_hex_of_ten_kilometres_takes_its_width_divided_by_the_speed() -> None:
    land = Land().paint("mountain", (2, 3)).draw("road", (1, 3), (1, 2))
    world = start(land, [unit("jp_1", 1, 3)], rules(PINNED))
    east, north = 0, world.near[land.at(1, 3)].index(land.at(1, 2))
    assert step_minutes(world, 0, land.at(1, 3), east) == 600  # mountains at 1 km/h
    assert step_minutes(world, 0, land.at(1, 3), north) == 150  # road at 4 km/h
    assert step_minutes(world, 0, land.at(1, 3), 3) == 200  # open fields at 3 km/h


@pytest.mark.parametrize(("drawn", "minutes"), [((), 440), (("bridge",), 210)])
def test_a_river_costs_its_crossing_and_a_bridge_saves_it(drawn: tuple[str, ...], minutes: int) -> None:
    land = Land().draw("large", (1, 3), (2, 3))
    for kind in drawn:
        land.draw(kind, (1, 3), (2, 3))
    world = start(land, [unit("jp_1", 1, 3)], rules(PINNED))
    assert step_minutes(world, 0, land.at(1, 3), 0) == minutes


def test_boats_gathered_beforehand_halve_the_crossing_until_their_date() -> None:
    land = Land().draw("large", (1, 3), (2, 3))
    world = start(land, [unit("jp_1", 1, 3, crossing_until=1)], rules(PINNED))
    assert step_minutes(world, 0, land.at(1, 3), 0) == 200 + 120
    world.state.turn = 2
    assert step_minutes(world, 0, land.at(1, 3), 0) == 200 + 240


def test_mud_slows_a_column() -> None:
    land = Land()
    world = start(land, [unit("jp_1", 1, 3)], rules(PINNED | {"weather.speed.mud.foot": 500}))
    world.state.weather = [3, 3]
    assert step_minutes(world, 0, land.at(1, 3), 0) == 400


def test_lorries_cannot_enter_mountains_without_a_road() -> None:
    land = Land(terrain="mountain").draw("road", (1, 3), (2, 3))
    world = start(land, [unit("jp_1", 1, 3, mobility=Mobility.MOTOR)], rules({"movement.country_speed.motor.mountain": 0}))
    path = (land.at(1, 3), land.at(0, 3))
    assert engine.check(world, Move(0, path)).code == "impassable"
    assert engine.check(world, Move(0, (land.at(1, 3), land.at(2, 3)))).ok


def test_enemy_zones_of_control_cost_hours_to_enter_and_to_leave() -> None:
    land = Land()
    world = start(land, [unit("jp_1", 2, 3), unit("cn_1", 4, 3)], rules(PINNED))
    into = step_minutes(world, 0, land.at(2, 3), 0)
    assert into == 200 + 150
    world.place(0, land.at(3, 3))
    along = world.near[land.at(3, 3)].index(land.at(4, 2))
    assert land.at(4, 2) in world.near[land.at(4, 3)]
    assert step_minutes(world, 0, land.at(3, 3), along) == 200 + 90 + 150
    assert step_minutes(world, 0, land.at(3, 3), 3) == 200 + 90


@pytest.mark.parametrize("kind", ["hq", "artillery", "engineer"])
def test_staffs_and_guns_have_no_zone_of_control(kind: str) -> None:
    land = Land()
    world = start(land, [unit("jp_1", 2, 3), unit("cn_1", 4, 3, type=kind)], rules(PINNED))
    assert step_minutes(world, 0, land.at(2, 3), 0) == 200


def test_a_march_takes_hours_brings_weariness_and_ends_the_digging() -> None:
    land = Land()
    world = start(land, [unit("jp_1", 1, 3, entrenched=1500)], rules(PINNED))
    before = world.state.minutes[0]
    engine.apply(world, Move(0, (land.at(1, 3), land.at(2, 3), land.at(3, 3))))
    assert world.state.hex[0] == land.at(3, 3)
    assert world.state.minutes[0] == before - 400
    assert world.state.fatigue[0] == 400 * 4 // 60
    assert world.state.entrench[0] == 0 and world.state.moved[0] == 1


def test_march_time_falls_with_readiness() -> None:
    # two days of 600 minutes; readiness 800 leaves 50 % + 50 % x 0.8 = 90 %
    world = start(Land(), [unit("jp_1", 1, 3, morale=800)], rules(PINNED))
    assert world.state.minutes[0] == 1080


def test_a_path_beyond_the_hours_is_refused_and_reach_agrees() -> None:
    land = Land(cols=12)
    world = start(land, [unit("jp_1", 1, 3, morale=1000)], rules(PINNED), split=12)
    minutes, _ = reach(world, 0)
    assert minutes[land.at(7, 3)] == 1200 and minutes[land.at(8, 3)] == -1
    path = tuple(land.at(c, 3) for c in range(1, 9))
    assert engine.check(world, Move(0, path)).code == "too-far"
    assert engine.check(world, Move(0, path[:-1])).ok


def test_a_full_hex_may_be_passed_but_not_entered_for_the_night() -> None:
    land = Land()
    crowd = unit("jp_2", 2, 3, men=9000)
    world = start(land, [unit("jp_1", 1, 3), crowd], rules(PINNED | {"stacking.men_per_km.flat": 1000}))
    path = tuple(land.at(c, 3) for c in (1, 2, 3))
    assert engine.check(world, Move(0, path[:2])).code == "stacking"
    assert engine.check(world, Move(0, path)).ok


def test_headquarters_and_services_take_no_room() -> None:
    land = Land()
    units = [unit("jp_hq", 1, 3, type="hq"), unit("jp_2", 2, 3, men=10_000)]
    world = start(land, units, rules(PINNED | {"stacking.men_per_km.flat": 1000}))
    assert engine.check(world, Move(0, (land.at(1, 3), land.at(2, 3)))).ok
    assert world.crowd(land.at(2, 3)) == 10_000


def test_a_known_enemy_bars_the_way_and_a_hidden_one_stops_the_march() -> None:
    land = Land(cols=12)
    world = start(land, [unit("jp_1", 1, 3, morale=1000), unit("cn_1", 5, 3, type="hq")], rules(PINNED | {"sight.hexes": 1}))
    path = tuple(land.at(c, 3) for c in range(1, 7))
    order = Move(0, path)
    assert engine.check(world, order).ok  # nobody has seen it yet
    engine.apply(world, order)
    assert world.state.hex[0] == land.at(4, 3)
    assert events(world, "move")[-1]["stopped"] == 1
    onward = Move(0, (land.at(4, 3), land.at(5, 3)))
    assert engine.check(world, onward).code == "enemy-there"


def test_units_with_orders_to_stay_are_free_when_the_enemy_comes_near() -> None:
    land = Land(cols=12)
    units = [unit("jp_1", 1, 3, held_until=4), unit("cn_1", 9, 3)]
    world = start(land, units, rules(PINNED))
    step = Move(0, (land.at(1, 3), land.at(2, 3)))
    assert engine.check(world, step).code == "held"
    world.place(1, land.at(3, 3))  # two hexes away
    assert movement.is_held(world, 0) is False
    assert engine.check(world, step).ok


def test_another_side_s_unit_takes_no_orders() -> None:
    land = Land()
    world = start(land, [unit("jp_1", 1, 3), unit("cn_1", 7, 3)], rules())
    order = Move(find(world, "cn_1"), (land.at(7, 3), land.at(6, 3)))
    assert engine.check(world, order).code == "not-yours"
    with pytest.raises(IllegalOrder):
        engine.apply(world, order)


def test_troops_take_the_land_they_march_through_and_a_named_place_is_reported() -> None:
    land = Land().place("town", 6, 3).place("hamlet", 5, 3)
    world = start(land, [unit("jp_1", 3, 3, morale=1000)], rules(PINNED))
    engine.apply(world, Move(0, tuple(land.at(c, 3) for c in (3, 4, 5, 6))))
    assert [int(world.state.control[land.at(c, 3)]) for c in (4, 5, 6, 7)] == [0, 0, 0, 1]
    first, second = events(world, "capture")
    assert (first["place"], first["by"], first["day"]) == ("hamlet", 0, 0)  # six hours and forty minutes on
    assert (second["place"], second["by"], second["day"]) == ("town", 0, 1)  # ten hours on: the second day


def test_patrols_take_empty_land_next_to_fighting_troops_at_the_end_of_the_turn() -> None:
    land = Land(cols=12)
    world = start(land, [unit("jp_1", 5, 3), unit("cn_1", 10, 3)], rules(), split=6)
    assert world.state.control[land.at(6, 3)] == 1
    engine.apply(world, End())
    assert world.state.control[land.at(6, 3)] == 0
    assert world.state.control[land.at(8, 3)] == 1


def test_trains_run_on_the_own_working_line_at_their_speed() -> None:
    land = Land(cols=12).draw("rail", *((c, 3) for c in range(12)))
    world = start(land, [unit("jp_1", 0, 3, morale=1000)], rules(PINNED), split=8)
    line = tuple(land.at(c, 3) for c in range(8))
    assert movement.rail_minutes(world, line) == 300 + 7 * 30
    assert engine.check(world, Move(0, (*line, land.at(8, 3)), rail=True)).code == "no-train"
    engine.apply(world, Move(0, line, rail=True))
    assert world.state.hex[0] == land.at(7, 3)
    assert world.state.minutes[0] == 1200 - 510


def test_a_train_stops_before_an_enemy_whom_nobody_had_seen() -> None:
    land = Land(cols=12).draw("rail", *((c, 3) for c in range(12)))
    units = [unit("jp_1", 1, 3, morale=1000), unit("cn_1", 8, 3)]
    world = start(land, units, rules(PINNED | {"sight.hexes": 1}), split=12)
    line = tuple(land.at(c, 3) for c in range(1, 8))
    order = Move(0, line, rail=True)
    assert engine.check(world, order).ok  # what its side does not know cannot keep it at home
    engine.apply(world, order)
    assert world.state.hex[0] == land.at(6, 3)  # before the enemy's zone of control
    assert events(world, "move")[-1]["stopped"] == 1
    assert events(world, "move")[-1]["minutes"] == movement.rail_minutes(world, line[:-1])
    world.state.minutes[0] = 5000
    onward = Move(0, (land.at(6, 3), land.at(7, 3)), rail=True)
    assert engine.check(world, onward).code == "enemy-there"
