"""Railways: broken when they change hands, mended by their new owner from a working end, so many kilometres a day."""

from __future__ import annotations

from game.model.scenario import NOBODY
from game.rules.world import World


def mend(world: World, side: int) -> None:
    """Mend track next to the side's working railway, out of the enemy's sight; each end goes on from hex to hex."""
    state = world.state
    heads, _sides, tails = world.rail_sides
    if not len(heads):
        return
    mine = state.control == side
    quiet = (world.control_zone[1 - side] == 0) & mine
    # metres of work at each railhead; what is left over when a hex is done goes on to the next
    works = (state.rail > 0) & mine
    frontier = works[heads] & ~(state.rail[tails] > 0) & quiet[tails]
    work = dict.fromkeys(sorted(set(tails[frontier].tolist())), world.rules.supply.repair_km * 1000 * world.days)
    while work:
        ahead: dict[int, int] = {}
        for there, metres in work.items():
            if state.control[there] == NOBODY:
                continue
            done = int(state.repair[there]) + metres
            if done < world.map.spacing_m:
                state.repair[there] = done
                continue
            state.rail[there] = 1
            state.repair[there] = 0
            world.tell("rail_open", {"hex": there})
            left = done - world.map.spacing_m
            for following in tails[heads == there].tolist():
                if left and not state.rail[following] and quiet[following]:
                    ahead[following] = max(ahead.get(following, 0), left)
        work = ahead
