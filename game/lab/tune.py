"""Tuning values of the rules to the record with Optuna: one or several scenarios, the same seeds for every trial.

The aim is the score of `game.lab.history` without its held-out rows, averaged over the scenarios. Held-out rows are shown
beside it, before and after, and never steer the search.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import numpy as np

from game.core.errors import GameError, fail
from game.lab.batch import play_rows
from game.lab.executor import Executor
from game.lab.history import Fit, fit_of
from game.lab.params import Overrides, Param, merged
from game.lab.sensitivity import HINT, bounds_of
from game.lab.summary import GamesFailed, games_failed
from game.lab.task import Row, Task, scenario_of

WARM_UP = 12  # trials before trials without hope are broken off
STEPS = 3  # parts into which a scenario's games are cut, so that a trial can be broken off between them


@dataclass(frozen=True)
class Aim:
    """What is tuned, and on which games."""

    sources: tuple[str, ...]
    params: tuple[Param, ...]
    seeds: tuple[int, int]
    span: float = 0.0  # see sensitivity.bounds_of
    players: tuple[str, str] = ("staff", "staff")
    base: Overrides = ()  # values that are changed but not tuned

    def card(self) -> dict[str, Any]:
        """Return what makes studies comparable: a study is resumed only with an equal card."""
        ranges = zip(self.params, bounds_of(self.params, self.span), strict=True)
        return {
            "sources": list(self.sources), "params": {p.path: list(b) for p, b in ranges}, "seeds": list(self.seeds),
            "players": list(self.players), "base": dict(self.base),
            "digests": [scenario_of(s, self.base).digest for s in self.sources],
        }  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """What a study has found."""

    values: dict[str, int]
    intervals: dict[str, tuple[int, int]]  # of the values in trials that are no worse than the noise between seeds
    score: float
    start: float  # score of the values as they were
    noise: float  # standard error of the best score, over seeds
    trials: int
    pruned: int
    history: list[float] = field(default_factory=list)  # best score after each trial


class Study:
    """A search that can be interrupted and resumed. storage: a URL that Optuna knows."""

    def __init__(self, aim: Aim, storage: str, name: str, executor: Executor) -> None:
        self.aim = aim
        self.executor = executor
        self._optuna = optuna()
        self._trouble: GamesFailed | None = None  # why the last trial without a result had none
        self._bounds = dict(zip((p.path for p in aim.params), bounds_of(aim.params, aim.span), strict=True))
        self.study = self._open(storage, name)

    def _open(self, storage: str, name: str) -> Any:
        """Open or make the study; raises DataError when the storage does not answer or holds another one."""
        o = self._optuna
        try:
            study = o.create_study(
                storage=storage, study_name=name, load_if_exists=True, direction="maximize",
                sampler=o.samplers.TPESampler(seed=1, multivariate=True, n_startup_trials=min(10, 2 + len(self.aim.params))),
                pruner=o.pruners.MedianPruner(n_startup_trials=WARM_UP, n_warmup_steps=0),
            )  # fmt: skip
        except Exception as error:  # every storage has errors of its own
            raise fail(
                "tune", f"the storage {storage[:120]!r} cannot be used: {error}", hint="such as sqlite:///tune.sqlite3"
            ) from error
        card = study.user_attrs.get("card")
        if card is None:
            study.set_user_attr("card", self.aim.card())
        elif card != self.aim.card():
            different = next(k for k, v in self.aim.card().items() if card.get(k) != v)
            raise fail(
                "tune",
                f"the storage holds another study: its {different} differ",
                storage,
                hint="choose another --out or --storage",
            )
        return study

    def run(self, trials: int, tick: Callable[[int, float], None]) -> None:
        """Go on until the study has a number of trials; tick is told of each: trials so far, best score."""
        o, done = self._optuna, len(self._finished())
        if done == 0:
            self.study.enqueue_trial({p.path: _clamped(p.value, *self._bounds[p.path]) for p in self.aim.params})

        def told(study: Any, trial: Any) -> None:
            tick(len(self._finished()), study.best_value if study.best_trials else 0.0)

        if done < trials:
            self.study.optimize(
                self._trial, n_trials=trials - done, callbacks=[told], catch=(GameError, o.exceptions.StorageInternalError)
            )

    def _finished(self) -> list[Any]:
        states = self._optuna.trial.TrialState
        return [t for t in self.study.get_trials(deepcopy=False) if t.state in (states.COMPLETE, states.PRUNED)]

    def _trial(self, trial: Any) -> float:
        values = {path: trial.suggest_int(path, low, high) for path, (low, high) in self._bounds.items()}
        marks: list[float] = []
        step = 0
        for source in self.aim.sources:
            rows: list[Row] = []
            for part in _parts(range(self.aim.seeds[0], self.aim.seeds[1] + 1)):
                rows += self._play(source, part, values)
                fit = fit_of(scenario_of(source, merged(self.aim.base, values)), rows)
                trial.report(float(np.mean([*marks, fit.score])), step)
                step += 1
                if trial.should_prune():
                    raise self._optuna.TrialPruned
            marks.append(fit.score)
            trial.set_user_attr(f"holdout {source}", fit.holdout)
        score = float(np.mean(marks))
        trial.set_user_attr("scores", marks)
        return score

    def _play(self, source: str, seeds: Sequence[int], values: dict[str, int]) -> list[Row]:
        changed = merged(self.aim.base, values)
        rows = play_rows([Task(n, source, seed, self.aim.players, changed) for n, seed in enumerate(seeds)], self.executor)
        bad = next((r for r in rows if "error" in r), None)
        if bad:
            self._trouble = games_failed("tune", f"a game of {source} failed", rows)
            raise self._trouble
        return rows

    def fits(self, values: dict[str, int], seeds: range) -> list[Fit]:
        """Return how each scenario fits with some values on some seeds."""
        found = []
        for source in self.aim.sources:
            rows = self._play(source, seeds, values)
            found.append(fit_of(scenario_of(source, merged(self.aim.base, values)), rows))
        return found

    def proposal(self) -> Proposal:
        """Return what has been found so far; raises DataError before the first finished trial."""
        states = self._optuna.trial.TrialState
        complete = [t for t in self.study.get_trials(deepcopy=False) if t.state == states.COMPLETE]
        if not complete:
            raise self._trouble or fail("tune", "no trial came to its end")
        best = max(complete, key=lambda t: (t.value, -t.number))
        noise = self._noise({k: int(v) for k, v in best.params.items()})
        near = [t for t in complete if t.value >= best.value - noise]
        intervals = {p: (min(t.params[p] for t in near), max(t.params[p] for t in near)) for p in best.params}
        tops, top = [], 0.0
        for t in self._finished():
            top = max(top, t.value if t.state == states.COMPLETE else 0.0)
            tops.append(top)
        pruned = len(self._finished()) - len(complete)
        return Proposal(dict(best.params), intervals, best.value, complete[0].value, noise, len(tops), pruned, tops)

    def _noise(self, values: dict[str, int]) -> float:
        """Return the standard error of the score with some values: the spread over single games, by the number of games."""
        spreads = []
        for source in self.aim.sources:
            rows = self._play(source, range(self.aim.seeds[0], self.aim.seeds[1] + 1), values)
            scenario = scenario_of(source, merged(self.aim.base, values))
            single = [fit_of(scenario, [r]).score for r in rows]
            spreads.append(float(np.var(single, ddof=1)) / len(single) if len(single) > 1 else 0.0)
        return float(np.sqrt(sum(spreads)) / len(spreads))


def _parts(seeds: Sequence[int]) -> list[Sequence[int]]:
    size = max(1, -(-len(seeds) // STEPS))
    return [seeds[i : i + size] for i in range(0, len(seeds), size)]


def _clamped(value: int, low: int, high: int) -> int:
    return min(max(value, low), high)


def optuna() -> Any:
    """Return Optuna, quiet; raises DataError when it is not installed."""
    try:
        module = import_module("optuna")
    except ImportError as error:
        raise fail("lab", "the package optuna is not installed", hint=HINT) from error
    module.logging.set_verbosity(module.logging.ERROR)
    return module
