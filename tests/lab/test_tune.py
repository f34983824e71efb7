"""Tuning and screening: what matters is found, values come back, files keep every other byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.errors import DataError
from game.lab.executor import Here
from game.lab.params import Param, find_params
from game.lab.sensitivity import bounds_of, screen
from game.lab.tune import Aim, Study
from game.lab.writeback import changed_rules, diff, rules_steps, with_values
from game.scenario.load import load_scenario
from game.scenario.rulesfile import load_rules, rules_path
from game.scenario.yamlio import parse_yaml, read_yaml
from tests.lab.conftest import MINI

PAIR = ("staff", "random")


def params(*words: str) -> tuple[Param, ...]:
    """Return parameters of the mini scenario's rules."""
    return tuple(find_params(words, load_scenario(MINI).rules))


def test_only_the_numbers_change(tmp_path: Path) -> None:
    """Three kinds of values change in the shipped file; every other byte stays, and the file loads with the new values."""
    old, new = changed_rules(
        rules_path("standard"), {"combat.noise": 333, "movement.road_speed.foot": 4444, "movement.country_speed.pack.karst": 1234}
    )
    file = tmp_path / "rules.yaml"
    file.write_bytes(new)
    rules = load_rules(file).rules
    assert (rules.combat.noise, rules.movement.road_speed[0]) == (333, 4444)
    a, b = old.decode().split("\n"), new.decode().split("\n")
    assert len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 3
    assert diff(file, old, new).count("\n+") == 4  # the heading and three lines


def test_letters_of_several_bytes_do_not_shift_the_place() -> None:
    """Columns count letters; the file is bytes."""
    text = 'a: {doc: "中文 — é", value: 7, note: x}  # 7\n'
    document = parse_yaml(text.encode(), Path("x.yaml"), "x.yaml", "a file")
    assert with_values(document, {("a", "value"): 12345}).decode() == text.replace("value: 7", "value: 12345")


def test_a_value_that_is_no_number_is_refused() -> None:
    """Nothing is guessed."""
    document = parse_yaml(b"a: {value: x}\n", Path("x.yaml"), "x.yaml", "a file")
    for path in (("a", "value"), ("a", "other"), ("a",)):
        with pytest.raises(DataError):
            with_values(document, {path: 3})


def test_every_value_can_be_written_back() -> None:
    """Each single number of the shipped rules has its place in the file."""
    document = read_yaml(rules_path("standard"), "a rules file")
    every = {rules_steps(p.path): p.value for p in find_params(["*"], load_rules(rules_path("standard")).rules)}
    assert with_values(document, every) == document.raw


def test_ranges_stay_inside_the_bounds() -> None:
    """A span is cut at the bounds; none means the bounds."""
    p = Param("x", 90, 0, 100, "", "")
    assert bounds_of([p], 0.0) == [(0, 100)]
    assert bounds_of([p], 0.5) == [(45, 100)]
    assert bounds_of([Param("x", 0, 0, 100, "", "")], 0.5) == [(0, 1)]


@pytest.mark.needs("SALib")
def test_screening_finds_what_matters() -> None:
    """March time moves the dates; the throw for a fallen commander hardly does."""
    found = screen(MINI, params("movement.day_minutes", "command.fall"), 0.5, 3, range(1, 3), PAIR, (), Here())
    effects = found.outcomes["attacks"]
    assert {e.path for e in effects} == {"movement.day_minutes", "command.fall"}
    assert found.games == 3 * 3 * 2 and found.left_out == 0
    total = dict.fromkeys(("movement.day_minutes", "command.fall"), 0.0)
    for effect in (e for es in found.outcomes.values() for e in es):
        total[effect.path] += effect.mu_star
    assert total["movement.day_minutes"] > total["command.fall"]


@pytest.mark.needs("optuna")
def test_a_study_goes_on_and_is_its_own(tmp_path: Path) -> None:
    """The first trial is the file as it is, a study is resumed, and another one is refused in its storage."""
    storage = f"sqlite:///{tmp_path / 'study.sqlite3'}"
    aim = Aim((MINI,), params("movement.day_minutes"), (1, 2), 0.4, PAIR)
    ticks: list[int] = []
    Study(aim, storage, "tune", Here()).run(3, lambda done, best: ticks.append(done))
    study = Study(aim, storage, "tune", Here())
    study.run(5, lambda done, best: ticks.append(done))
    assert ticks == [1, 2, 3, 4, 5]
    found = study.proposal()
    assert found.trials == 5 and found.score >= found.start
    low, high = found.intervals["movement.day_minutes"]
    assert low <= found.values["movement.day_minutes"] <= high
    first = study.study.trials[0]
    assert first.params["movement.day_minutes"] == load_scenario(MINI).rules.movement.day_minutes
    with pytest.raises(DataError, match="another study"):
        Study(Aim((MINI,), params("movement.day_minutes"), (1, 3), 0.4, PAIR), storage, "tune", Here())


@pytest.mark.needs("optuna")
def test_a_storage_that_does_not_answer_is_told(tmp_path: Path) -> None:
    """One sentence with the address."""
    aim = Aim((MINI,), params("movement.day_minutes"), (1, 2))
    with pytest.raises(DataError, match="cannot be used"):
        Study(aim, f"sqlite:///{tmp_path}/no/such/folder/x.sqlite3", "tune", Here())
