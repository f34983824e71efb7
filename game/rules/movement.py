"""Marching. A unit has hours; every hex costs some; enemy zones of control cost more; enemies bar the way.

A march through country that is not seen stops before a hidden enemy and where its hours run out.
"""

from __future__ import annotations

from itertools import pairwise

from game.model.orders import LEGAL, Move, Verdict
from game.model.scenario import NOBODY
from game.model.state import PRESENT
from game.rules import kernels
from game.rules.costs import BAR
from game.rules.territory import enter
from game.rules.world import World


def may_act(world: World, unit: int) -> Verdict:
    """Say whether a unit of the side to move may be given orders at all."""
    state = world.state
    if not 0 <= unit < len(world.side):
        return Verdict("unknown-unit", f"there is no unit number {unit}")
    spec = world.scenario.units[unit]
    if spec.side != state.side:
        return Verdict("not-yours", f"{spec.id} belongs to the other side")
    if state.status[unit] != PRESENT:
        return Verdict("not-present", f"{spec.id} is not on the map")
    return LEGAL


def is_held(world: World, unit: int) -> bool:
    """Return whether orders from above still keep a unit in its hex: not yet released, and no enemy within two hexes."""
    spec, state = world.scenario.units[unit], world.state
    if state.turn >= spec.held_until:
        return False
    here = state.hex[unit]
    enemy = world.control_zone[1 - spec.side]
    return not (enemy[here] or any(n >= 0 and enemy[n] for n in world.near[here]))


def step_minutes(world: World, unit: int, here: int, side: int, known: bool = False) -> int:
    """Return the minutes of one step by hexside, zones of control and interdiction included; BAR = not possible.

    known: count only the enemy zones of control that the side sees, as its staff must when it plans.
    """
    there = world.near[here][side]
    if there < 0:
        return BAR
    base = int(world.cost_table(unit)[here, side])
    if base >= BAR:
        return BAR
    me, r = world.side[unit], world.rules.movement
    zone, seen = world.control_zone[1 - me], world.sighted[me]
    leave = r.zoc_leave if zone[here] and (seen[here] or not known) else 0
    enter_zone = r.zoc_enter if zone[there] and (seen[there] or not known) else 0
    return base + leave + enter_zone + int(world.extra[me, there])


def direction_to(world: World, here: int, there: int) -> int:
    """Return the hexside between two neighbours, or -1."""
    row = world.near[here]
    return row.index(there) if there in row and there >= 0 else -1


def reach(world: World, unit: int) -> tuple[kernels.I32, kernels.I8]:
    """Return minutes (H,) and directions (H,) of everything a unit could march to with the hours it has left."""
    me, r = world.side[unit], world.rules.movement
    return kernels.reach(
        world.state.hex[unit], world.state.minutes[unit], world.cost_table(unit), world.neighbours,
        world.known_zone(me), world.known_enemy(me), world.extra[me], r.zoc_leave, r.zoc_enter, BAR,
    )  # fmt: skip


def check_move(world: World, order: Move) -> Verdict:
    """Say whether a march is legal as far as its side can know."""
    verdict = may_act(world, order.unit)
    if not verdict.ok:
        return verdict
    unit, path, state = order.unit, order.path, world.state
    if len(path) < 2 or path[0] != state.hex[unit]:
        return Verdict("path-start", "a path begins where the unit stands and has at least one step")
    if is_held(world, unit):
        return Verdict("held", "the unit has orders to stay until it is released or the enemy comes near")
    if order.rail:
        return _check_rail(world, order)
    used = 0
    me = world.side[unit]
    for here, there in pairwise(path):
        side = direction_to(world, here, there)
        if side < 0:
            return Verdict("not-neighbours", f"{world.map.label(here)} and {world.map.label(there)} do not touch")
        minutes = step_minutes(world, unit, here, side, known=True)
        if minutes >= BAR:
            return Verdict("impassable", f"it cannot enter {world.map.label(there)} from {world.map.label(here)}")
        if world.occupied[1 - me, there] and world.sighted[me, there]:
            return Verdict("enemy-there", f"an enemy stands in {world.map.label(there)}")
        used += minutes
    if used > state.minutes[unit]:
        return Verdict("too-far", f"the march takes {used} minutes, the unit has {state.minutes[unit]}")
    if not world.fits(unit, path[-1]):
        return Verdict("stacking", f"{world.map.label(path[-1])} is full")
    return LEGAL


def rail_minutes(world: World, path: tuple[int, ...]) -> int:
    """Return the minutes of a train journey, loading included."""
    r = world.rules.movement
    return r.rail_loading + (len(path) - 1) * world.map.spacing_m * 60 // r.rail_speed


