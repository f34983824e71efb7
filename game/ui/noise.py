"""Noise for the land: hills that no survey drew, the same on every machine and in every part of the map.

Each function takes arrays of positions and works pixel by pixel; numba compiles it when it is there, and NumPy runs the
very same function when it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.jit import numba_wanted

F32 = npt.NDArray[np.float32]

_TURN = np.arange(256) * (2 * np.pi / 256)
COS = np.cos(_TURN).astype(np.float32)
SIN = np.sin(_TURN).astype(np.float32)


class Elementwise:
    """A function of single numbers that is applied to arrays: compiled at its first call, or run by NumPy."""

    def __init__(self, function: Callable[..., Any], signature: str) -> None:
        self.plain = function
        self.signature = signature
        self.run: Callable[..., Any] = self._first
        self.lock = Lock()
        self.__doc__ = function.__doc__

    def _first(self, *args: Any) -> Any:
        with self.lock:  # no thread may meanwhile run the plain function, whose last bits differ
            if self.run == self._first:
                self.run = self._compiled() if numba_wanted() else self.plain
        return self.run(*args)

    def _compiled(self) -> Callable[..., Any]:
        import numba

        compiler: Any = numba.vectorize
        compiled: Callable[..., Any] = compiler([self.signature], cache=True)(self.plain)
        return compiled

    def __call__(self, *args: Any) -> Any:
        """Return the function's value for each element of the arrays."""
        return self.run(*args)


def _gradient(x: Any, y: Any, seed: Any) -> Any:
    """Return gradient noise, about -1..1, of lattice spacing 1."""
    xf = np.floor(x)
    yf = np.floor(y)
    u = x - xf
    v = y - yf
    xi = np.int64(xf)
    yi = np.int64(yf)
    wx = u * u * u * (u * (u * 6 - 15) + 10)
    wy = v * v * v * (v * (v * 6 - 15) + 10)
    total = 0.0 * u
    for corner in range(4):
        dx = corner & 1
        dy = corner >> 1
        h = ((xi + dx) * 374761393 + (yi + dy) * 668265263 + seed * 1274126177) & 0xFFFFFFFF
        h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
        k = (h ^ (h >> 16)) & 255
        weight = (wx if dx else 1 - wx) * (wy if dy else 1 - wy)
        total = total + weight * (COS[k] * (u - dx) + SIN[k] * (v - dy))
    return total * 1.55


def _gully(x: Any, y: Any, across_x: Any, across_y: Any, seed: Any) -> Any:
    """Return furrows of wavelength 1, -1..1, whose crests run at right angles to (across_x, across_y).

    Waves around scattered points are averaged, so that furrows begin, branch and end as on an eroded slope.
    """
    xf = np.floor(x)
    yf = np.floor(y)
    u = x - xf
    v = y - yf
    xi = np.int64(xf)
    yi = np.int64(yf)
    total = 0.0 * u
    weights = 0.0 * u + 1e-6
    for cell in range(9):
        i = cell % 3 - 1
        j = cell // 3 - 1
        h = ((xi + i) * 374761393 + (yi + j) * 668265263 + seed * 1274126177) & 0xFFFFFFFF
        h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
        h = h ^ (h >> 16)
        px = u - i - 0.25 - (h & 255) / 512.0
        py = v - j - 0.25 - ((h >> 8) & 255) / 512.0
        weight = np.exp(-2.2 * (px * px + py * py))
        total = total + weight * np.cos(6.2831853 * (px * across_x + py * across_y))
        weights = weights + weight
    return total / weights


def _cell(x: Any, y: Any, seed: Any) -> Any:
    """Return one random number -1..1 for each unit square."""
    h = (np.int64(np.floor(x)) * 374761393 + np.int64(np.floor(y)) * 668265263 + seed * 1274126177) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((h ^ (h >> 16)) & 1023) / 511.5 - 1.0


gradient = Elementwise(_gradient, "float32(float32, float32, int64)")
gully = Elementwise(_gully, "float32(float32, float32, float32, float32, int64)")
cell = Elementwise(_cell, "float32(float32, float32, int64)")
