"""Overlays: reach, the way of a march, control and front, supply, zones of control, visibility, objectives."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.model.scenario import Scenario
from game.rules.supply import Lines
from game.ui import style
from game.ui.borders import front_curves
from game.ui.camera import Camera
from game.ui.fonts import halo, text_width, write
from game.ui.frame import Frame
from game.ui.scene import Scene

if TYPE_CHECKING:
    import pygame

U8 = npt.NDArray[np.uint8]
NAMES = ("control", "supply", "zones", "sight", "objectives")
YELLOW, DARK, REACH = style.rgb("#FFE066"), style.rgb("#201A10"), style.rgb("#FFF1B0")
SHARES = tuple(style.rgb(c) for c in ("#B5508A", "#DE944A", "#EBD27A", "#5FAEA6", "#1B7F86"))  # worst to best
PATH, PATH_CASING = style.rgb("#E8FBF6"), style.rgb("#14343A")


def veil(layer: pygame.Surface) -> pygame.Surface:
    """Return an empty surface like a layer: what is drawn on it can then be laid over what the layer already shows."""
    import pygame

    return pygame.Surface(layer.get_size(), pygame.SRCALPHA)


def corners_of(camera: Camera, where: int) -> list[tuple[float, float]]:
    """Return the six corners of a hex in the window [px]; side d joins corners d and d + 1."""
    x, y = camera.point(where)
    return [(x + dx, y + dy) for dx, dy in _offsets(camera.hex)]


@lru_cache(maxsize=16)
def _offsets(hex_px: float) -> tuple[tuple[float, float], ...]:
    from game.core.hexgrid import corner_offsets

    return tuple((float(x), float(y)) for x, y in corner_offsets(hex_px))


def in_window(camera: Camera, mask: npt.NDArray[np.bool_]) -> list[int]:
    """Return the hexes of a mask (H,) of which something is seen."""
    return [int(h) for h in np.flatnonzero(mask) if camera.shows(int(h), -camera.hex)]


def outline(layer: pygame.Surface, camera: Camera, mask: npt.NDArray[np.bool_], colour: style.Colour, width: int) -> None:
    """Draw the edge of an area (H,): the hexsides between it and the rest, light in dark."""
    import pygame

    table = camera.map.neighbours
    sides = []
    for where in in_window(camera, mask):
        corners = corners_of(camera, where)
        for d in range(6):
            there = table[where, d]
            if there < 0 or not mask[there]:
                sides.append((corners[d], corners[(d + 1) % 6]))
    for tone, grow in ((DARK, 2), (colour, 0)):
        for a, b in sides:
            pygame.draw.line(layer, (*tone, 255), a, b, width + grow)


def draw_reach(layer: pygame.Surface, camera: Camera, minutes: npt.NDArray[np.int32], have: int, day: int) -> None:
    """Tint every hex a unit can march to, stronger within the first day, and write the hours it would have left."""
    import pygame

    mask, fill = minutes >= 0, veil(layer)
    for where in in_window(camera, mask):
        pygame.draw.polygon(fill, (*REACH, 96 if minutes[where] <= day else 50), corners_of(camera, where))
    layer.blit(fill, (0, 0))
    outline(layer, camera, mask, YELLOW, 2)
    if camera.zoom < 4:
        return
    size = 11.0 if camera.zoom < 6 else 14.0
    for where in in_window(camera, mask):
        x, y = camera.point(where)
        text = str((have - int(minutes[where])) // 60)
        made = write(text, "sans_bold", size, style.RANGE_INK)
        layer.blit(made, (x - text_width(text, "sans_bold", size) / 2, y + 0.14 * camera.hex))


def draw_path(layer: pygame.Surface, camera: Camera, path: tuple[int, ...], label: str) -> None:
    """Draw the way of a march with its length in hours at the end."""
    import pygame

    points = [camera.point(h) for h in path]
    for colour, width in ((DARK, 7), (YELLOW, 4)):
        pygame.draw.lines(layer, (*colour, 255), False, points, width)
        for p in points[1:-1]:
            pygame.draw.circle(layer, (*colour, 255), p, width / 2 + 1)
    x, y = points[-1]
    pygame.draw.circle(layer, (*DARK, 255), (x, y), 7)
    pygame.draw.circle(layer, (*YELLOW, 255), (x, y), 5)
    made = halo(write(label, "sans_bold", 13, style.INK), style.HALO, 235, 2.2)
    layer.blit(made, (x + 8, y - made.get_height() - 2))


def draw_hex_edge(layer: pygame.Surface, camera: Camera, where: int, colour: style.Colour, width: int = 2) -> None:
    """Draw one hex's edge."""
    import pygame

    for tone, grow in ((DARK, 2), (colour, 0)):
        pygame.draw.polygon(layer, (*tone, 255), corners_of(camera, where), width + grow)


