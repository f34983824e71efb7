"""Supply: lines of communication, what they deliver, stocks, hunger, isolation, depots."""

from __future__ import annotations

import pytest

from game.model.orders import End
from game.model.units import Mobility
from game.rules import engine, supply
from game.rules.territory import enter
from game.rules.world import World
from tests.rules.worlds import Land, rules, source, start, unit

PINNED = {
    "supply.road_minutes": 18, "supply.country_minutes.flat": 30, "supply.rail_minutes": 2, "supply.full_minutes": 900,
    "supply.zero_minutes": 2900, "supply.headquarters": 500, "supply.interdiction": 40, "supply.refill_food": 20,
    "supply.refill_ammunition": 10, "supply.forage": 300, "supply.hunger_sick": 10, "supply.hunger_desert": 10,
    "supply.hunger_morale": 15, "supply.isolated_after": 2, "supply.depot_loss": 500, "morale.encircled": 12, "command.radius": 60,
    "morale.desertion_below": 0, "morale.collapse": 0,
}  # fmt: skip
# a neck of land: nothing but the row of the road can be passed
WALL = [(c, r) for c in range(2, 11) for r in range(7) if r != 3]


def road_world(col: int, *more: dict[str, object], **given: object) -> World:
    """Return a world with a Japanese unit (index 0) at the end of a road, `col` hexes from its base in the west."""
    land = Land(cols=12).draw("road", *((c, 3) for c in range(12)))
    return start(land, [unit("jp_1", col, 3), *more], rules(PINNED), split=12, sources=(source("west", 0, land.at(0, 3)),), **given)


def test_a_short_line_delivers_everything_and_a_long_one_less() -> None:
    # 180 minutes a hex of road: 5 hexes make 900, the last length with full supply; 10 make 1,800, 55 % of the way to nothing
    assert (road_world(5).state.path[0], road_world(5).state.supply[0]) == (900, 1000)
    assert (road_world(10).state.path[0], road_world(10).state.supply[0]) == (1800, 550)


def test_a_supplied_headquarters_nearby_shortens_the_line() -> None:
    world = road_world(10, unit("jp_div", 8, 3, type="hq", echelon="division", parent="jp_army"))
    assert world.state.supply[0] == 550 + 500 // 2
    far = road_world(10, unit("jp_div", 2, 3, type="hq", echelon="division", parent="jp_army"))
    assert far.state.supply[0] == 550


def test_a_source_that_feeds_too_many_shares_out() -> None:
    land = Land()
    base = source("west", 0, land.at(0, 3), men=2000)
    world = start(land, [unit("jp_1", 1, 3, men=3000), unit("jp_2", 0, 3, men=1000)], rules(PINNED), sources=(base,))
    assert world.state.supply[:2] == [500, 500]


def test_padded_rolls_eat_too() -> None:
    world = start(Land(), [unit("cn_1", 7, 3, men=4000, paper=6000)], rules(PINNED))
    assert supply.mouths(world, 0) == 6000


def test_enemy_land_and_zones_of_control_close_the_line_unless_a_friend_stands_there() -> None:
    land = Land(cols=12).paint("sea", *WALL)
    held = {"split": 12, "sources": (source("west", 0, land.at(0, 3)), source("east", 1, land.at(11, 3)))}
    watched = [unit("jp_1", 8, 3), unit("cn_1", 6, 3)]
    cut = start(land, watched, rules(PINNED), **held)  # type: ignore[arg-type]
    assert cut.state.path[0] == -1 and cut.state.supply[0] == 0
    # the zone of an enemy beside the road ends it; a friend in the hex keeps it open
    land = Land(cols=12).paint("sea", *[h for h in WALL if h != (5, 2)])
    beside = [unit("jp_1", 9, 3), unit("cn_1", 5, 2)]
    assert start(land, beside, rules(PINNED), **held).state.path[0] == -1  # type: ignore[arg-type]
    friends = [unit("jp_2", 4, 3), unit("jp_3", 5, 3)]
    assert start(land, [*beside, *friends], rules(PINNED), **held).state.path[0] > 0  # type: ignore[arg-type]


