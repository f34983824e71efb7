"""The computer players by name: `staff` plays to win, `random` gives legal orders without a plan."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
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
    """Return a new player: one of the game's by name, or one from a file as `path/to/player.py:Class`.

    Raises:
        DataError: the name or the file is unknown (with the nearest names), or the class is no player.
    """
    if ".py" in name:
        return _from_file(name)
    if name not in PLAYERS:
        known = player_names()
        raise fail(
            "unknown_player",
            f"there is no computer player {name[:60]!r}",
            hint=did_you_mean(name, known) or f"known: {', '.join(known)}, or a file: path/to/player.py:Player",
        )
    module, kind, _ = PLAYERS[name]
    return cast("Player", getattr(import_module(module), kind)())


def _from_file(name: str) -> Player:
    """Return a player from `path/to/player.py:Class`; the class is called without arguments."""
    path, kind = _file_and_class(name)
    made = _module(path)
    found = getattr(made, kind, None)
    if not isinstance(found, type):
        classes = [n for n, v in vars(made).items() if isinstance(v, type) and v.__module__ == made.__name__]
        hint = did_you_mean(kind, classes) or (f"it has {', '.join(classes)}" if classes else "it has none")
        raise fail("player", f"the file has no class {kind!r}", str(path), hint=hint)
    try:
        player = found()
    except Exception as error:
        raise fail("player", f"{kind}() failed: {type(error).__name__}: {error}", str(path)) from error
    if not callable(getattr(player, "orders", None)):
        raise fail("player", f"{kind} has no method orders(view)", str(path), hint="see docs/players.md")
    if not isinstance(getattr(player, "name", None), str):
        raise fail("player", f"{kind} has no name", str(path), hint='give the class a line like: name = "mine"')
    return cast("Player", player)


def _file_and_class(name: str) -> tuple[Path, str]:
    text, colon, kind = name.rpartition(":")
    if not colon or not kind.isidentifier() or not text.endswith(".py"):
        raise fail("player", f"expected path/to/player.py:Class, found {name[:80]!r}")
    path = Path(text)
    if not path.is_file():
        raise fail("player", "there is no such file", str(path))
    return path, kind


def _module(path: Path) -> ModuleType:
    """Return the module of a file, made once; raises DataError when it does not run."""
    from hashlib import blake2b
    from importlib.util import module_from_spec, spec_from_file_location

    name = f"ichigo_player_{blake2b(str(path.resolve()).encode(), digest_size=8).hexdigest()}"
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_file_location(name, path.resolve())
    if spec is None or spec.loader is None:
        raise fail("player", "the file cannot be read as Python", str(path))
    made = module_from_spec(spec)
    sys.modules[name] = made  # classes look their module up
    try:
        spec.loader.exec_module(made)
    except Exception as error:
        del sys.modules[name]
        line = getattr(error, "lineno", 0) or _line_in(error, str(path.resolve()))
        message = f"the file does not run: {type(error).__name__}: {error}"
        raise fail("player", message, str(path), line, 1 if line else 0) from error
    return made


def _line_in(error: Exception, file: str) -> int:
    """Return the last line of a file that an error passed, 0 = none."""
    from traceback import extract_tb

    return next((f.lineno or 0 for f in reversed(extract_tb(error.__traceback__)) if f.filename == file), 0)
