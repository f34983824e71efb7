"""The nine overlays of the map, on the keys 1 to 9, and what is drawn for the selected unit.

Control and the front are drawn with the land (`washes`); the others here from a `Survey`, the lowest first: tints of whole
hexes below, lines and signs above them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from game.ui import overlays_marks as marks
from game.ui import style
from game.ui.camera import Camera
from game.ui.overlay_air import draw_air, draw_weather
from game.ui.overlay_fill import outline
from game.ui.overlay_goals import draw_levels, draw_objectives, draw_works, draw_worth
from game.ui.overlay_sight import draw_exposed, draw_sight, draw_threat, draw_zones
from game.ui.overlay_supply import draw_fed, draw_line_of, draw_sources, draw_supply
from game.ui.survey import Survey

if TYPE_CHECKING:
    import pygame

    from game.ui.gamescreen import GameScreen

NAMES = ("control", "supply", "zones", "sight", "threat", "air", "weather", "objectives", "rail")
TINTS = frozenset(("supply", "threat", "weather"))  # those that tint whole hexes: the sides' tint gives way to them
_DRAWN: dict[str, Callable[[pygame.Surface, Camera, Survey], None]] = {
    "weather": draw_weather,
    "supply": draw_supply,
    "threat": draw_threat,
    "sight": draw_sight,
    "rail": draw_works,
    "zones": draw_zones,
    "air": draw_air,
    "objectives": draw_objectives,
}  # from the lowest to the highest
__all__ = ["NAMES", "TINTS", "draw", "draw_above", "draw_cursor", "draw_extra", "draw_shown", "outline"]
HOVER, TARGET = style.rgb("#FFF9E6"), style.ATTACK


def draw(name: str, layer: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Draw one overlay."""
    if name in _DRAWN:
        _DRAWN[name](layer, camera, survey)


def draw_shown(layer: pygame.Surface, camera: Camera, survey: Survey, shown: Collection[str]) -> None:
    """Draw the overlays that are switched on, except control."""
    for name in _DRAWN:
        if name in shown:
            draw(name, layer, camera, survey)


def draw_extra(screen: GameScreen, layer: pygame.Surface, camera: Camera) -> None:
    """Draw what depends on the selection, below the counters: the unit's line of supply and its reach."""
    desk, survey = screen.desk, screen.view.survey
    if screen.busy or desk.selected < 0:
        return
    found = desk.reach()
    if found is not None:
        have, day = desk.world.state.minutes[desk.selected], desk.world.rules.movement.day_minutes
        used = day * desk.world.days - have
        marks.draw_reach(layer, camera, found[0], have, max(0, day - used % day if used >= 0 else day))
    minutes = desk.world.state.path[desk.selected]
    if "supply" in screen.view.shown and survey is not None and minutes >= 0:
        label = screen.shell.texts("hours", hours=f"{minutes / 60:.1f}")
        draw_line_of(layer, camera, survey.line_of(desk.selected), label)


def draw_cursor(screen: GameScreen, layer: pygame.Surface, camera: Camera, hover: int, target: int) -> None:
    """Draw what follows the cursor: the way to it, its hex, and the target of the planned attack; -1 = none."""
    desk = screen.desk
    if target >= 0:
        marks.draw_hex_edge(layer, camera, target, TARGET, 3)
    if hover >= 0:
        marks.draw_hex_edge(layer, camera, hover, HOVER, 1)
    found = desk.reach() if hover >= 0 and not screen.busy and desk.selected >= 0 else None
    if found is not None:
        path = desk.path_to(hover)
        if path:
            marks.draw_path(layer, camera, path, screen.shell.texts("hours", hours=f"{int(found[0][hover]) / 60:.1f}"))


def draw_above(screen: GameScreen, target: pygame.Surface, camera: Camera) -> None:
    """Draw what overlays lay above the counters: small plates with figures, and arrows at troops that could be attacked."""
    shown, survey = screen.view.shown, screen.view.survey
    if survey is None:
        return
    if "rail" in shown and camera.zoom >= 4:
        draw_levels(target, camera, survey)
    if "objectives" in shown:
        draw_worth(target, camera, survey)
    if "supply" in shown:
        draw_sources(target, camera, survey, screen.shell.texts)
        draw_fed(target, camera, survey, screen.shell.texts)
    if "threat" in shown:
        draw_exposed(target, camera, survey, screen.shell.texts, "supply" in shown)
