"""A player who gives legal orders at random, for tests: every rule gets used, no plan is followed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from game.model.orders import Attack, Interdict, Move, Order, Stance
from game.play.view import SideView


class RandomPlayer:
    """Moves a third of its units anywhere in reach, attacks what is next to them, sets stances."""

    name = "random"

    def orders(self, view: SideView) -> Iterator[Order]:
        """Yield random legal orders."""
        for unit in view.units():
            if not view.present(unit) or not view.can_march(unit):
                continue
            bits = view.dice("random", unit)
            yield from self._fight(view, unit, bits)
            if bits % 3 == 0 and view.present(unit) and not view.held(unit):
                yield from self._march(view, unit, bits >> 8)
            if bits % 7 == 0 and view.present(unit):
                yield Stance(unit, (bits >> 40) % 3)
        if view.air:
            contacts = view.contacts()
            if contacts:
                order = Interdict(contacts[view.dice("air") % len(contacts)].hex, view.air)
                if view.check(order).ok:
                    yield order

    def _fight(self, view: SideView, unit: int, bits: int) -> Iterator[Order]:
        near = [n for n in view.near[view.hex(unit)] if n >= 0 and view.contact(n)]
        if near and bits & 1:
            order = Attack(
                near[(bits >> 20) % len(near)], (unit,), (bits >> 24) & 1, (bits >> 25) % 4, min(view.air, (bits >> 27) % 3)
            )
            if view.check(order).ok:
                yield order

    def _march(self, view: SideView, unit: int, bits: int) -> Iterator[Order]:
        minutes, came = view.reach(unit)
        goals = np.flatnonzero(minutes > 0)
        if len(goals):
            order = Move(unit, view.path(unit, int(goals[bits % len(goals)]), came))
            if view.check(order).ok:
                yield order
