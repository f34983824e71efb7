"""The picture below the counters in squares that lie fixed on the map: made once, reused while the map is dragged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pygame

TILE = 256  # side of a square [px]; a piece of ground holds four
MOST = 240  # squares kept, 0.25 MB each
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
    """The squares of one zoom. paint: draws an area of whole squares; tells its grade, and whether its ground is sharp."""

    def __init__(self, paint: Callable[[Area], tuple[pygame.Surface, int, bool]]) -> None:
        self.paint = paint
        self._tiles: OrderedDict[Square, Tile] = OrderedDict()

    def clear(self) -> None:
        """Forget everything."""
        self._tiles.clear()

    def spoil(self, areas: Iterable[Area]) -> None:
        """Forget the squares that areas touch."""
        for left, top, width, height in areas:
            if not self._tiles:
                return
            cols = range(left // TILE, (left + width - 1) // TILE + 1)
            rows = range(top // TILE, (top + height - 1) // TILE + 1)
            if len(cols) * len(rows) > len(self._tiles):
                for square in [s for s in self._tiles if s[0] in cols and s[1] in rows]:
                    del self._tiles[square]
            else:
                for row in rows:
                    for col in cols:
                        self._tiles.pop((col, row), None)

    def spoil_rough(self) -> None:
        """Forget the squares whose ground is not sharp."""
        for square in [s for s, tile in self._tiles.items() if not tile.sharp]:
            del self._tiles[square]

    def draw(self, target: pygame.Surface, left: int, top: int) -> int:
        """Draw the squares onto a surface whose corner lies at (left, top) of the map; return the lowest grade."""
        grade = FINE
        squares = touched((left, top, *target.get_size()))
        self._make([s for s in squares if s not in self._tiles])
        for square in squares:
            tile = self._tiles[square]
            grade = min(grade, tile.grade)
            target.blit(tile.surface, (square[0] * TILE - left, square[1] * TILE - top))
            self._tiles.move_to_end(square)
        while len(self._tiles) > max(MOST, len(squares)):
            self._tiles.popitem(last=False)
        return grade

    def prepare(self, area: Area) -> bool:
        """Make one missing square of an area; return whether there was one."""
        missing = next((s for s in touched(area) if s not in self._tiles), None)
        if missing is not None:
            self._make([missing])
        return missing is not None

    def _make(self, squares: list[Square]) -> None:
        """Paint squares, those that lie together at once."""
        import pygame

        for col, row, wide, high in blocks(squares):
            surface, grade, sharp = self.paint((col * TILE, row * TILE, wide * TILE, high * TILE))
            for j in range(high):
                for i in range(wide):
                    part = pygame.Surface((TILE, TILE), 0, surface)
                    part.blit(surface, (0, 0), (i * TILE, j * TILE, TILE, TILE))
                    self._tiles[col + i, row + j] = Tile(part, grade, sharp)


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
