"""The built map against the country of 1944: rivers, mountains, railways and places lie where they lay."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from game.core.hexgrid import opposite
from game.core.paths import data_folder
from game.model.hexmap import FLAT, FLOOD, HILL, KARST, LAKE, MARSH, MOUNTAIN, PADDY, SEA, TERRAIN, HexMap, Line
from game.scenario.mapbuild.projection import Albers
from game.scenario.mapbuild.source import load_yaml
from game.scenario.mapfile import centre_lat_lon, cut, hex_at, load_map, project


@pytest.fixture(scope="module")
def theatre() -> HexMap:
    return load_map("theatre_10km")


@pytest.fixture(scope="module")
def henan(theatre: HexMap) -> HexMap:
    return cut(theatre, 109.9, 31.7, 117.0, 35.7)


@pytest.fixture(scope="module")
def front(theatre: HexMap) -> HexMap:
    """The country from Shanxian to Zhoukou, through which the Yellow River runs from one edge to another."""
    return cut(theatre, 110.7, 33.55, 115.0, 35.7)


def line(m: HexMap, name: str) -> Line:
    return next(n for n in m.lines if n.id == name)


def sides_of(m: HexMap, name: str) -> set[tuple[int, int]]:
    """Both names of every hexside of a river with all its stretches."""
    found: set[tuple[int, int]] = set()
    for n in m.lines:
        if n.kind == "river" and n.id.split("~")[0].split("#")[0] == name:
            for h, d in zip(n.hexes, n.sides, strict=True):
                found.add((h, d))
                if m.neighbours[h, d] >= 0:
                    found.add((int(m.neighbours[h, d]), opposite(d)))
    return found


def touches(m: HexMap, place: str, river: str) -> bool:
    """Whether the river runs along the place's hex or a neighbour of it."""
    home = m.place_by_id[place].hex
    near = {home, *(int(n) for n in m.neighbours[home] if n >= 0)}
    return any(h in near for h, _ in sides_of(m, river))


@pytest.mark.parametrize(
    ("place", "river"),
    [
        ("changsha", "xiang"), ("hengyang", "xiang"), ("xiangtan", "xiang"), ("luoyang", "luo"), ("lushi", "luo"),
        ("longmen", "yi"),
        ("hankou", "yangtze"), ("yichang", "yangtze"), ("jiujiang", "yangtze"), ("nanchang", "gan"), ("shaoyang", "zi"),
        ("changde", "yuan"), ("guilin", "gui"), ("liuzhou", "liu"), ("nanning", "yu"), ("wuzhou", "xi"), ("xiangyang", "han"),
        ("luohe", "sha"), ("linru", "beiru"), ("fuyang", "new_yellow"), ("tongguan", "yellow"),
        ("chongqing", "yangtze"), ("shaoguan", "bei"), ("hengyang", "zheng_shui"), ("pingjiang", "miluo"),
    ],
)  # fmt: skip
def test_towns_lie_on_their_rivers(theatre: HexMap, place: str, river: str) -> None:
    assert touches(theatre, place, river)


def flooded(m: HexMap, start: int, blocked: set[tuple[int, int]]) -> set[int]:
    """Every hex that can be reached over land and lakes without crossing a blocked side."""
    seen, todo = {start}, deque([start])
    while todo:
        h = todo.popleft()
        for d in range(6):
            n = int(m.neighbours[h, d])
            if n >= 0 and n not in seen and (h, d) not in blocked and m.terrain[n] != SEA:
                seen.add(n)
                todo.append(n)
    return seen


def great_sides(m: HexMap) -> set[tuple[int, int]]:
    return {(int(h), int(d)) for h, d in np.argwhere(m.river == 1)}


def test_the_yellow_river_parts_zhengzhou_from_xinxiang(front: HexMap) -> None:
    north = flooded(front, front.place_by_id["xinxiang"].hex, great_sides(front))
    assert front.place_by_id["zhengzhou"].hex not in north
    assert front.place_by_id["kaifeng"].hex in north  # east of the breach of 1938 nothing but the dry bed lies between them


