"""What an agent sees, as arrays: units in rows, hexes in planes; nothing that its side may not know."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.model.hexmap import TERRAIN
from game.play.view import SideView

F32 = npt.NDArray[np.float32]
UNIT = ("own", "seen", "column", "row", "men", "readiness", "supply", "minutes", "entrenched", "delay", "hold", "stand")
HEX = (*TERRAIN, "mine", "theirs", "in_sight", "works", "objective_mine", "objective_theirs")


def units_of(view: SideView) -> F32:
    """Return (U, F) features 0..1 of each unit in the columns of UNIT; rows of units that are not seen are 0."""
    out = np.zeros((len(view.scenario.units), len(UNIT)), np.float32)
    day = max(1, view.rules.movement.day_minutes * view.days)
    for u in view.units():
        state = view.own(u)
        out[u, :9] = (
            1, 1, *_place(view, state.hex[u]), min(1.0, state.men[u] / 20_000), view.readiness(u) / 1000, state.supply[u] / 1000,
            min(1.0, state.minutes[u] / day), min(1.0, state.entrench[u] / 4000),
        )  # fmt: skip
        out[u, 9 + state.stance[u]] = 1
    for contact in view.contacts():
        share, works = contact.men / len(contact.units), min(1.0, contact.entrench / 4000)
        for u in contact.units:
            out[u, :9] = (0, 1, *_place(view, contact.hex), min(1.0, share / 20_000), 0, 0, 0, works)
    return out


def _place(view: SideView, where: int) -> tuple[float, float]:
    m = view.map
    return (where % m.cols) / max(1, m.cols - 1), (where // m.cols) / max(1, m.rows - 1)


def hexes_of(view: SideView) -> F32:
    """Return (C, rows, columns) planes 0..1 in the order of HEX."""
    m = view.map
    out = np.zeros((len(HEX), m.size), np.float32)
    out[m.terrain, np.arange(m.size)] = 1
    n = len(TERRAIN)
    out[n] = view.control == view.side
    out[n + 1] = view.control == 1 - view.side
    out[n + 2] = view.sighted > 0
    out[n + 3] = np.minimum(view.fort / 4000, 1)
    for objective in view.scenario.objectives:
        plane = n + 4 if objective.side == view.side else n + 5
        out[plane, [h for h in objective.hexes if h >= 0]] = 1
    return out.reshape(len(HEX), m.rows, m.cols)
