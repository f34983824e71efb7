"""After a lost fight: falling back, rout, surrender, breaking up; and the winner's advance.

Beaten troops go where no enemy stands or watches, towards their own depots. Without a way out they lose heavily and
stay, or lay down their arms when their morale is gone.
"""

from __future__ import annotations

from game.rules.combat import can_retreat_to
from game.rules.costs import BAR
from game.rules.movement import direction_to
from game.rules.territory import enter, remove
from game.rules.world import World


def fall_back(world: World, target: int, defenders: tuple[int, ...], mobile: bool) -> None:
    """Make the defenders of a hex give ground."""
    for unit in defenders:
        _one(world, unit, target, mobile)
    for unit in [u for u in world.stacks[target] if world.soft[u] and u not in defenders]:
        if world.side[unit] != world.state.side:
            _one(world, unit, target, mobile)


def _one(world: World, unit: int, where: int, mobile: bool) -> None:
    state, r = world.state, world.rules.combat
    side = world.side[unit]
    path = _retreat_path(world, unit, where)
    state.beaten[unit] = 1
    state.entrench[unit] = 0
    if not path:
        # staffs and guns without a way out and without infantry are simply taken
        alone = world.quiet[unit] and all(world.quiet[u] for u in world.hard(where, side))
        if alone or state.morale[unit] < r.surrender or is_remnant(world, unit, 1000):
            remove(world, unit, "surrender", r.prisoners_surrender)
            _spread_fear(world, where, side)
            lose_headquarters(world, unit)
            return
        _shed(world, unit, r.retreat_trapped, r.prisoners_trapped)
        world.tell("retreat", {"unit": unit, "from": where, "to": where, "trapped": 1}, side=side)
        break_up(world, unit)
        return
    world.place(unit, path[-1])
    _shed(world, unit, r.retreat_loss + (r.pursuit if mobile else 0), r.prisoners)
    state.guns[unit] -= state.guns[unit] * r.gun_loss // 1000
    world.tell("retreat", {"unit": unit, "from": where, "to": path[-1], "trapped": 0}, side=side)
    if state.morale[unit] < world.rules.morale.rout and not world.soft[unit]:
        world.set_routed(unit, world.rules.morale.rally)
        world.tell("rout", {"unit": unit, "hex": path[-1]}, side=side)
        _spread_fear(world, path[-1], side)
    break_up(world, unit)


def _shed(world: World, unit: int, rate: int, prisoners: int) -> None:
    """Lose a share of the men [permille]; `prisoners` permille of them are captured, the others missing."""
    state = world.state
    gone = state.men[unit] * rate // 1000
    caught = gone * prisoners // 1000
    state.men[unit] -= gone
    state.captured[unit] += caught
    state.missing[unit] += gone - caught


def break_up(world: World, unit: int) -> None:
    """Disperse a beaten unit that is too small or too shaken to go on."""
    state, m, spec = world.state, world.rules.morale, world.scenario.units[unit]
    few = state.men[unit] * 1000 < spec.establishment * m.break_point
    if (few and state.morale[unit] < 2 * m.collapse) or state.morale[unit] < m.collapse or is_remnant(world, unit, 500):
        where, side = state.hex[unit], world.side[unit]
        disperse(world, unit)
        _spread_fear(world, where, side)


def is_remnant(world: World, unit: int, share: int) -> bool:
    """Return whether a unit has sunk under a share [permille] of the rules' remnant of its establishment."""
    spec = world.scenario.units[unit]
    return world.state.men[unit] * 1_000_000 < spec.establishment * world.rules.combat.remnant * share


def disperse(world: World, unit: int) -> None:
    """Take a broken unit off the map: its men go home, or are caught and lost where no line of communication leads home."""
    state = world.state
    men, where = state.men[unit], state.hex[unit]
    quality = world.scenario.units[unit].quality
    home = men * min(1000, world.rules.morale.desertion[quality]) // 1000 if state.supply[unit] else 0
    if home:
        state.deserted[unit] += home
        state.men[unit] -= home
        world.tell("desert", {"unit": unit, "men": home, "hex": where}, side=world.side[unit])
    remove(world, unit, "dispersed", world.rules.combat.prisoners)
    lose_headquarters(world, unit)


def lose_headquarters(world: World, unit: int) -> None:
    """Shake the units that a destroyed headquarters led."""
    for other in world.led_by.get(unit, ()):
        world.set_morale(other, world.state.morale[other] - world.rules.morale.headquarters, "headquarters lost")


def _spread_fear(world: World, where: int, side: int) -> None:
    drop = world.rules.morale.neighbour
    for near in world.near[where]:
        if near >= 0:
            for unit in world.hard(near, side):
                world.set_morale(unit, world.state.morale[unit] - drop, "neighbour broken")


def _retreat_path(world: World, unit: int, where: int) -> tuple[int, ...]:
    """Return the hexes of a retreat, the nearest first; empty when there is no way out."""
    steps = world.rules.combat.retreat_hexes[world.scenario.units[unit].quality]
    side, path, here = world.side[unit], [], where
    for _ in range(steps):
        best, best_key = -1, (1 << 30, 0, 0)
        for d, there in enumerate(world.near[here]):
            if there < 0 or there == where or there in path or not can_retreat_to(world, here, d, side):
                continue
            if not world.fits(unit, there):
                continue
            key = (_home_distance(world, side, there), int(world.control_zone[1 - side, there]), there)
            if key < best_key:
                best, best_key = there, key
        if best < 0:
            break
        path.append(best)
        here = best
    return tuple(path)


def _home_distance(world: World, side: int, where: int) -> int:
    """Return how far a hex is from the side's supply, far away for what is cut off [min]; own land comes first."""
    far = int(world.home[side][where])
    foreign = 600 if world.state.control[where] != side else 0
    return (far if far >= 0 else 60_000) + foreign


def advance(world: World, units: tuple[int, ...], target: int, clock: int) -> None:
    """Move the first attacker that can into the emptied hex, fighting troops before staffs and guns."""
    state = world.state
    entered = False
    for unit in sorted(units, key=lambda u: world.quiet[u]):
        here = state.hex[unit]
        side = direction_to(world, here, target)
        if side < 0 or not world.is_moving_kind(unit) or not world.fits(unit, target):
            continue
        minutes = int(world.cost_table(unit)[here, side])
        if minutes >= BAR or (entered and minutes > state.minutes[unit]):
            continue
        state.minutes[unit] = max(0, state.minutes[unit] - minutes)
        state.moved[unit] = 1
        enter(world, target, state.side, clock, unit)
        world.place(unit, target)
        world.tell("advance", {"unit": unit, "from": here, "to": target})
        entered = True
        if len(units) > 1:
            break
