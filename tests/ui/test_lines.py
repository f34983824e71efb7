from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from game.ui import strokes
from game.ui.curves import catmull_rom, chain, cut_corners
from game.ui.names import Name, Room, place_names
from game.ui.png import encode
from tests.properties import given, st


def test_the_distance_to_a_line_is_right_on_every_pixel() -> None:
    found = strokes.trace((40, 60), [strokes.curve(np.array([(10.0, 20.5), (50.0, 20.5)]))], 6.0)
    y, x = np.divmod(found.where, 60)
    expected = np.hypot(np.clip(x + 0.5, 10, 50) - (x + 0.5), y + 0.5 - 20.5)
    assert np.allclose(found.distance, expected, atol=1e-4)
    assert np.allclose(found.along, np.clip(x + 0.5, 10, 50) - 10, atol=1e-3)
    assert ((found.turn > 0) == (y + 0.5 > 20.5)).all()
    assert len(found.where) == sum(np.hypot(max(10 - i - 0.5, i + 0.5 - 50, 0), j - 20) < 6 for i in range(60) for j in range(40))


def test_lines_look_the_same_with_and_without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = np.linspace(0, 9, 40)
    points = np.stack([30 + 3 * turns * np.cos(turns), 25 + 2.4 * turns * np.sin(turns)], axis=1)
    curves = [strokes.Curve(points, np.linspace(0.3, 2.5, 40)), strokes.curve(points[::-1] + 9.0)]
    results = []
    for without in ("", "1"):
        monkeypatch.setenv("ICHIGO_NO_NUMBA", without)
        results.append(strokes.trace((60, 70), curves, 4.0))
    assert np.array_equal(results[0].where, results[1].where)
    assert np.allclose(results[0].distance, results[1].distance, atol=1e-4)


def test_dashes_cover_their_share_of_a_line() -> None:
    share = strokes.dash(np.arange(0, 1000, 0.25, dtype=np.float32), 6.0, 4.0)
    assert float(share.mean()) == pytest.approx(0.6, abs=0.02)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] != p[1]), max_size=25))
def test_chains_use_every_link_once(pairs: list[tuple[int, int]]) -> None:
    links = sorted({(min(p), max(p)) for p in pairs})
    paths = chain(links)
    walked = sorted((min(a, b), max(a, b)) for path in paths for a, b in pairwise(path))
    assert walked == links


def test_smooth_curves_keep_to_their_points() -> None:
    points = np.array([(0.0, 0.0), (20.0, 5.0), (40.0, -5.0), (60.0, 0.0)])
    smooth = catmull_rom(points, 2.0)
    for point in points:
        assert np.hypot(*(smooth - point).T).min() < 1e-9
    cut = cut_corners(points, 2)
    assert np.allclose(cut[0], points[0])
    assert np.allclose(cut[-1], points[-1])
    assert np.abs(cut[:, 1]).max() < 5.0


def names(rank: int, count: int) -> list[Name]:
    return [Name(f"Town {i}", "城", rank, 60.0 + 45 * (i % 5), 60.0 + 12 * (i // 5), 4.0) for i in range(count)]


def test_names_never_cover_each_other_or_a_counter() -> None:
    room = Room(400, 300, np.zeros((300, 400), np.float32))
    counter = (100.0, 50.0, 132.0, 82.0)
    room.take(counter)
    placed = place_names(names(3, 30), room, 1.0)
    assert 5 < len(placed) < 30  # there is no room for all of them
    boxes = sorted({box for cell in room.boxes.values() for box in cell})
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            covered = max(wide, 0) * max(high, 0)
            assert covered <= 0.02 * max((x[2] - x[0]) * (x[3] - x[1]) for x in (a, b))


def test_cities_are_always_named() -> None:
    room = Room(400, 300, np.full((300, 400), 5.0, np.float32))
    room.take((0.0, 0.0, 400.0, 300.0))
    assert len(place_names(names(0, 4), room, 1.0)) == 4
    assert place_names(names(3, 4), room, 1.0) == []


@given(st.integers(1, 700), st.integers(1, 20), st.integers(0, 2**32 - 1))
def test_a_picture_file_holds_its_pixels(height: int, width: int, seed: int) -> None:
    import io

    import pygame

    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    read = pygame.image.load(io.BytesIO(encode(pixels)), "x.png")
    assert np.array_equal(pygame.surfarray.array3d(read).transpose(1, 0, 2), pixels)
