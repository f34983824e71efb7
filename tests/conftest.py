"""What all tests share: no screen, folders of their own, repeatable properties, and standing aside where an extra is missing."""

from __future__ import annotations

import os
import tempfile
from importlib.util import find_spec

import pytest

# before any test imports pygame
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

# saves, caches, logs and settings of whoever runs the tests stay as they are (where the system has these variables)
_HOME = tempfile.TemporaryDirectory(prefix="ichigo-tests-", ignore_cleanup_errors=True)
for _kind in ("CACHE", "CONFIG", "DATA", "STATE"):
    os.environ[f"XDG_{_kind}_HOME"] = os.path.join(_HOME.name, _kind.lower())

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
