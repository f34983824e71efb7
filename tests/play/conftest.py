"""A small finished game that the tests of this folder look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.ai.random_player import RandomPlayer
from game.ai.staff import StaffPlayer
from game.model.scenario import Scenario
from game.play.replay import replay_text
from game.play.session import Session
from game.scenario.load import load_scenario

MINI = Path(__file__).parents[1] / "fixtures" / "mini"
NAMES = ("staff", "random")


@pytest.fixture(scope="session")
def mini() -> Scenario:
    return load_scenario(MINI)


@pytest.fixture(scope="session")
def finished(mini: Scenario) -> Session:
    session = Session(mini, 1)
    session.play((StaffPlayer(), RandomPlayer()))
    return session


@pytest.fixture(scope="session")
def recorded(finished: Session) -> str:
    return replay_text(finished, NAMES)
