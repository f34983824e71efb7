"""The engine: orders in, events out. A turn is one side's administration, operations and consolidation, then the other's."""

from __future__ import annotations

import numpy as np

from game.core.errors import IllegalOrder, Problem
from game.model.events import Event
from game.model.orders import LEGAL, STANCES, Attack, End, Interdict, Move, Order, Stance, Verdict
from game.model.scenario import Scenario
from game.model.state import COLUMNS, PRESENT, WAITING, State
from game.rules import air, circumstances, victory
from game.rules.admin import administer, consolidate
from game.rules.battle import resolve
from game.rules.combat import check_attack
from game.rules.costs import MarchCosts
from game.rules.movement import check_move, do_move, may_act
from game.rules.weather import roll_weather
from game.rules.world import World


def initial_state(scenario: Scenario, seed: int) -> State:
    """Return the state before the first order."""
    state, units, size = State(), scenario.units, scenario.map.size
    for column in COLUMNS:
        setattr(state, column.name, [0] * len(units))
    for u in units:
        here = u.arrives <= 1
        state.hex[u.index] = u.hex if here else -1
        state.status[u.index] = PRESENT if here else WAITING
        state.men[u.index], state.guns[u.index], state.tanks[u.index] = (u.men, u.guns, u.tanks) if here else (0, 0, 0)
        state.morale[u.index], state.food[u.index], state.ammunition[u.index] = u.morale, u.food, u.ammunition
        state.entrench[u.index], state.stance[u.index], state.supply[u.index] = u.entrenched, 1, 1000
    state.turn, state.side, state.over, state.seed = 1, scenario.calendar.first, False, seed
    state.weather = [0, 0]
    state.control = scenario.control.copy()
    state.rail = ((scenario.map.rail.any(axis=1)) & (scenario.broken_rail == 0)).astype(np.uint8)
    state.repair = np.zeros(size, np.int32)
    state.fort = np.zeros(size, np.int32)
    for fort in scenario.forts:
        state.fort[fort.hex] = max(int(state.fort[fort.hex]), fort.level)
    state.interdicted = np.zeros((2, size), np.uint8)
    state.air, state.pool = [0, 0], [0, 0]
    state.stock = [s.stock_days * s.men if s.stock_days >= 0 else -1 for s in scenario.sources]
    state.progress = [0] * len(scenario.objectives)
    state.gas = [g.uses for g in scenario.gas]
    return state


def start(scenario: Scenario, seed: int, costs: MarchCosts | None = None) -> World:
    """Begin a game: the first side's administration is done, orders may follow."""
    world = World(scenario, initial_state(scenario, seed), costs)
    world.tell("turn", {"turn": 1})
    roll_weather(world)
    administer(world, world.state.side)
    return world


def check(world: World, order: Order) -> Verdict:
    """Say whether an order may be given now, and why not."""
    if world.state.over:
        return Verdict("over", "the game is over")
    match order:
        case Move():
            return check_move(world, order)
        case Attack():
            return check_attack(world, order)
        case Interdict():
            return air.check_interdict(world, order)
        case Stance():
            if not 0 <= order.stance < len(STANCES):
                return Verdict("unknown-word", "unknown stance")
            return may_act(world, order.unit)
        case End():
            return LEGAL


def apply(world: World, order: Order) -> list[Event]:
    """Carry out an order and return what happened; raises IllegalOrder when the rules refuse it."""
    verdict = check(world, order)
    if not verdict.ok:
        raise IllegalOrder([Problem(verdict.code, verdict.detail)])
    first = len(world.events)
    match order:
        case Move():
            do_move(world, order)
        case Attack():
            resolve(world, order)
        case Interdict():
            air.do_interdict(world, order)
        case Stance():
            world.state.stance[order.unit] = order.stance
        case End():
            _end_phase(world)
    return world.events[first:]


def _end_phase(world: World) -> None:
    """Consolidate, hand over to the other side or to the next turn, and do its administration."""
    state, calendar = world.state, world.scenario.calendar
    consolidate(world, state.side)
    if state.side == calendar.first:
        state.side = 1 - state.side
    else:
        victory.note_progress(world)
        both = victory.score(world)
        world.tell("score", {"japan": both[0], "china": both[1], "net": victory.net(world)})
        if state.turn >= calendar.turns:
            state.over = True
            world.tell("end", {"level": victory.level(world).id, "net": victory.net(world)})
            return
        state.turn += 1
        state.side = calendar.first
        world.tell("turn", {"turn": state.turn})
        circumstances.regroup(world)
        roll_weather(world)
    administer(world, state.side)


def fault(world: World) -> str:
    """Return the first broken invariant in plain words, or an empty string. For tests and long runs."""
    state = world.state
    for spec in world.scenario.units:
        u = spec.index
        for column in COLUMNS:
            value = getattr(state, column.name)[u]
            if not column.low <= value <= column.high:
                return f"{spec.id}: {column.name} {value} lies outside {column.low}..{column.high}"
        begun = spec.men if spec.arrives <= 1 else state.arrived[u]
        if begun + state.replaced[u] + state.returned[u] != state.men[u] + state.losses(u):
            return f"{spec.id}: men are not conserved"
        if (state.hex[u] >= 0) != (state.status[u] == PRESENT):
            return f"{spec.id}: status and place disagree"
    for where, stack in enumerate(world.stacks):
        if len({world.side[u] for u in stack if not world.soft[u]}) > 1:
            return f"both sides stand in {world.map.label(where)}"
        if stack and world.crowd(where) > max(world.room[world.terrain[where]], max((state.men[u] for u in stack), default=0)) * 2:
            return f"{world.map.label(where)} is over-stacked"
    return ""
