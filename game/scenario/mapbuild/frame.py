"""The frame of the map: which hexes there are, where they lie, and the corners and sides between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np
import numpy.typing as npt

from game.core import hexgrid
from game.scenario.mapbuild.projection import ALBERS_CHINA, F64, Albers

I32 = npt.NDArray[np.int32]
ROW_STEP = 0.8660254037844386  # rows lie this share of the spacing apart
WINDOW = (105.5, 21.0, 117.0, 36.5)  # west, south, east, north [degrees]

# corner d of a hex in units of (half a spacing, half a radius), x east and y south; see hexgrid.corner_offsets
CORNERS = ((1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1), (0, 2))


@dataclass(frozen=True)
class Frame:
    """A rectangle of hexes on the projected sheet."""

    cols: int
    rows: int
    spacing: float  # between hex centres [m]
    origin: tuple[float, float]  # x east, y north of hex (0, 0) [m]
    albers: Albers

    @property
    def size(self) -> int:
        """Return H."""
        return self.cols * self.rows

    @cached_property
    def neighbours(self) -> I32:
        """Return (H, 6) int32 indices; -1 off the map."""
        return hexgrid.neighbour_table(self.cols, self.rows)

    @cached_property
    def centres(self) -> F64:
        """Return (H, 2) float64 x, y of the hex centres [m]."""
        col = np.tile(np.arange(self.cols), self.rows)
        row = np.repeat(np.arange(self.rows), self.cols)
        x = self.origin[0] + self.spacing * (col + 0.5 * (row & 1))
        return np.stack([x, self.origin[1] - self.spacing * ROW_STEP * row], axis=1)

    @cached_property
    def corner_ids(self) -> I32:
        """Return (H, 6) int32: the number of each hex's corners; hexes that meet share them."""
        col = np.tile(np.arange(self.cols), self.rows)
        row = np.repeat(np.arange(self.rows), self.cols)
        x = (2 * col + (row & 1))[:, None] + np.array([c[0] for c in CORNERS])
        y = (3 * row)[:, None] + np.array([c[1] for c in CORNERS])
        key = (y + 2).astype(np.int64) * (2 * self.cols + 8) + (x + 2)
        return np.unique(key, return_inverse=True)[1].reshape(self.size, 6).astype(np.int32)

    @cached_property
    def corners(self) -> F64:
        """Return (corners, 2) float64 x, y of each corner [m]."""
        offsets = 1000 * hexgrid.corner_offsets(self.spacing / 1000) * (1, -1)
        found = np.zeros((int(self.corner_ids.max()) + 1, 2))
        for d in range(6):
            found[self.corner_ids[:, d]] = self.centres + offsets[d]
        return found

    @cached_property
    def side_table(self) -> I32:
        """Return (E, 4) int32: hex, direction 0..2, and the two corners of every hexside inside the map."""
        parts = []
        for d in range(3):
            inside = np.flatnonzero(self.neighbours[:, d] >= 0)
            ends = self.corner_ids[inside][:, [d, d + 1]]
            parts.append(np.column_stack([inside, np.full(len(inside), d), ends]))
        return np.concatenate(parts).astype(np.int32)

    def nearest(self, xy: F64) -> I32:
        """Return (N,) int32 the hex that contains each point [m]; -1 off the map."""
        r = (self.origin[1] - xy[..., 1]) / (self.spacing * ROW_STEP)
        q = (xy[..., 0] - self.origin[0]) / self.spacing - r / 2
        s = -q - r
        rq, rr, rs = np.round(q), np.round(r), np.round(s)
        dq, dr, ds = abs(rq - q), abs(rr - r), abs(rs - s)
        rq = np.where((dq > dr) & (dq > ds), -rr - rs, rq)
        rr = np.where((dr >= dq) & (dr > ds), -rq - rs, rr)
        row = rr.astype(np.int64)
        col = rq.astype(np.int64) + (row - (row & 1)) // 2
        inside = (row >= 0) & (row < self.rows) & (col >= 0) & (col < self.cols)
        return np.where(inside, row * self.cols + col, -1).astype(np.int32)

    def hex_of(self, lat: float, lon: float) -> int:
        """Return the hex at a place in degrees; -1 off the map."""
        return int(self.nearest(np.array([self.albers.forward(lat, lon)]))[0])

    def project(self, lat: F64, lon: F64) -> F64:
        """Return (N, 2) metres of N points in degrees."""
        return self.albers.forward_many(lat, lon)


def make_frame(spacing_km: float, window: tuple[float, float, float, float] = WINDOW) -> Frame:
    """Return the smallest rectangle of hexes that covers a window of degrees (west, south, east, north)."""
    albers = Albers(*ALBERS_CHINA)
    west, south, east, north = window
    lon = np.linspace(west, east, 200)
    lat = np.linspace(south, north, 200)
    rim = [(lat, np.full(200, west)), (lat, np.full(200, east)), (np.full(200, south), lon), (np.full(200, north), lon)]
    xy = np.concatenate([albers.forward_many(a, b) for a, b in rim])
    (x0, y0), (x1, y1) = xy.min(axis=0), xy.max(axis=0)
    spacing = spacing_km * 1000
    cols = ceil((x1 - x0) / spacing) + 1
    rows = ceil((y1 - y0) / (spacing * ROW_STEP)) + 1
    # whole multiples of the spacing: maps of the same spacing but other windows have the same hexes
    origin = (float(np.floor(x0 / spacing) * spacing), float(np.ceil(y1 / spacing) * spacing))
    return Frame(cols, rows, spacing, origin, albers)
