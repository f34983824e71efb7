"""What many games came to: outcomes, points, losses, attacks and luck, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from game.core.errors import GameError, Problem
from game.lab.task import Row, losses_of
from game.model.state import LOSSES
from game.model.units import SIDES


class GamesFailed(GameError):
    """So many games failed that an experiment has no result."""


def games_failed(code: str, message: str, rows: Sequence[Row], hint: str = "") -> GamesFailed:
    """Return the error of an experiment whose games failed, with the reason of the first."""
    why = next((f": {r['error']} (seed {r['seed']})" for r in rows if "error" in r), "")
    return GamesFailed([Problem(code, message + why, hint=hint)])


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return median, 10 and 90 % and the extremes of some values; all 0 when there are none."""
    if not len(values):
        return dict.fromkeys(("median", "low", "high", "least", "most"), 0.0)
    found = np.percentile(np.asarray(values, np.float64), [50, 10, 90, 0, 100])
    return dict(zip(("median", "low", "high", "least", "most"), (round(float(v), 6) for v in found), strict=True))


def good_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of games that came to their end."""
    return [r for r in rows if "error" not in r]


def batch_summary(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the summary of a batch, the object that `batch --json` prints."""
    good = good_rows(rows)
    winners, levels = Counter(r["outcome"]["winner"] for r in good), Counter(r["outcome"]["level"] for r in good)
    fights = {k: sum(r["luck"][k] for r in good) for k in ("attacks", "won", "expected")}
    return {
        "scenario": good[0]["scenario"] if good else "",
        "games": len(rows),
        "finished": len(good),
        "errors": [{"seed": r["seed"], "error": r["error"]} for r in rows if "error" in r],
        "faults": [{"seed": r["seed"], "fault": r["fault"]} for r in good if r.get("fault")],
        "refused": sum(r["refused"] for r in good),
        "winners": {name: winners[name] for name in (*SIDES, "draw")},
        "levels": dict(sorted(levels.items())),
        "net": spread([r["outcome"]["points"]["net"] for r in good]),
        "losses": {name: _losses(good, side) for side, name in enumerate(SIDES)},
        "attack_share": spread([r["attack_share"] for r in good]),
        "attacks": {**fights, "expected": fights["expected"] / 1000},
        "unit_turns": sum(r["unit_turns"] for r in good),
    }


def _losses(rows: Sequence[Row], side: int) -> dict[str, dict[str, float]]:
    found = {kind: spread([losses_of(r, side, (kind,)) for r in rows]) for kind in LOSSES}
    return {**found, "all": spread([losses_of(r, side) for r in rows])}
