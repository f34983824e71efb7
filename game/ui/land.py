"""The land: paper tints by terrain, hills in slanting light from the north-west, lakes and sea.

Heights per hex are far too coarse for hills, so the relief is invented: a smooth surface through the hexes' heights, ridges
as high as the hexes are rough, furrows that run down the slopes, and valleys where rivers are drawn.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from game.model.hexmap import FLAT, HILL, KARST, LAKE, MOUNTAIN, PADDY, ROLLING, SEA, HexMap
from game.ui import noise, style
from game.ui.fields import blur, enlarge, hex_below, spline
from game.ui.frame import Frame
from game.ui.strokes import paint

F32 = npt.NDArray[np.float32]
PAD = 14  # pixels computed beyond the picture so that parts join
RIDGES = ((19.0, 1.0), (9.5, 0.6), (4.6, 0.3))  # wavelength [km], weight
GULLIES = ((6.0, 0.40), (2.9, 0.17), (1.4, 0.07), (0.7, 0.025))
FINEST = 3.2  # shortest wave that is drawn [pixels of the field]
STRIP = 320  # rows that are painted at a time


def amplitude(map_: HexMap, far: bool = False) -> npt.NDArray[np.float64]:
    """Return (H,) the height of the invented ridges [m], from class and relief. far: karst has no cones of its own."""
    relief = map_.relief.astype(np.float64)
    out = np.zeros(map_.size)
    terrain = map_.terrain
    out[terrain == PADDY] = 2
    out[terrain == ROLLING] = 0.55 * relief[terrain == ROLLING]
    out[terrain == HILL] = np.maximum(0.85 * relief[terrain == HILL], 95)
    out[terrain == MOUNTAIN] = np.clip(relief[terrain == MOUNTAIN], 230, 520)
    out[terrain == KARST] = (0.95 if far else 0.45) * relief[terrain == KARST]
    return out


def _positions(frame: Frame, step: int) -> tuple[F32, F32]:
    """Return the positions of every `step`-th pixel [map km], x as (1, w) and y as (h, 1)."""
    x = (np.arange(0, frame.width, step) + 0.5 + frame.left) / frame.px_per_km
    y = (np.arange(0, frame.height, step) + 0.5 + frame.top) / frame.px_per_km
    return x.astype(np.float32)[None, :], y.astype(np.float32)[:, None]


def _sharp(map_: HexMap) -> npt.NDArray[np.float64]:
    """Return (H,) heights [m] with the differences between neighbours raised, which the smooth surface then lowers again."""
    height = map_.height.astype(np.float64)
    table = map_.neighbours
    there = table >= 0
    mean = (height[table] * there).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    return np.asarray(height + 0.9 * np.clip(height - mean, -300, 300), np.float64)


def _slope(height: F32, km: float) -> tuple[F32, F32]:
    """Return the slope eastwards and southwards [m/km] of a height field with pixels of `km`."""
    gy, gx = np.gradient(height)
    return np.asarray(gx / km, np.float32), np.asarray(gy / km, np.float32)


def relief(frame: Frame, valley: F32 | None, step: int) -> tuple[F32, F32]:
    """Return the height [m] and the roughness [m] on every `step`-th pixel. valley: 1 on rivers, 0 away from them."""
    table = np.stack([_sharp(frame.map), amplitude(frame.map, frame.hex_px < 16)])
    rows, cols = -(-frame.height // step), -(-frame.width // step)
    base, amp = (enlarge(field, 2, rows, cols) for field in spline(frame, table, step * 2))
    x, y = _positions(frame, step)
    km = step / frame.px_per_km
    zero = np.zeros_like(base)
    warp_x = noise.gradient(x / 13 + zero, y / 13 + zero, 11) * np.float32(5)
    warp_y = noise.gradient(x / 13 + zero, y / 13 + zero, 12) * np.float32(5)
    u, v = x + warp_x, y + warp_y
    ridge, gain = zero, np.ones_like(base)
    for k, (wave, weight) in enumerate(RIDGES):
        if wave / km < 2.5:
            break
        n = 1 - np.abs(noise.gradient(u / np.float32(wave), v / np.float32(wave), 21 + k)) * np.float32(1.35)
        n = np.clip(n, 0, 1) ** np.float32(1.6)
        ridge = ridge + gain * n * np.float32(weight)
        gain = gain * np.clip(0.15 + 1.25 * n, 0, 1)
    cut = valley if valley is not None else zero
    height = np.float32(0.9) * base + 1.45 * amp * ridge * (1 - 0.75 * cut) - 0.5 * amp * cut
    return _carve(height.astype(np.float32), amp * (1 - 0.6 * cut), (x, y), km, 1e9), amp


def _carve(height: F32, amp: F32, at: tuple[F32, F32], km: float, below: float) -> F32:
    """Return the height with furrows that run down its slopes, coarse ones first.

    at: x (1, w) and y (h, 1) [map km]. below: only furrows of shorter waves than this [km].
    """
    rough = np.flatnonzero(amp.ravel() > 9)
    if not len(rough):
        return height
    j, i = np.divmod(rough, height.shape[1])
    x, y = at[0][0, i], at[1][j, 0]
    flat, strength = height.ravel().copy(), amp.ravel()[rough]
    for k, (wave, weight) in enumerate(GULLIES):
        if wave >= below or wave / km < FINEST:
            continue
        gx, gy = _broad_slope(flat.reshape(height.shape), km, max(round(0.2 * wave / km), 1))
        gx, gy = gx.ravel()[rough], gy.ravel()[rough]
        steep = np.sqrt(gx * gx + gy * gy) + np.float32(1e-3)
        soft = np.minimum(steep / 60, 1) / steep
        scale = np.float32(1 / wave)
        furrow = noise.gully(x * scale, y * scale, -gy * soft, gx * soft, 41 + k)
        flat[rough] += (furrow * strength * np.float32(weight) * np.minimum(steep / 45, 1)).astype(np.float32)
    return flat.reshape(height.shape)


def _broad_slope(height: F32, km: float, step: int) -> tuple[F32, F32]:
    """Return the slope eastwards and southwards [m/km], smoothed over some `step` pixels."""
    h, w = height.shape
    small = np.pad(height, ((0, 2 * step), (0, 2 * step)), mode="edge")[::step, ::step]
    gx, gy = _slope(small, km * step)
    return enlarge(gx, step, h, w), enlarge(gy, step, h, w)


def light(height: F32, amp: F32, km: float, hex_px: float) -> F32:
    """Return how much brighter (0..0.39) or darker (down to -0.61) than flat land each pixel is lit."""
    gx, gy = _slope(height, km)
    soft = 0.6 if hex_px < 12 else 0.8 if hex_px < 20 else 1.0
    gx, gy = gx * np.float32(soft / 95), gy * np.float32(soft / 95)
    length = np.sqrt(1 + gx * gx + gy * gy)
    main = (0.56 * gx + 0.56 * gy + 0.61) / length
    north = (0.2 * gx + 0.75 * gy + 0.61) / length
    lit = (0.8 * main + 0.2 * north - 0.61).astype(np.float32)
    bright = np.clip(amp / 60, 0, 1)
    return np.where(lit > 0, lit * bright, lit).astype(np.float32)


def tints(map_: HexMap, frame: Frame) -> F32:
    """Return (H, 3) the paper tint of each hex: its class, north or south, a little like its neighbours'."""
    north = np.array([style.rgb(c) for c in style.NORTH], np.float32)
    south = np.array([style.rgb(c) for c in style.SOUTH], np.float32)
    top, bottom = frame.row_of_latitude(style.NORTH_LATITUDE), frame.row_of_latitude(style.SOUTH_LATITUDE)
    wet = np.clip((frame.centres[:, 1] - top) / (bottom - top), 0, 1).astype(np.float32)[:, None]
    terrain = map_.terrain
    own = north[terrain] * (1 - wet) + south[terrain] * wet
    high = np.clip((map_.height.astype(np.float32) - 900) / 1200, 0, 1)[:, None] * 0.22
    own = own * (1 - high) + np.array(style.ALPINE, np.float32) * high
    dry = np.isin(terrain, (FLAT, PADDY, ROLLING, HILL, MOUNTAIN))
    table = map_.neighbours
    near = (table >= 0) & dry[table] & dry[:, None]
    mean = (own[table] * near[..., None]).sum(axis=1) / np.maximum(near.sum(axis=1), 1)[:, None]
    shore = ~np.isin(terrain, (SEA, LAKE))[table] & (table >= 0)
    bank = (own[table] * shore[..., None]).sum(axis=1) / np.maximum(shore.sum(axis=1), 1)[:, None]
    wet_hex = np.isin(terrain, (SEA, LAKE)) & shore.any(axis=1)
    own = np.where(wet_hex[:, None], bank, own)
    share = (dry & (near.sum(axis=1) > 2)).astype(np.float32)[:, None] * 0.30
    return np.asarray(own * (1 - share) + mean * share, np.float32)


