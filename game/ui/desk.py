"""A person's desk: what is selected, where it can go, the orders given, and taking a march back.

A march can be taken back until dice have been thrown or it has shown an enemy who was not seen before.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from game.model.events import Event
from game.model.orders import LEGAL, Attack, End, Move, Order, Stance, Verdict
from game.model.scenario import Scenario
from game.model.state import State
from game.play.replay import read_replay, resume, write_replay
from game.play.session import Session
from game.play.view import SideView
from game.rules import engine
from game.rules.world import World

PERSON = "person"


@dataclass(frozen=True, eq=False)
class Before:
    """The game before a march: enough to take it back."""

    state: State
    sighted: npt.NDArray[np.uint8]
    events: int
    unit: int


class Desk:
    """One game with the persons at it. players: PERSON or the name of a computer player, Japan first."""

    def __init__(self, session: Session, players: tuple[str, str]) -> None:
        self.session = session
        self.players = players
        self.selected = -1
        self._past: list[Before] = []
        self._reach: tuple[int, npt.NDArray[np.int32], npt.NDArray[np.int8]] | None = None

    @property
    def world(self) -> World:
        """Return the game's world."""
        return self.session.world

    @property
    def scenario(self) -> Scenario:
        """Return the scenario."""
        return self.session.scenario

    @property
    def side(self) -> int:
        """Return the side to move."""
        return self.world.state.side

    @property
    def persons_turn(self) -> bool:
        """Return whether a person may give orders now."""
        return not self.session.over and self.players[self.side] == PERSON

    @property
    def view(self) -> SideView:
        """Return the sight of the side to move."""
        return self.session.view(self.side)

    # -- selecting -------------------------------------------------------------------------------------------------
    def select(self, unit: int) -> None:
        """Select an own unit on the map, or nothing (-1)."""
        if unit >= 0 and (self.world.side[unit] != self.side or self.world.state.hex[unit] < 0):
            unit = -1
        self.selected, self._reach = unit, None

    def cycle(self, where: int) -> None:
        """Select the next own unit of a hex's stack."""
        stack = self.view.stack(where)
        if stack:
            at = stack.index(self.selected) + 1 if self.selected in stack else 0
            self.select(stack[at % len(stack)])

    def idle(self) -> list[int]:
        """Return the own units that could still march: hours left, not yet used, free to go."""
        view, state = self.view, self.world.state
        return [
            u for u in view.units()
            if view.can_march(u) and state.minutes[u] >= 60 and not state.moved[u] and not view.held(u) and not view.soft(u)
        ]  # fmt: skip

    def unsupplied(self) -> list[int]:
        """Return the own units that less than half of their needs reach."""
        state = self.world.state
        return [u for u in self.view.units() if state.supply[u] < 500]

    def step(self, by: int) -> int:
        """Select the next (1) or previous (-1) unit with something to do; return it, -1 = none."""
        found = self.idle()
        if not found:
            return -1
        if self.selected in found:
            unit = found[(found.index(self.selected) + by) % len(found)]
        else:
            later = [u for u in found if u > self.selected]
            unit = (later[0] if later else found[0]) if by > 0 else ([u for u in found if u < self.selected] or found)[-1]
        self.select(unit)
        return unit

    # -- marching --------------------------------------------------------------------------------------------------
    def reach(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]] | None:
        """Return (H,) minutes and (H,) directions of everything the selected unit can march to; None = it cannot march."""
        unit = self.selected
        if unit < 0 or not self.persons_turn or not self.view.can_march(unit) or self.view.held(unit):
            return None
        if self._reach is None or self._reach[0] != unit:
            minutes, came = self.view.reach(unit)
            self._reach = (unit, minutes, came)
        return self._reach[1], self._reach[2]

    def path_to(self, where: int) -> tuple[int, ...]:
        """Return the selected unit's path to a hex, empty when it cannot get there."""
        found = self.reach()
        if found is None or found[0][where] < 0 or where == self.world.state.hex[self.selected]:
            return ()
        return self.view.path(self.selected, where, found[1])

    def march(self, where: int) -> tuple[Verdict, list[Event]]:
        """March the selected unit to a hex; return the verdict and what happened."""
        path = self.path_to(where)
        if not path:
            return self._why_not(where), []
        order = Move(self.selected, path)
        verdict = engine.check(self.world, order)
        if not verdict.ok:
            return verdict, []
        before = Before(self.world.state.copy(), self.world.sighted.copy(), len(self.world.events), self.selected)
        seen = self._seen()
        events = self.give(order)
        if self._seen() <= seen and not any(e.data.get("stopped") for e in events if e.kind == "move"):
            self._past.append(before)
        return LEGAL, events

    def _why_not(self, where: int) -> Verdict:
        if self.selected < 0 or not self.persons_turn:
            return Verdict("nothing-selected")
        if self.view.held(self.selected):
            return Verdict("held")
        return Verdict("out-of-reach")

    def _seen(self) -> set[int]:
        return {u for c in self.view.contacts() for u in c.units}

    def give(self, order: Order) -> list[Event]:
        """Carry out an order of the side to move; marches before it can no longer be taken back. Raises IllegalOrder."""
        if not isinstance(order, (Move, Stance)):
            self._past.clear()
        events = self.session.order(order)
        self._reach = None
        self.select(self.selected)
        return events

    def attackers(self, target: int) -> list[int]:
        """Return the own units next to a hex that may attack it in some way."""
        near = [n for n in self.world.near[target] if n >= 0]
        units = [u for n in near for u in self.view.stack(n)]
        return [u for u in units if any(engine.check(self.world, Attack(target, (u,), m)).ok for m in (0, 1))]

    @property
    def can_undo(self) -> bool:
        """Return whether a march can be taken back."""
        return bool(self._past)

    def undo(self) -> int:
        """Take the last march back; return its unit, -1 = there was none."""
        if not self._past:
            return -1
        before = self._past.pop()
        world, orders = self.world, self.session.phases[-1].orders
        world.state = before.state
        world.rebuild()
        world.sighted[:] = before.sighted
        del world.events[before.events :]
        while not isinstance(orders.pop(), Move):
            pass
        self.select(before.unit)
        return before.unit

    def end_turn(self) -> list[Event]:
        """End the phase of the side to move."""
        self.select(-1)
        return self.give(End())

    # -- keeping ---------------------------------------------------------------------------------------------------
    def save(self, path: Path) -> None:
        """Write the game to a file; a save is a replay that may end in the middle of a turn."""
        path.parent.mkdir(parents=True, exist_ok=True)
        write_replay(self.session, self.players, path)


def load_desk(path: Path) -> Desk:
    """Return the game of a saved file; raises DataError or ReplayError when it cannot be used."""
    from game.ai.registry import player_names
    from game.scenario.load import load_scenario

    replay = read_replay(path)
    session = resume(replay, load_scenario(replay.scenario))
    known = (PERSON, *player_names())
    players = tuple(p if p in known else "staff" for p in replay.players)
    return Desk(session, (players[0], players[1]))


def save_folder() -> Path:
    """Return where saved games are kept."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("ichigo-1944", appauthor=False)) / "saves"