def test_exactly_one_rail_bridge_crosses_it(front: HexMap) -> None:
    bridged = {(h, d) for h, d in sides_of(front, "yellow") if front.rail[h, d] and front.bridge[h, d]}
    bridge = front.place_by_id["yellow_river_bridge"].hex
    assert len(bridged) == 2  # one hexside, seen from both hexes
    assert bridge in {h for h, _ in bridged}
    over = next(int(front.neighbours[h, d]) for h, d in bridged if h == bridge)
    assert centre_lat_lon(front, over)[0] > centre_lat_lon(front, bridge)[0]
    south = flooded(front, front.place_by_id["zhengzhou"].hex, great_sides(front))
    for place in ("bawangcheng", "yellow_river_bridge", "mangshantou"):
        assert front.place_by_id[place].hex in south
    assert not any(front.bridge[h, d] for h, d in sides_of(front, "new_yellow"))


def test_the_flood_parts_the_lines_at_zhongmu(front: HexMap) -> None:
    west = flooded(front, front.place_by_id["zhengzhou"].hex, great_sides(front))
    assert front.place_by_id["zhongmu_west"].hex in west
    assert front.place_by_id["zhongmu"].hex not in west
    assert front.distance(front.place_by_id["zhongmu"].hex, front.place_by_id["zhongmu_west"].hex) <= 2
    for place in ("weishi", "yanling", "fugou", "zhoukou"):
        assert front.place_by_id[place].hex in west
    for place in ("taikang", "huaiyang", "tongxu"):
        assert front.place_by_id[place].hex not in west


def test_the_stations_of_the_longhai_line_lie_south_of_the_river(front: HexMap) -> None:
    south = flooded(front, front.place_by_id["zhengzhou"].hex, great_sides(front))
    for place in ("sishui", "gongxian", "yanshi", "luoyang", "mianchi", "shanxian", "lingbao"):
        assert front.place_by_id[place].hex in south
    for place in ("yuanqu", "pinglu", "mengxian", "wuzhi"):
        assert front.place_by_id[place].hex not in south


def terrain_share(m: HexMap, kinds: tuple[int, ...], west: float, south: float, east: float, north: float) -> float:
    """The share of hexes of these kinds in a window of degrees."""
    found = []
    for h in range(m.size):
        lat, lon = centre_lat_lon(m, h)
        if west <= lon <= east and south <= lat <= north:
            found.append(int(m.terrain[h]) in kinds)
    assert len(found) > 20
    return sum(found) / len(found)


def test_mountains_and_plains(henan: HexMap) -> None:
    assert terrain_share(henan, (MOUNTAIN, HILL), 111.2, 33.5, 112.3, 34.0) > 0.85  # Funiu Shan
    assert terrain_share(henan, (MOUNTAIN,), 111.2, 33.5, 112.3, 34.0) > 0.5
    assert terrain_share(henan, (FLAT, FLOOD, PADDY), 114.2, 32.9, 115.8, 34.7) > 0.95  # the plain east of the railway
    assert terrain_share(henan, (FLOOD,), 114.45, 33.5, 114.8, 34.25) > 0.6


def test_the_south(theatre: HexMap) -> None:
    assert terrain_share(theatre, (KARST,), 108.2, 24.2, 109.2, 24.7) > 0.7  # Yishan
    assert terrain_share(theatre, (LAKE, MARSH), 112.3, 28.8, 113.0, 29.4) > 0.8  # Dongting
    assert terrain_share(theatre, (FLAT,), 110.0, 22.0, 114.0, 31.0) == 0  # flat land in the south grows rice
    assert terrain_share(theatre, (PADDY,), 113.5, 34.2, 115.5, 35.0) == 0


