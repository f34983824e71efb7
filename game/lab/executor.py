"""Where the games of an experiment are played: in this process, in worker processes, or on a cluster.

An executor takes tasks and hands back what is done in any order; callers put rows in the order of the tasks, so that results
never depend on who played them.
"""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from types import TracebackType
from typing import Protocol

from game.lab.task import Done, Task, play_task, play_tasks

TRIES = 3  # a game whose worker dies this often is recorded as failed
MOST_TOGETHER = 8  # games that a worker gets at once


class Executor(Protocol):
    """Plays tasks somewhere. Use it in a with statement; it may be asked to play several times."""

    def play(self, tasks: Sequence[Task]) -> Iterator[list[Done]]:
        """Yield groups of finished games in any order, each task once."""
        ...

    def __enter__(self) -> Executor: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class Here:
    """Plays one game after another in this process."""

    def play(self, tasks: Sequence[Task]) -> Iterator[list[Done]]:
        """Yield every game as it is finished."""
        for task in tasks:
            yield [play_task(task)]

    def __enter__(self) -> Here:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass


class Pool:
    """Plays games in worker processes. When a worker dies, its games are given to others, one by one."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None  # made at the first game, kept for the next ones

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:  # an interruption: nobody waits for games that take minutes
            for process in active_children():
                process.terminate()
        self._drop()

    def _drop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def play(self, tasks: Sequence[Task]) -> Iterator[list[Done]]:
        """Yield groups of games as workers finish them."""
        todo = deque(in_groups(list(tasks), self.workers))
        while todo:
            running: dict[Future[list[Done]], list[Task]] = {}
            try:
                yield from self._together(todo, running)
            except BrokenProcessPool:
                self._drop()
            for task in (t for group in running.values() for t in group):
                yield [_alone(task)]

    def _together(self, todo: deque[list[Task]], running: dict[Future[list[Done]], list[Task]]) -> Iterator[list[Done]]:
        """Play groups off `todo` until it is empty; raises BrokenProcessPool with what is under way in `running`."""
        if self._pool is None:
            self._pool = _pool(self.workers)
        while todo or running:
            while todo and len(running) < 2 * self.workers:
                with starting():
                    future = self._pool.submit(play_tasks, todo[0])
                running[future] = todo.popleft()
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                done = future.result()
                del running[future]
                yield done


def _alone(task: Task) -> Done:
    """Play a game in a worker of its own, several times if need be."""
    for _ in range(TRIES - 1):
        with _pool(1) as pool:
            try:
                with starting():
                    future = pool.submit(play_task, task)
                return future.result()
            except BrokenProcessPool:
                continue
    return crashed(task)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, get_context("spawn"), initializer=leave_interrupts)


def crashed(task: Task) -> Done:
    """Return the row of a game that its workers did not survive."""
    return Done(task.number, {"seed": task.seed, "error": f"the process that played it ended {TRIES} times without a result"}, 0.0)


def in_groups(tasks: list[Task], workers: int) -> list[list[Task]]:
    """Return tasks in groups: large at first to save calls, single ones at the end so that all workers finish together."""
    groups, at = [], 0
    while at < len(tasks):
        size = max(1, min(MOST_TOGETHER, (len(tasks) - at) // (4 * workers)))
        groups.append(tasks[at : at + size])
        at += size
    return groups


@contextmanager
def starting() -> Iterator[None]:
    """Keep Ctrl-C from workers that are started meanwhile, from their first moment on; it reaches this process afterwards."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_interrupts() -> None:
    """Leave Ctrl-C to the process that started the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def executor_for(workers: int, cluster: str = "") -> Executor:
    """Return the executor for a number of worker processes (0 or 1 = this process), or for a cluster's address."""
    if cluster:
        from game.lab.cluster import Cluster

        return Cluster(cluster)
    return Pool(workers) if workers > 1 else Here()
