"""The kit for computer players: the game's own pass, and each kind of misbehaviour is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.ai.registry import make_player
from game.core.errors import DataError
from game.lab.conformance import conform
from tests.lab.conftest import MINI

HEAD = "from game.model.orders import *\nfrom game.ai.random_player import RandomPlayer\nimport os, time\n"
BAD = {
    "legal orders": "class P:\n    name = 'p'\n    def orders(self, view):\n        yield Move(view.units()[0], (0, 1))\n",
    "leaves the game alone": (
        "class P:\n    name = 'p'\n    def orders(self, view):\n"
        "        view.own(view.units()[0]).men[view.units()[0]] += 1\n        yield from ()\n"
    ),
    "keeps to": (
        "class P(RandomPlayer):\n    def orders(self, view):\n        time.sleep(0.02)\n        yield from super().orders(view)\n"
    ),
    "twice": (
        "class P:\n    name = 'p'\n    def orders(self, view):\n"
        "        for u in view.units():\n            if os.urandom(1)[0] % 2:\n"
        "                yield Stance(u, (view.own(u).stance[u] + 1) % 3)\n"
    ),
    "only what its side sees": (
        "class P:\n    name = 'p'\n    def orders(self, view):\n        w = view._world\n"
        "        men = sum(w.state.men[u] for u in w.present(1 - view.side))\n"
        "        yield Stance(view.units()[men % len(view.units())], men % 3)\n"
    ),
    "plays a game to its end": (
        "class P:\n    name = 'p'\n    def orders(self, view):\n        raise ValueError('no idea')\n        yield\n"
    ),
}


@pytest.mark.parametrize("name", ["staff", "random"])
def test_the_games_own_players_conform(name: str) -> None:
    """All checks are good on both sides."""
    found = conform(name, MINI, 2, "random", 30)
    assert len(found) == 12 and [f for f in found if not f.good] == []


@pytest.mark.parametrize("check", BAD)
def test_misbehaviour_is_found(check: str, tmp_path: Path) -> None:
    """Each bad player fails its check on both sides."""
    file = tmp_path / "player.py"
    file.write_text(HEAD + BAD[check])
    bad = [f for f in conform(f"{file}:P", MINI, 2, "random", 0.01 if check == "keeps to" else 30) if not f.good]
    assert sum(check in f.check for f in bad) == 2, bad


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (None, "P", "no such file"),
        ("class Q: pass", "P", "no class 'P'"),
        ("class P: name = 'p'", "P", "no method orders"),
        ("class P:\n    def orders(self, view): yield", "P", "has no name"),
        ("x = (", "P", "does not run"),
        ("import nothing_like_this", "P", "does not run"),
        ("class P:\n    def __init__(self): raise ValueError('x')", "P", "failed"),
        ("class P: pass", "not a name", "expected path"),
    ],
)
def test_a_file_that_holds_no_player_is_told(tmp_path: Path, text: str | None, name: str, message: str) -> None:
    """One sentence with the file."""
    file = tmp_path / "player.py"
    if text is not None:
        file.write_text(text)
    with pytest.raises(DataError, match=message):
        make_player(f"{file}:{name}")


def test_the_line_of_a_mistake_is_named(tmp_path: Path) -> None:
    """Syntax and other errors of the file have a place."""
    file = tmp_path / "player.py"
    file.write_text("a = 1\n\nb = a / 0\n")
    with pytest.raises(DataError) as caught:
        make_player(f"{file}:P")
    assert caught.value.problems[0].line == 3
