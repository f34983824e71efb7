"""Keeping the window's answers quick: no long pauses for clearing memory, and a fair share of time beside the computer player."""

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
        gc.freeze()
    else:
        gc.unfreeze()


__all__ = ["share_time", "spare_memory"]
