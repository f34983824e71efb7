"""How strong a unit fights today: men and weapons, training, readiness, ammunition, command.

Readiness is morale less half the fatigue, capped by what supply brings (never under the floor).
"""

from __future__ import annotations

from game.model.events import Factor
from game.model.hexmap import FLAT, ROLLING
from game.model.orders import STANCES
from game.model.rules import COMMAND
from game.model.units import QUALITIES
from game.rules.world import World


def readiness(world: World, unit: int) -> int:
    """Return a unit's readiness [permille]."""
    state = world.state
    ready = state.morale[unit] * (2000 - state.fatigue[unit]) // 2000
    if state.food[unit] == 0:
        cap = max(world.rules.supply.readiness_floor, state.supply[unit])
        if cap < ready:
            return cap
    return ready


def explain_readiness(world: World, unit: int) -> tuple[Factor, ...]:
    """Return the factors of `readiness`."""
    state = world.state
    parts = [Factor("morale", state.morale[unit], "="), Factor("half the fatigue taken off", 1000 - state.fatigue[unit] // 2)]
    if state.food[unit] == 0:
        parts.append(Factor("no food left: at most", max(world.rules.supply.readiness_floor, state.supply[unit]), "="))
    parts.append(Factor("readiness", readiness(world, unit), "="))
    return tuple(parts)


def ammunition_factor(world: World, unit: int) -> int:
    """Return fire power by the ammunition carried [permille]."""
    r = world.rules.combat
    have = world.state.ammunition[unit]
    if have >= r.ammunition_low:
        return 1000
    return r.ammunition_floor + (1000 - r.ammunition_floor) * have // r.ammunition_low


def open_ground(world: World, where: int) -> bool:
    """Return whether tanks count in full in a hex."""
    return world.terrain[where] in (FLAT, ROLLING)


def weight(world: World, unit: int, ground: int) -> int:
    """Return men and weapons in riflemen [men]: men by arm, guns, tanks by the ground fought over."""
    r, state, spec = world.rules.combat, world.state, world.scenario.units[unit]
    total = state.men[unit] * r.arms[TYPE_INDEX[spec.type]] // 1000 + state.guns[unit] * r.gun
    if state.tanks[unit]:
        tanks = state.tanks[unit] * r.tank
        total += tanks if open_ground(world, ground) else tanks * r.tank_rough // 1000
    return total


def power(world: World, unit: int, ground: int) -> int:
    """Return a unit's fighting power in average riflemen, before ground, posture and the side of the fight count."""
    r = world.rules.combat
    value = weight(world, unit, ground) * r.quality[world.scenario.units[unit].quality] // 1000
    value = value * (r.readiness_floor + (1000 - r.readiness_floor) * readiness(world, unit) // 1000) // 1000
    value = value * ammunition_factor(world, unit) // 1000
    return value * r.command[world.state.command[unit]] // 1000


def explain_power(world: World, unit: int, ground: int) -> tuple[Factor, ...]:
    """Return the factors of `power`."""
    r, state, spec = world.rules.combat, world.state, world.scenario.units[unit]
    parts = [Factor("men", state.men[unit], "="), Factor(f"arm: {spec.type}", r.arms[TYPE_INDEX[spec.type]])]
    if state.guns[unit]:
        parts.append(Factor(f"{state.guns[unit]} guns [men]", state.guns[unit] * r.gun, "+"))
    if state.tanks[unit]:
        rough = "" if open_ground(world, ground) else ", rough ground"
        worth = state.tanks[unit] * r.tank if not rough else state.tanks[unit] * r.tank * r.tank_rough // 1000
        parts.append(Factor(f"{state.tanks[unit]} tanks{rough} [men]", worth, "+"))
    ready = readiness(world, unit)
    parts += [
        Factor(f"quality {QUALITIES[spec.quality]}", r.quality[spec.quality]),
        Factor(f"readiness {ready}", r.readiness_floor + (1000 - r.readiness_floor) * ready // 1000),
        Factor(f"ammunition for {state.ammunition[unit] / 10:.1f} days", ammunition_factor(world, unit)),
        Factor(f"command {COMMAND[state.command[unit]]}", r.command[state.command[unit]]),
        Factor("power", power(world, unit, ground), "="),
    ]
    return tuple(parts)


def stance_name(world: World, unit: int) -> str:
    """Return delay, hold or stand."""
    return STANCES[world.state.stance[unit]]


def _type_index() -> dict[str, int]:
    from game.model.units import TYPES

    return {name: n for n, name in enumerate(TYPES)}


TYPE_INDEX = _type_index()
