from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from game.model.scenario import Scenario
from game.ui import frame, style
from game.ui.picture import draw_surface, start_of
from game.ui.sheet import Box, Rect, key_size, panel_sizes, place_panels, title_of
from tests.properties import given, st

SIZES = {"title": (240, 80), "key": (432, 144), "scale": (200, 62)}


def boxes_at(points: list[tuple[int, int]], size: float = 21.0) -> list[Box]:
    return [(x - size / 2, y - size / 2, x + size / 2, y + size / 2) for x, y in points]


def covers(panel: Rect, box: Box) -> bool:
    x, y, w, h = panel
    return box[0] < x + w and x < box[2] and box[1] < y + h and y < box[3]


def test_on_an_empty_map_title_scale_and_key_take_their_own_corners() -> None:
    placed = place_panels(1200, 800, SIZES, [])
    assert placed == {"title": (20, 20, 240, 80), "scale": (20, 718, 200, 62), "key": (748, 636, 432, 144)}


def test_a_counter_in_the_corner_sends_the_panel_to_another_corner() -> None:
    placed = place_panels(1200, 800, SIZES, boxes_at([(1100, 700), (60, 50)]))
    assert placed["title"][:2] == (1200 - 20 - 240, 20)
    assert placed["key"][1] == 636 and placed["key"][0] < 748


def test_with_counters_in_all_four_corners_a_panel_moves_along_an_edge() -> None:
    corners = boxes_at([(40, 40), (1160, 40), (40, 760), (1160, 760)])
    placed = place_panels(1200, 800, SIZES, corners)
    assert set(placed) == set(SIZES)
    assert not any(covers(panel, box) for panel in placed.values() for box in corners)


def test_on_a_full_map_the_panels_are_left_out() -> None:
    full = boxes_at([(x, y) for x in range(0, 1200, 40) for y in range(0, 800, 40)])
    assert place_panels(1200, 800, SIZES, full) == {}


@given(
    width=st.integers(200, 2000), height=st.integers(150, 1500),
    points=st.lists(st.tuples(st.integers(-20, 2000), st.integers(-20, 1500)), max_size=60),
)  # fmt: skip
def test_no_panel_covers_a_counter_or_another_panel_or_leaves_the_picture(
    width: int, height: int, points: list[tuple[int, int]]
) -> None:
    counters = boxes_at(points)
    placed = place_panels(width, height, SIZES, counters)
    for x, y, w, h in placed.values():
        assert x >= 0 and y >= 0 and x + w <= width and y + h <= height
        assert not any(covers((x, y, w, h), box) for box in counters)
    for one, (x, y, w, h) in combinations(placed.values(), 2):
        assert not covers(one, (x, y, x + w, y + h))


@pytest.mark.parametrize(("width", "shown"), [(899, False), (900, True)])
def test_a_small_picture_has_no_key(tiny: Scenario, width: int, shown: bool) -> None:
    area = frame.centred(frame.whole(tiny.map, 40.0), (width, 700))
    title = title_of("Henan", "17 April 1944", "", width)
    assert ("key" in panel_sizes(area, title, "both", True)) is shown
    assert "key" not in panel_sizes(area, title, "both", False)


def test_counters_in_the_usual_corner_of_the_key_stay_in_view(tiny: Scenario) -> None:
    import pygame

    area = frame.centred(frame.whole(tiny.map, style.ZOOMS[3].hex), (1000, 700))
    area = replace(area, left=area.left - 280, top=area.top - 200)  # the map in the lower right
    view = start_of(tiny)
    drawn, plain = (draw_surface(tiny, view, area, 3, "both", sheet) for sheet in (True, False))
    w, h = key_size("both")
    usual = (1000 - 20 - w, 700 - 20 - h, w, h)
    middles = [(int(x), int(y)) for x, y in area.centres[sorted(set(view.hexes))]]
    assert any(covers(usual, (x - 8, y - 8, x + 8, y + 8)) for x, y in middles)
    for x, y in middles:
        part = pygame.Rect(x - 8, y - 8, 16, 16)
        assert pygame.image.tobytes(drawn.subsurface(part), "RGB") == pygame.image.tobytes(plain.subsurface(part), "RGB")
    assert pygame.image.tobytes(drawn, "RGB") != pygame.image.tobytes(plain, "RGB")
