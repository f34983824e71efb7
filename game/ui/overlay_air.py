"""Overlays of the sky: air bases, their range and the hexes they strike; the weather of the two zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from game.model.rules import WEATHERS
from game.ui import style
from game.ui.camera import ROW, Camera
from game.ui.overlay_fill import Ink, block, dashes, fill, hatch, pill, ring
from game.ui.survey import Survey

if TYPE_CHECKING:
    import pygame


def draw_air(layer: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Show bases with their points a day, how far they reach, and where aircraft strike supply and marches."""
    for side in (0, 1):
        # points against a side come from the other: the hatching has the colour and the slant of who flies
        mask = survey.struck[side] > 0
        if mask.any():
            hatch(layer, camera, mask, (*style.SIDES[1 - side].body, 210), 10, 3, 1 if side else -1)
    per_km = camera.hex * 1000 / camera.map.spacing_m
    for field in survey.fields:
        x, y = camera.point(field.hex)
        if field.range_km:
            ring(layer, x, y, field.range_km * per_km, (*style.OVERLAY_DARK, 255), 4)
            ring(layer, x, y, field.range_km * per_km, (*style.SIDES[field.side].light, 255), 2)
        if camera.shows(field.hex, -40):
            base_sign(layer, x, y, 13 if camera.zoom >= 3 else 8, field.side)
            if field.points > 0 and camera.zoom >= 3:
                look = style.SIDES[field.side]
                pill(layer, str(field.points), x, y + 19, 11, look.text, look.dark, look.light)


def base_sign(layer: pygame.Surface, x: float, y: float, radius: float, side: int) -> None:
    """Draw the sign of an air base: an aircraft in a hexagon of the side's colour."""
    import pygame

    look = style.SIDES[side]
    for colour, r in ((look.outline, radius + 2), (look.body, radius)):
        angles = np.radians([30, 90, 150, 210, 270, 330])
        points = [(x + r * np.cos(a), y + r * np.sin(a)) for a in angles]
        pygame.draw.polygon(layer, (*colour, 255), points)
    r, ink = radius / 13, (*look.text, 255)
    for a, b, width in (((0, -8), (0, 8), 3), ((-9, -1), (9, -1), 3), ((-4, 7), (4, 7), 2)):
        pygame.draw.line(layer, ink, (x + a[0] * r, y + a[1] * r), (x + b[0] * r, y + b[1] * r), max(1, round(width * r)))


def draw_weather(layer: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Show the weather of both zones: rain slants, mud lies level on brown, dust is a thin yellow; and the line between them."""
    for zone in survey.zones_seen:
        sky(layer, camera, survey.zone == zone, WEATHERS[survey.weather[zone]])
    if len(survey.zones_seen) < 2:
        return
    first = int(np.argmax(survey.zone > 0)) // camera.map.cols  # the northernmost row of the southern zone
    r0, r1, c0, c1 = block(camera)
    if r0 <= first < r1:
        y = camera.hex * ROW * (first - 0.5) - camera.top
        left, right = camera.hex * (c0 - 0.5) - camera.left, camera.hex * c1 - camera.left
        points = [(max(left, -20.0), y), (min(right, camera.width + 20.0), y)]
        dashes(layer, points, (*style.HALO, 220), 5, 14, 8)
        dashes(layer, points, (*style.RAIN, 255), 2, 14, 8)


def sky(layer: pygame.Surface, camera: Camera, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], weather: str) -> None:
    """Lay one kind of weather over an area (H,); clear weather leaves it as it is."""
    tints: dict[str, Ink] = {"dust": (*style.DUST, 60), "rain": (*style.RAIN, 36), "mud": (*style.MUD, 70)}
    if weather not in tints:
        return
    fill(layer, camera, np.where(mask, 0, -1), (tints[weather],), lines=False)
    if weather == "rain":
        hatch(layer, camera, mask, (*style.RAIN, 120), 16, 1, 1)
    elif weather == "mud":
        hatch(layer, camera, mask, (*style.RAIN, 110), 16, 1, 1)
        hatch(layer, camera, mask, (*style.MUD, 150), 10, 2, 0)
