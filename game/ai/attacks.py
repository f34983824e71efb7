"""The staff's attacks: who strikes what, at which odds. It does not attack at bad odds, nor what stands in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator

from game.ai.situation import Distances, Situation
from game.ai.tasks import LEADING, Mission
from game.model.orders import Attack
from game.play.view import SideView

# least chance that the defender gives ground [permille] for each kind of mission
LEAST = {"attack": 430, "raid": 650, "reserve": 600, "hold": 700, "screen": 750, "delay": 800, "none": 750}
HASTY, DELIBERATE = 0, 1
LIMITED, FULL, ASSAULT = 1, 2, 3
SIEGE_FORT, SIEGE_RATIO = 500, 350  # works that are worth wearing down, and the power that it takes [permille]
AIR_SHARE = 4  # most air points on one attack


class Attacks:
    """Plans attacks for one phase."""

    def __init__(self, view: SideView, situation: Situation, missions: dict[int, Mission], distances: Distances) -> None:
        self.view = view
        self.situation = situation
        self.missions = missions
        self.distances = distances
        self.tried: set[tuple[int, tuple[int, ...]]] = set()

    def orders(self, method: int = DELIBERATE) -> Iterator[Attack]:
        """Yield attacks, the most wanted targets first."""
        wanted = []
        for contact in self.situation.contacts:
            units = self._strikers(contact.hex, method)
            if units:
                wanted.append((self._want(contact.hex, units), contact.hex))
        for value, target in sorted(wanted, key=lambda w: (-w[0], w[1])):
            if value <= 0 or not self.view.contact(target):
                continue
            order = self._plan(target, method)
            if order is not None:
                yield order

    def _strikers(self, target: int, method: int) -> list[int]:
        """Return own units next to a target that may attack it."""
        view, need, found = self.view, self.view.attack_minutes(method), []
        for near in view.near[target]:
            if near < 0:
                continue
            for unit in view.stack(near):
                state = view.own(unit)
                mission = self.missions.get(unit)
                if mission is None or view.soft(unit) or state.routed[unit] or state.minutes[unit] < need:
                    continue
                if mission.kind == "withdraw" or view.held(unit) or state.ammunition[unit] < 8 or state.fatigue[unit] > 600:
                    continue
                found.append(unit)
        return found

    def _in_the_way(self, unit: int, target: int) -> bool:
        """Return whether a target lies on a unit's way or is its goal."""
        mission = self.missions[unit]
        if mission.goal < 0:
            return False
        field = self.distances.to(self.view, mission.goal, False)
        return bool(field[target] < field[self.view.hex(unit)])

    def _want(self, target: int, units: list[int]) -> int:
        """Return how much a target is wanted: it bars the way of attackers, or threatens what is held."""
        value = 0
        for unit in units:
            kind = self.missions[unit].kind
            if kind in ("attack", "raid") and self._in_the_way(unit, target):
                value += 10 - self.missions[unit].priority
            elif kind == "reserve" and (self.view.control[target] == self.view.side or self.missions[unit].goal == target):
                value += 4
            elif kind in ("hold", "screen", "none") and self.missions[unit].goal == target:
                value += 5
        return value

    def _plan(self, target: int, method: int) -> Attack | None:
        """Return the attack on a target if its odds are good enough, else None."""
        view = self.view
        units = tuple(self._strikers(target, method))
        if not units or (target, units) in self.tried:
            return None
        self.tried.add((target, units))
        if not any(view.scenario.units[u].type in LEADING for u in units):
            return None
        if not any(self.missions[u].kind != "hold" or self.missions[u].goal == target for u in units):
            return None
        order = Attack(target, self._by_speed(units), method, FULL, 0)
        result = view.assess(order)
        least = min(LEAST.get(self.missions[u].kind, 750) for u in units)
        if result.give_way < least and view.air:
            order = Attack(target, order.units, method, FULL, min(view.air, AIR_SHARE))
            result = view.assess(order)
        if result.give_way < least:
            heavy = Attack(target, order.units, method, ASSAULT, order.air)
            if view.assess(heavy).give_way >= least:
                return heavy
            with_gas = Attack(target, order.units, method, ASSAULT, order.air, gas=True)
            if view.gas and view.assess(with_gas).give_way >= least:
                return with_gas
            return self._siege(order, result.ratio)
        if result.give_way > 960 and not order.air:
            light = Attack(target, order.units, method, LIMITED, 0)
            if view.assess(light).give_way > 930:
                return light
        return order

    def _siege(self, order: Attack, ratio: int) -> Attack | None:
        """Return a limited attack that wears prepared works and the garrison's ammunition down, where that can be afforded."""
        view = self.view
        if order.method != DELIBERATE or view.fort[order.target] < SIEGE_FORT or ratio < SIEGE_RATIO:
            return None
        for unit in order.units:
            state = view.own(unit)
            worn = state.ammunition[unit] < 25 or state.fatigue[unit] > 350 or state.morale[unit] < 550
            if worn or self.missions[unit].kind != "attack":
                return None
        return Attack(order.target, order.units, order.method, LIMITED, order.air)

    def _by_speed(self, units: tuple[int, ...]) -> tuple[int, ...]:
        """Return the units with the one that should move in first: an attacker of that goal with hours to spare."""
        view = self.view
        return tuple(
            sorted(
                units,
                key=lambda u: (
                    self.missions[u].kind not in ("attack", "raid"),
                    view.scenario.units[u].type not in LEADING,
                    -view.minutes(u),
                    u,
                ),
            )
        )
