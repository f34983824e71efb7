from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from tests.golden.renew import GAMES, play_text

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", GAMES)
def test_a_game_goes_as_it_is_written_down(name: str) -> None:
    expected = (HERE / name).read_text(encoding="utf-8")
    found = play_text(*GAMES[name])
    difference = list(unified_diff(expected.splitlines(), found.splitlines(), name, "now", lineterm="", n=1))
    assert not difference, "\n".join(["the game differs; if that is meant: python -m tests.golden.renew", *difference[:40]])
