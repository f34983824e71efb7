"""Air: points from the bases that a side holds, flown in the weather of the day, in support or against supply."""

from __future__ import annotations

from game.model.orders import LEGAL, Interdict, Verdict
from game.model.scenario import AirBase
from game.rules import kernels
from game.rules.world import World


def base_works(world: World, base: AirBase) -> bool:
    """Return whether a base can send aircraft now."""
    state = world.state
    if not (base.from_turn <= state.turn and (base.until_turn == 0 or state.turn <= base.until_turn)):
        return False
    return base.hex < 0 or (int(state.control[base.hex]) == base.side and not world.occupied[1 - base.side, base.hex])


def allot(world: World, side: int) -> None:
    """Count a side's air points for its turn; clear its interdiction of the turn before."""
    state = world.state
    state.interdicted[1 - side] = 0
    total = 0
    for base in world.scenario.air:
        if base.side == side and base_works(world, base):
            zone = int(world.costs.zone[base.hex]) if base.hex >= 0 else 0
            total += base.points * world.days * world.rules.weather.air[state.weather[zone]] // 1000
    state.air[side] = total
    world.refresh_interdiction()
    if total:
        world.tell("air", {"points": total})


def in_range(world: World, side: int, target: int) -> bool:
    """Return whether any working base reaches a hex."""
    for base in world.scenario.air:
        if base.side == side and base_works(world, base):
            if base.hex < 0 or base.range_km == 0:
                return True
            if world.map.distance(base.hex, target) * world.map.spacing_m <= base.range_km * 1000:
                return True
    return False


def check_interdict(world: World, order: Interdict) -> Verdict:
    """Say whether aircraft may be sent against supply at a hex."""
    side = world.state.side
    if not 0 <= order.target < world.map.size:
        return Verdict("off-map", "the target lies off the map")
    if not 1 <= order.points <= world.state.air[side]:
        return Verdict("no-aircraft", f"{world.state.air[side]} air points are left")
    if not in_range(world, side, order.target):
        return Verdict("out-of-range", f"no base of yours reaches {world.map.label(order.target)}")
    return LEGAL


def do_interdict(world: World, order: Interdict) -> None:
    """Send the aircraft; the points work until the side's next turn in the hex and around it."""
    import numpy as np

    state, side = world.state, world.state.side
    state.air[side] -= order.points
    mask = np.zeros(world.map.size, np.uint8)
    kernels.spread(np.array([order.target], np.int32), world.rules.air.interdict_reach, world.neighbours, mask)
    grown = state.interdicted[1 - side].astype(np.int32) + mask.astype(np.int32) * order.points
    state.interdicted[1 - side] = np.minimum(grown, 255).astype(np.uint8)
    world.refresh_interdiction()
    kernels.spread(np.array([order.target], np.int32), world.rules.air.scout, world.neighbours, world.sighted[side])
    world.tell("air", {"hex": order.target, "points": order.points})
