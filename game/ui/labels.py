"""Names on the window's map: placed around the counters, kept as small pictures while the map is dragged."""

from __future__ import annotations

import threading
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from game.model.scenario import Scenario
from game.ui import style
from game.ui.camera import Camera
from game.ui.frame import Frame
from game.ui.landnames import draw_labels, place_labels
from game.ui.names import Name, Placed, Room, draw_name, name_of, place_names
from game.ui.rivers import river_streams
from game.ui.signs import airfield_sign, fort_sign, peak_sign, sign_radius, town_sign
from game.ui.spots import SHOWN, spot
from game.ui.stacks import Standing

if TYPE_CHECKING:
    import pygame

Key = tuple[int, str, int, int, int]  # zoom, language, version of the counters, width and height
MARGIN = 160  # how far beyond the window names are placed, so that a short drag needs no new ones [px]


@dataclass
class Sheet:
    """The signs and names of a part of the map, drawn onto one transparent surface."""

    zoom: int
    left: float
    top: float
    surface: pygame.Surface


class Labels:
    """Signs and names around the counters. They are placed in a thread: until they are there, the old ones are shown."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.version = 0  # grows when names are ready that were not there before
        self._sheet: Sheet | None = None
        self._key: Key | None = None
        self._thread: threading.Thread | None = None

    def draw(
        self, target: pygame.Surface, camera: Camera, standing: list[Standing], lang: str, version: int, wait: bool
    ) -> None:
        """Draw the names; they are placed anew when the zoom, the language or the counters changed or the map moved far.

        Args:
            target: where to draw.
            camera: the part of the map that is seen.
            standing: the counters that names keep clear of.
            lang: language of the names.
            version: of the counters.
            wait: place the names at once instead of in the background.
        """
        key = (camera.zoom, lang, version, camera.width, camera.height)
        sheet = self._sheet
        near = sheet is not None and max(abs(camera.left - sheet.left - MARGIN), abs(camera.top - sheet.top - MARGIN)) <= MARGIN
        if (key != self._key or not near) and (self._thread is None or not self._thread.is_alive()):
            # a camera of its own: the window's goes on moving
            still = copy(camera)
            if wait:
                self._work(still, standing, lang, key)
            else:
                self._thread = threading.Thread(target=self._work, args=(still, standing, lang, key), daemon=True)
                self._thread.start()
        sheet = self._sheet
        if sheet is not None and sheet.zoom == camera.zoom:
            target.blit(sheet.surface, (round(sheet.left - camera.left), round(sheet.top - camera.top)))

    def _work(self, camera: Camera, standing: list[Standing], lang: str, key: Key) -> None:
        self._sheet, self._key = self._make(camera, standing, lang), key
        self.version += 1

    def close(self) -> None:
        """Wait for the thread."""
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _make(self, camera: Camera, standing: list[Standing], lang: str) -> Sheet:
        import pygame

        level = style.ZOOMS[camera.zoom]
        left, top = round(camera.left) - MARGIN, round(camera.top) - MARGIN
        area = Frame(camera.map, camera.hex, left, top, camera.width + 2 * MARGIN, camera.height + 2 * MARGIN)
        room = Room(area.width, area.height, np.zeros((1, 1), np.float32))
        room.cost = lambda box: 0.0  # type: ignore[method-assign]
        surface = pygame.Surface((area.width, area.height), pygame.SRCALPHA)
        half = level.counter / 2 + 1
        for one in standing:
            x, y = one.x - left, one.y - top
            if area.shows(x, y, 80):
                room.take((x - half, y - half, x + half + 5, y + half + 5))
        names = self._signs(surface, area, level, room, lang)
        great = place_names([n for n in names if n.rank <= 1], room, level.text)
        labels = [p for p in camera.map.labels if area.shows(*area.xy(p.lat, p.lon), 200)]
        lines = place_labels(tuple(labels), area, river_streams(area), room, lang, level)
        small = place_names([n for n in names if n.rank > 1], room, level.text)
        draw_labels(surface, lines)
        self._write(surface, [*small, *great], level)
        return Sheet(camera.zoom, left, top, surface)

    def _signs(self, surface: pygame.Surface, area: Frame, level: style.Zoom, room: Room, lang: str) -> list[Name]:
        forts = {f.place: min(max(f.level // 1000, 1), 4) for f in self.scenario.forts}
        shown = [p for p in area.map.places if p.hex >= 0 and p.kind in SHOWN and p.rank <= level.sign_rank]
        names = []
        for place in sorted(shown, key=lambda p: (-p.rank, p.id)):
            x, y = spot(area, place)
            if not area.shows(x, y, -10):
                continue
            clear = sign_radius(place.rank, area.hex_px)
            if place.kind == "airfield":
                if level.detail >= 2:
                    _centre(surface, airfield_sign(area.hex_px, int(self.scenario.control[place.hex])), x, y)
                continue
            if place.id in forts and level.detail >= 2:
                clear *= 1.7
                _centre(surface, fort_sign(area.hex_px, forts[place.id]), x, y)
            high = place.kind in ("hill", "pass")
            _centre(surface, peak_sign(area.hex_px) if high else town_sign(place.rank, area.hex_px), x, y)
            room.take((x - clear, y - clear, x + clear, y + clear))
            if place.rank <= level.name_rank and (level.detail >= 3 or place.rank < 3 or len(place.name_en) <= 18):
                names.append(name_of(place, "zh" if lang == "zh" else "both", x, y, clear))
        return names

    @staticmethod
    def _write(surface: pygame.Surface, placed: list[Placed], level: style.Zoom) -> None:
        for one in placed:
            draw_name(surface, one, level.text)


def _centre(surface: pygame.Surface, sign: pygame.Surface, x: float, y: float) -> None:
    surface.blit(sign, (round(x - sign.get_width() / 2), round(y - sign.get_height() / 2)))
