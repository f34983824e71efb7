"""The map picture in squares: dragged, zoomed and changed in parts it must look as if it were drawn afresh."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.model.scenario import Scenario
from game.play.session import Session
from game.ui import ground, groundwork, overlays
from game.ui.frame import Frame
from game.ui.mapview import MapView
from game.ui.scene import EVERYTHING, Scene, scene_of
from game.ui.tiles import FINE, ROUGH, TILE, Tiles, blocks, touched

SIZE = (620, 410)


@pytest.fixture(scope="module")
def session() -> Session:
    """Return a game of the smallest scenario that has everything."""
    from game.scenario.load import load_scenario

    return Session(load_scenario("first_steps"), 1)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the ground as a pattern that is different everywhere on the map."""
    import pygame

    def area(scenario: Scenario, frame: Frame, zoom: int) -> pygame.Surface:
        x, y = np.arange(frame.width)[:, None] + int(frame.left), np.arange(frame.height)[None] + int(frame.top)
        shades = np.stack([x * 7 % 251 + 0 * y, y * 5 % 241 + 0 * x, (x + y) % 239], axis=2).astype(np.uint8)
        surface = pygame.Surface((frame.width, frame.height))
        pygame.surfarray.blit_array(surface, shades)
        return surface

    monkeypatch.setattr(groundwork, "draw_area", area)
    monkeypatch.setattr(ground, "draw_area", area)


def open_view(session: Session, folder: Path, scene: Scene, shown: set[str]) -> MapView:
    """Return a view that finishes every picture before it is shown."""
    import pygame

    pygame.display.init()
    pygame.display.set_mode((64, 64))
    view = MapView(session.scenario, session.scenario.id, SIZE, folder)
    view.hurry, view.world, view.shown = True, session.world, shown
    view.show(scene)
    return view


def picture(view: MapView, extra: Any = None) -> bytes:
    import pygame

    target = pygame.Surface(SIZE)
    view.draw(target, "en", -1, extra, None)
    assert view.complete
    return bytes(pygame.image.tobytes(target, "RGB"))


def ring(view: MapView) -> Any:
    """Return something drawn on the map by a screen: edges of some hexes."""
    from game.ui.overlays_marks import draw_hex_edge

    def draw(layer: Any) -> None:
        for where in range(0, view.scenario.map.size, 3):
            draw_hex_edge(layer, view.camera, where, (255, 255, 255), 3)

    return draw


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("shown", [{"control"}, set(overlays.NAMES)], ids=["plain", "overlays"])
@pytest.mark.parametrize("zoom", range(1, 7))
def test_dragged_around_it_looks_as_drawn_afresh(session: Session, tmp_path: Path, zoom: int, shown: set[str]) -> None:
    scene = scene_of(session.world, 0)
    view = open_view(session, tmp_path, scene, set(shown))
    view.camera.zoom_by(zoom - view.camera.zoom, (200, 100))
    view.camera.pan(-300, -200)
    picture(view, ring(view))
    for dx, dy in ((137, 40.4), (61.5, 77), (-20, 210.7), (250, -33), (-90.3, -64)):
        view.camera.pan(dx, dy)
        seen = picture(view, ring(view))
    afresh = open_view(session, tmp_path, scene, set(shown))
    afresh.camera.zoom, afresh.camera.left, afresh.camera.top = view.camera.zoom, view.camera.left, view.camera.top
    assert seen == picture(afresh, ring(afresh))


@pytest.mark.usefixtures("cheap")
def test_what_changed_is_drawn_again(session: Session, tmp_path: Path) -> None:
    before = scene_of(session.world, EVERYTHING)
    control, hexes = before.picture.control.copy(), list(before.picture.hexes)
    front = [h for h in range(len(control)) if any(control[n] != control[h] for n in session.world.near[h] if n >= 0)]
    for where in front[::4]:
        control[where] = 1 - min(int(control[where]), 1)
    moved = next(u for u, where in enumerate(hexes) if where >= 0)
    hexes[moved] = next(n for n in session.world.near[hexes[moved]] if n >= 0)
    cuts = (session.scenario.map.rail.any(axis=1) & (np.arange(len(control)) % 2 == 0)).astype(np.uint8)
    after = replace(before, picture=replace(before.picture, control=control, hexes=hexes, broken_rail=cuts))
    for zoom in (3, 4, 6):
        view = open_view(session, tmp_path, before, {"control", "objectives"})
        view.camera.zoom_by(zoom - view.camera.zoom, (200, 100))
        view.camera.centre_on(front[0])
        old = picture(view)
        view.show(after)
        new = picture(view)
        afresh = open_view(session, tmp_path, after, {"control", "objectives"})
        afresh.camera.zoom, afresh.camera.left, afresh.camera.top = view.camera.zoom, view.camera.left, view.camera.top
        assert new != old
        assert new == picture(afresh)


