"""A game in play: the scenario, its state, and what is derived from them (who stands where, who sees what).

The derived part is kept up to date step by step; nothing is rebuilt for an order.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from game.core import dice
from game.model.events import Event, Factor, Value
from game.model.scenario import Scenario
from game.model.state import PRESENT, State
from game.model.units import Mobility
from game.rules.chain import Chain
from game.rules.costs import MarchCosts
from game.rules.kernels import spread
from game.rules.waterways import channels

# kinds of unit that do not hold ground: troops that enter their hex take them
SOFT = ("services", "air")
# kinds that exert no zone of control: they have no patrols and outposts of their own
QUIET = ("services", "air", "hq", "artillery", "antiaircraft", "engineer")
# kinds that take no room (stacking) beside fighting units
LIGHT = ("services", "air", "hq")


class World:
    """One running game. `state` changes only through `rules.engine`."""

    def __init__(self, scenario: Scenario, state: State, costs: MarchCosts | None = None) -> None:
        self.scenario = scenario
        self.state = state
        self.rules = scenario.rules
        self.map = scenario.map
        self.costs = costs or MarchCosts(scenario.map, scenario.rules)
        self.events: list[Event] = []
        self.days = scenario.calendar.days_per_turn
        self.neighbours = scenario.map.neighbours
        # the neighbour table as tuples: single look-ups in the rules are several times faster than in an array
        self.near: list[tuple[int, ...]] = [tuple(row) for row in self.neighbours.tolist()]
        self.terrain: list[int] = scenario.map.terrain.tolist()
        specs = scenario.units
        self.side = [u.side for u in specs]
        self.soft = [u.type in SOFT for u in specs]
        self.quiet = [u.type in QUIET for u in specs]
        self.light = [u.type in LIGHT for u in specs]
        self.mobility = [int(u.mobility) for u in specs]
        self.room = [rate * scenario.map.spacing_m // 1000 for rate in scenario.rules.stacking.men_per_km]
        self.watched_at = _watched(scenario)
        self.named_at = {h: tuple(p.id for p in found) for h, found in scenario.map.places_by_hex.items()}
        self.extra = np.zeros((2, scenario.map.size), np.int32)
        # (S, H) minutes from each side's supply over land it may use; -1 = none; made anew in each administration
        self.home = np.full((2, scenario.map.size), -1, np.int32)
        self.lines: list[Any] = [None, None]  # rules.supply.Lines of each side as last traced
        self.supply_base: npt.NDArray[np.int32] | None = None
        heads, sides = np.nonzero((scenario.map.rail > 0) & (scenario.map.neighbours >= 0))
        self.channels = channels(scenario)
        self.air_bases = {base.id: base for base in scenario.air}
        self.rail_sides = (heads, sides, scenario.map.neighbours[heads, sides])  # (R,) hex, direction, hex beyond
        self.rebuild()

    # -- derived ---------------------------------------------------------------------------------------------------
    def rebuild(self) -> None:
        """Derive everything anew from the state (at the start, after loading or undoing)."""
        self.regroup()
        size = self.map.size
        self.stacks: list[list[int]] = [[] for _ in range(size)]
        self.occupied = np.zeros((2, size), np.uint8)  # units of each side that block a hex
        self.control_zone = np.zeros((2, size), np.uint8)  # zones of control exerted by each side
        self.sighted = np.zeros((2, size), np.uint8)  # hexes that each side sees
        for u in range(len(self.side)):
            if self.state.status[u] == PRESENT:
                self._stand(u, self.state.hex[u])
        for side in (0, 1):
            self.look(side)
        self.refresh_interdiction()

    def regroup(self) -> None:
        """Work out the chain of command as of this turn's changes."""
        self.chain = Chain(self.scenario, self.state.turn)
        self.corps, self.army, self.led_by = self.chain.corps, self.chain.army, self.chain.led_by

    def refresh_interdiction(self) -> None:
        """Derive the march time lost to enemy aircraft, (S, H) minutes."""
        self.extra = self.state.interdicted.astype(np.int32) * self.rules.air.interdict_hours

    def _stand(self, unit: int, where: int) -> None:
        self.stacks[where].append(unit)
        if self.soft[unit]:
            return
        side = self.side[unit]
        self.occupied[side, where] += 1
        if not self.quiet[unit] and not self.state.routed[unit]:
            self._zone(unit, where, True)

    def _leave(self, unit: int, where: int) -> None:
        self.stacks[where].remove(unit)
        if self.soft[unit]:
            return
        side = self.side[unit]
        self.occupied[side, where] -= 1
        if not self.quiet[unit] and not self.state.routed[unit]:
            self._zone(unit, where, False)

    def _zone(self, unit: int, where: int, exert: bool) -> None:
        zone = self.control_zone[self.side[unit]]
        for n in self.near[where]:
            if n >= 0:
                # unsigned counts: subtract one rather than add minus one
                zone[n] = zone[n] + 1 if exert else zone[n] - 1

    def set_routed(self, unit: int, turns: int) -> None:
        """Put a unit in rout for so many turns, or end it with 0: troops in rout exert no zone of control."""
        before, self.state.routed[unit] = self.state.routed[unit], turns
        here = self.state.hex[unit]
        if bool(before) != bool(turns) and here >= 0 and self.state.status[unit] == PRESENT and not self.quiet[unit]:
            self._zone(unit, here, not turns)

    def place(self, unit: int, where: int) -> None:
        """Put a unit on the map or move it; -1 takes it off. Does not change control."""
        old = self.state.hex[unit]
        if old >= 0 and self.state.status[unit] == PRESENT:
            self._leave(unit, old)
        self.state.hex[unit] = where
        if where >= 0:
            self._stand(unit, where)
            spread(np.array([where], np.int32), self.rules.sight.hexes, self.neighbours, self.sighted[self.side[unit]])

    def look(self, side: int) -> None:
        """Derive anew what a side sees from where its units stand."""
        self.sighted[side] = 0
        seen = {self.state.hex[u] for u in range(len(self.side)) if self.side[u] == side and self.state.status[u] == PRESENT}
        if seen:
            spread(np.array(sorted(seen), np.int32), self.rules.sight.hexes, self.neighbours, self.sighted[side])

    # -- questions -------------------------------------------------------------------------------------------------
    def weather(self) -> tuple[int, int]:
        """Return today's weather in the north and the south."""
        return self.state.weather[0], self.state.weather[1]

    def cost_table(self, unit: int) -> npt.NDArray[np.int32]:
        """Return the (H, 6) march costs of a unit today."""
        prepared = self.state.turn <= self.scenario.units[unit].crossing_until
        return self.costs.table(self.mobility[unit], self.weather(), prepared)

    def own(self, where: int, side: int) -> list[int]:
        """Return the units of a side in a hex."""
        return [u for u in self.stacks[where] if self.side[u] == side]

    def hard(self, where: int, side: int) -> list[int]:
        """Return the units of a side in a hex that hold ground."""
        return [u for u in self.stacks[where] if self.side[u] == side and not self.soft[u]]

    def crowd(self, where: int) -> int:
        """Return the men in a hex that count for stacking [men]."""
        men = self.state.men
        return sum(men[u] for u in self.stacks[where] if not self.light[u])

    def fits(self, unit: int, where: int) -> bool:
        """Return whether a unit may end its march in a hex under the stacking rule."""
        if self.light[unit] or unit in self.stacks[where]:
            return True
        return self.crowd(where) + self.state.men[unit] <= self.room[self.terrain[where]]

    def known_enemy(self, side: int) -> npt.NDArray[np.uint8]:
        """Return (H,) non-zero where a side knows of enemies that block the way."""
        known: npt.NDArray[np.uint8] = self.occupied[1 - side] * self.sighted[side]
        return known

    def known_zone(self, side: int) -> npt.NDArray[np.uint8]:
        """Return (H,) non-zero in the enemy zones of control that a side sees."""
        zone: npt.NDArray[np.uint8] = self.control_zone[1 - side] * self.sighted[side]
        return zone

    def throw(self, *key: int | str) -> int:
        """Return a throw 0..999 keyed by seed, turn, side and what is decided."""
        return dice.permille(self.state.seed, self.state.turn, self.state.side, *key)

    def bell(self, *key: int | str) -> int:
        """Return a normal deviate x 1000, keyed in the same way."""
        return dice.bell(dice.throw(self.state.seed, self.state.turn, self.state.side, *key))

    def present(self, side: int) -> list[int]:
        """Return the units of a side on the map, in order."""
        status = self.state.status
        return [u for u in range(len(self.side)) if self.side[u] == side and status[u] == PRESENT]

    def is_moving_kind(self, unit: int) -> bool:
        """Return whether a unit can march at all."""
        return self.mobility[unit] != Mobility.STATIC

    def set_morale(self, unit: int, value: int, why: str) -> None:
        """Change a unit's morale [permille], kept within 0..1000, and tell why."""
        old, new = self.state.morale[unit], max(0, min(1000, value))
        if new != old:
            self.state.morale[unit] = new
            self.tell("morale", {"unit": unit, "was": old, "now": new, "why": why}, side=self.side[unit])

    # -- reporting -------------------------------------------------------------------------------------------------
    def tell(self, kind: str, data: dict[str, Value], factors: tuple[Factor, ...] = (), side: int | None = None) -> Event:
        """Record an event."""
        event = Event(self.state.turn, self.state.side if side is None else side, kind, data, factors)
        self.events.append(event)
        return event


def _watched(scenario: Scenario) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    places = scenario.map.place_by_id
    for pid in scenario.watched:
        where = places[pid].hex
        if where >= 0:
            found.setdefault(where, []).append(pid)
    return {h: tuple(ids) for h, ids in found.items()}
