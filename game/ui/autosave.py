"""Saves that the game makes by itself: at both ends of a turn, and when a game is left in the middle of one.

`auto.ichigo` is the newest; `auto-1` to `auto-3` are the ones before it.
"""

from __future__ import annotations

import os
from pathlib import Path

from game.core.errors import fail
from game.core.files import write_whole
from game.play.replay import replay_text
from game.ui.desk import Desk

NAME = "auto"
OLDER = 3  # how many older ones are kept


def write_autosave(desk: Desk, folder: Path, turn: bool) -> Path:
    """Write the automatic save of a game and return its path; raises DataError when it cannot be written.

    Args:
        desk: the game.
        folder: where saves are kept.
        turn: a turn begins or ends: the older ones are kept; else the newest is replaced.
    """
    path, data = folder / f"{NAME}.ichigo", replay_text(desk.session, desk.players).encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_bytes() == data:
            return path
        if not turn or not path.is_file():
            write_whole(path, data)
            return path
        # the new one is safely on the disk before the old ones change their names
        fresh = folder / f"{NAME}-0.ichigo"
        write_whole(fresh, data)
        names = [path, *(folder / f"{NAME}-{n}.ichigo" for n in range(1, OLDER + 1))]
        for older, newer in zip(reversed(names), reversed(names[:-1]), strict=False):
            if newer.is_file():
                os.replace(newer, older)
        os.replace(fresh, path)
    except OSError as error:
        raise fail("io", f"cannot save: {error.strerror or error}", str(path), hint="is the disk full?") from error
    return path
