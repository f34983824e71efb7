"""What the panels tell besides the scene: points, history, supply sources, aircraft, the fate of units. A frozen copy.

The computer player changes the world in its thread while the window draws; so panels read the ledger of the last refresh.
Of the enemy it holds only what both sides know: order of battle, points, captures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from game.model.events import Event, Factor
from game.model.scenario import Change, Level, Pool, Transfer
from game.model.state import AWAY, LOSSES, PRESENT
from game.play import stats
from game.play.stats import Capture, Comparison
from game.rules import air, supply, victory
from game.rules.world import World
from game.ui.scene import EVERYTHING


@dataclass(frozen=True)
class Score:
    """An objective: what it has scored so far and may score at most, and the factors."""

    number: int  # position in Scenario.objectives
    points: int
    most: int
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Store:
    """A supply source of the viewer's side."""

    number: int  # position in Scenario.sources
    fed: int  # men that draw on it [men]
    stock: int  # days of its full capacity that are left, -1 = endless
    works: bool


@dataclass(frozen=True)
class Field:
    """An air base of the viewer's side."""

    number: int  # position in Scenario.air
    in_time: bool
    works: bool


@dataclass(frozen=True, eq=False)
class Ledger:
    """The panels' facts at one moment. `side` is whose secrets it holds: the viewer's, or that of the side to move."""

    version: tuple[int, int, int]  # turn, events, side
    side: int
    turn: int
    weather: tuple[int, int]
    scores: tuple[Score, ...]
    totals: tuple[int, int]
    net: int
    level: Level
    compared: tuple[Comparison, ...]
    captures: tuple[Capture, ...]
    stores: tuple[Store, ...]
    fields: tuple[Field, ...]
    air_total: int
    air_left: int
    pool: int  # replacement men waiting
    status: tuple[int, ...]  # (U,) model.state codes; the enemy's only where the enemy is known to be gone
    men: tuple[int, ...]  # (U,) own men with the colours, also off the map [men]
    losses: tuple[int, ...]  # of the side so far, in the order of model.state.LOSSES [men]


def ledger_of(world: World, viewer: int) -> Ledger:
    """Return what the panels tell a viewer (a side, or EVERYTHING) of a game now."""
    state = world.state
    side = state.side if viewer == EVERYTHING else viewer
    scores = tuple(_score(world, n) for n in range(len(world.scenario.objectives)))
    mine = [viewer in (EVERYTHING, s) for s in world.side]
    return Ledger(
        (state.turn, len(world.events), state.side), side, state.turn, (state.weather[0], state.weather[1]), scores,
        victory.score(world), victory.net(world), victory.level(world), tuple(stats.compare(world)), tuple(stats.captures(world)),
        _stores(world, side),
        _fields(world, side),
        _allotted(world.events, state.turn, side), state.air[side], state.pool[side],
        tuple(s if mine[u] else PRESENT for u, s in enumerate(state.status)),
        tuple(state.men[u] if mine[u] else 0 for u in range(len(mine))),
        tuple(sum(getattr(state, name)[u] for u in range(len(mine)) if world.side[u] == side) for name in LOSSES),
    )  # fmt: skip


def _score(world: World, number: int) -> Score:
    objective = world.scenario.objectives[number]
    points, factors = victory.points(world, number)
    turns = max(0, world.scenario.calendar.turns - max(1, objective.from_turn) + 1)
    most = {
        "hold": objective.points * len(objective.places),
        "hold_by": max((worth for _, worth in objective.steps), default=0),
        "per_turn": objective.points * turns * len(objective.places),
        "destroy": objective.points * len(objective.formations),
        "preserve": objective.points * len(objective.formations),
    }.get(objective.kind, objective.points)
    return Score(number, points, min(most, objective.limit) if objective.limit else most, factors)


def _fields(world: World, side: int) -> tuple[Field, ...]:
    bases = enumerate(world.scenario.air)
    return tuple(Field(n, air.in_time(world, base), air.base_works(world, base)) for n, base in bases if base.side == side)


def _stores(world: World, side: int) -> tuple[Store, ...]:
    lines, state, found = world.lines[side], world.state, []
    for n, source in enumerate(world.scenario.sources):
        over = source.until_turn and state.turn > source.until_turn
        if source.side != side or over:
            continue
        days = state.stock[n] // max(1, source.men) if state.stock[n] >= 0 else -1
        found.append(Store(n, lines.load[n] if lines else 0, days, supply.open_source(world, source, side)))
    return tuple(found)


def _allotted(events: list[Event], turn: int, side: int) -> int:
    """Return the air points that a side was given for this turn."""
    for event in reversed(events):
        if event.turn < turn:
            break
        if event.kind == "air" and event.side == side and "hex" not in event.data:
            return stats.number(event, "points")
    return 0


@dataclass(frozen=True)
class Due:
    """Something that the calendar brings a side."""

    turn: int
    kind: str  # arrive, leave, transfer, pool, change
    units: tuple[int, ...] = ()
    change: Change | None = None
    pool: Pool | None = None
    transfer: Transfer | None = None


def due(world: World, ledger: Ledger) -> list[Due]:
    """Return what the calendar still brings the ledger's side, by turn: arrivals of a turn and place in one row."""
    scenario, side, turn = world.scenario, ledger.side, ledger.turn
    found: list[Due] = []
    groups: dict[tuple[int, str, str], list[int]] = {}
    for spec in scenario.units:
        if spec.side != side:
            continue
        if ledger.status[spec.index] == 0:
            groups.setdefault((max(turn, spec.arrives), "arrive", spec.place), []).append(spec.index)
        elif spec.leaves > turn and ledger.status[spec.index] == PRESENT:
            groups.setdefault((spec.leaves, "leave", ""), []).append(spec.index)
    found += [Due(when, kind, tuple(units)) for (when, kind, _), units in groups.items()]
    for move in scenario.transfers:
        going = tuple(u for u in move.units if world.side[u] == side)
        if going and (move.turn > turn or (move.arrives_turn > turn and any(ledger.status[u] == AWAY for u in going))):
            found.append(Due(move.turn if move.turn > turn else move.arrives_turn, "transfer", going, transfer=move))
    found += [Due(p.turn, "pool", pool=p) for p in scenario.pools if p.side == side and p.turn > turn]
    of = scenario.formation_by_id
    found += [Due(c.turn, "change", change=c) for c in scenario.changes if c.turn > turn and of[c.formation].side == side]
    order = ("arrive", "transfer", "leave", "pool", "change")
    return sorted(found, key=lambda d: (d.turn, _day(world, d), order.index(d.kind)))


def _day(world: World, what: Due) -> date:
    """Return the day of something that is due."""
    exact = world.scenario.units[what.units[0]].arrives_on if what.kind == "arrive" else None
    return exact or world.scenario.calendar.date_of(what.turn)
