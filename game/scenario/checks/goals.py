"""Checks of objectives, levels of victory and plans."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from game.core.errors import Problem
from game.model.units import SIDES
from game.scenario import control
from game.scenario.build import Context
from game.scenario.bundle import Part

# what each kind of objective needs, and what else it may have
NEEDS = {
    "hold": ("places", "points"), "hold_by": ("places", "steps"), "per_turn": ("places", "points"),
    "link": ("line", "places", "points"), "destroy": ("formations", "points"), "preserve": ("formations", "points"),
    "keep": ("places", "points"),
}  # fmt: skip
MAY = {"per_turn": ("from", "limit"), "link": ("from", "limit"), "destroy": ("limit",), "preserve": ("limit",), "hold": ("limit",)}
_KEYS = {
    "places": "places",
    "points": "points",
    "limit": "limit",
    "steps": "steps",
    "from": "from_",
    "line": "line",
    "formations": "formations",
}


def _at(context: Context, i: int, *path: str | int) -> Part:
    return Part(context.bundle.objectives_file, ("objectives", i, *path))


def objective_keys(context: Context) -> Iterator[Problem]:
    """An objective has the keys of its kind and no others; link joins two places."""
    for i, goal in enumerate(context.bundle.objectives.objectives):
        needed, allowed = NEEDS[goal.kind], MAY.get(goal.kind, ())
        for key, name in _KEYS.items():
            given = getattr(goal, name) is not None
            if key in needed and not given:
                yield _at(context, i).problem(
                    "objective_keys", f"{goal.id}: an objective of kind {goal.kind} needs the key {key!r}"
                )
            if given and key not in needed and key not in allowed:
                yield _at(context, i, key).problem(
                    "objective_keys", f"{goal.id}: an objective of kind {goal.kind} does not use the key {key!r}"
                )
        if goal.places is not None and "places" in needed:
            yield from _place_count(context, i, goal.kind, len(goal.places))


def _place_count(context: Context, i: int, kind: str, count: int) -> Iterator[Problem]:
    if kind == "link" and count != 2:
        yield _at(context, i, "places").problem("objective_keys", f"an objective of kind link joins 2 places, found {count}")
    elif not count:
        yield _at(context, i, "places").problem("objective_keys", "the objective names no place")


def steps(context: Context) -> Iterator[Problem]:
    """The steps of hold_by ascend by date, each in a later turn than the one before, and never give more for later."""
    calendar = context.scenario.calendar
    for i, goal in enumerate(context.bundle.objectives.objectives):
        found = goal.steps or []
        for k, (one, two) in enumerate(pairwise(found), 1):
            if calendar.turn_of(two.by) <= calendar.turn_of(one.by):
                message = f"{two.by} does not lie in a later turn than the step before, {one.by}"
                yield _at(context, i, "steps", k, "by").problem("steps", message, "the earliest date comes first")


def reachable(context: Context) -> Iterator[Problem]:
    """A unit of the objective's side can get to each of its places over land (or, for points of keeping it, be there)."""
    reach = [
        control.reachable(context.map, [u.hex for u in context.scenario.units if u.side == side]) for side in range(len(SIDES))
    ]
    for i, goal in enumerate(context.scenario.objectives):
        for k, (place, index) in enumerate(zip(goal.places, goal.hexes, strict=True)):
            if index >= 0 and not reach[goal.side][index]:
                message = f"no way over land leads from any unit of {SIDES[goal.side]} to {place!r} ({context.map.label(index)})"
                yield _at(context, i, "places", k).problem("unreachable", message)


def levels(context: Context) -> Iterator[Problem]:
    """The levels of victory descend, each from fewer points than the one before."""
    found = context.bundle.objectives.victory.levels
    for i, (one, two) in enumerate(pairwise(found), 1):
        if two.least >= one.least:
            part = Part(context.bundle.objectives_file, ("victory", "levels", i, "least"))
            yield part.problem(
                "levels",
                f"{two.id} begins at {two.least} points, not below {one.id} at {one.least}",
                "the highest level comes first",
            )


def historical_level(context: Context) -> Iterator[Problem]:
    """The historical result reaches a level."""
    score = context.scenario.historical[0]
    if not any(score >= level.least for level in context.scenario.levels):
        part = Part(context.bundle.objectives_file, ("victory", "historical", "score"))
        yield part.problem(
            "history_level", f"the historical result of {score} points reaches no level", "the last level should begin far below"
        )


def losses(context: Context) -> Iterator[Problem]:
    """The range of a recorded loss begins with its lower end."""
    bundle = context.bundle
    for i, loss in enumerate(bundle.record.losses):
        if loss.low > loss.high:
            message = f"{loss.id} is at least {loss.low:,} and at most {loss.high:,} men"
            yield Part(bundle.record_file, ("losses", i, "low")).problem("loss_range", message, hint="exchange low and high")


def tasks(context: Context) -> Iterator[Problem]:
    """Each task has units."""
    known = context.scenario.formation_by_id
    number = [0] * len(SIDES)
    for task in context.scenario.plans:
        i = number[task.side]
        number[task.side] += 1
        path = (SIDES[task.side], i, "formations")
        names = context.bundle.plans.japan[i].formations if task.side == 0 else context.bundle.plans.china[i].formations
        if not task.units and all(name in known for name in names):
            yield Part(context.bundle.plans_file, path).problem("task_no_units", f"the task {task.id} has no unit with a counter")


def plans(context: Context) -> Iterator[Problem]:
    """Each side has a plan."""
    for side, name in enumerate(SIDES):
        if not any(task.side == side for task in context.scenario.plans):
            yield Part(context.bundle.plans_file, (name,)).problem(
                "no_tasks", f"{name} has no plan", "its computer commander will go by the objectives alone"
            )
