"""Kernels give the same results compiled and as plain Python, and the game runs without numba."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.core.hexgrid import neighbour_table
from game.core.jit import Kernel, kernel, numba_wanted

ROOT = Path(__file__).resolve().parents[2]


def flood(table: Any, height: Any, start: int, steps: Any) -> int:
    """Fill steps: (H,) int32 with the hexes walked from start over height: (H,); return how many were reached."""
    queue = np.zeros(height.size, np.int32)
    steps[:] = -1
    steps[start] = 0
    queue[0] = start
    head, tail = 0, 1
    while head < tail:
        h = queue[head]
        head += 1
        for d in range(6):
            n = table[h, d]
            if n >= 0 and steps[n] < 0 and abs(height[n] - height[h]) * 7 // 3 < 900:
                steps[n] = steps[h] + 1
                queue[tail] = n
                tail += 1
    return tail


def ground(cols: int, rows: int) -> tuple[Any, Any]:
    """Return a neighbour table and (H,) int32 heights without any random generator."""
    height = (np.arange(cols * rows, dtype=np.int64) * 7919 % 1009).astype(np.int32)
    return neighbour_table(cols, rows), height


def reached(run: Any) -> tuple[int, list[int]]:
    table, height = ground(13, 11)
    steps = np.zeros(height.size, np.int32)
    return int(run(table, height, 40, steps)), steps.tolist()


def test_without_numba_the_plain_function_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICHIGO_NO_NUMBA", "1")
    assert not numba_wanted()
    made = Kernel(flood)
    assert reached(made) == reached(flood)
    assert made.run is flood


def test_compiled_and_plain_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    monkeypatch.delenv("ICHIGO_NO_NUMBA", raising=False)
    assert numba_wanted()
    made = Kernel(flood)
    compiled, plain = reached(made), reached(flood)
    assert made.run is not flood
    assert compiled == plain
    assert 1 < plain[0] < 13 * 11  # some hexes were out of reach, so both sides of the test were walked


def test_an_empty_switch_does_not_switch_off(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    monkeypatch.setenv("ICHIGO_NO_NUMBA", "")
    assert numba_wanted()


def test_numba_that_is_not_installed_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ICHIGO_NO_NUMBA", raising=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert not numba_wanted()


def test_a_kernel_keeps_its_name_and_docstring() -> None:
    made = kernel(flood)
    assert made.__name__ == "flood"
    assert made.__doc__ == flood.__doc__


def test_nothing_is_compiled_or_imported_before_the_first_call() -> None:
    code = (
        "import sys\n"
        "from game.core.jit import kernel\n"
        "made = kernel(lambda x: x + 1)\n"
        "assert 'numba' not in sys.modules\n"
        "print(made(1943))\n"
    )
    env = {**os.environ, "ICHIGO_NO_NUMBA": "1"}
    out = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout == "1944\n"
