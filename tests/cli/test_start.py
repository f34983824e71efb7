"""What a command loads: a start stays quick only while heavy libraries are loaded where they are needed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import MINI, ROOT

HEAVY = ("numpy", "pydantic", "numba", "rich", "pygame", "yaml")
CODE = (
    "import sys; from game.cli.main import main; main(sys.argv[1:]); print(*(m for m in %r if m in sys.modules), file=sys.stderr)"
)


def loaded(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", CODE % (HEAVY,), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["validate", "--help"], ["explain", "--help"], ["map", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert loaded(*words) == set()


def test_a_run_for_machines_needs_no_screen_and_no_tables() -> None:
    assert {"numpy", "yaml"} <= loaded("run", MINI, "--json")
    assert not {"pygame", "rich"} & loaded("run", MINI, "--json")


def test_reading_a_scenario_compiles_nothing() -> None:
    assert not {"numba", "pygame", "rich"} & loaded("oob", MINI)
