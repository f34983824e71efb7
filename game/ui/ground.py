"""The ground under the counters: pieces from the cache, a quick look where one is missing, and a process that makes the rest."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from game.model.scenario import Scenario
from game.ui import style
from game.ui.groundwork import LOOK, PIECE, WHOLE, Key, cache_folder, file_of, make_piece

if TYPE_CHECKING:
    import pygame

MOST = 160  # pieces kept in memory, 1 MB each


class Ground:
    """The map's ground at every zoom. `draw` never waits; `finish` does, for pictures."""

    def __init__(self, scenario: Scenario, source: str, folder: Path | None = None) -> None:
        """Prepare the ground of a scenario; source: its id or path, from which the second process loads it."""
        self.scenario = scenario
        self.source = source
        self.folder = folder or cache_folder(scenario)
        self.version = 0  # grows when something new can be shown
        self._pieces: OrderedDict[Key, pygame.Surface] = OrderedDict()
        self._guess: OrderedDict[Key, pygame.Surface] = OrderedDict()
        self._look: pygame.Surface | None = None
        self._asked: Key | None = None
        self._answers: list[Key] = []
        self._process: subprocess.Popen[str] | None = None
        self._failed = False

    # -- the second process ----------------------------------------------------------------------------------------
    def _start(self) -> None:
        root = str(Path(__file__).resolve().parent.parent.parent)
        env = dict(os.environ)
        env["PYTHONPATH"] = os.pathsep.join(p for p in (root, env.get("PYTHONPATH", "")) if p)
        words = [sys.executable, "-m", "game.ui.groundwork", str(self.folder), self.source]
        try:
            self._process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env
            )
        except OSError:
            self._failed = True
            return
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            zoom, col, row = map(int, line.split())
            self._answers.append((zoom, col, row))

    def _ask(self, key: Key) -> None:
        if self._asked is not None or self._failed:
            return
        if self._process is None:
            self._start()
        if self._process is None or self._process.stdin is None or self._process.poll() is not None:
            self._failed = True
            return
        try:
            self._process.stdin.write(" ".join(map(str, key)) + "\n")
            self._process.stdin.flush()
            self._asked = key
        except OSError:
            self._failed = True

    def close(self) -> None:
        """End the second process."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    # -- pieces ----------------------------------------------------------------------------------------------------
    def _load(self, key: Key) -> pygame.Surface | None:
        """Return a piece from the disk; a damaged one is removed."""
        import pygame

        path = file_of(self.folder, key)
        if not path.is_file():
            return None
        try:
            return pygame.image.load(str(path)).convert()
        except (pygame.error, OSError):
            path.unlink(missing_ok=True)
            return None

    def poll(self) -> None:
        """Take what the second process has finished."""
        while self._answers:
            key = self._answers.pop(0)
            if key == self._asked:
                self._asked = None
            self._guess.pop(key, None)
            self.version += 1

    @property
    def look(self) -> pygame.Surface | None:
        """Return the quick look at the whole map, None as long as it is not there."""
        if self._look is None:
            self._look = self._load(WHOLE)
            if self._look is None:
                self._ask(WHOLE)
            else:
                self.version += 1
        return self._look

    def visible(self, zoom: int, left: float, top: float, width: int, height: int) -> list[Key]:
        """Return the pieces that a part of the map touches, the nearest to its middle first."""
        cols = range(int(left // PIECE), int((left + width - 1) // PIECE) + 1)
        rows = range(int(top // PIECE), int((top + height - 1) // PIECE) + 1)
        mx, my = (left + width / 2) / PIECE - 0.5, (top + height / 2) / PIECE - 0.5
        keys = [(zoom, c, r) for r in rows for c in cols]
        return sorted(keys, key=lambda k: (abs(k[1] - mx) + abs(k[2] - my), k))

    def draw(self, target: pygame.Surface, zoom: int, left: float, top: float, loads: int = 2) -> bool:
        """Draw the ground onto a surface whose corner lies at (left, top) of the map [px]; return whether all is sharp."""
        sharp = True
        for key in self.visible(zoom, left, top, *target.get_size()):
            piece = self._pieces.get(key)
            if piece is None and loads > 0 and (piece := self._load(key)) is not None:
                loads -= 1
                self._keep(self._pieces, key, piece, MOST)
            if piece is None:
                sharp = False
                if not file_of(self.folder, key).is_file() and self.look is not None:
                    self._ask(key)
                piece = self._blurred(key)
            else:
                self._pieces.move_to_end(key)
            if piece is not None:
                target.blit(piece, (round(key[1] * PIECE - left), round(key[2] * PIECE - top)))
        return sharp

    def _blurred(self, key: Key) -> pygame.Surface | None:
        """Return a piece cut from the quick look and enlarged."""
        import pygame

        found = self._guess.get(key)
        look = self.look
        if found is not None or look is None:
            return found
        factor = style.ZOOMS[key[0]].hex / style.ZOOMS[LOOK].hex
        side = PIECE / factor
        # the quick look begins a tenth of a hex above the middle of the first row
        x, y = key[1] * side, key[2] * side + 0.1 * style.ZOOMS[LOOK].hex
        rect = pygame.Rect(int(x), int(y), max(2, round(side) + 1), max(2, round(side) + 1))
        cut = pygame.Surface(rect.size)
        cut.fill(style.PAPER)
        cut.blit(look, (0, 0), rect)
        found = pygame.transform.smoothscale(cut, (PIECE, PIECE))
        self._keep(self._guess, key, found, 48)
        return found

    @staticmethod
    def _keep(store: OrderedDict[Key, pygame.Surface], key: Key, piece: pygame.Surface, most: int) -> None:
        store[key] = piece
        while len(store) > most:
            store.popitem(last=False)

    def finish(self, zoom: int, left: float, top: float, width: int, height: int) -> None:
        """Make every piece of a part of the map here and now, for pictures without a window."""
        for key in (WHOLE, *self.visible(zoom, left, top, width, height)):
            if not file_of(self.folder, key).is_file():
                make_piece(self.scenario, self.folder, key)
        self.version += 1
