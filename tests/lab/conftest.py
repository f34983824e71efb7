"""A scenario of a few units and turns on which many games can be played in a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.lab.runfolder import Plan

MINI = str(Path(__file__).parent.parent / "fixtures" / "mini")


@pytest.fixture
def plan() -> Plan:
    """Return six games of the mini scenario."""
    return Plan(MINI, (1, 6), ("staff", "random"))
