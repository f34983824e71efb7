"""What lies on the map at one moment, as the picture needs it: it can be made from any state of a game."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from game.model.scenario import Scenario
from game.ui.counters import Mark


@dataclass(frozen=True, eq=False)
class PictureState:
    """What is drawn on top of the land. All sequences have length U and are parallel to `Scenario.units`."""

    hexes: Sequence[int]  # hex of each unit; -1 = not on the map
    men: Sequence[int]
    readiness: Sequence[int]  # [permille]
    supply: Sequence[int]  # [permille]
    entrenched: Sequence[int]  # whole levels 0..4
    marks: Sequence[Mark]
    control: npt.NDArray[np.uint8]  # (H,) side that holds each hex, others for nobody
    date: str = ""
    title: str = ""
    note: str = ""
    wash: bool = True  # tint the ground that each side holds
    broken_rail: npt.NDArray[np.uint8] | None = None  # (H,) 1 where the railway is cut; None = as at the scenario's start


def start_of(scenario: Scenario, title: str = "", date: str = "") -> PictureState:
    """Return the picture of a scenario before its first turn: units that arrive later are not shown."""
    units = scenario.units
    first = scenario.calendar.start
    return PictureState(
        hexes=[u.hex if u.arrives <= 1 else -1 for u in units],
        men=[u.men for u in units],
        readiness=[1000 for _ in units],
        supply=[1000 for _ in units],
        entrenched=[u.entrenched // 1000 for u in units],
        marks=[Mark.NONE for _ in units],
        control=scenario.control,
        date=date or f"{first.day} {first:%B %Y}",
        title=title or scenario.title.en,
    )


def empty_of(scenario: Scenario) -> PictureState:
    """Return the map of a scenario without units, front and title."""
    none: list[int] = []
    return PictureState(none, none, none, none, none, [], np.full(scenario.map.size, 255, np.uint8), wash=False)