class Washes:
    """The tint of held ground and the front line, made once for a state of control and each zoom."""

    def __init__(self, camera: Camera) -> None:
        self.map = camera.map
        self._tint: tuple[bytes, pygame.Surface] | None = None
        self._front: dict[tuple[int, bytes], list[npt.NDArray[np.float64]]] = {}

    def front(self, zoom: int, control: U8) -> list[npt.NDArray[np.float64]]:
        """Return the front's lines at a zoom, points (N, 2) from the centre of hex (0, 0) [px]."""
        key = (zoom, control.tobytes())
        if key not in self._front:
            if len(self._front) > 12:
                self._front.clear()
            base = Frame(self.map, style.ZOOMS[zoom].hex, 0.0, 0.0, 1, 1)
            self._front[key] = [c.points for c in front_curves(base, control)]
        return self._front[key]

    def tint(self, control: U8) -> pygame.Surface:
        """Return the tint at 6 px a hex, its corner a whole hex above and left of the centre of hex (0, 0)."""
        key = control.tobytes()
        if self._tint is None or self._tint[0] != key:
            self._tint = (key, _tint(self.map.cols, self.map.rows, control))
        return self._tint[1]

    def draw(self, layer: pygame.Surface, camera: Camera, control: U8, tinted: bool) -> None:
        """Draw the front line and, unless another overlay tints the land, each side's tint."""
        import pygame

        if tinted:
            self._draw_tint(layer, camera, control)
        shift = np.array((camera.left, camera.top))
        for colour, width in ((style.FRONT_CASING, 5), (style.FRONT, 2)):
            for points in self.front(camera.zoom, control):
                seen = points - shift
                low, high = seen.min(axis=0), seen.max(axis=0)
                if len(seen) > 1 and high[0] > 0 and high[1] > 0 and low[0] < camera.width and low[1] < camera.height:
                    pygame.draw.lines(layer, (*colour, 255), False, seen.tolist(), width)

    def _draw_tint(self, layer: pygame.Surface, camera: Camera, control: U8) -> None:
        import pygame

        factor = camera.hex / 6
        x0, y0 = (camera.left + camera.hex) / factor, (camera.top + camera.hex) / factor
        rect = pygame.Rect(int(x0), int(y0), int(camera.width / factor) + 2, int(camera.height / factor) + 2)
        cut = pygame.Surface(rect.size, pygame.SRCALPHA)
        cut.blit(self.tint(control), (0, 0), rect)
        size = (round(rect.w * factor), round(rect.h * factor))
        layer.blit(pygame.transform.smoothscale(cut, size), (round((int(x0) - x0) * factor), round((int(y0) - y0) * factor)))