def _check_rail(world: World, order: Move) -> Verdict:
    unit, path, state = order.unit, order.path, world.state
    me = world.side[unit]
    guns = (world.known_enemy(me) > 0) | (world.known_zone(me) > 0)
    for hexagon in path:
        if not state.rail[hexagon] or state.control[hexagon] != me:
            return Verdict("no-train", f"no working railway of yours in {world.map.label(hexagon)}")
        if guns[hexagon]:
            return Verdict("enemy-there", f"the line is under the enemy's guns in {world.map.label(hexagon)}")
    for here, there in pairwise(path):
        side = direction_to(world, here, there)
        if side < 0 or not world.map.rail[here, side]:
            return Verdict("no-train", f"no railway from {world.map.label(here)} to {world.map.label(there)}")
    if rail_minutes(world, path) > state.minutes[unit]:
        return Verdict("too-far", f"the journey takes {rail_minutes(world, path)} minutes, the unit has {state.minutes[unit]}")
    if not world.fits(unit, path[-1]):
        return Verdict("stacking", f"{world.map.label(path[-1])} is full")
    return LEGAL


def do_move(world: World, order: Move) -> None:
    """Carry out a legal march or journey by train; it may end early before an enemy whom nobody had seen."""
    unit, path, state = order.unit, order.path, world.state
    me = world.side[unit]
    walked, clock = _ride(world, unit, path) if order.rail else _walk(world, unit, path)
    used = clock[-1]
    if len(walked) < 2:
        # met a hidden enemy at once: time is lost and the enemy now seen
        lost = min(state.minutes[unit], world.rules.movement.ambush)
        state.minutes[unit] -= lost
        kernels.spread(_one(path[1]), 0, world.neighbours, world.sighted[me])
        world.tell("move", {"unit": unit, "from": path[0], "to": path[0], "minutes": lost, "stopped": 1})
        return
    state.minutes[unit] -= used
    state.moved[unit] = 1
    state.entrench[unit] = 0
    state.streak[unit] = 0
    state.fatigue[unit] = min(1000, state.fatigue[unit] + used * world.rules.movement.fatigue_per_hour // 60)
    start = day_minutes_used(world, unit) - used
    for there, minutes in zip(walked[1:], clock[1:], strict=True):
        if state.control[there] not in (me, NOBODY):
            enter(world, there, me, start + minutes, unit)
    world.place(unit, walked[-1])
    for there in walked[1:-1]:
        kernels.spread(_one(there), 1, world.neighbours, world.sighted[me])
    stopped = 0 if walked[-1] == path[-1] else 1
    if stopped:
        kernels.spread(_one(path[len(walked)]), 0, world.neighbours, world.sighted[me])
    world.tell(
        "move", {"unit": unit, "from": path[0], "to": walked[-1], "path": tuple(walked), "minutes": used, "stopped": stopped}
    )


def _walk(world: World, unit: int, path: tuple[int, ...]) -> tuple[list[int], list[int]]:
    """Return how far along a path a unit comes, and the minutes used at each hex."""
    foe, left = 1 - world.side[unit], world.state.minutes[unit]
    walked, clock = [path[0]], [0]
    for here, there in pairwise(path):
        total = clock[-1] + step_minutes(world, unit, here, direction_to(world, here, there))
        if world.occupied[foe, there] or total > left:
            break
        walked.append(there)
        clock.append(total)
    return _with_room(world, unit, walked, clock)


def _ride(world: World, unit: int, path: tuple[int, ...]) -> tuple[list[int], list[int]]:
    """Return how far a train comes before an enemy nobody had seen, or his zone, and the minutes of the journey at each hex."""
    foe = 1 - world.side[unit]
    met = (n for n, there in enumerate(path) if n and (world.occupied[foe, there] or world.control_zone[foe, there]))
    walked = list(path[: next(met, len(path))])
    return _with_room(world, unit, walked, [rail_minutes(world, path[: len(walked)])] * len(walked))


def _with_room(world: World, unit: int, walked: list[int], clock: list[int]) -> tuple[list[int], list[int]]:
    """Return a way without the hexes at its end where there is no room to stop."""
    while len(walked) > 1 and not world.fits(unit, walked[-1]):
        walked.pop()
        clock.pop()
    return walked, clock


def day_minutes_used(world: World, unit: int) -> int:
    """Return how far into the turn a unit is, by the hours it has used [min of march time]."""
    return max(0, world.rules.movement.day_minutes * world.days - world.state.minutes[unit])


def _one(hexagon: int) -> kernels.I32:
    import numpy as np

    return np.array([hexagon], np.int32)
