"""The map projection: from degrees to metres on the sheet and back.

Albers' equal-area conic, so that a hex is the same piece of land everywhere: on a sphere, which is exact to about
0.2 % here and needs no tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, hypot, radians, sin, sqrt

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]
EARTH_RADIUS = 6_371_007.0  # of the sphere with the Earth's surface [m]
ALBERS_CHINA = (24.0, 34.0, 112.0, 29.0)  # parallels 1 and 2, centre longitude, centre latitude


@dataclass(frozen=True)
class Albers:
    """One projection. parallel_1, parallel_2, lon_0, lat_0 [degrees]."""

    parallel_1: float
    parallel_2: float
    lon_0: float
    lat_0: float

    @property
    def n(self) -> float:
        """Return the cone's constant."""
        return (sin(radians(self.parallel_1)) + sin(radians(self.parallel_2))) / 2

    @property
    def c(self) -> float:
        """Return the constant of the radius formula."""
        return cos(radians(self.parallel_1)) ** 2 + 2 * self.n * sin(radians(self.parallel_1))

    @property
    def rho_0(self) -> float:
        """Return the radius of the centre's parallel [m]."""
        return EARTH_RADIUS * sqrt(self.c - 2 * self.n * sin(radians(self.lat_0))) / self.n

    def forward(self, lat: float, lon: float) -> tuple[float, float]:
        """Return (x east, y north) [m] of a point in degrees."""
        rho = EARTH_RADIUS * sqrt(max(0.0, self.c - 2 * self.n * sin(radians(lat)))) / self.n
        theta = self.n * radians(lon - self.lon_0)
        return rho * sin(theta), self.rho_0 - rho * cos(theta)

    def inverse(self, x: float, y: float) -> tuple[float, float]:
        """Return (lat, lon) [degrees] of a point on the sheet [m]."""
        rho = hypot(x, self.rho_0 - y)
        theta = atan2(x, self.rho_0 - y)
        sine = (self.c - (rho * self.n / EARTH_RADIUS) ** 2) / (2 * self.n)
        return np.degrees(asin(max(-1.0, min(1.0, sine)))).item(), self.lon_0 + np.degrees(theta / self.n).item()

    def forward_many(self, lat: F64, lon: F64) -> F64:
        """Return (N, 2) float64 x, y [m] of N points in degrees."""
        rho = EARTH_RADIUS * np.sqrt(np.maximum(0.0, self.c - 2 * self.n * np.sin(np.radians(lat)))) / self.n
        theta = self.n * np.radians(lon - self.lon_0)
        return np.stack([rho * np.sin(theta), self.rho_0 - rho * np.cos(theta)], axis=-1)

    def inverse_many(self, xy: F64) -> tuple[F64, F64]:
        """Return lat, lon [degrees] of (N, 2) points [m]."""
        rho = np.hypot(xy[..., 0], self.rho_0 - xy[..., 1])
        theta = np.arctan2(xy[..., 0], self.rho_0 - xy[..., 1])
        sine = (self.c - (rho * self.n / EARTH_RADIUS) ** 2) / (2 * self.n)
        return np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0))), self.lon_0 + np.degrees(theta / self.n)
