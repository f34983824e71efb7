"""Victory: every kind of objective, net points and levels."""

from __future__ import annotations

import pytest

from game.model.orders import End
from game.model.scenario import Objective
from game.model.state import GONE
from game.rules import engine, victory
from game.rules.territory import enter
from game.rules.world import World
from tests.rules.worlds import Land, events, objective, start, unit


def world_with(*objectives: Objective, land: Land) -> World:
    """Return a world with objectives; Japan holds the columns 0 to 3."""
    return start(land, [unit("jp_1", 0, 3), unit("cn_1", 8, 3)], objectives=objectives)


def towns() -> Land:
    """Return a land with a town on each side."""
    return Land().place("west", 1, 1).place("east", 7, 1)


def one_turn(world: World) -> None:
    """End a turn: both sides' phases."""
    engine.apply(world, End())
    engine.apply(world, End())


def test_hold_counts_each_place_that_is_held() -> None:
    land = towns()
    world = world_with(objective("o", 0, "hold", land, ["west", "east"], 5), land=land)
    assert victory.points(world, 0)[0] == 5
    enter(world, land.at(7, 1), 0, 0, 0)
    assert victory.points(world, 0)[0] == 10


@pytest.mark.parametrize(("turns", "points"), [(0, 20), (1, 20), (2, 10), (4, 0)])
def test_hold_by_is_worth_more_the_sooner_it_is_done(turns: int, points: int) -> None:
    land = towns()
    world = world_with(objective("o", 0, "hold_by", land, ["east"], 0, steps=((2, 20), (4, 10))), land=land)
    for _ in range(turns):
        one_turn(world)
    enter(world, land.at(7, 1), 0, 0, 0)
    one_turn(world)
    assert victory.points(world, 0)[0] == points


def test_per_turn_adds_up_to_its_limit_from_its_date() -> None:
    land = towns()
    world = world_with(objective("o", 1, "per_turn", land, ["east"], 2, limit=5, from_turn=2), land=land)
    scores = []
    for _ in range(4):
        one_turn(world)
        scores.append(victory.points(world, 0)[0])
    assert scores == [0, 2, 4, 5]


def test_keep_is_lost_for_good() -> None:
    land = towns()
    world = world_with(objective("o", 0, "keep", land, ["west"], 10), land=land)
    one_turn(world)
    assert victory.points(world, 0)[0] == 10
    enter(world, land.at(1, 1), 1, 0, 1)
    one_turn(world)
    enter(world, land.at(1, 1), 0, 0, 0)
    one_turn(world)
    assert victory.points(world, 0)[0] == 0


def test_a_link_needs_its_stations_and_no_enemy_on_the_track() -> None:
    land = Land().place("west", 2, 3).place("east", 6, 3).draw("rail", *((c, 3) for c in range(2, 7)))
    chain = tuple(land.at(c, 3) for c in range(2, 7))
    line = objective("o", 0, "link", land, ["west", "east"], 7, chain=chain)
    world = start(land, [unit("jp_1", 0, 3), unit("cn_1", 5, 3), unit("cn_2", 8, 6)], objectives=(line,))
    enter(world, land.at(6, 3), 0, 0, 0)
    one_turn(world)
    assert victory.points(world, 0)[0] == 0  # an enemy stands on the line
    world.place(1, land.at(8, 0))
    enter(world, land.at(6, 3), 0, 0, 0)
    one_turn(world)
    assert victory.points(world, 0)[0] == 7


def test_formations_are_destroyed_under_two_fifths_and_preserved_from_half() -> None:
    land = towns()
    kill = objective("kill", 0, "destroy", land, [], 5, formations=("cn_corps",), groups=((1,),))
    save = objective("save", 1, "preserve", land, [], 4, formations=("cn_corps",), groups=((1,),))
    world = world_with(kill, save, land=land)
    found = []
    for men in (1500, 1499, 1200, 1199):
        world.state.men[1] = men
        found.append((victory.points(world, 0)[0], victory.points(world, 1)[0]))
    assert found == [(0, 4), (0, 0), (0, 0), (5, 0)]
    world.state.men[1], world.state.status[1] = 3000, GONE
    assert victory.points(world, 0)[0] == 5


def test_the_weighted_sum_decides_the_level_and_the_game_ends_on_its_last_day() -> None:
    land = towns()
    objectives = (objective("a", 0, "hold", land, ["west"], 12), objective("b", 1, "hold", land, ["east"], 5))
    world = start(land, [unit("jp_1", 0, 3), unit("cn_1", 8, 3)], objectives=objectives, weights=(1000, -200))
    assert victory.score(world) == (12, 5) and victory.net(world) == 11
    assert victory.level(world).id == "jp"
    for _ in range(world.scenario.calendar.turns):
        assert not world.state.over
        one_turn(world)
    assert world.state.over and world.state.turn == 10
    assert events(world, "end") == [{"level": "jp", "net": 11}]
    assert engine.check(world, End()).code == "over"
