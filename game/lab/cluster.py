"""Playing the games of an experiment on a Dask cluster, on the same terms as in worker processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from types import TracebackType
from typing import Any

from game.core.errors import fail
from game.lab.executor import TRIES, crashed, in_groups
from game.lab.task import Done, Task, play_tasks

PATIENCE = 20  # how long the scheduler may take to answer [s]
HINT = "start one with: dask scheduler, and on each machine: dask worker ADDRESS --nthreads 1 --nworkers -1"


class Cluster:
    """Plays games on the workers of a Dask scheduler; a worker that dies costs no game.

    The workers need this package, the same version of it, in their Python, and the scenario under the same name or path.
    """

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ImportError as error:
            raise fail("cluster", "the package distributed is not installed", hint="pip install 'ichigo-1944[cluster]'") from error
        try:
            self._client: Any = distributed.Client(address, timeout=PATIENCE)
        except (OSError, ValueError, TypeError) as error:
            raise fail("cluster", f"no cluster answers at {address[:80]!r}: {error}", hint=HINT) from error

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    def play(self, tasks: Sequence[Task]) -> Iterator[list[Done]]:
        """Yield groups of games as workers finish them."""
        distributed: Any = import_module("distributed")
        lost = (distributed.KilledWorker, import_module("distributed.client").FutureCancelledError)
        workers = self._workers()
        waiting = {}
        for group in in_groups(list(tasks), workers):
            future = self._client.submit(play_tasks, group, pure=False, retries=TRIES)
            waiting[future] = group
        try:
            for future in distributed.as_completed(list(waiting)):
                try:
                    yield future.result()
                except lost:
                    yield [crashed(task) for task in waiting[future]]
        finally:
            self._client.cancel(list(waiting), force=True)

    def _workers(self) -> int:
        """Return the number of worker threads, and see that each has this version of the game."""
        from game import __version__

        found = self._client.run(_version)
        if not found:
            raise fail("cluster", "the cluster has no workers", hint=HINT)
        others = {address: version for address, version in sorted(found.items()) if version != __version__}
        for address, version in others.items():
            raise fail("cluster", f"the worker {address} has version {version} of the game, this is {__version__}", hint=HINT)
        return max(1, sum(map(int, self._client.nthreads().values())))


def _version() -> str:
    """Return the version of the game where this runs."""
    from game import __version__

    return __version__
