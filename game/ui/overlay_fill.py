"""What overlays are painted with: tinted hexes, lines between them, hatching, edges, labels. Only seen hexes are touched."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from game.ui import style
from game.ui.camera import ROW, Camera
from game.ui.fonts import text_width, write
from game.ui.hexsides import corners, draw_sides

if TYPE_CHECKING:
    import pygame

    from game.ui.texts import Texts

Ink = tuple[int, int, int, int]  # colour with opacity
Point = tuple[float, float]
ISOLINE: Ink = (255, 255, 255, 170)
SMALL = 12.0  # hex width below which hexes are painted as bricks [px]


def veil(layer: pygame.Surface) -> pygame.Surface:
    """Return an empty surface like a layer: what is drawn on it can then be laid over what the layer already shows."""
    import pygame

    return pygame.Surface(layer.get_size(), pygame.SRCALPHA)


def corners_of(camera: Camera, where: int) -> list[Point]:
    """Return the six corners of a hex in the window [px]; side d joins corners d and d + 1."""
    x, y = camera.point(where)
    return [(x + dx, y + dy) for dx, dy in corners(camera.hex)]


def block(camera: Camera) -> tuple[int, int, int, int]:
    """Return first row, row after the last, first column and column after the last of the hexes of which something is seen."""
    size, map_ = camera.hex, camera.map
    top, left = camera.top / (size * ROW), camera.left / size
    rows = int(np.floor(top - 1)), int(np.ceil(top + camera.height / (size * ROW) + 1)) + 1
    cols = int(np.floor(left - 1)), int(np.ceil(left + camera.width / size + 1)) + 1
    return max(0, rows[0]), min(map_.rows, rows[1]), max(0, cols[0]), min(map_.cols, cols[1])


def in_window(camera: Camera, mask: npt.NDArray[Any]) -> list[int]:
    """Return the hexes of a mask (H,) of which something is seen."""
    r0, r1, c0, c1 = block(camera)
    if r1 <= r0 or c1 <= c0:
        return []
    cols = camera.map.cols
    rows_in, cols_in = np.nonzero(mask.reshape(-1, cols)[r0:r1, c0:c1])
    found: list[int] = ((rows_in + r0) * cols + cols_in + c0).tolist()
    return found


def _only(camera: Camera, codes: npt.NDArray[Any]) -> int | None:
    """Return the class of everything that is seen when it is one class and the window lies within the map, else None."""
    left, top, width, height = camera.extent()
    far = camera.hex  # the edges of the map are ragged
    if camera.left < left + far or camera.left + camera.width > left + width - far:
        return None
    if camera.top < top + far or camera.top + camera.height > top + height - far:
        return None
    r0, r1, c0, c1 = block(camera)
    part = codes.reshape(-1, camera.map.cols)[r0:r1, c0:c1]
    return int(part[0, 0]) if part.size and (part == part[0, 0]).all() else None


def fill(layer: pygame.Surface, camera: Camera, codes: npt.NDArray[Any], inks: Sequence[Ink], lines: bool = True) -> None:
    """Tint the seen hexes by class and part the classes by a thin white line.

    Args:
        layer: to draw on.
        camera: where to.
        codes: (H,) index into inks, -1 = leave as it is.
        inks: colour of each class.
        lines: draw the lines between classes; they are left out at far zooms.
    """
    import pygame

    over, only = veil(layer), _only(camera, codes)
    if only is not None:
        if only >= 0:
            over.fill(inks[only])
    elif camera.hex < SMALL:
        _bricks(over, camera, codes, inks)
    else:
        shape, draw = corners(camera.hex), pygame.draw.polygon
        for where in in_window(camera, codes >= 0):
            x, y = camera.point(where)
            draw(over, inks[codes[where]], [(x + dx, y + dy) for dx, dy in shape])
        if lines:
            _isolines(over, camera, codes)
    layer.blit(over, (0, 0))


def _bricks(over: pygame.Surface, camera: Camera, codes: npt.NDArray[Any], inks: Sequence[Ink]) -> None:
    """Tint hexes of a few pixels row by row: neighbours of a class become one rectangle."""
    r0, r1, c0, c1 = block(camera)
    size, cols = camera.hex, camera.map.cols
    for row in range(r0, r1):
        line = codes[row * cols + c0 : row * cols + c1]
        edges = [0, *(np.flatnonzero(np.diff(line)) + 1).tolist(), len(line)]
        y = row * size * ROW - camera.top
        top, low = round(y - size * ROW / 2), round(y + size * ROW / 2)
        left = (c0 + 0.5 * (row & 1) - 0.5) * size - camera.left
        for a, b in pairwise(edges):
            if line[a] >= 0:
                x = round(left + a * size)
                over.fill(inks[line[a]], (x, top, round(left + b * size) - x, low - top))


def sides_between(camera: Camera, codes: npt.NDArray[Any], both: bool) -> list[tuple[int, int]]:
    """Return (hex, direction) of the seen hexsides where the class changes; both: only where both hexes have one (0 or more)."""
    table, found = camera.map.neighbours, []
    for where in in_window(camera, codes >= 0):
        mine = codes[where]
        for d, there in enumerate(table[where].tolist()):
            other = codes[there] if there >= 0 else -1
            # a side between two classes is met twice: it is taken from the lower hex
            if other == mine or (other < 0 and both) or (other >= 0 and there < where):
                continue
            found.append((where, d))
    return found


def _isolines(over: pygame.Surface, camera: Camera, codes: npt.NDArray[Any]) -> None:
    import pygame

    width = 2 if camera.hex >= 40 else 1
    for where, d in sides_between(camera, codes, True):
        shape = corners_of(camera, where)
        pygame.draw.line(over, ISOLINE, shape[d], shape[(d + 1) % 6], width)


def outline(layer: pygame.Surface, camera: Camera, mask: npt.NDArray[np.bool_], colour: style.Colour, width: float) -> None:
    """Draw the edge of an area (H,): the hexsides between it and the rest, light in dark."""
    draw_sides(layer, camera, sides_between(camera, np.where(mask, 0, -1), False), colour, width, style.OVERLAY_DARK, 2.2)


def hatch(
    layer: pygame.Surface, camera: Camera, mask: npt.NDArray[np.bool_], ink: Ink, step: int = 9, width: int = 2, lean: int = 1
) -> None:
    """Hatch an area (H,) with slanting lines that lie still on the land. lean: 1 rises to the right, -1 falls, 0 is level."""
    import pygame

    codes = np.where(mask, 0, -1)
    only = _only(camera, codes)
    if only == -1:
        return
    pattern, (w, h) = veil(layer), layer.get_size()
    if lean == 0:
        for y in range(-round(camera.top) % step - step, h, step):
            pygame.draw.line(pattern, ink, (0, y), (w, y), width)
    else:
        start = round(camera.left + lean * camera.top) % step
        before, after = (-(-h // step) * step, 0) if lean < 0 else (0, h)
        for x in range(-start - before, w + after + step, step):
            # lines of lean 1 keep x + y, lines of lean -1 keep x - y
            pygame.draw.line(pattern, ink, (x, 0), (x - lean * h, h), width)
    if only is None:
        shape = veil(layer)
        fill(shape, camera, codes, ((255, 255, 255, 255),), lines=False)
        pattern.blit(shape, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    layer.blit(pattern, (0, 0))


def pill(
    layer: pygame.Surface, text: str, x: float, y: float, size: float, ink: style.Colour, ground: style.Colour,
    edge: style.Colour | None = None, lead: int = 0,
) -> None:  # fmt: skip
    """Write a short text on a small plate around a point; lead: room kept free at its left [px]."""
    import pygame

    w, h = round(text_width(text, "sans_bold", size)) + 8 + lead, round(size * 1.3)
    box = (round(x - w / 2), round(y - h / 2), w, h)
    pygame.draw.rect(layer, (*ground, 255), box, border_radius=4)
    if edge is not None:
        pygame.draw.rect(layer, (*edge, 255), box, 1, border_radius=4)
    made = write(text, "sans_bold", size, ink)
    layer.blit(made, (box[0] + 4 + lead, box[1] + (h - made.get_height()) / 2))


def short_men(men: int, texts: Texts) -> str:
    """Return a number of men as short as a plate on the map needs it: 800, 6.5k, 23k; in Chinese 6500, 2.3万."""
    unit = 10_000 if texts.lang == "zh" else 1_000
    if men < unit:
        return str((men + 50) // 100 * 100)
    count = f"{men / unit:.1f}" if men < 10 * unit else str(men // unit)
    return texts("legend.many", count=count.removesuffix(".0"))


def dashes(layer: pygame.Surface, points: Sequence[Point], ink: Ink, width: int, on: float = 8.0, off: float = 6.0) -> None:
    """Draw a dashed line through points."""
    import pygame

    place = 0.0  # along the whole line
    for (ax, ay), (bx, by) in pairwise(points):
        far = float(np.hypot(bx - ax, by - ay))
        at = 0.0
        while at < far:
            phase = (place + at) % (on + off)
            run = min((on if phase < on else on + off) - phase, far - at)
            if phase < on:
                start, end = ((ax + (bx - ax) * t / far, ay + (by - ay) * t / far) for t in (at, at + run))
                pygame.draw.line(layer, ink, start, end, width)
            at += max(run, 0.01)
        place += far


def ring(layer: pygame.Surface, x: float, y: float, radius: float, ink: Ink, width: int) -> None:
    """Draw a dashed circle; one that is far larger than the window costs no more than the part that is seen."""
    import pygame

    steps = max(24, min(360, int(radius / 4)))
    w, h = layer.get_size()
    angles = np.linspace(0, 2 * np.pi, 2 * steps + 1)
    xs, ys = x + radius * np.cos(angles), y + radius * np.sin(angles)
    for k in range(0, 2 * steps, 2):
        if -20 < xs[k] < w + 20 and -20 < ys[k] < h + 20:
            pygame.draw.line(layer, ink, (xs[k], ys[k]), (xs[k + 1], ys[k + 1]), width)
