"""Starting a part of the game in a process of its own, so that the window never waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def start_module(module: str, words: Sequence[str], asked: bool) -> subprocess.Popen[str]:
    """Start a module of this package with some words; raises OSError when the system does not allow it.

    Args:
        module: such as "game.ui.groundwork"; it is found wherever this package lies.
        words: its arguments.
        asked: it is sent requests line by line and its errors do not count; else it has no input, and errors are among its lines.
    """
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
    return subprocess.Popen(
        [sys.executable, "-m", module, *words],
        stdin=subprocess.PIPE if asked else subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if asked else subprocess.STDOUT, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
