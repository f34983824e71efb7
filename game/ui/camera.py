"""The camera over the map: which part is seen, at which of the fixed zooms, and which hex lies under the cursor."""

from __future__ import annotations

from game.model.hexmap import HexMap
from game.ui import style
from game.ui.frame import whole

ROW = 0.8660254037844386  # height of a row [hex widths]


class Camera:
    """A window of some pixels over the map at one zoom. (left, top) is its corner, from the centre of hex (0, 0) [px]."""

    def __init__(self, map_: HexMap, width: int, height: int, zoom: int = 4) -> None:
        self.map = map_
        self.width, self.height = width, height
        self.zoom = zoom
        self.left = self.top = 0.0
        self.inset = 0  # how much of the window's left a panel covers [px]
        self.centre_on(map_.size // 2 + map_.cols // 2)

    @property
    def hex(self) -> float:
        """Return the hex width [px]."""
        return style.ZOOMS[self.zoom].hex

    def extent(self, zoom: int | None = None) -> tuple[float, float, int, int]:
        """Return left, top, width and height of the whole map at a zoom [px]."""
        area = whole(self.map, self.hex if zoom is None else style.ZOOMS[zoom].hex)
        return area.left, area.top, area.width, area.height

    def clamp(self) -> None:
        """Keep the map in the window, beside the panel at its left; a map smaller than that is centred."""
        left, top, width, height = self.extent()
        self.left = _clamped(self.left + self.inset, left, width, self.width - self.inset) - self.inset
        self.top = _clamped(self.top, top, height, self.height)

    def cover(self, inset: int) -> None:
        """Note how much of the window's left a panel covers [px]."""
        if inset != self.inset:
            self.inset = inset
            self.clamp()

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window; its middle stays."""
        self.left += (self.width - width) / 2
        self.top += (self.height - height) / 2
        self.width, self.height = width, height
        self.clamp()

    def pan(self, dx: float, dy: float) -> None:
        """Move the window over the map [px]."""
        self.left += dx
        self.top += dy
        self.clamp()

    @property
    def farthest(self) -> int:
        """Return the farthest useful zoom: the nearest at which the whole map fits into the window."""
        sizes = [self.extent(zoom)[2:] for zoom in range(len(style.ZOOMS))]
        return max((z for z, (w, h) in enumerate(sizes) if w <= self.width and h <= self.height), default=0)

    def zoom_by(self, steps: int, at: tuple[float, float]) -> None:
        """Zoom by steps; the point of the map under `at` [px in the window] stays where it is."""
        zoom = min(max(self.zoom + steps, self.farthest), len(style.ZOOMS) - 1)
        factor = style.ZOOMS[zoom].hex / self.hex
        self.left = (self.left + at[0]) * factor - at[0]
        self.top = (self.top + at[1]) * factor - at[1]
        self.zoom = zoom
        self.clamp()

    def point(self, where: int) -> tuple[float, float]:
        """Return where a hex's centre lies in the window [px]."""
        row, col = divmod(where, self.map.cols)
        return self.hex * (col + 0.5 * (row & 1)) - self.left, self.hex * ROW * row - self.top

    def centre_on(self, where: int) -> None:
        """Bring a hex to the middle."""
        x, y = self.point(where)
        self.pan(x - (self.width + self.inset) / 2, y - self.height / 2)

    def shows(self, where: int, margin: float = 0.0) -> bool:
        """Return whether a hex's centre is seen, at least `margin` from the edges [px]."""
        x, y = self.point(where)
        return self.inset + margin <= x < self.width - margin and margin <= y < self.height - margin

    def hex_at(self, x: float, y: float) -> int:
        """Return the hex under a point of the window, -1 = none."""
        wx, wy = (x + self.left) / self.hex, (y + self.top) / self.hex
        best, found = 1e9, -1
        middle = round(wy / ROW)
        for row in (middle - 1, middle, middle + 1):
            col = round(wx - 0.5 * (row & 1))
            far = (wx - col - 0.5 * (row & 1)) ** 2 + (wy - ROW * row) ** 2
            if far < best:
                best = far
                found = row * self.map.cols + col if 0 <= row < self.map.rows and 0 <= col < self.map.cols else -1
        return found


def _clamped(at: float, low: float, length: int, window: int) -> float:
    if length <= window:
        return low - (window - length) / 2
    return min(max(at, low), low + length - window)