def _class_tint(frame: Frame, x: F32, y: F32) -> F32:
    """Return (h, w, 3) the tint of the nearest hex, found at a jittered position so that borders look grown."""
    spacing = np.float32(frame.spacing_km)
    jx = 0.065 * noise.gradient(x / 2.6, y / 2.6, 3) + 0.04 * noise.gradient(x / 1.1, y / 1.1, 5)
    jy = 0.065 * noise.gradient(x / 2.6, y / 2.6, 4) + 0.04 * noise.gradient(x / 1.1, y / 1.1, 6)
    px = np.float32(frame.px_per_km)
    found = hex_below(frame, (x + jx * spacing) * px, (y + jy * spacing) * px)
    image = tints(frame.map, frame)[found]
    radius = 0.05 * frame.hex_px if frame.hex_px > 20 else max(0.05 * frame.hex_px, 1.5)
    return blur(image, radius / 1.5)


def _shade(image: F32, lit: F32) -> F32:
    """Return the image mixed towards the shadow colour where it lies in shade, and to the light colour where it is lit."""
    dark = (style.SHADOW_MOST * np.tanh(np.maximum(-lit, 0) * 1.9))[..., None]
    bright = (style.LIGHT_MOST * np.tanh(np.maximum(lit, 0) * 3.2))[..., None]
    shaded = image * (1 - dark) + np.array(style.SHADOW, np.float32) * dark
    return np.asarray(shaded * (1 - bright) + np.array(style.LIGHT, np.float32) * bright, np.float32)


