"""The map builder's parts, and building from the geodata pack when ICHIGO_GEO names its folder."""

from __future__ import annotations

import json
import os
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from game.core.errors import DataError
from game.core.hexgrid import distance, opposite
from game.core.paths import data_folder
from game.model.hexmap import FLAT, HILL, MOUNTAIN, ROLLING, U8
from game.scenario.mapbuild import build_map, places, rivers, roads, shapes, source, terrain, write
from game.scenario.mapbuild.frame import Frame, make_frame
from game.scenario.mapbuild.projection import ALBERS_CHINA, Albers
from game.scenario.mapfile import load_map
from tests.properties import given, st

ALBERS = Albers(*ALBERS_CHINA)
GEO = os.environ.get("ICHIGO_GEO", "")
needs_pack = pytest.mark.skipif(not GEO, reason="ICHIGO_GEO does not name the geodata pack")


def small_frame(cols: int = 12, rows: int = 10) -> Frame:
    return Frame(cols, rows, 10_000.0, (0.0, 0.0), ALBERS)


@given(st.floats(21, 36.5), st.floats(105.5, 117))
def test_projection_there_and_back(lat: float, lon: float) -> None:
    x, y = ALBERS.forward(lat, lon)
    assert ALBERS.inverse(x, y) == pytest.approx((lat, lon), abs=1e-9)
    many = ALBERS.forward_many(np.array([lat]), np.array([lon]))
    assert many[0] == pytest.approx((x, y), abs=1e-6)
    back = ALBERS.inverse_many(many)
    assert (float(back[0][0]), float(back[1][0])) == pytest.approx((lat, lon), abs=1e-9)


def test_projection_keeps_areas() -> None:
    """A degree square has the area that it has on the sphere."""
    for lat in (21.0, 28.0, 35.0):
        lats, lons = np.array([lat, lat, lat + 0.1, lat + 0.1]), np.array([110.0, 110.1, 110.1, 110.0])
        x, y = ALBERS.forward_many(lats, lons).T
        area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
        sphere = 6_371_007.0**2 * np.radians(0.1) * (np.sin(np.radians(lat + 0.1)) - np.sin(np.radians(lat)))
        assert area == pytest.approx(sphere, rel=1e-4)


def test_frame_covers_the_window_and_finds_its_hexes() -> None:
    frame = make_frame(10.0)
    lat, lon = np.meshgrid(np.linspace(21, 36.5, 40), np.linspace(105.5, 117, 40))
    assert (frame.nearest(ALBERS.forward_many(lat.ravel(), lon.ravel())) >= 0).all()
    assert (frame.nearest(frame.centres) == np.arange(frame.size)).all()


@given(st.floats(-4000, 4000), st.floats(-4000, 4000), st.integers(0, 119))
def test_the_nearest_hex_is_the_nearest(dx: float, dy: float, h: int) -> None:
    frame = small_frame()
    point = frame.centres[h] + (dx, dy)
    found = int(frame.nearest(point[None])[0])
    gaps = np.hypot(*(frame.centres - point).T)
    if found >= 0:
        assert gaps[found] <= gaps.min() + 1e-6
    else:
        assert gaps.min() > 4999.0  # off the map: no hex of it holds the point


def test_corners_are_shared() -> None:
    frame = small_frame()
    for h in range(frame.size):
        for d in range(6):
            n = int(frame.neighbours[h, d])
            if n >= 0:
                o = opposite(d)
                mine = {int(frame.corner_ids[h, d]), int(frame.corner_ids[h, (d + 1) % 6])}
                theirs = {int(frame.corner_ids[n, o]), int(frame.corner_ids[n, (o + 1) % 6])}
                assert mine == theirs
                a, b = (frame.corners[c] for c in mine)
                assert np.hypot(*(a - b)) == pytest.approx(10_000 / 3**0.5)


