"""Orders as numbers: a fixed list of actions for a scenario, with a mask of those that are legal now.

With U units: 0 ends the phase; then for each unit six steps by direction, six attacks by direction (with every unit of the side
that can join a prepared attack on that hex; off the march if none can), and three stances.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.model.orders import STANCES, Attack, End, Move, Order, Stance
from game.play.view import SideView

STEPS, ATTACKS = 6, 6
EACH = STEPS + ATTACKS + len(STANCES)  # actions of a unit
ATTACK = 2  # intensity of attacks, an index into INTENSITIES


def count_actions(units: int) -> int:
    """Return the number of actions in a scenario of some units."""
    return 1 + EACH * units


def split(action: int) -> tuple[int, str, int]:
    """Return (unit, "step", "attack" or "stance", direction or stance) of an action after the first."""
    unit, rest = divmod(action - 1, EACH)
    if rest < STEPS:
        return unit, "step", rest
    if rest < STEPS + ATTACKS:
        return unit, "attack", rest - STEPS
    return unit, "stance", rest - STEPS - ATTACKS


def order_of(view: SideView, action: int) -> Order:
    """Return the order of an action; it may be illegal. Raises ValueError for a number that is no action."""
    if not 0 <= action < count_actions(len(view.scenario.units)):
        raise ValueError(f"there is no action {action}")
    if action == 0:
        return End()
    unit, kind, n = split(action)
    if kind == "stance":
        return Stance(unit, n)
    here = view.hex(unit)
    there = view.near[here][n] if here >= 0 else -1
    if kind == "step":
        return Move(unit, (here, there))
    units, method = joining(view, there, unit)
    return Attack(there, units, method, ATTACK)


def joining(view: SideView, target: int, leader: int) -> tuple[tuple[int, ...], int]:
    """Return the own units that attack a hex with a unit, and the method: prepared if the leader has the time for it."""
    if target < 0:
        return (leader,), 0
    for method in (1, 0):
        if view.check(Attack(target, (leader,), method, ATTACK)).ok:
            near = [u for h in view.near[target] if h >= 0 for u in view.stack(h)]
            ready = [u for u in near if view.check(Attack(target, (u,), method, ATTACK)).ok]
            return tuple(sorted(ready)), method
    return (leader,), 0


def mask_of(view: SideView) -> npt.NDArray[np.int8]:
    """Return (A,) 1 where an action is legal now; ending the phase always is."""
    mask = np.zeros(count_actions(len(view.scenario.units)), np.int8)
    mask[0] = 1
    for unit in view.units():
        base = 1 + EACH * unit
        here = view.hex(unit)
        stance = view.own(unit).stance[unit]
        for n in range(len(STANCES)):
            mask[base + STEPS + ATTACKS + n] = n != stance and view.check(Stance(unit, n)).ok
        if not view.can_march(unit) or not view.minutes(unit):
            continue
        for d, there in enumerate(view.near[here]):
            if there < 0:
                continue
            if view.contact(there) is None:
                mask[base + d] = view.check(Move(unit, (here, there))).ok
            else:
                mask[base + STEPS + d] = any(view.check(Attack(there, (unit,), m, ATTACK)).ok for m in (1, 0))
    return mask