def _paper(frame: Frame, image: F32, x: F32, y: F32, amp: F32) -> F32:
    """Return the image with patches of fields on level land, a slow change of tone, and the grain of paper."""
    tone = 0.02 * noise.gradient(x / 60, y / 60, 31)
    if frame.hex_px > 20:
        level = np.clip(1 - amp / 70, 0, 1)
        bend = noise.gradient(x / 9, y / 9, 33) * np.float32(1.4)
        patch = noise.cell((x + bend) / 1.5, (y - bend * 0.6) / 1.1, 35) * (0.6 + 0.4 * noise.cell((x + bend) / 4.5, y / 3.7, 36))
        tone = tone + 0.021 * level * blur(patch.astype(np.float32), 0.16 * frame.px_per_km)
    xs = np.arange(frame.width, dtype=np.float32)[None, :] + np.float32(np.floor(frame.left))
    ys = np.arange(frame.height, dtype=np.float32)[:, None] + np.float32(np.floor(frame.top))
    grain = noise.cell(xs, ys, 37) * np.float32(0.009) + noise.gradient(xs / 5, ys / 7, 38) * np.float32(0.008)
    return np.asarray(image * (1 + tone + grain)[..., None], np.float32)


def _water(frame: Frame, image: F32, x: F32, y: F32) -> F32:
    """Return the image with lakes and sea: smooth shores, lines along them that fade out into the water."""
    map_ = frame.map
    step = 2 if frame.hex_px > 20 else 1
    wet = (map_.terrain == SEA) | (map_.terrain == LAKE)
    around = (wet[map_.neighbours] & (map_.neighbours >= 0)).sum(axis=1)
    share = np.where(wet, 0.72 + 0.13 * (6 - around), np.minimum(map_.water / 100.0, 0.36))
    if not share.any():
        return image
    field, sea = spline(frame, np.stack([share, (map_.terrain == SEA) * 1.0]), step)
    x, y = x[::step, ::step], y[::step, ::step]
    wobble = sum(size * noise.gradient(x / wave, y / wave, k) for size, wave, k in ((0.07, 5, 51), (0.04, 2, 52), (0.02, 0.9, 53)))
    depth = (field - 0.46 + wobble).astype(np.float32)
    gy, gx = np.gradient(blur(depth, 0.1 * frame.hex_px / step), step)
    away = depth / np.maximum(np.sqrt(gx * gx + gy * gy), 0.35 / frame.hex_px)  # distance to the shore [px]
    away, sea = enlarge(away, step, frame.height, frame.width), enlarge(sea, step, frame.height, frame.width)
    unit = max(frame.hex_px / 40, 0.35)
    where = np.flatnonzero(away.ravel() > -2)
    near, salt = away.ravel()[where], np.minimum(sea.ravel()[where], 1)[:, None]
    paint(image, where, np.clip(near + 0.5, 0, 1), style.LAKE)
    line = (np.array(style.SHORE, np.float32) * (1 - salt) + np.array(style.COAST, np.float32) * salt).astype(np.float32)
    for far, strength in ((0.0, 0.9), (3.6, 0.36), (7.6, 0.24), (12.4, 0.14)):
        share = np.clip(0.5 + 0.55 * unit - np.abs(near - far * unit), 0, 1) * np.float32(strength)
        paint(image, where, share.astype(np.float32), line)
    return image


