"""Overlays of who controls and sees what: zones of control, sight, and the threat of the enemies who are seen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from game.ui import style
from game.ui.camera import Camera
from game.ui.canvas import Canvas
from game.ui.hexsides import Piece, corners, lay
from game.ui.overlay_fill import Ink, corners_of, fill, in_window, pill, short_men
from game.ui.survey import Survey

if TYPE_CHECKING:
    import pygame

    from game.ui.texts import Texts

UNSEEN: Ink = (30, 34, 40, 80)
THREAT: tuple[Ink, ...] = tuple((*c, a) for c, a in zip(style.THREATS, (95, 95, 100, 110), strict=True))


def draw_zones(layer: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Draw ticks in the corners of every hex in a zone of control: Japan's on the edge, China's within, each in its colour."""
    for side in (0, 1):
        piece = _ticks(camera.hex, 0.90 - 0.16 * side, style.SIDES[side].light, style.SIDES[side].outline)
        for where in in_window(camera, survey.scene.zones[side] > 0):
            lay(layer, camera, where, piece)


@lru_cache(maxsize=32)
def _ticks(hex_px: float, pull: float, colour: style.Colour, edge: style.Colour) -> Piece:
    """Return ticks in the corners of a hex that is drawn in by a factor."""
    shape = [(x * pull, y * pull) for x, y in corners(hex_px)]
    half = int(hex_px * 0.6) + 2
    canvas, width = Canvas(2 * half, 2 * half), max(1.2, 1.7 * style.road_factor(hex_px))
    for tone, wide in ((edge, width + 0.9), (colour, width)):
        if tone == edge and hex_px < 26:
            continue
        for k, (cx, cy) in enumerate(shape):
            ends = [(cx + (nx - cx) * 0.22, cy + (ny - cy) * 0.22) for nx, ny in (shape[k - 1], shape[(k + 1) % 6])]
            canvas.line([(x + half, y + half) for x, y in (ends[0], (cx, cy), ends[1])], tone, wide)
    return canvas.finish(), -half, -half


def draw_sight(layer: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Veil what is not seen."""
    if survey.scene.sighted is not None:
        fill(layer, camera, -(survey.scene.sighted > 0).astype("int8"), (UNSEEN,), lines=False)


def draw_threat(layer: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Tint hexes by the enemy's strength against the own."""
    fill(layer, camera, survey.threat, THREAT)


def draw_exposed(target: pygame.Surface, camera: Camera, survey: Survey, texts: Texts, lower: bool) -> None:
    """Point at own troops that enemies who are seen could attack, and write how many men those are; lower: below another plate."""
    import pygame

    for one in survey.exposed:
        if not camera.shows(one.hex, -camera.hex):
            continue
        x, y = camera.point(one.hex)
        shape = corners_of(camera, one.hex)
        for d in one.sides:
            a, b = shape[d], shape[(d + 1) % 6]
            mx, my = (a[0] + b[0]) / 2 - x, (a[1] + b[1]) / 2 - y
            ux, uy = (b[0] - a[0]) * 0.30, (b[1] - a[1]) * 0.30
            for colour, size in ((style.OVERLAY_DARK, 1.0), (style.WARN, 0.66)):
                base, tip = 1.0 + 0.28 * size, 1.0 - 0.30 * size
                points = [(x + mx * tip, y + my * tip)]
                points += [(x + mx * base + s * ux * size, y + my * base + s * uy * size) for s in (1, -1)]
                pygame.draw.polygon(target, (*colour, 255), points)
        if camera.zoom >= 4:
            size = 10.5 * style.ZOOMS[camera.zoom].text
            down = style.ZOOMS[camera.zoom].counter / 2 + 0.17 * camera.hex + (1.45 * size if lower else 0)
            pill(target, short_men(one.men, texts), x, y + down, size, style.WARN, style.OVERLAY_DARK, style.WARN)
