"""Lines of the whole map, worked out once for each scale and moved into every frame that needs them.

A piece of ground shows a small part of the map, but rivers, routes and borders are found by following them across all of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING, Any

import numpy as np

from game.core.digest import digest_bytes
from game.ui.frame import Frame
from game.ui.strokes import Curve

if TYPE_CHECKING:
    from game.model.hexmap import HexMap

MOST = 40  # results kept: some six kinds of lines at a few scales
MARGIN = 200.0  # curves are handed out at least as far beyond the frame [px]

_kept: OrderedDict[tuple[Any, ...], tuple[HexMap, list[Any]]] = OrderedDict()
_lock = RLock()


def _name(value: Any) -> Any:
    """Return a key for an argument: arrays by their content."""
    return digest_bytes(value.tobytes()) if isinstance(value, np.ndarray) else value


def _moved(item: Any, frame: Frame) -> Any | None:
    """Return a curve, or what holds one, moved into a frame; None when it lies far outside."""
    found: Curve = item if isinstance(item, Curve) else item.curve
    points = found.points - (frame.left, frame.top)
    if len(points):
        low, high = points.min(axis=0), points.max(axis=0)
        far = MARGIN + frame.hex_px + 6.0 * frame.px_per_km  # valleys reach far on maps of a small scale
        if low[0] > frame.width + far or low[1] > frame.height + far or high[0] < -far or high[1] < -far:
            return None
    curve = Curve(points, found.half)
    return curve if isinstance(item, Curve) else replace(item, curve=curve)


def whole_map(make: Callable[..., Sequence[Any]]) -> Callable[..., list[Any]]:
    """Decorate `make(frame, ...)`, which returns the map's curves (or records with a `curve`), to run once a scale.

    What it returns holds only the curves near the frame; so `make` may not use another function decorated so.
    """

    def kept(frame: Frame, *args: Any) -> list[Any]:
        key = (make.__module__, make.__qualname__, id(frame.map), frame.hex_px, *map(_name, args))
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
            else:
                base = Frame(frame.map, frame.hex_px, 0.0, 0.0, 1, 1)
                _kept[key] = (frame.map, list(make(base, *args)))  # the map is kept, so that its id stays its own
                while len(_kept) > MOST:
                    _kept.popitem(last=False)
            lines = _kept[key][1]
        return [m for m in (_moved(item, frame) for item in lines) if m is not None]

    kept.__doc__ = make.__doc__
    kept.__name__ = make.__name__
    return kept


__all__ = ["whole_map"]
