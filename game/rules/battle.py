"""Attacks: how they are resolved. Chance is thrown once; losses, morale, retreat and advance follow.

Dice are keyed by turn, side, target and the fighting its defenders have seen, so nothing else that a player does changes them.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.core.fixed import clamp, lognormal
from game.model.events import Factor, Value
from game.model.hexmap import FLAT, ROLLING
from game.model.orders import Attack
from game.model.units import Mobility
from game.rules import kernels
from game.rules.combat import Assessment, assess, gas_left, give_way_chance, minutes_needed
from game.rules.movement import day_minutes_used
from game.rules.retreat import advance, fall_back
from game.rules.world import World


@dataclass(frozen=True, slots=True)
class Outcome:
    """What chance makes of an assessment."""

    luck: int  # factor on the ratio [permille]
    chance: int  # that the defenders give ground [permille]
    throw: int  # 0..999; lower than the chance gives ground

    @property
    def beaten(self) -> bool:
        """Return whether the defenders give ground."""
        return self.throw < self.chance

    def factors(self) -> tuple[Factor, ...]:
        """Return the factors that follow those of the assessment."""
        return (
            Factor("luck", self.luck),
            Factor("chance to give ground", self.chance, "="),
            Factor("throw, lower gives ground", self.throw, "="),
        )


def throw_dice(world: World, plan: Assessment, key: tuple[int | str, ...]) -> Outcome:
    """Return the outcome that chance gives: luck on the ratio, then one throw."""
    luck, chance = with_luck(world, plan, world.bell(*key, "luck"))
    return Outcome(luck, chance, world.throw(*key, "ground"))


def with_luck(world: World, plan: Assessment, deviate: int) -> tuple[int, int]:
    """Return the factor on the ratio that a normal deviate [x 1000] means, and the chance to give ground then [permille]."""
    luck = lognormal(clamp(deviate, -3000, 3000), world.rules.combat.noise)
    ratio = clamp(plan.ratio * luck // 1000, 20, 50000)
    return luck, give_way_chance(world, ratio, plan.half)


def resolve(world: World, order: Attack) -> None:
    """Fight a legal attack."""
    state, target = world.state, order.target
    plan = assess(world, order)
    need = minutes_needed(world, order.method)
    # the fighting that these defenders have seen tells a second attack on them from the first
    key = ("attack", target, sum(state.fought[u] for u in plan.defenders))
    outcome = throw_dice(world, plan, key)
    _support(world, order)
    clock = max(day_minutes_used(world, u) for u in order.units) + need
    lost = _losses(world, plan.attackers, plan.attacker_rate)
    taken = _losses(world, plan.defenders, plan.defender_rate)
    _wear(world, order, plan)
    _tell(world, order, plan, outcome, (lost, taken))
    for unit in plan.attackers:
        state.minutes[unit] = max(0, state.minutes[unit] - need)
    _morale(world, plan, outcome.beaten)
    _fallen(world, plan, key, order.intensity)
    if outcome.beaten:
        fall_back(world, target, plan.defenders, _pursuers(world, plan.attackers, target))
        if not world.hard(target, 1 - state.side):
            advance(world, order.units, target, clock)


def _support(world: World, order: Attack) -> None:
    """Spend aircraft and gas; aircraft also see."""
    state = world.state
    state.air[state.side] -= order.air
    if order.gas:
        state.gas[gas_left(world)] -= 1
    if order.air:
        kernels.spread(_array(order.target), world.rules.air.scout, world.neighbours, world.sighted[state.side])


def _tell(world: World, order: Attack, plan: Assessment, outcome: Outcome, losses: tuple[int, int]) -> None:
    """Record the battle with every factor."""
    data: dict[str, Value] = {
        "hex": order.target,
        "attackers": plan.attackers,
        "defenders": plan.defenders,
        "method": order.method,
        "intensity": order.intensity,
        "air": order.air,
        "gas": int(order.gas),
        "attack": plan.attack,
        "defence": plan.defence,
        "ratio": plan.ratio,
        "luck": outcome.luck,
        "chance": outcome.chance,
        "expected": plan.give_way,
        "throw": outcome.throw,
        "beaten": int(outcome.beaten),
        "days": plan.days,
        "attacker_losses": losses[0],
        "defender_losses": losses[1],
    }
    world.tell("battle", data, (*plan.factors(), *outcome.factors()))


def _array(hexagon: int) -> kernels.I32:
    import numpy as np

    return np.array([hexagon], np.int32)


def _losses(world: World, units: tuple[int, ...], rate: int) -> int:
    """Take battle losses from each unit at a rate [1/100,000]; return the men lost."""
    r, state, total = world.rules.combat, world.state, 0
    for unit in units:
        eased = 1000 - min(r.streak_most, r.streak * state.streak[unit] // 1000)
        lost = min(state.men[unit], (state.men[unit] * rate * eased // 1000 + 50_000) // 100_000)
        killed = lost * r.killed // 1000
        before = max(1, state.men[unit])
        state.men[unit] -= lost
        state.killed[unit] += killed
        state.wounded[unit] += lost - killed
        state.hospital[unit] += lost - killed
        state.tanks[unit] -= state.tanks[unit] * lost // before
        state.guns[unit] -= state.guns[unit] * lost // (2 * before)
        drop = lost * 1000 // before * world.rules.morale.loss // 1000
        world.set_morale(unit, state.morale[unit] - drop, "losses")
        total += lost
    return total


def _wear(world: World, order: Attack, plan: Assessment) -> None:
    """Spend ammunition, add fatigue, wear the works down."""
    r, state = world.rules.combat, world.state
    intensity = r.intensity[order.intensity]
    spent = max(1, r.ammunition_use * intensity // 1000 * plan.days // 1000)
    tired = r.fatigue * intensity // 1000 * plan.days // 1000
    for unit in (*plan.attackers, *plan.defenders):
        state.ammunition[unit] = max(0, state.ammunition[unit] - spent)
        state.fatigue[unit] = min(1000, state.fatigue[unit] + tired)
        state.fought[unit] += plan.days
        state.streak[unit] += plan.days
    for unit in plan.attackers:
        state.entrench[unit] = 0
    for unit in plan.defenders:
        state.entrench[unit] = max(0, state.entrench[unit] - r.entrench_wear * intensity // 1000 * plan.days // 1000)
    fort = int(state.fort[order.target])
    if fort:
        heavy = 2 if order.air or sum(state.guns[u] for u in plan.attackers) >= r.heavy_guns else 1
        state.fort[order.target] = max(0, fort - fort * r.fort_wear * heavy // 1000 * intensity // 1000 * plan.days // 1000)


def _morale(world: World, plan: Assessment, beaten: bool) -> None:
    r, state = world.rules.morale, world.state
    winners, losers = (plan.attackers, plan.defenders) if beaten else (plan.defenders, plan.attackers)
    for unit in winners:
        best = min(world.scenario.units[unit].morale + r.lift, state.morale[unit] + r.victory)
        world.set_morale(unit, max(state.morale[unit], best), "victory")
    for unit in losers:
        world.set_morale(unit, state.morale[unit] - (r.retreat if beaten else r.repulse), "driven off" if beaten else "repulsed")


def _fallen(world: World, plan: Assessment, key: tuple[int | str, ...], intensity: int) -> None:
    """Commanders of headquarters in the fight may fall to shells and bullets."""
    state, r = world.state, world.rules
    for unit in (*plan.attackers, *plan.defenders):
        spec = world.scenario.units[unit]
        if spec.type != "hq" or unit not in world.led_by or state.leaderless[unit]:
            continue
        chance = r.command.fall * r.combat.intensity[intensity] // 1000 * plan.days // 1000
        if world.throw(*key, "fallen", unit) < chance:
            state.leaderless[unit] = r.command.leaderless
            for other in (unit, *world.led_by[unit]):
                world.set_morale(other, state.morale[other] - r.morale.headquarters // 2, "commander lost")
            world.tell("leader", {"unit": unit, "hex": state.hex[unit]}, side=world.side[unit])


def _pursuers(world: World, attackers: tuple[int, ...], target: int) -> bool:
    fast = (Mobility.HORSE, Mobility.MOTOR, Mobility.ARMOUR)
    return world.terrain[target] in (FLAT, ROLLING) and any(world.mobility[u] in fast for u in attackers)
