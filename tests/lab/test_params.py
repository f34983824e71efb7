"""Values of the rules as parameters: read, looked up, refused with a reason."""

from __future__ import annotations

import pytest

from game.core.errors import DataError
from game.lab.params import all_params, find_params, merged, read_overrides, value_of
from game.lab.variants import read_variant
from game.scenario.load import load_scenario
from game.scenario.rulesfile import find_rules, rules_path
from tests.lab.conftest import MINI

RULES = find_rules("standard").rules


def test_values_are_found_by_their_path() -> None:
    """Single numbers, rows and tables."""
    assert value_of(RULES, "movement.road_speed.foot") == RULES.movement.road_speed[0]
    assert value_of(RULES, "combat.noise") == RULES.combat.noise
    params = all_params(RULES)
    assert len(params) == len({p.path for p in params}) > 100
    assert all(p.low <= p.value <= p.high for p in params)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("combat.noise", "expected PATH=VALUE"),
        ("combat.noise=much", "expected a whole number"),
        ("combat.nose=3", "did you mean combat.noise"),
        ("combat.noise=99999", "outside its bounds"),
        ("movement.road_speed=3", "no single number"),
        ("=3", "expected PATH=VALUE"),
        ("combat.noise=٣", "expected a whole number"),
    ],
)
def test_a_wrong_value_is_refused_with_a_reason(word: str, message: str) -> None:
    """Unknown path, no number, out of bounds."""
    with pytest.raises(DataError, match=message):
        read_overrides([word], RULES)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Two mistakes, two problems; a value set twice is one."""
    with pytest.raises(DataError) as caught:
        read_overrides(["a", "combat.noise=x"], RULES)
    assert len(caught.value.problems) == 2
    with pytest.raises(DataError, match="twice"):
        read_overrides(["combat.noise=200", "combat.noise=300"], RULES)


def test_patterns_name_many() -> None:
    """A section, a row, a pattern; values without a choice only by name."""
    assert [p.path for p in find_params(["combat.noise"], RULES)] == ["combat.noise"]
    assert {p.path.split(".")[0] for p in find_params(["morale"], RULES)} == {"morale"}
    assert len(find_params(["movement.road_speed"], RULES)) == 6
    assert all(p.low < p.high for p in find_params(["*"], RULES))
    with pytest.raises(DataError, match="did you mean"):
        find_params(["combat.noize"], RULES)


def test_later_values_win() -> None:
    """Overrides on top of others."""
    assert merged((("a", 1), ("b", 2)), {"b": 3}) == (("a", 1), ("b", 3))


def test_variants_are_told_apart(tmp_path: object) -> None:
    """A scenario, values, a rules file, a player, or nothing."""
    from pathlib import Path

    pair = ("staff", "staff")
    assert read_variant("-", MINI, pair, "both", ()).overrides == ()
    assert read_variant("combat.noise=300", MINI, pair, "both", ()).overrides == (("combat.noise", 300),)
    assert read_variant("random", MINI, pair, "china", ()).players == ("staff", "random")
    assert read_variant(MINI, "", pair, "both", ()).source == MINI
    changed = Path(str(tmp_path)) / "mine.yaml"
    text = rules_path("standard").read_text(encoding="utf-8")
    noise = value_of(load_scenario(MINI).rules, "combat.noise")
    assert f"noise: {{value: {noise}," in text
    changed.write_text(text.replace(f"noise: {{value: {noise},", f"noise: {{value: {noise + 10},"), encoding="utf-8")
    assert read_variant(str(changed), MINI, pair, "both", ()).overrides == (("combat.noise", noise + 10),)
    for word, source in (("nonsense", MINI), ("combat.noise=300", "")):
        with pytest.raises(DataError):
            read_variant(word, source, pair, "both", ())
