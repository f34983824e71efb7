"""What frames the map sheet: title and date, scale bar, a small key, and the border."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from game.ui import style
from game.ui.fonts import baseline, text_width, write
from game.ui.frame import Frame

if TYPE_CHECKING:
    import pygame

Rect = tuple[int, int, int, int]  # left, top, width, height [px]
Box = tuple[float, float, float, float]  # left, top, right, bottom [px]
INK, PAPER = style.INK, (243, 236, 218)
MARGIN = 20  # between a panel and the edge of the picture [px]
KEY_WIDTH = 900  # width of a picture below which the key would take too much of it [px]
CORNERS = {"title": "nw ne sw se", "scale": "sw se nw ne", "key": "se sw ne nw"}  # of each panel, the best first
STEP = 24  # between places tried along an edge [px]


def panel_sizes(frame: Frame, title: Title, lang: str, units: bool) -> dict[str, tuple[int, int]]:
    """Return width and height [px] of the panels that a picture is large enough for; the key only where units may stand."""
    sizes = {}
    w, h = title.size
    if w and frame.width > 2 * w and frame.height > 3 * h:
        sizes["title"] = (w, h)
    key = key_size(lang)
    if units and frame.width >= KEY_WIDTH and frame.height > 4 * key[1]:
        sizes["key"] = key
    if frame.width > 500 and frame.height > 320:
        sizes["scale"] = scale_size(frame)
    return sizes


def place_panels(width: int, height: int, sizes: Mapping[str, tuple[int, int]], counters: Iterable[Box]) -> dict[str, Rect]:
    """Return where the panels go so that none covers a counter or another panel: a corner, or else along an edge.

    A panel that finds no such place is left out: the map is there to show the counters.

    Args:
        width: of the picture [px].
        height: of the picture [px].
        sizes: width and height of each panel [px], by its name.
        counters: boxes around the counters.
    """
    taken, placed = list(counters), {}
    for name, (w, h) in sizes.items():
        right, bottom = width - MARGIN - w, height - MARGIN - h
        for x, y in _spots(CORNERS[name].split(), right, bottom):
            if not any(a < x + w + 4 and x - 4 < c and b < y + h + 4 and y - 4 < d for a, b, c, d in taken):
                placed[name] = (x, y, w, h)
                taken.append((x - 4, y - 4, x + w + 4, y + h + 4))
                break
    return placed


def _spots(corners: list[str], right: int, bottom: int) -> list[tuple[int, int]]:
    """Return left and top [px] of the places for a panel: four corners, then the lower, upper, left and right edge."""
    if right < MARGIN or bottom < MARGIN:
        return []
    spots = [(right if "e" in c else MARGIN, bottom if "s" in c else MARGIN) for c in corners]
    spots += [(x, y) for y in (bottom, MARGIN) for x in range(MARGIN, right, STEP)]
    return spots + [(x, y) for x in (MARGIN, right) for y in range(MARGIN, bottom, STEP)]


def _panel(target: pygame.Surface, box: Rect) -> None:
    """Draw a paper panel with a double rule."""
    import pygame

    x, y, w, h = box
    dark = pygame.Surface((w + 12, h + 12), pygame.SRCALPHA)
    for k in range(6):
        pygame.draw.rect(dark, (30, 22, 12, 14), (k, k + 2, w + 12 - 2 * k, h + 12 - 2 * k), border_radius=4)
        target.blit(dark, (x - 5, y - 5))
        dark.fill((0, 0, 0, 0))
    target.fill(PAPER, (x, y, w, h))
    pygame.draw.rect(target, style.INK2, (x, y, w, h), 1)
    pygame.draw.rect(target, style.INK2, (x + 4, y + 4, w - 8, h - 8), 1)


def _text(
    target: pygame.Surface, text: str, font: str, size: float, at: tuple[float, float], colour: style.Colour = INK,
    track: float = 0.0,
) -> None:  # fmt: skip
    """Write a line whose baseline starts at a point."""
    target.blit(write(text, font, size, colour, track), (round(at[0]) - 1, round(at[1]) - baseline(font, size)))


@dataclass(frozen=True)
class Title:
    """What the title panel says, and its size against the usual one."""

    title: str
    when: str
    note: str
    factor: float = 1.0

    @property
    def rows(self) -> list[tuple[str, str, float, float]]:
        """Return the lines: text, font, size, tracking."""
        k = self.factor
        rows = [
            (self.title, "serif_bold", 22 * k, k),
            (self.when, "serif_bold", 16 * k, 0.4 * k),
            (self.note, "sans", 12.5 * k, 0.0),
        ]
        return [r for r in rows if r[0]]

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height of the panel [px]; 0, 0 when there is nothing to say."""
        widths = [text_width(text, font, size, track) for text, font, size, track in self.rows]
        high = sum(1.28 * size + 3 for _, _, size, _ in self.rows) + 18 * self.factor
        return (int(max(widths) + 44 * self.factor), int(high)) if widths else (0, 0)


