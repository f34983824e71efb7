"""What happens when the program fails: the story goes into a log file, the game is kept, and the player can read what to do.

Errors that the game raises on purpose (`GameError`) are messages and do not come here.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections import deque
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.errors import GameError

if TYPE_CHECKING:
    from game.ui.desk import Desk

LOG = "errors.log"
LONGEST = 2_000_000  # size at which a new log is begun [bytes]
KEPT = "crash.ichigo"


def log_folder() -> Path:
    """Return where errors are logged; the variable ICHIGO_LOGS overrides the usual folder."""
    from platformdirs import user_log_dir

    named = os.environ.get("ICHIGO_LOGS")
    return Path(named) if named else Path(user_log_dir("ichigo-1944", appauthor=False))


def write_log(error: BaseException, while_doing: str) -> tuple[Path, str]:
    """Add an error with its traceback, the versions and the arguments to the log.

    Returns the log file, and why it could not be written ("" = it was).
    """
    path = log_folder() / LOG
    story = "".join(traceback.format_exception(error))
    text = f"== {datetime.now():%Y-%m-%d %H:%M:%S}, {while_doing}\n{versions()}\narguments: {sys.argv}\n\n{story}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.exists() and path.stat().st_size > LONGEST
        with path.open("w" if fresh else "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(text)
    except OSError as trouble:
        return path, trouble.strerror or str(trouble)
    return path, ""


def versions() -> str:
    """Return the versions of everything that matters, in one line."""
    import platform

    from game import __version__

    found = [f"ichigo {__version__}", f"Python {platform.python_version()}", platform.platform()]
    for name in ("pygame", "numpy", "numba"):
        if name in sys.modules:
            found.append(f"{name} {getattr(sys.modules[name], '__version__', '?')}")
    return ", ".join(found)


def keep_game(desk: Desk, folder: Path, error: BaseException) -> tuple[Path, str]:
    """Save a game after an error; return the file, and why it could not be saved ("" = it was).

    When the rules themselves failed in the middle of an order, the state may be half changed: then the orders before it are
    carried out anew and saved.
    """
    path = folder / KEPT
    try:
        if _in_the_rules(error):
            _again(desk).save(path)
        else:
            desk.save(path)
    except GameError as trouble:
        return path, trouble.problems[0].message
    except Exception as trouble:  # the game is damaged beyond saving; the player must still get his message
        return path, f"{type(trouble).__name__}: {trouble}"
    return path, ""


def _in_the_rules(error: BaseException) -> bool:
    """Return whether an error came out of the rules, so that an order was left half done."""
    return any(Path(frame.filename).parent.name == "rules" for frame in traceback.extract_tb(error.__traceback__))


def _again(desk: Desk) -> Desk:
    """Return the game with all orders that were carried out to their end, played anew."""
    from game.play.session import Session
    from game.ui.desk import Desk as NewDesk

    session = Session(desk.scenario, desk.session.seed)
    for order in [order for phase in desk.session.phases for order in phase.orders]:
        try:
            session.order(order)
        except Exception:  # the order that failed: everything before it is kept
            break
    return NewDesk(session, desk.players)


class Net:
    """Catches what fails in threads, so that the window can tell. Use `open` and `close`."""

    def __init__(self) -> None:
        self.caught: deque[BaseException] = deque()
        self._before = threading.excepthook

    def open(self) -> None:
        """Begin to catch."""
        self._before = threading.excepthook
        threading.excepthook = self._catch

    def _catch(self, args: threading.ExceptHookArgs) -> None:
        error = args.exc_value
        if error is None or isinstance(error, SystemExit):
            return
        self.caught.append(error)

    def close(self) -> None:
        """Leave threads to whoever watched them before."""
        threading.excepthook = self._before
