"""From the side's plan to every unit's task of the day: which line of the plan it follows, and where that sends it."""

from __future__ import annotations

from dataclasses import dataclass

from game.model.scenario import Scenario, Task
from game.play.view import SideView

SHAKEN = 400  # morale under which a unit goes back to a depot [permille]
CUT_OFF = 3  # turns without supply after which it does
SWEEP = 6  # hexes that a unit goes to win back or guard ground
OPEN = 3  # hexes at which an enemy threatens a place that nobody guards
LEADING = ("infantry", "cavalry", "armor", "mechanized", "garrison", "militia", "guerrilla")  # arms that fight on their own


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
        self._ground = _ground(scenario, side)
        self._named = {p.hex for p in scenario.map.places if p.id in scenario.watched}
        self._wanted: list[int] = []
        self._sweeps: dict[int, int] = {}  # hex -> unit sent there in this phase

    def begin(self, view: SideView) -> None:
        """Begin a phase: look which ground is lost or lies open to an enemy nearby."""
        self._sweeps = {}
        foes = [c.hex for c in view.contacts()]
        ground = (h for h, turn in self._ground.items() if turn <= view.turn)
        self._wanted = [h for h in ground if view.control[h] != view.side or self._lies_open(view, h, foes)]

    def _lies_open(self, view: SideView, where: int, foes: list[int]) -> bool:
        """Return whether nobody guards a named place and an enemy is near enough to take it."""
        if where not in self._named or any(not view.soft(u) for u in view.stack(where)):
            return False
        return any(view.map.distance(where, h) <= OPEN for h in foes)

    def task_of(self, unit: int, turn: int) -> Task | None:
        """Return the line of the plan that a unit follows: the best priority, of those the latest."""
        best: Task | None = None
        for task in self._lines.get(unit, ()):
            current = task.from_turn <= turn and (task.until_turn == 0 or turn <= task.until_turn)
            if current and (best is None or (task.priority, -task.from_turn) < (best.priority, -best.from_turn)):
                best = task
        return best or self._latest_done(unit, turn)

    def _latest_done(self, unit: int, turn: int) -> Task | None:
        """Return the last line that has run out: a unit without new orders keeps what it has reached."""
        past = [t for t in self._lines.get(unit, ()) if t.from_turn <= turn]
        return max(past, key=lambda t: (t.until_turn, -t.priority), default=None)

    def mission(self, view: SideView, unit: int) -> Mission:
        """Return a unit's mission now."""
        return self._rally(view, unit) or self._planned(view, unit)

    def _rally(self, view: SideView, unit: int) -> Mission | None:
        """Send a shaken or long cut-off unit back to the nearest depot of its side, whatever the plan says."""
        state = view.own(unit)
        cut_off = state.isolated[unit] >= CUT_OFF and view.fort[view.hex(unit)] == 0
        shaken = state.morale[unit] < SHAKEN
        if not shaken and not cut_off:
            return None
        depots = [s.hex for s in view.scenario.sources if s.side == view.side and view.control[s.hex] == view.side]
        if not depots:
            return None
        here = view.hex(unit)
        nearest = min(depots, key=lambda h: (view.map.distance(here, h), h))
        # troops that can still fight break out towards their line
        return Mission("withdraw" if shaken else "attack", nearest, 8, "")

    def _planned(self, view: SideView, unit: int) -> Mission:
        task = self.task_of(unit, view.turn)
        if task is None or not task.hexes:
            return self._sweep(view, unit) or Mission("none", -1, 9, "")
        expired = task.until_turn != 0 and view.turn > task.until_turn
        if task.kind in ("attack", "raid"):
            goal = self._next_aim(view, task)
            if goal >= 0 and not expired:
                return Mission(task.kind, goal, task.priority, task.id)
            sweep = self._sweep(view, unit)
            return sweep or Mission("hold", task.hexes[-1] if not expired else -1, task.priority, task.id)
        if expired and task.kind != "withdraw":
            return self._sweep(view, unit) or Mission("hold", -1, task.priority, task.id)
        if task.kind == "withdraw":
            return Mission("withdraw", task.hexes[-1], task.priority, task.id)
        if task.kind == "delay":
            # from where it stands backwards along the list, never forward again
            here = view.hex(unit)
            start = min(range(len(task.hexes)), key=lambda n: (view.map.distance(here, task.hexes[n]), n))
            goal = next((h for h in task.hexes[start:] if view.control[h] == view.side), task.hexes[-1])
            return Mission("delay", goal, task.priority, task.id)
        post = self._post(view, task, unit)
        if view.control[post] != view.side and view.map.distance(view.hex(unit), post) <= SWEEP:
            return Mission("reserve", post, task.priority, task.id)  # the post is lost: win it back if the odds allow
        if task.kind == "reserve" or (task.kind == "hold" and task.priority > 1):
            sweep = self._sweep(view, unit)
            if sweep is not None:
                return sweep
        return Mission(task.kind, post, task.priority, task.id)

    def _next_aim(self, view: SideView, task: Task) -> int:
        """Return the next objective of a line: the first not held beyond the farthest one held, else the first lost; -1 = none.

        A place lost behind the front does not call the whole formation back; single units are sent to sweep.
        """
        held = [n for n, h in enumerate(task.hexes) if view.control[h] == view.side]
        ahead = task.hexes[held[-1] + 1 :] if held else task.hexes
        goal = next((h for h in ahead if view.control[h] != view.side), -1)
        return goal if goal >= 0 else next((h for h in task.hexes if view.control[h] != view.side), -1)

    def _sweep(self, view: SideView, unit: int) -> Mission | None:
        """Return a mission to win back or guard the nearest ground of the side's aims that fell or lies open, if any.

        One unit is sent to each hex, at most SWEEP hexes away, and only against what it can beat.
        """
        spec = view.scenario.units[unit]
        if spec.type not in LEADING or view.held(unit) or view.men(unit) < 700:
            return None
        here, best = view.hex(unit), None
        for where in self._wanted:
            if self._sweeps.get(where, unit) != unit:
                continue
            contact = view.contact(where)
            away = view.map.distance(here, where)
            if away <= SWEEP and (contact is None or contact.men < view.men(unit)) and (best is None or (away, where) < best):
                best = (away, where)
        if best is None:
            return None
        self._sweeps[best[1]] = unit
        return Mission("attack" if view.control[best[1]] != view.side else "hold", best[1], 6, "")

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


def _ground(scenario: Scenario, side: int) -> dict[int, int]:
    """Return the hexes that matter to a side, and from which turn: what its plan takes, and railways that it is to join."""
    found: dict[int, int] = {}
    for task in scenario.plans:
        if task.side == side and task.kind == "attack":
            for where in task.hexes:
                found[where] = min(found.get(where, task.from_turn), task.from_turn)
    first = min(found.values(), default=1)
    for objective in scenario.objectives:
        if objective.side == side and objective.kind == "link":
            for where in objective.chain:
                found.setdefault(where, max(first, objective.from_turn))
    return found
