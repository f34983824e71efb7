"""Marches before they are ordered: what every hex of a way costs and why, where a train can go, why a hex cannot be reached.

All of it counts only what the unit's side knows, as `check_move` does.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from game.model.events import Factor
from game.model.orders import LEGAL, Move, Verdict
from game.rules import kernels
from game.rules.costs import BAR
from game.rules.movement import check_move, direction_to, is_held, may_act, rail_minutes, step_minutes
from game.rules.world import World

FAR = 6  # how many turns' worth of march time a way beyond reach may take before it is not looked for


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a march: the hex entered, the minutes of the step and of the way up to it, and the step's factors."""

    where: int
    minutes: int
    total: int
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A planned march: its way with costs, whether the rules allow it now, and how many of its hexes can be walked."""

    verdict: Verdict
    path: tuple[int, ...] = ()
    legs: tuple[Leg, ...] = ()
    walked: int = 0  # legs that the unit's hours suffice for


def explain_march(world: World, unit: int, path: tuple[int, ...]) -> tuple[Leg, ...]:
    """Return the steps of a march along a path of neighbours with all that their minutes are made of."""
    legs, total = [], 0
    for here, there in pairwise(path):
        minutes = step_minutes(world, unit, here, direction_to(world, here, there), known=True)
        total += minutes
        legs.append(Leg(there, minutes, total, explain_step(world, unit, here, there)))
    return tuple(legs)


def explain_step(world: World, unit: int, here: int, there: int) -> tuple[Factor, ...]:
    """Return the factors of one step: land, weather and river, enemy zones of control that are known, and air attacks."""
    me, r = world.side[unit], world.rules.movement
    prepared = world.state.turn <= world.scenario.units[unit].crossing_until
    side = direction_to(world, here, there)
    parts = list(world.costs.explain(world.mobility[unit], world.weather(), here, side, prepared)[:-1])
    zone = world.known_zone(me)
    if zone[here]:
        parts.append(Factor("leaving an enemy zone of control [min]", r.zoc_leave, "+", "zone"))
    if zone[there]:
        parts.append(Factor("entering an enemy zone of control [min]", r.zoc_enter, "+", "zone"))
    if world.extra[me, there]:
        parts.append(Factor("enemy aircraft over the road [min]", int(world.extra[me, there]), "+", "air"))
    return (*parts, Factor("minutes", step_minutes(world, unit, here, side, known=True), "="))


def rail_reach(world: World, unit: int) -> tuple[kernels.I32, kernels.I8]:
    """Return (H,) minutes and (H,) directions of everything a unit could go to by train now, -1 = out of reach.

    The line must work and be its side's own; where enemies are known to stand or to rule the line, no train goes.
    """
    state, me, start = world.state, world.side[unit], world.state.hex[unit]
    minutes, came = np.full(world.map.size, -1, np.int32), np.full(world.map.size, -1, np.int8)
    barred = (world.known_enemy(me) > 0) | (world.known_zone(me) > 0)
    free = (state.rail > 0) & (state.control == me) & ~barred
    if start < 0 or not free[start]:
        return minutes, came
    minutes[start] = 0
    queue, steps = deque([start]), {start: 0}
    while queue:
        here = queue.popleft()
        for d in range(6):
            there = world.near[here][d]
            if there < 0 or there in steps or not world.map.rail[here, d] or not free[there]:
                continue
            total = rail_minutes(world, (start,) * (steps[here] + 2))
            if total > state.minutes[unit]:
                continue
            steps[there], came[there], minutes[there] = steps[here] + 1, d, total
            queue.append(there)
    return minutes, came


def plan_march(world: World, unit: int, goal: int) -> Itinerary:
    """Return the quickest march to a hex, however long, and what the rules say of it."""
    me = world.side[unit]
    first = _at_all(world, unit)
    if not first.ok:
        return Itinerary(first)
    if world.occupied[1 - me, goal] and world.sighted[me, goal]:
        return Itinerary(Verdict("enemy-there", f"an enemy stands in {world.map.label(goal)}"))
    r = world.rules.movement
    limit = max(world.state.minutes[unit], r.day_minutes * world.days * FAR)
    _, came = kernels.reach(
        world.state.hex[unit], limit, world.cost_table(unit), world.neighbours, world.known_zone(me), world.known_enemy(me),
        world.extra[me], r.zoc_leave, r.zoc_enter, BAR,
    )  # fmt: skip
    path = kernels.way_back(world.state.hex[unit], goal, came, world.neighbours)
    if len(path) < 2:
        return Itinerary(Verdict("no-way", f"no way leads to {world.map.label(goal)}"))
    legs = explain_march(world, unit, path)
    walked = sum(leg.total <= world.state.minutes[unit] for leg in legs)
    return Itinerary(check_move(world, Move(unit, path)), path, legs, walked)


def plan_train(world: World, unit: int, goal: int) -> Verdict:
    """Return whether a train can take a unit to a hex, and else why not."""
    first = _at_all(world, unit)
    if not first.ok:
        return first
    here = world.state.hex[unit]
    for where in (here, goal):
        if not world.state.rail[where] or world.state.control[where] != world.side[unit]:
            return Verdict("no-train", f"no working railway of yours in {world.map.label(where)}")
    _, came = rail_reach(world, unit)
    path = kernels.way_back(here, goal, came, world.neighbours)
    if len(path) < 2:
        return Verdict("no-train", f"no train reaches {world.map.label(goal)} in time")
    return check_move(world, Move(unit, path, rail=True))


def _at_all(world: World, unit: int) -> Verdict:
    """Say whether a unit may march anywhere."""
    verdict = may_act(world, unit)
    if not verdict.ok:
        return verdict
    if is_held(world, unit):
        return Verdict("held", "the unit has orders to stay until it is released or the enemy comes near")
    if not world.is_moving_kind(unit):
        return Verdict("static", "the unit is of a kind that does not march")
    return LEGAL
