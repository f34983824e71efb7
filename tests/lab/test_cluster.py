"""A real scheduler and two workers on the loopback: the same bytes as in one process, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game.core.errors import DataError
from game.lab.batch import run_batch
from game.lab.executor import Here, executor_for
from game.lab.runfolder import Plan
from game.lab.task import Row

pytestmark = pytest.mark.needs("distributed")


def start(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a program of Dask's with a local folder for its files."""
    env = {**os.environ, "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False"}
    return subprocess.Popen([sys.executable, "-m", "distributed.cli." + words[0], *words[1:]], cwd=folder, env=env,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Return the address of a scheduler and its two workers."""
    import json

    card = tmp_path / "scheduler.json"
    words = ["--no-dashboard", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(card)]
    programs = [start(["dask_scheduler", *words], tmp_path)]
    try:
        until = time.monotonic() + 60
        while not card.exists() or not card.read_text():
            assert time.monotonic() < until and programs[0].poll() is None, "the scheduler did not start"
            time.sleep(0.1)
        address = json.loads(card.read_text())["address"]
        for n in range(2):
            place = ["--local-directory", str(tmp_path / f"w{n}"), "--no-dashboard", "--nthreads", "1", "--no-nanny"]
            programs.append(start(["dask_worker", address, *place], tmp_path))
        yield address, programs[1:]
    finally:
        for program in reversed(programs):
            program.kill()
            program.wait()


def test_a_cluster_gives_the_same_bytes(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], plan: Plan, tmp_path: Path
) -> None:
    """All three files, with a worker killed in the middle."""
    address, workers = cluster
    many = replace(plan, seeds=(1, 24))
    run_batch(many, tmp_path / "here", Here(), lambda rows: None)
    counts: list[int] = []

    def kill_one(rows: list[Row]) -> None:
        counts.append(len(rows))
        if len(counts) == 3:
            workers[0].send_signal(signal.SIGKILL)

    with executor_for(1, address) as executor:
        wait_for_workers(executor, 2)
        run_batch(many, tmp_path / "there", executor, kill_one)
    assert sum(counts) == 24
    for name in ("games.jsonl", "games.sqlite"):
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()


def wait_for_workers(executor: object, count: int) -> None:
    """Wait until the workers have come."""
    executor._client.wait_for_workers(count, timeout=60)  # type: ignore[attr-defined]


def test_an_unreachable_cluster_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence with the address and how to start one."""
    monkeypatch.setattr("game.lab.cluster.PATIENCE", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense", "tcp://127.0.0.1:notaport"):
        with pytest.raises(DataError, match="no cluster answers"):
            executor_for(1, address)