def test_no_reservoirs(theatre: HexMap) -> None:
    # Danjiangkou, Xinfengjiang, Suyahu, Yahekou, Sanmenxia, Zhelin, Dongjiang
    for lat, lon in (
        (32.7, 111.4), (23.9, 114.55), (33.0, 114.24), (33.33, 112.55), (34.8, 111.0), (29.25, 115.2), (25.85, 113.35)
    ):  # fmt: skip
        h = hex_at(theatre, lat, lon)
        assert theatre.terrain[h] not in (LAKE, SEA), (lat, lon)


def test_hexsides_are_the_same_from_both_hexes(theatre: HexMap) -> None:
    for name in ("river", "road", "rail", "bridge", "dry_bed"):
        array = getattr(theatre, name)
        for d in range(6):
            near = np.flatnonzero(theatre.neighbours[:, d] >= 0)
            assert (array[near, d] == array[theatre.neighbours[near, d], opposite(d)]).all(), name
            off = theatre.neighbours[:, d] < 0
            assert not array[off, d].any(), name


def test_values_stay_in_their_tables(theatre: HexMap) -> None:
    assert theatre.terrain.max() < len(TERRAIN)
    assert theatre.river.max() == 3 and theatre.road.max() == 2
    assert theatre.rail.max() == theatre.bridge.max() == theatre.dry_bed.max() == 1
    assert theatre.region.max() < len(theatre.regions)
    assert theatre.water.max() <= 100
    assert (theatre.relief >= 0).all()
    assert not theatre.terrain.flags.writeable


def test_every_river_side_belongs_to_a_course_and_every_way_to_a_line(theatre: HexMap) -> None:
    river = np.zeros_like(theatre.river)
    ways = {"rail": np.zeros_like(theatre.rail), "road": np.zeros_like(theatre.road)}
    for n in theatre.lines:
        if n.kind == "river":
            for h, d in zip(n.hexes, n.sides, strict=True):
                river[h, d] = river[theatre.neighbours[h, d], opposite(d)] = 1
        else:
            for a, b in pairwise(n.hexes):
                d = theatre.neighbours[a].tolist().index(b)
                ways["rail" if n.kind == "rail" else "road"][[a, b], [d, opposite(d)]] = 1
    assert ((theatre.river > 0) == river).all()
    assert (theatre.rail == ways["rail"]).all()
    assert ((theatre.road > 0) == ways["road"]).all()


def corner_key(m: HexMap, h: int, d: int) -> frozenset[int]:
    """The three hexes that meet where hexsides d - 1 and d of a hex meet (-1 stands for the rim)."""
    return frozenset((h, int(m.neighbours[h, d]), int(m.neighbours[h, (d - 1) % 6])))


def test_rivers_flow_without_gaps(theatre: HexMap) -> None:
    for n in theatre.lines:
        if n.kind == "river":
            ends = [{corner_key(theatre, h, d), corner_key(theatre, h, (d + 1) % 6)} for h, d in zip(n.hexes, n.sides, strict=True)]
            for a, b in pairwise(ends):
                assert a & b, n.id


def test_rivers_flow_downhill(theatre: HexMap) -> None:
    for n in theatre.lines:
        if n.kind == "river" and len(n.hexes) > 40:
            first, last = (np.median(theatre.height[list(part)]) for part in (n.hexes[:8], n.hexes[-8:]))
            assert first >= last, n.id


def test_every_place_stands_on_land_near_its_coordinates(theatre: HexMap) -> None:
    for p in theatre.places:
        home = hex_at(theatre, p.lat, p.lon)
        assert (p.hex >= 0) == (home >= 0), p.id
        if p.hex >= 0:
            assert theatre.terrain[p.hex] not in (SEA, LAKE), p.id
            assert theatre.distance(p.hex, home) <= 1, p.id


