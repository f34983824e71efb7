"""Draw a map picture: the land with its rivers, lines and names, and the counters of a game on it.

It works without a screen and writes a PNG file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.core.errors import fail
from game.core.files import write_whole
from game.model.hexmap import HexMap
from game.model.scenario import Scenario
from game.ui import borders, frame, rivers, routes, stamps, style
from game.ui.counters import Mark, sprite
from game.ui.land import paint_land
from game.ui.landnames import draw_labels, place_labels
from game.ui.names import Name, Room, draw_name, name_of, place_names
from game.ui.png import encode
from game.ui.sheet import Box, draw_border, draw_key, draw_scale, draw_title, panel_sizes, place_panels, title_of
from game.ui.signs import airfield_sign, fort_sign, peak_sign, sign_radius, town_sign
from game.ui.spots import SHOWN, spot
from game.ui.stacks import Standing, chips, stacks
from game.ui.state import PictureState, date_text, empty_of, start_of, title_text
from game.ui.strokes import Curve, trace

if TYPE_CHECKING:
    import pygame

F32 = npt.NDArray[np.float32]
Crop = tuple[float, float, float, float] | tuple[str, str]
Panels = dict[str, tuple[int, int, int, int]]  # name: left, top, width, height [px]
LANGUAGES = ("both", "en", "zh")
LONG = 18  # letters above which a small place is named only at near zooms
MOST_PIXELS = 60_000_000


def draw_picture(
    scenario: Scenario, view: PictureState, out: Path, zoom: int = 4, lang: str = "both", crop: Crop | None = None,
    size: tuple[int, int] | None = None, sheet: bool = True, tick: Callable[[str], None] | None = None,
) -> tuple[int, int]:  # fmt: skip
    """Draw a map picture and write it as PNG; return its width and height [px].

    Args:
        scenario: whose map, units and forts are drawn.
        view: what lies on the map.
        out: the file to write.
        zoom: index into style.ZOOMS.
        lang: names in "both" scripts, "en" or "zh".
        crop: west, south, east, north [degrees], or the numbers of two hexes at opposite corners; None = the whole map.
        size: width and height [px] around the middle of what is shown; None = all of it.
        sheet: draw the border, title, scale and key.
        tick: told the name of each finished layer.
    """
    if not 0 <= zoom < len(style.ZOOMS):
        raise fail("picture", f"there is no zoom {zoom}", hint=f"0 (far) to {len(style.ZOOMS) - 1} (near)")
    if lang not in LANGUAGES:
        raise fail("picture", f"unknown language {lang!r}", hint="both, en or zh")
    surface = draw_surface(scenario, view, frame_of(scenario, zoom, crop, size), zoom, lang, sheet, tick or _quiet)
    write_whole(out, png_bytes(surface))
    return surface.get_width(), surface.get_height()


def _quiet(layer: str) -> None:
    """Do nothing."""


def frame_of(scenario: Scenario, zoom: int, crop: Crop | None, size: tuple[int, int] | None) -> frame.Frame:
    """Return the frame of a picture; raises DataError when it would be empty or too large."""
    hex_px = style.ZOOMS[zoom].hex
    found = _window(scenario.map, hex_px, crop)
    if size:
        found = frame.centred(found, size)
    if found.width < 8 or found.height < 8:
        raise fail("picture", f"the picture would have {found.width} x {found.height} pixels", hint="choose a larger part")
    if found.width * found.height > MOST_PIXELS:
        wanted = f"the picture would have {found.width:,} x {found.height:,} pixels"
        raise fail("picture", wanted, hint="choose a farther zoom or a smaller part")
    return found


def _window(map_: HexMap, hex_px: float, crop: Crop | None) -> frame.Frame:
    """Return the frame of a crop."""
    if crop is None:
        return frame.whole(map_, hex_px)
    if len(crop) == 4:
        return frame.of_degrees(map_, hex_px, *crop)
    corners = [map_.index(label) for label in crop]
    for label, hex_ in zip(crop, corners, strict=True):
        if hex_ < 0:
            raise fail("picture", f"the map has no hex {label}", hint=f"from {map_.label(0)} to {map_.label(map_.size - 1)}")
    cols, rows = sorted(h % map_.cols for h in corners), sorted(h // map_.cols for h in corners)
    return frame.of_hexes(map_, hex_px, (cols[0], cols[1]), (rows[0], rows[1]))


def png_bytes(surface: pygame.Surface) -> bytes:
    """Return a surface as the bytes of a PNG file."""
    import pygame

    return encode(pygame.surfarray.array3d(surface).transpose(1, 0, 2))


def draw_surface(
    scenario: Scenario, view: PictureState, area: frame.Frame, zoom: int, lang: str, sheet: bool,
    tick: Callable[[str], None] = _quiet,
) -> pygame.Surface:  # fmt: skip
    """Return a finished picture as a surface, without opening a window."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    level = style.ZOOMS[zoom]
    streams = rivers.river_streams(area)
    front = borders.front_curves(area, view.control) if view.wash else []
    image, busy = draw_ground(scenario, view, area, level, streams, front, tick)
    surface = to_surface(image)
    standing = stacks(scenario, area, view) if zoom >= 3 else chips(scenario, area, view, level.counter * 0.8)
    room = Room(area.width, area.height, busy)
    boxes = [_box(one, level.counter) for one in standing]
    panels = _panels(area, view, lang, boxes) if sheet else {}
    _reserve(room, boxes, panels)
    _names(surface, scenario, view, area, level, streams, room, lang, panels, tick)
    for one in standing:
        _draw_counter(surface, one, level)
    tick("counters")
    if sheet:
        _draw_sheet(surface, area, view, lang, panels)
    tick("sheet")
    return surface


