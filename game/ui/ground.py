"""The ground under the counters: pieces from the cache, a quick look where one is missing, and a process that makes the rest."""

from __future__ import annotations

import queue
import subprocess
import threading
from collections import OrderedDict, deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.jit import numba_wanted
from game.model.scenario import Scenario
from game.ui import style
from game.ui.childwork import start_module
from game.ui.frame import Frame, whole
from game.ui.groundwork import LOOK, NAMES, PIECE, PLACES, WHOLE, Key, cache_folder, draw_area, file_of, make_piece

if TYPE_CHECKING:
    import pygame

MOST = 128  # pieces kept in memory, 1 MB each
COARSE = 16.0  # hex width at which the first look is made at most [px]


class Ground:
    """The map's ground at every zoom. `draw` never waits; `finish` does, for pictures."""

    def __init__(self, scenario: Scenario, source: str, folder: Path | None = None) -> None:
        """Prepare the ground of a scenario; source: its id or path, from which the second process loads it."""
        self.scenario = scenario
        self.source = source
        self.folder = folder or cache_folder(scenario)
        self.version = 0  # grows when something new can be shown
        self.failed = False  # the second process cannot be used
        self.rough: dict[Key, bool] = {}  # pieces not sharp in what was drawn last: could they be drawn at all?
        self.news: list[Key] = []  # pieces that can be shown better than before; emptied by whoever shows them
        self._pieces: OrderedDict[Key, pygame.Surface] = OrderedDict()
        self._guess: OrderedDict[Key, pygame.Surface] = OrderedDict()
        self._there: set[Key] = set()  # known to lie in the folder
        self._look: pygame.Surface | None = None
        self._coarse: tuple[Frame, pygame.Surface] | None = None
        self._asked: Key | None = None
        self._answers: deque[Key] = deque()
        self._wanted: list[Key] = []  # what the second process makes next
        self._process: subprocess.Popen[str] | None = None
        self._loads: queue.SimpleQueue[Key | None] = queue.SimpleQueue()
        self._loading: set[Key] = set()
        self._loaded: deque[tuple[Key, pygame.Surface | None]] = deque()
        self._loader: threading.Thread | None = None

    # -- the second process ----------------------------------------------------------------------------------------
    def _start(self) -> None:
        try:
            self._process = start_module("game.ui.groundwork", (str(self.folder), self.source), asked=True)
        except OSError:
            self.failed = True
            return
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            zoom, col, row = map(int, line.split())
            self._answers.append((zoom, col, row))
        self.failed = True

    def _ask(self, key: Key) -> None:
        if self._asked is not None or self.failed:
            return
        if self._process is None:
            self._start()
        if self._process is None or self._process.stdin is None or self._process.poll() is not None:
            self.failed = True
            return
        try:
            self._process.stdin.write(" ".join(map(str, key)) + "\n")
            self._process.stdin.flush()
            self._asked = key
        except OSError:
            self.failed = True

    def close(self) -> None:
        """End the second process and the thread that loads pieces."""
        if self._loader is not None:
            self._loads.put(None)
            self._loader.join(timeout=10)
            self._loader = None
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    # -- pieces ----------------------------------------------------------------------------------------------------
    def has(self, key: Key) -> bool:
        """Return whether a piece lies in the folder."""
        if key not in self._there and file_of(self.folder, key).is_file():
            self._there.add(key)
        return key in self._there

    def _read(self, key: Key) -> pygame.Surface | None:
        """Return a piece from the disk as it is stored there; a damaged one is removed."""
        import pygame

        path = file_of(self.folder, key)
        if not path.is_file():
            return None
        try:
            return pygame.image.load(str(path))
        except (pygame.error, OSError):
            path.unlink(missing_ok=True)
            self._there.discard(key)
            return None

    def _load(self, key: Key) -> pygame.Surface | None:
        """Return a piece from the disk, ready to be drawn."""
        found = self._read(key)
        return found.convert() if found is not None else None

    def _load_on(self) -> None:
        """Load what is asked for until None is; run by a thread."""
        while (key := self._loads.get()) is not None:
            self._loaded.append((key, self._read(key)))

    def prefetch(self, key: Key) -> None:
        """Have a piece of the folder loaded by the thread."""
        if key in self._pieces or key in self._loading or not self.has(key):
            return
        if self._loader is None:
            self._loader = threading.Thread(target=self._load_on, daemon=True)
            self._loader.start()
        self._loading.add(key)
        self._loads.put(key)

    def expect(self, keys: Sequence[Key]) -> None:
        """Have pieces loaded, and those that are missing made, in this order."""
        for key in keys:
            if key[1] not in (NAMES, PLACES):
                self.prefetch(key)
        self._wanted = [k for k in keys if k not in self._there]

    def poll(self) -> None:
        """Take what the second process and the thread have finished, and note it in `news`."""
        new: list[Key] = []
        while self._answers:
            key = self._answers.popleft()
            if key == self._asked:
                self._asked = None
            self._guess.pop(key, None)
            if key == WHOLE:
                self._guess.clear()
            new.append(key)
        while self._loaded:
            key, piece = self._loaded.popleft()
            self._loading.discard(key)
            if piece is not None:
                if key not in self._pieces:
                    self._keep(self._pieces, key, piece.convert(), MOST)
                self._guess.pop(key, None)
                new.append(key)  # even if it was loaded otherwise meanwhile: some square may have been drawn without it
        self._order()
        self.news += new
        self.version += bool(new)

    def _order(self) -> None:
        """Ask the second process for the next piece that is wanted and missing."""
        while self._wanted and self._asked is None and not self.failed:
            key = self._wanted.pop(0)
            if key[1] in (NAMES, PLACES) or not self.has(key):
                self._ask(key)
                return

    @property
    def working(self) -> bool:
        """Return whether pieces are being made or loaded."""
        return bool((self._asked is not None or self._wanted) and not self.failed) or bool(self._loading)

    @property
    def look(self) -> pygame.Surface | None:
        """Return the quick look at the whole map, None as long as it is not there."""
        if self._look is None and self.has(WHOLE):
            self._look = self._load(WHOLE)
            self.version += 1
        elif self._look is None:
            self._want(WHOLE)
        return self._look

    def _want(self, key: Key) -> None:
        """Have a piece made when those that are wanted already are done."""
        if key not in self._wanted and key != self._asked:
            self._wanted.append(key)

    def first_look(self, zoom: int, left: float, top: float, width: int, height: int) -> None:
        """Draw a part of the map roughly here and now, unless better is in the folder."""
        seen = self.visible(zoom, left, top, width, height)
        if not numba_wanted() or self.has(WHOLE) or all(self.has(key) for key in seen):
            return
        at = max(z for z, level in enumerate(style.ZOOMS) if level.hex <= COARSE and z <= max(zoom - 1, 0))
        k = style.ZOOMS[at].hex / style.ZOOMS[zoom].hex
        area = Frame(
            self.scenario.map, style.ZOOMS[at].hex, round(left * k) - 2, round(top * k) - 2, int(width * k) + 5, int(height * k) + 5
        )
        self._coarse = (area, draw_area(self.scenario, area, at).convert())
        self._guess.clear()
        self.version += 1

    def visible(self, zoom: int, left: float, top: float, width: int, height: int) -> list[Key]:
        """Return the pieces that a part of the map touches, the nearest to its middle first."""
        cols = range(int(left // PIECE), int((left + width - 1) // PIECE) + 1)
        rows = range(int(top // PIECE), int((top + height - 1) // PIECE) + 1)
        mx, my = (left + width / 2) / PIECE - 0.5, (top + height / 2) / PIECE - 0.5
        keys = [(zoom, c, r) for r in rows for c in cols]
        return sorted(keys, key=lambda k: (abs(k[1] - mx) + abs(k[2] - my), k))

    def draw(self, target: pygame.Surface, zoom: int, left: float, top: float, loads: int = 2) -> bool:
        """Draw the ground onto a surface whose corner lies at (left, top) of the map [px]; return whether all is sharp.

        loads: how many pieces may be loaded from the disk now; others are left to the thread.
        """
        self.rough = {}
        for key in self.visible(zoom, left, top, *target.get_size()):
            piece = self._pieces.get(key)
            if piece is None and loads > 0 and (piece := self._load(key)) is not None:
                loads -= 1
                self._keep(self._pieces, key, piece, MOST)
            if piece is None:
                piece = self._blurred(key)
                self.rough[key] = piece is not None
                if self.has(key):
                    self.prefetch(key)
                else:
                    self._want(key)
            else:
                self._pieces.move_to_end(key)
            if piece is not None:
                target.blit(piece, (round(key[1] * PIECE - left), round(key[2] * PIECE - top)))
        return not self.rough

    def _blurred(self, key: Key) -> pygame.Surface | None:
        """Return a piece cut from a rougher picture and enlarged."""
        found = self._guess.get(key)
        if found is not None:
            return found
        coarse, look = self._coarse, self.look
        hex_px = style.ZOOMS[key[0]].hex
        if look is not None:
            found = _enlarged(whole(self.scenario.map, style.ZOOMS[LOOK].hex), look, key, hex_px)
        elif coarse is not None:
            found = _enlarged(coarse[0], coarse[1], key, hex_px)
        if found is not None:
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


def _enlarged(area: Frame, picture: pygame.Surface, key: Key, hex_px: float) -> pygame.Surface:
    """Return a piece cut from the picture of an area at a smaller scale, and enlarged."""
    import pygame

    k = area.hex_px / hex_px
    side = PIECE * k
    x, y = key[1] * side - area.left, key[2] * side - area.top
    rect = pygame.Rect(int(x // 1), int(y // 1), round(side) + 2, round(side) + 2)
    cut = pygame.Surface(rect.size)
    cut.fill(style.PAPER)
    cut.blit(picture, (0, 0), rect)
    big = pygame.transform.smoothscale(cut, (round(rect.w / k), round(rect.h / k)))
    piece = pygame.Surface((PIECE, PIECE))
    piece.blit(big, (round((rect.x - x) / k), round((rect.y - y) / k)))
    return piece
