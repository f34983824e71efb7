"""From the side's plan to every unit's task of the day: which line of the plan it follows, and where that sends it."""

from __future__ import annotations

from dataclasses import dataclass

from game.model.scenario import Scenario, Task
from game.play.view import SideView


@dataclass(frozen=True, slots=True)
class Mission:
    """What a unit is to do in this phase."""

    kind: str  # attack, hold, delay, reserve, withdraw, raid, screen, none
    goal: int  # hex it works towards; -1 = where it stands
    priority: int
    task: str  # id of the plan's line, "" = none


class Missions:
    """Looks up missions; keeps which unit holds which place for the length of a task."""

    def __init__(self, scenario: Scenario, side: int) -> None:
        self.scenario = scenario
        self._lines: dict[int, list[Task]] = {}
        for task in scenario.plans:
            if task.side == side:
                for unit in task.units:
                    self._lines.setdefault(unit, []).append(task)
        self._posts: dict[tuple[str, int], int] = {}

    def task_of(self, unit: int, turn: int) -> Task | None:
        """Return the line of the plan that a unit follows: the best priority, of those the latest."""
        best: Task | None = None
        for task in self._lines.get(unit, ()):
            if task.from_turn <= turn and (task.until_turn == 0 or turn <= task.until_turn):
                if best is None or (task.priority, -task.from_turn) < (best.priority, -best.from_turn):
                    best = task
        return best or self._latest_done(unit, turn)

    def _latest_done(self, unit: int, turn: int) -> Task | None:
        """Return the last line that has run out: a unit without new orders keeps what it has reached."""
        past = [t for t in self._lines.get(unit, ()) if t.from_turn <= turn]
        return max(past, key=lambda t: (t.until_turn, -t.priority), default=None)

    def mission(self, view: SideView, unit: int) -> Mission:
        """Return a unit's mission now."""
        task = self.task_of(unit, view.turn)
        if task is None or not task.hexes:
            return Mission("none", -1, 9, "")
        expired = task.until_turn != 0 and view.turn > task.until_turn
        if task.kind in ("attack", "raid"):
            goal = next((h for h in task.hexes if view.control[h] != view.side), -1)
            if goal >= 0 and not expired:
                return Mission(task.kind, goal, task.priority, task.id)
            return Mission("hold", task.hexes[-1] if not expired else -1, task.priority, task.id)
        if expired and task.kind != "withdraw":
            return Mission("hold", -1, task.priority, task.id)
        if task.kind == "withdraw":
            return Mission("withdraw", task.hexes[-1], task.priority, task.id)
        if task.kind == "delay":
            goal = next((h for h in task.hexes if view.control[h] == view.side), task.hexes[-1])
            return Mission("delay", goal, task.priority, task.id)
        return Mission(task.kind, self._post(view, task, unit), task.priority, task.id)

    def _post(self, view: SideView, task: Task, unit: int) -> int:
        """Return the place that a unit holds: the nearest of the task's places that still needs someone."""
        key = (task.id, unit)
        if key not in self._posts:
            taken = [sum(1 for (t, _), h in self._posts.items() if t == task.id and h == place) for place in task.hexes]
            fewest = min(taken)
            options = [h for h, n in zip(task.hexes, taken, strict=True) if n == fewest]
            here = view.hex(unit)
            self._posts[key] = min(options, key=lambda h: (view.map.distance(here, h), h))
        return self._posts[key]
