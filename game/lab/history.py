"""The record as a yardstick: how often and when each documented event happened in many games, and a score for the whole.

The score is a mark from 0 to 100 for the nearness of a set of rules to the record:

- A capture in one game earns 1 when it fell on its day, falling in a straight line to 0 at three tolerances from it, and 0 when it
  did not happen. The tolerance is two turns, or 15 % of the days since the scenario's start if that is more. The dates' mark is
  the mean over all scored captures and games.
- A loss in one game earns 1 inside the documented range, falling to 0 at half of its lower end and at twice its upper one
  (in a straight line of the logarithm). The losses' mark is the mean over all scored losses and games.
- The score is 100 x (DATES x dates + LOSSES x losses), the weights shared among what the record has.

Rows of low certainty and rows marked `scored: false` are listed but do not count. Held-out rows (`holdout: true`) have a score of
their own and are never used for tuning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

import numpy as np

from game.lab.summary import good_rows, spread
from game.lab.task import Row, losses_of
from game.model.scenario import Calendar, RecordedCapture, RecordedLoss, Scenario

DATES, LOSSES = 0.7, 0.3  # weights of the two marks
REACH = 3.0  # tolerances at which a date earns nothing
HALF_SHARE = 0.5  # of the games in which an event must happen to be a hit


@dataclass(frozen=True)
class EventFit:
    """A capture of the record beside what many games made of it. Shifts are days later than recorded."""

    number: int  # place in the record
    recorded: RecordedCapture
    tolerance: float  # [days]
    share: float  # of the games in which it happened
    median: float | None  # shift [days]
    low: float | None  # 10 % of the games in which it happened were earlier
    high: float | None
    credit: float  # 0..1, mean over the games

    @property
    def hit(self) -> bool:
        """Return whether it happened in at least half of the games and its median lies within the tolerance."""
        return self.median is not None and self.share >= HALF_SHARE and abs(self.median) <= self.tolerance

    @property
    def counts(self) -> bool:
        """Return whether it is scored at all."""
        return self.recorded.scored and self.recorded.certainty != "low"

    def date_at(self, shift: float | None) -> date | None:
        """Return the date of a shift."""
        return None if shift is None else self.recorded.date + timedelta(round(shift))


@dataclass(frozen=True)
class LossFit:
    """A documented loss beside that of many games [men]."""

    recorded: RecordedLoss
    median: float
    low: float
    high: float
    credit: float

    @property
    def hit(self) -> bool:
        """Return whether the median lies inside the documented range."""
        return self.recorded.low <= self.median <= self.recorded.high

    @property
    def counts(self) -> bool:
        """Return whether it is scored."""
        return self.recorded.scored and self.recorded.certainty != "low"


@dataclass(frozen=True)
class Fit:
    """How a set of games compares with the record of a scenario."""

    scenario: str
    games: int
    events: tuple[EventFit, ...]
    losses: tuple[LossFit, ...]
    score: float  # 0..100, without held-out rows
    holdout: float | None  # the same of the held-out rows alone; None = there are none
    dates: float  # 0..1
    men: float | None  # 0..1, None = no scored loss
    net: dict[str, float]
    historical: int  # net points of the historical result
    levels: tuple[tuple[str, int], ...]  # id of each level of victory, from the highest, and its games
    attack_share: dict[str, float]

    @property
    def worst(self) -> tuple[EventFit, ...]:
        """Return the scored events that earn least, the worst first."""
        found = [e for e in self.events if e.counts and not e.recorded.holdout]
        return tuple(sorted(found, key=lambda e: (e.credit, e.number))[:5])


def tolerance(calendar: Calendar, when: date) -> float:
    """Return how far off a date may be [days]: two turns, or 15 % of the days since the start if that is more."""
    return max(2.0 * calendar.days_per_turn, 0.15 * (when - calendar.start).days)


def date_credit(shift: int | None, within: float) -> float:
    """Return what a capture earns in one game, 0..1; shift: days later than recorded, None = it did not happen."""
    return 0.0 if shift is None else max(0.0, 1.0 - abs(shift) / (REACH * within))


def loss_credit(men: int, low: int, high: int) -> float:
    """Return what a loss earns in one game, 0..1."""
    if men < low:
        return max(0.0, 1.0 - log(low / max(men, 1)) / log(2))
    return max(0.0, 1.0 - log(men / max(high, 1)) / log(2)) if men > high else 1.0


def fit_of(scenario: Scenario, rows: Sequence[Row]) -> Fit:
    """Return how games compare with the record; games that failed are left out."""
    good = good_rows(rows)
    events = tuple(_event(scenario, n, r, good) for n, r in enumerate(scenario.record))
    losses = tuple(_loss(r, good) for r in scenario.recorded_losses)
    ours = [e.credit for e in events if e.counts and not e.recorded.holdout]
    kept = [e.credit for e in events if e.counts and e.recorded.holdout]
    men = [loss.credit for loss in losses if loss.counts]
    levels = Counter(r["outcome"]["level"] for r in good)
    return Fit(
        scenario.id, len(good), events, losses, score_of(ours, men), 100 * _mean(kept) if kept else None, _mean(ours),
        _mean(men) if men else None, spread([r["outcome"]["points"]["net"] for r in good]), scenario.historical[0],
        tuple((v.id, levels[v.id]) for v in scenario.levels), spread([r["attack_share"] for r in good]),
    )  # fmt: skip


def score_of(dates: Sequence[float], losses: Sequence[float]) -> float:
    """Return the score 0..100 of credits; a part without rows gives its weight to the other."""
    parts = [(w, _mean(found)) for w, found in ((DATES, dates), (LOSSES, losses)) if found]
    return 100 * sum(w * value for w, value in parts) / sum(w for w, _ in parts) if parts else 0.0


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def _event(scenario: Scenario, number: int, recorded: RecordedCapture, rows: Sequence[Row]) -> EventFit:
    within = tolerance(scenario.calendar, recorded.date)
    shifts: list[int | None] = [r["shifts"][number] for r in rows]
    happened = [s for s in shifts if s is not None]
    found = spread(happened)
    median, low, high = (found[k] if happened else None for k in ("median", "low", "high"))
    credit = _mean([date_credit(s, within) for s in shifts])
    return EventFit(number, recorded, within, len(happened) / max(1, len(shifts)), median, low, high, credit)


def _loss(recorded: RecordedLoss, rows: Sequence[Row]) -> LossFit:
    men = [losses_of(r, recorded.side, recorded.kinds) for r in rows]
    found = spread(men)
    credit = _mean([loss_credit(m, recorded.low, recorded.high) for m in men])
    return LossFit(recorded, found["median"], found["low"], found["high"], credit)
