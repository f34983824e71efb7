"""The map of Hengyang drawn by hand: banks, hills, gates, rivers without gaps, and that building it again gives the same."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from game.core.errors import DataError
from game.core.paths import data_folder
from game.model.hexmap import FLAT, HILL, MARSH, HexMap
from game.scenario.mapbuild.handmap import build_hand_map
from game.scenario.mapfile import frame_of, load_map, project

SOURCE = data_folder("assets") / "map" / "source" / "hengyang_500m.yaml"
WEST_BANK = (
    "hengyang", "hengyang_central_bank", "tielumen", "jiangxi_guildhall", "huiyan_peak", "huangchaling", "shigu_point",
    "laiyan_pagoda",
)  # fmt: skip
EAST_BANK = (
    "hengyang_airfield", "hengyang_east_station", "xiang_east_bank", "lianhuatang", "wumaguicao", "fengjiachong",
    "lei_river_mouth", "dongyangdu",
)  # fmt: skip
HILLS = (
    "zhangjiashan", "hill_221", "hill_227_7", "huxingchao", "fengshu_hill", "hill_141_south", "wugui_ridge",
    "wugui_ridge_northern_half", "yueping_hill", "jielong_hill", "tianma_hill", "xichan_temple", "wuxian_temple",
    "huangchaling", "tingbingshan", "gaoling", "wangcheng_ao", "laiyan_pagoda", "muyu_hill",
)  # fmt: skip
GATES = ("hengyang_north_gate", "xiaoximen", "daximen", "tielumen")
DRAWING = """\
format: 1
id: small
spacing_m: 500
window: {west: 112.60, south: 26.88, east: 112.63, north: 26.90}
region: {en: Hunan, zh: 湖南}
ground: {terrain: paddy, height: 60, relief: 8}
places: []
"""


@cache
def hengyang() -> HexMap:
    return load_map("hengyang_500m")


def hex_of(place: str) -> int:
    return hengyang().place_by_id[place].hex


def across(place_a: str, place_b: str, classes: tuple[int, ...]) -> bool:
    """Return whether the way between two places over land must cross a river of one of the classes."""
    hexmap, start, goal = hengyang(), hex_of(place_a), hex_of(place_b)
    seen, front = {start}, [start]
    while front:
        here = front.pop()
        for d, there in enumerate(hexmap.neighbours[here].tolist()):
            if there >= 0 and there not in seen and int(hexmap.river[here, d]) not in classes:
                seen.add(there)
                front.append(there)
    return goal not in seen


def corners(line_id: str) -> list[tuple[int, int]]:
    """Return the two corners of each hexside of a river, in order."""
    hexmap = hengyang()
    ids = frame_of(hexmap).corner_ids
    line = next(n for n in hexmap.lines if n.id == line_id)
    return [(int(ids[h, s]), int(ids[h, (s + 1) % 6])) for h, s in zip(line.hexes, line.sides, strict=True)]


def test_the_map_is_built_from_its_drawing(tmp_path: Path) -> None:
    built = load_map(build_hand_map(SOURCE, tmp_path))
    assert built.digest == hengyang().digest
    assert (built.spacing_m, built.size) == (500, built.cols * built.rows)


@pytest.mark.parametrize("place", WEST_BANK)
def test_city_and_southern_hills_lie_west_of_the_xiang(place: str) -> None:
    assert across(place, "hengyang_airfield", (1,))


@pytest.mark.parametrize("place", EAST_BANK)
def test_airfield_and_station_lie_east_of_the_xiang(place: str) -> None:
    assert not across(place, "hengyang_airfield", (1, 2))
    assert across(place, "hengyang", (1,))


def test_the_north_bank_lies_across_the_zheng_and_quanxi_across_the_lei() -> None:
    for place in ("laiyan_pagoda", "wangcheng_ao", "zhelidu_ferry"):
        assert across(place, "hengyang", (1, 2)) and not across(place, "hengyang", (1,))
    assert across("quanxi", "xinmatou", (1, 2)) and not across("quanxi", "xinmatou", (1,))


@pytest.mark.parametrize("place", HILLS)
def test_named_hills_are_hills(place: str) -> None:
    hexmap = hengyang()
    assert hexmap.terrain[hex_of(place)] == HILL
    assert hexmap.height[hex_of(place)] > hexmap.height[hex_of("hengyang")]


def test_the_hills_that_were_fought_for_one_by_one_have_hexes_of_their_own() -> None:
    apart = (
        "zhangjiashan", "hill_221", "hill_227_7", "huxingchao", "fengshu_hill", "hill_141_south", "wugui_ridge", "daxianping",
        "xichan_temple", "tianma_hill", "yueping_hill", "jielong_hill", "wuxian_temple",
    )  # fmt: skip
    assert len({hex_of(p) for p in apart}) == len(apart)
    for pair in (("zhangjiashan", "hill_221"), ("zhangjiashan", "hill_227_7")):
        assert hengyang().distance(hex_of(pair[0]), hex_of(pair[1])) == 1


@pytest.mark.parametrize("place", GATES)
def test_gates_lie_at_the_edge_of_the_town(place: str) -> None:
    hexmap, here = hengyang(), hex_of(place)
    around = [int(hexmap.terrain[n]) for n in hexmap.neighbours[here] if n >= 0]
    beside_river = bool((hexmap.river[here] > 0).any())
    assert FLAT in around
    assert beside_river or any(t != FLAT for t in (*around, int(hexmap.terrain[here])))


def test_the_north_west_is_wet_ground() -> None:
    for place in ("yanwuping", "dujiagang", "qingshan_street"):
        assert hengyang().terrain[hex_of(place)] == MARSH


@pytest.mark.parametrize("river", ["xiang", "zheng_shui", "lei"])
def test_rivers_have_no_gaps(river: str) -> None:
    sides = corners(river)
    assert len(sides) > 40
    assert all(set(a) & set(b) for a, b in pairwise(sides))


def test_zheng_and_lei_flow_into_the_xiang() -> None:
    xiang = {c for side in corners("xiang") for c in side}
    for river in ("zheng_shui", "lei"):
        assert xiang & set(corners(river)[-1])


def test_the_xiang_runs_from_edge_to_edge() -> None:
    hexmap = hengyang()
    xiang = next(n for n in hexmap.lines if n.id == "xiang")
    rows = [h // hexmap.cols for h in xiang.hexes]
    assert max(rows) == hexmap.rows - 1
    mouth = next(n for n in hexmap.lines if n.id == "lei").hexes[-1] // hexmap.cols
    assert min(rows) <= mouth


def test_no_bridge_spans_the_xiang() -> None:
    hexmap = hengyang()
    assert not hexmap.bridge[hexmap.river == 1].any()


def test_places_lie_within_a_hex_of_their_reading() -> None:
    hexmap = hengyang()
    frame = frame_of(hexmap)
    for place in hexmap.places:
        assert place.hex >= 0, place.id
        away = np.hypot(*(frame.centres[place.hex] - np.array(project(hexmap, place.lat, place.lon))))
        assert away <= 500, f"{place.id} stands {away:.0f} m away"


def test_railways_meet_at_the_east_station() -> None:
    hexmap = hengyang()
    for line in ("yuehan", "xianggui"):
        assert any(hex_of("hengyang_east_station") in n.hexes for n in hexmap.lines if n.id.split("#")[0] == line)
    assert any(hex_of("hengyang_west_station") in n.hexes for n in hexmap.lines if n.id == "xianggui")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("format: 1", "format: 9"), "hand_map"),
        (("places: []", "places: []\nhils: []"), "unknown_key"),
        (("region: {en: Hunan, zh: 湖南}\n", ""), "missing_key"),
        (("spacing_m: 500", "spacing_m: 50"), "spacing"),
        (("terrain: paddy", "terrain: pady"), "unknown_terrain"),
        (("places: []", "places: []\npaint: [{to: hill}]"), "bad_shape"),
        (("places: []", "places: []\nhills: [{place: nowhere, height: 90, relief: 9}]"), "unknown_place"),
    ],
)
def test_a_faulty_drawing_is_named(tmp_path: Path, change: tuple[str, str], code: str) -> None:
    source = tmp_path / "small.yaml"
    source.write_text(DRAWING.replace(*change), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        build_hand_map(source, tmp_path)
    assert [p.code for p in caught.value.problems] == [code]


def test_a_small_drawing_builds(tmp_path: Path) -> None:
    source = tmp_path / "small.yaml"
    source.write_text(DRAWING + "paint:\n- {to: lake, around: [26.89, 112.615], radius_m: 600}\n", encoding="utf-8")
    built = load_map(build_hand_map(source, tmp_path))
    assert built.id == "small"
    assert (built.water[built.terrain == 1] == 100).all() and (built.terrain == 1).any()