def test_the_gazetteer_is_complete(theatre: HexMap) -> None:
    source = data_folder("assets") / "map" / "source"
    entries = {e["id"]: e for e in load_yaml(source / "gazetteer.yaml")["places"]}
    assert set(theatre.place_by_id) == set(entries)
    for p in theatre.places:
        e = entries[p.id]
        assert (p.name_en, p.name_zh, p.kind, p.rank) == (e["en"], e["zh"], e["kind"], e["rank"])
        assert p.name_zh and not p.name_zh.isascii()
        assert 0 <= p.rank <= 3
    names = {(p.name_zh, p.hex) for p in theatre.places if p.hex >= 0 and p.rank <= 2}
    assert len(names) == sum(p.hex >= 0 and p.rank <= 2 for p in theatre.places)  # no town twice on a hex


def test_airfields(theatre: HexMap) -> None:
    for place in ("hengyang_airfield", "guilin", "liuzhou_airfield", "zhijiang_airfield", "laohekou", "suichuan"):
        assert theatre.place_by_id[place].airfield
    assert not theatre.place_by_id["xuchang"].airfield


def test_railways_run_from_end_to_end(theatre: HexMap) -> None:
    source = load_yaml(data_folder("assets") / "map" / "source" / "railways.yaml")["railways"]
    for entry in source:
        stops = [theatre.place_by_id[p].hex if isinstance(p, str) else hex_at(theatre, *p) for p in entry["points"]]
        stops = [s for s in stops if s >= 0]
        hexes = line(theatre, entry["id"]).hexes
        assert hexes[0] == stops[0] and hexes[-1] == stops[-1], entry["id"]
        rest = iter(hexes)
        assert all(any(h == stop for h in rest) for stop in dict.fromkeys(stops)), entry["id"]  # the stations in order
        for a, b in pairwise(hexes):
            d = theatre.neighbours[a].tolist().index(b)
            assert theatre.rail[a, d] == 1
        assert len(set(hexes)) == len(hexes), entry["id"]


def test_the_railways_meet(theatre: HexMap) -> None:
    for a, b, place in (
        ("pinghan_south", "longhai_mid", "zhengzhou"), ("pinghan_south", "daoqing", "xinxiang"),
        ("yuehan", "xianggui", "hengyang_east_station"),
        ("xianggui", "qiangui", "liuzhou"), ("yuehan", "zhegan_west", "zhuzhou"), ("longhai_mid", "longhai_east", "kaifeng"),
    ):  # fmt: skip
        h = theatre.place_by_id[place].hex
        assert h in line(theatre, a).hexes and h in line(theatre, b).hexes, place


def test_railway_bridges(theatre: HexMap) -> None:
    for n in theatre.lines:
        if n.kind == "rail":
            for a, b in pairwise(n.hexes):
                d = theatre.neighbours[a].tolist().index(b)
                if theatre.river[a, d] > 1:
                    assert theatre.bridge[a, d], n.id
    assert (theatre.river[theatre.bridge > 0] > 0).all()


def test_roads_over_small_rivers_are_bridged_and_over_great_ones_are_ferries(theatre: HexMap) -> None:
    road = theatre.road > 0
    assert theatre.bridge[road & (theatre.river == 3)].all()
    assert not theatre.bridge[road & (theatre.river == 1) & (theatre.rail == 0)].any()
    assert (road & (theatre.river == 1)).sum() > 10


def test_provinces_of_1944(theatre: HexMap) -> None:
    names = [n[0] for n in theatre.regions]
    assert names[0] == "" and "Chongqing" not in names
    for place, province in (
        ("luoyang", "Henan"), ("changsha", "Hunan"), ("guilin", "Guangxi"), ("chongqing", "Sichuan"), ("dushan", "Guizhou"),
        ("hankou", "Hubei"), ("fuyang", "Anhui"), ("qinxian", "Guangdong"), ("tongguan", "Shaanxi"), ("lang_son", "Indochina"),
    ):  # fmt: skip
        assert names[theatre.region[theatre.place_by_id[place].hex]] == province
    land = ~np.isin(theatre.terrain, (SEA, LAKE))
    assert (theatre.region[land] > 0).mean() > 0.995


