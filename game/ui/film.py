"""Pictures of a replay without a window: the map once, then for each moment the front, what is seen, and the counters."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.core.errors import fail
from game.model.scenario import Scenario
from game.play.tape import Spot, Tape
from game.ui import style
from game.ui.borders import front_curves
from game.ui.counters import Counter, Mark, Sprite, sprite
from game.ui.frame import Frame, whole
from game.ui.picture import draw_surface
from game.ui.scene import EVERYTHING, Scene, scene_of
from game.ui.stacks import chips, counter_of
from game.ui.state import empty_of

if TYPE_CHECKING:
    import pygame

U8 = npt.NDArray[np.uint8]
STACKS = 13.0  # hex width from which every stack has its counter; below, one for a corps or army [px]
HIGHEST = 1600  # of a picture [px]
LEAST, MOST = 320, 2400  # widths of a picture [px]


@dataclass(frozen=True)
class Piece:
    """A counter on the map, and who it is: the same key is the same unit or corps at another moment."""

    key: str
    counter: Counter
    x: float
    y: float


class Film:
    """The map of a scenario at a width, on which the moments of a game are drawn."""

    def __init__(self, scenario: Scenario, width: int, lang: str) -> None:
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        if not LEAST <= width <= MOST:
            raise fail("picture", f"the picture would be {width} pixels wide", hint=f"{LEAST} to {MOST}")
        self.scenario = scenario
        self.area = _area(scenario, width)
        near = [n for n, z in enumerate(style.ZOOMS) if z.hex <= self.area.hex_px * 1.15]
        self.zoom = near[-1] if near else 0
        self.size = min(max(0.8 * self.area.hex_px, 14.0), 46.0) if self.stacked else 16.0  # side of a counter [px]
        self.base = draw_surface(scenario, empty_of(scenario), self.area, self.zoom, lang, False)

    @cached_property
    def polygons(self) -> list[list[list[float]]]:
        """Return the six corners of each hex [px]."""
        polygons: list[list[list[float]]] = (self.area.centres[:, None, :] + self.area.corners[None, :, :]).tolist()
        return polygons

    @property
    def stacked(self) -> bool:
        """Return whether every stack has a counter of its own."""
        return self.area.hex_px >= STACKS

    def pieces(self, scene: Scene) -> list[Piece]:
        """Return the counters of a scene, the south last, without marks that matter only to whoever moves them."""
        picture = scene.picture
        calm = replace(
            picture, marks=[m & (Mark.ROUTED | Mark.SURROUNDED) for m in picture.marks],
            readiness=[(r + 166) // 333 * 333 for r in picture.readiness],
        )  # fmt: skip
        if not self.stacked:
            found = chips(self.scenario, self.area, calm, self.size * 0.8)
            return [Piece(f"{s.counter.side} {s.counter.echelon} {s.counter.short}", _coarse(s.counter), s.x, s.y) for s in found]
        out = []
        for where, units in sorted(scene.stacks.items()):
            counter = counter_of(self.scenario, calm, units[0], len(units) - 1)
            x, y = self.area.centres[where]
            out.append(Piece(str(units[0]), _coarse(counter), float(x), float(y)))
        return out

    def sprite(self, counter: Counter) -> Sprite:
        """Return a counter's picture."""
        return sprite(counter, self.size, 1 if self.size < 30 else 2)

    def draw(self, scene: Scene) -> pygame.Surface:
        """Return the picture of a scene."""
        out = self.base.copy()
        self._wash(out, scene.picture.control)
        if scene.sighted is not None:
            self._veil(out, scene.sighted)
        self._front(out, scene.picture.control)
        for piece in self.pieces(scene):
            made, x, y = self.sprite(piece.counter), round(piece.x), round(piece.y)
            out.blit(made.dark, (x + made.dark_left, y + made.dark_top))
            out.blit(made.face, (x + made.left, y + made.top))
        return out

    def _wash(self, out: pygame.Surface, control: U8) -> None:
        """Tint the ground that each side holds."""
        import pygame

        layer = pygame.Surface(out.get_size(), pygame.SRCALPHA)
        for side, alpha in ((0, 58), (1, 30)):
            for where in np.flatnonzero(control == side):
                pygame.draw.polygon(layer, (*style.WASH[side], alpha), self.polygons[where])
        out.blit(layer, (0, 0))

    def _veil(self, out: pygame.Surface, sighted: U8) -> None:
        import pygame

        layer = pygame.Surface(out.get_size(), pygame.SRCALPHA)
        for where in np.flatnonzero(sighted == 0):
            pygame.draw.polygon(layer, (30, 34, 40, 92), self.polygons[where])
        out.blit(layer, (0, 0))

    def _front(self, out: pygame.Surface, control: U8) -> None:
        import pygame

        lines = [line.points.tolist() for line in front_curves(self.area, control) if len(line.points) > 1]
        for colour, width in ((style.FRONT_CASING, 5), (style.FRONT, 2)):
            for points in lines:
                pygame.draw.lines(out, colour, False, points, width)


def _area(scenario: Scenario, width: int) -> Frame:
    """Return the whole map at a width, narrower where it would be too high."""
    unit = whole(scenario.map, 100.0)
    wide = min(width, HIGHEST * unit.width // unit.height)
    return whole(scenario.map, 100.0 * wide / unit.width)


def _coarse(counter: Counter) -> Counter:
    """Return a counter without what changes from turn to turn and is not read at this size."""
    return replace(counter, hundreds=0, supply=1000 if counter.supply >= 500 else 0)


def moments(tape: Tape, step: str) -> Iterator[Spot]:
    """Yield the moments that are shown: the start, then the end of every turn or phase."""
    yield tape.start
    phases = tape.replay.phases
    for n in range(len(tape.chapters)):
        last = n + 1 == len(tape.chapters) or phases[n + 1].turn != phases[n].turn
        if (step == "phase" or last) and tape.orders(n):
            yield tape.end_of(n)


def scene_at(tape: Tape, spot: Spot, viewer: int) -> Scene:
    """Return what a viewer (EVERYTHING or a side) sees at a moment."""
    return scene_of(tape.world_at(spot), viewer)


__all__ = ["EVERYTHING", "Film", "Piece", "moments", "scene_at"]
