"""The computer's turn: it thinks in a thread of its own, and the window shows its moves one by one at the player's speed."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from game.ai.registry import make_player
from game.model.events import Event
from game.model.orders import End, Interdict, Order, Stance
from game.play.session import Session
from game.rules import engine
from game.ui.scene import Scene, scene_of


@dataclass(frozen=True, eq=False)
class Step:
    """One order that was carried out, what happened, and what the viewer saw afterwards."""

    order: Order
    events: tuple[Event, ...]
    scene: Scene


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
