"""Where named places stand on the picture: at their true position, held inside the hex they belong to."""

from __future__ import annotations

from game.model.hexmap import Place
from game.ui.frame import Frame

HOLD = 0.24  # farthest that a sign stands from its hex's centre [hex widths]
SHOWN = ("city", "town", "rail_station", "pass", "river_crossing", "airfield", "village", "hill", "ferry", "bridge")


def spot(frame: Frame, place: Place) -> tuple[float, float]:
    """Return where a place's sign stands [px]."""
    x, y = frame.xy(place.lat, place.lon)
    if place.hex < 0:
        return x, y
    cx, cy = frame.centres[place.hex]
    dx, dy = x - float(cx), y - float(cy)
    far = (dx * dx + dy * dy) ** 0.5
    hold = HOLD * frame.hex_px
    shrink = min(hold / far, 1.0) if far > 0 else 1.0
    return float(cx) + dx * shrink, float(cy) + dy * shrink


def spots(frame: Frame) -> dict[str, tuple[float, float]]:
    """Return the sign positions of every place on the map, by id [px]."""
    return {p.id: spot(frame, p) for p in frame.map.places if p.hex >= 0}


def on_line(frame: Frame, most_rank: int) -> dict[int, tuple[float, float]]:
    """Return for each hex with a place of at most this rank the point through which its railway and roads pass [px]."""
    found: dict[int, tuple[float, float]] = {}
    for hex_, places in frame.map.places_by_hex.items():
        for place in places:
            if place.rank <= most_rank and place.kind in SHOWN and place.kind != "airfield":
                found[hex_] = spot(frame, place)
                break
    return found
