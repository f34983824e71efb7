"""Many games: the same bytes from one or more workers, after an interruption, after a crash; damage is named."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from game.core.errors import DataError
from game.lab.batch import run_batch, tasks_of
from game.lab.executor import Here, Pool, executor_for, in_groups
from game.lab.runfolder import Plan, RunFolder, load_rows, read_rows
from game.lab.summary import batch_summary
from game.lab.task import Done, Row, Task, pack_control, play_task, row_text, unpack_control
from tests.lab.conftest import MINI


def quiet(rows: list[Row]) -> None:
    """Listen to nothing."""


def test_rows_do_not_depend_on_the_number_of_workers(plan: Plan, tmp_path: Path) -> None:
    """One process and two give the same bytes, in both files."""
    run_batch(plan, tmp_path / "one", Here(), quiet)
    with Pool(2) as pool:
        run_batch(plan, tmp_path / "two", pool, quiet)
    for name in ("games.jsonl", "games.sqlite", "run.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


class Interrupted:
    """Plays some games, then is interrupted."""

    def __init__(self, games: int) -> None:
        self.games = games

    def play(self, tasks: Sequence[Task]) -> Iterator[list[Done]]:
        """Yield some games in the wrong order."""
        for task in list(reversed(tasks))[: self.games]:
            yield [play_task(task)]
        raise KeyboardInterrupt


def test_an_interrupted_batch_goes_on_where_it_stopped(plan: Plan, tmp_path: Path) -> None:
    """Finished games are kept, only the others are played, and the result is that of a batch in one go."""
    with pytest.raises(KeyboardInterrupt):
        run_batch(plan, tmp_path / "a", Interrupted(4), quiet)
    told: list[int] = []
    run_batch(plan, tmp_path / "a", Here(), lambda rows: told.append(len(rows)))
    assert told == [4, 1, 1]
    run_batch(plan, tmp_path / "b", Here(), quiet)
    assert (tmp_path / "a" / "games.jsonl").read_bytes() == (tmp_path / "b" / "games.jsonl").read_bytes()


def test_a_line_cut_short_is_played_again(plan: Plan, tmp_path: Path) -> None:
    """What an interruption leaves of a line does not spoil the folder."""
    run_batch(plan, tmp_path / "a", Here(), quiet)
    whole = (tmp_path / "a" / "games.jsonl").read_bytes()
    journal = tmp_path / "a" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-50])
    told: list[int] = []
    run_batch(plan, tmp_path / "a", Here(), lambda rows: told.append(len(rows)))
    assert told == [5, 1]
    assert (tmp_path / "a" / "games.jsonl").read_bytes() == whole


def test_more_games_keep_those_that_were_played(plan: Plan, tmp_path: Path) -> None:
    """The same batch with more seeds plays only the new ones."""
    run_batch(plan, tmp_path, Here(), quiet)
    told: list[int] = []
    rows = run_batch(replace(plan, seeds=(1, 8)), tmp_path, Here(), lambda found: told.append(len(found)))
    assert told == [6, 1, 1]
    assert [r["seed"] for r in rows] == list(range(1, 9))


def test_another_run_in_the_folder_is_refused(plan: Plan, tmp_path: Path) -> None:
    """Nothing is mixed: other players, other values, other files."""
    run_batch(plan, tmp_path / "a", Here(), quiet)
    for other in (replace(plan, players=("staff", "staff")), replace(plan, overrides=(("combat.noise", 300),))):
        with pytest.raises(DataError, match="another run"):
            run_batch(other, tmp_path / "a", Here(), quiet)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "letter.txt").write_text("mine")
    with pytest.raises(DataError, match="other files"):
        run_batch(plan, tmp_path / "b", Here(), quiet)
    assert sorted(p.name for p in (tmp_path / "b").iterdir()) == ["letter.txt"]


def test_two_batches_at_once_in_a_folder_are_refused(plan: Plan, tmp_path: Path) -> None:
    """The second says so; a mark left by a process that is gone does not matter."""
    with RunFolder(tmp_path, plan), pytest.raises(DataError, match="another batch is at work"), RunFolder(tmp_path, plan):
        pass
    (tmp_path / "in-use").write_text("999999999")
    with RunFolder(tmp_path, plan):
        pass
    assert not (tmp_path / "in-use").exists()


@pytest.mark.parametrize("line", ["{", "[]", '{"seed": "1"}', "\x00", '{"a": 1}'])
def test_a_broken_row_is_named(plan: Plan, tmp_path: Path, line: str) -> None:
    """The message has file and line, and nothing is lost."""
    run_batch(plan, tmp_path, Here(), quiet)
    journal = tmp_path / "journal.jsonl"
    lines = journal.read_text().splitlines()
    lines[2] = line
    journal.write_text("\n".join(lines) + "\n")
    before = journal.read_bytes()
    with pytest.raises(DataError) as caught:
        run_batch(plan, tmp_path, Here(), quiet)
    assert (caught.value.problems[0].file, caught.value.problems[0].line) == (str(journal), 3)
    assert journal.read_bytes() == before


ODD = '''
class Odd:
    name = "odd"
    def orders(self, view):
        raise RuntimeError("lost the map")
        yield
'''
DEADLY = '''
import os
from game.ai.random_player import RandomPlayer

class Deadly(RandomPlayer):
    name = "deadly"
    def orders(self, view):
        if view._world.state.seed in {seeds}:
            os._exit(9)
        yield from super().orders(view)
'''


def test_a_dead_worker_costs_no_other_game(tmp_path: Path) -> None:
    """The game that kills its process is recorded as failed; all others are played."""
    file = tmp_path / "deadly.py"
    file.write_text(DEADLY.format(seeds="(2,)"))
    plan = Plan(MINI, (1, 3), (f"{file}:Deadly", "random"))
    with Pool(2) as pool:
        rows = run_batch(plan, tmp_path / "run", pool, quiet)
    assert [r["seed"] for r in rows if "error" in r] == [2]
    assert "ended 3 times" in rows[1]["error"]
    assert len(rows) == 3
    assert batch_summary(rows)["finished"] == 2


def test_a_game_that_fails_is_a_row(tmp_path: Path) -> None:
    """An exception in a player is told, and played again when the batch is given once more."""
    file = tmp_path / "odd.py"
    file.write_text(ODD)
    plan = Plan(MINI, (1, 2), (f"{file}:Odd", "random"))
    rows = run_batch(plan, tmp_path / "run", Here(), quiet)
    assert [r["error"] for r in rows] == ["RuntimeError: lost the map"] * 2
    with RunFolder(tmp_path / "run", plan) as run:
        assert run.rows == {}


def test_results_can_be_read_back(plan: Plan, tmp_path: Path) -> None:
    """JSON lines and SQLite tell the same games."""
    rows = run_batch(plan, tmp_path, Here(), quiet)
    card, again = load_rows(tmp_path)
    assert again == rows and card["scenario"] == rows[0]["scenario"]
    base = sqlite3.connect(tmp_path / "games.sqlite")
    assert [tuple(r) for r in base.execute("SELECT seed, net, digest FROM games ORDER BY seed")] == [
        (r["seed"], r["outcome"]["points"]["net"], r["digest"]) for r in rows
    ]
    assert base.execute("SELECT count(*) FROM captures").fetchone()[0] == sum(len(r["captures"]) for r in rows)
    base.close()


def test_an_unfinished_batch_has_no_results(plan: Plan, tmp_path: Path) -> None:
    """Reading it says so."""
    with pytest.raises(KeyboardInterrupt):
        run_batch(plan, tmp_path, Interrupted(2), quiet)
    with pytest.raises(DataError, match="not finished"):
        load_rows(tmp_path)


def test_a_full_disk_keeps_what_was_finished(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to do; after room is made the batch goes on."""
    import os

    real, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 4:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DataError, match="No space left on device"):
        run_batch(plan, tmp_path, Here(), quiet)
    monkeypatch.undo()
    told: list[int] = []
    run_batch(plan, tmp_path, Here(), lambda rows: told.append(len(rows)))
    assert told[0] >= 3 and sum(told) == 6


