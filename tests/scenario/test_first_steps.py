"""The tutorial scenario against Central Henan, of which it is a cut: the same formations with the same figures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from game.ai.staff import StaffPlayer
from game.model.scenario import Scenario
from game.model.units import UnitSpec
from game.play.session import Session
from game.scenario.load import load_scenario

GOALS = ("zhongmu_west", "guodian", "xinzheng", "zhengzhou")


@cache
def first_steps() -> Scenario:
    return load_scenario("first_steps")


@cache
def henan() -> Scenario:
    return load_scenario("henan")


def in_itself(spec: UnitSpec) -> UnitSpec:
    """Return a formation without what depends on the calendar and the window: place, dates, sources of a higher staff."""
    return replace(
        spec, index=-1, parent="", hex=-1, place="", arrives=0, leaves=0, held_until=0, crossing_until=0, entrenched=0,
        arrives_on=None, strength_source="", source=(), certainty="",
    )  # fmt: skip


@pytest.mark.parametrize("fid", [f.id for f in first_steps().formations])
def test_formation_is_that_of_henan(fid: str) -> None:
    assert in_itself(first_steps().formation_by_id[fid]) == in_itself(henan().formation_by_id[fid])


def test_it_is_small() -> None:
    scenario = first_steps()
    assert len(scenario.units) == 25 and scenario.calendar.turns == 6 and scenario.calendar.days_per_turn == 1
    assert scenario.map.size < 200


def test_parents_are_those_of_henan() -> None:
    for spec in first_steps().formations:
        if spec.parent:
            assert spec.parent == henan().formation_by_id[spec.id].parent


def test_japan_scores_the_four_places() -> None:
    goals = [o for o in first_steps().objectives if o.side == 0]
    assert tuple(o.places[0] for o in goals) == GOALS
    assert sum(o.points for o in goals) == 100


def test_record_is_that_of_henan() -> None:
    recorded = {(r.date, r.place, r.side) for r in henan().record}
    assert {(r.date, r.place, r.side) for r in first_steps().record} <= recorded
    assert [r.place for r in first_steps().record] == ["guodian", "zhengzhou", "xinzheng"]


def test_the_first_day_brings_the_division_over_the_river() -> None:
    session = Session(first_steps(), 1)
    session.play_phase(StaffPlayer())
    west = [u for u in first_steps().units if u.parent == "jp_37_div" and session.world.state.hex[u.index] != u.hex]
    assert len(west) == 3
