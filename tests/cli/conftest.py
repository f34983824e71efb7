"""Running the commands, in this process and in fresh ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MINI = str(ROOT / "tests" / "fixtures" / "mini")


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def ichigo(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command in this process."""
    from game.cli.main import main

    def run(*words: object) -> Ran:
        capsys.readouterr()
        code = main([str(w) for w in words])
        got = capsys.readouterr()
        return Ran(code, got.out, got.err)

    return run


@pytest.fixture
def fresh() -> Callable[..., Ran]:
    """Run a command in a fresh process, with more environment if given."""

    def run(*words: object, **more: str) -> Ran:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *map(str, words)],
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **more}, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def game_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a replay of the small scenario."""
    from game.cli.games import play
    from game.play.replay import write_replay
    from game.scenario.load import load_scenario

    path = tmp_path_factory.mktemp("replay") / "game.txt"
    session, _ = play(load_scenario(MINI), 1, ("staff", "random"))
    write_replay(session, ("staff", "random"), path)
    return path
