"""The picture below the counters in squares that lie fixed on the map: made once, reused while the map is dragged.

A square that has changed is shown as it was until there is time to paint it again, a moment later.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pygame

TILE = 256  # side of a square [px]; a piece of ground holds four
MOST = 240  # squares kept, 0.25 MB each
GROUP = 2  # so many squares each way are painted again together
Square = tuple[int, int]  # column, row
Area = tuple[int, int, int, int]  # left, top, width, height on the map [px]
BARE, ROUGH, FINE = range(3)  # something is missing; rough ground; nothing can be done better


@dataclass(frozen=True)
class Tile:
    """A finished square and how good it is."""

    surface: pygame.Surface
    grade: int  # BARE, ROUGH or FINE
    sharp: bool  # the ground cannot be better


class Tiles:
    """The squares of one zoom.

    paint: draws an area of whole squares; tells its grade, and the lower grades of those squares whose ground is not sharp.
    """

    def __init__(self, paint: Callable[[Area], tuple[pygame.Surface, int, dict[Square, int]]]) -> None:
        self.paint = paint
        self.behind = False  # some of the squares that were drawn last are to be painted again
        self._tiles: OrderedDict[Square, Tile] = OrderedDict()
        self._stale: dict[Square, None] = {}  # kept squares that are to be painted again, the one that waits longest first

    def clear(self) -> None:
        """Forget everything."""
        self._tiles.clear()
        self._stale.clear()

    def spoil_all(self) -> None:
        """Have everything painted again."""
        for square in self._tiles:
            self._stale.setdefault(square)

    def spoil(self, areas: Iterable[Area]) -> None:
        """Have the squares that areas touch painted again."""
        for left, top, width, height in areas:
            if not self._tiles:
                return
            cols = range(left // TILE, (left + width - 1) // TILE + 1)
            rows = range(top // TILE, (top + height - 1) // TILE + 1)
            if len(cols) * len(rows) > len(self._tiles):
                found = [s for s in self._tiles if s[0] in cols and s[1] in rows]
            else:
                found = [(col, row) for row in rows for col in cols if (col, row) in self._tiles]
            for square in found:
                self._stale.setdefault(square)

    def spoil_rough(self) -> None:
        """Have the squares painted again whose ground is not sharp."""
        for square, tile in self._tiles.items():
            if not tile.sharp:
                self._stale.setdefault(square)

    def draw(self, target: pygame.Surface, left: int, top: int, seconds: float = 60.0) -> int:
        """Draw the squares onto a surface whose corner lies at (left, top) of the map; return the lowest grade.

        seconds: time for painting squares again; missing ones are always painted.
        """
        until = perf_counter() + seconds
        grade = FINE
        squares = touched((left, top, *target.get_size()))
        self._make([s for s in squares if s not in self._tiles])
        self.behind = not self._repaint(squares, until)
        for square in squares:
            tile = self._tiles[square]
            grade = min(grade, tile.grade)
            target.blit(tile.surface, (square[0] * TILE - left, square[1] * TILE - top))
            self._tiles.move_to_end(square)
        while len(self._tiles) > max(MOST, len(squares)):
            self._stale.pop(self._tiles.popitem(last=False)[0], None)
        return min(grade, ROUGH) if self.behind else grade

    def _repaint(self, squares: list[Square], until: float) -> bool:
        """Paint changed squares again until a moment of the clock; return whether all of them are done."""
        seen = set(squares)
        waiting = [s for s in self._stale if s in seen]
        while waiting and perf_counter() < until:
            col, row = waiting[0]
            group = {(col - col % GROUP + i, row - row % GROUP + j) for i in range(GROUP) for j in range(GROUP)}
            self._make([s for s in waiting if s in group])
            waiting = [s for s in waiting if s not in group]
        return not waiting

    def prepare(self, area: Area) -> bool:
        """Make one missing or changed square of an area; return whether there was one."""
        missing = next((s for s in touched(area) if s not in self._tiles or s in self._stale), None)
        if missing is not None:
            self._make([missing])
        return missing is not None

    def _make(self, squares: list[Square]) -> None:
        """Paint squares, those that lie together at once."""
        import pygame

        for col, row, wide, high in blocks(squares):
            surface, grade, rough = self.paint((col * TILE, row * TILE, wide * TILE, high * TILE))
            for j in range(high):
                for i in range(wide):
                    part = pygame.Surface((TILE, TILE), 0, surface)
                    part.blit(surface, (0, 0), (i * TILE, j * TILE, TILE, TILE))
                    square = (col + i, row + j)
                    self._tiles[square] = Tile(part, min(grade, rough.get(square, FINE)), square not in rough)
                    self._stale.pop(square, None)


def touched(area: Area) -> list[Square]:
    """Return the squares that an area touches."""
    left, top, width, height = area
    cols = range(left // TILE, (left + width - 1) // TILE + 1)
    return [(c, r) for r in range(top // TILE, (top + height - 1) // TILE + 1) for c in cols]


def blocks(squares: Iterable[Square]) -> list[Area]:
    """Return squares as rectangles (column, row, columns, rows) that cover each once."""
    left = set(squares)
    found = []
    for col, row in sorted(left, key=lambda s: (s[1], s[0])):
        if (col, row) not in left:
            continue
        wide = 1
        while (col + wide, row) in left:
            wide += 1
        high = 1
        while all((col + k, row + high) in left for k in range(wide)):
            high += 1
        left -= {(col + i, row + j) for i in range(wide) for j in range(high)}
        found.append((col, row, wide, high))
    return found
