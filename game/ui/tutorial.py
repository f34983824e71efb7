"""The coach of the tutorial: knows the step, sees in the game whether it is done, and passes what cannot be done any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.model.events import Event
from game.model.state import PRESENT
from game.ui.tutorialfile import Lesson, Step

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen

PATIENCE = 2  # things that the player does besides the step before its hint is shown


@dataclass
class Seen:
    """What the game looked like when a step began."""

    events: int
    most_orders: int  # orders of the phase under way, at the most so far
    zoom: tuple[float, ...]
    saved: float  # time of the quick save, 0 = there is none


class Coach:
    """Leads through the steps of a lesson on a game screen."""

    def __init__(self, lesson: Lesson, screen: GameScreen) -> None:
        self.lesson = lesson
        self.screen = screen
        self.at = 0
        self.furthest = 0
        self.ended = False
        self.tried = 0  # things that the player has done since the step began
        self._seen = self._look()
        self._stuck: tuple[object, bool] = (None, False)  # state for which it was found out, and whether the step cannot be done

    @property
    def step(self) -> Step:
        """Return the present step."""
        return self.lesson.steps[self.at]

    @property
    def last(self) -> bool:
        """Return whether this is the last step."""
        return self.at == len(self.lesson.steps) - 1

    @property
    def reviewing(self) -> bool:
        """Return whether the player has gone back to a step that he had done."""
        return self.at < self.furthest

    @property
    def hinting(self) -> bool:
        """Return whether the hint is shown: the player has done other things."""
        return self.step.hint is not None and self.tried >= PATIENCE and not self.reviewing

    # -- going on --------------------------------------------------------------------------------------------------
    def next(self) -> None:
        """Go on to the next step, whether this one is done or not."""
        if self.last:
            self.ended = True
            return
        self._go(self.at + 1)

    def back(self) -> None:
        """Return to the step before."""
        if self.at:
            self._go(self.at - 1)

    def end(self) -> None:
        """Leave the tutorial; the game goes on."""
        self.ended = True

    def _go(self, number: int) -> None:
        self.at = number
        self.furthest = max(self.furthest, number)
        self.tried = 0
        self._seen = self._look()

    def _look(self) -> Seen:
        screen = self.screen
        camera = screen.view.camera
        return Seen(
            len(screen.desk.world.events), self._orders(), (camera.zoom, round(camera.left), round(camera.top)), self._save_time()
        )

    def _orders(self) -> int:
        return len(self.screen.desk.session.phases[-1].orders)

    def _save_time(self) -> float:
        try:
            return (self.screen.shell.saves / "quick.ichigo").stat().st_mtime_ns / 1e9
        except OSError:
            return 0.0

    def noticed(self) -> None:
        """Note that the player has done something; when it was not the step, its hint comes nearer."""
        self.tried += 1

    def update(self) -> bool:
        """Go on when the step is done or cannot be done any more; return whether it has changed."""
        if self.ended:
            return False
        if self.screen.desk.session.over:
            self.ended = True
            return True
        self._seen.most_orders = max(self._seen.most_orders, self._orders())
        if self.reviewing or (self.screen.busy and self.step.kind != "turn"):
            return False
        if self._done() or self._impossible():
            self.next()
            return True
        return False

    # -- conditions ------------------------------------------------------------------------------------------------
    def _done(self) -> bool:
        """Return whether the player has done what the step asks for."""
        screen, step = self.screen, self.step
        desk, state = screen.desk, screen.desk.world.state
        match step.kind:
            case "selected":
                return desk.selected in step.units
            case "crossed":
                return all(self._gone(u) or state.hex[u] != desk.scenario.units[u].hex for u in step.units)
            case "at":
                return state.hex[step.units[0]] == step.hex
            case "undone":
                return self._orders() < self._seen.most_orders
            case "zoomed":
                camera = screen.view.camera
                return (camera.zoom, round(camera.left), round(camera.top)) != self._seen.zoom
            case "overlay":
                return step.word in screen.view.shown
            case "page":
                return screen.folds.page == step.word
            case "sheet":
                return screen.folds.sheet >= 0
            case "tree":
                return screen.folds.tree
            case "log":
                return screen.folds.log == step.word
            case "planner":
                return screen.planner is not None and screen.planner.target == step.hex
            case "attacked":
                return any(e.kind == "battle" and e.data.get("hex") == step.hex for e in self._since())
            case "stance":
                return state.stance[step.units[0]] == step.number
            case "asked":
                return screen.asking or state.turn > step.turn
            case "turn":
                return state.turn >= step.number and desk.persons_turn and not screen.busy
            case "saved":
                return self._save_time() > self._seen.saved
        return False

    def _since(self) -> list[Event]:
        return self.screen.desk.world.events[self._seen.events :]

    def _gone(self, unit: int) -> bool:
        return self.screen.desk.world.state.status[unit] != PRESENT

    def _impossible(self) -> bool:
        """Return whether the step cannot be done any more, so that the lesson would be stuck."""
        desk = self.screen.desk
        now = (self.at, desk.world.state.turn, desk.side, len(desk.world.events), self._orders(), desk.can_undo)
        if self._stuck[0] != now:
            self._stuck = (now, self._cannot())
        return self._stuck[1]

    def _cannot(self) -> bool:
        step, desk = self.step, self.screen.desk
        if step.turn and desk.world.state.turn > step.turn:
            return True
        match step.kind:
            case "selected" | "stance":
                return self._gone(step.units[0])
            case "crossed":
                waiting = [u for u in step.units if not self._gone(u) and desk.world.state.hex[u] == desk.scenario.units[u].hex]
                return not any(self._can_march(u) for u in waiting)
            case "at":
                return self._gone(step.units[0]) or not self._can_reach(step.units[0], step.hex)
            case "undone":
                return not desk.can_undo
            case "planner" | "attacked":
                return desk.view.contact(step.hex) is None or not desk.attackers(step.hex)
        return False

    def _can_march(self, unit: int) -> bool:
        view = self.screen.desk.view
        if view.held(unit) or not view.can_march(unit):
            return False
        return bool((view.reach(unit)[0] > 0).any())

    def _can_reach(self, unit: int, where: int) -> bool:
        view = self.screen.desk.view
        return not view.held(unit) and view.can_march(unit) and int(view.reach(unit)[0][where]) >= 0