def _tint(cols: int, rows: int, control: U8) -> pygame.Surface:
    """Return the soft tint of both sides' ground, 6 px a hex, strongest along the front."""
    from game.ui.canvas import surface_of
    from game.ui.fields import blur

    step = 6
    height, width = int(rows * step * 0.866) + 2 * step, cols * step + 2 * step
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    row = np.clip(np.rint((y - step) / (step * 0.8660254)), 0, rows - 1).astype(np.int64)
    col = np.clip(np.rint((x - step) / step - 0.5 * (row & 1)), 0, cols - 1).astype(np.int64)
    held = control[row * cols + col]
    shares = [blur((held == s).astype(np.float32), 1.5 * step) for s in (0, 1)]
    near = 4 * shares[0] * shares[1]
    alpha, colours = np.zeros((height, width), np.float32), np.zeros((height, width, 3), np.float32)
    for s, least, most in ((0, 14, 58), (1, 4, 42)):
        mine = held == s
        alpha[mine] = (least + (most - least) * np.minimum(near, 1))[mine]
        colours[mine] = style.WASH[s]
    return surface_of(colours.transpose(1, 0, 2), blur(alpha, 2.0).T)


def draw_supply(layer: pygame.Surface, camera: Camera, scenario: Scenario, lines: Lines, side: int, path: tuple[int, ...]) -> None:
    """Tint every hex by the share of supply that would arrive there, and draw one line of communication."""
    import pygame

    rule, reach = scenario.rules.supply, scenario.sides[side].transport
    full, zero = rule.full_minutes * reach // 1000, rule.zero_minutes * reach // 1000
    share = np.clip((zero - lines.dist) * 1000 // max(1, zero - full), 0, 1000)
    fill = veil(layer)
    for where in in_window(camera, lines.dist >= 0):
        pygame.draw.polygon(fill, (*SHARES[min(4, int(share[where]) // 200)], 95), corners_of(camera, where))
    layer.blit(fill, (0, 0))
    for at in lines.sources:
        x, y = camera.point(scenario.sources[at].hex)
        pygame.draw.circle(layer, (*PATH_CASING, 255), (x, y), 11)
        pygame.draw.circle(layer, (*PATH, 255), (x, y), 9)
        pygame.draw.polygon(layer, (*PATH_CASING, 255), [(x - 5, y), (x, y - 5), (x + 5, y), (x + 4, y + 5), (x - 4, y + 5)])
    if len(path) > 1:
        for colour, width in ((PATH_CASING, 7), (PATH, 4)):
            pygame.draw.lines(layer, (*colour, 255), False, [camera.point(h) for h in path], width)


def draw_zones(layer: pygame.Surface, camera: Camera, scene: Scene) -> None:
    """Draw ticks in the corners of every hex in a zone of control, in its owner's colour."""
    import pygame

    for side in (0, 1):
        pull = 0.86 - 0.12 * side
        for where in in_window(camera, scene.zones[side] > 0):
            x, y = camera.point(where)
            corners = [(x + (cx - x) * pull, y + (cy - y) * pull) for cx, cy in corners_of(camera, where)]
            for k, (cx, cy) in enumerate(corners):
                for nx, ny in (corners[k - 1], corners[(k + 1) % 6]):
                    pygame.draw.line(
                        layer, (*style.SIDES[side].light, 255), (cx, cy), (cx + (nx - cx) * 0.22, cy + (ny - cy) * 0.22), 2
                    )


def draw_fog(layer: pygame.Surface, camera: Camera, sighted: U8, alpha: int) -> None:
    """Veil what is not seen."""
    import pygame

    fill = veil(layer)
    for where in in_window(camera, sighted == 0):
        pygame.draw.polygon(fill, (30, 34, 40, alpha), corners_of(camera, where))
    layer.blit(fill, (0, 0))


def draw_objectives(layer: pygame.Surface, camera: Camera, scenario: Scenario) -> None:
    """Ring every place that scores in the colour of the side that wants it."""
    import pygame

    wanted: dict[int, set[int]] = {}
    for objective in scenario.objectives:
        for where in objective.hexes:
            if where >= 0:
                wanted.setdefault(where, set()).add(objective.side)
    for where, sides in wanted.items():
        if camera.shows(where, -camera.hex):
            x, y = camera.point(where)
            for k, side in enumerate(sorted(sides)):
                radius = max(9, 0.5 * camera.hex) - 4 * k
                pygame.draw.circle(layer, (*DARK, 255), (x, y), radius + 1, 5)
                pygame.draw.circle(layer, (*style.SIDES[side].light, 255), (x, y), radius, 3)
