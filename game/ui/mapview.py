"""The map in the window: ground, names, overlays and counters of what a side sees, under a camera that can be dragged.

Everything below the counters is kept in squares that lie fixed on the map (`tiles`); only what changed is drawn again.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.model.scenario import Scenario
from game.rules.world import World
from game.ui import overlays, style
from game.ui.camera import ROW, Camera
from game.ui.counters import Counter, Mark, Sprite, sprite
from game.ui.frame import Frame
from game.ui.ground import Ground
from game.ui.groundwork import NAMES, PIECE, PLACES, WHOLE, Key, ground_digest
from game.ui.labels import Labels
from game.ui.scene import Scene
from game.ui.stacks import Standing, chips, counter_of, stacks
from game.ui.survey import Survey
from game.ui.tiles import BARE, FINE, ROUGH, TILE, Area, Square, Tiles
from game.ui.washes import REACH, Washes, draw_cuts

if TYPE_CHECKING:
    import pygame

DUSK = (46, 48, 48)  # around the map
BUDGET = 0.010  # time for new counters in one frame, and for squares of the map that have changed [s]
SPARE = 0.003  # time for work ahead in one step of the window [s]
OVER = 192  # how far beyond its squares the overlays are laid out, so that lines join [px]
EDGE = 16  # how far beyond them they are drawn: lines may look different where they are cut off [px]
STEADY = frozenset(("control", "objectives"))  # overlays that need no new picture when only units move
Draw = Callable[["pygame.Surface"], None]


class MapView:
    """Draws the map of a scene into a rectangle of the window."""

    def __init__(self, scenario: Scenario, source: str, size: tuple[int, int], folder: Path | None = None) -> None:
        self.scenario = scenario
        self.camera = Camera(scenario.map, *size)
        # a folder that is given holds the pieces of several maps
        self.ground = Ground(scenario, source, folder / ground_digest(scenario) if folder else None)
        self.labels = Labels(scenario, self.ground)
        self.washes = Washes(self.camera)
        self.shown: set[str] = {"control"}
        self.scene: Scene | None = None
        self.survey: Survey | None = None  # what the overlays show of the scene
        self.world: World | None = None  # the game under way, for overlays of supply, railways, aircraft and weather
        self.folded_keys: set[str] = set()  # overlays whose keys show their titles only
        self.version = 0  # of the scene
        self.hurry = False  # draw everything at once, for pictures
        self.covered = False  # what was drawn last had ground, names and counters everywhere, if rough
        self.complete = False  # nothing could be drawn better
        self.working = False  # something is being made ready
        self._more = 0  # grows while something is missing that the next frame can draw
        self._lang = "en"
        self._extra: Draw | None = None
        self._key: object = None
        self._simple = False
        self._standing: dict[int, list[Standing]] = {}
        self._sprites: dict[tuple[Counter, float, int], Sprite] = {}
        self._tiles: dict[int, Tiles] = {}
        self._dirty: npt.NDArray[np.bool_] | None = None  # (H,) hexes that look different since the last frame
        self._expected: object = None
        self._small: pygame.Surface | None = None

    def show(self, scene: Scene) -> None:
        """Show another scene."""
        old, self.scene, self.survey = self.scene, scene, Survey(self.scenario, scene, self.world)
        self.version += 1
        self._standing.clear()
        if old is None or self._extra is not None:  # what the person does is shown at once
            self._tiles.clear()
            return
        for other in [z for z in self._tiles if z != self.camera.zoom]:
            del self._tiles[other]
        if self.shown - STEADY:
            for tiles in self._tiles.values():
                tiles.spoil_all()
            return
        changed = (old.picture.control != scene.picture.control) | (_cuts(old) != _cuts(scene))
        if changed.any():
            self._dirty = changed if self._dirty is None else self._dirty | changed

    @property
    def fresh(self) -> int:
        """Return a number that grows when the picture can be drawn better than before."""
        return self.ground.version + self._more

    def standing(self, zoom: int | None = None) -> list[Standing]:
        """Return the counters at a zoom (None = the camera's), their middles from the centre of hex (0, 0) [px]."""
        zoom = self.camera.zoom if zoom is None else zoom
        if self.scene is None:
            return []
        if zoom not in self._standing:
            level = style.ZOOMS[zoom]
            base = Frame(self.scenario.map, level.hex, 0.0, 0.0, 1, 1)
            picture = self.scene.picture
            if zoom >= 3:
                found = stacks(self.scenario, base, picture, self.simple)
            else:
                found = chips(self.scenario, base, picture, level.counter * 0.8, self.simple)
            self._standing[zoom] = found
        return self._standing[zoom]

    @property
    def simple(self) -> bool:
        """Return whether counters show simple icons instead of NATO symbols."""
        return self._simple

    @simple.setter
    def simple(self, on: bool) -> None:
        if on != self._simple:
            self._simple = on
            self._standing.clear()

    # -- drawing ---------------------------------------------------------------------------------------------------
    def draw(
        self, target: pygame.Surface, lang: str, selected: int, extra: Draw | None, key: object, above: Draw | None = None
    ) -> None:
        """Draw the map onto a surface of the camera's size.

        Args:
            target: where to draw.
            lang: language of the names.
            selected: unit whose counter is marked and lies on top, -1 = none.
            extra: draws what depends on the selection below names and counters, with this view's camera as it is then;
                None = nothing. It is called for parts of the map, and what it drew is kept.
            key: what `extra` depends on beside the scene.
            above: draws what changes all the time above the names and below the counters.
        """
        camera = self.camera
        left, top = round(camera.left), round(camera.top)
        self._renew(lang, extra, key)
        if self.hurry:
            self.ground.finish(camera.zoom, left, top, camera.width, camera.height)
            self._take_news()
        elif self._expected is None:
            self.ground.first_look(camera.zoom, left, top, camera.width, camera.height)
            self.labels.first_names((left - 200, top - 200, camera.width + 400, camera.height + 400), camera.zoom, lang)
        self._place_names(camera.zoom)
        self._expect(left, top)
        tiles = self._tiles.setdefault(camera.zoom, Tiles(partial(self._paint, camera.zoom)))
        grade = tiles.draw(target, left, top, 60 if self.hurry else BUDGET)
        if above is not None:
            target.set_clip(self.inside(target))
            above(target)
            target.set_clip(None)
        counted = self._draw_counters(target, selected)
        self.covered, self.complete = counted and grade >= ROUGH, counted and grade == FINE
        self._more += not counted or tiles.behind

    def _renew(self, lang: str, extra: Draw | None, key: object) -> None:
        """Forget what can no longer be shown."""
        self._take_news()
        now = (lang, extra is None or (key,), frozenset(self.shown))
        if now != self._key:
            self._tiles.clear()
        self._lang, self._key, self._extra = lang, now, extra
        zoom = self.camera.zoom
        if self._dirty is not None:
            if zoom in self._tiles:
                self._tiles[zoom].spoil(self._areas(self._dirty, zoom))
            self._dirty = None
        for other in [z for z in self._tiles if z != zoom][:-1]:
            del self._tiles[other]

    def _areas(self, mask: npt.NDArray[np.bool_], zoom: int) -> list[Area]:
        """Return the surroundings of hexes (H,) that look different when these change hands."""
        size = style.ZOOMS[zoom].hex
        reach = int(REACH * size) + 2
        rows, cols = np.divmod(np.flatnonzero(mask), self.scenario.map.cols)
        x, y = (size * (cols + 0.5 * (rows & 1))).astype(int) - reach, (size * ROW * rows).astype(int) - reach
        corners = {(a // TILE, b // TILE) for a, b in zip(x.tolist(), y.tolist(), strict=True)}
        return [(a * TILE, b * TILE, 2 * reach + TILE, 2 * reach + TILE) for a, b in corners]

    def _take_news(self) -> None:
        """Have the squares drawn again for which better ground has come."""
        for key in self.ground.news:
            if key[1] in (NAMES, PLACES):
                self.labels.look_again()
            elif key == WHOLE:
                for tiles in self._tiles.values():
                    tiles.spoil_rough()
            elif key[0] in self._tiles:
                self._tiles[key[0]].spoil([(key[1] * PIECE, key[2] * PIECE, PIECE, PIECE)])
        self.ground.news.clear()

    def _place_names(self, zoom: int) -> None:
        self.labels.ready(zoom, self._lang, self.hurry)
        changed = self.labels.place(zoom, self._lang, self.standing(zoom), self.version)
        if zoom in self._tiles:
            if changed is None:
                self._tiles[zoom].clear()
            else:
                self._tiles[zoom].spoil(changed)

    def _expect(self, left: int, top: int) -> None:
        """Tell the ground what is seen and what may be seen next."""
        camera = self.camera
        now = (camera.zoom, left // 128, top // 128, camera.width, camera.height, self._lang)
        if now == self._expected or self.hurry:
            return
        self._expected = now
        w, h = camera.width, camera.height
        wanted: list[Key] = self.labels.keys_of(camera.zoom, self._lang)[:1]
        wanted += self._on_map(camera.zoom, left, top, w, h)
        near = [z for z in (camera.zoom + 1, camera.zoom - 1) if camera.farthest <= z < len(style.ZOOMS)]
        for zoom in near:
            wanted += self.labels.keys_of(zoom, self._lang)[:1]
        wanted += [] if self.ground.has(WHOLE) else [WHOLE]
        wanted += self.labels.keys_of(camera.zoom, self._lang)
        wanted += self._on_map(camera.zoom, left - PIECE // 2, top - PIECE // 2, w + PIECE, h + PIECE)
        for zoom in near:
            k = style.ZOOMS[zoom].hex / camera.hex
            wanted += self._on_map(zoom, (left + w / 2) * k - w / 2, (top + h / 2) * k - h / 2, w, h)
            wanted += self.labels.keys_of(zoom, self._lang)[-1:]
        self.ground.expect(list(dict.fromkeys(wanted)))

    def _on_map(self, zoom: int, left: float, top: float, width: int, height: int) -> list[Key]:
        """Return the pieces of a part of the map, the nearest to its middle first, without those beyond the map."""
        x, y, w, h = self.camera.extent(zoom)
        right, bottom = min(left + width, x + w), min(top + height, y + h)
        left, top = max(left, x), max(top, y)
        if right <= left or bottom <= top:
            return []
        return self.ground.visible(zoom, left, top, int(right - left), int(bottom - top))

    def inside(self, target: pygame.Surface) -> pygame.Rect:
        """Return the part of a surface that the map covers."""
        import pygame

        left, top, width, height = self.camera.extent()
        rect = pygame.Rect(round(left) - round(self.camera.left), round(top) - round(self.camera.top), width, height)
        return rect.clip(target.get_rect())

    def _paint(self, zoom: int, area: Area) -> tuple[pygame.Surface, int, dict[Square, int]]:
        """Return the picture of a part of the map below the counters, its grade, and lower grades of single squares."""
        import pygame

        left, top, width, height = area
        surface = pygame.Surface((width, height))
        surface.fill(DUSK)
        x, y, w, h = self.camera.extent(zoom)
        inside = pygame.Rect(round(x) - left, round(y) - top, w, h).clip(surface.get_rect())
        if inside.w <= 0 or inside.h <= 0:
            return surface, FINE, {}
        loads = 999 if self.hurry or not self.covered else 1
        self.ground.draw(surface.subsurface(inside), zoom, left + inside.x, top + inside.y, loads)
        surface.set_clip(inside)
        scene = self.scene
        if scene is None:
            return surface, BARE, {}
        camera = copy(self.camera)
        camera.zoom, camera.left, camera.top = zoom, left - OVER, top - OVER
        camera.width, camera.height = width + 2 * OVER, height + 2 * OVER
        surface.blit(self._overlaid(surface, camera), (0, 0), (OVER, OVER, width, height))
        named = self.labels.draw(surface, area, zoom, self._lang, scene.picture.control)
        surface.set_clip(None)
        many = PIECE // TILE
        rough = {
            (col * many + i, row * many + j): ROUGH if drawn else BARE
            for (_, col, row), drawn in self.ground.rough.items() for i in range(many) for j in range(many)
        }  # fmt: skip
        return surface, named, rough

    def _overlaid(self, ground: pygame.Surface, camera: Camera) -> pygame.Surface:
        """Return the ground with the overlays below the names, as a camera sees them.

        They are laid on the ground itself: several tints on a transparent layer would not mix as they do on paper.
        """
        import pygame

        layer = pygame.Surface((camera.width, camera.height))
        layer.blit(ground, (OVER, OVER))
        over = OVER - EDGE
        layer.set_clip((over, over, camera.width - 2 * over, camera.height - 2 * over))
        scene = self.scene
        if scene is None:
            return layer
        if scene.picture.broken_rail is not None:
            draw_cuts(layer, camera, scene.picture.broken_rail)
        if "control" in self.shown:
            self.washes.draw(layer, camera, scene.picture.control, not overlays.TINTS & self.shown)
        if self.survey is not None:
            overlays.draw_shown(layer, camera, self.survey, self.shown)
        if self._extra is not None:
            self.camera, kept = camera, self.camera
            try:
                self._extra(layer)
            finally:
                self.camera = kept
        return layer

    def _draw_counters(self, target: pygame.Surface, selected: int) -> bool:
        """Draw the counters; return whether all of them could be."""
        camera, scene = self.camera, self.scene
        if scene is None:
            return False
        level = style.ZOOMS[camera.zoom]
        left, top = round(camera.left), round(camera.top)
        until = perf_counter() + (60 if self.hurry else BUDGET)
        done = True
        for one in self.standing():
            x, y = round(one.x) - left, round(one.y) - top
            if -60 < x < camera.width + 60 and -60 < y < camera.height + 60:
                done = self._draw_one(target, one.counter, x, y, level, until) and done
        if selected >= 0 and camera.zoom >= 3 and (where := scene.picture.hexes[selected]) >= 0:
            below = len(scene.stacks.get(where, ())) - 1
            px, py = camera.point(where)
            counter = counter_of(self.scenario, scene.picture, selected, below, self.simple)
            marked = replace(counter, marks=counter.marks | Mark.SELECTED)
            self._draw_one(target, marked, round(px + camera.left) - left, round(py + camera.top) - top, level, until + 1)
        return done

    def _draw_one(self, target: pygame.Surface, counter: Counter, x: int, y: int, level: style.Zoom, until: float) -> bool:
        key = (counter, level.counter, level.detail)
        made = self._sprites.get(key)
        if made is None:
            if perf_counter() > until:
                half = level.counter / 2
                target.fill(style.SIDES[counter.side].body, (x - half, y - half, level.counter, level.counter))
                return False
            made = self._sprite(key)
        target.blit(made.dark, (x + made.dark_left, y + made.dark_top))
        target.blit(made.face, (x + made.left, y + made.top))
        return True

    def _sprite(self, key: tuple[Counter, float, int]) -> Sprite:
        if key not in self._sprites:
            if len(self._sprites) > 3000:
                self._sprites.clear()
            self._sprites[key] = sprite(*key)
        return self._sprites[key]

    # -- work ahead ------------------------------------------------------------------------------------------------
    def poll(self) -> None:
        """Take what was made in the background, and make ready what may be seen next, a little at a time."""
        self.ground.poll()
        self.working = self.ground.working
        until = perf_counter() + SPARE
        while self.covered and perf_counter() < until and self._prepare():
            self.working = True

    def _prepare(self) -> bool:
        """Make one thing that may be seen next; return whether there was one."""
        camera = self.camera
        zoom, left, top, w, h = camera.zoom, round(camera.left), round(camera.top), camera.width, camera.height
        area = (left - TILE, top - TILE, w + 2 * TILE, h + 2 * TILE)
        if self._prepare_counters(zoom, area) or self.labels.warm(area, zoom, self._lang):
            return True
        if zoom in self._tiles and self._tiles[zoom].prepare(area):
            return True
        for other in (zoom + 1, zoom - 1):
            if not camera.farthest <= other < len(style.ZOOMS) or not self.labels.ready(other, self._lang):
                continue
            self._place_names(other)
            k = style.ZOOMS[other].hex / camera.hex
            there = (round((left + w / 2) * k) - w // 2, round((top + h / 2) * k) - h // 2, w, h)
            if self._prepare_counters(other, there) or self.labels.warm(there, other, self._lang):
                return True
        return False

    def _prepare_counters(self, zoom: int, area: Area) -> bool:
        """Make the picture of one counter of an area that has none; return whether there was one."""
        level = style.ZOOMS[zoom]
        for one in self.standing(zoom):
            key = (one.counter, level.counter, level.detail)
            inside = -60 < one.x - area[0] < area[2] + 60 and -60 < one.y - area[1] < area[3] + 60
            if inside and key not in self._sprites:
                self._sprite(key)
                return True
        return False

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


def _cuts(scene: Scene) -> npt.NDArray[np.uint8]:
    """Return (H,) 1 where the railway of a scene is cut."""
    found = scene.picture.broken_rail
    return found if found is not None else np.zeros(len(scene.picture.control), np.uint8)