def title_of(title: str, when: str, note: str, width: int) -> Title:
    """Return a title fit for a picture of a width [px]."""
    return Title(title, when, note, min(max(width / 1500, 0.62), 1.0))


def draw_title(target: pygame.Surface, box: Rect, title: Title) -> None:
    """Draw the title panel."""
    _panel(target, box)
    y = box[1] + 6 * title.factor
    for text, font, size, track in title.rows:
        y += 1.28 * size + 3
        width = text_width(text, font, size, track)
        _text(target, text, font, size, (box[0] + (box[2] - width) / 2, y), style.INK2 if font == "sans" else INK, track)


def _scale_km(frame: Frame) -> int:
    """Return the length of the scale bar [km]."""
    lengths_km = (1, 2, 5, 10, 20, 50, 100, 200, 500)
    return max((k for k in lengths_km if k * frame.px_per_km <= min(230, 0.2 * frame.width)), default=1)


def scale_size(frame: Frame) -> tuple[int, int]:
    """Return width and height of the scale panel [px]."""
    return int(_scale_km(frame) * frame.px_per_km) + 60, 62


def draw_scale(target: pygame.Surface, frame: Frame, box: Rect, lang: str) -> None:
    """Draw the scale bar on a panel."""
    import pygame

    km = _scale_km(frame)
    width = int(km * frame.px_per_km)
    _panel(target, box)
    x, y = box[0] + 22, box[1] + 28
    parts = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    pygame.draw.rect(target, INK, (x - 1, y, width + 2, 7))
    for k, (a, b) in enumerate(pairwise(parts)):
        if k % 2:
            target.fill(PAPER, (x + round(a * width), y + 1, round((b - a) * width), 5))
    for share in (0.0, 0.2, 0.6, 1.0):
        text = f"{km * share:g}" + (" km" if share == 1 else "")
        shift = text_width(f"{km * share:g}", "sans_bold", 11.5) / 2
        _text(target, text, "sans_bold", 11.5, (x + share * width - shift, y - 5))
    note = f"每格 {frame.spacing_km:g} 公里" if lang == "zh" else f"one hex = {frame.spacing_km:g} km"
    _text(target, note, "sans", 11.5, (x, y + 22), style.INK2)


def key_size(lang: str) -> tuple[int, int]:
    """Return width and height of the key [px]."""
    return {"both": 432, "en": 356, "zh": 300}[lang], 144


KEY = (
    ("japan", "Japanese units", "日军"), ("china", "Chinese units", "国军"), ("front", "Front", "战线"),
    ("rail", "Railway", "铁路"), ("lifted", "Railway, cut", "已破坏铁路"), ("road", "Road, track", "公路、小路"),
    ("fort", "Fortified town", "设防城镇"), ("airfield", "Airfield", "机场"), ("drop", "Short of supply", "补给不足"),
    ("trench", "Entrenched", "筑工事"),
)  # fmt: skip


