"""One game from the first order to the last: players take turns, orders and state hashes are kept for the replay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from game.model.events import Event
from game.model.orders import End, Order
from game.model.scenario import Scenario
from game.play.view import SideView
from game.rules import engine
from game.rules.world import World


class Player(Protocol):
    """A computer player. It sees a side's view and gives orders one by one; the view changes as they are carried out."""

    name: str

    def orders(self, view: SideView) -> Iterator[Order]:
        """Yield orders for the phase; ending the iteration ends the phase. An illegal order is skipped and counted."""
        ...


@dataclass
class Phase:
    """The orders of one side in one turn and the state's hash after them."""

    turn: int
    side: int
    orders: list[Order] = field(default_factory=list)
    digest: str = ""


class Session:
    """A game being played. Give orders with `order`, or let players play it to the end with `play`."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario = scenario
        self.seed = seed
        self.world: World = engine.start(scenario, seed)
        self.phases: list[Phase] = [Phase(1, self.world.state.side)]
        self.refused = 0  # illegal orders that players tried to give
        self.unit_turns = 0  # living units on the side to move, summed over phases
        self._count()

    @property
    def over(self) -> bool:
        """Return whether the last turn has ended."""
        return self.world.state.over

    def view(self, side: int) -> SideView:
        """Return what a side sees."""
        return SideView(self.world, side)

    def order(self, order: Order) -> list[Event]:
        """Carry out one order of the side to move; raises IllegalOrder. An `End` closes the phase."""
        events = engine.apply(self.world, order)
        phase = self.phases[-1]
        phase.orders.append(order)
        if isinstance(order, End):
            phase.digest = self.world.state.digest()
            if not self.over:
                self.phases.append(Phase(self.world.state.turn, self.world.state.side))
                self._count()
        return events

    def _count(self) -> None:
        self.unit_turns += len(self.world.present(self.world.state.side))

    def play_phase(self, player: Player) -> None:
        """Let a player play the phase under way to its end."""
        view = self.view(self.world.state.side)
        for order in player.orders(view):
            if isinstance(order, End):
                break
            if engine.check(self.world, order).ok:
                self.order(order)
            else:
                self.refused += 1
        self.order(End())

    def play(self, players: tuple[Player, Player], after: Callable[[Session], None] | None = None) -> None:
        """Play to the end with (Japan's, China's) player; `after` is called when a phase has ended."""
        while not self.over:
            self.play_phase(players[self.world.state.side])
            if after:
                after(self)

    def digest(self) -> str:
        """Return the hash of the last state."""
        return self.world.state.digest()
