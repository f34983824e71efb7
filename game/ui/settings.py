"""The player's settings: language, size of text, speed of the computer's moves. Kept in one file that people can edit."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from game.core.errors import DataError, Problem, did_you_mean
from game.core.files import write_whole
from game.scenario.yamlio import Document, describe, read_yaml
from game.ui.messages import Message

SIZES = (1.0, 1.15, 1.3)  # of text and rows
AT_ONCE = 0.0
PACES = (0.5, 1.0, 2.0, 4.0, 8.0, AT_ONCE)  # speeds at which the computer's moves are shown; AT_ONCE = not one by one
LANGS = ("en", "zh")
NAME = "settings.yaml"
LIMIT = 20_000  # bytes of a file
ABOUT = "# Ichi-Go 1944: settings. Written by the game; a value that it does not know is replaced by the usual one.\n"


@dataclass
class Settings:
    """What the player has set. `lang` "" = not chosen yet, so the one the game was started with counts."""

    lang: str = ""
    text_size: float = 1.0  # one of SIZES
    pace: float = 1.0  # one of PACES
    edges: bool = True  # the map scrolls when the cursor is at the edge of the window
    simple: bool = False  # simple icons on the counters


CHOICES: dict[str, tuple[object, ...]] = {
    "lang": LANGS, "text_size": SIZES, "pace": PACES, "edges": (True, False), "simple": (True, False),
}  # fmt: skip


def config_folder() -> Path:
    """Return where the player's own files (settings, keys) are kept; the variable ICHIGO_CONFIG overrides it."""
    from platformdirs import user_config_dir

    named = os.environ.get("ICHIGO_CONFIG")
    return Path(named) if named else Path(user_config_dir("ichigo-1944", appauthor=False))


def load_settings(folder: Path | None = None) -> tuple[Settings, Message]:
    """Return the settings of a folder (None = the player's own), and a message when something in the file is wrong.

    A wrong value is replaced by the usual one; a file that cannot be read leaves all of them at the usual ones.
    """
    path = (folder or config_folder()) / NAME
    if not path.exists():
        return Settings(), Message()
    try:
        document = read_yaml(path, "the settings", LIMIT)
    except DataError as error:
        return Settings(), Message(error.problems)
    found, problems = _read(document)
    return found, Message(problems)


def _read(document: Document) -> tuple[Settings, list[Problem]]:
    found, problems = Settings(), []
    names = [f.name for f in fields(Settings)]
    for key, value in document.data.items():
        if key not in names:
            hint = did_you_mean(key, names) or f"known: {', '.join(names)}"
            problems.append(document.problem("settings", f"there is no setting {key!r}", (key,), hint, key=True))
        elif not _fits(key, value):
            known = ", ".join(_written(c) for c in CHOICES[key])
            message = f"the setting {key} cannot be {describe(value)}; the usual value is used"
            problems.append(document.problem("settings", message, (key,), f"one of {known}"))
        elif value is not None:
            setattr(found, key, float(value) if isinstance(getattr(found, key), float) else value)
    return found, problems


def _fits(key: str, value: Any) -> bool:
    """Return whether a value may stand in the file; true is no number here."""
    if value is None:
        return key == "lang"
    return value in CHOICES[key] and isinstance(value, bool) == isinstance(CHOICES[key][0], bool)


def _written(value: object) -> str:
    """Return a value as the file has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def save_settings(settings: Settings, folder: Path | None = None) -> None:
    """Write the settings whole into a folder (None = the player's own); raises DataError when it cannot be written."""
    path = (folder or config_folder()) / NAME
    lines = [f"{key}: {_written(value)}".rstrip() for key, value in asdict(settings).items()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError([Problem("io", f"cannot make the folder: {error.strerror or error}", str(path.parent))]) from error
    write_whole(path, (ABOUT + "\n".join(lines) + "\n").encode())
