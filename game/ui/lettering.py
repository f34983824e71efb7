"""Names written along a line: rivers, ranges and provinces, letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from game.ui.curves import cut_corners
from game.ui.fonts import font, halo, style_for
from game.ui.strokes import lengths

if TYPE_CHECKING:
    import pygame

    from game.ui.style import Colour

F64 = npt.NDArray[np.float64]
BIG = 3  # letters are drawn so many times larger and reduced when they are turned


@dataclass(frozen=True)
class Run:
    """A piece of text in one style."""

    text: str
    style: str
    size: float  # [px]
    colour: Colour
    track: float  # extra space after each letter [px]


@dataclass(frozen=True)
class Letter:
    """One letter in its place."""

    text: str
    run: Run
    x: float
    y: float
    angle: float  # counter-clockwise [degrees]


@lru_cache(maxsize=4096)
def advance(run: Run, letter: str) -> float:
    """Return how far a letter moves the pen [px]."""
    metrics: list[Any] = list(font(style_for(letter, run.style)).get_metrics(letter, run.size))
    return (float(metrics[0][4]) if metrics and metrics[0] else run.size) + run.track


def length(runs: Sequence[Run]) -> float:
    """Return the length of a text [px]."""
    return sum(advance(run, letter) for run in runs for letter in run.text)


def along(path: F64, runs: Sequence[Run], start: float) -> list[Letter]:
    """Return the letters of a text along a path (N, 2), from `start` on [px]."""
    so_far = lengths(path)
    steps = [(text, run, advance(run, text)) for run in runs for text in run.text]
    if not steps:
        return []
    ends = start + np.cumsum([step for _, _, step in steps])
    centre = ends - np.array([step + run.track for _, run, step in steps]) / 2
    reach = np.array([max(run.size * 0.8, 4.0) for _, run, _ in steps])
    x, y = np.interp(centre, so_far, path[:, 0]), np.interp(centre, so_far, path[:, 1])
    dx = np.interp(centre + reach, so_far, path[:, 0]) - np.interp(centre - reach, so_far, path[:, 0])
    dy = np.interp(centre + reach, so_far, path[:, 1]) - np.interp(centre - reach, so_far, path[:, 1])
    angle = np.degrees(np.arctan2(-dy, dx))
    places = zip(steps, x.tolist(), y.tolist(), angle.tolist(), strict=True)
    return [Letter(text, run, px, py, turn) for (text, run, _), px, py, turn in places]


def straight(x: float, y: float, angle: float, reach: float, bow: float = 0.0) -> F64:
    """Return a path of length 2 x reach through (x, y), slightly bowed. angle: clockwise from east [degrees]."""
    t = np.linspace(-1, 1, 41)
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    up = bow * reach * (t * t - 0.4)
    return np.stack([x + t * reach * c - up * s, y + t * reach * s + up * c], axis=1)


def smooth_part(points: F64, middle: float, reach: float) -> F64 | None:
    """Return the part of a curve within `reach` of a place along it, smoothed and running from left to right."""
    so_far = lengths(points)
    if middle - reach < 0 or middle + reach > so_far[-1]:
        return None
    marks = np.linspace(middle - reach, middle + reach, 9)
    part = np.stack([np.interp(marks, so_far, points[:, k]) for k in (0, 1)], axis=1)
    wide = part.copy()
    for _ in range(3):
        wide[1:-1] = (part[:-2] + 2 * part[1:-1] + part[2:]) / 4
        part = wide.copy()
    out = cut_corners(part, 3)
    return out[::-1] if out[-1, 0] < out[0, 0] else out


def letter_boxes(letters: Sequence[Letter]) -> list[tuple[float, float, float, float]]:
    """Return a box (left, top, right, bottom) around each letter [px]."""
    half = [0.58 * t.run.size for t in letters]
    return [(t.x - h, t.y - h, t.x + h, t.y + h) for t, h in zip(letters, half, strict=True) if t.text != " "]


def draw_letters(target: pygame.Surface, letters: Sequence[Letter], halo_colour: Colour, halo_alpha: int, radius: float) -> None:
    """Draw letters, the halos of all below all of them."""
    import pygame

    turned = []
    for item in letters:
        if item.text == " ":
            continue
        size = item.run.size * BIG
        face = font(style_for(item.text, item.run.style))
        side = int(size * 2.2)
        cell = pygame.Surface((side, side), pygame.SRCALPHA)
        cell.fill((*item.run.colour, 0))
        wide = (advance(item.run, item.text) - item.run.track) * BIG
        at = (round(side / 2 - wide / 2), round(side / 2 + 0.36 * size))
        face.render_to(cell, at, item.text, (*item.run.colour, 255), size=size)
        sprite = pygame.transform.rotozoom(cell, item.angle, 1 / BIG)
        turned.append((item, sprite))
    if not turned:
        return
    # all letters of a label on one sheet, so that there is one halo to make
    places = [(item.x - sprite.get_width() / 2, item.y - sprite.get_height() / 2, sprite) for item, sprite in turned]
    left, top = int(min(p[0] for p in places)) - 2, int(min(p[1] for p in places)) - 2
    right = int(max(x + sprite.get_width() for x, _, sprite in places)) + 3
    bottom = int(max(y + sprite.get_height() for _, y, sprite in places)) + 3
    sheet = pygame.Surface((right - left, bottom - top), pygame.SRCALPHA)
    sheet.fill((*letters[0].run.colour, 0))
    for x, y, sprite in places:
        sheet.blit(sprite, (round(x) - left, round(y) - top))
    if halo_alpha:
        soft = halo(_only_alpha(sheet, halo_colour), halo_colour, halo_alpha, radius)
        pad = (soft.get_width() - sheet.get_width()) // 2
        target.blit(soft, (left - pad, top - pad))
    target.blit(sheet, (left, top))


def _only_alpha(sprite: pygame.Surface, colour: Colour) -> pygame.Surface:
    """Return a sprite of the same shape in one colour."""
    out = sprite.copy()
    import pygame

    pixels = pygame.surfarray.pixels3d(out)
    pixels[:] = colour
    del pixels
    return out
