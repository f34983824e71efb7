"""What the game screen asks about fighting: the planner, the aircraft's dialog and the card after a battle, drawn and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.airdialog import draw_strike, draw_strike_hexes
from game.ui.battlecard import draw_card
from game.ui.planarrows import draw_plan
from game.ui.plannerdraw import show_planner
from game.ui.widgets import Box

if TYPE_CHECKING:
    import pygame

    from game.ui.gamescreen import GameScreen


def work(screen: GameScreen) -> bool:
    """Go on with the forecast of an open planner; return whether it has changed."""
    return screen.planner is not None and not screen.busy and screen.planner.work()


def event(screen: GameScreen, event: pygame.event.Event) -> bool:
    """Take an event that is for the planner or the card; return whether it shall go no further.

    Any key or click closes the card; only Escape and clicks on the card itself have no other meaning.
    """
    import pygame

    if screen.card is not None and event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN):
        on_card = event.type == pygame.MOUSEBUTTONDOWN and any(
            h.name == "card" and pygame.Rect(h.box).collidepoint(event.pos) for h in screen.shell.brush.hits
        )
        screen.card = None
        return on_card or (event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE)
    if screen.planner is None:
        return False
    if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
        under = [h.name for h in screen.shell.brush.hits if pygame.Rect(h.box).collidepoint(event.pos)]
        if under and under[-1] == "planner_title":
            screen.planner.grab(event.pos)
            return True
    return screen.planner.event(event)


def draw(screen: GameScreen, area: Box, free: Box) -> None:
    """Draw what is open over the map's part of the window (area), clear of the panels at its sides (free)."""
    brush, texts = screen.shell.brush, screen.shell.texts
    _draw_map(screen, area)
    if screen.planner is not None:
        show_planner(screen, screen.planner, area, free)
    if screen.strike is not None:
        draw_strike(screen, screen.strike, area, free)
    if screen.card is not None:
        x, y = screen.view.camera.point(screen.card.number("hex"))
        point = (x + area[0], y + area[1])
        draw_card(brush, screen.card, screen.desk.scenario, texts, free, point, screen.view.camera.hex)


def _draw_map(screen: GameScreen, area: Box) -> None:
    """Draw the plan over the counters of the map."""
    camera, layer = screen.view.camera, screen.shell.brush.target.subsurface(area)
    if screen.planner is not None:
        draw_plan(layer, camera, screen.planner)
    if screen.strike is not None:
        draw_strike_hexes(layer, camera, screen.strike)
