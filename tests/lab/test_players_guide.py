"""The player and the loop printed in docs/players.md work as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.lab.conformance import conform
from tests.lab.conftest import MINI

GUIDE = Path(__file__).parent.parent.parent / "docs" / "players.md"


def programs() -> list[str]:
    """Return the Python programs of the guide."""
    return re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)


def test_the_printed_player_conforms(tmp_path: Path) -> None:
    """On both sides, every check."""
    file = tmp_path / "cautious.py"
    file.write_text(programs()[0], encoding="utf-8")
    found = conform(f"{file}:Cautious", MINI, 1, "random", 30)
    assert [f for f in found if not f.good] == []


@pytest.mark.needs("pettingzoo", "gymnasium")
def test_the_printed_loop_ends() -> None:
    """The environment of the guide plays a game."""
    space: dict[str, object] = {}
    exec(programs()[1], space)
    assert space["over"] is True