def _strip(frame: Frame, hollow: F32 | None) -> F32:
    """Return (h, w, 3) the land of a frame. hollow: nearness of rivers on every pixel of `frame.grown(PAD)`."""
    big = frame.grown(PAD)
    step = max(round(big.hex_px / 20), 1)
    height, rough = relief(big, hollow[::step, ::step] if hollow is not None else None, step)
    km = 1 / big.px_per_km
    height, amp = (enlarge(field, step, big.height, big.width) for field in (height, rough))
    if step > 1:
        open_ = amp * (1 - 0.6 * hollow) if hollow is not None else amp
        height = _carve(blur(height, step / 3), open_.astype(np.float32), _positions(big, 1), km, FINEST * step * km)
    lit = light(height, amp, km, big.hex_px)
    x, y = _positions(big, 1)
    zero = np.zeros((big.height, big.width), np.float32)
    x, y = x + zero, y + zero
    image = _shade(_class_tint(big, x, y), lit)
    image = _water(big, _paper(big, image, x, y, amp), x, y)
    return image[PAD : PAD + frame.height, PAD : PAD + frame.width]


def paint_land(frame: Frame, valley: F32 | None = None, valley_step: int = 4) -> F32:
    """Return (h, w, 3) colours 0..255 of the land and still water of a frame.

    It is painted in strips, several at once where there are several processors.
    valley: nearness of rivers, 0..1, on every `valley_step`-th pixel of `frame.grown(PAD)`; None = no rivers.
    """
    hollow = enlarge(valley, valley_step, frame.height + 2 * PAD, frame.width + 2 * PAD) if valley is not None else None
    out = np.empty((frame.height, frame.width, 3), np.float32)

    def fill(top: int) -> None:
        rows = min(STRIP, frame.height - top)
        part = Frame(frame.map, frame.hex_px, frame.left, frame.top + top, frame.width, rows)
        out[top : top + rows] = _strip(part, hollow[top : top + rows + 2 * PAD] if hollow is not None else None)

    fill(0)  # alone, because the first one compiles
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 8)) as pool:
        list(pool.map(fill, range(STRIP, frame.height, STRIP)))
    return out


__all__ = ["PAD", "amplitude", "light", "paint_land", "relief", "tints"]
