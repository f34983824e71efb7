"""What changes during a scenario: waterways, gas, disease, guerrillas, changes of command, transfers, aircraft that fall back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from game.core.errors import DataError
from game.model.scenario import Disease, Gas, Guerrillas, Scenario
from game.model.units import CHINA, JAPAN, Commander, Name
from game.scenario import control
from game.scenario.codes import ERRORS, is_error
from game.scenario.lint import check_scenario
from game.scenario.load import load_scenario

Edit = Callable[[str, str, str], tuple[int, int]]

# every new key once, on the map of the mini scenario
ALL = """\
waterways:
  - {side: japan, river: new_yellow, from: zhongmu, to: fugou, date: 1944-04-21, source: [K]}
  - {side: china, river: ying, from: xuchang, to: baisha, source: [K]}
gas:
  - {side: japan, uses: 6, from: 1944-04-19, until: 1944-04-25, source: [S3], note: round number for tests}
disease:
  - {provinces: [Henan], from: 1944-04-19, permille: 1, source: [K]}
  - {side: china, provinces: [], until: 1944-04-20, permille: 3, source: [K]}
guerrillas:
  - {side: japan, provinces: [Hebei, Henan], from: 1944-04-18, until: 1944-04-22, chance: 20, source: [K]}
changes:
  - {date: 1944-04-26, formation: jp_110_inf_regt, commander: {en: Someone, zh: 某人, rating: B}, source: [S2]}
  - {date: 1944-04-21, formation: jp_110_inf_regt, parent: jp_37_div, source: [S2]}
transfers:
  - {date: 1944-04-27, formation: jp_110_inf_regt, to: xinxiang, arrives: 1944-04-29, source: [S2]}
  - {date: 1944-04-21, formation: jp_37_div, to: kaifeng, arrives: 1944-04-25, source: [S2]}
"""


@pytest.fixture
def full(mini: Path, edit: Edit) -> Path:
    """Return the mini scenario with every new key."""
    edit("scenario.yaml", "places:\n", ALL + "places:\n")
    return mini


def moves_to(edit: Edit) -> None:
    """Let the Chinese air base fall back on a second one, and that on a third off the map."""
    third = "  - {id: cn_far, side: china, name: {en: Far, zh: 远}, off_map: true, points: 0, range_km: 0, source: [K]}\n"
    second = third.replace("cn_far", "cn_back").replace("off_map: true", "place: mixian, moves_to: cn_far, share: 250")
    edit("scenario.yaml", "replacements:\n", second + third + "replacements:\n")
    edit("scenario.yaml", "off_map: true, points: 3", "place: zhengzhou, moves_to: cn_back, points: 3")


def test_all_of_it_is_optional(mini: Path) -> None:
    s = load_scenario(mini)
    assert (s.waterways, s.gas, s.disease, s.guerrillas, s.changes, s.transfers) == ((), (), (), (), (), ())
    assert [(b.moves_to, b.share) for b in s.air] == [("", 1000), ("", 1000)]


def test_with_all_of_it_there_is_no_problem(full: Path) -> None:
    assert check_scenario(full) == []


def test_gas_disease_and_guerrillas_become_turns_and_regions(full: Path) -> None:
    s = load_scenario(full)
    henan, hebei = (([r[0] for r in s.map.regions].index(name)) for name in ("Henan", "Hebei"))
    assert s.gas == (Gas(JAPAN, 6, 2, 5, ("S3",)),)
    assert s.disease == (Disease(-1, (henan,), 2, 0, 1, ("K",)), Disease(CHINA, (), 1, 2, 3, ("K",)))
    assert s.guerrillas == (Guerrillas(JAPAN, (hebei, henan), 1, 3, 20, ("K",)),)


def test_a_waterway_is_the_stretch_between_its_places_in_the_order_of_the_course(full: Path) -> None:
    s = load_scenario(full)
    way, other = s.waterways
    assert (way.side, way.river, way.from_turn, other.from_turn) == (JAPAN, "new_yellow", 3, 1)
    assert len(way.sides) > 8
    (river,) = control.rivers_of(s.map, "new_yellow")
    course = list(zip(river.hexes, river.sides, strict=True))
    at = course.index(way.sides[0])
    assert course[at : at + len(way.sides)] == list(way.sides)
    for place, (index, direction) in (("zhongmu", way.sides[0]), ("fugou", way.sides[-1])):
        banks = (index, int(s.map.neighbours[index, direction]))
        assert min(s.map.distance(s.map.place_by_id[place].hex, bank) for bank in banks) <= control.RIVER_REACH
    assert all(s.map.river[index, direction] for index, direction in (*way.sides, *other.sides))


def test_a_waterway_may_be_named_upstream_or_downstream(full: Path, edit: Edit) -> None:
    before = load_scenario(full).waterways
    edit("scenario.yaml", "from: zhongmu, to: fugou", "from: fugou, to: zhongmu")
    assert load_scenario(full).waterways == before


def places_on(s: Scenario, river: str) -> dict[str, int]:
    """Return how far each place of the map lies from a river's nearer bank [hexes]."""
    (piece,) = control.rivers_of(s.map, river)
    banks = {b for h, d in zip(piece.hexes, piece.sides, strict=True) for b in (h, int(s.map.neighbours[h, d])) if b >= 0}
    return {p.id: min(s.map.distance(p.hex, b) for b in banks) for p in s.map.places if p.hex >= 0}


