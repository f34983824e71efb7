"""The hex grid: neighbours, distances, numbers and corners agree with each other."""

from __future__ import annotations

from collections import deque
from math import hypot

import numpy as np
import pytest

from game.core import hexgrid as hg

SIZES = [(1, 1), (1, 7), (7, 1), (2, 2), (5, 4), (9, 11)]


@pytest.mark.parametrize(("cols", "rows"), SIZES)
def test_neighbours_point_back(cols: int, rows: int) -> None:
    table = hg.neighbour_table(cols, rows)
    assert table.shape == (cols * rows, 6) and table.dtype == np.int32
    for h in range(cols * rows):
        for d in range(6):
            n = int(table[h, d])
            assert n == -1 or table[n, hg.opposite(d)] == h


@pytest.mark.parametrize(("cols", "rows"), SIZES)
def test_table_agrees_with_single_steps(cols: int, rows: int) -> None:
    table = hg.neighbour_table(cols, rows)
    for row in range(rows):
        for col in range(cols):
            for d in range(6):
                c, r = hg.neighbour(col, row, d)
                inside = 0 <= c < cols and 0 <= r < rows
                assert table[row * cols + col, d] == (r * cols + c if inside else -1)


def test_neighbours_of_an_even_and_an_odd_row() -> None:
    assert [hg.neighbour(4, 2, d) for d in range(6)] == [(5, 2), (4, 1), (3, 1), (3, 2), (3, 3), (4, 3)]
    assert [hg.neighbour(4, 3, d) for d in range(6)] == [(5, 3), (5, 2), (4, 2), (3, 3), (4, 4), (5, 4)]


@pytest.mark.parametrize("direction", range(6))
@pytest.mark.parametrize("row", [2, 3])
def test_directions_run_counter_clockwise_from_east(direction: int, row: int) -> None:
    x0, y0 = hg.centre_km(4, row, 10.0)
    x1, y1 = hg.centre_km(*hg.neighbour(4, row, direction), 10.0)
    assert hypot(x1 - x0, y1 - y0) == pytest.approx(10.0)
    angle = np.degrees(np.arctan2(y0 - y1, x1 - x0)) % 360
    assert min(abs(angle - 60 * direction), abs(angle - 360 - 60 * direction)) < 1e-6
    assert hg.DIRECTIONS[direction] == ("E", "NE", "NW", "W", "SW", "SE")[direction]


@pytest.mark.parametrize(("cols", "rows"), [(6, 7), (9, 4)])
def test_distance_is_the_number_of_steps(cols: int, rows: int) -> None:
    table = hg.neighbour_table(cols, rows)
    for start in range(cols * rows):
        steps = {start: 0}
        queue = deque([start])
        while queue:
            h = queue.popleft()
            for n in table[h].tolist():
                if n >= 0 and n not in steps:
                    steps[n] = steps[h] + 1
                    queue.append(n)
        assert [hg.distance(start, h, cols) for h in range(cols * rows)] == [steps[h] for h in range(cols * rows)]


def test_hexside_joins_its_two_corners() -> None:
    corners = hg.corner_offsets(10.0)
    assert corners.shape == (6, 2)
    for row in (2, 3):
        x0, y0 = hg.centre_km(4, row, 10.0)
        for d in range(6):
            x1, y1 = hg.centre_km(*hg.neighbour(4, row, d), 10.0)
            middle = (corners[d] + corners[(d + 1) % 6]) / 2
            assert middle == pytest.approx([(x1 - x0) / 2, (y1 - y0) / 2])


def test_corners_stand_a_radius_apart() -> None:
    corners = hg.corner_offsets(3.0)
    side = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)
    assert side == pytest.approx(np.full(6, 3.0 / 3**0.5))
    assert corners[0, 0] == pytest.approx(1.5) and corners[0, 1] > 0  # lower right; y grows to the south


@pytest.mark.parametrize(
    ("index", "cols", "rows", "expected"),
    [
        (0, 20, 10, "0101"),
        (19, 20, 10, "2001"),
        (20, 20, 10, "0102"),
        (199, 20, 10, "2010"),
        (0, 120, 10, "001001"),
        (99, 99, 99, "0102"),
    ],
)
def test_label(index: int, cols: int, rows: int, expected: str) -> None:
    assert hg.label(index, cols, hg.label_digits(cols, rows)) == expected


@pytest.mark.parametrize(("cols", "rows"), [(99, 99), (100, 5), (5, 100)])
def test_labels_are_all_different_and_of_one_length(cols: int, rows: int) -> None:
    digits = hg.label_digits(cols, rows)
    labels = {hg.label(h, cols, digits) for h in range(cols * rows)}
    assert len(labels) == cols * rows
    assert {len(text) for text in labels} == {2 * digits}


def test_properties() -> None:
    hypothesis = pytest.importorskip("hypothesis")
    st = hypothesis.strategies
    cols, rows = 83, 61
    hexes = st.integers(0, cols * rows - 1)
    table = hg.neighbour_table(cols, rows)

    @hypothesis.given(hexes, hexes, hexes)
    def distance_is_a_metric(a: int, b: int, c: int) -> None:
        ab = hg.distance(a, b, cols)
        assert ab == hg.distance(b, a, cols) and (ab == 0) == (a == b)
        assert ab <= hg.distance(a, c, cols) + hg.distance(c, b, cols)

    @hypothesis.given(hexes, hexes)
    def some_neighbour_is_nearer(a: int, b: int) -> None:
        hypothesis.assume(a != b)
        near = [hg.distance(int(n), b, cols) for n in table[a] if n >= 0]
        assert min(near) == hg.distance(a, b, cols) - 1

    @hypothesis.given(hexes, hexes)
    def distance_is_near_the_straight_line(a: int, b: int) -> None:
        xa, ya = hg.centre_km(a % cols, a // cols, 1.0)
        xb, yb = hg.centre_km(b % cols, b // cols, 1.0)
        straight = hypot(xb - xa, yb - ya)
        assert straight - 1e-9 <= hg.distance(a, b, cols) <= straight * 2 / 3**0.5 + 1e-9

    for check in (distance_is_a_metric, some_neighbour_is_nearer, distance_is_near_the_straight_line):
        check()
