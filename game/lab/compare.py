"""Two ways to play compared on the same seeds: differences with confidence intervals and p-values.

Games of equal seed are pairs, so that what both share (weather, the order of throws at the start) cancels out as far as it can.

- A mean difference has a percentile bootstrap interval over pairs (Efron 1979) and the p-value of a sign-flip permutation test
  (Fisher 1935; Good, Permutation Tests, 2005), both with fixed random streams, so that the same games give the same figures.
- Wins are compared by McNemar's exact test (1947): only pairs with different winners count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
import numpy.typing as npt

from game.lab.task import Row, losses_of
from game.model.scenario import Scenario
from game.model.units import SIDES

RESAMPLES = 10_000
LEVEL = 0.95  # of the confidence intervals
F64 = npt.NDArray[np.float64]
Measure = Callable[[Row], float | None]


@dataclass(frozen=True)
class Difference:
    """A figure of A and of B, and B less A over the pairs."""

    name: str
    a: float  # mean, or share
    b: float
    pairs: int
    mean: float  # of B − A
    low: float  # 95 % confidence interval
    high: float
    p: float

    @property
    def clear(self) -> bool:
        """Return whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def compare_rows(scenario: Scenario, a: Sequence[Row], b: Sequence[Row]) -> list[Difference]:
    """Return every figure in which two sets of games can differ; rows are paired by seed, failed games left out.

    Args:
        scenario: whose record gives the dates that are compared.
        a: the games of one way.
        b: the games of the other.
    """
    first = {r["seed"]: r for r in a if "error" not in r}
    second = {r["seed"]: r for r in b if "error" not in r}
    pairs = [(first[s], second[s]) for s in sorted(first.keys() & second.keys())]
    found = [_wins(side, pairs) for side in SIDES]
    measures = _measures(scenario) if _same_record(scenario, pairs) else _measures(None)
    for name, measure in measures:
        values = [(measure(x), measure(y)) for x, y in pairs]
        both = [(x, y) for x, y in values if x is not None and y is not None]
        if both:
            found.append(difference(name, [x for x, _ in both], [y for _, y in both]))
    return found


def _same_record(scenario: Scenario, pairs: Sequence[tuple[Row, Row]]) -> bool:
    return all(len(r["shifts"]) == len(scenario.record) for pair in pairs for r in pair)


def _measures(scenario: Scenario | None) -> list[tuple[str, Measure]]:
    """Return what is measured in a game; scenario: whose record the games have been held against, None = different ones."""

    def lost(side: int) -> Measure:
        return lambda r: losses_of(r, side)

    def late(number: int) -> Measure:
        return lambda r: r["shifts"][number]

    found: list[tuple[str, Measure]] = [("net points", lambda r: r["outcome"]["points"]["net"])]
    found += [(f"lost by {name} [men]", lost(side)) for side, name in enumerate(SIDES)]
    found += [
        ("unit-days in full attack [%]", lambda r: 100 * r["attack_share"]),
        ("attacks", lambda r: r["luck"]["attacks"]),
    ]
    if scenario is not None:
        names = scenario.map.place_by_id
        found += [(f"{names[r.place].name_en} by {SIDES[r.side]} [days late]", late(n)) for n, r in enumerate(scenario.record)]
    return found


def difference(name: str, a: Sequence[float], b: Sequence[float]) -> Difference:
    """Return the mean difference of paired values."""
    x, y = np.asarray(a, np.float64), np.asarray(b, np.float64)
    gap = y - x
    low, high = bootstrap(gap)
    return Difference(name, float(x.mean()), float(y.mean()), len(gap), float(gap.mean()), low, high, sign_flip(gap))


def bootstrap(gap: F64) -> tuple[float, float]:
    """Return the confidence interval of the mean of paired differences (N,)."""
    draw = np.random.Generator(np.random.PCG64(1)).integers(0, len(gap), (RESAMPLES, len(gap)))
    low, high = np.percentile(gap[draw].mean(axis=1), [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return float(low), float(high)


def sign_flip(gap: F64) -> float:
    """Return the two-sided p-value of no difference in the mean, by flipping the signs of paired differences (N,)."""
    seen = abs(gap.mean())
    if seen == 0:
        return 1.0
    signs = np.random.Generator(np.random.PCG64(2)).integers(0, 2, (RESAMPLES, len(gap)), np.int8) * 2 - 1
    means = np.abs((signs * gap).mean(axis=1))
    return float((np.count_nonzero(means >= seen - 1e-12) + 1) / (RESAMPLES + 1))


def mcnemar(only_a: int, only_b: int) -> float:
    """Return the exact two-sided p-value for pairs that went to A alone and to B alone."""
    n, k = only_a + only_b, min(only_a, only_b)
    if n == 0:
        return 1.0
    return min(1.0, 2 * sum(comb(n, i) for i in range(k + 1)) / float(2**n))


def _wins(side: str, pairs: Sequence[tuple[Row, Row]]) -> Difference:
    x = np.array([r["outcome"]["winner"] == side for r, _ in pairs], np.float64)
    y = np.array([r["outcome"]["winner"] == side for _, r in pairs], np.float64)
    name = f"won by {side} [%]"
    if not len(x):
        return Difference(name, 0.0, 0.0, 0, 0.0, 0.0, 0.0, 1.0)
    gap = 100 * (y - x)
    low, high = bootstrap(gap)
    p = mcnemar(int(np.count_nonzero(gap < 0)), int(np.count_nonzero(gap > 0)))
    return Difference(name, 100 * float(x.mean()), 100 * float(y.mean()), len(x), float(gap.mean()), low, high, p)
