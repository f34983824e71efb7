"""What a side sees: its own troops in full, the enemy only where its own troops or aircraft look. Fog of war lives here.

Computer players get nothing else; a person's window draws from the same view.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from game.core import dice
from game.core.errors import IllegalOrder, Problem
from game.model.orders import Attack, Order, Verdict
from game.model.scenario import Scenario
from game.model.state import PRESENT, State
from game.play.forecast import SAMPLES, Forecaster, chance_with_luck
from game.rules import combat, costs, engine, itinerary, kernels, movement, power
from game.rules.world import World


@dataclass(frozen=True, slots=True)
class Contact:
    """Enemies seen in a hex: which counters, and roughly how many men."""

    hex: int
    units: tuple[int, ...]
    men: int  # to the nearest estimate step [men]
    entrench: int  # deepest works seen [1/1000 level]


def known_fort(world: World, side: int) -> npt.NDArray[np.int32]:
    """Return (H,) prepared defences [permille]: what a side neither holds nor sees it thinks as it was at the beginning."""
    first = np.zeros_like(world.state.fort)
    for fort in world.scenario.forts:
        if fort.hex >= 0:
            first[fort.hex] = max(int(first[fort.hex]), fort.level)
    known = (world.sighted[side] > 0) | (world.state.control == side)
    return np.where(known, world.state.fort, first)


class SideView:
    """One side's sight of a running game. Asking about what the side cannot know raises IllegalOrder (fog)."""

    def __init__(self, world: World, side: int) -> None:
        self._world = world
        self.side = side
        self.scenario: Scenario = world.scenario
        self.map = world.map
        self.rules = world.rules
        self.days = world.days
        self.near = world.near
        self.terrain = world.terrain
        self.neighbours = world.neighbours

    # -- the calendar and the land, known to all -------------------------------------------------------------------
    @property
    def turn(self) -> int:
        """Return the turn, from 1."""
        return self._world.state.turn

    @property
    def control(self) -> npt.NDArray[np.uint8]:
        """Return (H,) who holds each hex, as the maps of both staffs show it."""
        return self._world.state.control

    @property
    def weather(self) -> tuple[int, int]:
        """Return the weather in the north and in the south."""
        return self._world.weather()

    @property
    def air(self) -> int:
        """Return the side's air points that are left."""
        return self._world.state.air[self.side]

    @property
    def gas(self) -> bool:
        """Return whether the side has a documented use of gas left that it may spend now."""
        return combat.gas_left(self._world) >= 0

    @property
    def fort(self) -> npt.NDArray[np.int32]:
        """Return (H,) prepared defences, as far as the side knows how they stand [permille]; see `known_fort`."""
        return known_fort(self._world, self.side)

    # -- own troops ------------------------------------------------------------------------------------------------
    def units(self) -> list[int]:
        """Return the side's units on the map, in the order of the order of battle."""
        return self._world.present(self.side)

    def own(self, unit: int) -> State:
        """Return the state whose columns may be read for this own unit; raises on an enemy's."""
        if self._world.side[unit] != self.side:
            raise IllegalOrder([Problem("fog", "that unit is not yours")])
        return self._world.state

    def present(self, unit: int) -> bool:
        """Return whether an own unit is on the map."""
        return self.own(unit).status[unit] == PRESENT

    def hex(self, unit: int) -> int:
        """Return where an own unit stands."""
        return self.own(unit).hex[unit]

    def men(self, unit: int) -> int:
        """Return the men of an own unit."""
        return self.own(unit).men[unit]

    def minutes(self, unit: int) -> int:
        """Return the march time that an own unit has left [min]."""
        return self.own(unit).minutes[unit]

    def readiness(self, unit: int) -> int:
        """Return the readiness of an own unit [permille]."""
        self.own(unit)
        return power.readiness(self._world, unit)

    def power(self, unit: int) -> int:
        """Return the fighting power of an own unit on open ground [riflemen]."""
        self.own(unit)
        return power.power(self._world, unit, self._world.state.hex[unit])

    def held(self, unit: int) -> bool:
        """Return whether an own unit still has orders to stay."""
        self.own(unit)
        return movement.is_held(self._world, unit)

    def can_march(self, unit: int) -> bool:
        """Return whether an own unit is of a kind that marches."""
        return self._world.is_moving_kind(unit)

    def soft(self, unit: int) -> bool:
        """Return whether a unit cannot hold ground (services, air)."""
        return self._world.soft[unit]

    def stack(self, where: int) -> list[int]:
        """Return the own units in a hex."""
        return self._world.own(where, self.side)

    def fits(self, unit: int, where: int) -> bool:
        """Return whether an own unit finds room in a hex, as far as the side sees."""
        self.own(unit)
        return self._world.fits(unit, where)

    def cost_table(self, unit: int) -> npt.NDArray[np.int32]:
        """Return (H, 6) march minutes of an own unit in today's weather."""
        return self._world.cost_table(unit)

    def reach(self, unit: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]]:
        """Return (H,) minutes (-1 = out of reach) and (H,) directions of everything an own unit can march to now."""
        self.own(unit)
        return movement.reach(self._world, unit)

    def path(self, unit: int, goal: int, came: npt.NDArray[np.int8]) -> tuple[int, ...]:
        """Return the path to a goal; came: (H,) directions from `reach` or `rail_reach`. Empty when there is none."""
        return kernels.way_back(self.hex(unit), goal, came, self.neighbours)

    def rail_reach(self, unit: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]]:
        """Return (H,) minutes (-1 = out of reach) and (H,) directions of everything an own unit can go to by train now."""
        self.own(unit)
        return itinerary.rail_reach(self._world, unit)

    def plan_march(self, unit: int, goal: int) -> itinerary.Itinerary:
        """Return an own unit's quickest march to a hex, step by step with its factors, and what the rules say of it."""
        self.own(unit)
        return itinerary.plan_march(self._world, unit, goal)

    def plan_train(self, unit: int, goal: int) -> Verdict:
        """Say whether a train can take an own unit to a hex."""
        self.own(unit)
        return itinerary.plan_train(self._world, unit, goal)

    @property
    def led_by(self) -> dict[int, tuple[int, ...]]:
        """Return the units that each headquarters unit leads (both sides' orders of battle are known)."""
        return self._world.led_by

    def distances(self, goal: int, mobility: int, limit: int, prepared: bool) -> npt.NDArray[np.int32]:
        """Return (H,) march minutes from every hex to a goal in clear weather, enemies left out; -1 = no way."""
        table = self._world.costs.table(mobility, (0, 0), prepared)
        nothing = np.zeros(self.map.size, np.uint8)
        seeds = np.array([goal], np.int32)
        return kernels.field(seeds, np.zeros(1, np.int32), table, self.neighbours, nothing, limit, costs.BAR)[0]

    def influence(self, hexes: list[int], values: list[int], radius: int) -> npt.NDArray[np.int32]:
        """Return (H,) the values spread over the map, halved with every hex of distance up to a radius."""
        out = np.zeros(self.map.size, np.int32)
        if hexes:
            kernels.influence(np.array(hexes, np.int32), np.array(values, np.int32), radius, self.neighbours, out)
        return out

    def supply_minutes(self) -> npt.NDArray[np.int32]:
        """Return (H,) length of the side's line of communication to each hex as last traced [min]; -1 = none."""
        minutes: npt.NDArray[np.int32] = self._world.home[self.side]
        return minutes

    # -- the enemy as far as seen ----------------------------------------------------------------------------------
    @property
    def sighted(self) -> npt.NDArray[np.uint8]:
        """Return (H,) 1 where the side looks."""
        mask: npt.NDArray[np.uint8] = self._world.sighted[self.side]
        return mask

    @property
    def enemy_zone(self) -> npt.NDArray[np.uint8]:
        """Return (H,) non-zero in enemy zones of control, where they can be known: hexes that the side sees."""
        zone: npt.NDArray[np.uint8] = self._world.control_zone[1 - self.side] * self._world.sighted[self.side]
        return zone

    def contacts(self) -> list[Contact]:
        """Return the enemies that are seen now, by hex number."""
        world, foe = self._world, 1 - self.side
        seen = np.flatnonzero((world.occupied[foe] > 0) & (world.sighted[self.side] > 0))
        return [self._contact(int(where)) for where in seen]

    def contact(self, where: int) -> Contact | None:
        """Return the enemies seen in a hex, or None."""
        world = self._world
        if not world.occupied[1 - self.side, where] or not world.sighted[self.side, where]:
            return None
        return self._contact(where)

    def _contact(self, where: int) -> Contact:
        world = self._world
        units = tuple(world.hard(where, 1 - self.side))
        step = world.rules.sight.estimate_step
        men = sum(world.state.men[u] for u in units)
        return Contact(where, units, max(step, (men + step // 2) // step * step), max(world.state.entrench[u] for u in units))

    # -- orders ----------------------------------------------------------------------------------------------------
    def check(self, order: Order) -> Verdict:
        """Say whether an order would be legal."""
        return engine.check(self._world, order)

    def assess(self, order: Attack) -> combat.Assessment:
        """Return the planner's computation for an attack on an enemy that is seen."""
        if not self._world.sighted[self.side, order.target]:
            raise IllegalOrder([Problem("fog", "nothing is known of that hex")])
        for unit in order.units:
            self.own(unit)
        return combat.assess(self._world, order)

    def forecaster(self, order: Attack, samples: int = SAMPLES) -> Forecaster:
        """Return what fights an attack on an enemy that is seen many times, with dice of its own."""
        if not self._world.sighted[self.side, order.target] or (order.gas and not self.gas):
            raise IllegalOrder([Problem("fog" if not order.gas else "no-gas", "that attack cannot be forecast")])
        for unit in order.units:
            self.own(unit)
        known = [u for contact in self.contacts() for u in contact.units]
        contact = self.contact(order.target)
        return Forecaster(self._world, self.side, known, contact.men if contact else 0, order, samples)

    def likely(self, order: Attack) -> int:
        """Return the chance that the defenders give ground, averaged over the spread of luck [permille]."""
        return chance_with_luck(self._world, self.assess(order))

    def attack_minutes(self, method: int) -> int:
        """Return the march time that a unit must have left to attack [min]."""
        return combat.minutes_needed(self._world, method) * self.rules.combat.least_time // 1000

    def dice(self, *key: int | str) -> int:
        """Return 64 bits for a player's own choices, keyed so that they never touch the game's dice."""
        state = self._world.state
        return dice.throw(state.seed, "player", self.side, state.turn, *key)

    @property
    def bar(self) -> int:
        """Return the march minutes that mean a hexside cannot be crossed."""
        return costs.BAR