def draw_ground(
    scenario: Scenario, view: PictureState, area: frame.Frame, level: style.Zoom, streams: list[rivers.Stream], front: list[Curve],
    tick: Callable[[str], None],
) -> tuple[F32, F32]:  # fmt: skip
    """Return the picture (h, w, 3) up to the front line, and (h, w) how much names should avoid each pixel."""
    image = paint_land(area, rivers.valley(area, streams))
    tick("land")
    if level.stamps:
        stamps.draw_karst(image, area)
        stamps.draw_flood(image, area)
    rivers.draw_dry_bed(image, area)
    tick("stamps")
    if front or view.wash:
        borders.draw_wash(image, area, view.control, front)
    stamps.draw_grid(image, area, level.grid)
    tick("grid")
    borders.draw_provinces(image, area)
    rivers.draw_banks(image, area, streams)
    borders.draw_front_bands(image, area, front)
    rivers.draw_rivers(image, area, streams)
    if level.numbers:
        stamps.draw_numbers(image, area)
    tick("rivers")
    roads = routes.draw_roads(image, area, level)
    rails = routes.draw_rails(image, area, level, scenario.broken_rail if view.broken_rail is None else view.broken_rail)
    if level.detail >= 2:
        routes.draw_bridges(image, area)
    borders.draw_front_line(image, area, front)
    tick("lines")
    return image, _busy(image, streams, roads, rails, front)


def _busy(image: F32, streams: list[rivers.Stream], roads: list[Curve], rails: list[Curve], front: list[Curve]) -> F32:
    """Return (h, w) the cost of covering each pixel with a name."""
    shape = (image.shape[0], image.shape[1])
    busy = np.zeros(shape, np.float32)
    for curves, cost, reach in (([s.curve for s in streams], 0.9, 2.0), (roads, 0.5, 2.0), (rails, 1.6, 3.5), (front, 2.2, 5.0)):
        found = trace(shape, curves, reach)
        flat = busy.reshape(-1)
        flat[found.where] = np.maximum(flat[found.where], cost)
    return busy


def to_surface(image: F32) -> pygame.Surface:
    """Return an image (h, w, 3) as an opaque surface."""
    import pygame

    surface = pygame.Surface((image.shape[1], image.shape[0]), 0, 32)
    pygame.surfarray.blit_array(surface, np.clip(image + 0.5, 0, 255).astype(np.uint8).transpose(1, 0, 2))
    return surface


def _panels(area: frame.Frame, view: PictureState, lang: str, boxes: list[Box]) -> Panels:
    """Return the boxes (left, top, width, height) of the panels that have room on a sheet beside the counters."""
    title = title_of(view.title, view.when, view.note, area.width)
    return place_panels(area.width, area.height, panel_sizes(area, title, lang, bool(len(view.hexes))), boxes)


def _box(one: Standing, size: float) -> Box:
    """Return left, top, right and bottom [px] of a counter with what shows of those beneath it."""
    half = size / 2 + 1
    edge = 0.075 * size * one.counter.below
    foot = 0.12 * size if one.counter.entrenched else 0.0
    return one.x - half, one.y - half, one.x + half + edge, one.y + half + max(edge, foot)