def test_a_place_within_two_hexes_lies_on_the_river_and_no_other(mini: Path) -> None:
    s = load_scenario(mini)
    away = places_on(s, "new_yellow")
    assert {1, 2, 3} <= set(away.values())
    for place, distance in away.items():
        index = s.map.place_by_id[place].hex
        assert bool(control.river_stretch(s.map, "new_yellow", index, index)) == (distance <= control.RIVER_REACH), place


def test_changes_come_by_date_whatever_their_order_in_the_file(full: Path) -> None:
    first, second = load_scenario(full).changes
    assert (first.turn, first.formation, first.parent, first.commander) == (3, "jp_110_inf_regt", "jp_37_div", None)
    assert (second.turn, second.parent) == (5, "")
    assert second.commander == Commander(Name("Someone", "某人"), "B", "medium")


def test_a_transfer_takes_what_is_below_its_formation_on_its_date(full: Path, edit: Edit) -> None:
    s = load_scenario(full)
    first, second = s.transfers
    names = [s.units[u].id for u in first.units]
    assert names == ["jp_37_div", "jp_225_inf_regt", "jp_226_inf_regt", "jp_110_inf_regt"]  # the last by a change of that turn
    assert (first.turn, first.arrives_turn, first.place, first.hex) == (3, 5, "kaifeng", s.map.place_by_id["kaifeng"].hex)
    assert [s.units[u].id for u in second.units] == ["jp_110_inf_regt"]
    edit("scenario.yaml", "date: 1944-04-21, formation: jp_110_inf_regt", "date: 1944-04-23, formation: jp_110_inf_regt")
    assert len(load_scenario(full).transfers[0].units) == 3


def test_aircraft_fall_back_with_a_share(mini: Path, edit: Edit) -> None:
    moves_to(edit)
    assert check_scenario(mini) == []
    assert [(b.id, b.moves_to, b.share) for b in load_scenario(mini).air[1:]] == [
        ("cn_air", "cn_back", 1000),
        ("cn_back", "cn_far", 250),
        ("cn_far", "", 1000),
    ]


def test_supply_may_come_by_air(mini: Path, edit: Edit) -> None:
    edit("scenario.yaml", "place: xuchang, kind: depot, men: 40000, stock_days: 20", "place: xuchang, kind: air, men: 4000")
    drop = load_scenario(mini).sources[2]
    assert (drop.kind, drop.men, drop.stock_days) == ("air", 4000, -1)


# (text, replacement, code): the mark « in the replacement stands where the problem must be reported
CASES = [
    ("river: new_yellow", "river: «new_yelow", "unknown_river"),
    ("river: new_yellow", "river: «longhai_mid", "unknown_river"),
    ("from: zhongmu, to: fugou", "from: «kaifeng, to: fugou", "line_place"),
    ("from: zhongmu, to: fugou", "from: zhongmu, to: «jixian", "line_place"),
    ("from: zhongmu, to: fugou", "from: «zhongmo, to: fugou", "unknown_place"),
    ("from: zhongmu, to: fugou", "from: zhongmu, to: «zhoukou", "off_window"),
    ("date: 1944-04-21, source: [K]}", "date: «1944-05-21, source: [K]}", "date_outside"),
    ("{side: china, river: ying, from: xuchang, to: baisha", "«{side: china, river: ying, from: xuchang", "missing_key"),
    ("uses: 6", "uses: «0", "range"),
    ("uses: 6, from: 1944-04-19, until: 1944-04-25", "uses: 6, from: 1944-04-19, until: «1944-04-18", "date_order"),
    ("uses: 6, from: 1944-04-19, until", "uses: 6, from: «1944-04-09, until", "date_outside"),
    ("provinces: [Henan], from: 1944-04-19, permille", "provinces: [«Hanan], from: 1944-04-19, permille", "unknown_province"),
    ("permille: 1,", "permille: «1001,", "range"),
    ("permille: 1,", "permille: «0.5,", "type"),
    ("{side: china, provinces: []", "{side: «both, provinces: []", "unknown_word"),
    ("until: 1944-04-20, permille", "until: «1944-04-02, permille", "date_outside"),
    ("[Hebei, Henan]", "[Hebei, «Honan]", "unknown_province"),
    ("chance: 20", "chance: «-20", "range"),
    ("from: 1944-04-18, until: 1944-04-22", "from: 1944-04-18, until: «1944-04-17", "date_order"),
    ("formation: jp_110_inf_regt, parent", "formation: «jp_111_inf_regt, parent", "unknown_formation"),
    ("parent: jp_37_div", "parent: «jp_38_div", "unknown_formation"),
    ("parent: jp_37_div", "parent: «cn_85_corps", "other_side"),
    ("parent: jp_37_div", "parent: «jp_110_inf_regt", "circle"),
    ("formation: jp_110_inf_regt, parent: jp_37_div", "formation: jp_12_army, parent: «jp_37_div", "circle"),
    (
        "transfers:",
        "  - {date: 1944-04-22, formation: jp_37_div, parent: «jp_110_inf_regt, source: [K]}\ntransfers:",
        "circle",
    ),
    (
        "- {date: 1944-04-21, formation: jp_110_inf_regt, parent: jp_37_div",
        "- «{date: 1944-04-21, formation: jp_37_div",
        "no_change",
    ),
    ("date: 1944-04-26, formation: jp_110_inf_regt, comm", "date: «1944-06-26, formation: jp_110_inf_regt, comm", "date_outside"),
    ("zh: 某人, rating: B}", "zh: 某人, rating: «F}", "unknown_word"),
    ("formation: jp_37_div, to", "formation: «jp_37_dib, to", "unknown_formation"),
    ("formation: jp_37_div, to", "formation: «jp_theatre, to", "transfer_no_units"),
    ("to: kaifeng", "to: «kaifen", "unknown_place"),
    ("to: kaifeng", "to: «luoyang", "off_window"),
    ("arrives: 1944-04-25", "arrives: «1944-04-22", "date_order"),
    ("arrives: 1944-04-25", "arrives: «1944-04-01", "date_order"),
    ("arrives: 1944-04-25", "arrives: «1944-06-01", "date_outside"),
    ("arrives: 1944-04-29", "arrives: «1944-05-01", "date_outside"),
    ("date: 1944-04-27, formation: jp_110_inf_regt, to", "date: «1944-04-25, formation: jp_110_inf_regt, to", "date_order"),
    (
        "date: 1944-04-21, formation: jp_37_div, to: kaifeng, arrives: 1944-04-25",
        "date: «1944-04-19, formation: jp_9_tank_regt, to: kaifeng, arrives: 1944-04-25",
        "date_order",
    ),
    (
        "date: 1944-04-21, formation: jp_37_div, to: kaifeng, arrives: 1944-04-25",
        "date: 1944-04-24, formation: «jp_9_tank_regt, to: kaifeng, arrives: 1944-04-29",
        "date_order",
    ),
]


