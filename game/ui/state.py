"""What lies on the map at one moment, as the picture needs it: it can be made from any state of a game."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from game.model.scenario import Scenario
from game.model.units import Name
from game.ui.counters import Mark

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


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
    when: str = ""  # the date as it is written in the title
    title: str = ""
    note: str = ""
    wash: bool = True  # tint the ground that each side holds
    broken_rail: npt.NDArray[np.uint8] | None = None  # (H,) 1 where the railway is cut; None = as at the scenario's start


def date_text(day: date, lang: str) -> str:
    """Return a date as a title writes it, in "en", "zh" or "both"."""
    english, chinese = f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{day.year}年{day.month}月{day.day}日"
    return {"en": english, "zh": chinese}.get(lang, english)


def title_text(name: Name, lang: str) -> str:
    """Return a name as a title writes it, in "en", "zh" or "both"."""
    return {"en": name.en, "zh": name.zh}.get(lang, f"{name.en}  {name.zh}")


def start_of(scenario: Scenario, lang: str = "both") -> PictureState:
    """Return the picture of a scenario before its first turn: units that arrive later are not shown."""
    units = scenario.units
    return PictureState(
        hexes=[u.hex if u.arrives <= 1 else -1 for u in units],
        men=[u.men for u in units],
        readiness=[1000 for _ in units],
        supply=[1000 for _ in units],
        entrenched=[u.entrenched // 1000 for u in units],
        marks=[Mark.NONE for _ in units],
        control=scenario.control,
        when=date_text(scenario.calendar.start, lang),
        title=title_text(scenario.title, lang),
    )


def empty_of(scenario: Scenario) -> PictureState:
    """Return the map of a scenario without units, front and title."""
    none: list[int] = []
    return PictureState(none, none, none, none, none, [], np.full(scenario.map.size, 255, np.uint8), wash=False)
