"""Small drawn marks on the land: karst cones, the strokes of flood and marsh, the hex grid and its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.model.hexmap import FLOOD, KARST, LAKE, MARSH, SEA
from game.ui import style
from game.ui.curves import unit_hash
from game.ui.frame import Frame
from game.ui.strokes import Curve, cover, paint, stroke, trace_segments

if TYPE_CHECKING:
    import pygame

F32 = npt.NDArray[np.float32]


def draw_flood(image: F32, frame: Frame) -> None:
    """Draw short level strokes with reeds between them on flooded land and marsh."""
    size, curves = frame.hex_px, []
    terrain = frame.map.terrain
    seen = frame.seen[np.isin(terrain[frame.seen], (FLOOD, MARSH))]
    rows = 7 if size > 20 else 4
    for hex_ in map(int, seen):
        cx, cy = frame.centres[hex_]
        for k in range(rows):
            for part in range(2):
                key = hex_ * 16 + k * 2 + part
                if unit_hash(key, 1) < (0.24 if terrain[hex_] == FLOOD else 0.4):
                    continue
                x = cx + (unit_hash(key, 2) - 0.5 + (part - 0.5) * 0.9) * 0.5 * size
                y = cy + ((k + 0.5) / rows - 0.5) * 0.98 * size + (unit_hash(key, 3) - 0.5) * 0.05 * size
                curves.append(_ripple(float(x), float(y), (0.07 + 0.09 * unit_hash(key, 4)) * size, size))
    stroke(image, curves, max(0.032 * size, 0.8), style.STROKE, 0.62)


def _ripple(x: float, y: float, half: float, size: float) -> Curve:
    """Return a gently waving stroke of half length `half` [px], thin at its ends."""
    t = np.linspace(-1, 1, 7)
    points = np.stack([x + t * half, y + 0.012 * size * np.sin(t * 4.2 + x)], axis=1)
    return Curve(points, -0.011 * size * t**2)


def draw_karst(image: F32, frame: Frame) -> None:
    """Draw limestone cones, lit from the left and dark to the right."""
    size = frame.hex_px
    for hex_ in map(int, frame.seen[frame.map.terrain[frame.seen] == KARST]):
        cx, cy = frame.centres[hex_]
        spots = []
        for k in range(6):
            angle = 6.2832 * (k / 5 + 0.1 * unit_hash(hex_, k))
            far = 0.0 if k == 5 else (0.27 + 0.09 * unit_hash(hex_, k + 8)) * size
            spots.append((cy + far * np.sin(angle), cx + far * np.cos(angle), (0.085 + 0.06 * unit_hash(hex_, k + 16)) * size))
        for y, x, radius in sorted(spots):
            _cone(image, float(x), float(y), radius)


def _cone(image: F32, x: float, y: float, radius: float) -> None:
    """Draw one cone with its foot at (x, y) [px]."""
    height = radius * 1.55
    left, top = int(x - radius - 2), int(y - height - 2)
    right, bottom = int(x + radius + 3), int(y + 3)
    if left < 0 or top < 0 or right >= image.shape[1] or bottom >= image.shape[0]:
        return
    px = np.arange(left, right)[None, :] + 0.5 - x
    py = np.arange(top, bottom)[:, None] + 0.5 - y
    rise = np.clip(-py / height, 0, 1)
    half = radius * np.sqrt(np.clip(1 - rise**2.0, 0, 1)) + 0.01
    foot = 0.18 * radius * (1 - (px / radius) ** 2)
    inside = np.clip(half - np.abs(px) + 0.5, 0, 1) * np.clip(foot - py + 0.5, 0, 1) * np.clip(py + height + 0.5, 0, 1)
    across = np.clip(px / half, -1, 1)
    dark = (np.clip(across + 0.15, 0, 1) * 0.62 + 0.06) * inside
    bright = np.clip(-across - 0.05, 0, 1) * 0.30 * inside
    edge = np.clip(1 - np.abs(half - np.abs(px)) / 0.9, 0, 1) * inside * 0.35
    part = image[top:bottom, left:right]
    for share, colour in ((dark, style.SHADOW), (bright, style.LIGHT), (edge, style.SHADOW)):
        part += (np.array(colour, np.float32) - part) * share[..., None].astype(np.float32)


def draw_grid(image: F32, frame: Frame, alpha: int) -> None:
    """Draw the hexsides: dark, with a light twin at the lower right that keeps them visible in shadow."""
    if not alpha:
        return
    table, seen = frame.map.neighbours, frame.seen
    still = np.isin(frame.map.terrain, (SEA, LAKE))
    parts = []
    for d in range(6):
        other = table[seen, d]
        kept = seen[((other > seen) | (other < 0)) & ~((other >= 0) & still[seen] & still[other])]
        parts.append(frame.centres[kept][:, None] + frame.corners[[d, (d + 1) % 6]][None])
    segments, shape = np.concatenate(parts), (image.shape[0], image.shape[1])
    for shift, colour, share in ((0.8, style.GRID_LIGHT, 0.62 * alpha / 255), (0.0, style.GRID_DARK, alpha / 255)):
        found = trace_segments(shape, segments + shift, 1.5)
        paint(image, found.where, cover(found.distance, 0.425) * np.float32(share), colour)


def draw_numbers(image: F32, frame: Frame) -> None:
    """Write the hex numbers faintly below the top corner of each hex."""
    import pygame

    from game.ui.fonts import text_width, write

    digits = len(frame.map.label(0)) // 2
    size = (0.2 if digits == 2 else 0.165) * frame.hex_px
    half = text_width("0" * digits, "sans", size)
    layer = pygame.Surface((frame.width, frame.height), pygame.SRCALPHA)
    for hex_ in map(int, frame.seen):
        text = frame.map.label(hex_)
        x, y = frame.centres[hex_]
        top = round(y - 0.43 * frame.hex_px - 0.3 * size)
        for part, left in ((text[:digits], x - half - 1), (text[digits:], x - 1)):  # the same few parts come again and again
            layer.blit(write(part, "sans", size, style.NUMBER_INK), (round(left), top))
    mix(image, layer, style.NUMBER_INK, 92 / 255)


def mix(image: F32, layer: pygame.Surface, colour: style.Colour, share: float) -> None:
    """Mix a colour into an image by the opacity of a layer of the same size."""
    import pygame

    alpha = pygame.surfarray.array_alpha(layer).T.ravel()
    where = np.flatnonzero(alpha)
    paint(image, where, (alpha[where] * np.float32(share / 255)).astype(np.float32), colour)
