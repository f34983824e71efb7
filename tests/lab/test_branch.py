"""Playing on from a moment: the past stays, the dice differ, an attack can be left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.errors import GameError
from game.lab.branch import fan_of, fan_summary
from game.lab.executor import Here
from game.lab.task import Fork, Task, begin_fork, play_task
from game.play import stats
from game.play.replay import Replay, read_replay
from game.play.rerun import scenario_of
from tests.lab.conftest import MINI

PLAYERS = ("staff", "random")


@pytest.fixture
def replay(tmp_path: Path) -> Replay:
    """Return a recorded game of the mini scenario with changed values."""
    file = tmp_path / "game.ichigo"
    done = play_task(Task(0, MINI, 5, ("staff", "staff"), (("combat.noise", 300),), replay=str(file)))
    assert "error" not in done.row
    return read_replay(file)


def battles(replay: Replay) -> list[int]:
    """Return the turns of the recorded battles."""
    from game.play.rerun import resume

    return [b["turn"] for b in stats.battles(resume(replay, scenario_of(replay)).world)]


def test_the_past_stays_and_the_future_differs(replay: Replay) -> None:
    """Until the moment all games are the recorded one; after it they differ by their dice."""
    turn = battles(replay)[0] + 1
    past = begin_fork(Fork(replay.path, turn, 0), scenario_of(replay), 1).world.events
    fan = fan_of(replay, "", turn, 0, 0, 5, 1, PLAYERS, Here())
    assert [r["seed"] for r in fan.rows] == [1, 2, 3, 4, 5]
    assert len({r["digest"] for r in fan.rows}) > 1
    early = sum(e.kind == "battle" for e in past)
    assert all(r["luck"]["attacks"] >= early for r in fan.rows)
    assert fan.recorded["over"] and fan_summary(fan)["without_the_attack"] is None


def test_an_attack_can_be_left_out(replay: Replay) -> None:
    """The fork with the attack has one battle more than the one without it."""
    turn = battles(replay)[0]
    scenario = scenario_of(replay)
    with_it = begin_fork(Fork(replay.path, turn, 0, 1), scenario, 9).world
    without = begin_fork(Fork(replay.path, turn, 0, 1, skip=True), scenario, 9).world
    count = [sum(e.kind == "battle" for e in w.events) for w in (with_it, without)]
    assert count[0] == count[1] + 1
    fan = fan_of(replay, "", turn, 0, 1, 4, 1, PLAYERS, Here())
    assert len(fan.rows) == len(fan.without) == 4 and fan.differences[0].pairs == 4


def test_the_same_seed_gives_the_same_game(replay: Replay) -> None:
    """A fork is repeatable."""
    fork = Fork(replay.path, 2, 0)
    first, second = (play_task(Task(0, MINI, 3, PLAYERS, replay.changed, fork=fork)).row for _ in range(2))
    assert first == second and "error" not in first


@pytest.mark.parametrize(("turn", "battle"), [(99, 0), (1, 77), (0, 0)])
def test_a_moment_that_is_not_there_is_refused(replay: Replay, turn: int, battle: int) -> None:
    """The message says what there is."""
    with pytest.raises(GameError, match="has no"):
        fan_of(replay, "", turn, 0, battle, 2, 1, PLAYERS, Here())
