"""Administration, at the start of a side's turn: arrivals, railways, supply, recovery, command, aircraft."""

from __future__ import annotations

from game.core.fixed import clamp
from game.model.state import LEFT, PRESENT, WAITING
from game.model.units import TYPES
from game.rules import air, circumstances, command, railways, supply
from game.rules.retreat import break_up, is_remnant
from game.rules.territory import enter, patrol
from game.rules.world import World


def administer(world: World, side: int) -> None:
    """Do everything that happens to a side before it may give orders."""
    circumstances.transfer(world, side)
    _arrivals(world, side)
    railways.mend(world, side)
    circumstances.raid_railways(world, side)
    supply.trace(world, side)
    for unit in world.present(side):
        _recover(world, unit)
    circumstances.sicken(world, side)
    _countryside(world, side)
    _replacements(world, side)
    for unit in world.present(side):
        _reset(world, unit)
    command.roll_command(world, side)
    air.allot(world, side)
    world.look(side)


def _arrivals(world: World, side: int) -> None:
    state = world.state
    for spec in world.scenario.units:
        u = spec.index
        if spec.side != side:
            continue
        if state.status[u] == WAITING and 0 < spec.arrives <= state.turn:
            _arrive(world, u)
        elif state.status[u] == PRESENT and spec.leaves and state.turn >= spec.leaves:
            where = state.hex[u]
            world.place(u, -1)
            state.status[u] = LEFT
            world.tell("leave", {"unit": u, "hex": where, "men": state.men[u]})
    for pool in world.scenario.pools:
        if pool.side == side and pool.turn == state.turn:
            state.pool[side] += pool.men
            world.tell("replaced", {"pool": pool.men})


def _arrive(world: World, unit: int) -> None:
    """Bring a unit to its place, or next to it where that is full; it waits where the enemy has both."""
    state, spec = world.state, world.scenario.units[unit]
    side = spec.side
    for where in (spec.hex, *world.near[spec.hex]):
        if where < 0 or world.occupied[1 - side, where] or int(state.control[where]) != side:
            continue
        if not world.light[unit] and world.crowd(where) + spec.men > world.room[world.terrain[where]] and world.crowd(where):
            continue
        state.status[unit] = PRESENT
        world.place(unit, where)
        state.men[unit], state.guns[unit], state.tanks[unit] = spec.men, spec.guns, spec.tanks
        state.arrived[unit] = spec.men
        enter(world, where, side, 0, unit)
        world.tell("arrive", {"unit": unit, "hex": where, "men": spec.men})
        return


def _recover(world: World, unit: int) -> None:
    """Rest, rally, sickness, the return of the wounded, desertion of broken units."""
    state, m, days = world.state, world.rules.morale, world.days
    spec = world.scenario.units[unit]
    resting = not state.moved[unit] and not state.fought[unit] and not state.beaten[unit]
    rest = m.fatigue_rest if resting else m.fatigue_march
    state.fatigue[unit] = max(0, state.fatigue[unit] - rest * days)
    if resting:
        state.streak[unit] = 0
        if state.supply[unit] >= m.rest_supply and state.morale[unit] < spec.morale:
            world.set_morale(unit, min(spec.morale, state.morale[unit] + m.rest * days), "rest")
    if state.routed[unit]:
        world.set_routed(unit, state.routed[unit] - 1)
    if state.leaderless[unit]:
        state.leaderless[unit] -= 1
    sick = (state.men[unit] * m.sick * days + 1000) // 2000
    state.men[unit] -= sick
    state.sick[unit] += sick
    state.hospital[unit] += sick
    back = state.hospital[unit] * world.rules.replacement.returning * days // 1000 if state.path[unit] >= 0 else 0
    state.hospital[unit] -= back
    state.men[unit] += back
    state.returned[unit] += back
    short = m.desertion_below - state.morale[unit]
    if short > 0 and not (resting and state.supply[unit] >= m.rest_supply):
        rate = short * m.desertion_rate * m.desertion[spec.quality] // 1000 * days  # [1/1,000,000]
        gone = min(state.men[unit], state.men[unit] * rate // 1_000_000)
        if gone:
            state.men[unit] -= gone
            state.deserted[unit] += gone
            world.tell("desert", {"unit": unit, "men": gone, "hex": state.hex[unit]})
    if state.morale[unit] < m.collapse or is_remnant(world, unit, 500):
        break_up(world, unit)


def _countryside(world: World, side: int) -> None:
    """Let hostile country disarm the beaten and the starving."""
    state = world.state
    for rule in world.scenario.countryside:
        if rule.side != side or state.turn < rule.from_turn or (rule.until_turn and state.turn > rule.until_turn):
            continue
        for unit in world.present(side):
            if rule.regions and int(world.map.region[state.hex[unit]]) not in rule.regions:
                continue
            if not (state.beaten[unit] or state.routed[unit] or (state.isolated[unit] and state.food[unit] == 0)):
                continue
            gone = state.men[unit] * rule.loss // 1000 * world.rules.morale.desertion[world.scenario.units[unit].quality] // 1000
            gone = clamp(gone, 0, state.men[unit])
            if gone:
                state.men[unit] -= gone
                state.deserted[unit] += gone
                world.tell("desert", {"unit": unit, "men": gone, "hex": state.hex[unit], "why": "countryside"})


def _replacements(world: World, side: int) -> None:
    """Fill units that rest in supply from the pool, in the order of the order of battle."""
    state, r, days = world.state, world.rules.replacement, world.days
    if not state.pool[side]:
        return
    for unit in world.present(side):
        spec = world.scenario.units[unit]
        if state.supply[unit] < r.least_supply or state.moved[unit] or state.fought[unit]:
            continue
        pace = spec.establishment * r.per_day * days // 1000 * r.arms[TYPES.index(spec.type)] // 1000
        take = min(pace, spec.establishment - state.men[unit], state.pool[side])
        if take > 0:
            state.men[unit] += take
            state.replaced[unit] += take
            state.pool[side] -= take
            world.tell("replaced", {"unit": unit, "men": take})


def _reset(world: World, unit: int) -> None:
    state = world.state
    state.moved[unit] = state.fought[unit] = state.beaten[unit] = 0


def consolidate(world: World, side: int) -> None:
    """End a side's turn: patrols take the empty land around, the hours left are spent digging."""
    patrol(world, side)
    state, e = world.state, world.rules.entrenchment
    length = world.rules.movement.day_minutes * world.days
    engineers = {state.hex[u] for u in world.present(side) if world.scenario.units[u].type == "engineer"}
    for unit in world.present(side):
        left = state.minutes[unit] if world.is_moving_kind(unit) else length
        if world.soft[unit] or state.routed[unit]:
            continue
        pace = e.per_day[world.terrain[state.hex[unit]]]
        if state.hex[unit] in engineers:
            pace = pace * e.engineers // 1000
        grown = state.entrench[unit] + pace * world.days * left // length
        state.entrench[unit] = max(state.entrench[unit], min(e.maximum, grown))