@pytest.mark.usefixtures("cheap")
def test_only_what_changed_is_painted(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = scene_of(session.world, EVERYTHING)
    view = open_view(session, tmp_path, scene, {"control"})
    view.camera.zoom_by(6 - view.camera.zoom, (200, 100))
    painted: list[Any] = []
    paint = MapView._paint

    def note(self: MapView, zoom: int, area: Any) -> Any:
        painted.append(area)
        return paint(self, zoom, area)

    monkeypatch.setattr(MapView, "_paint", note)
    picture(view)
    assert painted
    painted.clear()
    picture(view)
    view.camera.pan(1, 1)
    picture(view)
    assert len(painted) <= 2, "a step of one pixel uncovers at most a row and a column of squares"
    painted.clear()
    view.show(scene_of(session.world, EVERYTHING))
    picture(view)
    assert not painted, "the same scene again changes nothing"


@pytest.mark.usefixtures("cheap")
def test_a_switched_overlay_and_another_language_show_at_once(session: Session, tmp_path: Path) -> None:
    import pygame

    view = open_view(session, tmp_path, scene_of(session.world, 0), {"control"})
    first = picture(view)
    view.shown.add("zones")
    second = picture(view)
    target = pygame.Surface(SIZE)
    view.draw(target, "zh", -1, None, None)
    third = bytes(pygame.image.tobytes(target, "RGB"))
    assert len({first, second, third}) == 3
    view.shown.discard("zones")
    assert picture(view) == first


def test_squares_that_lie_together_are_one_block() -> None:
    squares = touched((-10, 5, 3 * TILE, 2 * TILE))
    assert blocks(squares) == [(-1, 0, 4, 3)]
    ragged = [(0, 0), (1, 0), (0, 1), (5, 5), (1, 2)]
    found = [(c + i, r + j) for c, r, w, h in blocks(ragged) for i in range(w) for j in range(h)]
    assert sorted(found) == sorted(ragged)


def test_spoiled_squares_are_made_again_and_others_are_kept() -> None:
    import pygame

    made: list[tuple[int, int, int, int]] = []

    def paint(area: tuple[int, int, int, int]) -> tuple[pygame.Surface, int, dict[tuple[int, int], int]]:
        made.append(area)
        return pygame.Surface(area[2:]), FINE, {}

    tiles, target = Tiles(paint), pygame.Surface((2 * TILE, 2 * TILE))
    tiles.draw(target, 0, 0)
    assert made == [(0, 0, 2 * TILE, 2 * TILE)]
    tiles.spoil([(TILE + 1, 1, 10, 10)])
    tiles.draw(target, 0, 0)
    assert made[1:] == [(TILE, 0, TILE, TILE)]
    assert tiles.prepare((0, 0, 3 * TILE, TILE))
    assert made[2:] == [(2 * TILE, 0, TILE, TILE)]
    assert not tiles.prepare((0, 0, 3 * TILE, TILE))


def test_rough_ground_in_one_square_does_not_keep_its_neighbours_from_being_finished() -> None:
    import pygame

    rough = {(1, 0): ROUGH}

    def paint(area: tuple[int, int, int, int]) -> tuple[pygame.Surface, int, dict[tuple[int, int], int]]:
        return pygame.Surface(area[2:]), FINE, dict(rough)

    tiles, target = Tiles(paint), pygame.Surface((2 * TILE, TILE))
    assert tiles.draw(target, 0, 0) == ROUGH
    rough.clear()
    tiles.spoil([(TILE, 0, TILE, TILE)])
    assert tiles.draw(target, 0, 0) == FINE


def test_changed_squares_are_shown_as_they_were_until_there_is_time() -> None:
    import pygame

    shade = [50]

    def paint(area: tuple[int, int, int, int]) -> tuple[pygame.Surface, int, dict[tuple[int, int], int]]:
        surface = pygame.Surface(area[2:])
        surface.fill((shade[0], 0, 0))
        return surface, FINE, {}

    tiles, target = Tiles(paint), pygame.Surface((TILE, TILE))
    tiles.draw(target, 0, 0)
    shade[0] = 90
    tiles.spoil_all()
    assert tiles.draw(target, 0, 0, 0.0) == ROUGH
    assert tiles.behind
    assert target.get_at((5, 5))[0] == 50
    assert tiles.draw(target, 0, 0) == FINE
    assert not tiles.behind
    assert target.get_at((5, 5))[0] == 90
