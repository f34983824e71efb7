"""What all tests share: no screen, repeatable properties, and tests that stand aside when an extra is not installed."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest

# before any test imports pygame
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

if find_spec("hypothesis"):
    from hypothesis import settings

    settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
    settings.load_profile("repeatable")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked `needs("module")` when the module is not installed."""
    for mark in item.iter_markers("needs"):
        missing = [name for name in mark.args if find_spec(name) is None]
        if missing:
            pytest.skip(f"not installed: {', '.join(missing)}")
