"""Who holds the land. A hex belongs to the side whose fighting troops were last in it, or beside it when nobody else was.

When a hex changes hands its railway is broken (the loser demolishes), and a depot's stores are mostly burnt.
"""

from __future__ import annotations

from game.model.scenario import NOBODY
from game.model.state import PRESENT
from game.rules.world import World


def enter(world: World, where: int, side: int, clock: int, unit: int = -1) -> None:
    """Hand a hex to a side whose troops enter it; clock is the march time used [min], from which the day follows."""
    state = world.state
    old = int(state.control[where])
    if old in (NOBODY, side) or (unit >= 0 and world.quiet[unit]):
        return
    state.control[where] = side
    if state.rail[where]:
        state.rail[where] = 0
        state.repair[where] = 0
        world.tell("demolish", {"hex": where, "by": old})
    day = min(world.days - 1, clock // world.rules.movement.day_minutes)
    for place in world.named_at.get(where, ()):
        world.tell("capture", {"place": place, "hex": where, "by": side, "day": day, "unit": unit})
    for n, source in enumerate(world.scenario.sources):
        if source.hex == where and source.side == old and state.stock[n] > 0:
            state.stock[n] -= state.stock[n] * world.rules.supply.depot_loss // 1000
    _overrun(world, where, side)


def patrol(world: World, side: int) -> None:
    """At the end of a side's turn its fighting troops that are in supply and not beaten take the empty land around them.

    A neighbouring hex falls to them when no enemy stands in it or watches it and no great or large river without a bridge
    lies between.
    """
    state, river, bridge = world.state, world.map.river, world.map.bridge
    foe = 1 - side
    clock = world.rules.movement.day_minutes * world.days
    for unit in world.present(side):
        if world.quiet[unit] or state.routed[unit] or state.beaten[unit] or not state.supply[unit]:
            continue
        here = state.hex[unit]
        for d, there in enumerate(world.near[here]):
            if there < 0 or state.control[there] != foe or world.occupied[foe, there] or world.control_zone[foe, there]:
                continue
            if river[here, d] in (1, 2) and not bridge[here, d]:
                continue
            enter(world, there, side, clock, unit)


def _overrun(world: World, where: int, side: int) -> None:
    """Capture what cannot fight (services, aircraft on the ground) in a hex that fighting troops enter."""
    for unit in [u for u in world.stacks[where] if world.side[u] != side and world.soft[u]]:
        remove(world, unit, "captured", 500)


def remove(world: World, unit: int, fate: str, captured: int = 0) -> None:
    """Take a destroyed unit off the map: `captured` permille of its men are prisoners, the others missing."""
    state = world.state
    men = state.men[unit]
    prisoners = men * captured // 1000
    state.captured[unit] += prisoners
    state.missing[unit] += men - prisoners
    where = state.hex[unit]
    state.men[unit] = state.guns[unit] = state.tanks[unit] = 0
    if state.status[unit] == PRESENT:
        world.place(unit, -1)
    state.status[unit] = 2
    world.tell(fate, {"unit": unit, "hex": where, "men": men, "captured": prisoners}, side=world.side[unit])
