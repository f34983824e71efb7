"""Borders: provinces, the ground each side holds, and the front between them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.model.hexmap import SEA
from game.ui import style
from game.ui.curves import catmull_rom, cut_corners, hexside_chains, middles
from game.ui.fields import enlarge, hex_below
from game.ui.frame import Frame
from game.ui.keptlines import whole_map
from game.ui.strokes import Curve, cover, curve, dash, paint, trace

F32 = npt.NDArray[np.float32]
U8 = npt.NDArray[np.uint8]


def _between(frame: Frame, differs: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return each hexside once where (H, 6) `differs` holds."""
    table = frame.map.neighbours
    return [(int(h), int(d)) for h, d in np.argwhere(differs & (table > np.arange(len(table))[:, None]))]


@whole_map
def province_curves(frame: Frame) -> list[Curve]:
    """Return the borders of provinces as curves in a frame."""
    region, table = frame.map.region, frame.map.neighbours
    land = (frame.map.terrain != SEA) & (region > 0)
    differs = (table >= 0) & (region[table] != region[:, None]) & land[table] & land[:, None]
    return [curve(catmull_rom(cut_corners(middles(c), 1), 3)) for _, c in hexside_chains(frame, _between(frame, differs))]


def draw_provinces(image: F32, frame: Frame) -> None:
    """Draw the borders of provinces: dash and dot over a soft band."""
    curves = province_curves(frame)
    factor = style.road_factor(frame.hex_px)
    found = trace((image.shape[0], image.shape[1]), curves, 4.5 * factor + 1)
    soft = np.clip((4.2 * factor - found.distance) / (2 * factor), 0, 1) * np.float32(0.17)
    paint(image, found.where, soft.astype(np.float32), style.PROVINCE)
    long, gap, dot = 0.22 * frame.hex_px, 0.075 * frame.hex_px, 0.045 * frame.hex_px
    place = np.mod(found.along, long + gap + dot + gap)
    pattern = np.maximum(dash(place, long, 1e6), dash(np.asarray(place - (long + gap), np.float32), dot, 1e6))
    share = cover(found.distance, max(0.75 * factor, 0.55)) * pattern * np.float32(0.8)
    paint(image, found.where, share, style.PROVINCE)


def front_curves(frame: Frame, control: U8) -> list[Curve]:
    """Return the front as curves with Japan to their right. control: (H,) side that holds each hex."""
    table = frame.map.neighbours
    other = control[table]
    differs = (table >= 0) & (control[:, None] < 2) & (other < 2) & (other != control[:, None])
    curves = []
    for order, corners in hexside_chains(frame, _between(frame, differs)):
        hex_ = order[0][0]
        step, to_hex = corners[1] - corners[0], frame.centres[hex_] - corners[0]
        hex_right = step[0] * to_hex[1] - step[1] * to_hex[0] > 0
        ordered = corners if hex_right == (int(control[hex_]) == 0) else corners[::-1]
        # near the eye the line follows the hexsides; far away their zigzag would only be noise
        curves.append(curve(cut_corners(ordered, 1) if frame.hex_px >= 20 else cut_corners(middles(ordered), 2)))
    return curves


def draw_wash(image: F32, frame: Frame, control: U8, front: list[Curve]) -> None:
    """Tint the ground of each side, stronger towards the front. The tint keeps the land's light and shade."""
    h, w = frame.height, frame.width
    step = 4
    shape = (-(-h // step) + 1, -(-w // step) + 1)
    small = trace(shape, [Curve(c.points / step, c.half) for c in front], 2.5 * frame.hex_px / step)
    near = np.full(shape, 2.5 * frame.hex_px, np.float32)
    near.ravel()[small.where] = small.distance * step
    x = (np.arange(0, w, 2, dtype=np.float32) + np.float32(1 + frame.left))[None, :] + np.zeros(((h + 1) // 2, 1), np.float32)
    y = (np.arange(0, h, 2, dtype=np.float32) + np.float32(1 + frame.top))[:, None] + np.zeros((1, (w + 1) // 2), np.float32)
    held = np.ascontiguousarray(control[hex_below(frame, x, y)].repeat(2, axis=0).repeat(2, axis=1)[:h, :w])
    line = trace((h, w), front, 0.4 * frame.hex_px)
    land = held.ravel()[line.where] < 2
    held.ravel()[line.where[land]] = (line.turn[land] <= 0).astype(np.uint8)
    fade = enlarge(np.exp(-near / np.float32(0.9 * frame.hex_px)), step, h, w)
    least = np.array([0.075, 0.0, 0.0], np.float32)
    most = np.array([0.24, 0.13, 0.0], np.float32)
    side = np.minimum(held, 2)
    share = least[side] + (most - least)[side] * fade
    tone = np.array([*(np.array(c) / max(c) for c in style.WASH), (1, 1, 1)], np.float32) - 1
    for k in range(3):
        image[..., k] *= 1 + share * tone[:, k][side]


def _front_factor(frame: Frame) -> float:
    """Return the size of the front's strokes."""
    factor = style.road_factor(frame.hex_px)
    return float(0.62 * factor if frame.hex_px > 20 else 0.85 * factor**0.5)


def draw_front_bands(image: F32, frame: Frame, front: list[Curve]) -> None:
    """Draw the front's red and blue bands; rivers are drawn over them."""
    factor = _front_factor(frame)
    inner, outer = 5.0 * factor, 17.0 * factor
    found = trace((image.shape[0], image.shape[1]), front, outer + 1)
    band = np.clip(1 - (found.distance - inner) / (outer - inner), 0, 1) ** 0.9 * 0.85
    tone = np.where(found.turn[:, None] > 0, np.array(style.WASH[0], np.float32), np.array(style.WASH[1], np.float32))
    paint(image, found.where, band.astype(np.float32), tone.astype(np.float32))


def draw_front_line(image: F32, frame: Frame, front: list[Curve]) -> None:
    """Draw the front itself: a dark line in a light one."""
    factor = _front_factor(frame)
    found = trace((image.shape[0], image.shape[1]), front, 4 * factor + 1)
    paint(image, found.where, cover(found.distance, 2.9 * factor), style.FRONT_CASING)
    paint(image, found.where, cover(found.distance, 1.6 * factor), style.FRONT)