def test_inside_counts_holes() -> None:
    square = np.array([[0, 0], [10, 0], [10, 10], [0, 10]], float)
    hole = np.array([[4, 4], [6, 4], [6, 6], [4, 6]], float)
    points = np.array([[1, 1], [5, 5], [11, 5], [5, 9.5]], float)
    assert shapes.inside(points, [square, hole]).tolist() == [True, False, False, True]


def test_chain_joins_pieces_in_any_order_and_direction() -> None:
    whole = np.column_stack([np.arange(10.0), np.zeros(10)]) * 1000
    pieces = [whole[6:], whole[:4][::-1], whole[3:7]]
    chains = shapes.chain(pieces, 10.0)
    assert len(chains) == 1
    assert {tuple(chains[0][0]), tuple(chains[0][-1])} == {(0.0, 0.0), (9000.0, 0.0)}
    assert shapes.lengths(chains[0])[-1] == pytest.approx(9000)


def test_distance_knows_left_from_right() -> None:
    line = np.array([[0, 0], [10, 0]], float)
    away, side = shapes.distance_to(np.array([[5, 3], [5, -4], [13, 4]], float), line)
    assert away.tolist() == pytest.approx([3, 4, 5])
    assert side[0] > 0 > side[1]


def network(water: tuple[int, ...] = ()) -> rivers.Network:
    frame = small_frame()
    wet = np.zeros(frame.size, np.uint8)
    wet[list(water)] = 1
    return rivers.make_network(frame, wet)


def laid(net: rivers.Network, name: str, points: list[list[float]], grade: int = 1) -> rivers.Course:
    course = rivers.Course(name, name, name, grade, shapes.densify(np.array(points, float) * 1000, 1000.0))
    rivers.snap(net, course)
    return course


def test_a_river_becomes_one_unbroken_chain_of_sides_near_its_line() -> None:
    net = network()
    course = laid(net, "r", [[5, -40], [50, -45], [110, -30]])
    assert len(course.stretches) == 1
    assert len(set(course.corners)) == len(course.corners)
    for side, (a, b) in zip(course.stretches[0], zip(course.corners[:-1], course.corners[1:], strict=True), strict=True):
        assert set(net.frame.side_table[side, 2:].tolist()) == {a, b}
    away, _ = shapes.distance_to(net.frame.corners[course.corners], course.line)
    assert away.max() < 10_000
    array = rivers.river_array(net)
    assert array.sum() == 2 * len(course.stretches[0])


def test_a_tributary_ends_on_the_larger_river() -> None:
    net = network()
    main = laid(net, "main", [[5, -40], [110, -40]])
    small = laid(net, "small", [[60, 0], [58, -32]], 3)
    assert small.corners[-1] in main.corners
    assert not set(small.corners[:-1]) & set(main.corners)
    assert not set(small.stretches[0]) & set(main.stretches[0])


def test_a_river_is_broken_by_a_lake() -> None:
    frame = small_frame()
    lake = [h for h in range(frame.size) if 40_000 < frame.centres[h, 0] < 75_000]
    course = laid(network(tuple(lake)), "r", [[3, -40], [112, -40]])
    assert len(course.stretches) == 2


def ways(kinds: dict[int, int] | None = None, river: U8 | None = None) -> roads.Ways:
    frame = small_frame()
    land = np.full(frame.size, FLAT, np.uint8)
    for h, kind in (kinds or {}).items():
        land[h] = kind
    return roads.Ways(frame, land, np.zeros((frame.size, 6), np.uint8) if river is None else river)


def gazetteer(frame: Frame, hexes: list[int]) -> tuple[dict[str, dict[str, object]], dict[str, int]]:
    found = {}
    for h in hexes:
        lat, lon = frame.albers.inverse(*frame.centres[h])
        found[f"p{h}"] = {"id": f"p{h}", "en": "", "zh": "", "kind": "town", "lat": lat, "lon": lon, "rank": 3, "accuracy": "town"}
    return found, {f"p{h}": h for h in hexes}


