"""Every scenario that ships: it loads clean, its first turns play without a broken invariant, and its figures hang together."""

from __future__ import annotations

import pytest

from game.ai.random_player import RandomPlayer
from game.ai.staff import StaffPlayer
from game.model.scenario import Scenario
from game.play.session import Player, Session
from game.rules import engine
from game.scenario.lint import check_scenario
from game.scenario.load import find_scenarios, load_scenario

IDS = [sid for sid, _ in find_scenarios()]


@pytest.fixture(scope="module", params=IDS)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario(str(request.param))


@pytest.mark.parametrize("sid", IDS)
def test_the_checks_find_nothing(sid: str) -> None:
    assert [str(p) for p in check_scenario(sid)] == []


@pytest.mark.parametrize("kind", [StaffPlayer, RandomPlayer])
def test_the_first_turns_play_soundly(scenario: Scenario, kind: type[Player]) -> None:
    session = Session(scenario, 3)
    players = (kind(), kind())
    while not session.over and session.world.state.turn <= 4:
        session.play_phase(players[session.world.state.side])
        assert engine.fault(session.world) == ""
    assert session.refused == 0


def test_nobody_starts_beside_himself(scenario: Scenario) -> None:
    world = Session(scenario, 1).world
    assert engine.fault(world) == ""
    for unit in scenario.units:
        assert unit.source, unit.id
        assert unit.name.en and unit.name.zh, unit.id


def test_victory_levels_and_briefings_are_complete(scenario: Scenario) -> None:
    levels = [level.least for level in scenario.levels]
    assert levels == sorted(levels, reverse=True)
    assert any(level.least <= scenario.historical[0] for level in scenario.levels)
    for side in scenario.sides:
        assert side.briefing.en and side.briefing.zh
    assert {o.side for o in scenario.objectives} == {0, 1}
    assert {t.side for t in scenario.plans} == {0, 1}
