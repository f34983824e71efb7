"""The mini scenario for the tests of this folder: a copy to damage, and tools to say where a damage should be found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

MINI = Path(__file__).parent.parent / "fixtures" / "mini"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """Return the folder of a fresh copy of the mini scenario."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.fixture
def edit(mini: Path) -> Callable[[str, str, str], tuple[int, int]]:
    """Return a function that replaces the first `old` in a file by `new`, and returns the place of the mark « in `new`."""

    def replace(name: str, old: str, new: str) -> tuple[int, int]:
        path = mini / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        text = text.replace(old, new, 1)
        at = text.find("«")
        path.write_text(text.replace("«", ""), encoding="utf-8")
        return (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) if at >= 0 else (0, 0)

    return replace
