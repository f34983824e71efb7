"""Who holds the land at the start, and which railways are cut.

Each named place and each unit's hex belongs to its side; every other hex goes to the side whose nearest place is least
far away, with rivers counting as extra distance, so that the front follows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from game.core import hexgrid
from game.model.hexmap import LAKE, SEA, HexMap, Line
from game.model.scenario import NOBODY

# what a river adds to the way [m], by its class (none, great, large, small); water counts like a great river
RIVER_METRES = (0, 60_000, 15_000, 3_000)
_FAR = 1 << 60
RIVER_REACH = 2  # hexes by which a place may lie beside a river and still be on it


def is_water(hexmap: HexMap) -> npt.NDArray[np.bool_]:
    """Return (H,) whether a hex is sea or lake."""
    water: npt.NDArray[np.bool_] = (hexmap.terrain == SEA) | (hexmap.terrain == LAKE)
    return water


def start_control(hexmap: HexMap, seeds: Mapping[int, int]) -> npt.NDArray[np.uint8]:
    """Return (H,) the side that holds each hex, NOBODY for water and where no seed reaches.

    Args:
        hexmap: the map.
        seeds: the side that holds each named hex. At equal distance the lower side has it.
    """
    water = is_water(hexmap)
    steps = hexmap.spacing_m + np.array(RIVER_METRES, np.int64)[hexmap.river] + (water * RIVER_METRES[1])[:, None]
    # distance x 2 + side in one number: the smaller number is the nearer place, Japan's at a tie
    best = np.full(hexmap.size, _FAR, np.int64)
    for index, side in seeds.items():
        best[index] = side
    best = _spread(hexmap, best, 2 * steps)
    control = np.where(best < _FAR, best & 1, NOBODY).astype(np.uint8)
    for index, side in seeds.items():
        control[index] = side
    control[water] = NOBODY
    control.setflags(write=False)
    return control


def _spread(hexmap: HexMap, best: npt.NDArray[np.int64], steps: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return (H,) the least sum of a seed's number and the steps from it; all hexes at once until nothing changes."""
    neighbours = hexmap.neighbours
    blocked = neighbours < 0
    while True:
        offers = best[neighbours] + steps
        offers[blocked] = _FAR
        new = np.minimum(best, offers.min(axis=1))
        if np.array_equal(new, best):
            return best
        best = new


def reachable(hexmap: HexMap, start: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Return (H,) whether a way over land leads there from any of the hexes."""
    land = np.append(~is_water(hexmap), False)
    found = np.zeros(hexmap.size + 1, np.bool_)
    front = np.unique(np.array([h for h in start if h >= 0 and land[h]], np.int64))
    while front.size:
        found[front] = True
        nearby = np.unique(hexmap.neighbours[front]).astype(np.int64)  # -1, off the map, is the added last entry and no land
        front = nearby[land[nearby] & ~found[nearby]]
    return found[:-1]


def stretch(lines: Sequence[Line], first: int, last: int, cols: int) -> tuple[int, ...]:
    """Return the hexes of a course from one place's hex to another's, both included; empty when a place is not on it.

    Args:
        lines: the pieces of the course on this map (a window may cut it).
        first: hex of the one place; it may lie one hex beside the course.
        last: hex of the other place.
        cols: width of the map [hexes].
    """
    for line in lines:
        a, b = _nearest(line.hexes, first, cols), _nearest(line.hexes, last, cols)
        if a >= 0 and b >= 0:
            return line.hexes[a : b + 1] if a <= b else line.hexes[b : a + 1][::-1]
    return ()


def _nearest(hexes: tuple[int, ...], wanted: int, cols: int) -> int:
    """Return the position of a hex on a course, or of its first neighbour there; -1 when there is none."""
    if wanted < 0 or not hexes:
        return -1
    if wanted in hexes:
        return hexes.index(wanted)
    return next((i for i, h in enumerate(hexes) if hexgrid.distance(h, wanted, cols) == 1), -1)


def lines_of(hexmap: HexMap, line: str) -> list[Line]:
    """Return the pieces of a railway or road on a map; a window names the second `id#2` and so on."""
    return [piece for piece in hexmap.lines if piece.id.split("#")[0] == line and piece.kind != "river"]


def rivers_of(hexmap: HexMap, river: str) -> list[Line]:
    """Return the pieces of a river on a map."""
    return [piece for piece in hexmap.lines if piece.id.split("#")[0] == river and piece.kind == "river"]


def river_stretch(hexmap: HexMap, river: str, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """Return the hexsides (hex, direction) of a river between two places' hexes, in the order of its course.

    Each place stands for the hexsides nearest to it, at most RIVER_REACH hexes away, and all of them are included.
    Empty when a place does not lie on the river, or when they lie on two pieces of it.

    Args:
        hexmap: the map.
        river: id of the river.
        first: hex of the one place, upstream or downstream of the other.
        last: hex of the other place.
    """
    for piece in rivers_of(hexmap, river):
        ends = [*_landing(hexmap, piece, first), *_landing(hexmap, piece, last)]
        if len(ends) == 4:
            part = slice(min(ends), max(ends) + 1)
            return tuple(zip(piece.hexes[part], piece.sides[part], strict=True))
    return ()


def _landing(hexmap: HexMap, piece: Line, place: int) -> tuple[int, ...]:
    """Return the first and last position of a river's hexsides nearest to a place; empty when all are too far away."""
    if place < 0:
        return ()
    away = [_hexes_away(hexmap, h, d, place) for h, d in zip(piece.hexes, piece.sides, strict=True)]
    nearest = min(away, default=RIVER_REACH + 1)
    if nearest > RIVER_REACH:
        return ()
    found = [i for i, distance in enumerate(away) if distance == nearest]
    return found[0], found[-1]


def _hexes_away(hexmap: HexMap, index: int, direction: int, place: int) -> int:
    """Return the hexes from a place to the nearer bank of a hexside."""
    beyond = int(hexmap.neighbours[index, direction])
    banks = (index, beyond) if beyond >= 0 else (index,)
    return min(hexgrid.distance(bank, place, hexmap.cols) for bank in banks)
