"""The part of the map that a picture shows, and where things lie in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from game.core import hexgrid
from game.model.hexmap import HexMap

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Frame:
    """A rectangle of pixels over the map. (left, top) is its corner, counted from the centre of hex (0, 0) [px]."""

    map: HexMap
    hex_px: float  # hex width [px]
    left: float
    top: float
    width: int
    height: int

    @property
    def spacing_km(self) -> float:
        """Return the hex width [km]."""
        return self.map.spacing_m / 1000

    @property
    def px_per_km(self) -> float:
        """Return the scale [px/km]."""
        return self.hex_px / self.spacing_km

    @cached_property
    def centres(self) -> F64:
        """Return (H, 2) hex centres in this frame [px]."""
        row, col = np.divmod(np.arange(self.map.size), self.map.cols)
        x = self.hex_px * (col + 0.5 * (row & 1)) - self.left
        y = self.hex_px * 0.8660254037844386 * row - self.top
        return np.stack([x, y], axis=1)

    @cached_property
    def corners(self) -> F64:
        """Return (6, 2) corner offsets from a centre [px]."""
        return hexgrid.corner_offsets(self.hex_px)

    @cached_property
    def corner_ids(self) -> npt.NDArray[np.int64]:
        """Return (H, 6) numbers of the corners: equal where hexes share a corner."""
        row, col = np.divmod(np.arange(self.map.size), self.map.cols)
        unit = hexgrid.corner_offsets(1.0)
        x = np.rint((col + 0.5 * (row & 1))[:, None] * 2 + unit[:, 0] * 2).astype(np.int64) + 4
        y = np.rint((row * 3)[:, None] + unit[:, 1] * 2 * 1.7320508075688772).astype(np.int64) + 4
        return np.asarray(y * (2 * self.map.cols + 16) + x, np.int64)

    def side_middle(self, hex_: int, direction: int) -> F64:
        """Return (2,) the middle of a hexside [px]."""
        a, b = self.corners[direction], self.corners[(direction + 1) % 6]
        middle: F64 = self.centres[hex_] + (a + b) / 2
        return middle

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where a point of the earth lies in this frame [px]."""
        x, y = _on_sheet(self.map.projection, lat, lon)
        k = self.hex_px / self.map.spacing_m
        return (x - self.map.origin_m[0]) * k - self.left, (self.map.origin_m[1] - y) * k - self.top

    def row_of_latitude(self, lat: float) -> float:
        """Return the pixel row of a latitude at the middle meridian of the projection [px]."""
        return self.xy(lat, self.map.projection[2])[1]

    def shows(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Return whether a point lies inside, or at most `margin` outside [px]."""
        return -margin <= x < self.width + margin and -margin <= y < self.height + margin

    def grown(self, pad: int) -> Frame:
        """Return the frame with `pad` more pixels on every side."""
        return Frame(self.map, self.hex_px, self.left - pad, self.top - pad, self.width + 2 * pad, self.height + 2 * pad)

    @cached_property
    def seen(self) -> npt.NDArray[np.int64]:
        """Return the hexes of which something shows, in order."""
        c, m = self.centres, self.hex_px * 0.6
        inside: npt.NDArray[np.bool_] = (c[:, 0] > -m) & (c[:, 0] < self.width + m) & (c[:, 1] > -m) & (c[:, 1] < self.height + m)
        return np.asarray(np.flatnonzero(inside), np.int64)


def whole(map_: HexMap, hex_px: float) -> Frame:
    """Return the frame that shows a whole map without the ragged half hexes at its edges."""
    width = round(hex_px * (map_.cols - 0.5))
    height = round(hex_px * 0.8660254037844386 * (map_.rows - 0.75))
    return Frame(map_, hex_px, 0.0, -hex_px * 0.1, max(width, 1), max(height, 1))


def of_hexes(map_: HexMap, hex_px: float, cols: tuple[int, int], rows: tuple[int, int]) -> Frame:
    """Return the frame that shows columns and rows from the first to the last given, both included."""
    left, top = hex_px * (cols[0] - 0.25), hex_px * 0.8660254037844386 * (rows[0] - 0.4)
    width = round(hex_px * (cols[1] - cols[0] + 1))
    height = round(hex_px * 0.8660254037844386 * (rows[1] - rows[0] + 0.8))
    return Frame(map_, hex_px, left, top, max(width, 1), max(height, 1))


@lru_cache(maxsize=8192)
def _on_sheet(projection: tuple[float, float, float, float], lat: float, lon: float) -> tuple[float, float]:
    """Return (x east, y north) of a point of the earth on the sheet [m]; the same places are asked for often."""
    from game.scenario.mapbuild.projection import Albers

    return Albers(*projection).forward(lat, lon)


def of_degrees(map_: HexMap, hex_px: float, west: float, south: float, east: float, north: float) -> Frame:
    """Return the frame that shows a window given in degrees."""
    base = Frame(map_, hex_px, 0.0, 0.0, 1, 1)
    points = [base.xy(lat, lon) for lat in (south, north) for lon in (west, (west + east) / 2, east)]
    x, y = [p[0] for p in points], [p[1] for p in points]
    return Frame(map_, hex_px, min(x), min(y), max(round(max(x) - min(x)), 1), max(round(max(y) - min(y)), 1))


def centred(frame: Frame, size: tuple[int, int]) -> Frame:
    """Return a frame of the given size [px] with the same middle."""
    left = frame.left + (frame.width - size[0]) / 2
    top = frame.top + (frame.height - size[1]) / 2
    return Frame(frame.map, frame.hex_px, left, top, size[0], size[1])
