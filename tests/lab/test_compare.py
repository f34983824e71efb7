"""Paired comparisons: intervals and p-values on figures whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.lab.batch import play_rows, tasks_of
from game.lab.compare import bootstrap, compare_rows, difference, mcnemar, sign_flip
from game.lab.executor import Here
from game.lab.runfolder import Plan
from game.scenario.load import load_scenario
from tests.lab.conftest import MINI


def test_no_difference_has_no_weight() -> None:
    """Equal pairs: interval of nothing, p of one."""
    d = difference("x", [1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    assert (d.mean, d.low, d.high, d.p, d.clear) == (0, 0, 0, 1, False)


def test_a_constant_shift_is_found() -> None:
    """Twelve pairs that all differ the same way."""
    a = [float(n) for n in range(12)]
    d = difference("x", a, [v + 5 for v in a])
    assert d.mean == d.low == d.high == 5 and d.clear
    assert d.p == pytest.approx(2 / 2**12, abs=1e-3)


def test_noise_is_not_taken_for_a_difference() -> None:
    """The interval of pure noise holds zero, and its width is that of the normal theory."""
    gap = np.random.Generator(np.random.PCG64(7)).normal(0, 1, 400)
    gap += 0.5 * gap.std() / 20 - gap.mean()  # half a standard error away from nothing
    low, high = bootstrap(gap)
    assert low < 0 < high
    assert high - low == pytest.approx(2 * 1.96 * gap.std() / 20, rel=0.1)
    assert sign_flip(gap) > 0.05


def test_mcnemar_is_exact() -> None:
    """Worked by hand: 1 against 9 of 10 gives 2 * (1 + 10) / 1024."""
    assert mcnemar(1, 9) == pytest.approx(22 / 1024)
    assert mcnemar(0, 0) == mcnemar(5, 5) == 1


def test_games_are_paired_by_seed(plan: Plan) -> None:
    """Rows in another order, and failed ones, change nothing; the same games do not differ."""
    rows = play_rows(tasks_of(plan), Here())
    found = compare_rows(load_scenario(MINI), rows, list(reversed(rows)))
    assert all(d.mean == 0 for d in found) and found[0].pairs == 6
    broken = [{"seed": rows[0]["seed"], "error": "lost"}, *rows[1:]]
    assert compare_rows(load_scenario(MINI), rows, broken)[0].pairs == 5


def test_a_changed_rule_shows(plan: Plan) -> None:
    """Ten times the losses of attackers are seen in Japan's losses."""
    base = load_scenario(MINI).rules.combat.attacker_loss
    most = load_scenario(MINI).rules.about["combat.attacker_loss"].high
    many = replace(plan, seeds=(1, 8), players=("staff", "staff"))
    a = play_rows(tasks_of(many), Here())
    b = play_rows(tasks_of(replace(many, overrides=(("combat.attacker_loss", min(most, 10 * base)),))), Here())
    lost = next(d for d in compare_rows(load_scenario(MINI), a, b) if d.name.startswith("lost by japan"))
    assert lost.b > lost.a and lost.clear
