"""Damaged scenarios: each kind of mistake is found in its line and column, and nothing but a DataError is ever raised."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.core.errors import DataError, Problem
from game.model.hexmap import LAKE, HexMap
from game.scenario import codes, mapfile
from game.scenario.codes import ERRORS, WARNINGS, is_error
from game.scenario.lint import check_scenario
from game.scenario.load import load_scenario

Edit = Callable[[str, str, str], tuple[int, int]]
MINI = Path(__file__).parent.parent / "fixtures" / "mini"
FILES = ("scenario.yaml", "japan.yaml", "china.yaml", "plans.yaml", "objectives.yaml", "record.yaml")

CHINESE_PLAN = "china:" + (MINI / "plans.yaml").read_text(encoding="utf-8").partition("china:")[2]

# (file, text, replacement, code): the mark « in the replacement stands where the problem must be reported
CASES = [
    # the format of one file
    ("scenario.yaml", "format: 1", "format: «2", "range"),
    ("scenario.yaml", "id: mini", "id: «Mini", "text"),
    ("scenario.yaml", "id: mini", "id: «other", "id_folder"),
    ("scenario.yaml", "id: mini\n", "id: mini\n«id: mini\n", "duplicate_key"),
    ("scenario.yaml", "rules: standard\n", "", "missing_key"),
    ("scenario.yaml", "rules: standard", "rules: «standart", "unknown_rules"),
    ("scenario.yaml", "rules: standard", "«rulez: standard", "unknown_key"),
    ("scenario.yaml", "name: theatre_10km", "name: «theatre_1km", "map_missing"),
    ("scenario.yaml", "name: theatre_10km", "name: «../../secret", "text"),
    ("scenario.yaml", "days_per_turn: 2", "days_per_turn: «two", "type"),
    ("scenario.yaml", "days_per_turn: 2", "days_per_turn: «0", "range"),
    ("scenario.yaml", "days_per_turn: 2", "days_per_turn: «1.5", "type"),
    ("scenario.yaml", "start: 1944-04-17", "start: «17 April 1944", "type"),
    ("scenario.yaml", "start: 1944-04-17", "start: «1944-04-31", "date"),
    ("scenario.yaml", "end: 1944-04-30", "end: «1944-03-30", "calendar"),
    ("scenario.yaml", "end: 1944-04-30", "end: «2044-03-30", "calendar"),
    ("scenario.yaml", "first: japan", "first: «nippon", "unknown_word"),
    ("scenario.yaml", "window: {west: 112.9", "window: «{west: 122.9", "window"),
    (
        "scenario.yaml",
        "window: {west: 112.9, south: 34.0, east: 114.5, north: 35.5}",
        "window: «{west: 1, south: 2, east: 3, north: 4}",
        "window_empty",
    ),
    ("scenario.yaml", "overrides: {}", "overrides: {combat.noyse: «200}", "override"),
    ("scenario.yaml", "overrides: {}", "overrides: {combat.noise: «90000}", "override"),
    ("scenario.yaml", "overrides: {}", "overrides: {movement.road_speed: «4000}", "override"),
    ("scenario.yaml", "overrides: {}", "overrides: {combat.noise: «'200'}", "type"),
    ("scenario.yaml", "plans: plans.yaml", "plans: «../plans.yaml", "text"),
    ("scenario.yaml", "name: {en: Japan, zh: 日本}", "name: «{en: Japan}", "missing_key"),
    ("scenario.yaml", "name: {en: Japan, zh: 日本}", "name: «Japan", "type"),
    ("scenario.yaml", "transport: 1500", "transport: «50", "range"),
    ("scenario.yaml", "until: 1944-04-30, source: [K]}", "until: 1944-04-30, source: «K}", "type"),
    ("scenario.yaml", "until: 1944-04-30, source: [K]}", "until: 1944-04-30, source: «[]}", "text"),
    ("scenario.yaml", "kind: base", "kind: «harbour", "unknown_word"),
    ("scenario.yaml", "lat: 34.41", "lat: «134.41", "range"),
    ("japan.yaml", "men: 3600", "men: «-1", "range"),
    ("japan.yaml", "men: 3600", "men: «3,600", "type"),
    ("japan.yaml", "men: 3600", "men: «03600", "type"),
    ("japan.yaml", "men: 3600", "«man: 3600", "unknown_key"),
    ("japan.yaml", "type: infantry", "type: «infantery", "unknown_word"),
    ("japan.yaml", "level: regiment", "level: «12", "type"),
    ("japan.yaml", "short: 37D", "short: «37", "type"),
    ("japan.yaml", "short: 37D", "short: «thirty-seventh", "text"),
    ("japan.yaml", "part_of_parent: true", "part_of_parent: «yes", "type"),
    ("japan.yaml", "stripe: gold", "stripe: «red", "unknown_word"),
    ("japan.yaml", "side: japan", "side: «korea", "unknown_word"),
    ("japan.yaml", "name: {en: 37th Division, zh: 第37师团}", "name: «{en: 37th Division}", "missing_key"),
    ("china.yaml", "side: china", "side: &s china", "alias"),
    ("plans.yaml", "priority: 1", "priority: «10", "range"),
    ("plans.yaml", "kind: attack", "kind: «atack", "unknown_word"),
    ("objectives.yaml", "least: 15", "least: «lots", "type"),
    ("record.yaml", "by: japan", "by: «Japan", "unknown_word"),
    # ids
    ("japan.yaml", "id: jp_226_inf_regt\n", "id: «jp_225_inf_regt\n", "duplicate_id"),
    ("china.yaml", "id: cn_23_div", "id: «jp_37_div", "duplicate_id"),
    ("scenario.yaml", "id: jp_kaifeng", "id: «jp_xinxiang", "duplicate_id"),
    ("scenario.yaml", "id: cn_air", "id: «jp_air", "duplicate_id"),
    ("scenario.yaml", "id: mini_dyke", "id: «zhengzhou", "duplicate_id"),
    ("plans.yaml", "id: jp_p2", "id: «jp_p1", "duplicate_id"),
    ("objectives.yaml", "id: mn_bridge", "id: «mn_zz", "duplicate_id"),
    ("objectives.yaml", "{id: draw", "{id: «japan_win", "duplicate_id"),
    # what files say of each other
    ("japan.yaml", "place: bawangcheng", "place: «bawangchen", "unknown_place"),
    ("scenario.yaml", "japan: [xinxiang,", "japan: [«xinziang,", "unknown_place"),
    ("scenario.yaml", "to: xinzheng", "to: «xinzhen", "unknown_place"),
    ("record.yaml", "place: zhongmu", "place: «zhongmo", "unknown_place"),
    ("objectives.yaml", "places: [yellow_river_bridge]", "places: [«yellow_bridge]", "unknown_place"),
    ("plans.yaml", "places: [guangwu, zhengzhou]", "places: [guangwu, «zhengzho]", "unknown_place"),
    ("plans.yaml", "formations: [jp_37_div]", "formations: [«jp_38_div]", "unknown_formation"),
    ("plans.yaml", "formations: [jp_37_div]", "formations: [«cn_23_div]", "other_side"),
    ("objectives.yaml", "kind: destroy", "kind: preserve", "other_side"),
    ("objectives.yaml", "formations: [cn_85_corps], points: 4", "formations: [«jp_37_div], points: 4", "other_side"),
    ("scenario.yaml", "line: pinghan_south", "line: «pinghan_sud", "unknown_line"),
    ("scenario.yaml", "to: xinzheng", "to: weishi", "line_place"),
    ("objectives.yaml", "line: pinghan_south", "line: «longhai_mid", "line_place"),
    ("scenario.yaml", "provinces: [Henan]", "provinces: [«Honan]", "unknown_province"),
    ("scenario.yaml", "place: xuchang", "place: «luoyang", "off_window"),
    ("china.yaml", "place: mixian", "place: «luoyang", "off_window"),
    ("objectives.yaml", "places: [zhengzhou, xuchang]", "places: [zhengzhou, «nanjing]", "off_window"),
    ("scenario.yaml", "china: [zhengzhou,", "china: [zhengzhou, «bawangcheng,", "control_conflict"),
    (
        "scenario.yaml",
        "china: [zhengzhou, zhongmu_west, guangwu, mixian, xuchang, weishi]",
        "china: [zhengzhou, «xinxiang]",
        "control_conflict",
    ),
    # dates
    ("japan.yaml", "arrives: 1944-04-22", "arrives: «1944-04-16", "date_outside"),
    ("japan.yaml", "arrives: 1944-04-22", "arrives: «1945-04-22", "date_outside"),
    ("japan.yaml", "leaves: 1944-04-29", "leaves: «1944-05-29", "date_outside"),
    ("japan.yaml", "leaves: 1944-04-29", "leaves: «1944-04-22", "date_order"),
    ("japan.yaml", "held_until: 1944-04-19", "held_until: «1944-05-02", "date_outside"),
    ("scenario.yaml", "date: 1944-04-25", "date: «1944-05-25", "date_outside"),
    ("scenario.yaml", "from: 1944-04-17, until: 1944-04-30", "from: 1944-04-20, until: «1944-04-18", "date_order"),
    ("plans.yaml", "until: 1944-04-25", "until: «1943-04-25", "date_outside"),
    ("objectives.yaml", "by: 1944-04-30", "by: «1944-05-30", "date_outside"),
    ("record.yaml", "date: 1944-04-30", "date: «1945-04-30", "record_date"),
    # units
    ("japan.yaml", "    place: bawangcheng\n", "", "no_place"),
    ("china.yaml", "quality: D\n  ", "", "missing_value"),
    ("japan.yaml", "men: 3600\n    quality: C", "men: 36000\n    quality: C", "stacking"),
    ("china.yaml", "place: zhongmu_west", "place: «zhongmu", "both_sides"),
    ("japan.yaml", "establishment: 850", "establishment: «750", "establishment"),
    ("japan.yaml", "  off_map: true\n  men: 2000\n", "", "empty_formation"),
    ("scenario.yaml", "forces: [japan.yaml, china.yaml]", "forces: «[japan.yaml]", "sides"),
    ("scenario.yaml", "documented_men: 16000", "documented_men: «26000", "men_sum"),
    ("scenario.yaml", "off_map: true, points: 3", "points: 3", "no_place"),
    # objectives, levels, plans
    ("objectives.yaml", "points: 5, source: [S0]}", "source: [S0]}", "objective_keys"),
    ("objectives.yaml", "  steps: [", "  points: «5\n  steps: [", "objective_keys"),
    ("objectives.yaml", "places: [zhengzhou, xuchang]", "places: «[zhengzhou]", "objective_keys"),
    ("objectives.yaml", "{by: 1944-04-24, points: 10}, {by: 1944-04-30", "{by: 1944-04-30, points: 10}, {by: «1944-04-24", "steps"),
    ("objectives.yaml", "least: 8", "least: «15", "levels"),
    ("objectives.yaml", "historical: {score: 20", "historical: {score: «-2000", "history_level"),
    ("plans.yaml", "china:\n", "china: []\nother:\n", "unknown_key"),
    ("plans.yaml", "formations: [jp_37_div]", "formations: «[jp_theatre]", "task_no_units"),
    ("plans.yaml", CHINESE_PLAN, "", "no_tasks"),
]


@pytest.mark.parametrize(("name", "old", "new", "code"), CASES, ids=[f"{c[3]}-{i}" for i, c in enumerate(CASES)])
def test_a_mistake_is_found_where_it_stands(mini: Path, edit: Edit, name: str, old: str, new: str, code: str) -> None:
    line, col = edit(name, old, new)
    found = check_scenario(mini)
    hits = [p for p in found if p.code == code]
    assert hits, f"expected {code}, found {[str(p) for p in found]}"
    assert all("\n" not in str(p) and p.message for p in found)
    if line:
        assert (name, line, col) in [(Path(p.file).name, p.line, p.col) for p in hits]
    if is_error(hits[0]):
        with pytest.raises(DataError) as error:
            load_scenario(mini)
        assert hits[0] in error.value.problems
    else:
        assert load_scenario(mini).id == "mini"


def test_the_mini_scenario_has_no_problem_at_all(mini: Path) -> None:
    assert check_scenario(mini) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "hint"),
    [
        ("scenario.yaml", "rules: standard", "rulez: standard", "did you mean rules?"),
        ("japan.yaml", "type: infantry", "type: infantery", "did you mean infantry?"),
        ("japan.yaml", "place: bawangcheng", "place: bawangchen", "did you mean bawangcheng"),
        ("plans.yaml", "formations: [jp_37_div]", "formations: [jp_37_dib]", "did you mean jp_37_div?"),
        ("scenario.yaml", "provinces: [Henan]", "provinces: [Hena]", "did you mean Henan"),
        ("scenario.yaml", "rules: standard", "rules: standart", "did you mean standard?"),
        ("scenario.yaml", "overrides: {}", "overrides: {combat.noyse: 1}", "did you mean combat.noise"),
        ("japan.yaml", "short: 37D", "short: 37", "quotes"),
        ("scenario.yaml", "until: 1944-04-30, source: [K]}", "until: 1944-04-30, source: K}", "write [K]"),
    ],
)
def test_hints_name_what_was_meant(mini: Path, edit: Edit, name: str, old: str, new: str, hint: str) -> None:
    edit(name, old, new)
    assert any(hint in p.hint for p in check_scenario(mini))


def test_all_problems_of_all_files_are_told_at_once(mini: Path, edit: Edit) -> None:
    edit("scenario.yaml", "kind: base", "kind: port\n    , typo: 1")
    edit("japan.yaml", "morale: 850", "morale: 1850")
    edit("china.yaml", "place: mixian", "place: mixiann")
    edit("objectives.yaml", "least: 8", "least: 80")
    edit("record.yaml", "place: zhongmu", "place: zhongmo")
    codes = {(Path(p.file).name, p.code) for p in check_scenario(mini)}
    assert codes >= {
        ("scenario.yaml", "unknown_key"),
        ("japan.yaml", "range"),
        ("china.yaml", "unknown_place"),
        ("objectives.yaml", "levels"),
        ("record.yaml", "unknown_place"),
    }


def test_problems_come_in_the_order_of_files_and_lines(mini: Path, edit: Edit) -> None:
    edit("record.yaml", "place: zhongmu", "place: zhongmo")
    edit("record.yaml", "place: zhengzhou", "place: zhengzho")
    edit("scenario.yaml", "place: zhengzhou", "place: zhengzho")
    found = check_scenario(mini)
    assert [Path(p.file).name for p in found] == ["scenario.yaml", "record.yaml", "record.yaml"]
    assert found[1].line < found[2].line


def test_a_unit_in_a_lake_is_found(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = mapfile.cut

    def flooded(*args: object) -> HexMap:
        hexmap = real(*args)  # type: ignore[arg-type]
        terrain = hexmap.terrain.copy()
        terrain[hexmap.place_by_id["zhengzhou"].hex] = LAKE
        return replace(hexmap, terrain=terrain)

    monkeypatch.setattr(mapfile, "cut", flooded)
    found = {p.code: p for p in check_scenario(mini)}
    assert Path(found["in_water"].file).name == "china.yaml"
    assert "cn_23_div" in found["in_water"].message


def test_an_objective_beyond_the_water_is_found(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = mapfile.cut

    def parted(*args: object) -> HexMap:
        hexmap = real(*args)  # type: ignore[arg-type]
        terrain = hexmap.terrain.reshape(hexmap.rows, hexmap.cols).copy()
        terrain[16] = LAKE  # a row of water right across, north of Xuchang
        return replace(hexmap, terrain=np.ascontiguousarray(terrain.reshape(-1)))

    monkeypatch.setattr(mapfile, "cut", parted)
    found = [p for p in check_scenario(mini) if p.code == "unreachable"]
    assert {Path(p.file).name for p in found} == {"objectives.yaml"}
    assert all("xuchang" in p.message and "japan" in p.message for p in found)


def only(mini: Path) -> Problem:
    (found,) = check_scenario(mini)
    with pytest.raises(DataError):
        load_scenario(mini)
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_a_folder_empty_foreign_or_huge(mini: Path, name: str) -> None:
    path = mini / name
    path.unlink()
    found = only(mini)
    assert (found.code, Path(found.file).name) == ("io", name)
    path.mkdir()
    assert only(mini).code == "io"
    path.rmdir()
    path.write_bytes(b"")
    assert only(mini).code == "empty"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    assert only(mini).code == "binary"
    path.write_bytes(b"\xff\xfe" * 40)
    assert only(mini).code == "encoding"
    with path.open("wb") as f:
        f.truncate(1 << 30)
    assert only(mini).code == "io"


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_anywhere_gives_a_data_error_or_loads(mini: Path, name: str) -> None:
    whole = (mini / name).read_bytes()
    refused = 0
    for cut in range(0, len(whole), max(1, len(whole) // 12)):
        (mini / name).write_bytes(whole[:cut])
        try:
            load_scenario(mini)
        except DataError as error:
            assert error.problems
            refused += 1
    assert refused >= 6


def test_paths_and_ids_that_lead_nowhere(tmp_path: Path) -> None:
    for wrong in (
        "henann",
        "",
        "a b",
        "../etc",
        str(tmp_path),
        str(tmp_path / "x.yaml"),
        "nul\0",
        "x" * 5000,
        tmp_path / "none",
        "/dev/null",
    ):
        with pytest.raises(DataError) as error:
            load_scenario(wrong)
        assert len(error.value.problems) == 1
        assert "\n" not in str(error.value)


def test_overrides_of_the_player_are_checked(mini: Path) -> None:
    with pytest.raises(DataError) as error:
        load_scenario(mini, {"combat.nose": 1})
    assert error.value.problems[0].code == "override"
    assert "combat.noise" in error.value.problems[0].hint


def test_every_code_in_use_is_explained(mini: Path) -> None:
    used = {c[3] for c in CASES}
    assert used <= ERRORS.keys() | WARNINGS.keys()
    assert not ERRORS.keys() & WARNINGS.keys()
    assert all(text.endswith(".") for text in (*ERRORS.values(), *WARNINGS.values()))


def test_every_code_of_the_table_is_given_by_something() -> None:
    package = Path(codes.__file__).parent.parent
    text = "".join(p.read_text(encoding="utf-8") for p in sorted(package.rglob("*.py")) if p.name != "codes.py")
    assert [code for code in (*ERRORS, *WARNINGS) if f'"{code}"' not in text] == []


def test_thousands_of_unknown_places_do_not_stall_the_check(mini: Path, edit: Edit) -> None:
    names = ", ".join(f"zhengzho{i}" for i in range(20_000))
    edit("scenario.yaml", "format: 1\n", f"format: 1\nwatched: [{names}]\n")
    found = check_scenario(mini)
    assert {p.code for p in found} == {"unknown_place"}
    assert 50 < len(found) < 1000


def test_thousands_of_wrong_entries_do_not_stall_the_check(mini: Path, edit: Edit) -> None:
    edit("plans.yaml", "japan:\n", "japan:\n" + "- {bad: 1}\n" * 5_000)
    found = check_scenario(mini)
    assert {p.code for p in found} == {"missing_key", "unknown_key"}
    assert 50 < len(found) < 1000


def mutate(raw: bytes, dice: random.Random) -> bytes:
    """Return the bytes with one to four random changes of bytes or lines."""
    for _ in range(dice.randint(1, 4)):
        lines = raw.split(b"\n")
        i, k = dice.randrange(len(lines)), dice.randrange(len(lines))
        at = dice.randrange(len(raw) + 1)
        words = [
            b"-1",
            b"{",
            b"]",
            b"null",
            b"true",
            b"*a",
            b"&a",
            b"1944-99-99",
            b"'",
            b"99999999",
            b"1e9",
            b"zhengzhou",
            b"\t",
            b": ",
            b"\xe9",
            b"[]",
            b"{}",
        ]
        match dice.randrange(7):
            case 0:
                raw = raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :]
            case 1:
                raw = b"\n".join(lines[:i] + lines[i + 1 :])
            case 2:
                raw = b"\n".join([*lines[:i], lines[k], *lines[i:]])
            case 3:
                lines[i], lines[k] = lines[k], lines[i]
                raw = b"\n".join(lines)
            case 4:
                lines[i] = b"  " + lines[i] if dice.randrange(2) else lines[i][2:]
                raw = b"\n".join(lines)
            case 5:
                head, colon, _ = lines[i].partition(b": ")
                lines[i] = head + colon + dice.choice(words)
                raw = b"\n".join(lines)
            case 6:
                raw = raw[:at] + dice.choice(words) + raw[at:]
    return raw


def attempt(folder: Path) -> bool:
    """Load a scenario; return whether it loaded. Anything but a DataError passes through and fails the test."""
    try:
        load_scenario(folder)
    except DataError as error:
        assert error.problems
        assert all("\n" not in str(p) for p in error.problems)
        return False
    return True


@pytest.mark.needs("hypothesis")
def test_random_damage_raises_nothing_but_data_errors(tmp_path: Path) -> None:
    from hypothesis import given, settings
    from hypothesis import strategies as st

    folder = Path(shutil.copytree(MINI, tmp_path / "mini"))
    originals = {name: (folder / name).read_bytes() for name in FILES}
    outcomes: list[bool] = []

    @settings(max_examples=150)
    @given(st.sampled_from(FILES), st.integers(0, 2**32))
    def run(name: str, seed: int) -> None:
        (folder / name).write_bytes(mutate(originals[name], random.Random(seed)))
        try:
            outcomes.append(attempt(folder))
        finally:
            (folder / name).write_bytes(originals[name])

    run()
    assert False in outcomes


def test_repeated_damage_without_extras(mini: Path) -> None:
    """The same without hypothesis, so that it runs with the base packages alone."""
    dice = random.Random(1944)
    refused = 0
    for round_ in range(60):
        name = FILES[round_ % len(FILES)]
        whole = (mini / name).read_bytes()
        (mini / name).write_bytes(mutate(whole, dice))
        refused += not attempt(mini)
        (mini / name).write_bytes(whole)
    assert refused > 20
