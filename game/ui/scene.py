"""What one side sees at one moment, ready to be drawn: a frozen copy that the game under way cannot change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.play.view import SideView, known_fort
from game.rules.power import readiness
from game.rules.world import World
from game.ui.counters import Mark
from game.ui.state import PictureState

if TYPE_CHECKING:
    from game.rules.supply import Lines

U8 = npt.NDArray[np.uint8]
I32 = npt.NDArray[np.int32]
EVERYTHING = -1  # the viewer who sees both sides in full


@dataclass(frozen=True, eq=False)
class Scene:
    """The picture of a game as a side sees it. Enemies stand in it only where they are seen, with estimated strength."""

    picture: PictureState
    viewer: int  # side, or EVERYTHING
    sighted: U8 | None  # (H,) 1 where the viewer looks; None = everywhere
    zones: U8  # (2, H) non-zero in each side's zones of control as far as known
    turn: int
    side: int  # to move
    fort: I32  # (H,) prepared defences as far as known [permille]
    weather: tuple[int, int]  # in the north and in the south
    lines: Lines | None  # the viewer's lines of communication as last traced
    stacks: dict[int, tuple[int, ...]] = field(default_factory=dict)  # units by hex, the weightiest first


def scene_of(world: World, viewer: int) -> Scene:
    """Return what a side (or EVERYTHING) sees of a game now."""
    state, count = world.state, len(world.side)
    hexes, men, marks = [-1] * count, [0] * count, [Mark.NONE] * count
    ready, supply, works = [0] * count, [1000] * count, [0] * count
    for u in range(count):
        if state.hex[u] < 0 or viewer not in (EVERYTHING, world.side[u]):
            continue
        hexes[u], men[u], ready[u], supply[u] = state.hex[u], state.men[u], readiness(world, u), state.supply[u]
        works[u], marks[u] = min(4, state.entrench[u] // 1000), _mark(world, u)
    if viewer != EVERYTHING:
        for contact in SideView(world, viewer).contacts():
            for u in contact.units:
                hexes[u], men[u] = contact.hex, contact.men // len(contact.units)
                ready[u], works[u] = 1000, min(4, contact.entrench // 1000)
    sighted = None if viewer == EVERYTHING else world.sighted[viewer].copy()
    cuts = _cuts(world, viewer, sighted)
    picture = PictureState(hexes, men, ready, supply, works, marks, state.control.copy(), wash=False, broken_rail=cuts)
    zones = np.minimum(world.control_zone, 1).astype(np.uint8)
    if sighted is not None:
        zones[1 - viewer] *= sighted
    lines = None if viewer == EVERYTHING else world.lines[viewer]
    fort = state.fort.copy() if viewer == EVERYTHING else known_fort(world, viewer)
    return Scene(
        picture, viewer, sighted, zones, state.turn, state.side, fort, world.weather(), lines,
        _stacks(world, hexes, men),
    )  # fmt: skip


def _cuts(world: World, viewer: int, sighted: U8 | None) -> U8:
    """Return (H,) 1 where the railway is cut as far as the viewer knows: what he neither holds nor sees he thinks as it was."""
    cut: U8 = ((world.state.rail == 0) & world.map.rail.any(axis=1)).astype(np.uint8)
    if sighted is None:
        return cut
    known = (sighted > 0) | (world.state.control == viewer)
    found: U8 = np.where(known, cut, world.scenario.broken_rail).astype(np.uint8)
    return found


def _mark(world: World, unit: int) -> Mark:
    state = world.state
    found = Mark.MOVED if state.moved[unit] else Mark.NONE
    found |= Mark.FOUGHT if state.fought[unit] else Mark.NONE
    found |= Mark.ROUTED if state.routed[unit] else Mark.NONE
    found |= Mark.SURROUNDED if state.isolated[unit] else Mark.NONE
    spent = world.side[unit] == state.side and world.is_moving_kind(unit) and state.minutes[unit] < 60
    return found | (Mark.SPENT if spent else Mark.NONE)


def _stacks(world: World, hexes: list[int], men: list[int]) -> dict[int, tuple[int, ...]]:
    """Return the units of each hex, troops before staffs, then the strongest first."""
    found: dict[int, list[int]] = {}
    for u, where in enumerate(hexes):
        if where >= 0:
            found.setdefault(where, []).append(u)
    units = world.scenario.units
    weight = {u: (units[u].type in ("hq", "services"), -men[u], u) for us in found.values() for u in us}
    return {h: tuple(sorted(us, key=lambda u: weight[u])) for h, us in sorted(found.items())}