def test_a_railway_takes_the_plain_and_stops_at_every_station() -> None:
    w = ways({h: MOUNTAIN for h in range(36, 46)})
    known, hexes = gazetteer(w.frame, [12, 60, 118])
    roads.lay(w, {"id": "r", "en": "", "zh": "", "points": ["p12", "p60", "p118"]}, "rail", known, hexes)
    path = w.lines[0].hexes
    assert path[0] == 12 and path[-1] == 118 and 60 in path
    for a, b in pairwise(path):
        assert distance(a, b, w.frame.cols) == 1
    assert w.rail.sum() == 2 * (len(path) - 1)


def test_railways_keep_off_great_rivers_unless_there_is_a_crossing() -> None:
    frame = small_frame()
    river = np.zeros((frame.size, 6), np.uint8)
    for h in range(48, 60):  # the lower sides of a whole row
        for d in (4, 5):
            n = int(frame.neighbours[h, d])
            if n >= 0:
                river[h, d] = river[n, opposite(d)] = 1
    w = ways(river=river)
    known, hexes = gazetteer(frame, [29, 89])
    entry = {"id": "r", "en": "", "zh": "", "points": ["p29", "p89"]}
    with pytest.raises(DataError, match="no way on land"):
        roads.lay(w, entry, "rail", known, hexes)
    w.crossings = {53}
    roads.lay(w, entry, "rail", known, hexes)
    assert 53 in w.lines[0].hexes
    crossed = np.argwhere((w.rail > 0) & (river > 0))
    assert len(crossed) == 2 and w.bridge[tuple(crossed[0])] == 1


def test_a_place_keeps_its_bank() -> None:
    net = network()
    course = laid(net, "r", [[5, -40], [110, -40]])  # flows east: the south bank is the right one
    land = np.ones(net.frame.size, bool)
    for bank in ("right", "left"):
        lat, lon = ALBERS.inverse(52_000.0, -40_000.0)
        entry = {"id": "x", "lat": lat, "lon": lon, "bank": {"r": bank}}
        h = places.place_hexes(net.frame, [entry], [course], land)["x"]
        chain_away, side = shapes.distance_to(net.frame.centres[h][None], net.frame.corners[course.corners])
        assert (side[0] < 0) == (bank == "right") and chain_away[0] < 10_000


def test_a_place_in_the_water_goes_to_the_shore() -> None:
    frame = small_frame()
    lat, lon = frame.albers.inverse(*frame.centres[50])
    land = np.ones(frame.size, bool)
    land[50] = False
    h = places.place_hexes(frame, [{"id": "x", "lat": lat, "lon": lon}], [], land)["x"]
    assert h in frame.neighbours[50]


def test_specks_are_smoothed() -> None:
    frame = small_frame()
    land = np.full(frame.size, FLAT, np.uint8)
    land[54] = MOUNTAIN
    assert terrain.despeckle(frame, land)[54] == ROLLING
    land = np.full(frame.size, HILL, np.uint8)
    land[54] = FLAT
    assert terrain.despeckle(frame, land)[54] == ROLLING
    land[55] = FLAT
    land[66] = FLAT
    assert terrain.despeckle(frame, land)[54] == FLAT  # a valley stays


def test_classes_follow_relief() -> None:
    zero = np.zeros(5, np.uint8)
    height, relief = np.array([[50, 50, 50, 300, 1600], [10, 60, 120, 250, 160]], np.int16)
    land = terrain.Land(height, relief, zero, zero, zero)
    assert terrain.classify(land, 10.0).tolist() == [FLAT, ROLLING, HILL, MOUNTAIN, MOUNTAIN]
    assert terrain.classify(land, 20.0).tolist()[:3] == [FLAT, ROLLING, ROLLING]  # wider hexes hold more relief


def test_the_same_arrays_give_the_same_bytes() -> None:
    a, b = np.zeros((3, 6), np.uint8), np.arange(5, dtype=np.int16)
    assert write.pack_arrays({"a": a, "b": b}) == write.pack_arrays({"b": b, "a": a})
    assert write.pack_arrays({"a": a, "b": b}) != write.pack_arrays({"a": a, "b": b[::-1]})


