"""Playing a game for the commands, with the time that it took."""

from __future__ import annotations

import time
from collections.abc import Callable

from game.ai.registry import make_player
from game.model.scenario import Scenario
from game.play.session import Session

Names = tuple[str, str]


def play(scenario: Scenario, seed: int, names: Names, after: Callable[[Session], None] | None = None) -> tuple[Session, float]:
    """Play a game to its end with (Japan's, China's) player; return it and the processor time of the play [s]."""
    players = make_player(names[0]), make_player(names[1])
    begun = time.process_time()
    session = Session(scenario, seed)
    session.play(players, after)
    return session, time.process_time() - begun
