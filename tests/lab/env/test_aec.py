"""The PettingZoo environment against PettingZoo's own tests, and against the game."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.lab.conftest import MINI

pytestmark = pytest.mark.needs("pettingzoo", "gymnasium")


def make(scenario: str = MINI, **settings: Any) -> Any:
    """Return the environment in its wrappers."""
    from game.lab.env.aec import env

    return env(scenario, **settings)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("scenario", "cycles"), [("first_steps", 60), ("henan", 30)])
def test_pettingzoo_api(scenario: str, cycles: int) -> None:
    """The public contract."""
    from pettingzoo.test import api_test

    api_test(make(scenario), num_cycles=cycles)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("scenario", "cycles"), [("first_steps", 60), ("henan", 20)])
def test_pettingzoo_seeds(scenario: str, cycles: int) -> None:
    """The same seed, the same game."""
    from pettingzoo.test import seed_test

    seed_test(lambda: make(scenario), num_cycles=cycles)


def rollout(game: Any, seed: int, ending: float) -> tuple[dict[str, float], int]:
    """Play random legal actions to the end; return what each side was given in all, and the steps."""
    rng, given, steps = np.random.default_rng(seed), {"japan": 0.0, "china": 0.0}, 0
    game.reset(seed=seed)
    for agent in game.agent_iter():
        seen, reward, over, cut, _ = game.last()
        given[agent] += reward
        if over or cut:
            game.step(None)
            continue
        legal = np.flatnonzero(seen["action_mask"])
        assert legal[0] == 0
        game.step(0 if rng.random() < ending else int(rng.choice(legal)))
        steps += 1
    return given, steps


@pytest.mark.parametrize(("scenario", "ending"), [(MINI, 0.1), ("first_steps", 0.05), ("henan", 0.2)])
def test_a_random_rollout_ends_and_rewards_add_up(scenario: str, ending: float) -> None:
    """Rewards are the final net points in hundredths, with opposite signs."""
    from game.rules import victory

    game = make(scenario)
    given, steps = rollout(game, 4, ending)
    net = victory.net(game.unwrapped.session.world)
    assert game.unwrapped.session.over and steps > 10
    assert given["japan"] == pytest.approx(net / 100) and given["china"] == pytest.approx(-net / 100)


def test_a_phase_cannot_last_for_ever() -> None:
    """An agent that never ends its phase is stopped by the mask."""
    game = make()
    rollout(game, 2, 0.0)
    assert game.unwrapped.session.over


def test_an_illegal_action_is_refused() -> None:
    """The mask means what it says, and a refused action changes nothing."""
    from game.core.errors import IllegalOrder

    game = make()
    game.reset(seed=1)
    mask = game.observe(game.agent_selection)["action_mask"]
    before = game.unwrapped.session.digest()
    with pytest.raises(IllegalOrder):
        game.step(int(np.flatnonzero(mask == 0)[0]))
    assert game.unwrapped.session.digest() == before
    other = next(a for a in game.possible_agents if a != game.agent_selection)
    assert not game.observe(other)["action_mask"].any()


def test_observations_lie_in_their_space() -> None:
    """Shapes, types and bounds."""
    game = make(render_mode="ansi")
    game.reset(seed=1)
    for agent in game.possible_agents:
        assert game.observation_space(agent).contains(game.observe(agent))
    assert "turn 1" in game.render()
