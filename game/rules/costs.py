"""What it costs to march: minutes for every hexside, by kind of unit and weather. Movement in the rule book.

A step takes the hex's width divided by the speed (road, track or open country of the hex entered, in today's weather),
plus the crossing of a river on the side, by bridge or without.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from game.model.events import Factor
from game.model.hexmap import ROAD, TERRAIN, HexMap
from game.model.rules import RIVERS, WEATHERS, Rules
from game.model.units import MOBILITIES

I32 = npt.NDArray[np.int32]
BAR = 30000  # minutes that bar a hexside
RIVER_BAR = 9999


def weather_zone(hexmap: HexMap, rules: Rules) -> npt.NDArray[np.uint8]:
    """Return (H,) uint8: 0 north of the line between the zones, 1 south of it."""
    # Albers rows are nearly parallels of latitude over a theatre, so a row's own latitude serves all its hexes
    lat0 = hexmap.projection[3]
    row = np.arange(hexmap.size) // hexmap.cols
    north = hexmap.origin_m[1] - row * hexmap.spacing_m * 0.8660254037844386
    latitude = lat0 + north / (111_195.0)
    return (latitude * 100 < rules.weather.zone_latitude).astype(np.uint8)


@dataclass
class MarchCosts:
    """The tables of one map and rules; weather tables are made when first asked for and kept."""

    hexmap: HexMap
    rules: Rules
    zone: npt.NDArray[np.uint8] = field(init=False)
    _made: dict[tuple[int, int, int, bool], I32] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Place every hex in its weather zone."""
        self.zone = weather_zone(self.hexmap, self.rules)

    def table(self, mobility: int, weather: tuple[int, int], prepared: bool = False) -> I32:
        """Return (H, 6) int32 minutes to leave hex h by side d; BAR = cannot. prepared: crossings gathered beforehand."""
        key = (mobility, weather[0], weather[1], prepared)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._make(mobility, weather, prepared)
        return found

    def _make(self, mobility: int, weather: tuple[int, int], prepared: bool) -> I32:
        m, r = self.hexmap, self.rules.movement
        there = np.where(m.neighbours < 0, 0, m.neighbours)
        open_speed = np.array(r.country_speed[mobility], np.int64)[m.terrain[there]]
        speed = np.where(m.road == ROAD.index("road"), r.road_speed[mobility], open_speed)
        speed = np.where(m.road == ROAD.index("track"), np.maximum(r.track_speed[mobility], open_speed), speed)
        factor = np.array([self.rules.weather.speed[w][mobility] for w in weather], np.int64)[self.zone]
        speed = speed * factor[:, None] // 1000
        minutes = np.where(speed > 0, m.spacing_m * 60 // np.maximum(speed, 1), BAR)
        crossing = np.array((0, *r.crossing[mobility]), np.int64)[m.river]
        if prepared:
            crossing = np.where(crossing < RIVER_BAR, crossing * r.prepared_crossing // 1000, crossing)
        crossing = np.where((m.bridge > 0) & (m.river > 0), np.minimum(r.bridge, crossing), crossing)
        minutes = np.where(crossing >= RIVER_BAR, BAR, minutes + crossing)
        wet = np.isin(m.terrain, (TERRAIN.index("sea"), TERRAIN.index("lake")))
        minutes = np.where((m.neighbours < 0) | wet[there], BAR, np.minimum(minutes, BAR))
        return np.ascontiguousarray(minutes.astype(np.int32))

    def explain(self, mobility: int, weather: tuple[int, int], here: int, side: int, prepared: bool) -> tuple[Factor, ...]:
        """Return the factors of one step, as the table has it."""
        m, r = self.hexmap, self.rules.movement
        there = int(m.neighbours[here, side])
        if there < 0:
            return (Factor("off the map", BAR, "="),)
        road = int(m.road[here, side])
        ground = TERRAIN[int(m.terrain[there])]
        open_speed = r.country_speed[mobility][int(m.terrain[there])]
        speed = open_speed if road == 0 else max(r.track_speed[mobility], open_speed) if road == 1 else r.road_speed[mobility]
        today = WEATHERS[weather[int(self.zone[here])]]
        parts = [
            Factor("width of the hex [m]", m.spacing_m, "="),
            Factor(f"speed of {MOBILITIES[mobility]} on {ROAD[road] if road else ground} [m/h]", speed, "="),
            Factor(f"weather: {today}", self.rules.weather.speed[weather[int(self.zone[here])]][mobility]),
        ]
        river = int(m.river[here, side])
        if river:
            bridged = bool(m.bridge[here, side])
            minutes = r.crossing[mobility][river - 1]
            if prepared and minutes < RIVER_BAR:
                minutes = minutes * r.prepared_crossing // 1000
            name = f"{RIVERS[river - 1]} river" + (", bridge" if bridged else ", prepared crossing" if prepared else "")
            parts.append(Factor(f"{name} [min]", min(r.bridge, minutes) if bridged else minutes, "+"))
        total = int(self.table(mobility, weather, prepared)[here, side])
        return (*parts, Factor("minutes", total, "="))