def draw_key(target: pygame.Surface, left: int, top: int, lang: str) -> None:
    """Draw the key to signs and counters."""
    width, height = key_size(lang)
    _panel(target, (left, top, width, height))
    for k, (kind, english, chinese) in enumerate(KEY):
        x, y = left + 16 + (k % 2) * ((width - 20) // 2), top + 24 + (k // 2) * 24
        _sample(target, kind, x + 17, y)
        text = chinese if lang == "zh" else english
        _text(target, text, "sans", 12.5, (x + 44, y + 5))
        if lang == "both":
            _text(target, chinese, "sans", 11.5, (x + 50 + text_width(text, "sans", 12.5), y + 5), style.INK2)


def _sample(target: pygame.Surface, kind: str, x: int, y: int) -> None:
    """Draw the sample of one line of the key around a point."""
    from game.ui.counters import Counter, Mark, sprite
    from game.ui.signs import airfield_sign, fort_sign, town_sign

    def blit(surface: pygame.Surface) -> None:
        target.blit(surface, (x - surface.get_width() // 2, y - surface.get_height() // 2))

    if kind in ("japan", "china", "drop", "trench"):
        side, kept = (0 if kind in ("japan", "trench") else 1), kind in ("japan", "china")
        supply, entrenched = (300 if kind == "drop" else 1000), (2 if kind == "trench" else 0)
        counter = Counter(side, "division", "infantry", 0, "", "", 0, 900, supply, entrenched, Mark.NONE, 0)
        face = sprite(counter, 17.0 if kept else 20.0, 1)
        target.blit(face.face, (x + face.left, y + face.top - (0 if kept else 1)))
    elif kind == "fort":
        blit(fort_sign(34.0, 1))
        blit(town_sign(1, 34.0))
    elif kind == "airfield":
        blit(airfield_sign(44.0, 1))
    else:
        _line_sample(target, kind, x, y)


def _line_sample(target: pygame.Surface, kind: str, x: int, y: int) -> None:
    """Draw the sample of a kind of line."""
    import pygame

    from game.ui.strokes import cover, curve, dash, paint, trace

    w, h = 38, 16
    below = pygame.surfarray.array3d(target.subsurface((x - w // 2, y - h // 2, w, h)))
    image = np.ascontiguousarray(below.transpose(1, 0, 2), np.float32)
    line = curve(np.array([(2.0, 8.0), (36.0, 8.0)]))
    found = trace((h, w), [line], 8)
    d = found.distance
    if kind == "front":
        tone = np.where(found.turn[:, None] > 0, np.array(style.WASH[0]), np.array(style.WASH[1])).astype(np.float32)
        paint(image, found.where, cover(d, 5.5) * np.float32(0.7), tone)
        paint(image, found.where, cover(d, 1.9), style.FRONT_CASING)
        paint(image, found.where, cover(d, 1.0), style.FRONT)
    elif kind == "rail":
        paint(image, found.where, cover(d, 2.3), style.RAIL)
        paint(image, found.where, cover(d, 1.1) * dash(found.along, 8, 8), style.RAIL_DASH)
    elif kind == "lifted":
        paint(image, found.where, cover(d, 0.55), style.LIFTED)
        paint(image, found.where, cover(d, 2.3) * dash(found.along, 1.3, 3.6), style.LIFTED)
    else:
        upper, lower = (trace((h, w), [curve(np.array([(2.0, v), (36.0, v)]))], 4) for v in (5.0, 12.0))
        paint(image, upper.where, cover(upper.distance, 1.9), style.ROAD_CASING)
        paint(image, upper.where, cover(upper.distance, 1.1), style.ROAD)
        paint(image, lower.where, cover(lower.distance, 0.8) * dash(lower.along, 5.6, 3.6), style.TRACK)
    part = pygame.surfarray.make_surface(np.clip(image + 0.5, 0, 255).astype(np.uint8).transpose(1, 0, 2))
    target.blit(part, (x - w // 2, y - h // 2))


def draw_border(target: pygame.Surface) -> None:
    """Draw the sheet's border: a dark line within a light one."""
    import pygame

    w, h = target.get_size()
    pygame.draw.rect(target, PAPER, (0, 0, w, h), 7)
    pygame.draw.rect(target, INK, (0, 0, w, h), 1)
    pygame.draw.rect(target, INK, (6, 6, w - 12, h - 12), 2)
