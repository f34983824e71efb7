"""Railways: broken when they change hands, mended by their new owner from a working end, so many kilometres a day."""

from __future__ import annotations

from game.model.scenario import NOBODY
from game.rules.world import World


def mend(world: World, side: int) -> None:
    """Mend track next to the side's working railway, out of the enemy's sight."""
    state = world.state
    heads, _sides, tails = world.rail_sides
    if not len(heads):
        return
    mine = state.control == side
    works = (state.rail > 0) & mine
    quiet = (world.control_zone[1 - side] == 0) & mine
    frontier = works[heads] & ~(state.rail[tails] > 0) & quiet[tails]
    for there in sorted(set(tails[frontier].tolist())):
        if state.control[there] == NOBODY:
            continue
        state.repair[there] += world.rules.supply.repair_km * 1000 * world.days
        if state.repair[there] >= world.map.spacing_m:
            state.rail[there] = 1
            state.repair[there] = 0
            world.tell("rail_open", {"hex": there})
