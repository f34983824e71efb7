"""Arithmetic of the hex grid: pointy-top hexes in rows, odd rows shifted half a hex to the right ("odd-r").

A hex is known by its index `row * cols + col`. Directions 0..5 run counter-clockwise from east:
E, NE, NW, W, SW, SE; the opposite of d is (d + 3) % 6.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

DIRECTIONS = ("E", "NE", "NW", "W", "SW", "SE")
# column steps by row parity (even, odd) and row steps
_DCOL = ((1, 0, -1, -1, -1, 0), (1, 1, 0, -1, 0, 1))
_DROW = (0, -1, -1, 0, 1, 1)


def opposite(direction: int) -> int:
    """Return the direction that points back."""
    return (direction + 3) % 6


def neighbour(col: int, row: int, direction: int) -> tuple[int, int]:
    """Return (col, row) of the neighbour, which may lie off the map."""
    return col + _DCOL[row & 1][direction], row + _DROW[direction]


def neighbour_table(cols: int, rows: int) -> npt.NDArray[np.int32]:
    """Return (H, 6) int32: the index of each neighbour, -1 off the map."""
    col = np.tile(np.arange(cols), rows)
    row = np.repeat(np.arange(rows), cols)
    table = np.full((cols * rows, 6), -1, np.int32)
    for d in range(6):
        c = col + np.where(row & 1, _DCOL[1][d], _DCOL[0][d])
        r = row + _DROW[d]
        inside = (c >= 0) & (c < cols) & (r >= 0) & (r < rows)
        table[inside, d] = (r * cols + c)[inside]
    return table


def axial(col: int, row: int) -> tuple[int, int]:
    """Return axial (q, r) of an odd-r hex."""
    return col - (row - (row & 1)) // 2, row


def distance(a: int, b: int, cols: int) -> int:
    """Return the number of hexes between two indices of the same map."""
    qa, ra = axial(a % cols, a // cols)
    qb, rb = axial(b % cols, b // cols)
    dq, dr = qa - qb, ra - rb
    return (abs(dq) + abs(dr) + abs(dq + dr)) // 2


def centre_km(col: int, row: int, spacing_km: float) -> tuple[float, float]:
    """Return map kilometres (x east, y south) of a hex centre, from the centre of hex (0, 0)."""
    return spacing_km * (col + 0.5 * (row & 1)), spacing_km * 0.8660254037844386 * row


def corner_offsets(spacing_km: float) -> npt.NDArray[np.float64]:
    """Return (6, 2) corner offsets [km, x east, y south].

    Corner d is the first (clockwise-most) end of hexside d: side d joins corners d and d + 1, where corner 0
    is the lower right one. Side 0 (E) joins lower right and upper right.
    """
    radius = spacing_km / 1.7320508075688772
    angle = np.radians([-30.0, 30.0, 90.0, 150.0, 210.0, 270.0])
    return np.stack([radius * np.cos(angle), -radius * np.sin(angle)], axis=1)


def label_digits(cols: int, rows: int) -> int:
    """Return how many digits a printed column or row number has."""
    return 2 if cols < 100 and rows < 100 else 3


def label(index: int, cols: int, digits: int) -> str:
    """Return the printed hex number CCRR (or CCCRRR), counted from 01 at the north-west."""
    return f"{index % cols + 1:0{digits}d}{index // cols + 1:0{digits}d}"
