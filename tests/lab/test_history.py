"""The yardstick: credits, hits and scores, on rows made by hand and on games."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from game.lab.batch import play_rows, tasks_of
from game.lab.executor import Here
from game.lab.history import DATES, LOSSES, date_credit, fit_of, loss_credit, score_of, tolerance
from game.lab.runfolder import Plan
from game.lab.task import Row
from game.model.scenario import RecordedCapture, RecordedLoss, Scenario
from game.model.state import LOSSES as KINDS
from game.scenario.load import load_scenario
from tests.lab.conftest import MINI


def scenario(**changes: Any) -> Scenario:
    """Return the mini scenario with another record."""
    return replace(load_scenario(MINI), **changes)


def capture(day: int, **changes: Any) -> RecordedCapture:
    """Return a capture of Zhengzhou some days after the start."""
    start = load_scenario(MINI).calendar.start
    made = RecordedCapture(start + timedelta(days=day), "zhengzhou", 0, "capture", "high", False, True, ("S2",))
    return replace(made, **changes)


def game(seed: int, shifts: list[int | None], lost: int = 0, net: int = 5) -> Row:
    """Return the row of a game that never was."""
    losses = {side: dict.fromkeys(KINDS, 0) for side in ("japan", "china")}
    losses["china"]["killed"] = lost
    level = load_scenario(MINI).levels[0].id
    outcome = {"winner": "japan", "level": level, "points": {"japan": net, "china": 0, "net": net}}
    return {"seed": seed, "shifts": shifts, "losses": losses, "outcome": outcome, "attack_share": 0.05}


def test_the_tolerance_grows_with_time() -> None:
    """Two turns at first, 15 % of the days later."""
    calendar = load_scenario(MINI).calendar
    assert tolerance(calendar, calendar.start) == 2 * calendar.days_per_turn
    assert tolerance(calendar, calendar.start + timedelta(days=100)) == pytest.approx(15)


def test_a_date_earns_less_the_farther_it_is() -> None:
    """One on the day, nothing at three tolerances or when it never came."""
    assert date_credit(0, 4) == 1
    assert date_credit(6, 4) == date_credit(-6, 4) == pytest.approx(0.5)
    assert date_credit(12, 4) == date_credit(50, 4) == date_credit(None, 4) == 0


def test_losses_earn_inside_the_range() -> None:
    """Nothing at half of the least and twice the most."""
    assert loss_credit(150, 100, 200) == loss_credit(100, 100, 200) == loss_credit(200, 100, 200) == 1
    assert loss_credit(50, 100, 200) == loss_credit(400, 100, 200) == loss_credit(0, 100, 200) == 0
    assert 0 < loss_credit(80, 100, 200) < loss_credit(90, 100, 200) < 1


def test_the_score_shares_its_weights() -> None:
    """A part that the record lacks leaves its weight to the other."""
    assert score_of([1.0, 0.5], [0.5]) == pytest.approx(100 * (DATES * 0.75 + LOSSES * 0.5))
    assert score_of([0.5], []) == score_of([], [0.5]) == pytest.approx(50)
    assert score_of([], []) == 0


def test_hits_need_half_of_the_games() -> None:
    """Median within the tolerance and a share of at least a half."""
    s = scenario(record=(capture(3), capture(3), capture(3)))
    within = round(tolerance(s.calendar, capture(3).date))
    far: list[list[int | None]] = [[0, 0, within + 1], [1, None, within + 1], [None, None, within + 2], [2, 0, within + 1]]
    events = fit_of(s, [game(n, shifts) for n, shifts in enumerate(far)]).events
    assert [e.share for e in events] == [0.75, 0.5, 1.0]
    assert [e.hit for e in events] == [True, True, False]
    assert events[0].median == 1 and events[0].date_at(1) == capture(4).date


def test_doubtful_and_held_out_rows_do_not_score() -> None:
    """Only scored rows count; held-out ones have a score of their own."""
    rows = (capture(3), capture(3, scored=False), capture(3, certainty="low"), capture(3, holdout=True))
    fit = fit_of(scenario(record=rows), [game(1, [0, None, None, None]), game(2, [0, None, None, None])])
    assert fit.score == 100 and fit.holdout == 0
    fit = fit_of(scenario(record=rows), [game(1, [None, 0, 0, 0])])
    assert fit.score == 0 and fit.holdout == 100
    assert [e.recorded for e in fit.worst] == [rows[0]]


def test_losses_are_counted_by_kind() -> None:
    """The range is that of the kinds named."""
    killed = RecordedLoss("l1", 1, ("killed",), 900, 1100, "high", True, ("S2",), "")
    doubtful = replace(killed, id="l2", scored=False)
    games = [game(n, [], lost) for n, lost in enumerate((800, 1000, 1200))]
    fit = fit_of(scenario(record=(), recorded_losses=(killed, doubtful)), games)
    assert fit.losses[0].median == 1000 and fit.losses[0].hit
    assert fit.men == pytest.approx(sum(loss_credit(v, 900, 1100) for v in (800, 1000, 1200)) / 3)
    assert fit.score == pytest.approx(100 * fit.men)


def test_games_are_held_against_their_record(plan: Plan) -> None:
    """Every capture of the record has its row; failed games do not count."""
    rows = play_rows(tasks_of(plan), Here())
    s = load_scenario(MINI)
    fit = fit_of(s, [*rows, {"seed": 99, "error": "lost"}])
    assert fit.games == 6 and len(fit.events) == len(s.record)
    assert sum(n for _, n in fit.levels) == 6
    for n, e in enumerate(fit.events):
        happened = [r["shifts"][n] for r in rows if r["shifts"][n] is not None]
        assert e.share == pytest.approx(len(happened) / 6)


def test_no_games_make_no_score() -> None:
    """An empty set of games is no error."""
    fit = fit_of(load_scenario(MINI), [])
    assert fit.games == 0 and fit.score == 0
