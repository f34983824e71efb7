"""Playing on from a moment of a recorded game, many times: the fan of outcomes, and what an attack was worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from game.lab.batch import play_rows
from game.lab.compare import Difference, compare_rows
from game.lab.executor import Executor
from game.lab.params import Overrides
from game.lab.summary import batch_summary, games_failed, good_rows
from game.lab.task import Done, Fork, Row, Task, begin_fork
from game.model.scenario import Scenario
from game.play.replay import Replay
from game.play.rerun import scenario_of, source_of


@dataclass(frozen=True)
class Fan:
    """The outcomes of games that go on from one moment, and of the recorded game itself."""

    turn: int
    side: int
    battle: int  # 0 = the fan begins with the side's orders
    rows: list[Row]
    without: list[Row]  # the same with the attack left out, [] = not asked
    recorded: dict[str, Any]  # the outcome of the recorded game as far as it goes
    differences: list[Difference]  # with the attack less without it


def fan_of(
    replay: Replay, source: str, turn: int, side: int, battle: int, games: int, first_seed: int, players: tuple[str, str],
    executor: Executor, tick: Callable[[Done], None] | None = None,
) -> Fan:  # fmt: skip
    """Play on from a moment.

    Args:
        replay: the recorded game; its file is read again where the games are played.
        source: the scenario, "" = as the replay says.
        turn: the turn, from 1.
        side: whose orders come next; with a battle, that of the attacker is found.
        battle: number of an attack in the turn, from 1; the games go on with it and, for comparison, without it. 0 = none.
        games: how many games each way.
        first_seed: seed of the first; the others follow.
        players: who plays on.
        executor: plays the games.
        tick: told of every game that is finished.

    Raises:
        DataError, ReplayError: the replay does not have that moment.
    """
    scenario = scenario_of(replay, source)
    begin_fork(Fork(replay.path, turn, side, battle), scenario, first_seed)  # says now what is wrong, not in every game
    where = source or source_of(replay)
    seeds = range(first_seed, first_seed + games)
    ways = (False, True) if battle else (False,)
    tasks = [
        _task(len(ways) * n + k, where, replay, seed, players, Fork(str(Path(replay.path).resolve()), turn, side, battle, skip))
        for n, seed in enumerate(seeds)
        for k, skip in enumerate(ways)
    ]
    rows = play_rows(tasks, executor, tick)
    good, without = rows[0 :: len(ways)], rows[1::2] if battle else []
    if not good_rows(good):
        raise games_failed("branch", "no game came to its end", rows)
    differences = compare_rows(scenario, without, good) if battle else []
    return Fan(turn, side, battle, good, without, _recorded(replay, scenario), differences)


def _task(number: int, source: str, replay: Replay, seed: int, players: tuple[str, str], fork: Fork) -> Task:
    changed: Overrides = replay.changed
    return Task(number, source, seed, players, changed, fork=fork)


def _recorded(replay: Replay, scenario: Scenario) -> dict[str, Any]:
    from game.play import stats
    from game.play.rerun import resume

    world = resume(replay, scenario).world
    losses = {name: sum(stats.losses(world, side).values()) for side, name in enumerate(("japan", "china"))}
    return {"over": world.state.over, "turn": world.state.turn, **stats.outcome(world), "losses": losses}


def fan_summary(fan: Fan) -> dict[str, Any]:
    """Return a fan as plain values, the object that `branch --json` prints."""
    return {
        "turn": fan.turn, "battle": fan.battle, "recorded": fan.recorded, "played_on": batch_summary(fan.rows),
        "without_the_attack": batch_summary(fan.without) if fan.without else None,
        "differences": [asdict(d) for d in fan.differences],
    }  # fmt: skip
