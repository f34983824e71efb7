"""What the country does to an army: disease, guerrillas on the railways, regrouping and transfers on their dates.

These are a scenario's data with their sources; the rules only say how they work.
"""

from __future__ import annotations

import numpy as np

from game.model.scenario import Transfer
from game.model.state import AWAY, PRESENT
from game.rules.world import World


def sicken(world: World, side: int) -> None:
    """Let disease take its share of the men in its provinces."""
    state = world.state
    for rule in world.scenario.disease:
        if rule.side not in (-1, side) or not _now(world, rule.from_turn, rule.until_turn):
            continue
        for unit in world.present(side):
            if rule.regions and int(world.map.region[state.hex[unit]]) not in rule.regions:
                continue
            sick = state.men[unit] * rule.permille * world.days // 1000
            state.men[unit] -= sick
            state.sick[unit] += sick
            state.hospital[unit] += sick


def raid_railways(world: World, side: int) -> None:
    """Let guerrillas break track of a side that none of its troops watch."""
    state = world.state
    for rule in world.scenario.guerrillas:
        if rule.side != side or not _now(world, rule.from_turn, rule.until_turn):
            continue
        open_to = (state.rail > 0) & (state.control == side) & (world.control_zone[side] == 0) & (world.occupied[side] == 0)
        for where in np.flatnonzero(open_to).tolist():
            if rule.regions and int(world.map.region[where]) not in rule.regions:
                continue
            if world.throw("guerrillas", where) < rule.chance:
                state.rail[where] = 0
                state.repair[where] = 0
                world.tell("demolish", {"hex": where, "by": 1 - side})


def regroup(world: World) -> None:
    """Make the changes of command of a new turn."""
    turn = world.state.turn
    due = [c for c in world.scenario.changes if c.turn == turn]
    if due:
        world.regroup()
        for change in due:
            world.tell("regroup", {"formation": change.formation, "parent": change.parent})


def transfer(world: World, side: int) -> None:
    """Take units off the map whose transfer is due, and bring those that have arrived."""
    state = world.state
    for order in world.scenario.transfers:
        for unit in order.units:
            if world.side[unit] != side:
                continue
            if state.turn == order.turn and state.status[unit] == PRESENT:
                where = state.hex[unit]
                world.place(unit, -1)
                state.status[unit] = AWAY
                world.tell("leave", {"unit": unit, "hex": where, "men": state.men[unit]})
            if state.status[unit] == AWAY and _its(world, unit) is order and state.turn >= order.arrives_turn:
                _bring(world, unit, order.hex)


def _its(world: World, unit: int) -> Transfer | None:
    """Return the transfer that a unit on the way is making: the latest begun."""
    begun = [t for t in world.scenario.transfers if unit in t.units and t.turn <= world.state.turn]
    return max(begun, key=lambda t: t.turn, default=None)


def _bring(world: World, unit: int, goal: int) -> None:
    state, side = world.state, world.side[unit]
    for where in (goal, *world.near[goal]):
        if where < 0 or world.occupied[1 - side, where] or int(state.control[where]) != side or not world.fits(unit, where):
            continue
        state.status[unit] = PRESENT
        world.place(unit, where)
        world.tell("arrive", {"unit": unit, "hex": where, "men": state.men[unit]})
        return


def _now(world: World, first: int, last: int) -> bool:
    return first <= world.state.turn and (last == 0 or world.state.turn <= last)
