"""Small maps of the scenarios for the menu, drawn by a second process and kept on disk.

`python -m game.ui.thumbnails FOLDER` reads requests `scenario language` from its input, one a line, and answers each with
the same words when the picture lies in the folder. The scenario `*` stands for the theatre behind the menu.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import deque
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.digest import digest_bytes
from game.core.errors import GameError
from game.core.paths import data_folder
from game.ui import style
from game.ui.childwork import start_module
from game.ui.library import entry_of

if TYPE_CHECKING:
    import pygame

    from game.model.scenario import Scenario

SIZE = (760, 500)  # a picture fits into this [px]
THEATRE = "*"
THEATRE_FROM = "ichigo"  # the scenario whose map is the theatre's
THEATRE_SIZE = (1600, 900)
# what a picture's appearance depends on
MODULES = (
    "borders", "canvas", "counters", "curves", "fields", "fonts", "frame", "icons", "keptlines", "land", "landnames", "lettering",
    "names", "noise", "picture", "png", "rivers", "routes", "sheet", "signs", "spots", "stacks", "stamps", "state", "strokes",
    "style", "symbols", "thumbnails",
)  # fmt: skip


@lru_cache(maxsize=1)
def _code_digest() -> str:
    here = Path(__file__).resolve().parent
    return digest_bytes(*((here / f"{name}.py").read_bytes() for name in MODULES))


def file_of(folder: Path, name: str, lang: str) -> Path | None:
    """Return the file of a picture; None when its scenario cannot be used."""
    if name == THEATRE:
        return folder / f"{digest_bytes(_code_digest().encode(), *_theatre_files())[:24]}.png"
    scenario = entry_of(name).scenario
    if scenario is None:
        return None
    what = f"{name} {lang} {scenario.digest} {scenario.map.digest}".encode()
    return folder / f"{digest_bytes(_code_digest().encode(), what)[:24]}.png"


def _theatre_files() -> list[bytes]:
    """Return what the theatre's picture is made from, without loading its scenario: the first frame must not wait for that."""
    folder = data_folder("assets") / "map"
    entry = data_folder("scenarios") / THEATRE_FROM / "scenario.yaml"
    return [path.read_bytes() for path in [*sorted(folder.glob("theatre*.*")), entry] if path.is_file()]


def default_folder() -> Path:
    """Return where the pictures are kept if nothing else is said."""
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("ichigo-1944", appauthor=False)) / "pictures"


def draw_thumbnail(name: str, lang: str) -> pygame.Surface:
    """Return the small map of a scenario with its first positions, or the theatre without anything on it."""
    from game.ui.frame import whole
    from game.ui.picture import draw_surface
    from game.ui.state import start_of

    entry = entry_of(THEATRE_FROM if name == THEATRE else name)
    if entry.scenario is None:
        raise entry.error or RuntimeError(name)
    scenario = entry.scenario
    if name == THEATRE:
        return _theatre(scenario)
    zoom = _zoom_of(scenario)
    area = whole(scenario.map, style.ZOOMS[zoom].hex)
    return _fitted(draw_surface(scenario, start_of(scenario, lang), area, zoom, lang, False), SIZE)


def _theatre(scenario: Scenario) -> pygame.Surface:
    """Return the middle of a map without names, as wide as the window's shape lets it be."""
    from game.ui.groundwork import WHOLE, draw_piece

    land = draw_piece(scenario, WHOLE)
    wide, high = land.get_size()
    part = min(high, wide * THEATRE_SIZE[1] // THEATRE_SIZE[0])
    return land.subsurface((0, round((high - part) * 0.42), wide, part)).copy()


def _zoom_of(scenario: Scenario) -> int:
    """Return the nearest zoom at which a whole map is not much larger than its picture."""
    from game.ui.frame import whole

    best = 0
    for zoom, level in enumerate(style.ZOOMS):
        area = whole(scenario.map, level.hex)
        if area.width <= SIZE[0] * 1.5 and area.height <= SIZE[1] * 1.7:
            best = zoom
    return best


def _fitted(surface: pygame.Surface, size: tuple[int, int]) -> pygame.Surface:
    """Return a picture made smaller until it fits; it is never enlarged."""
    import pygame

    w, h = surface.get_size()
    share = min(size[0] / w, size[1] / h, 1.0)
    return surface if share == 1.0 else pygame.transform.smoothscale(surface, (round(w * share), round(h * share)))


def make_thumbnail(folder: Path, name: str, lang: str) -> None:
    """Draw a picture and write it into the folder; nothing happens for a scenario that cannot be used."""
    from game.core.files import write_whole
    from game.ui.picture import png_bytes

    path = file_of(folder, name, lang)
    if path is None or path.is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, png_bytes(draw_thumbnail(name, lang)))


