"""Where the game's own files lie: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

from game.core.errors import fail


def data_folder(name: str) -> Path:
    """Return the folder `assets` or `scenarios`; raises DataError when the installation lacks it."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise fail("install", f"the game's folder {name!r} is missing", str(package.parent / name), hint="install the game again")
