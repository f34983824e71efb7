"""Keeping the window's answers quick: no long pauses for loading code or clearing memory, a fair share of time."""

from __future__ import annotations

import gc
import sys

SHARE = 0.001  # how long another thread may keep the window waiting before it is asked to give way [s]


def share_time() -> None:
    """Let the threads take turns quickly: the computer player thinks in one beside the window."""
    sys.setswitchinterval(SHARE)


def spare_memory(game: bool) -> None:
    """Leave what a game has loaded out of the search for unused memory, which would stop the window for a tenth of a second.

    game: a game or a replay has just been opened; otherwise what was left out is searched again.
    """
    if game:
        gc.unfreeze()
        gc.collect()  # else the game before would be left out too, and its memory never given back
        gc.freeze()
    else:
        gc.unfreeze()


def warm_up() -> None:
    """Load what a game will need while the player looks at the menu: the game's screen and every compiled function.

    The first phase of the smallest scenario is played to its end, and a stamp of its land drawn; without them nothing is lost.
    """
    from game.ai.registry import make_player
    from game.model.orders import End
    from game.play.session import Session
    from game.rules import engine
    from game.ui import gamescreen, groundwork, namekernel
    from game.ui.frame import Frame
    from game.ui.library import FIRST, entry_of

    assert gamescreen
    scenario = entry_of(FIRST).scenario
    if scenario is None:
        return
    namekernel.warm()
    session = Session(scenario, 1)
    for order in make_player("staff").orders(session.view(session.world.state.side)):
        if isinstance(order, End):
            break
        if engine.check(session.world, order).ok:
            session.order(order)
    session.order(End())
    groundwork.draw_area(scenario, Frame(scenario.map, 16.0, 0.0, 0.0, 64, 64), 1)


__all__ = ["share_time", "spare_memory", "warm_up"]
