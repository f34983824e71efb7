"""The map in the window: ground, names, overlays and counters of what a side sees, under a camera that can be dragged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from game.model.scenario import Scenario
from game.ui import overlays, style
from game.ui.camera import Camera
from game.ui.counters import Counter, Mark, Sprite, sprite
from game.ui.frame import Frame
from game.ui.ground import Ground
from game.ui.labels import Labels
from game.ui.scene import Scene
from game.ui.stacks import Standing, chips, counter_of, stacks

if TYPE_CHECKING:
    import pygame

DUSK = (46, 48, 48)  # around the map
BUDGET = 0.012  # time for new counters in one frame [s]


class MapView:
    """Draws the map of a scene into a rectangle of the window."""

    def __init__(self, scenario: Scenario, source: str, size: tuple[int, int], folder: Path | None = None) -> None:
        self.scenario = scenario
        self.camera = Camera(scenario.map, *size)
        self.ground = Ground(scenario, source, folder)
        self.labels = Labels(scenario)
        self.washes = overlays.Washes(self.camera)
        self.shown: set[str] = {"control"}
        self.scene: Scene | None = None
        self.version = 0  # of the scene
        self.hurry = False  # draw everything at once, for pictures
        self._standing: dict[int, list[Standing]] = {}
        self._sprites: dict[tuple[Counter, float, int], Sprite] = {}
        self._layer: tuple[object, pygame.Surface] | None = None
        self._small: pygame.Surface | None = None

    def show(self, scene: Scene) -> None:
        """Show another scene."""
        self.scene = scene
        self.version += 1
        self._standing.clear()

    @property
    def fresh(self) -> int:
        """Return a number that grows when the ground or the names can be drawn better than before."""
        return self.ground.version + self.labels.version

    def standing(self) -> list[Standing]:
        """Return the counters at this zoom, their middles from the centre of hex (0, 0) [px]."""
        zoom = self.camera.zoom
        if self.scene is None:
            return []
        if zoom not in self._standing:
            level = style.ZOOMS[zoom]
            base = Frame(self.scenario.map, level.hex, 0.0, 0.0, 1, 1)
            picture = self.scene.picture
            found = stacks(self.scenario, base, picture) if zoom >= 3 else chips(self.scenario, base, picture, level.counter * 0.8)
            self._standing[zoom] = found
        return self._standing[zoom]

    def draw(
        self, target: pygame.Surface, lang: str, selected: int, extra: Callable[[pygame.Surface], None], key: object
    ) -> None:
        """Draw the map onto a surface of the camera's size.

        Args:
            target: where to draw.
            lang: language of the names.
            selected: unit whose counter is marked and lies on top, -1 = none.
            extra: draws what depends on the selection onto the layer below the counters.
            key: what `extra` depends on; the layer is kept while it stays the same.
        """
        camera = self.camera
        target.fill(DUSK)
        if self.hurry:
            self.ground.finish(camera.zoom, round(camera.left), round(camera.top), camera.width, camera.height)
        self._draw_ground(target)
        target.set_clip(self.inside(target))
        target.blit(self._below(extra, key), (0, 0))
        self.labels.draw(target, camera, self.standing(), lang, self.version, self.hurry)
        target.set_clip(None)
        self._draw_counters(target, selected)

    def inside(self, target: pygame.Surface) -> pygame.Rect:
        """Return the part of a surface that the map covers."""
        import pygame

        left, top, width, height = self.camera.extent()
        rect = pygame.Rect(round(left - self.camera.left), round(top - self.camera.top), width, height)
        return rect.clip(target.get_rect())

    def _draw_ground(self, target: pygame.Surface) -> None:
        camera, inside = self.camera, self.inside(target)
        if inside.w > 0 and inside.h > 0:
            part = target.subsurface(inside)
            loads = 999 if self.hurry else 1
            self.ground.draw(part, camera.zoom, round(camera.left) + inside.x, round(camera.top) + inside.y, loads)

    def _below(self, extra: Callable[[pygame.Surface], None], key: object) -> pygame.Surface:
        """Return the layer between ground and counters."""
        import pygame

        camera, scene = self.camera, self.scene
        where = (camera.zoom, camera.left, camera.top, camera.width, camera.height)
        now = (where, self.version, tuple(sorted(self.shown)), key)
        if self._layer is not None and self._layer[0] == now:
            return self._layer[1]
        layer = pygame.Surface((camera.width, camera.height), pygame.SRCALPHA)
        if scene is not None:
            if "control" in self.shown:
                self.washes.draw(layer, camera, scene.picture.control, "supply" not in self.shown)
            if scene.sighted is not None and "sight" in self.shown:
                overlays.draw_fog(layer, camera, scene.sighted, 92)
            extra(layer)
            if "zones" in self.shown:
                overlays.draw_zones(layer, camera, scene)
            if "objectives" in self.shown:
                overlays.draw_objectives(layer, camera, self.scenario)
        self._layer = (now, layer)
        return layer

    def _draw_counters(self, target: pygame.Surface, selected: int) -> None:
        camera, scene = self.camera, self.scene
        if scene is None:
            return
        level = style.ZOOMS[camera.zoom]
        until = perf_counter() + (60 if self.hurry else BUDGET)
        for one in self.standing():
            x, y = round(one.x - camera.left), round(one.y - camera.top)
            if -60 < x < camera.width + 60 and -60 < y < camera.height + 60:
                self._draw_one(target, one.counter, x, y, level, until)
        if selected >= 0 and camera.zoom >= 3 and (where := scene.picture.hexes[selected]) >= 0:
            below = len(scene.stacks.get(where, ())) - 1
            px, py = camera.point(where)
            counter = counter_of(self.scenario, scene.picture, selected, below)
            marked = replace(counter, marks=counter.marks | Mark.SELECTED)
            self._draw_one(target, marked, round(px), round(py), level, until)

    def _draw_one(self, target: pygame.Surface, counter: Counter, x: int, y: int, level: style.Zoom, until: float) -> None:
        key = (counter, level.counter, level.detail)
        made = self._sprites.get(key)
        if made is None:
            if perf_counter() > until:
                half = level.counter / 2
                target.fill(style.SIDES[counter.side].body, (x - half, y - half, level.counter, level.counter))
                return
            if len(self._sprites) > 3000:
                self._sprites.clear()
            made = self._sprites[key] = sprite(*key)
        target.blit(made.dark, (x + made.dark_left, y + made.dark_top))
        target.blit(made.face, (x + made.left, y + made.top))

    def minimap(self, size: tuple[int, int]) -> pygame.Surface | None:
        """Return the whole map at a small size, None as long as it is not there."""
        import pygame

        look = self.ground.look
        if look is None:
            return None
        if self._small is None or self._small.get_size() != size:
            self._small = pygame.transform.smoothscale(look, size)
        return self._small

    def close(self) -> None:
        """End what works in the background."""
        self.labels.close()
        self.ground.close()
