"""The computer's turn: it thinks in a thread of its own, and the window shows its moves one by one at the player's speed."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from game.ai.registry import make_player
from game.model.events import Event
from game.model.orders import End, Interdict, Order, Stance
from game.play.session import Session
from game.rules import engine
from game.ui import news
from game.ui.scene import Scene, scene_of
from game.ui.settings import AT_ONCE, PACES

HEAD_START = 0.03  # the window draws the new turn before the player begins to think: both at once would make it wait [s]
SHOWN = 0.4  # time that each visible move is shown at speed 1 [s]
VISIBLE = ("move", "battle", "capture", "retreat")


@dataclass(frozen=True, eq=False)
class Step:
    """One order that was carried out, what happened, and what the viewer saw afterwards."""

    order: Order
    events: tuple[Event, ...]
    scene: Scene

    @property
    def visible(self) -> bool:
        """Return whether the viewer sees something happen."""
        return any(e.kind in VISIBLE and news.known(e, self.scene) for e in self.events)


class Opponent:
    """Plays one phase of a session in a thread. Nobody else may touch the session until `done`."""

    def __init__(self, session: Session, player: str, viewer: int) -> None:
        self.session = session
        self.viewer = viewer
        self.steps: deque[Step] = deque()
        self.error: Exception | None = None
        self._player = make_player(player)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._stop.wait(HEAD_START)
            session, world = self.session, self.session.world
            for order in self._player.orders(session.view(world.state.side)):
                if self._stop.is_set():
                    return
                if isinstance(order, End):
                    break
                if engine.check(world, order).ok:
                    self._carry_out(order)
                else:
                    session.refused += 1
            self._carry_out(End())
        except Exception as error:  # shown in the window's error dialog by the thread that draws
            self.error = error

    def _carry_out(self, order: Order) -> None:
        events = tuple(self.session.order(order))
        if not isinstance(order, (Stance, Interdict)):
            self.steps.append(Step(order, events, scene_of(self.session.world, self.viewer)))

    @property
    def thinking(self) -> bool:
        """Return whether the thread still runs."""
        return self._thread.is_alive()

    @property
    def done(self) -> bool:
        """Return whether the phase is over and every step has been taken to be shown."""
        return not self.thinking and not self.steps

    def abandon(self) -> None:
        """Stop at the next order and wait for the thread; the session is then in the middle of its phase."""
        self._stop.set()
        self._thread.join(timeout=30)


class Rerun:
    """The steps of a phase that is over, to be watched again; the game itself does not change."""

    thinking = False
    error: Exception | None = None

    def __init__(self, steps: Iterable[Step]) -> None:
        self.steps = deque(steps)

    @property
    def done(self) -> bool:
        """Return whether every step has been taken to be shown."""
        return not self.steps

    def abandon(self) -> None:
        """Show no more."""
        self.steps.clear()


class Watch:
    """How fast the computer's moves are shown: pause, single step, speed, at once; and its last turn, to see it again."""

    def __init__(self, pace: float) -> None:
        self.pace = pace  # one of PACES
        self.paused = False
        self.at_once = False  # the rest of this phase is not shown move by move
        self.tape: list[Step] = []  # the last phase that the computer played
        self.shown = 0  # steps of the phase that have been shown
        self.last: Step | None = None  # the visible step that is shown now
        self._wait = 0.0
        self._single = False

    @property
    def fast(self) -> bool:
        """Return whether moves are not shown one by one."""
        return (self.at_once or self.pace == AT_ONCE) and not self.paused

    def begin(self) -> None:
        """Begin to show a phase."""
        self.shown, self.last, self._wait, self.at_once = 0, None, 0.0, False

    def single(self) -> None:
        """Show the next visible move and stop after it."""
        self.paused, self._single = True, True

    def quicken(self, by: int) -> None:
        """Take the next quicker (1) or slower (-1) speed."""
        at = PACES.index(self.pace) if self.pace in PACES else 1
        self.pace = PACES[min(max(at + by, 0), len(PACES) - 1)]

    def take(self, steps: deque[Step], seconds: float) -> list[Step]:
        """Return the steps that are to be shown now, after some seconds have passed; the last of them stays to be seen."""
        if self.paused and not self._single:
            return []
        self._wait = max(0.0, self._wait - seconds)
        taken: list[Step] = []
        while steps and (self._wait <= 0 or self.fast or self._single):
            step = steps.popleft()
            taken.append(step)
            self.shown += 1
            if not step.visible:
                continue
            self.last = step
            if self._single:
                self._single = False
                break
            self._wait = 0.0 if self.fast else SHOWN / self.pace
        return taken
