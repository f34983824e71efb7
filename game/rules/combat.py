"""Attacks: what decides them. One computation serves the preview, the resolution, the log and `explain`.

The ratio of effective power decides, with a log-normal spread, whether the defender gives ground; losses follow the
same ratio. Ground, works, rivers and cohesion act on power; chance acts once.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.core.fixed import clamp
from game.core.fixed import power as raise_to
from game.model.events import Factor
from game.model.hexmap import RIVER, TERRAIN
from game.model.orders import INTENSITIES, LEGAL, METHODS, STANCES, Attack, Verdict
from game.model.rules import RIVERS
from game.rules.costs import BAR
from game.rules.movement import direction_to, is_held, may_act
from game.rules.power import power
from game.rules.world import World

GREAT = RIVER.index("great")  # beaten troops cannot cross such a river without a bridge


@dataclass(frozen=True, slots=True)
class Assessment:
    """An attack as it stands before chance: everything that the planner shows and the resolution uses."""

    attackers: tuple[int, ...]
    defenders: tuple[int, ...]
    attack: int  # effective power of the attackers [riflemen]
    defence: int  # effective power of the defenders [riflemen]
    ratio: int  # attack / defence [permille]
    half: int  # ratio at which half of such defenders give ground [permille]
    give_way: int  # chance that they do, chance's spread left out [permille]
    days: int  # length of the fight [1/1000 combat day]
    attacker_rate: int  # share of the attackers lost at this ratio [1/100,000]
    defender_rate: int  # share of the defenders lost at this ratio [1/100,000]
    way_out: bool  # the defenders have somewhere to go
    parts: tuple[tuple[str, str, int, str], ...]  # (group, name, value, act): group attack, defence or result

    def factors(self) -> tuple[Factor, ...]:
        """Return the parts as factors, in the order of the computation."""
        return tuple(Factor(f"{group}: {name}", value, act) for group, name, value, act in self.parts)


def minutes_needed(world: World, method: int) -> int:
    """Return the march time that an attack takes from each attacker [min]."""
    return world.rules.combat.method[method] * world.rules.movement.day_minutes // 1000


def check_attack(world: World, order: Attack) -> Verdict:
    """Say whether an attack is legal."""
    state = world.state
    if not order.units or len(set(order.units)) != len(order.units):
        return Verdict("no-attackers", "an attack names at least one unit, each once")
    if not (0 <= order.method < len(METHODS) and 0 <= order.intensity < len(INTENSITIES)):
        return Verdict("unknown-word", "unknown method or intensity")
    if not 0 <= order.target < world.map.size:
        return Verdict("off-map", "the target lies off the map")
    enemy = 1 - state.side
    if not world.sighted[state.side, order.target] or not world.hard(order.target, enemy):
        return Verdict("no-target", f"no enemy is known in {world.map.label(order.target)}")
    need = minutes_needed(world, order.method)
    for unit in order.units:
        verdict = _check_attacker(world, unit, order.target, need)
        if not verdict.ok:
            return verdict
    if not 0 <= order.air <= state.air[state.side]:
        return Verdict("no-aircraft", f"{state.air[state.side]} air points are left")
    if order.gas and (order.intensity != INTENSITIES.index("assault") or gas_left(world) < 0):
        return Verdict("no-gas", "gas serves assaults only, and only as often as the scenario documents it")
    return LEGAL


def gas_left(world: World) -> int:
    """Return which of the scenario's gas supports the side to move can spend now, -1 = none."""
    state = world.state
    for n, gas in enumerate(world.scenario.gas):
        if (
            gas.side == state.side
            and state.gas[n]
            and gas.from_turn <= state.turn
            and (gas.until_turn == 0 or state.turn <= gas.until_turn)
        ):
            return n
    return -1


def _check_attacker(world: World, unit: int, target: int, need: int) -> Verdict:
    verdict = may_act(world, unit)
    if not verdict.ok:
        return verdict
    spec, state = world.scenario.units[unit], world.state
    if world.soft[unit]:
        return Verdict("no-fighter", f"{spec.id} cannot attack")
    if state.routed[unit]:
        return Verdict("routed", f"{spec.id} is in rout")
    if is_held(world, unit):
        return Verdict("held", f"{spec.id} has orders to stay until it is released or the enemy comes near")
    side = direction_to(world, state.hex[unit], target)
    if side < 0:
        return Verdict("not-adjacent", f"{spec.id} does not stand next to {world.map.label(target)}")
    least = need * world.rules.combat.least_time // 1000
    if state.minutes[unit] < least:
        return Verdict("no-time", f"{spec.id} has {state.minutes[unit]} minutes, the attack takes {need} and at least {least}")
    return LEGAL


