from __future__ import annotations

import os
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.core.errors import DataError
from game.model.hexmap import FLAT, LAKE, MOUNTAIN
from game.model.scenario import Scenario
from game.ui import borders, frame, rivers, style
from game.ui.land import paint_land
from game.ui.picture import Mark, draw_picture, draw_surface, empty_of, start_of


def size_in_file(path: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height


@pytest.mark.parametrize("zoom", range(7))
def test_a_picture_has_the_size_it_says(tiny: Scenario, tmp_path: Path, zoom: int) -> None:
    out = tmp_path / "map.png"
    size = draw_picture(tiny, start_of(tiny), out, zoom=zoom)
    assert out.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert size_in_file(out) == size
    area = frame.whole(tiny.map, style.ZOOMS[zoom].hex)
    assert size == (area.width, area.height)


def test_a_size_or_a_window_of_degrees_limits_the_picture(tiny: Scenario, tmp_path: Path) -> None:
    assert draw_picture(tiny, start_of(tiny), tmp_path / "a.png", zoom=3, size=(120, 90)) == (120, 90)
    west, south, east, north = 112.5, 33.6, 112.8, 33.8
    hexes = draw_picture(tiny, start_of(tiny), tmp_path / "c.png", zoom=3, crop=("0604", "0302"))
    assert hexes == pytest.approx((4 * 26, 3 * 26 * 0.866), abs=22)
    width, height = draw_picture(tiny, start_of(tiny), tmp_path / "b.png", zoom=3, crop=(west, south, east, north))
    km = style.ZOOMS[3].hex / 10
    assert width == pytest.approx(0.3 * 92.6 * km, rel=0.05)
    assert height == pytest.approx(0.2 * 111 * km, rel=0.1)


def test_the_same_picture_twice_gives_the_same_bytes(tiny: Scenario, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        draw_picture(tiny, start_of(tiny), tmp_path / name, zoom=4)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_the_pixels_in_the_file_are_those_that_were_drawn(tiny: Scenario, tmp_path: Path) -> None:
    import pygame

    draw_picture(tiny, start_of(tiny), tmp_path / "a.png", zoom=2)
    drawn = draw_surface(tiny, start_of(tiny), frame.whole(tiny.map, style.ZOOMS[2].hex), 2, "both", True)
    read = pygame.image.load(tmp_path / "a.png")
    assert np.array_equal(pygame.surfarray.array3d(read), pygame.surfarray.array3d(drawn))


def test_terrain_classes_differ_in_the_land(tiny: Scenario) -> None:
    area = frame.whole(tiny.map, 40.0)
    image = paint_land(area)

    def mean(kind: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        parts = []
        for hex_ in np.flatnonzero(tiny.map.terrain == kind):
            x, y = map(int, area.centres[hex_])
            if area.shows(x, y, -10):
                parts.append(image[y - 8 : y + 8, x - 8 : x + 8].reshape(-1, 3))
        return np.asarray(np.concatenate(parts).mean(axis=0), np.float64)

    flat, mountain, lake = mean(FLAT), mean(MOUNTAIN), mean(LAKE)
    assert flat.sum() > mountain.sum() + 90  # mountains are darker
    assert lake[2] > lake[0] + 20  # water is blue, the plain is not
    assert flat[0] > flat[2]


def test_parts_of_the_land_join_without_a_seam(tiny: Scenario) -> None:
    area = frame.whole(tiny.map, 40.0)
    left, top, width, height = 60, 40, 100, 80
    part = frame.Frame(tiny.map, area.hex_px, area.left + left, area.top + top, width, height)
    difference = np.abs(paint_land(area)[top : top + height, left : left + width] - paint_land(part))
    assert float(np.median(difference)) < 0.5
    assert float(difference[2:-2, 2:-2].mean()) < 1.5


def test_a_river_is_drawn_along_its_hexsides(tiny: Scenario) -> None:
    area = frame.whole(tiny.map, 40.0)
    streams = rivers.river_streams(area)
    points = np.concatenate([s.curve.points for s in streams])
    for hex_, direction in np.argwhere(tiny.map.river > 0):
        middle = area.side_middle(int(hex_), int(direction))
        assert np.hypot(*(points - middle).T).min() < 2.0


def test_the_front_has_japan_on_its_right(tiny: Scenario) -> None:
    area = frame.whole(tiny.map, 40.0)
    curves = borders.front_curves(area, tiny.control)
    assert curves
    for c in curves:
        i = len(c.points) // 2
        step = c.points[i + 1] - c.points[i]
        right = c.points[i] + np.array([-step[1], step[0]]) / np.hypot(*step) * 15
        nearest = int(np.hypot(*(area.centres - right).T).argmin())
        assert tiny.control[nearest] == 0


def test_units_marks_and_languages_change_the_picture(tiny: Scenario, tmp_path: Path) -> None:
    view = start_of(tiny)
    views = [
        view,
        replace(view, men=[m // 2 for m in view.men], readiness=[300] * 4),
        replace(view, marks=[Mark.ROUTED] * 4),
        replace(view, hexes=[-1] * 4),
        replace(view, control=np.zeros_like(view.control)),
    ]
    found = set()
    for i, one in enumerate(views):
        draw_picture(tiny, one, tmp_path / f"{i}.png", zoom=5)
        found.add((tmp_path / f"{i}.png").read_bytes())
    for lang in ("en", "zh"):
        draw_picture(tiny, view, tmp_path / "l.png", zoom=5, lang=lang)
        found.add((tmp_path / "l.png").read_bytes())
    assert len(found) == len(views) + 2


def test_an_empty_map_can_be_drawn(tiny: Scenario, tmp_path: Path) -> None:
    draw_picture(tiny, empty_of(tiny), tmp_path / "a.png", zoom=3, sheet=False)
    assert (tmp_path / "a.png").stat().st_size > 1000


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"zoom": 9}, "zoom"),
        ({"lang": "fr"}, "language"),
        ({"size": (3, 3)}, "pixels"),
        ({"size": (90_000, 90_000)}, "pixels"),
        ({"crop": ("0101", "9999")}, "9999"),
    ],
)
def test_impossible_pictures_are_refused_with_a_sentence(tiny: Scenario, tmp_path: Path, given: dict[str, Any], word: str) -> None:
    with pytest.raises(DataError, match=word):
        draw_picture(tiny, start_of(tiny), tmp_path / "a.png", **given)
    assert not (tmp_path / "a.png").exists()


def test_a_picture_that_cannot_be_written_is_refused_with_a_sentence(tiny: Scenario, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot write"):
        draw_picture(tiny, start_of(tiny), tmp_path / "no" / "such" / "map.png", zoom=0)


WITHOUT_NUMBA = """
import sys
from pathlib import Path
from typing import Any
import importlib.util
spec = importlib.util.spec_from_file_location("tiny", sys.argv[1])
tiny = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tiny)
from game.ui.picture import draw_picture, start_of
scenario = tiny.tiny_scenario()
draw_picture(scenario, start_of(scenario), Path(sys.argv[2]), zoom=3)
assert "numba" not in sys.modules
import pygame
assert not pygame.display.get_init()
"""


def test_it_works_without_numba_and_without_a_screen(tiny: Scenario, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    env = {k: v for k, v in os.environ.items() if not k.startswith("SDL_")} | {"ICHIGO_NO_NUMBA": "1", "PYTHONPATH": str(root)}
    helper = Path(__file__).with_name("conftest.py")
    out = tmp_path / "a.png"
    subprocess.run([sys.executable, "-c", WITHOUT_NUMBA, str(helper), str(out)], check=True, cwd=tmp_path, env=env)
    draw_picture(tiny, start_of(tiny), tmp_path / "b.png", zoom=3)
    import pygame

    plain, compiled = (pygame.surfarray.array3d(pygame.image.load(p)).astype(int) for p in (out, tmp_path / "b.png"))
    assert plain.shape == compiled.shape
    assert float(np.abs(plain - compiled).mean()) < 1.0


def test_pygame_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, game.ui.picture; assert 'pygame' not in sys.modules and 'numba' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
