"""Place names: where each finds room beside its sign, clear of counters, signs and other names.

Railways, roads and rivers only count against a place; counters, signs and names forbid it. Cities are never left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.ui import style
from game.ui.fonts import halo, text_width, write

if TYPE_CHECKING:
    import pygame

    from game.model.hexmap import Place

Rect = tuple[float, float, float, float]  # left, top, right, bottom [px]
STYLES = (("serif_bold", 17.0, 1.0), ("serif_bold", 15.0, 0.3), ("sans_bold", 12.0, 0.0), ("sans", 11.0, 0.0))


@dataclass(frozen=True)
class Name:
    """A name to place: what it says and the point it belongs to."""

    first: str
    second: str
    rank: int
    x: float
    y: float
    clear: float  # radius of its sign [px]


@dataclass(frozen=True)
class Placed:
    """A name in its place; `stacked` puts the second script below the first."""

    name: Name
    x: float
    y: float
    stacked: bool


class Room:
    """What is taken on the picture: boxes that no name may touch, and a cost for covering lines."""

    def __init__(self, width: int, height: int, busy: npt.NDArray[np.float32]) -> None:
        self.width, self.height = width, height
        self.boxes: dict[tuple[int, int], list[Rect]] = {}
        self.total = np.pad(np.cumsum(np.cumsum(busy, axis=0, dtype=np.float64), axis=1), ((1, 0), (1, 0)))

    def take(self, box: Rect) -> None:
        """Mark a box as taken."""
        for key in self._cells(box):
            self.boxes.setdefault(key, []).append(box)

    def overlap(self, box: Rect) -> float:
        """Return how much of a box is already taken, 0..1 and more where it is taken twice."""
        seen: set[Rect] = set()
        found = 0.0
        for key in self._cells(box):
            for other in self.boxes.get(key, ()):
                if other not in seen:
                    seen.add(other)
                    w = min(box[2], other[2]) - max(box[0], other[0])
                    h = min(box[3], other[3]) - max(box[1], other[1])
                    found += w * h if w > 0 and h > 0 else 0.0
        return found / max((box[2] - box[0]) * (box[3] - box[1]), 1.0)

    def cost(self, box: Rect) -> float:
        """Return the mean cost of the lines below a box."""
        left, top = min(max(int(box[0]), 0), self.width), min(max(int(box[1]), 0), self.height)
        right, bottom = min(max(int(box[2]), 0), self.width), min(max(int(box[3]), 0), self.height)
        t = self.total
        area = max((right - left) * (bottom - top), 1)
        return float(t[bottom, right] - t[top, right] - t[bottom, left] + t[top, left]) / area

    def inside(self, box: Rect) -> bool:
        """Return whether a box lies wholly on the picture."""
        return box[0] >= 2 and box[1] >= 2 and box[2] <= self.width - 2 and box[3] <= self.height - 2

    def _cells(self, box: Rect) -> list[tuple[int, int]]:
        rows = range(int(box[1]) // 64, int(box[3]) // 64 + 1)
        return [(c, r) for c in range(int(box[0]) // 64, int(box[2]) // 64 + 1) for r in rows]


def name_of(place: Place, lang: str, x: float, y: float, clear: float) -> Name:
    """Return the name of a place in "en", "zh" or "both" scripts."""
    english = place.name_en.split(" (")[0]
    first, second = (english, place.name_zh) if lang == "both" else (place.name_zh, "") if lang == "zh" else (english, "")
    return Name(first or place.name_en, second, place.rank, x, y, clear)


def _sizes(name: Name, factor: float) -> tuple[str, float, float, float]:
    """Return font style, size, tracking and the size of the second script [px]."""
    font_style, size, track = STYLES[min(name.rank, 3)]
    size = max(size * factor, 9.5)
    return font_style, size, track * factor, max(size * 0.88, 9.5)


def _extent(name: Name, factor: float, stacked: bool) -> tuple[float, float]:
    """Return width and height of a name [px]."""
    font_style, size, track, second = _sizes(name, factor)
    one = text_width(name.first, font_style, size, track)
    two = text_width(name.second, _second_style(name), second) if name.second else 0.0
    if stacked:
        return max(one, two), size * 1.0 + second * 1.02
    return one + (two + 0.32 * size if two else 0), size * 1.0


def _second_style(name: Name) -> str:
    return "serif_bold" if name.rank <= 1 else "sans"


def spots_for(name: Name, factor: float) -> list[tuple[float, Placed, Rect]]:
    """Return the places worth trying: a base cost, the name there, and its box."""
    out = []
    for stacked in (False, True) if name.second else (False,):
        w, h = _extent(name, factor, stacked)
        gap = name.clear + 2.5 * factor
        spots = [
            (0.0, gap, -h / 2), (0.35, -gap - w, -h / 2), (0.55, -w / 2, -gap - h), (0.6, -w / 2, gap),
            (0.5, gap * 0.8, -gap * 0.6 - h / 2), (0.5, gap * 0.8, gap * 0.6 - h / 2),
            (0.8, -gap * 0.8 - w, -gap * 0.6 - h / 2), (0.8, -gap * 0.8 - w, gap * 0.6 - h / 2),
            (1.0, -w * 0.2, -gap - h), (1.0, -w * 0.8, -gap - h), (1.0, -w * 0.2, gap), (1.0, -w * 0.8, gap),
        ]  # fmt: skip
        if name.rank <= 2:
            for far in (16, 21, 26, 32, 40):
                d = far * factor
                k = 1.4 + far / 40
                spots += [(k, -w / 2, -d - h), (k + 0.05, -w / 2, d), (k + 0.1, d, -h / 2), (k + 0.2, -d - w, -h / 2)]
        for base, dx, dy in spots:
            x, y = name.x + dx, name.y + dy
            box = (x - 1.5, y - 0.5, x + w + 1.5, y + h + 0.5)
            out.append((base + (0.7 if stacked else 0.0), Placed(name, x, y, stacked), box))
    return out


def place_names(names: Sequence[Name], room: Room, factor: float) -> list[Placed]:
    """Return the names that find room, the most important first. Cities always find some."""
    placed = []
    for name in sorted(names, key=lambda n: (n.rank, n.y, n.x)):
        best: tuple[float, Placed, Rect] | None = None
        for base, spot, box in spots_for(name, factor):
            over = room.overlap(box)
            if not room.inside(box) or (over > 0.02 and name.rank > 1):
                continue
            cost = base + 80 * over + 3.2 * room.cost(box)
            if best is None or cost < best[0]:
                best = (cost, spot, box)
        if best is not None and (name.rank <= 1 or best[0] < (4.5 if name.rank == 2 else 3.2)):
            placed.append(best[1])
            room.take(best[2])
    return placed


def draw_name(target: pygame.Surface, placed: Placed, factor: float) -> None:
    """Write a placed name with its halo."""
    name = placed.name
    font_style, size, track, second = _sizes(name, factor)
    radius = max(1.6 * factor, 1.3) + (0.4 if name.rank <= 1 else 0)
    w, _ = _extent(name, factor, placed.stacked)
    one = text_width(name.first, font_style, size, track)
    x = placed.x + ((w - one) / 2 if placed.stacked else 0)
    parts = [(write(name.first, font_style, size, style.INK, track), x, placed.y - 0.14 * size)]
    if name.second:
        two = text_width(name.second, _second_style(name), second)
        x2, y2 = placed.x + one + 0.32 * size, placed.y + (size - second) * 0.75
        if placed.stacked:
            x2, y2 = placed.x + (w - two) / 2, placed.y + size * 1.02
        parts.append((write(name.second, _second_style(name), second, style.INK2), x2, y2 - 0.14 * second))
    for surface, left, top in parts:
        soft = halo(surface, style.HALO, style.HALO_ALPHA, radius)
        pad = (soft.get_width() - surface.get_width()) // 2
        target.blit(soft, (round(left) - pad, round(top) - pad))
    for surface, left, top in parts:
        target.blit(surface, (round(left), round(top)))