def test_cut_keeps_the_country(theatre: HexMap, henan: HexMap) -> None:
    row_0 = round((theatre.origin_m[1] - henan.origin_m[1]) / (theatre.spacing_m * 0.8660254037844386))
    col_0 = round((henan.origin_m[0] - theatre.origin_m[0]) / theatre.spacing_m)
    assert row_0 % 2 == 0
    for h in range(henan.size):
        old = (h // henan.cols + row_0) * theatre.cols + h % henan.cols + col_0
        assert henan.terrain[h] == theatre.terrain[old] and (henan.rail[h] == theatre.rail[old]).all()
        assert centre_lat_lon(henan, h) == pytest.approx(centre_lat_lon(theatre, old), abs=1e-9)
    for p, old_place in zip(henan.places, theatre.places, strict=True):
        if p.hex >= 0:
            assert (p.hex // henan.cols + row_0) * theatre.cols + p.hex % henan.cols + col_0 == old_place.hex
    assert henan.place_by_id["changsha"].hex == -1
    assert henan.place_by_id["luoyang"].hex >= 0
    assert [p.id for p in henan.places] == [p.id for p in theatre.places]
    assert all(0 <= h < henan.size for n in henan.lines for h in n.hexes)
    assert not any(n.text_en == "GUANGXI" for n in henan.labels)
    assert any(n.text_en == "HENAN" for n in henan.labels)


def test_every_river_side_of_a_cut_belongs_to_a_course(henan: HexMap) -> None:
    river = np.zeros_like(henan.river)
    for n in henan.lines:
        if n.kind == "river":
            for h, d in zip(n.hexes, n.sides, strict=True):
                river[h, d] = 1
                if henan.neighbours[h, d] >= 0:
                    river[henan.neighbours[h, d], opposite(d)] = 1
    assert ((henan.river > 0) == river).all()


def test_the_window_holds_its_hexes(theatre: HexMap, henan: HexMap) -> None:
    inside = sum(1 for h in range(theatre.size) if in_window(centre_lat_lon(theatre, h)))
    assert inside == sum(1 for h in range(henan.size) if in_window(centre_lat_lon(henan, h)))
    assert inside > 0.8 * henan.size


def in_window(at: tuple[float, float]) -> bool:
    return 31.7 <= at[0] <= 35.7 and 109.9 <= at[1] <= 117.0


def test_cutting_a_cut_and_the_whole(theatre: HexMap, henan: HexMap) -> None:
    again = cut(henan, 111.0, 33.0, 115.0, 35.0)
    direct = cut(theatre, 111.0, 33.0, 115.0, 35.0)
    assert (again.cols, again.rows) == (direct.cols, direct.rows)
    assert (again.terrain == direct.terrain).all() and (again.river == direct.river).all()
    assert again.origin_m == pytest.approx(direct.origin_m)


def test_project_and_find(theatre: HexMap) -> None:
    x, y = project(theatre, 34.682, 112.465)
    assert Albers(*theatre.projection).inverse(x, y) == pytest.approx((34.682, 112.465), abs=1e-9)
    h = theatre.place_by_id["changsha"].hex
    assert hex_at(theatre, *centre_lat_lon(theatre, h)) == h
    assert hex_at(theatre, 50.0, 100.0) == -1


def test_loading_twice_gives_the_same(theatre: HexMap) -> None:
    again = load_map(data_folder("assets") / "map" / "theatre_10km.json")
    assert again.digest == theatre.digest and len(again.digest) == 32
    assert again.places == theatre.places and again.lines == theatre.lines and again.labels == theatre.labels
    assert (again.height == theatre.height).all()


def test_the_files_are_small(theatre: HexMap) -> None:
    folder: Path = data_folder("assets") / "map"
    assert sum((folder / f"{theatre.id}.{end}").stat().st_size for end in ("json", "npz")) <= 1_500_000
