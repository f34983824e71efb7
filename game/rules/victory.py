"""Victory: what has been won by each side's objectives, and the level that the net points reach."""

from __future__ import annotations

from game.model.events import Factor
from game.model.scenario import Level, Objective
from game.model.state import GONE, WAITING
from game.rules.world import World


def note_progress(world: World) -> None:
    """At the end of a turn, remember what an objective needs to remember."""
    state = world.state
    for n, objective in enumerate(world.scenario.objectives):
        held = _all_held(world, objective)
        if objective.kind == "hold_by" and held and not state.progress[n]:
            state.progress[n] = state.turn
        elif objective.kind == "per_turn" and state.turn >= objective.from_turn:
            state.progress[n] += sum(1 for h in objective.hexes if h >= 0 and state.control[h] == objective.side)
        elif objective.kind == "keep" and not held:
            state.progress[n] = 1
        elif objective.kind == "link" and state.turn >= objective.from_turn:
            joined = state.progress[n] or all(_open(world, h, objective.side) for h in objective.chain)
            state.progress[n] = (state.progress[n] or state.turn) if joined else 0


def _open(world: World, where: int, side: int) -> bool:
    """Return whether a side has a stretch of railway: its stations are held, and no enemy stands on the track between."""
    if world.state.control[where] == side:
        return True
    return where not in world.watched_at and not world.occupied[1 - side, where]


def link_share(world: World, number: int) -> int:
    """Return the share of a link's railway that its side has now [permille]."""
    objective = world.scenario.objectives[number]
    return sum(_open(world, h, objective.side) for h in objective.chain) * 1000 // max(1, len(objective.chain))


def _all_held(world: World, objective: Objective) -> bool:
    return all(h >= 0 and world.state.control[h] == objective.side for h in objective.hexes)


def points(world: World, number: int) -> tuple[int, tuple[Factor, ...]]:
    """Return what an objective scores if the game ended now, with the factors."""
    objective = world.scenario.objectives[number]
    value, parts = _SCORERS[objective.kind](world, number, objective)
    if objective.limit and value > objective.limit:
        parts = (*parts, Factor("at most", objective.limit, "="))
        value = objective.limit
    return value, (*parts, Factor("points", value, "="))


def _hold(world: World, number: int, objective: Objective) -> tuple[int, tuple[Factor, ...]]:
    parts = tuple(
        Factor(p, objective.points if h >= 0 and world.state.control[h] == objective.side else 0, "+")
        for p, h in zip(objective.places, objective.hexes, strict=True)
    )
    return sum(f.value for f in parts), parts


def _hold_by(world: World, number: int, objective: Objective) -> tuple[int, tuple[Factor, ...]]:
    when = world.state.progress[number]
    if not when:
        return 0, (Factor("not taken yet", 0, "="),)
    for last, worth in objective.steps:
        if when <= last:
            return worth, (Factor(f"taken in turn {when}, by turn {last}", worth, "+"),)
    return 0, (Factor(f"taken in turn {when}, too late", 0, "+"),)


def _per_turn(world: World, number: int, objective: Objective) -> tuple[int, tuple[Factor, ...]]:
    turns = world.state.progress[number]
    return turns * objective.points, (Factor(f"{turns} turns held x {objective.points}", turns * objective.points, "+"),)


def _keep(world: World, number: int, objective: Objective) -> tuple[int, tuple[Factor, ...]]:
    lost = world.state.progress[number]
    value = 0 if lost else objective.points
    return value, (Factor("was lost once" if lost else "never lost", value, "+"),)


def _link(world: World, number: int, objective: Objective) -> tuple[int, tuple[Factor, ...]]:
    when = world.state.progress[number]
    value = objective.points if when else 0
    return value, (Factor(f"joined in turn {when}" if when else "not joined", value, "+"),)


def _fate(world: World, group: tuple[int, ...]) -> int:
    """Return the share of a formation's men that is still with it [permille]."""
    state, units = world.state, world.scenario.units
    here = [u for u in group if state.status[u] != WAITING]
    start = sum(units[u].men for u in here)
    left = sum(state.men[u] for u in here if state.status[u] != GONE)
    return left * 1000 // start if start else 1000


def _destroy(world: World, number: int, objective: Objective) -> tuple[int, tuple[Factor, ...]]:
    parts = []
    for name, group in zip(objective.formations, objective.groups, strict=True):
        left = _fate(world, group)
        parts.append(Factor(f"{name}: {left} permille left", objective.points if left < world.rules.victory.destroyed else 0, "+"))
    return sum(f.value for f in parts), tuple(parts)


def _preserve(world: World, number: int, objective: Objective) -> tuple[int, tuple[Factor, ...]]:
    parts = []
    for name, group in zip(objective.formations, objective.groups, strict=True):
        left = _fate(world, group)
        parts.append(Factor(f"{name}: {left} permille left", objective.points if left >= world.rules.victory.preserved else 0, "+"))
    return sum(f.value for f in parts), tuple(parts)


_SCORERS = {
    "hold": _hold,
    "hold_by": _hold_by,
    "per_turn": _per_turn,
    "keep": _keep,
    "link": _link,
    "destroy": _destroy,
    "preserve": _preserve,
}


def score(world: World) -> tuple[int, int]:
    """Return the points of Japan and of China if the game ended now."""
    totals = [0, 0]
    for n, objective in enumerate(world.scenario.objectives):
        totals[objective.side] += points(world, n)[0]
    return totals[0], totals[1]


def net(world: World) -> int:
    """Return the net points that decide the level."""
    both = score(world)
    return sum(w * p for w, p in zip(world.scenario.weights, both, strict=True)) // 1000


def level(world: World) -> Level:
    """Return the level that the net points reach."""
    value = net(world)
    for candidate in world.scenario.levels:
        if value >= candidate.least:
            return candidate
    return world.scenario.levels[-1]
