"""Playing many games: an experiment in a folder, resumed where it stopped, or a quick one in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from game.lab.executor import Executor
from game.lab.runfolder import Plan, RunFolder
from game.lab.task import Done, Row, Task

Tick = Callable[[list[Row]], None]  # told of every group of rows, those that were there before first


def tasks_of(plan: Plan, without: Iterable[int] = ()) -> list[Task]:
    """Return the games of a plan but for some seeds."""
    played = set(without)
    seeds = range(plan.seeds[0], plan.seeds[1] + 1)
    return [
        Task(n, plan.source, seed, plan.players, plan.overrides, plan.check) for n, seed in enumerate(seeds) if seed not in played
    ]


def run_batch(plan: Plan, folder: Path, executor: Executor, tick: Tick) -> list[Row]:
    """Play the games of a plan that its folder lacks, and return the rows of all in the order of the seeds.

    Args:
        plan: what is played.
        folder: where results are kept; made if need be.
        executor: plays the games.
        tick: told of the rows that were there, then of each group of games that is finished.

    Raises:
        DataError: the folder holds something else, is in use or cannot be written.
    """
    with RunFolder(folder, plan) as run:
        tick([run.rows[seed] for seed in sorted(run.rows)])
        for group in executor.play(tasks_of(plan, run.rows)):
            run.add(group)
            tick([d.row for d in group])
        return run.finish()


def play_rows(tasks: list[Task], executor: Executor, tick: Callable[[Done], None] | None = None) -> list[Row]:
    """Play tasks without keeping anything on disk; return their rows in the order of the tasks."""
    found: dict[int, Row] = {}
    for group in executor.play(tasks):
        for done in group:
            found[done.number] = done.row
            if tick:
                tick(done)
    return [found[task.number] for task in tasks]
