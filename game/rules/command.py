"""Command: every turn each formation's orders arrive in time, late, or not at all."""

from __future__ import annotations

from game.model.events import Factor
from game.model.rules import COMMAND
from game.model.state import GONE, PRESENT, WAITING
from game.rules.power import readiness
from game.rules.world import World


def chance_of_command(world: World, rating: int, post: int, unit: int) -> tuple[int, int, tuple[Factor, ...]]:
    """Return the chances of full and of slow command [permille] for a unit under a headquarters, with the factors."""
    r, state = world.rules.command, world.state
    full, slow = r.full[rating], r.slow[rating]
    parts = [Factor(f"commander's rating {'ABCDE'[rating]}: full", full, "="), Factor("slow", slow, "=")]
    if post >= 0 and post != unit and state.status[post] != WAITING:
        for why, loss in _hindrances(world, post, unit):
            full = max(0, full - loss)
            parts.append(Factor(why, -loss, "+"))
    return full, slow, tuple(parts)


def _hindrances(world: World, post: int, unit: int) -> list[tuple[str, int]]:
    """Return what hinders a headquarters in leading a unit, and what each takes off the chance of full command [permille]."""
    r, state, found = world.rules.command, world.state, []
    if state.status[post] == GONE:
        return [("headquarters destroyed", 2 * r.disrupted)]
    if state.leaderless[post]:
        found.append(("commander lost", r.disrupted))
    if state.routed[post]:
        found.append(("headquarters in rout", r.disrupted))
    if state.status[post] == PRESENT:
        away = world.map.distance(state.hex[post], state.hex[unit]) * world.map.spacing_m
        if away > r.radius * 1000:
            found.append((f"headquarters {away // 1000} km away", r.far))
    return found


def roll_command(world: World, side: int) -> None:
    """Throw for each leader, once, and set the state of command of every unit it leads."""
    state, r = world.state, world.rules.command
    length = world.rules.movement.day_minutes * world.days
    for fid, leader_side, rating, post, units in world.chain.leaders:
        if leader_side != side:
            continue
        throw = -1
        for unit in units:
            if state.status[unit] != PRESENT:
                continue
            if throw < 0:
                throw = world.throw("command", fid)
            full, slow, _ = chance_of_command(world, rating, post, unit)
            level = 0 if throw < full else 1 if throw < full + slow else 2
            state.command[unit] = level
            share = (1000, r.slow_minutes, r.stalled_minutes)[level]
            floor = world.rules.movement.readiness_floor
            fit = floor + (1000 - floor) * readiness(world, unit) // 1000
            state.minutes[unit] = length * share // 1000 * fit // 1000 if world.is_moving_kind(unit) else 0


def explain_minutes(world: World, unit: int) -> tuple[Factor, ...]:
    """Return the factors of the march time that a unit began its turn with."""
    state, r = world.state, world.rules.command
    floor = world.rules.movement.readiness_floor
    ready = readiness(world, unit)
    level = state.command[unit]
    return (
        Factor("march time of a turn [min]", world.rules.movement.day_minutes * world.days, "="),
        Factor(f"command {COMMAND[level]}", (1000, r.slow_minutes, r.stalled_minutes)[level]),
        Factor(f"readiness {ready}", floor + (1000 - floor) * ready // 1000),
        Factor("left now [min]", state.minutes[unit], "="),
    )
