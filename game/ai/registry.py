"""The computer players by name: `staff` plays to win, `random` gives legal orders without a plan."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from game.core.errors import did_you_mean, fail

if TYPE_CHECKING:
    from game.play.session import Player

# name -> (module, class, what it does); modules are imported when a game needs them
PLAYERS: dict[str, tuple[str, str, str]] = {
    "staff": ("game.ai.staff", "StaffPlayer", "plans like a staff: objectives, fronts, concentrated attacks"),
    "random": ("game.ai.random_player", "RandomPlayer", "gives legal orders at random"),
}


def player_names() -> list[str]:
    """Return the names that `make_player` knows."""
    return list(PLAYERS)


def make_player(name: str) -> Player:
    """Return a new player of a name; raises DataError with the nearest names for an unknown one."""
    if name not in PLAYERS:
        known = player_names()
        raise fail(
            "unknown_player",
            f"there is no computer player {name[:60]!r}",
            hint=did_you_mean(name, known) or f"known: {', '.join(known)}",
        )
    module, kind, _ = PLAYERS[name]
    return cast("Player", getattr(import_module(module), kind)())
