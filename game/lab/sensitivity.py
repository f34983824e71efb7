"""Which values of the rules matter for which outcome: screening by the method of Morris (1991), with SALib.

Each trajectory changes one parameter after the other by a step; the mean of the absolute effects (mu*, Campolongo 2007) ranks the
parameters, their spread (sigma) tells of interplay. All points play the same seeds, so that luck weighs less.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.errors import fail
from game.lab.batch import play_rows
from game.lab.executor import Executor
from game.lab.history import fit_of
from game.lab.params import Overrides, Param, merged
from game.lab.summary import games_failed, good_rows
from game.lab.task import Done, Row, Task, losses_of, scenario_of
from game.model.scenario import Scenario

F64 = npt.NDArray[np.float64]
LEVELS = 4  # of the grid on which parameters are changed
HINT = "pip install 'ichigo-1944[lab]'"


@dataclass(frozen=True)
class Effect:
    """What a parameter does to an outcome, in the outcome's unit for a step of two thirds of the parameter's range."""

    path: str
    mu_star: float  # mean of the absolute effects
    mu: float  # mean of the effects, with their sign
    sigma: float  # spread of the effects
    conf: float  # 95 % confidence of mu_star


@dataclass(frozen=True)
class Screening:
    """The result of a screening: for each outcome the parameters, the weightiest first."""

    outcomes: dict[str, tuple[Effect, ...]]
    points: int
    games: int
    left_out: int  # trajectories with a point that could not be played


def bounds_of(params: Sequence[Param], span: float) -> list[tuple[int, int]]:
    """Return each parameter's range: its bounds in the rules file, or inside them a share `span` around its value; 0 = bounds."""
    found = []
    for p in params:
        low, high = p.low, p.high
        if span:
            reach = max(1, round(abs(p.value) * span))
            low, high = max(low, p.value - reach), min(high, p.value + reach)
        found.append((low, high))
    return found


def outcomes_of(scenario: Scenario, rows: Sequence[Row]) -> dict[str, float]:
    """Return the mean outcomes of the games at one point."""
    good = good_rows(rows)
    if len(good) < len(rows) or not good:
        return {}
    found = {
        "score": fit_of(scenario, good).score if scenario.record else 0.0,
        "net points": float(np.mean([r["outcome"]["points"]["net"] for r in good])),
        "lost by japan": float(np.mean([losses_of(r, 0) for r in good])),
        "lost by china": float(np.mean([losses_of(r, 1) for r in good])),
        "attacks": float(np.mean([r["luck"]["attacks"] for r in good])),
    }
    if not scenario.record:
        del found["score"]
    return found


def screen(
    source: str, params: Sequence[Param], span: float, trajectories: int, seeds: range, players: tuple[str, str], base: Overrides,
    executor: Executor, tick: Callable[[Done], None] | None = None,
) -> Screening:  # fmt: skip
    """Return which parameters matter.

    Args:
        source: the scenario.
        params: the parameters that are changed.
        span: see `bounds_of`.
        trajectories: how often each parameter is changed.
        seeds: the games at each point.
        players: Japan's and China's player.
        base: values changed at all points.
        executor: plays the games.
        tick: told of every game.
    """
    sample, analyse = salib()
    bounds = bounds_of(params, span)
    names = [p.path for p in params]
    problem = {"num_vars": len(names), "names": names, "bounds": [list(b) for b in bounds]}
    points: F64 = np.rint(sample.sample(problem, trajectories, num_levels=LEVELS, seed=1))
    tasks = [
        Task(k * len(seeds) + n, source, seed, players, merged(base, dict(zip(names, map(int, point), strict=True))))
        for k, point in enumerate(points)
        for n, seed in enumerate(seeds)
    ]
    rows = play_rows(tasks, executor, tick)
    scenario = scenario_of(source, base)
    values = [outcomes_of(scenario, rows[k * len(seeds) : (k + 1) * len(seeds)]) for k in range(len(points))]
    step = len(names) + 1
    kept = [t for t in range(trajectories) if all(values[t * step : (t + 1) * step])]
    if not kept:
        raise games_failed("sensitivity", "no trajectory could be played through", rows, "narrow the ranges with --span 0.3")
    inside = np.concatenate([np.arange(t * step, (t + 1) * step) for t in kept])
    found = {
        name: _effects(analyse, problem, points[inside], np.array([values[i][name] for i in inside])) for name in values[inside[0]]
    }
    return Screening(found, len(points), len(tasks), trajectories - len(kept))


def salib() -> tuple[Any, Any]:
    """Return SALib's sampler and analysis of Morris; raises DataError when it is not installed."""
    try:
        return import_module("SALib.sample.morris"), import_module("SALib.analyze.morris")
    except ImportError as error:
        raise fail("lab", "the package SALib is not installed", hint=HINT) from error


def _effects(analyse: Any, problem: dict[str, Any], points: F64, values: F64) -> tuple[Effect, ...]:
    if np.ptp(values) == 0:
        return tuple(Effect(name, 0.0, 0.0, 0.0, 0.0) for name in problem["names"])
    found = analyse.analyze(problem, points, values, num_levels=LEVELS, seed=1)
    effects = [
        Effect(name, *(float(found[k][n]) for k in ("mu_star", "mu", "sigma", "mu_star_conf")))
        for n, name in enumerate(problem["names"])
    ]
    return tuple(sorted(effects, key=lambda e: (-e.mu_star, e.path)))