def crossing_factor(world: World, unit: int, side: int, here: int) -> tuple[int, str]:
    """Return the factor on an attacker's power for the river on its hexside [permille], and its name."""
    river = int(world.map.river[here, side])
    if not river:
        return 1000, ""
    factor = world.rules.combat.river[river - 1]
    name = f"across a {RIVERS[river - 1]} river"
    if world.map.bridge[here, side]:
        return (1000 + factor) // 2, name + " with a bridge"
    if world.state.turn <= world.scenario.units[unit].crossing_until:
        return (1000 + factor) // 2, name + ", prepared"
    return factor, name


def cohesion_factor(world: World, units: tuple[int, ...]) -> tuple[int, str]:
    """Return what different commands cost a common attack [permille], and its name."""
    armies = {world.army[u] for u in units}
    if len(armies) > 1:
        return world.rules.combat.foreign_army, "different armies"
    if len({world.corps[u] for u in units}) > 1:
        return world.rules.combat.foreign_corps, "different corps or divisions"
    return 1000, "one command"


def assess(world: World, order: Attack) -> Assessment:
    """Work out an attack before chance. The attack need not be legal (a planner may ask what if)."""
    r, state, target = world.rules.combat, world.state, order.target
    side = world.side[order.units[0]]
    parts: list[tuple[str, str, int, str]] = []
    attack = _attack_power(world, order, parts)
    defenders = tuple(world.hard(target, 1 - side))
    out = way_out(world, target, 1 - side)
    defence = _defence_power(world, defenders, target, parts)
    ratio = clamp(attack * 1000 // max(1, defence), 20, 50000)
    half = _half_ratio(world, defenders, target, out, parts)
    chance = give_way_chance(world, ratio, half)
    days = r.method[order.method]
    attacker_men = sum(state.men[u] for u in order.units)
    defender_men = sum(state.men[u] for u in defenders)
    intensity = r.intensity[order.intensity]
    root = raise_to(ratio, r.loss_exponent)
    lost = _loss_rate(world, r.attacker_loss, intensity, 1_000_000 // max(1, root), attacker_men, days)
    taken = _loss_rate(world, r.defender_loss, intensity, root, defender_men, days)
    cover = _cover(world, defenders, target)
    taken = taken * 1000 // cover
    parts += [
        ("result", "ratio of power", ratio, "="),
        ("result", "ratio at which half give ground", half, "="),
        ("result", "chance to give ground before luck", chance, "="),
        ("result", "attackers lost [1/100,000]", lost, "="),
        ("result", "defenders' cover divides losses by", cover, "="),
        ("result", "defenders lost [1/100,000]", taken, "="),
    ]
    return Assessment(
        order.units, defenders, attack, defence, ratio, half, chance, days, lost, taken, out, tuple(parts)
    )  # fmt: skip


def give_way_chance(world: World, ratio: int, half: int) -> int:
    """Return the chance that a defender gives ground at a ratio [permille]."""
    x = raise_to(ratio * 1000 // half, world.rules.combat.steepness)
    return 1000 * x // (x + 1000)


def _attack_power(world: World, order: Attack, parts: list[tuple[str, str, int, str]]) -> int:
    r, state = world.rules.combat, world.state
    total, froms = 0, set()
    for unit in order.units:
        here = state.hex[unit]
        froms.add(here)
        value = power(world, unit, order.target)
        hexside = direction_to(world, here, order.target)
        cross, name = crossing_factor(world, unit, hexside, here) if hexside >= 0 else (1000, "")
        value = value * cross // 1000
        total += value
        parts.append(("attack", world.scenario.units[unit].id + (f", {name} x {cross}" if name else ""), value, "+"))
    cohesion, name = cohesion_factor(world, order.units)
    terms = [
        (f"intensity: {INTENSITIES[order.intensity]}", r.intensity_power[order.intensity]),
        (f"method: {METHODS[order.method]}", r.method_power[order.method]),
        (f"cohesion: {name}", cohesion),
        ("from 1 hex" if len(froms) == 1 else f"from {len(froms)} hexes", 1000 + r.flanks * min(r.flanks_most, len(froms) - 1)),
    ]
    if order.gas:
        terms.append(("gas", r.gas))
    for text, factor in terms:
        total = total * factor // 1000
        parts.append(("attack", text, factor, "x"))
    if order.air:
        total += order.air * r.air_point
        parts.append(("attack", f"{order.air} air points", order.air * r.air_point, "+"))
    parts.append(("attack", "power", total, "="))
    return total


def _defence_power(world: World, defenders: tuple[int, ...], target: int, parts: list[tuple[str, str, int, str]]) -> int:
    r, state, total = world.rules.combat, world.state, 0
    prepared = r.fort * int(state.fort[target]) // 1000
    for unit in defenders:
        dug = r.entrench * state.entrench[unit] // 1000
        works = 1000 + max(dug, prepared)
        value = power(world, unit, target) * works // 1000
        total += value
        name = "prepared defences" if prepared > dug else "entrenched"
        parts.append(("defence", f"{world.scenario.units[unit].id}, {name} x {works}", value, "+"))
    ground = world.terrain[target]
    total = total * r.terrain[ground] // 1000
    parts.append(("defence", f"terrain: {TERRAIN[ground]}", r.terrain[ground], "x"))
    total = max(1, total)
    parts.append(("defence", "power", total, "="))
    return total


def _half_ratio(world: World, defenders: tuple[int, ...], target: int, out: bool, parts: list[tuple[str, str, int, str]]) -> int:
    r = world.rules.combat
    fort = int(world.state.fort[target])
    half = r.give_way + fort * r.give_way_fort // 1000
    if fort:
        parts.append(("defence", "prepared defences raise the ratio at which half give ground to", half, "="))
    stance = _common_stance(world, defenders)
    factor = (r.delay, 1000, r.stand)[stance]
    half = half * factor // 1000
    parts.append(("defence", f"stance: {STANCES[stance]} (on the ratio at which half give ground)", factor, "x"))
    if not out:
        half = half * r.encircled // 1000
        parts.append(("defence", "no way out (likewise)", r.encircled, "x"))
    return half


def _common_stance(world: World, defenders: tuple[int, ...]) -> int:
    """Return the stance of the greater part of the men."""
    men, state = [0, 0, 0], world.state
    for unit in defenders:
        men[state.stance[unit]] += state.men[unit] + 1
    return men.index(max(men)) if defenders else 1


def _loss_rate(world: World, base: int, intensity: int, ratio_factor: int, men: int, days: int) -> int:
    r = world.rules.combat
    size = clamp(raise_to(max(1, r.size_reference * 1000 // max(50, men)), r.size_exponent), 500, 2500)
    daily = base * 100 * intensity // 1000 * ratio_factor // 1000 * size // 1000
    return min(daily, r.loss_cap * 100) * days // 1000


def _cover(world: World, defenders: tuple[int, ...], target: int) -> int:
    r, state = world.rules.combat, world.state
    men = sum(state.men[u] for u in defenders) or 1
    dug = sum(state.entrench[u] * state.men[u] for u in defenders) // men
    return 1000 + dug * r.cover // 1000 + int(state.fort[target]) * r.fort_cover // 1000


def way_out(world: World, where: int, side: int) -> bool:
    """Return whether beaten troops of a side could leave a hex."""
    return any(n >= 0 and can_retreat_to(world, where, d, side) for d, n in enumerate(world.near[where]))


def can_retreat_to(world: World, here: int, direction: int, side: int) -> bool:
    """Return whether a retreat by a hexside is open: passable, no enemy there, no enemy zone unless a friend stands there."""
    there = world.near[here][direction]
    if there < 0 or world.occupied[1 - side, there]:
        return False
    if world.control_zone[1 - side, there] and not world.occupied[side, there]:
        return False
    if world.map.river[here, direction] == GREAT and not world.map.bridge[here, direction]:
        return False
    return int(world.costs.table(0, world.weather())[here, direction]) < BAR
