"""Weather by month and zone, and aircraft: points, range, support, interdiction, scouting."""

from __future__ import annotations

from collections import Counter

import pytest

from game.model.orders import Attack, End, Interdict
from game.model.scenario import AirBase
from game.model.units import Name
from game.rules import air, combat, engine
from game.rules.movement import step_minutes
from game.rules.territory import enter
from game.rules.weather import roll_weather
from tests.rules.worlds import Land, rules, start, unit

PINNED = {
    "air.interdict_reach": 1, "air.interdict_hours": 30, "air.scout": 3, "combat.air_point": 90, "sight.hexes": 2,
    "weather.air.clear": 1000, "weather.air.rain": 400,
}  # fmt: skip


def base(land: Land, points: int = 10, **given: object) -> AirBase:
    """Return a Japanese base at (1, 3) that reaches 50 km."""
    values = {"id": "b", "side": 0, "name": Name("Base", "基地"), "hex": land.at(1, 3), "points": points, "range_km": 50,
              "from_turn": 1, "until_turn": 0, "source": ("K",)}  # fmt: skip
    return AirBase(**(values | given))  # type: ignore[arg-type]


def test_weather_follows_the_month_s_table() -> None:
    world = start(Land(latitude=36.0), [unit("jp_1", 1, 3)], rules({"command.full.B": 1000}, certain=False))
    seen: Counter[int] = Counter()
    for seed in range(400):
        world.state.seed = seed
        roll_weather(world)
        seen[world.state.weather[0]] += 1
    table = world.rules.weather.north[3]  # April
    for kind, chance in enumerate(table):
        assert abs(seen[kind] - chance * 400 / 1000) < 40


def test_the_dry_north_and_the_wet_south_lie_on_either_side_of_the_line() -> None:
    north = start(Land(latitude=36.0), [unit("jp_1", 1, 3)]).costs.zone
    south = start(Land(latitude=30.0), [unit("jp_1", 1, 3)]).costs.zone
    assert set(north.tolist()) == {0} and set(south.tolist()) == {1}


def test_a_base_gives_its_points_for_each_day_and_fewer_in_rain() -> None:
    land = Land()
    world = start(land, [unit("jp_1", 1, 3)], rules(PINNED), air=(base(land),))
    assert world.state.air == [20, 0]
    world.state.weather = [2, 2]
    air.allot(world, 0)
    assert world.state.air[0] == 8


def test_a_lost_base_sends_nothing_and_one_beyond_the_map_is_safe() -> None:
    land = Land()
    bases = (base(land), base(land, 3, id="off", hex=-1, range_km=0))
    world = start(land, [unit("jp_1", 5, 5), unit("cn_1", 8, 3)], rules(PINNED), air=bases)
    enter(world, land.at(1, 3), 1, 0, 1)
    air.allot(world, 0)
    assert world.state.air[0] == 6


def test_support_adds_riflemen_and_is_spent() -> None:
    land = Land()
    world = start(land, [unit("jp_1", 3, 3), unit("cn_1", 4, 3)], rules(PINNED), air=(base(land),))
    bare, helped = (combat.assess(world, Attack(land.at(4, 3), (0,), air=n)).attack for n in (0, 5))
    assert helped == bare + 450
    engine.apply(world, Attack(land.at(4, 3), (0,), air=5))
    assert world.state.air[0] == 15
    assert engine.check(world, Interdict(land.at(4, 3), 16)).code == "no-aircraft"


def test_interdiction_slows_marches_into_the_hexes_around_until_the_next_turn() -> None:
    land = Land()
    world = start(land, [unit("jp_1", 1, 3), unit("cn_1", 5, 3)], rules(PINNED), air=(base(land),))
    calm = step_minutes(world, 1, land.at(5, 3), 3)
    engine.apply(world, Interdict(land.at(4, 3), 4))
    assert world.state.air[0] == 16
    assert step_minutes(world, 1, land.at(5, 3), 3) == calm + 4 * 30
    assert step_minutes(world, 0, land.at(1, 3), 0) == step_minutes(world, 0, land.at(1, 3), 3)  # not the own side
    engine.apply(world, End())
    assert step_minutes(world, 1, land.at(5, 3), 3) == calm + 4 * 30
    engine.apply(world, End())
    assert step_minutes(world, 1, land.at(5, 3), 3) == calm


def test_aircraft_see_around_their_target() -> None:
    land = Land(cols=14)
    world = start(land, [unit("jp_1", 1, 3), unit("cn_1", 8, 3)], rules(PINNED), air=(base(land),))
    assert not world.sighted[0, land.at(8, 3)]
    engine.apply(world, Interdict(land.at(5, 3), 1))
    assert world.sighted[0, land.at(8, 3)] and not world.sighted[0, land.at(9, 3)]


@pytest.mark.parametrize(("col", "ok"), [(6, True), (7, False)])
def test_aircraft_reach_as_far_as_their_range(col: int, ok: bool) -> None:
    land = Land()
    world = start(land, [unit("jp_1", 1, 3)], rules(PINNED), air=(base(land),))
    assert engine.check(world, Interdict(land.at(col, 3), 1)).ok is ok
