"""Which hexside each piece of the drawn railways belongs to, so that stretches can be drawn by their state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from game.model.hexmap import HexMap
from game.ui.camera import Camera
from game.ui.fields import hex_below
from game.ui.frame import Frame, whole
from game.ui.routes import rail_curves

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Track:
    """A drawn line of railway. points: (N, 2) from the centre of hex (0, 0) [px]; hexes, sides: (N,) hexside of each."""

    points: F64
    hexes: npt.NDArray[np.int64]
    sides: npt.NDArray[np.int64]


@lru_cache(maxsize=16)
def tracks(map_: HexMap, hex_px: float) -> tuple[Track, ...]:
    """Return every drawn line of railway of a map at a hex width [px]."""
    every = whole(map_, hex_px)
    frame = Frame(map_, hex_px, 0.0, 0.0, every.width, every.height)
    middles = (frame.corners + np.roll(frame.corners, -1, axis=0)) / 2
    found = []
    for line in rail_curves(frame):
        points = line.points[::2] if len(line.points) > 8 else line.points
        hexes = hex_below(frame, points[:, 0].astype(np.float32), points[:, 1].astype(np.float32)).astype(np.int64)
        away = (points - frame.centres[hexes])[:, None, :] - middles[None]
        far = np.where(map_.rail[hexes] > 0, (away**2).sum(axis=2), np.inf)
        found.append(Track(points, hexes, far.argmin(axis=1)))
    return tuple(found)


def stretches(track: Track, states: npt.NDArray[np.int8], camera: Camera) -> list[tuple[int, F64]]:
    """Return the stretches of a track that a camera shows, each with its state. states: (H, 6), -1 = no railway."""
    left, top, width, height = camera.left, camera.top, camera.width, camera.height
    points = track.points - (left, top)
    seen = (points > -30).all(axis=1) & (points[:, 0] < width + 30) & (points[:, 1] < height + 30)
    if not seen.any():
        return []
    state = np.where(seen, states[track.hexes, track.sides], -1)
    edges = np.flatnonzero(np.diff(state)) + 1
    found = []
    for run in np.split(np.arange(len(state)), edges):
        # a run goes on to the first point of the next, so that nothing is missing between two states
        part = points[run[0] : run[-1] + 2]
        if state[run[0]] >= 0 and len(part) > 1:
            found.append((int(state[run[0]]), part))
    return found
