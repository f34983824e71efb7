"""The staff: a computer commander that follows its side's plan with judgement.

It masses on the plan's axes, attacks what bars the way at good odds, keeps to its supply, digs in where it must hold,
and pulls out what would be encircled. It sees only what its side sees.
"""

from __future__ import annotations

from collections.abc import Iterator

from game.ai.attacks import DELIBERATE, HASTY, Attacks
from game.ai.marches import Marches
from game.ai.situation import Distances, Situation
from game.ai.tasks import Mission, Missions
from game.model.orders import DELAY, HOLD, STAND, Interdict, Order, Stance
from game.play.view import SideView

FIGHTING = ("attack", "raid")


class StaffPlayer:
    """A computer commander; one object plays one side of one game."""

    name = "staff"

    def __init__(self) -> None:
        self._missions: Missions | None = None
        self._distances = Distances()

    def orders(self, view: SideView) -> Iterator[Order]:
        """Yield the phase's orders: prepared attacks, marches, attacks off the march, stances, aircraft."""
        if self._missions is None or self._missions.scenario is not view.scenario:
            self._missions, self._distances = Missions(view.scenario, view.side), Distances()
        self._missions.begin(view)
        units = [u for u in view.units() if view.can_march(u)]
        missions = {u: self._missions.mission(view, u) for u in units}
        situation = Situation(view)
        attacks = Attacks(view, situation, missions, self._distances)
        marches = Marches(view, situation, missions, self._distances)
        yield from attacks.orders(DELIBERATE)
        yield from self._marches(view, units, missions, marches, situation)
        situation.see()
        yield from attacks.orders(DELIBERATE)
        yield from attacks.orders(HASTY)
        yield from self._follow_up(view, units, missions, marches, situation)
        yield from self._stances(view, missions)
        yield from self._aircraft(view, situation)

    def _marches(
        self, view: SideView, units: list[int], missions: dict[int, Mission], marches: Marches, situation: Situation
    ) -> Iterator[Order]:
        led = {u: below for u, below in view.led_by.items() if view.scenario.units[u].type == "hq"}
        for unit in sorted(units, key=lambda u: (missions[u].priority, view.hex(u), u)):
            if not view.present(unit) or unit in led:
                continue
            march = marches.order(unit)
            if march is not None:
                yield march
        for unit in units:
            if unit in led and view.present(unit):
                march = marches.headquarters(unit, led[unit])
                if march is not None:
                    yield march

    def _follow_up(
        self, view: SideView, units: list[int], missions: dict[int, Mission], marches: Marches, situation: Situation
    ) -> Iterator[Order]:
        """Let attackers that have hours left go on after the last fights."""
        situation.see()
        for unit in units:
            if (
                view.present(unit)
                and missions[unit].kind in FIGHTING
                and view.minutes(unit) >= 240
                and view.scenario.units[unit].type != "hq"
            ):
                march = marches.order(unit)
                if march is not None:
                    yield march

    def _stances(self, view: SideView, missions: dict[int, Mission]) -> Iterator[Order]:
        for unit, mission in missions.items():
            if not view.present(unit):
                continue
            here = view.hex(unit)
            wanted = HOLD
            if mission.kind in ("delay", "withdraw", "screen", "raid"):
                wanted = DELAY
            elif mission.kind == "hold" and mission.goal == here:
                wanted = STAND
            if view.own(unit).stance[unit] != wanted:
                yield Stance(unit, wanted)

    def _aircraft(self, view: SideView, situation: Situation) -> Iterator[Order]:
        """Send what aircraft are left against the roads behind the strongest enemy in sight."""
        if not view.air or not situation.contacts:
            return
        target = max(situation.contacts, key=lambda c: (c.men, -c.hex)).hex
        order = Interdict(target, min(view.air, 10))
        if view.check(order).ok:
            yield order