def test_groups_hold_every_task_once_and_end_small(plan: Plan) -> None:
    """Work is spread so that no worker waits long at the end."""
    tasks = tasks_of(replace(plan, seeds=(1, 200)))
    groups = in_groups(tasks, 2)
    assert [t for g in groups for t in g] == tasks
    assert len(groups[0]) == 8 and [len(g) for g in groups[-4:]] == [1, 1, 1, 1]


def test_one_worker_plays_here() -> None:
    """No process is started for a single worker."""
    assert isinstance(executor_for(1), Here) and isinstance(executor_for(3), Pool)


def test_control_survives_packing() -> None:
    """Any pattern of hexes comes back."""
    import numpy as np

    patterns = [[0], [1], [0, 0], [255, 0, 1], [1, 0], [0, 1, 0], [0] * 9 + [1] * 5]
    for pattern in patterns:
        control = np.array(pattern, np.uint8)
        assert unpack_control(pack_control(control)).tolist() == [c == 0 for c in pattern]


def test_a_row_is_the_result_of_run_without_the_clock(plan: Plan) -> None:
    """Rows carry nothing that differs between machines."""
    row = play_task(tasks_of(plan)[0]).row
    assert "cpu_seconds" not in row and row["digest"] and row["curve"]["japan"][-1] == sum(row["losses"]["japan"].values())
    assert json.loads(row_text(row)) == json.loads(json.dumps(row))
    assert read_rows(row_text(row).encode(), "x")[0]["seed"] == 1