def test_a_point_of_a_line_must_be_known() -> None:
    with pytest.raises(DataError, match="did you mean luoyang"):
        source.point_of("loyang", {"luoyang": {"lat": 1, "lon": 2}}, "road x")
    with pytest.raises(DataError, match="latitude"):
        source.point_of([1, "x"], {}, "road x")


def test_a_broken_source_file_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "roads.yaml"
    path.write_text("roads:\n- {id: a, [\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"roads\.yaml:\d+:\d+: yaml"):
        source.load_yaml(path)


def test_a_missing_pack_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"elevation\.npz"):
        build_map(tmp_path, None, tmp_path)
    with pytest.raises(DataError, match="hexes of 1 km"):
        build_map(tmp_path, None, tmp_path, 1.0)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for end in ("json", "npz"):
        shutil.copy(data_folder("assets") / "map" / f"theatre_10km.{end}", tmp_path / f"m.{end}")
    return tmp_path / "m.json"


def test_maps_are_found_by_name_and_by_path(copy: Path) -> None:
    assert load_map(copy).digest == load_map(copy.with_suffix(".npz")).digest == load_map("theatre_10km").digest
    with pytest.raises(DataError, match="did you mean theatre_10km"):
        load_map("theater_10km")
    with pytest.raises(DataError, match="no such file"):
        load_map(copy.parent / "none.json")


@pytest.mark.parametrize("keep", [0, 10, 1000, 20_000])
def test_truncated_maps_are_refused(copy: Path, keep: int) -> None:
    for path in (copy, copy.with_suffix(".npz")):
        whole = path.read_bytes()
        path.write_bytes(whole[:keep])
        with pytest.raises(DataError) as caught:
            load_map(copy)
        assert "map" in str(caught.value)
        path.write_bytes(whole)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cols", 120), ("cols", "many"), ("cols", -5), ("cols", 10**9), ("rows", None), ("spacing_m", 0), ("origin_m", [1]),
        ("projection", {}), ("places", [["x"]]), ("lines", [["a", "a", "一", "rail", [1.5], [], 0]]),
        ("lines", [["a", "a", "一", "river", [1], [9], 1]]), ("lines", [["a", "a", "一", "river", [1, 2], [1], 1]]),
        ("places", [["a", "a", "一", "town", 1, 2, 10**7, 1, 0, "town", ""]]),
        ("lines", [[1, 2]]),
        ("lines", [["a", "a", "一", "rail", [99_999_999], [], 0]]),
        ("labels", 7), ("regions", [1]), ("format", 99), ("magic", "other"),
        ("arrays_digest", "00"),
    ],
)  # fmt: skip
def test_edited_maps_are_refused(copy: Path, key: str, value: object) -> None:
    head = json.loads(copy.read_bytes())
    head[key] = value
    copy.write_text(json.dumps(head), encoding="utf-8")
    with pytest.raises(DataError):
        load_map(copy)


@pytest.mark.parametrize("text", ["", "[]", "3", '{"magic": 1}', "\x00\x01", "{" * 5000, "[" * 200_000])
def test_foreign_files_are_refused(copy: Path, text: str) -> None:
    copy.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        load_map(copy)


@needs_pack
def test_the_pack_gives_the_committed_map(tmp_path: Path) -> None:
    path = build_map(Path(GEO), None, tmp_path)
    for end in (".json", ".npz"):
        assert path.with_suffix(end).read_bytes() == (data_folder("assets") / "map" / f"theatre_10km{end}").read_bytes()


@needs_pack
def test_other_spacings_can_be_built(tmp_path: Path) -> None:
    said: list[str] = []
    m = load_map(build_map(Path(GEO), None, tmp_path, 20.0, said.append))
    assert m.spacing_m == 20_000 and 5_000 < m.size < 8_000
    assert len(said) >= 4
    assert (m.bridge[(m.rail > 0) & (m.river == 1)] == 1).any()
    assert (m.terrain == MOUNTAIN).mean() > 0.1
