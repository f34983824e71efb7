"""The rules file: complete, within bounds, every mistake told with its place, single values replaced by their path."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from game.core.errors import DataError, Problem
from game.core.paths import data_folder
from game.model.rules import KEYS, SECTIONS, Rules
from game.scenario.rulesfile import find_rules, load_rules, override, value_names

STANDARD = data_folder("scenarios") / "rules" / "standard.yaml"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(STANDARD).rules


def test_every_value_of_the_model_is_there_with_its_explanation(rules: Rules) -> None:
    names = [f"{section}.{f.name}" for section, cls in SECTIONS.items() for f in fields(cls)]
    assert list(rules.about) == names
    assert all(a.unit and a.doc.endswith(".") and a.source and a.low <= a.high for a in rules.about.values())


def test_rows_and_tables_have_the_shape_of_their_names(rules: Rules) -> None:
    for path, keys in KEYS.items():
        section, _, name = path.partition(".")
        table = getattr(getattr(rules, section), name)
        assert len(table) == len(keys[0]), path
        if len(keys) == 2:
            assert all(len(row) == len(keys[1]) for row in table), path


def test_names_of_single_numbers_lead_to_them(rules: Rules) -> None:
    names = value_names()
    assert len(set(names)) == len(names)
    assert {"combat.noise", "movement.road_speed.foot", "weather.north.4.rain"} <= set(names)
    low = {name: rules.about[".".join(name.split(".")[:2])].low for name in names}
    least = override(rules, low)
    assert least.combat.noise == low["combat.noise"]
    assert least.movement.country_speed[0][2] == low["movement.country_speed.foot.flat"]


def test_an_override_changes_one_number_and_nothing_else(rules: Rules) -> None:
    changed = override(rules, {"weather.north.4.rain": 123})
    assert changed.weather.north[3][2] == 123
    assert changed != rules
    assert override(changed, {"weather.north.4.rain": rules.weather.north[3][2]}) == rules


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("combat.noyse", 1, "no value"),
        ("combat", 1, "no value"),
        ("", 1, "no value"),
        ("movement.road_speed", 1, "no single number"),
        ("movement.road_speed.fot", 1, "no value"),
        ("movement.road_speed.foot.flat", 1, "no single number"),
        ("combat.noise.x", 1, "no single number"),
        ("combat.noise", 10**9, "bounds"),
        ("combat.noise", True, "whole number"),
        ("combat.noise", "5", "whole number"),
        ("combat.noise", 1.5, "whole number"),
    ],
)
def test_wrong_overrides_are_refused(rules: Rules, path: str, value: int, words: str) -> None:
    with pytest.raises(DataError) as error:
        override(rules, {path: value})
    (found,) = error.value.problems
    assert found.code == "override"
    assert words in found.message


def damaged(tmp_path: Path, old: str, new: str) -> list[Problem]:
    text = STANDARD.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "r.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_rules(tmp_path / "r.yaml")
    assert all(p.line for p in error.value.problems)
    return error.value.problems


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("format: 1", "format: 2", "format"),
        ("id: standard\n", "", "missing_key"),
        ("  day_minutes:", "  day_minuets:", "unknown_key"),
        ("movement:", "motion:", "unknown_key"),
        ("day_minutes: {value: 600", "day_minutes: {value: 60", "bounds"),
        ("day_minutes: {value: 600", "day_minutes: {value: many", "type"),
        ("day_minutes: {value: 600", "day_minutes: {value: true", "type"),
        ("day_minutes: {value: 600", "day_minutes: {values: 600", "missing_key"),
        (
            "day_minutes: {value: 600, unit: min/day, bounds: [300, 900]",
            "day_minutes: {value: 600, unit: min/day, bounds: [900, 300]",
            "type",
        ),
        ("day_minutes: {value: 600, unit: min/day,", "day_minutes: {value: 600,", "missing_key"),
        ("values: {foot: 4000,", "values: {", "missing_key"),
        ("values: {foot: 4000,", "values: {foot: 4000, wheel: 1,", "unknown_key"),
        ("values: {foot: 4000,", "values: {foot: {flat: 1},", "type"),
    ],
)
def test_a_damaged_rules_file_is_told(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert code in {p.code for p in damaged(tmp_path, old, new)}


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    text = STANDARD.read_text(encoding="utf-8").replace("value: 600", "value: 6").replace("  bridge:", "  brigde:")
    (tmp_path / "r.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_rules(tmp_path / "r.yaml")
    assert {p.code for p in error.value.problems} == {"bounds", "unknown_key", "missing_key"}


def test_text_cut_by_a_comma_gets_a_hint(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text("format: 1\nid: x\nmovement: {bridge: {value: 1, doc: one, two words}}\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_rules(tmp_path / "r.yaml")
    assert any("comma" in p.hint for p in error.value.problems)


def test_unknown_rules_name_the_known_ones() -> None:
    assert find_rules("standard").rules.id == "standard"
    with pytest.raises(DataError) as error:
        find_rules("standart")
    assert "standard" in error.value.problems[0].hint