class Pictures:
    """The menu's pictures: asks for them, and returns what is there."""

    def __init__(self, folder: Path | None, hurry: bool = False) -> None:
        """Prepare; hurry: draw missing pictures here and now, for pictures of the window itself."""
        self.folder = folder or default_folder()
        self.hurry = hurry
        self.version = 0  # grows when a new picture is there
        self._asked: set[tuple[str, str]] = set()
        self._paths: dict[tuple[str, str], Path | None] = {}
        self._have: dict[tuple[str, str], pygame.Surface] = {}
        self._scaled: dict[tuple[str, str, int, int], pygame.Surface] = {}
        self._answers: deque[tuple[str, str]] = deque()
        self._process: subprocess.Popen[str] | None = None
        self._failed = False

    def get(self, name: str, lang: str) -> pygame.Surface | None:
        """Return a picture in full size, None as long as it is not there."""
        key = (name, lang)
        if key not in self._have:
            self._load(key)
        return self._have.get(key)

    def expect(self, name: str, lang: str) -> None:
        """Have a picture drawn that will be wanted soon."""
        key = (name, lang)
        if self.hurry or key in self._have:
            return
        if key not in self._paths:
            self._paths[key] = file_of(self.folder, *key)
        path = self._paths[key]
        if path is not None and not path.is_file():
            self._request(key)

    def fitted(self, name: str, lang: str, box: tuple[int, int], cover: bool = False) -> pygame.Surface | None:
        """Return a picture scaled into a box, or so that it covers the box; None as long as it is not there."""
        import pygame

        made = self.get(name, lang)
        if made is None:
            return None
        key = (name, lang, *box)
        if key not in self._scaled:
            w, h = made.get_size()
            share = (max if cover else min)(box[0] / w, box[1] / h)
            self._scaled[key] = pygame.transform.smoothscale(made, (max(1, round(w * share)), max(1, round(h * share))))
        return self._scaled[key]

    def _load(self, key: tuple[str, str]) -> None:
        import pygame

        if key not in self._paths:
            self._paths[key] = file_of(self.folder, *key)
        path = self._paths[key]
        if path is None:
            return
        if not path.is_file() and not self._request(key):
            return
        try:
            self._have[key] = pygame.image.load(str(path)).convert()
        except (pygame.error, OSError):
            path.unlink(missing_ok=True)

    def _request(self, key: tuple[str, str]) -> bool:
        """Ask for a picture; return whether it is there already."""
        import pygame

        if self.hurry:
            make_thumbnail(self.folder, *key)
            return True
        if key in self._asked or self._failed or pygame.display.get_driver() == "dummy":
            return False
        self._asked.add(key)
        if self._process is None:
            self._start()
        try:
            if self._process is not None and self._process.stdin is not None:
                self._process.stdin.write(" ".join(key) + "\n")
                self._process.stdin.flush()
        except OSError:
            self._failed = True
        return False

    def _start(self) -> None:
        try:
            self._process = start_module("game.ui.thumbnails", (str(self.folder),), asked=True)
        except OSError:
            self._failed = True
            return
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            name, lang = line.split()
            self._answers.append((name, lang))

    def poll(self) -> bool:
        """Take note of what has been drawn; return whether there is something new."""
        new = bool(self._answers)
        self._answers.clear()
        self.version += new
        return new

    def close(self) -> None:
        """End the second process."""
        if self._process is None:
            return
        self._process.terminate()
        self._process.wait(timeout=10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process = None


def main() -> None:
    """Run as a process of its own, behind everything else."""
    os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
    if hasattr(os, "nice"):
        os.nice(10)
    for line in sys.stdin:
        name, lang = line.split()
        try:
            make_thumbnail(Path(sys.argv[1]), name, lang)
        except GameError as error:
            print(error, file=sys.stderr)
            continue
        print(name, lang, flush=True)


if __name__ == "__main__":
    main()
