"""The game as a PettingZoo AEC environment: two agents, "japan" and "china", who take turns giving orders one by one.

An action is a number (see `actions`); the observation holds `units`, `hexes`, `calendar` and the `action_mask`. The reward of a
phase is what it changed in the net points, in hundredths, for Japan as it is and for China with the other sign; over a game the
rewards of a side add up to the final net points / 100. A side that has given as many orders as a phase may have can only end it.
"""

from __future__ import annotations

from typing import Any

import gymnasium
import numpy as np
from pettingzoo import AECEnv

from game.lab.env import actions, observe
from game.model.units import SIDES
from game.play.session import Session
from game.play.view import SideView
from game.rules import victory
from game.scenario.load import load_scenario

MOST_ORDERS = 6  # orders of a phase for each unit of the scenario, at most
CALENDAR = ("turn", "north", "south", "air", "orders_left")


class IchigoEnv(AECEnv):  # type: ignore[misc]
    """One scenario as an environment.

    Args:
        scenario: id, folder or scenario.yaml.
        overrides: values of the rules by dotted path.
        render_mode: None, or "ansi" for a line of text.
    """

    metadata = {"name": "ichigo_v0", "render_modes": ["ansi"], "is_parallelizable": False}  # noqa: RUF012

    def __init__(
        self, scenario: str = "first_steps", overrides: dict[str, int] | None = None, render_mode: str | None = None
    ) -> None:
        super().__init__()
        self.scenario = load_scenario(scenario, overrides)
        self.render_mode = render_mode
        self.possible_agents = list(SIDES)
        self._size = actions.count_actions(len(self.scenario.units))
        self._spaces = {a: self._observation_space() for a in SIDES}
        self._actions = {a: gymnasium.spaces.Discrete(self._size) for a in SIDES}
        self._random = np.random.default_rng(0)
        self.session: Session
        self._given = 0
        self._net = 0

    def _observation_space(self) -> Any:
        box, m = gymnasium.spaces.Box, self.scenario.map
        return gymnasium.spaces.Dict({
            "observation": gymnasium.spaces.Dict({
                "units": box(0, 1, (len(self.scenario.units), len(observe.UNIT)), np.float32),
                "hexes": box(0, 1, (len(observe.HEX), m.rows, m.cols), np.float32),
                "calendar": box(0, 1, (len(CALENDAR),), np.float32),
            }),
            "action_mask": box(0, 1, (self._size,), np.int8),
        })  # fmt: skip

    def observation_space(self, agent: str) -> Any:
        """Return the space of an agent's observations."""
        return self._spaces[agent]

    def action_space(self, agent: str) -> Any:
        """Return the space of an agent's actions."""
        return self._actions[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Begin a game; the seed fixes all chance. Without one the next game of a fixed row of seeds is played."""
        if seed is not None:
            self._random = np.random.default_rng(seed)
        self.session = Session(self.scenario, int(self._random.integers(0, 2**31)))
        self.agents = list(SIDES)
        self.rewards = dict.fromkeys(SIDES, 0.0)
        self._cumulative_rewards = dict.fromkeys(SIDES, 0.0)
        self.terminations = dict.fromkeys(SIDES, False)
        self.truncations = dict.fromkeys(SIDES, False)
        self.infos: dict[str, dict[str, Any]] = {a: {} for a in SIDES}
        self._given = 0
        self._net = 0
        self.agent_selection = SIDES[self.session.world.state.side]

    def view(self, agent: str) -> SideView:
        """Return what an agent's side sees."""
        return self.session.view(SIDES.index(agent))

    def observe(self, agent: str) -> dict[str, Any]:
        """Return an agent's observation; the mask is empty while the other side moves."""
        view, state = self.view(agent), self.session.world.state
        calendar = np.array(
            [
                min(1.0, state.turn / self.scenario.calendar.turns), state.weather[0] / 3, state.weather[1] / 3,
                min(1.0, view.air / 1000), 1 - min(1.0, self._given / self._most),
            ],
            np.float32,
        )  # fmt: skip
        return {
            "observation": {"units": observe.units_of(view), "hexes": observe.hexes_of(view), "calendar": calendar},
            "action_mask": self.mask(agent),
        }

    @property
    def _most(self) -> int:
        return MOST_ORDERS * len(self.scenario.units)

    def mask(self, agent: str) -> Any:
        """Return (A,) 1 where an action of an agent is legal now."""
        if agent != self.agent_selection or self.session.over:
            return np.zeros(self._size, np.int8)
        if self._given >= self._most:
            only_end = np.zeros(self._size, np.int8)
            only_end[0] = 1
            return only_end
        return actions.mask_of(self.view(agent))

    def step(self, action: int | None) -> None:
        """Carry out an action of the agent whose turn it is.

        Raises:
            IllegalOrder: the action is not legal now.
        """
        agent = self.agent_selection
        if self.terminations[agent] or self.truncations[agent]:
            self._was_dead_step(action)
            return
        self._cumulative_rewards[agent] = 0.0
        self._clear_rewards()
        self.session.order(actions.order_of(self.view(agent), 0 if action is None else int(action)))
        self._given += 1
        if action == 0:
            self._end_phase()
        self._accumulate_rewards()

    def _end_phase(self) -> None:
        """Give the rewards of the phase and let the other side move."""
        net = victory.net(self.session.world)
        gain, self._net, self._given = (net - self._net) / 100, net, 0
        self.rewards = dict(zip(SIDES, (gain, -gain), strict=True))
        if self.session.over:
            self.terminations = dict.fromkeys(SIDES, True)
        self.agent_selection = SIDES[self.session.world.state.side]

    def render(self) -> str | None:
        """Return a line of text in the mode "ansi"."""
        if self.render_mode is None:
            return None
        turn, turns = self.session.world.state.turn, self.scenario.calendar.turns
        return f"{self.scenario.id}, turn {turn} of {turns}, {self.agent_selection} to move, net {self._net}"

    def close(self) -> None:
        """Nothing is open."""


def env(scenario: str = "first_steps", **settings: Any) -> Any:
    """Return the environment in PettingZoo's usual wrappers: order of calls, and bounds of actions, are checked."""
    from pettingzoo.utils import wrappers

    return wrappers.OrderEnforcingWrapper(wrappers.AssertOutOfBoundsWrapper(IchigoEnv(scenario, **settings)))
