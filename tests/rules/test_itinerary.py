"""Marches before they are ordered: the terms of every step add up to the engine's minutes, and reasons are the rules' own."""

from __future__ import annotations

import numpy as np
import pytest

from game.model.orders import Move
from game.rules import engine, itinerary, movement
from game.rules.costs import BAR
from game.rules.kernels import way_back
from game.rules.world import World
from game.scenario.load import load_scenario


@pytest.fixture(scope="module")
def world() -> World:
    """Return Henan at the beginning; the tests only look."""
    return engine.start(load_scenario("henan"), 1)


def movers(world: World) -> list[int]:
    side = world.state.side
    return [u for u in world.present(side) if world.is_moving_kind(u) and not movement.is_held(world, u)]


def test_a_plan_takes_as_long_as_the_rules_reach_says(world: World) -> None:
    for unit in movers(world)[:6]:
        minutes, came = movement.reach(world, unit)
        for goal in np.flatnonzero(minutes > 0)[::3]:
            plan = itinerary.plan_march(world, unit, int(goal))
            assert plan.legs[-1].total == minutes[goal]
            assert plan.walked == len(plan.legs) == len(plan.path) - 1
            path = way_back(world.state.hex[unit], int(goal), came, world.neighbours)
            assert plan.verdict == movement.check_move(world, Move(unit, path))


def test_the_terms_of_a_step_add_up(world: World) -> None:
    with_additions = 0
    for unit in movers(world):
        minutes, _ = movement.reach(world, unit)
        for goal in np.flatnonzero(minutes > 0)[::7]:
            for leg in itinerary.plan_march(world, unit, int(goal)).legs:
                width, speed, weather = (f.value for f in leg.factors[:3])
                added = sum(f.value for f in leg.factors if f.act == "+")
                assert leg.minutes == leg.factors[-1].value == width * 60 // (speed * weather // 1000) + added
                with_additions += bool(added)
    assert with_additions > 20


def test_zones_and_aircraft_are_terms_of_their_own(world: World) -> None:
    side = world.state.side
    zone = world.known_zone(side)
    unit, here, there = next(
        (u, world.state.hex[u], n) for u in movers(world) for n in world.near[world.state.hex[u]]
        if n >= 0 and zone[world.state.hex[u]] and zone[n] and not world.stacks[n]
        and movement.step_minutes(world, u, world.state.hex[u], world.near[world.state.hex[u]].index(n)) < BAR
    )  # fmt: skip
    world.extra[side, there] = 45
    try:
        factors = itinerary.explain_step(world, unit, here, there)
        rules = world.rules.movement
        assert [f.value for f in factors if f.note == "zone"] == [rules.zoc_leave, rules.zoc_enter]
        assert [f.value for f in factors if f.note == "air"] == [45]
    finally:
        world.refresh_interdiction()


def test_every_hex_that_cannot_be_reached_has_a_reason(world: World) -> None:
    unit = movers(world)[0]
    minutes, _ = movement.reach(world, unit)
    codes = {itinerary.plan_march(world, unit, int(h)).verdict.code for h in np.flatnonzero(minutes < 0)[::11]}
    assert "ok" not in codes and {"too-far", "no-way"} <= codes
    contact = int(np.flatnonzero(world.known_enemy(world.state.side))[0])
    assert itinerary.plan_march(world, unit, contact).verdict.code == "enemy-there"


def test_a_way_too_far_says_how_many_hexes_can_be_walked(world: World) -> None:
    unit = movers(world)[0]
    minutes, _ = movement.reach(world, unit)
    plans = (itinerary.plan_march(world, unit, int(h)) for h in np.flatnonzero(minutes < 0))
    plan = next(p for p in plans if p.verdict.code == "too-far" and p.walked)
    assert plan.legs[plan.walked - 1].total <= world.state.minutes[unit] < plan.legs[plan.walked].total


def test_trains_reach_all_that_the_rules_allow_and_no_more(world: World) -> None:
    riders = 0
    for unit in movers(world):
        minutes, came = itinerary.rail_reach(world, unit)
        here = world.state.hex[unit]
        for goal in (int(h) for h in np.flatnonzero(minutes > 0)):
            path = way_back(here, goal, came, world.neighbours)
            assert minutes[goal] == movement.rail_minutes(world, path)
            verdict = movement.check_move(world, Move(unit, path, rail=True))
            assert verdict.code in ("ok", "stacking")
            assert itinerary.plan_train(world, unit, goal) == verdict
            riders += 1
            for d in np.flatnonzero(world.map.rail[goal]):
                beyond = world.near[goal][int(d)]
                if beyond >= 0 and minutes[beyond] < 0:
                    assert not movement.check_move(world, Move(unit, (*path, beyond), rail=True)).ok
    assert riders > 20


def test_a_unit_away_from_the_line_finds_no_train(world: World) -> None:
    unit = next(u for u in movers(world) if not world.state.rail[world.state.hex[u]])
    minutes, _ = itinerary.rail_reach(world, unit)
    assert (minutes < 0).all()
    line = int(np.flatnonzero(world.state.rail)[0])
    assert itinerary.plan_train(world, unit, line).code == "no-train"


def test_unseen_enemies_change_nothing(world: World) -> None:
    side = world.state.side
    hidden = next(u for u in world.present(1 - side) if not world.sighted[side, world.state.hex[u]] and not world.soft[u])
    unit = movers(world)[0]
    goals = [int(h) for h in np.flatnonzero(movement.reach(world, unit)[0] > 0)][:60]
    before = [itinerary.plan_march(world, unit, g) for g in goals], itinerary.rail_reach(world, unit)[0].tolist()
    home, dark = world.state.hex[hidden], [h for h in goals if not world.sighted[side, h]]
    where = dark[0] if dark else int(np.flatnonzero(world.sighted[side] == 0)[0])
    world.place(hidden, where)
    try:
        assert ([itinerary.plan_march(world, unit, g) for g in goals], itinerary.rail_reach(world, unit)[0].tolist()) == before
    finally:
        world.place(hidden, home)
