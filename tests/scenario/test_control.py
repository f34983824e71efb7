"""Start control and reach on small maps drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest

from game.core import hexgrid
from game.model.hexmap import FLAT, LAKE, HexMap, Line
from game.model.scenario import NOBODY
from game.scenario.control import lines_of, reachable, start_control, stretch


def sheet(
    cols: int, rows: int, water: tuple[int, ...] = (), rivers: dict[int, int] | None = None, lines: tuple[Line, ...] = ()
) -> HexMap:
    """Return a flat map; rivers: class of a river along the east side of every hex in a column."""
    size = cols * rows
    terrain = np.full(size, FLAT, np.uint8)
    terrain[list(water)] = LAKE
    river = np.zeros((size, 6), np.uint8)
    neighbours = hexgrid.neighbour_table(cols, rows)
    for col, grade in (rivers or {}).items():
        for h in range(size):
            for d, n in enumerate(neighbours[h]):
                if n >= 0 and (h % cols <= col) != (n % cols <= col):
                    river[h, d] = grade
    none, sides = np.zeros(size, np.int16), np.zeros((size, 6), np.uint8)
    return HexMap(
        id="sheet",
        cols=cols,
        rows=rows,
        spacing_m=10_000,
        origin_m=(0.0, 0.0),
        projection=(24.0, 34.0, 112.0, 29.0),
        terrain=terrain,
        height=none,
        relief=none,
        water=np.zeros(size, np.uint8),
        region=np.zeros(size, np.uint8),
        river=river,
        road=sides,
        rail=sides,
        bridge=sides,
        dry_bed=sides,
        regions=(("", ""),),
        places=(),
        lines=lines,
        labels=(),
        digest="",
    )


def test_the_nearer_side_holds_a_hex_and_japan_at_a_tie() -> None:
    control = start_control(sheet(9, 1), {0: 1, 8: 0})
    assert control.tolist() == [1, 1, 1, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("column", "grade", "held"), [(4, 1, 5), (4, 2, 5), (4, 3, 5), (2, 1, 3), (2, 2, 4), (2, 3, 4), (6, 1, 7), (6, 2, 5)]
)
def test_rivers_count_as_distance(column: int, grade: int, held: int) -> None:
    """China at 0, Japan at 8: a great river (60 km) holds wherever it runs, a large one (15 km) moves the border by a hex."""
    control = start_control(sheet(9, 1, rivers={column: grade}), {0: 1, 8: 0})
    assert (control == 1).sum() == held


def test_water_belongs_to_nobody_and_is_far_to_cross() -> None:
    control = start_control(sheet(7, 1, water=(1,)), {0: 1, 6: 0})
    assert control.tolist() == [1, NOBODY, 0, 0, 0, 0, 0]


def test_without_seeds_nobody_holds_anything() -> None:
    assert set(start_control(sheet(4, 4), {}).tolist()) == {NOBODY}


def test_control_equals_a_plain_search() -> None:
    """The search over all hexes at once gives what one hex after the other gives."""
    hexmap = sheet(11, 9, water=(15, 16, 27), rivers={5: 2, 8: 3})
    seeds = {3: 0, 70: 1, 40: 1, 98: 0}
    metres = (0, 60_000, 15_000, 3_000)
    best: dict[int, tuple[int, int]] = {h: (0, side) for h, side in seeds.items()}
    todo = list(best)
    while todo:
        h = todo.pop()
        for d, n in enumerate(hexmap.neighbours[h].tolist()):
            if n >= 0:
                far = best[h][0] + 10_000 + metres[hexmap.river[h, d]] + 60_000 * int(hexmap.terrain[n] == LAKE)
                if (far, best[h][1]) < best.get(n, (1 << 60, 9)):
                    best[n] = (far, best[h][1])
                    todo.append(n)
    control = start_control(hexmap, seeds)
    assert all(control[h] == best[h][1] for h in range(hexmap.size) if hexmap.terrain[h] != LAKE)


def test_reach_stops_at_water() -> None:
    hexmap = sheet(5, 3, water=(2, 7, 12))
    reach = reachable(hexmap, [0, -1]).reshape(3, 5)
    assert reach[:, :2].all()
    assert not reach[:, 2:].any()
    assert not reachable(hexmap, []).any()
    assert not reachable(hexmap, [7]).any()


def rail(name: str, *hexes: int) -> Line:
    return Line(name, "Railway", "铁路", "rail", hexes)


def test_a_stretch_of_a_line_runs_from_place_to_place() -> None:
    line = rail("main", 0, 1, 2, 3, 4)
    assert stretch([line], 1, 3, 5) == (1, 2, 3)
    assert stretch([line], 3, 1, 5) == (3, 2, 1)
    assert stretch([line], 5, 3, 5) == (0, 1, 2, 3)  # hex 5 lies beside the line at hexes 0 and 1
    assert stretch([line], -1, 3, 5) == ()
    assert stretch([line], 11, 3, 5) == ()


def test_pieces_of_a_line_that_a_window_cut() -> None:
    lines = (rail("main", 0, 1), rail("main#2", 3, 4), rail("mainly", 5, 6), Line("main", "River", "河", "river", (7,), (0,), 1))
    pieces = lines_of(sheet(5, 3, lines=lines), "main")
    assert [p.id for p in pieces] == ["main", "main#2"]
    assert stretch(pieces, 3, 4, 5) == (3, 4)
    assert stretch(pieces, 0, 14, 5) == ()