def _reserve(room: Room, boxes: list[Box], panels: Panels) -> None:
    """Keep names away from counters and panels."""
    for box in boxes:
        room.take(box)
    for x, y, w, h in panels.values():
        room.take((x - 4, y - 4, x + w + 4, y + h + 4))


def _names(
    surface: pygame.Surface, scenario: Scenario, view: PictureState, area: frame.Frame, level: style.Zoom,
    streams: list[rivers.Stream], room: Room, lang: str, panels: Panels, tick: Callable[[str], None],
) -> None:  # fmt: skip
    """Draw town signs and airfields, and every name that finds room."""
    names = _signs(surface, scenario, view, area, level, room, lang, panels)
    great = place_names([n for n in names if n.rank <= 1], room, level.text)
    labels = place_labels(area.map.labels, area, streams, room, lang, level)
    small = place_names([n for n in names if n.rank > 1], room, level.text)
    draw_labels(surface, labels)
    for placed in [*small, *great]:
        draw_name(surface, placed, level.text)
    tick("names")


def _signs(
    surface: pygame.Surface, scenario: Scenario, view: PictureState, area: frame.Frame, level: style.Zoom, room: Room, lang: str,
    panels: Panels,
) -> list[Name]:  # fmt: skip
    """Draw the signs of places; return the names to place."""
    forts = {f.place: min(max(f.level // 1000, 1), 4) for f in scenario.forts}
    names = []
    written = {n.text_zh for n in area.map.labels}
    shown = [p for p in area.map.places if p.hex >= 0 and p.kind in SHOWN and p.rank <= level.sign_rank]
    shown = [p for p in shown if p.kind != "hill" or p.name_zh not in written]
    for place in sorted(shown, key=lambda p: (-p.rank, p.id)):
        x, y = spot(area, place)
        if not area.shows(x, y, -10) or any(a < x < a + w and b < y < b + h for a, b, w, h in panels.values()):
            continue
        clear = sign_radius(place.rank, area.hex_px)
        if place.airfield and level.detail >= 2:
            off = (0.0, 0.0) if place.kind == "airfield" else (clear + 4.5, -clear - 3.5)
            _centre(surface, airfield_sign(area.hex_px, int(view.control[place.hex])), x + off[0], y + off[1])
            room.take((x + off[0] - 4, y + off[1] - 4, x + off[0] + 4, y + off[1] + 4))
        if place.kind != "airfield":
            if place.id in forts and level.detail >= 2:
                clear *= 1.7
                _centre(surface, fort_sign(area.hex_px, forts[place.id]), x, y)
            _centre(surface, peak_sign(area.hex_px) if place.kind in ("hill", "pass") else town_sign(place.rank, area.hex_px), x, y)
            room.take((x - clear, y - clear, x + clear, y + clear))
        minor = place.kind == "airfield" or (place.rank == 3 and len(place.name_en) > LONG)
        if place.rank <= level.name_rank and (not minor or level.detail >= 3):
            names.append(name_of(place, lang, x, y, clear))
    return names


def _centre(surface: pygame.Surface, sign: pygame.Surface, x: float, y: float) -> None:
    """Draw a sign around a point."""
    surface.blit(sign, (round(x - sign.get_width() / 2), round(y - sign.get_height() / 2)))


def _draw_counter(surface: pygame.Surface, one: Standing, level: style.Zoom) -> None:
    """Draw a counter with its shadow."""
    made = sprite(one.counter, level.counter, level.detail)
    x, y = round(one.x), round(one.y)
    surface.blit(made.dark, (x + made.dark_left, y + made.dark_top))
    surface.blit(made.face, (x + made.left, y + made.top))


def _draw_sheet(surface: pygame.Surface, area: frame.Frame, view: PictureState, lang: str, panels: Panels) -> None:
    """Draw title, scale, key and border."""
    if "title" in panels:
        draw_title(surface, panels["title"], title_of(view.title, view.when, view.note, area.width))
    if "scale" in panels:
        draw_scale(surface, area, panels["scale"], lang)
    if "key" in panels:
        draw_key(surface, panels["key"][0], panels["key"][1], lang)
    draw_border(surface)


__all__ = ["Mark", "PictureState", "date_text", "draw_picture", "draw_surface", "empty_of", "start_of", "title_text"]
