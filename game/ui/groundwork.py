"""Drawing the ground in pieces: a second process makes them and leaves them in the cache, so that the window never waits.

`python -m game.ui.groundwork FOLDER SCENARIO` reads requests `zoom column row` from its input, one a line, and answers each
with the same words when the piece lies in the folder. Columns NAMES and PLACES ask for where the names of a zoom could stand
(PLACES: of towns only, which is done sooner), row being the number of the script.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from game.core.digest import digest_bytes
from game.model.scenario import Scenario
from game.ui import style
from game.ui.frame import Frame, whole

if TYPE_CHECKING:
    import pygame

PIECE = 512  # side of a piece [px]
LOOK = 1  # zoom of the quick look at the whole map
# what the ground and the places of names depend on; a change of any of them makes what is in the cache useless
MODULES = (
    "borders", "curves", "fields", "fonts", "frame", "keptlines", "land", "landnames", "lettering", "names", "namework", "noise",
    "picture", "rivers", "routes", "signs", "spots", "stamps", "strokes", "style",
)  # fmt: skip
Key = tuple[int, int, int]  # zoom, column, row; the whole map's quick look is (-1, 0, 0)
WHOLE: Key = (-1, 0, 0)
NAMES, PLACES = -9, -8  # stand for the column when names are asked for


def cache_folder(scenario: Scenario) -> Path:
    """Return where the pieces of a scenario's ground are kept; made if need be, in a temporary place if it must be."""
    from tempfile import gettempdir

    from platformdirs import user_cache_dir

    name = ground_digest(scenario)
    for base in (Path(user_cache_dir("ichigo-1944", appauthor=False)), Path(gettempdir()) / "ichigo-1944"):
        folder = base / "ground" / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    from game.core.errors import fail

    raise fail("io", "no folder for the map's cache can be written", str(folder), hint="make room on the disk")


def ground_digest(scenario: Scenario) -> str:
    """Return the fingerprint of everything that the ground's appearance depends on."""
    here = Path(__file__).resolve().parent
    code = [(here / f"{name}.py").read_bytes() for name in MODULES]
    m = scenario.map
    window = f"{m.cols} {m.rows} {m.spacing_m} {m.origin_m} {PIECE} {LOOK}".encode()
    forts = repr(sorted(f.place for f in scenario.forts)).encode()
    return digest_bytes(m.digest.encode(), window, forts, *code)


def file_of(folder: Path, key: Key) -> Path:
    """Return the file of a piece."""
    return folder / ("whole.png" if key == WHOLE else f"z{key[0]}_{key[1]}_{key[2]}.png")


def draw_area(scenario: Scenario, area: Frame, zoom: int) -> pygame.Surface:
    """Return a part of the ground without names, front and counters; every railway as if it worked."""
    from game.ui.picture import draw_ground, empty_of, to_surface
    from game.ui.rivers import river_streams

    view = replace(empty_of(scenario), broken_rail=np.zeros(scenario.map.size, np.uint8))
    image, _ = draw_ground(scenario, view, area, style.ZOOMS[zoom], river_streams(area), [], lambda layer: None)
    return to_surface(np.asarray(image, np.float32))


def draw_piece(scenario: Scenario, key: Key) -> pygame.Surface:
    """Return a piece of the ground, or the quick look at all of it."""
    if key == WHOLE:
        return draw_area(scenario, whole(scenario.map, style.ZOOMS[LOOK].hex), LOOK)
    zoom, col, row = key
    return draw_area(scenario, Frame(scenario.map, style.ZOOMS[zoom].hex, col * PIECE, row * PIECE, PIECE, PIECE), zoom)


def make_piece(scenario: Scenario, folder: Path, key: Key) -> None:
    """Draw a piece, or work out the names of a zoom, and write it into the cache."""
    from game.core.files import write_whole
    from game.ui.picture import png_bytes

    folder.mkdir(parents=True, exist_ok=True)  # somebody may have emptied the cache while the game runs
    if key[1] in (NAMES, PLACES):
        from game.ui.namekernel import warm
        from game.ui.namework import SCRIPTS, make_choices, names_file, to_bytes

        warm()
        script, labels = SCRIPTS[key[2]], key[1] == NAMES
        path = names_file(folder, key[0], script, labels)
        write_whole(path, to_bytes(make_choices(scenario, key[0], script, labels)))
        return
    write_whole(file_of(folder, key), png_bytes(draw_piece(scenario, key)))


def serve(folder: Path, scenario: Scenario) -> None:
    """Answer requests until the input ends."""
    for line in sys.stdin:
        zoom, col, row = map(int, line.split())
        make_piece(scenario, folder, (zoom, col, row))
        print(zoom, col, row, flush=True)


def main() -> None:
    """Run as a process of its own, which gives way to the window."""
    os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
    if hasattr(os, "nice"):
        os.nice(10)
    from game.scenario.load import load_scenario

    serve(Path(sys.argv[1]), load_scenario(sys.argv[2]))


if __name__ == "__main__":
    main()
