"""The staff's marches: towards the goal, within supply, not into a trap; headquarters follow their troops."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.ai.situation import FAR, Distances, Situation
from game.ai.tasks import Mission
from game.model.orders import Move
from game.model.units import Mobility
from game.play.view import SideView

Hexes = npt.NDArray[np.int64]
Scores = npt.NDArray[np.int64]


class Marches:
    """Plans marches for one phase."""

    def __init__(self, view: SideView, situation: Situation, missions: dict[int, Mission], distances: Distances) -> None:
        self.view = view
        self.situation = situation
        self.missions = missions
        self.distances = distances
        self._nothing = np.zeros(view.map.size, np.int32)

    def heavy(self, unit: int) -> bool:
        """Return whether a unit is bound to the plains and roads."""
        return self.view.scenario.units[unit].mobility in (Mobility.MOTOR, Mobility.ARMOUR)

    def order(self, unit: int) -> Move | None:
        """Return the march that serves a unit's mission best, or None to stay."""
        view, mission = self.view, self.missions[unit]
        here = view.hex(unit)
        if view.minutes(unit) < 60 or view.held(unit):
            return None
        if mission.goal < 0 or (mission.goal == here and mission.kind not in ("delay",)):
            return self._stay_or_save(unit, here)
        if mission.kind in ("hold", "reserve", "screen", "delay", "none") and self._near_post(unit, here, mission):
            return self._stay_or_save(unit, here)
        return self._towards(unit, mission.goal, mission.kind)

    def _near_post(self, unit: int, here: int, mission: Mission) -> bool:
        """Return whether a unit is at its post, or beside it because the post is full."""
        if here == mission.goal:
            return True
        return self.view.map.distance(here, mission.goal) == 1 and not self.view.fits(unit, mission.goal)

    def _stay_or_save(self, unit: int, here: int) -> Move | None:
        """Stay, or slip away when the enemy is about to close the ring on an open position."""
        view, kind = self.view, self.missions[unit].kind
        if not self.in_danger(unit, here):
            return None
        if kind == "hold" and (view.fort[here] >= 500 or self.missions[unit].priority == 1) and self.missions[unit].goal == here:
            return None
        return self.escape(unit)

    def in_danger(self, unit: int, here: int) -> bool:
        """Return whether a unit would be encircled or crushed where it is."""
        view = self.view
        pressed = self.situation.pressed(here)
        delaying = self.missions[unit].kind == "delay"
        if pressed < (1 if delaying else 3):
            return False
        own = sum(view.men(u) for u in view.stack(here))
        beside = self.situation.enemies_beside(here)
        return beside > (own // 2 if delaying else 2 * own) or (pressed >= 5 and beside > own)

    def escape(self, unit: int) -> Move | None:
        """Return a march to safer ground nearer to supply."""
        view = self.view
        minutes, came = view.reach(unit)
        goals = np.flatnonzero(minutes > 0)
        if not len(goals):
            return None
        here = view.hex(unit)
        safety = (
            self.situation.threat[goals] * 4 + np.minimum(self.situation.home[goals], 20_000) + 4000 * (view.enemy_zone[goals] > 0)
        )
        return self._best(
            unit, goals, safety, came, int(self.situation.threat[here]) * 4 + min(int(self.situation.home[here]), 20_000)
        )

    def _towards(self, unit: int, goal: int, kind: str) -> Move | None:
        view = self.view
        prepared = view.turn <= view.scenario.units[unit].crossing_until
        field = self.distances.to(view, goal, self.heavy(unit), prepared)
        here = view.hex(unit)
        minutes, came = view.reach(unit)
        goals = np.flatnonzero(minutes > 0)
        if not len(goals) or field[here] >= FAR:
            return None
        pull = self._pull(field, here, kind)
        score = field[goals].astype(np.int64) + self._caution(unit, goals, kind) - pull[goals]
        now = int(field[here]) + int(self._caution(unit, np.array([here]), kind)[0]) - int(pull[here])
        return self._best(unit, goals, score, came, now)

    def _pull(self, field: npt.NDArray[np.int32], here: int, kind: str) -> npt.NDArray[np.int32]:
        """Return (H,) what it is worth to stand beside the enemy that bars the way, so that attackers gather around it [min]."""
        if kind not in ("attack", "raid"):
            return self._nothing
        bars = [c for c in self.situation.contacts if field[c.hex] < field[here] and self.view.map.distance(c.hex, here) <= 3]
        if not bars:
            return self._nothing
        first = max(bars, key=lambda c: (int(field[c.hex]), c.hex))
        pull = np.zeros(self.view.map.size, np.int32)
        for near in self.view.near[first.hex]:
            if near >= 0:
                pull[near] = max(0, int(field[near]) - int(field[first.hex])) + 60
        return pull

    def _caution(self, unit: int, goals: Hexes, kind: str) -> Scores:
        """Return what danger and want of supply weigh at each hex, in minutes of march."""
        view, threat, home = self.view, self.situation.threat[goals], self.situation.home[goals]
        men = max(500, view.men(unit))
        weight = {"attack": 40, "raid": 300, "withdraw": 500}.get(kind, 150)
        odds = np.minimum(np.maximum(threat - self.situation.support[goals] // 2, 0) * weight // men, 5000)
        cut_off = np.where(home >= FAR, 0 if kind == "withdraw" else 240, 0)
        state = view.own(unit)
        if state.supply[unit] == 0 or state.food[unit] < 15:
            cut_off = cut_off * 6
        total: Scores = odds.astype(np.int64) + cut_off
        return total

    def _best(self, unit: int, goals: Hexes, score: Scores, came: npt.NDArray[np.int8], now: int) -> Move | None:
        """Return the march to the best hex with room, if it is better than staying."""
        view = self.view
        order = np.argsort(score, kind="stable")[:12]
        for n in order:
            if score[n] >= now - 20:
                return None
            where = int(goals[n])
            if view.fits(unit, where):
                path = view.path(unit, where, came)
                return Move(unit, path) if len(path) > 1 else None
        return None

    def headquarters(self, unit: int, led: tuple[int, ...]) -> Move | None:
        """Return a march that keeps a headquarters behind its troops."""
        view = self.view
        troops = [u for u in led if view.present(u) and not view.soft(u)]
        if not troops or view.minutes(unit) < 60 or view.held(unit):
            return None
        here = view.hex(unit)
        active = [u for u in troops if u in self.missions and self.missions[u].kind in ("attack", "raid")] or troops
        # the troops in the middle of the others, away from the enemy where there is a choice
        spots = sorted({view.hex(u) for u in active})
        goal = min(spots, key=lambda h: (sum(view.map.distance(h, s) for s in spots), int(self.situation.threat[h]), h))
        if goal == here or (view.map.distance(here, goal) <= 1 and self.situation.threat[here] == 0):
            return None
        return self._towards(unit, goal, "hold")