def test_a_working_railway_is_the_best_line() -> None:
    land = Land(cols=12).draw("rail", *((c, 3) for c in range(12)))
    world = start(land, [unit("jp_1", 10, 3)], rules(PINNED), split=12)
    assert world.state.path[0] == 10 * 20
    land.broken = [land.at(5, 3)]
    world = start(land, [unit("jp_1", 10, 3, mobility=Mobility.STATIC)], rules(PINNED | {"supply.repair_km": 1}), split=12)
    assert world.state.path[0] == 8 * 20 + 2 * 300  # into the broken hex and out of it across country


def test_aircraft_over_the_road_lengthen_the_line() -> None:
    world = road_world(10)
    world.state.interdicted[0, Land(cols=12).at(5, 3)] = 3
    supply.trace(world, 0)
    assert world.state.path[0] == 1800 + 3 * 40


def test_stocks_fill_up_and_are_eaten() -> None:
    land = Land()
    fed = start(land, [unit("jp_1", 1, 3, food=20, ammunition=10)], rules(PINNED))
    assert fed.state.food[0] == 20 + 2 * (20 + 3 - 10) and fed.state.ammunition[0] == 10 + 2 * 10
    cut = start(land, [unit("jp_1", 1, 3, food=60, ammunition=30)], rules(PINNED), sources=())
    assert cut.state.food[0] == 60 - 2 * 7 and cut.state.ammunition[0] == 30
    assert cut.state.isolated[0] == 1


def test_hunger_makes_sick_deserters_and_fear() -> None:
    world = start(
        Land(),
        [unit("cn_1", 7, 3, men=5000, food=0, quality=2, morale=600)],
        rules(PINNED | {"morale.desertion.C": 1000}),
        sources=(),
    )
    engine.apply(world, End())  # Japan's phase ends, China's administration feeds it: two days, 14 tenths short
    state = world.state
    assert state.sick[0] == 5000 * 10 * 14 // 10_000 and state.deserted[0] == 5000 * 10 * 14 // 10_000
    assert state.morale[0] == 600 - 15 * 14 // 10
    assert engine.fault(world) == ""


def test_a_fed_unit_is_as_ready_as_its_morale_and_a_starving_one_as_its_supply() -> None:
    from game.rules.power import readiness

    world = start(Land(), [unit("jp_1", 1, 3, morale=900)], rules(PINNED | {"supply.readiness_floor": 330}))
    world.state.supply[0] = 0
    assert readiness(world, 0) == 900
    world.state.food[0] = 0
    assert readiness(world, 0) == 330


def test_isolation_takes_heart_after_two_turns() -> None:
    world = start(Land(), [unit("jp_1", 1, 3, food=100, morale=700)], rules(PINNED), sources=())
    assert world.state.morale[0] == 700
    for _ in range(2):
        engine.apply(world, End())
    assert world.state.isolated[0] == 2
    assert world.state.morale[0] == 700 - 2 * 12


def test_a_depot_runs_out_and_half_of_it_is_lost_with_its_place() -> None:
    land = Land()
    depot = source("west", 0, land.at(0, 3), men=10_000, stock_days=3)
    world = start(land, [unit("jp_1", 1, 3, men=3000), unit("cn_1", 8, 0)], rules(PINNED), sources=(depot,))
    assert world.state.stock[0] == 30_000 - 2 * 3000
    enter(world, land.at(0, 3), 1, 0, 1)
    assert world.state.stock[0] == 12_000
    assert not supply.open_source(world, depot, 0)


@pytest.mark.parametrize(("transport", "percent"), [(1000, 55), (2000, 100)])
def test_a_side_with_many_lorries_reaches_further(transport: int, percent: int) -> None:
    from dataclasses import replace

    world = road_world(10)
    japan = replace(world.scenario.sides[0], transport=transport)
    world.scenario = replace(world.scenario, sides=(japan, world.scenario.sides[1]))
    supply.trace(world, 0)
    assert world.state.supply[0] == percent * 10