def found_at(mini: Path, code: str, line: int, col: int) -> None:
    """Assert that a problem of a code stands at a place of scenario.yaml, and that an error keeps it from loading."""
    found = check_scenario(mini)
    hits = [p for p in found if p.code == code]
    assert hits, f"expected {code}, found {[str(p) for p in found]}"
    assert ("scenario.yaml", line, col) in [(Path(p.file).name, p.line, p.col) for p in hits]
    assert code in ERRORS and is_error(hits[0])
    with pytest.raises(DataError) as error:
        load_scenario(mini)
    assert hits[0] in error.value.problems


@pytest.mark.parametrize(("old", "new", "code"), CASES, ids=[f"{c[2]}-{i}" for i, c in enumerate(CASES)])
def test_a_mistake_is_found_where_it_stands(full: Path, edit: Edit, old: str, new: str, code: str) -> None:
    found_at(full, code, *edit("scenario.yaml", old, new))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("moves_to: cn_back", "moves_to: «cn_bak", "unknown_base"),
        ("moves_to: cn_back", "moves_to: «jp_air", "other_side"),
        ("moves_to: cn_back", "moves_to: «cn_air", "circle"),
        ("moves_to: cn_far", "moves_to: «cn_air", "circle"),
        ("share: 250", "share: «1250", "range"),
    ],
)
def test_a_mistake_of_an_air_base_is_found(mini: Path, edit: Edit, old: str, new: str, code: str) -> None:
    moves_to(edit)
    found_at(mini, code, *edit("scenario.yaml", old, new))


def test_hints_name_the_river_and_the_base_that_were_meant(full: Path, edit: Edit) -> None:
    moves_to(edit)
    edit("scenario.yaml", "river: new_yellow", "river: new_yelow")
    edit("scenario.yaml", "moves_to: cn_back", "moves_to: cn_bak")
    hints = {p.code: p.hint for p in check_scenario(full)}
    assert "new_yellow" in hints["unknown_river"]
    assert "cn_back" in hints["unknown_base"]


def test_places_on_two_pieces_of_a_river_make_no_waterway(full: Path) -> None:
    """A window may cut a river in two; nothing is shipped over the gap."""
    from dataclasses import replace

    s = load_scenario(full)
    (river,) = control.rivers_of(s.map, "new_yellow")
    upper = replace(river, hexes=river.hexes[:6], sides=river.sides[:6])
    lower = replace(river, id="new_yellow#2", hexes=river.hexes[-6:], sides=river.sides[-6:])
    broken = replace(s.map, lines=(upper, lower))
    first, last = upper.hexes[0], lower.hexes[-1]
    assert control.river_stretch(s.map, "new_yellow", first, last)
    assert control.river_stretch(broken, "new_yellow", first, last) == ()
    assert control.river_stretch(broken, "new_yellow", last, last)
