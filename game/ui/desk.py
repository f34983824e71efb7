"""A person's desk: what is selected, where it can go, the orders given, and taking them back.

Marches, train journeys and stances can be taken back until dice have been thrown or an enemy has come into sight who was not
seen before. Several units that are ordered together are taken back together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from game.model.events import Event
from game.model.orders import LEGAL, Attack, End, Move, Order, Stance, Verdict
from game.model.scenario import Scenario
from game.model.state import State
from game.play.replay import read_replay, write_replay
from game.play.rerun import resume, scenario_of
from game.play.session import Session
from game.play.view import SideView
from game.rules import engine
from game.rules.itinerary import Itinerary
from game.rules.world import World

PERSON = "person"


NEAR = 4  # how far the other units of a formation may stand to be selected with one of them [hexes]


@dataclass(frozen=True, eq=False)
class Before:
    """The game before an order: enough to take it back."""

    state: State
    sighted: npt.NDArray[np.uint8]
    events: int
    orders: int  # how many the phase had
    units: tuple[int, ...]


@dataclass(frozen=True)
class Marched:
    """What has come of an order to march: of how many units, the first refusal, and whether an enemy was met."""

    verdict: Verdict  # LEGAL, or why the first unit that stayed did not march
    done: tuple[int, ...] = ()
    events: tuple[Event, ...] = ()
    contact: bool = False  # somebody came into sight or stopped the march: those after him were not sent


class Desk:
    """One game with the persons at it. players: PERSON or the name of a computer player, Japan first."""

    def __init__(self, session: Session, players: tuple[str, str]) -> None:
        self.session = session
        self.players = players
        self.selection: list[int] = []  # the first leads: reach, path and panels are his
        self.train = False  # orders to march are for the railway
        self.staying: set[int] = set()  # units that shall stay where they are this turn
        self._past: list[Before] = []
        self._reach: tuple[int, npt.NDArray[np.int32], npt.NDArray[np.int8]] | None = None
        self._plans: dict[tuple[int, int], Itinerary] = {}  # marches that have been asked for since the last order

    @property
    def selected(self) -> int:
        """Return the unit that leads the selection, -1 = nothing is selected."""
        return self.selection[0] if self.selection else -1

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
        """Select one own unit on the map, or nothing (-1)."""
        self.select_all([unit] if unit >= 0 else [])

    def select_all(self, units: Iterable[int]) -> None:
        """Select several own units on the map; the first leads."""
        found = [u for u in dict.fromkeys(units) if self.mine(u)]
        if self.selected not in found:
            self.train = False
        self.selection = found
        self._reach = None

    def add(self, unit: int) -> None:
        """Add a unit to the selection, or take it out when it is in."""
        if unit in self.selection:
            self.select_all([u for u in self.selection if u != unit])
        else:
            self.select_all([*self.selection, unit])

    def mine(self, unit: int) -> bool:
        """Return whether a unit belongs to the side to move and stands on the map."""
        return unit >= 0 and self.world.side[unit] == self.side and self.world.state.hex[unit] >= 0

    def select_formation(self, unit: int, everywhere: bool = False) -> None:
        """Select a unit and the others of its formation, those near it or all of them."""
        if not self.mine(unit):
            return
        state, map_, units = self.world.state, self.world.map, self.scenario.units
        here, parent = state.hex[unit], units[unit].parent
        kin = [u for u in self.view.units() if units[u].parent == parent and u != unit]
        self.select_all([unit, *(u for u in kin if everywhere or map_.distance(here, state.hex[u]) <= NEAR)])

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
            and u not in self.staying
        ]  # fmt: skip

    def stay(self) -> None:
        """Let the selected units stay where they are this turn, where they dig in; `step` passes them over. Again: no more."""
        chosen = set(self.selection)
        self.staying = self.staying - chosen if chosen <= self.staying else self.staying | chosen

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
        """Return (H,) minutes and (H,) directions of everything the leading unit can march (or go by train) to; None = nothing."""
        unit = self.selected
        if unit < 0 or not self.persons_turn or not self.view.can_march(unit) or self.view.held(unit):
            return None
        if self._reach is None or self._reach[0] != unit:
            minutes, came = self._reach_of(unit)
            self._reach = (unit, minutes, came)
        return self._reach[1], self._reach[2]

    def _reach_of(self, unit: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]]:
        return self.view.rail_reach(unit) if self.train else self.view.reach(unit)

    def path_to(self, where: int) -> tuple[int, ...]:
        """Return the leading unit's path to a hex, empty when it cannot get there."""
        found = self.reach()
        if found is None or found[0][where] < 0 or where == self.world.state.hex[self.selected]:
            return ()
        return self.view.path(self.selected, where, found[1])

    def itinerary(self, where: int, unit: int = -1) -> Itinerary:
        """Return a unit's (-1 = the leading unit's) march to a hex with all its costs, and what the rules say of it."""
        unit = unit if unit >= 0 else self.selected
        key = (unit, where)
        if key not in self._plans:
            if len(self._plans) > 200:
                self._plans.clear()
            self._plans[key] = self.view.plan_march(unit, where)
        return self._plans[key]

    def set_train(self, on: bool) -> None:
        """Order journeys by train (True) or marches."""
        self.train, self._reach = on, None

    def march(self, where: int) -> tuple[Verdict, list[Event]]:
        """Send the selected units to a hex; return the verdict and what happened."""
        found = self.march_all(where)
        return (LEGAL if found.done else found.verdict), list(found.events)

    def march_all(self, where: int) -> Marched:
        """Send the selected units to a hex one after another, each on its own way, until one of them meets an enemy."""
        if not self.selection or not self.persons_turn:
            return Marched(Verdict("nothing-selected"))
        before, seen = self._before(tuple(self.selection)), self._seen()
        verdict, done, contact = LEGAL, [], False
        events: list[Event] = []
        for unit in self.selection:
            if self.world.state.hex[unit] == where and len(self.selection) > 1:
                continue
            order, answer = self._order_to(unit, where)
            if order is None:
                verdict = verdict if not verdict.ok else answer
                continue
            events += self.session.order(order)
            done.append(unit)
            contact = not self._seen() <= seen or any(e.data.get("stopped") for e in events if e.kind == "move")
            if contact:
                break
        if done:
            self._after(before, revealed=contact)
        return Marched(verdict, tuple(done), tuple(events), contact)

    def _order_to(self, unit: int, where: int) -> tuple[Move | None, Verdict]:
        """Return the order that brings a unit to a hex, or why there is none."""
        if self.view.held(unit):
            return None, Verdict("held")
        if not self.view.can_march(unit):
            return None, Verdict("static")
        minutes, came = self._reach_of(unit)
        path = self.view.path(unit, where, came) if minutes[where] >= 0 else ()
        if len(path) < 2:
            return None, self.why_not(unit, where)
        order = Move(unit, path, rail=self.train)
        verdict = engine.check(self.world, order)
        return (order if verdict.ok else None), verdict

    def why_not(self, unit: int, where: int) -> Verdict:
        """Return why a unit cannot get to a hex."""
        if self.world.state.hex[unit] == where:
            return Verdict("there-already")
        return self.view.plan_train(unit, where) if self.train else self.view.plan_march(unit, where).verdict

    def _seen(self) -> set[int]:
        return {u for c in self.view.contacts() for u in c.units}

    # -- orders that can be taken back -----------------------------------------------------------------------------
    def _before(self, units: tuple[int, ...]) -> Before:
        world = self.world
        return Before(world.state.copy(), world.sighted.copy(), len(world.events), len(self.session.phases[-1].orders), units)

    def _after(self, before: Before, revealed: bool) -> None:
        """Note an order that has been carried out; what came before one that cannot be taken back cannot be either."""
        if revealed:
            self._past.clear()
        else:
            self._past.append(before)
        self._plans.clear()
        self.select_all(self.selection)

    def give(self, order: Order) -> list[Event]:
        """Carry out an order of the side to move; attacks and aircraft end the taking back. Raises IllegalOrder."""
        units = (order.unit,) if isinstance(order, (Move, Stance)) else ()
        before, seen = self._before(units), self._seen()
        events = self.session.order(order)
        stopped = any(e.data.get("stopped") for e in events if e.kind == "move")
        self._after(before, revealed=not units or stopped or not self._seen() <= seen)
        return events

    def give_stance(self, stance: int) -> int:
        """Give the selected units a stance; return how many took it on."""
        units = [u for u in self.selection if self.persons_turn and self.world.state.stance[u] != stance]
        if units:
            before = self._before(tuple(units))
            for unit in units:
                self.session.order(Stance(unit, stance))
            self._after(before, revealed=False)
        return len(units)

    def attackers(self, target: int) -> list[int]:
        """Return the own units next to a hex that may attack it in some way."""
        near = [n for n in self.world.near[target] if n >= 0]
        units = [u for n in near for u in self.view.stack(n)]
        return [u for u in units if any(engine.check(self.world, Attack(target, (u,), m)).ok for m in (0, 1))]

    @property
    def can_undo(self) -> bool:
        """Return whether an order can be taken back."""
        return bool(self._past)

    def undo(self) -> int:
        """Take the last order back; return its (first) unit, -1 = there was none."""
        if not self._past:
            return -1
        before = self._past.pop()
        world = self.world
        world.state = before.state
        world.rebuild()
        world.sighted[:] = before.sighted
        del world.events[before.events :]
        del self.session.phases[-1].orders[before.orders :]
        self._plans.clear()
        self.select_all(before.units)
        return before.units[0]

    def end_turn(self) -> list[Event]:
        """End the phase of the side to move."""
        self.select(-1)
        self.staying.clear()
        self._past.clear()
        return self.give(End())

    # -- keeping ---------------------------------------------------------------------------------------------------
    def save(self, path: Path) -> None:
        """Write the game to a file; a save is a replay that may end in the middle of a turn."""
        path.parent.mkdir(parents=True, exist_ok=True)
        write_replay(self.session, self.players, path)

    @property
    def progress(self) -> tuple[int, tuple[Order, ...]]:
        """Return how far the game is: phases and the orders of the last. Two saves with the same progress are the same."""
        return len(self.session.phases), tuple(self.session.phases[-1].orders)


def load_desk(path: Path) -> Desk:
    """Return the game of a saved file; raises DataError or ReplayError when it cannot be used."""
    from game.ai.registry import player_names

    replay = read_replay(path)
    session = resume(replay, scenario_of(replay))
    known = (PERSON, *player_names())
    players = tuple(p if p in known else "staff" for p in replay.players)
    return Desk(session, (players[0], players[1]))


def save_folder() -> Path:
    """Return where saved games are kept."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("ichigo-1944", appauthor=False)) / "saves"
