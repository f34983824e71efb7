"""The chronicle of a game: at the end of every turn it notes who holds what, how strong both sides are and how well fed.

The after-action report is drawn from it. It can be kept while a game is played, or written afterwards from the orders.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from game.model.state import AWAY, LEFT, LOSSES, PRESENT
from game.play.session import Session


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The state of affairs at the end of a turn; turn 0 is the start. Pairs are (Japan, China)."""

    turn: int
    control: npt.NDArray[np.uint8]  # (H,) side that holds each hex
    men: tuple[int, int]  # with the colours [men]: on the map or transferred
    losses: tuple[tuple[int, ...], tuple[int, ...]]  # so far, in the order of model.state.LOSSES [men]
    supply: tuple[int, int]  # mean share of its needs that reached a unit that holds ground [permille]
    morale: tuple[int, int]  # mean morale of such units, by men [permille]
    units: tuple[int, int]  # such units on the map


@dataclass
class Chronicle:
    """Notes one snapshot a turn. Pass `after` to `Session.play`."""

    snapshots: list[Snapshot] = field(default_factory=list)

    def after(self, session: Session) -> None:
        """Note the state when a turn has ended; call it after every phase."""
        if not self.snapshots:
            self.begin(session)
        ended = session.phases[-1].turn if session.over else session.phases[-1].turn - 1
        if ended > self.snapshots[-1].turn:
            self.snapshots.append(_snapshot(session, ended))

    def begin(self, session: Session) -> None:
        """Note the start."""
        scenario = session.scenario
        at_start = [u for u in scenario.units if u.arrives <= 1]
        men = [sum(u.men for u in at_start if u.side == side) for side in (0, 1)]
        hard = [[u for u in at_start if u.side == side and not session.world.soft[u.index]] for side in (0, 1)]
        morale = [sum(u.morale * u.men for u in us) // max(1, sum(u.men for u in us)) for us in hard]
        nothing = (0,) * len(LOSSES)
        self.snapshots.append(
            Snapshot(
                0,
                scenario.control.copy(),
                (men[0], men[1]),
                (nothing, nothing),
                (1000, 1000),
                (morale[0], morale[1]),
                (len(hard[0]), len(hard[1])),
            )
        )


def chronicle_of(session: Session) -> Chronicle:
    """Return the chronicle of a game already played, by carrying out its orders once more."""
    again = Session(session.scenario, session.seed)
    chronicle = Chronicle()
    chronicle.begin(again)
    for phase in session.phases:
        for order in phase.orders:
            before = len(again.phases)
            again.order(order)
            if len(again.phases) > before or again.over:
                chronicle.after(again)
    return chronicle


def _snapshot(session: Session, turn: int) -> Snapshot:
    world, state = session.world, session.world.state
    men, supply, morale, units = [0, 0], [0, 0], [0, 0], [0, 0]
    weight = [0, 0]
    losses = [[0] * len(LOSSES), [0] * len(LOSSES)]
    for u, side in enumerate(world.side):
        for n, name in enumerate(LOSSES):
            losses[side][n] += getattr(state, name)[u]
        if state.status[u] in (PRESENT, LEFT, AWAY):
            men[side] += state.men[u]
        if state.status[u] == PRESENT and not world.soft[u]:
            units[side] += 1
            supply[side] += state.supply[u]
            morale[side] += state.morale[u] * state.men[u]
            weight[side] += state.men[u]
    return Snapshot(
        turn, state.control.copy(), (men[0], men[1]), (tuple(losses[0]), tuple(losses[1])),
        (supply[0] // max(1, units[0]), supply[1] // max(1, units[1])),
        (morale[0] // max(1, weight[0]), morale[1] // max(1, weight[1])), (units[0], units[1]),
    )  # fmt: skip
